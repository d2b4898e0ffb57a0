//! What has a name and should not keep it, should the run be told to end.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

static NAMES: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The names of unfinished files of this run, in the hand of one who changes them.
pub(super) type Names = MutexGuard<'static, BTreeSet<PathBuf>>;

pub(super) fn names() -> Names {
    // A panic in between leaves names that are there or were there, and both may be removed.
    NAMES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While this is held, no file takes a name.
#[derive(Debug)]
#[must_use = "files may take names again when it is dropped"]
pub struct Abandoned(#[expect(dead_code, reason = "it is held")] Names);

/// Removes all unfinished files of this run, for whoever ends it from outside its course.
///
/// Waits until files that are taking their names have them, so that a run that is told to end leaves the old files or the new
/// ones and nothing between.
///
/// # Examples
///
/// ```no_run
/// // On a signal:
/// let _held = kluwen::output::abandon_drafts();
/// std::process::exit(3);
/// ```
pub fn abandon_drafts() -> Abandoned {
    let mut names = names();
    for name in std::mem::take(&mut *names) {
        // Whoever ends the run has nobody to tell.
        let _ = fs::remove_file(name);
    }
    Abandoned(names)
}
