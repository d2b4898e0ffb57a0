//! Keeps what went in from being written over.

use std::fs::{self, Metadata};
use std::path::Path;

use crate::error::{Error, Result};

/// The files that went in, none of which may be written over.
///
/// Files are told apart by what they are, not by how their path is spelt. The default guards nothing.
#[derive(Clone, Debug, Default)]
pub struct InputGuard {
    files: Vec<FileId>,
}

impl InputGuard {
    /// Guards the files at `paths`; a path where nothing is, such as `-`, is passed over.
    pub fn new<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Self {
        let ids = paths.into_iter().flat_map(|path| ids(path.as_ref()));
        Self { files: ids.collect() }
    }

    pub(super) fn check(&self, path: &Path) -> Result<()> {
        if ids(path).any(|id| self.files.contains(&id)) {
            let name = crate::error::printable(&path.to_string_lossy());
            return Err(Error::usage(format!(
                "{name} is one of the files that are read; give the output another name"
            )));
        }
        Ok(())
    }
}

/// What stands at `path`, and what a link there leads to.
fn ids(path: &Path) -> impl Iterator<Item = FileId> + use<> {
    let itself = fs::symlink_metadata(path).ok();
    let behind = fs::metadata(path).ok();
    let path = path.to_owned();
    let all = [itself, behind].into_iter().flatten();
    all.filter_map(move |found| id(&path, &found))
}

/// Which file it is, whatever it is called.
#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn id(_: &Path, found: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
type FileId = std::path::PathBuf;

#[cfg(not(unix))]
fn id(path: &Path, _: &Metadata) -> Option<FileId> {
    fs::canonicalize(path).ok()
}
