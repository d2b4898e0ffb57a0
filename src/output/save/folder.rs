//! The folder in which files take their names.

#[cfg(unix)]
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes the name of a new file survive a power cut.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    Folder::open(folder_of(path))?.sync()
}

/// Keeps other runs from giving several files their names in a folder, and from changing one that is read first.
///
/// It lasts until it is dropped, or the run ends. Systems without such locks have nothing of the kind.
///
/// # Examples
///
/// ```
/// use kluwen::output::{InputGuard, Turn, save};
///
/// let folder = std::env::temp_dir().join("kluwen-turn-example");
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("decisions.csv");
/// let turn = Turn::at(&path)?;
/// let old = std::fs::read(&path).unwrap_or_default();
/// save(&path, &InputGuard::default(), |out| out.write_all(&[&old[..], b"one more\n"].concat()))?;
/// drop(turn);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Turn(#[expect(dead_code, reason = "it is held")] Folder);

impl Turn {
    /// Waits for its turn at the folder in which `path` is.
    ///
    /// # Errors
    ///
    /// If the folder cannot be opened or locked.
    pub fn at(path: &Path) -> Result<Self> {
        let failed = |source| Error::io(path, "write", source);
        let folder = Folder::open(folder_of(path)).map_err(failed)?;
        folder.lock().map_err(failed)?;
        Ok(Self(folder))
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
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_is_in_the_folder_at_hand() {
        let of = |path| folder_of(Path::new(path));
        assert_eq!(
            ["report.md", "a/report.md", "/report.md"].map(of),
            [".", "a", "/"].map(Path::new)
        );
    }

    #[test]
    fn another_folder_is_opened_and_its_own_is_not() {
        let holder = tempfile::tempdir().unwrap();
        let path = holder.path().join("out");
        std::fs::create_dir(&path).unwrap();
        let folder = Folder::open(&path).unwrap();
        std::fs::remove_dir(&path).unwrap();
        assert!(folder.sync_other(&path).is_ok());
        assert!(folder.sync_other(&holder.path().join("missing")).is_err());
        assert!(folder.sync_other(holder.path()).is_ok());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_a_folder_that_knows_no_such_thing_may_fail_to_reach_the_disk() {
        use rustix::fs::{Mode, OFlags, open};

        // The system answers that it is of the wrong kind, and that a way to it is no open file.
        assert!(sync(&File::open("/proc").unwrap()).is_ok());
        let path = std::env::temp_dir();
        let file = File::from(open(&path, OFlags::PATH, Mode::empty()).unwrap());
        assert!(Folder { path, file }.sync().is_err());
    }
}
