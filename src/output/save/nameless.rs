//! Files without a name: a killed run leaves none of them behind.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open as open_file};

/// A new file without a name in `folder`, if the file system has such files and they can be named later.
pub(super) fn open(folder: &Path) -> Option<File> {
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file = File::from(open_file(folder, flags, Mode::RUSR | Mode::WUSR).ok()?);
    let can_be_named = handle(&file).exists();
    (can_be_named && super::draft::own(&file).is_ok()).then_some(file)
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
