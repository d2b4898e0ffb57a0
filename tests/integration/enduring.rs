//! Do files survive whatever happens while they are written, and do bytes not depend on the machine?
//!
//! Two scripts judge that, here with a few trials each; `tests/faults/run.py` and `tests/bytes/run.py` do all of it.

use std::process::{Command, Stdio};

use crate::common::repository;

/// Runs a script of the repository on the program.
fn judged_by(script: &str, package: &str, words: &[&str]) {
    let ran = Command::new("python3")
        .arg(repository(script))
        .args(["--kluwen", env!("CARGO_BIN_EXE_kluwen")])
        .args(words)
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("python3 does not run ({error}); install it"));
    let told = String::from_utf8_lossy(&ran.stdout);
    let errors = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{script} ({package}): {told}\n{errors}");
}

#[test]
fn files_survive_kills_failing_calls_limits_and_company() {
    let kinds = ["--kind", "svg", "findings-folder", "--jobs", "2"];
    judged_by("tests/faults/run.py", "it needs strace", &[&["--quick"], &kinds[..]].concat());
}

#[test]
fn bytes_do_not_depend_on_threads_languages_or_zones() {
    judged_by("tests/bytes/run.py", "Python alone", &["--quick", "--jobs", "2"]);
}
