//! Is what an engine that holds the case says, byte by byte, what this machine says of the same tables?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::engine::engine;

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn kluwen(words: &[&str]) -> Ran {
    Ran::of(Command::new(env!("CARGO_BIN_EXE_kluwen")).args(words))
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        let out = command.output().expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        let (stdout, stderr) = (text(out.stdout), text(out.stderr));
        assert!(!stderr.contains("panicked"), "{command:?}: {stderr}");
        Self { code: out.status.code(), stdout, stderr }
    }
}

pub(crate) fn fine(words: &[&str]) -> String {
    let ran = kluwen(words);
    assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.stderr);
    ran.stdout
}

/// Tables of a case, and room for what engines write.
pub(crate) struct Tables {
    folder: TempDir,
}

impl Tables {
    /// The case as Parquet tables: with all that it holds, or without names.
    pub(crate) fn of(case: &Path, revealed: bool) -> Self {
        let folder = TempDir::with_prefix("kluwen-engine").expect("a temporary folder");
        let tables = Self { folder };
        let out = tables.case();
        let mut words = vec!["convert", text(case), text(&out), "--to", "parquet", "-q"];
        if revealed {
            words.extend(["--reveal", "a test"]);
        }
        fine(&words);
        tables
    }

    pub(crate) fn case(&self) -> PathBuf {
        self.folder.path().join("case")
    }

    /// What a command says on this machine, and what it says of the engine's tables.
    pub(crate) fn both(&self, words: &[&str]) -> [Ran; 2] {
        let (case, work, engine) = (self.case(), self.folder.path().join("work"), engine());
        let own = [&words[..1], &[text(&case)], &words[1..], &["--format", "json"]].concat();
        let its = [&own[..], &["--engine", &engine, "--work", text(&work)]].concat();
        [kluwen(&own), kluwen(&its)]
    }

    /// Fails unless the engine gives the same bytes.
    pub(crate) fn same(&self, words: &[&str]) {
        let [own, its] = self.both(words);
        assert_eq!(own.code, Some(0), "{words:?}: {}", own.stderr);
        assert_eq!(its.code, Some(0), "{words:?}: {}", its.stderr);
        assert!(own.stdout == its.stdout, "{words:?}:\n{}\n{}", own.stdout, its.stdout);
    }
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary path is UTF-8")
}

pub(crate) fn study() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs/study25")
}

/// Every question with an engine of which rows are fetched.
const QUESTIONS: [&[&str]; 7] = [
    &["recruiters"],
    &["recruiters", "--identity", "given", "--least", "0"],
    &["channels"],
    &["channels", "--publish"],
    &["identities", "--all"],
    &["identities", "--all", "--identity", "given"],
    &["adverts"],
];

#[test]
fn the_study_is_the_same_on_an_engine() {
    for revealed in [false, true] {
        let tables = Tables::of(&study(), revealed);
        for words in QUESTIONS {
            tables.same(words);
        }
    }
}

#[test]
fn a_case_with_many_mentions_of_few_people_is_the_same_on_an_engine() {
    let folder = TempDir::with_prefix("kluwen-engine").expect("a temporary folder");
    let case = folder.path().join("case");
    fine(&["simulate", text(&case), "--scale", "seed", "--tier", "hard", "-q"]);
    let tables = Tables::of(&case, true);
    for words in QUESTIONS {
        tables.same(words);
    }
    tables.same(&["channels", "--over-time"]);
}

#[test]
fn some_thousand_links_are_the_same_on_an_engine() {
    let folder = TempDir::with_prefix("kluwen-engine").expect("a temporary folder");
    let case = folder.path().join("case");
    fine(&["simulate", text(&case), "--scale", "region", "-q"]);
    let tables = Tables::of(&case, false);
    tables.same(&["channels"]);
    tables.same(&["recruiters", "--identity", "given", "--draws", "20"]);
}

#[test]
fn tables_without_rows_are_the_same_on_an_engine() {
    let folder = TempDir::with_prefix("kluwen-engine").expect("a temporary folder");
    for (name, header) in
        [("people.csv", "person_id\np1\n"), ("roles.csv", "case_id,person_id,role\n")]
    {
        fs::write(folder.path().join(name), header).expect("it is written");
    }
    let tables = Tables::of(folder.path(), true);
    for words in [&["recruiters"][..], &["channels"], &["identities"], &["adverts"]] {
        tables.same(words);
    }
}

/// A case of these people and of links from each but the first to the first.
fn tiny(people: &[&str]) -> Tables {
    let folder = TempDir::with_prefix("kluwen-engine").expect("a temporary folder");
    let write = |name: &str, lines: Vec<String>| {
        fs::write(folder.path().join(name), lines.concat()).expect("it is written");
    };
    let ids = people.iter().map(|person| format!("{person}\n"));
    write("people.csv", [vec!["person_id\n".to_owned()], ids.collect()].concat());
    let links = people[1..].iter().map(|from| format!("l-{from},{from},{},recruited\n", people[0]));
    write("links.csv", [vec!["link_id,from,to,kind\n".to_owned()], links.collect()].concat());
    Tables::of(folder.path(), true)
}

#[test]
fn an_id_that_no_table_holds_is_told_with_its_row() {
    let (three, two) = (tiny(&["p1", "p2", "p3"]), tiny(&["p1", "p2"]));
    fs::copy(three.case().join("links.parquet"), two.case().join("links.parquet"))
        .expect("it is copied");
    for ran in two.both(&["channels"]) {
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        for told in ["links.csv:3", "`p3`", "people"] {
            assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
        }
    }
}

#[test]
fn an_id_that_stands_twice_is_told_with_its_row() {
    let tables = tiny(&["p1", "p2", "p3"]);
    let links = tables.case().join("links.parquet");
    for part in ["links-1.parquet", "links-2.parquet"] {
        fs::copy(&links, tables.case().join(part)).expect("it is copied");
    }
    fs::remove_file(&links).expect("it is there");
    for ran in tables.both(&["channels"]) {
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        for told in ["links.csv:2", "`l-p2`", "earlier row"] {
            assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_table_in_two_forms_is_told_and_no_row_is_left_out() {
    let tables = tiny(&["p1", "p2"]);
    let links = tables.case().join("links.parquet");
    fs::copy(links, tables.case().join("links-2.parquet")).expect("it is copied");
    let [_, its] = tables.both(&["channels"]);
    assert_eq!(its.code, Some(1), "{}", its.stderr);
    for told in ["links.parquet", "links-*.parquet"] {
        assert!(its.stderr.contains(told), "{told}: {}", its.stderr);
    }
}

#[test]
fn a_missing_table_and_a_missing_column_are_told() {
    let tables = Tables::of(&study(), true);
    fs::remove_file(tables.case().join("people.parquet")).expect("it is there");
    let [_, its] = tables.both(&["channels"]);
    assert_eq!(its.code, Some(1), "{}", its.stderr);
    assert!(
        its.stderr.contains("people.parquet") && its.stderr.contains("--tables"),
        "{}",
        its.stderr
    );
    let tables = Tables::of(&study(), true);
    let case = tables.case();
    fs::copy(case.join("places.parquet"), case.join("channels.parquet")).expect("it is copied");
    let [_, its] = tables.both(&["channels"]);
    assert_eq!(its.code, Some(1), "{}", its.stderr);
    assert!(its.stderr.contains("`channel_id`"), "{}", its.stderr);
}

#[test]
fn flags_that_say_how_files_are_read_are_refused() {
    let tables = Tables::of(&study(), true);
    for words in [
        &["channels", "--lenient"][..],
        &["recruiters", "--clearance", "2"],
        &["identities", "--resume"],
    ] {
        let [_, its] = tables.both(words);
        assert_eq!(its.code, Some(2), "{words:?}: {}", its.stderr);
        assert!(its.stderr.contains(words[1]), "{words:?}: {}", its.stderr);
    }
}
