//! Names of unfinished files, and what dead runs left under such names.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::listing::names_in;

const BEGINS: &str = ".kluwen-";
const ENDS: &str = ".part";

/// What `attempt` makes under the first such name that nobody has.
pub(super) fn first_free<T>(
    folder: &Path,
    mut attempt: impl FnMut(&Path) -> io::Result<T>,
) -> io::Result<(PathBuf, T)> {
    const TRIES: u32 = 1000;
    for number in 0..TRIES {
        let name = folder.join(format!("{BEGINS}{}-{number}{ENDS}", std::process::id()));
        match attempt(&name) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            done => return done.map(|made| (name, made)),
        }
    }
    let all_taken = "too many unfinished files `.kluwen-*.part` in the folder";
    Err(io::Error::new(ErrorKind::AlreadyExists, all_taken))
}

/// Says that a living run writes `file`. The claim ends with the run, however it ends.
pub(super) fn claim(file: &File) {
    // Where there are no locks, nothing is taken for stale either.
    let _ = lock(file);
}

/// Removes what runs left that were killed in the instant between two steps.
///
/// What cannot be looked at or removed stays: it is no reason not to write.
pub(super) fn remove_stale(folder: &Path) {
    let Ok(names) = names_in(folder) else { return };
    for name in names {
        let path = folder.join(&name);
        if run_of(&name).is_some_and(|run| !is_alive(run)) && is_unclaimed(&path) {
            let _ = fs::remove_file(path);
        }
    }
}

/// The number of the run that gave such a name.
fn run_of(name: &OsStr) -> Option<u32> {
    let (run, number) = name.to_str()?.strip_prefix(BEGINS)?.strip_suffix(ENDS)?.split_once('-')?;
    number.parse::<u32>().ok()?;
    run.parse().ok()
}

/// Whether another run has that number; one of the same number here may be of another machine or container, which the claim tells.
fn is_alive(run: u32) -> bool {
    run != std::process::id() && Path::new("/proc").join(run.to_string()).exists()
}

#[cfg(unix)]
fn is_unclaimed(path: &Path) -> bool {
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let Ok(file) = open(path, flags, Mode::empty()).map(File::from) else { return false };
    file.metadata().is_ok_and(|found| found.is_file()) && lock(&file).is_ok()
}

#[cfg(unix)]
fn lock(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    Ok(rustix::io::retry_on_intr(|| flock(file, FlockOperation::NonBlockingLockExclusive))?)
}

#[cfg(not(unix))]
fn is_unclaimed(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn lock(_: &File) -> io::Result<()> {
    Ok(())
}
