//! Keeps what went in from being written over.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::listing::names_in;

/// The files that went in, none of which may be written over.
///
/// Files are told apart by what they are, not by how their path is spelt. The default guards nothing.
#[derive(Clone, Debug, Default)]
pub struct InputGuard {
    files: Vec<FileId>,
    /// What could not be looked at; then nothing is known to be another file.
    unseen: Vec<(PathBuf, ErrorKind)>,
}

impl InputGuard {
    /// Guards the files at `paths`, and those in a folder there; a path where nothing is, such as `-`, is passed over.
    ///
    /// Where a path cannot be looked at, every [`save`](super::save) with this guard is an error.
    pub fn new<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Self {
        let mut guard = Self::default();
        for path in paths {
            guard.add(path.as_ref());
        }
        guard
    }

    fn add(&mut self, path: &Path) {
        match ids(path).and_then(|ids| Ok((ids, inside(path)?))) {
            Ok((ids, inside)) => {
                self.files.extend(ids);
                for path in inside {
                    match self::ids(&path) {
                        Ok(ids) => self.files.extend(ids),
                        Err(error) => self.unseen.push((path, error.kind())),
                    }
                }
            }
            Err(error) => self.unseen.push((path.to_owned(), error.kind())),
        }
    }

    pub(super) fn check(&self, path: &Path) -> Result<()> {
        if let Some((unseen, kind)) = self.unseen.first() {
            return Err(Error::io(unseen, "look at what is read", (*kind).into()));
        }
        let ids = ids(path).map_err(|source| Error::io(path, "write", source))?;
        if ids.iter().any(|id| self.files.contains(id)) {
            let name = crate::error::printable(&path.to_string_lossy());
            return Err(Error::usage(format!(
                "{name} is one of the files that are read; give the output another name"
            )));
        }
        Ok(())
    }
}

/// The files in a folder; none of what is no folder.
fn inside(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    Ok(names_in(path)?.into_iter().map(|name| path.join(name)).collect())
}

/// What stands at `path`, and what a link there leads to.
fn ids(path: &Path) -> io::Result<Vec<FileId>> {
    let all = [fs::symlink_metadata(path), fs::metadata(path)];
    let mut ids = Vec::new();
    for found in all {
        match found {
            Ok(found) => ids.extend(id(path, &found)),
            Err(error) if is_nothing(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(ids)
}

/// What may not be looked at was not read either.
fn is_nothing(error: &io::Error) -> bool {
    use ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), NotFound | NotADirectory | PermissionDenied)
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
type FileId = PathBuf;

#[cfg(not(unix))]
fn id(path: &Path, _: &Metadata) -> Option<FileId> {
    fs::canonicalize(path).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_folder_are_guarded_and_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let [case, out] = ["case", "out"].map(|name| folder.path().join(name));
        fs::create_dir(&case).unwrap();
        for path in [case.join("links.csv"), out.clone()] {
            fs::write(path, "evidence").unwrap();
        }
        let twin = folder.path().join("twin");
        fs::hard_link(case.join("links.csv"), &twin).unwrap();
        let guard = InputGuard::new([&case, &folder.path().join("missing")]);
        for path in [&case.join("links.csv"), &twin, &case] {
            assert!(guard.check(path).is_err(), "{}", path.display());
        }
        for path in [&out, &case.join("new.csv"), &folder.path().join("missing")] {
            assert!(guard.check(path).is_ok(), "{}", path.display());
        }
    }

    #[test]
    fn one_file_as_input_guards_itself_alone() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = ["one.csv", "other.csv"].map(|name| folder.path().join(name));
        for path in [&one, &other] {
            fs::write(path, "evidence").unwrap();
        }
        let guard = InputGuard::new([&one]);
        assert!(guard.check(&one).is_err() && guard.check(&other).is_ok());
        // Nothing can be below a file.
        assert!(guard.check(&one.join("below")).is_ok());
    }
}
