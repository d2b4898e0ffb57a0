//! Several files at once: which are there, in what order, and who has to wait.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::*;
use crate::error::ErrorKind as Kind;
use crate::output::save::{Turn, save};

fn staged<'g>(folder: &Path, guard: &'g InputGuard, names: &[&str]) -> Drafts<'g> {
    let mut drafts = Drafts::new(guard);
    for name in names {
        drafts.stage(folder.join(name), |out| out.write_all(b"new")).unwrap();
    }
    drafts
}

fn action(error: &Error) -> &'static str {
    match error.kind() {
        Kind::Io { action, .. } => action,
        _ => "",
    }
}

#[test]
fn files_are_told_in_the_order_in_which_they_were_written() {
    let (folder, guard) = (tempfile::tempdir().unwrap(), InputGuard::default());
    let drafts = staged(folder.path(), &guard, &["b.csv", "a.csv"]);
    let both = ["b.csv", "a.csv"].map(|name| folder.path().join(name));
    assert_eq!(drafts.paths().collect::<Vec<_>>(), both);
    let written = drafts.commit().unwrap();
    assert_eq!(written.iter().map(|(path, _)| path).collect::<Vec<_>>(), both.each_ref());
    assert!(written.iter().all(|(_, saved)| saved.bytes == 3));
    assert_eq!(names_in(folder.path()).unwrap(), ["a.csv", "b.csv"]);
}

#[test]
fn the_last_file_goes_before_another_is_replaced() {
    let (folder, guard) = (tempfile::tempdir().unwrap(), InputGuard::default());
    let [report, seal] = ["report.md", "manifest.json"].map(|name| folder.path().join(name));
    fs::write(&report, "old").unwrap();
    let drafts = staged(folder.path(), &guard, &["report.md", "manifest.json"]);
    // What cannot be removed stops it, with all that was there as it was.
    fs::create_dir(&seal).unwrap();
    assert_eq!(action(&drafts.commit().unwrap_err()), "remove");
    assert_eq!(fs::read(&report).unwrap(), b"old");
    assert_eq!(names_in(folder.path()).unwrap(), ["manifest.json", "report.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_of_which_nothing_is_known_is_not_replaced() {
    let (folder, guard) = (tempfile::tempdir().unwrap(), InputGuard::default());
    let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(file.join("below"), &link).unwrap();
    let refused = save(&link, &guard, |out| out.write_all(b"new")).unwrap_err();
    assert_eq!(action(&refused), "write");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[cfg(target_os = "linux")]
#[test]
fn what_dead_runs_left_goes_from_every_folder() {
    let (holder, guard) = (tempfile::tempdir().unwrap(), InputGuard::default());
    let folders = ["one", "other"].map(|name| holder.path().join(name));
    let mut drafts = Drafts::new(&guard);
    for folder in &folders {
        fs::create_dir(folder).unwrap();
        // A number that Linux gives to no run.
        fs::write(folder.join(".kluwen-4194305-0.part"), "left").unwrap();
        drafts.stage(folder.join("report.md"), |out| out.write_all(b"new")).unwrap();
    }
    drafts.commit().unwrap();
    for folder in &folders {
        assert_eq!(names_in(folder).unwrap(), ["report.md"]);
    }
}

#[cfg(unix)]
#[test]
fn several_files_wait_for_their_turn_and_one_does_not() {
    let (folder, guard) = (tempfile::tempdir().unwrap(), InputGuard::default());
    let turn = Turn::at(&folder.path().join("decisions.csv")).unwrap();
    let (say, hear) = channel();
    thread::scope(|scope| {
        for names in [&["one.csv"][..], &["a.csv", "b.csv"]] {
            let (say, path, guard) = (say.clone(), folder.path(), &guard);
            scope.spawn(move || {
                staged(path, guard, names).commit().unwrap();
                say.send(names.len()).unwrap();
            });
        }
        let first = hear.recv_timeout(Duration::from_secs(20));
        let second = hear.recv_timeout(Duration::from_millis(300));
        // Before anything can fail: else the threads would wait for ever, and the test for them.
        drop(turn);
        assert_eq!(first, Ok(1));
        assert_eq!(second, Err(RecvTimeoutError::Timeout));
        assert_eq!(hear.recv_timeout(Duration::from_secs(20)), Ok(2));
    });
    assert_eq!(names_in(folder.path()).unwrap(), ["a.csv", "b.csv", "one.csv"]);
}
