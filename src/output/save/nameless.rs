//! Files without a name: a killed run leaves none of them behind.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open as open_file};

/// A new file without a name in `folder`, if the file system has such files and they can be named later.
pub(super) fn open(folder: &Path) -> Option<File> {
    let flags = OFlags::TMPFILE.union(OFlags::WRONLY).union(OFlags::CLOEXEC);
    let file = File::from(open_file(folder, flags, Mode::from_raw_mode(0o600)).ok()?);
    super::draft::own(&file).ok()?;
    handle(&file).exists().then_some(file)
}

/// Gives `file` a name that nobody has yet.
pub(super) fn name(file: &File, name: &Path) -> io::Result<()> {
    let link = || linkat(CWD, handle(file), CWD, name, AtFlags::SYMLINK_FOLLOW);
    rustix::io::retry_on_intr(link)?;
    Ok(())
}

/// The way to an open file that needs no privilege.
fn handle(file: &File) -> PathBuf {
    format!("/proc/self/fd/{}", file.as_raw_fd()).into()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_has_no_name_until_it_is_given_one() {
        let folder = tempfile::tempdir().unwrap();
        let flags = OFlags::TMPFILE.union(OFlags::WRONLY);
        if open_file(folder.path(), flags, Mode::RUSR).is_err() {
            // This file system has no such files.
            return;
        }
        let mut file = open(folder.path()).expect("it has such files");
        file.write_all(b"seen").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let path = folder.path().join("note.txt");
        name(&file, &path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"seen");
        let taken = name(&file, &path).unwrap_err();
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
    }
}
