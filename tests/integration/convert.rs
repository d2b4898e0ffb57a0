//! Does `convert` write what was asked for, name nobody unasked, and leave alone what is there?

use std::fs;
use std::path::Path;

use kluwen::Case;
use kluwen::case::Table;

use crate::common::{Folder, Ran, SOUND, ended, kluwen, on_case, repository, spoilt};

fn study() -> std::path::PathBuf {
    repository("graphs/study25")
}

fn convert(case: &Path, out: &Path, words: &[&str]) -> Ran {
    let mut all = vec![out.to_str().expect("a temporary path is UTF-8")];
    all.extend(words);
    on_case("convert", case, &all)
}

const REVEALED: [&str; 2] = ["--reveal", "a test"];

#[test]
fn every_form_is_a_case_again_and_names_nobody_unasked() {
    let folder = Folder::of::<&str>(&[]);
    let links = Case::open(study()).expect("the study is sound").links.len();
    for name in ["tables", "x.jsonl", "x.ftm.json"] {
        let out = folder.join(name);
        convert(&study(), &out, &[]).fine();
        let case = Case::open(&out).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(case.links.len(), links, "{name}");
        assert!(case.symbol("Anouk van den Kraanwaard").is_none(), "{name}");
        let out = folder.join(&format!("revealed-{name}"));
        let said = convert(&study(), &out, &REVEALED).fine();
        assert!(said.stderr.contains("victims"), "{}", said.stderr);
        let case = Case::open(&out).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(case.symbol("Anouk van den Kraanwaard").is_some(), "{name}");
    }
}

#[test]
fn recruiters_of_entities_are_those_of_the_tables() {
    let folder = Folder::of::<&str>(&[]);
    let out = folder.join("x.ftm.json");
    convert(&study(), &out, &REVEALED).fine();
    let first = |case: &Path| {
        let said = on_case("recruiters", case, &["--format", "json"]).fine().json();
        let ids =
            said.as_array().expect("a list").iter().take(3).map(|row| row["person_ids"].clone());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(first(&out), first(&study()));
}

#[test]
fn a_folder_has_a_manifest_that_says_why_names_are_in_it() {
    let folder = Folder::of::<&str>(&[]);
    let out = folder.join("out");
    convert(&study(), &out, &REVEALED).fine();
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).expect("a manifest"))
            .expect("JSON");
    assert_eq!(manifest["settings"]["names_revealed_because"], "a test");
    assert_eq!(manifest["outputs"].as_array().map(Vec::len), Some(Table::ALL.len()));
    #[cfg(unix)]
    for entry in fs::read_dir(&out).expect("a folder") {
        use std::os::unix::fs::PermissionsExt;
        let mode = entry.expect("it can be read").metadata().expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn the_same_case_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::of::<&str>(&[]);
    let bytes = |threads: &str| {
        let out = folder.join("x.ftm.json");
        convert(&study(), &out, &["--threads", threads]).fine();
        fs::read(out).expect("it was written")
    };
    assert_eq!(bytes("1"), bytes("4"));
}

#[cfg(feature = "parquet")]
#[test]
fn tables_are_written_as_parquet() {
    let folder = Folder::of::<&str>(&[]);
    let out = folder.join("out");
    convert(&study(), &out, &["--to", "parquet"]).fine();
    for table in Table::ALL {
        let bytes = fs::read(out.join(format!("{table}.parquet"))).expect("it was written");
        assert_eq!(
            (&bytes[..4], &bytes[bytes.len() - 4..]),
            (&b"PAR1"[..], &b"PAR1"[..]),
            "{table}"
        );
    }
}

#[test]
fn what_is_there_is_left_alone() {
    let full = Folder::of(&[("note.txt", "kept")]);
    let case = Folder::of(&SOUND);
    let refused = |out: &Path, words: &[&str]| {
        let ran = convert(case.path(), out, words);
        assert_eq!(ran.code, Some(2), "{ran:?}");
    };
    refused(full.path(), &[]);
    refused(case.path(), &[]);
    refused(&case.join("people.csv"), &["--to", "jsonl"]);
    refused(&full.join("x.pdf"), &[]);
    refused(&full.join("x.jsonl"), &["--reveal", " "]);
    assert_eq!(fs::read_to_string(full.join("note.txt")).expect("it is there"), "kept");
    assert_eq!(fs::read_dir(full.path()).expect("a folder").count(), 1);
    assert_eq!(fs::read_to_string(case.join("people.csv")).expect("it is there"), SOUND[1].1);
}

#[test]
fn nobody_s_protection_is_lost_on_the_way() {
    let folder =
        spoilt("roles.csv", "case_id,person_id,role,start\nc1,p1,victim,soon\nc1,p2,recruiter,\n");
    let out = Folder::of::<&str>(&[]);
    let rejects = out.join("rejects.csv");
    let words = ["--lenient", "--rejects", rejects.to_str().expect("a temporary path is UTF-8")];
    let ran = convert(folder.path(), &out.join("x.jsonl"), &words);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("roles.csv:2"), "{}", ran.stderr);
    assert!(!out.join("x.jsonl").exists());
}

#[test]
fn what_is_lost_is_told_without_a_case() {
    let ran = ended(kluwen(["convert", "--explain", "ftm"]), b"").fine();
    for told in ["CourtCaseParty:role", "lost", "in part", "person-1"] {
        assert!(ran.stdout.contains(told), "{told}: {}", ran.stdout);
    }
    assert_eq!(ended(kluwen(["convert"]), b"").code, Some(2));
    assert_eq!(ended(kluwen(["convert", "graphs/study25"]), b"").code, Some(2));
}
