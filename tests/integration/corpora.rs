//! Does what fuzzing found still hold? Every input that is kept is given to its target again, without cargo-fuzz.

use std::fs;
use std::panic::catch_unwind;

use crate::common::repository;

#[path = "../../fuzz/src/lib.rs"]
#[allow(clippy::pedantic, dead_code, unreachable_pub)] // it is a package of its own
pub(crate) mod targets;

#[test]
fn every_target_has_a_program_and_a_corpus() {
    for (name, _) in targets::TARGETS {
        assert!(repository(&format!("fuzz/targets/{name}.rs")).is_file(), "{name}");
        assert!(repository(&format!("fuzz/corpus/{name}")).is_dir(), "{name}");
    }
    let programs = fs::read_dir(repository("fuzz/targets")).expect("a folder");
    assert_eq!(programs.count(), targets::TARGETS.len());
}

#[test]
fn what_was_found_holds() {
    let (mut replayed, mut failed) = (0, Vec::new());
    for (name, run) in targets::TARGETS {
        let folder = repository(&format!("fuzz/corpus/{name}"));
        for entry in fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("a file")) {
            let bytes = fs::read(entry.path()).expect("an input");
            if catch_unwind(|| run(&bytes)).is_err() {
                failed.push(entry.path());
            }
            replayed += 1;
        }
    }
    assert!(failed.is_empty(), "these do not hold: {failed:#?}");
    assert!(replayed > targets::TARGETS.len(), "{replayed} inputs");
}
