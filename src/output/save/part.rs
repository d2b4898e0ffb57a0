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
    let flags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// More than Linux gives.
    const DEAD: u32 = 4_194_305;

    #[test]
    fn the_first_name_that_nobody_has_is_taken() {
        let mut taken = 0;
        let (name, tried) = first_free(Path::new("out"), |_| {
            taken += 1;
            if taken > 2 { Ok(taken) } else { Err(ErrorKind::AlreadyExists.into()) }
        })
        .unwrap();
        assert_eq!(name, PathBuf::from(format!("out/.kluwen-{}-2.part", std::process::id())));
        assert_eq!(tried, 3);
    }

    #[test]
    fn what_fails_for_another_reason_is_not_tried_again() {
        let failed = |kind: ErrorKind| {
            let mut tries = 0;
            let made = first_free::<()>(Path::new("out"), |_| {
                tries += 1;
                Err(kind.into())
            });
            (made.unwrap_err().kind(), tries)
        };
        assert_eq!(failed(ErrorKind::StorageFull), (ErrorKind::StorageFull, 1));
        assert_eq!(failed(ErrorKind::AlreadyExists), (ErrorKind::AlreadyExists, 1000));
    }

    #[test]
    fn only_such_a_name_tells_its_run() {
        let run = |name: &str| run_of(OsStr::new(name));
        assert_eq!(run(".kluwen-1234-5.part"), Some(1234));
        for other in ["report.md", ".kluwen-12.part", ".kluwen-12-x.part", ".kluwen-x-1.part"] {
            assert_eq!(run(other), None, "{other}");
        }
    }

    #[test]
    fn another_run_is_alive_as_long_as_its_number_is_there() {
        assert!(is_alive(1));
        assert!(!is_alive(DEAD) && !is_alive(std::process::id()));
    }

    #[test]
    fn a_file_is_unclaimed_when_nobody_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let [path, link, pipe] = ["file", "link", "pipe"].map(|name| folder.path().join(name));
        let file = File::create(&path).unwrap();
        assert!(is_unclaimed(&path));
        claim(&file);
        assert!(!is_unclaimed(&path));
        drop(file);
        assert!(is_unclaimed(&path));
        symlink(&path, &link).unwrap();
        let mode = rustix::fs::Mode::RUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        for other in [&link, &pipe, folder.path()] {
            assert!(!is_unclaimed(other), "{}", other.display());
        }
    }

    #[test]
    fn what_dead_runs_left_goes_and_all_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            format!(".kluwen-{DEAD}-0.part"),
            format!(".kluwen-{DEAD}-1.part"),
            ".kluwen-1-0.part".into(),
            "report.md".into(),
        ];
        let files = names.each_ref().map(|name| File::create(folder.path().join(name)).unwrap());
        claim(&files[1]);
        remove_stale(folder.path());
        assert_eq!(
            names_in(folder.path()).unwrap(),
            [&names[2], &names[1], &names[3]].map(OsStr::new)
        );
    }
}
