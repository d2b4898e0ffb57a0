//! The folder in which files take their names.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// An open folder; other systems have no such thing, and it is nothing there.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    #[cfg(unix)]
    file: File,
}

impl Folder {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            #[cfg(unix)]
            file: File::open(path)?,
        })
    }

    /// Waits until no other run is giving several files their names here, so that files of two runs do not mix.
    #[cfg(unix)]
    pub(super) fn lock(&self) -> io::Result<()> {
        use rustix::fs::{FlockOperation, flock};
        let lock = || flock(&self.file, FlockOperation::LockExclusive);
        match rustix::io::retry_on_intr(lock) {
            // Some file systems have no locks.
            Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOLCK) => Ok(()),
            done => Ok(done?),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn lock(&self) -> io::Result<()> {
        Ok(())
    }

    /// Makes new names survive a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        #[cfg(unix)]
        return sync(&self.file);
        #[cfg(not(unix))]
        Ok(())
    }

    /// The same for a folder that may be another.
    pub(super) fn sync_other(&self, path: &Path) -> io::Result<()> {
        if path == self.path { Ok(()) } else { Self::open(path)?.sync() }
    }
}

#[cfg(unix)]
fn sync(folder: &File) -> io::Result<()> {
    match folder.sync_all() {
        // Some file systems have no such thing for folders.
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
        done => done,
    }
}
