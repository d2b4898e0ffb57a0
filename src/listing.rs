//! What is in a folder.

use std::ffi::OsString;
use std::io;
use std::path::Path;

/// The names in a folder, in order.
///
/// The standard library panics where a folder cannot be closed, as on a failing network; here nothing hangs on that.
///
/// # Errors
///
/// If the folder cannot be read.
///
/// # Examples
///
/// ```
/// let names = kluwen::custody::names_in("graphs/study25".as_ref())?;
/// assert!(names.is_sorted() && names.contains(&"people.csv".into()));
/// # Ok::<(), std::io::Error>(())
/// ```
#[cfg(unix)]
pub fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use rustix::fs::{Dir, Mode, OFlags, open};

    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let open = || open(folder, flags, Mode::empty());
    let mut names = Vec::new();
    for entry in Dir::new(rustix::io::retry_on_intr(open)?)? {
        let name = OsStr::from_bytes(entry?.file_name().to_bytes()).to_owned();
        if name != "." && name != ".." {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The names in a folder, in order.
///
/// # Errors
///
/// If the folder cannot be read.
#[cfg(not(unix))]
pub fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    let names = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
    let mut names: Vec<OsString> = names.collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}
