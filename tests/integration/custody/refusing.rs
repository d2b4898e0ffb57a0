use std::fs;
use std::path::Path;

use kluwen::custody::{AuditLog, Chain, Note};

use crate::common::{Folder, Ran, SOUND, ended, kluwen};

fn case() -> Folder {
    let folder = Folder::of::<&str>(&[]);
    fs::create_dir(folder.join("case")).expect("ours");
    for (name, text) in SOUND {
        fs::write(folder.join("case").join(name), text).expect("ours");
    }
    folder
}

fn run(words: &[&str]) -> Ran {
    let mut command = kluwen(words);
    command.env_remove("KLUWEN_AUDIT");
    ended(command, b"")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn no_output_takes_the_place_of_a_key_or_a_log() {
    let folder = case();
    let (key, log) = (folder.join("k1.jsonl"), folder.join("old.jsonl"));
    run(&["key", text(&key)]).fine();
    AuditLog::new(&log).begun(&Note::default()).expect("written");
    let case = folder.join("case");
    let cases = fs::read(case.join("cases.csv")).expect("there");
    for (path, what) in [(&key, "a key of pseudonyms"), (&log, "an audit log")] {
        let before = fs::read(path).expect("there");
        let out = text(path);
        for words in [
            ["map", text(&case), "--format", "svg", "--out", out].as_slice(),
            &["purge", text(&case), "--case-id", "c2", "--yes", "--proof", out],
            &["convert", text(&case), out, "--reveal", "a test"],
            &["recruiters", text(&case), "--lenient", "--rejects", out],
        ] {
            let refused = run(words);
            assert_eq!(fs::read(path).expect("there"), before, "{words:?}: {refused:#?}");
            assert_eq!(refused.code, Some(2), "{words:?}: {refused:#?}");
            assert!(refused.stderr.contains(what), "{}", refused.stderr);
        }
    }
    assert_eq!(fs::read(case.join("cases.csv")).expect("there"), cases, "nothing was purged");
}

#[test]
fn what_is_no_log_gets_no_entry() {
    let folder = case();
    let (case, key) = (folder.join("case"), folder.join("k1"));
    run(&["key", text(&key)]).fine();
    let (table, word) = (folder.join("case/people.csv"), folder.join("word"));
    fs::write(&word, "a word").expect("ours");
    for path in [&table, &key, &word] {
        let before = fs::read(path).expect("there");
        let refused = run(&["check", text(&case), "--audit", text(path), "--purpose", "a test"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""));
        for part in ["that is no audit log", "another file"] {
            assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
        }
        assert_eq!(fs::read(path).expect("there"), before);
    }
}

#[test]
fn words_for_a_log_that_is_none_are_refused() {
    let folder = case();
    let case = folder.join("case");
    for words in [["--purpose", "a test"], ["--audit-by", "J. de Vries"]] {
        for command in ["check", "audit"] {
            let refused = run(&[command, text(&case), words[0], words[1]]);
            assert_eq!(refused.code, Some(2), "{refused:#?}");
            assert!(refused.stderr.contains("--audit FILE"), "{}", refused.stderr);
        }
    }
}

#[test]
fn a_broken_log_has_no_head_and_zeros_are_that_of_an_empty_one() {
    let folder = Folder::of(&[("empty.jsonl", "")]);
    let path = folder.join("audit.jsonl");
    let log = AuditLog::new(&path);
    for purpose in ["one", "two"] {
        log.begun(&Note { purpose: purpose.into(), ..Note::default() }).expect("written");
    }
    let none = "0".repeat(64);
    run(&["audit", text(&folder.join("empty.jsonl")), "--head", &none]).fine();
    assert_eq!(run(&["audit", text(&path), "--head", &none]).code, Some(1));
    let head = Chain::read(&path).expect("a log").head().to_owned();
    assert!(run(&["audit", text(&path)]).fine().stderr.contains(&head));
    let changed = fs::read_to_string(&path).expect("there").replace("two", "too");
    fs::write(&path, changed).expect("ours");
    let broken = run(&["audit", text(&path), "--format", "json"]);
    assert_eq!((broken.code, &broken.json()["head"]), (Some(1), &serde_json::Value::Null));
    assert!(!broken.stderr.contains("; head "), "{}", broken.stderr);
}
