//! Does who is who come out as at home, although the engine has pseudonyms alone?

use std::collections::BTreeSet;
use std::path::PathBuf;

use kluwen::Result;
use kluwen::case::{Case, ReadOptions};
use kluwen::cluster::{
    CaseTables, Columns, Home, Question, SqlEngine, Values, fetch_with_identities, pairs_on,
};
use kluwen::custody::{Key, Pseudonyms};
use kluwen::identity::Resolution;
use tempfile::TempDir;

use crate::cases::{Ran, fine, kluwen, study, text};
use crate::client::connect;
use crate::engine::{both, engine};

/// A case with names at home, its key, and its tables without names.
struct Kept {
    folder: TempDir,
    home: PathBuf,
}

impl Kept {
    fn of(home: PathBuf) -> Self {
        let kept = Self { folder: TempDir::with_prefix("kluwen-names").expect("a folder"), home };
        kept.new_key("key");
        let (key, tables) = (kept.path("key"), kept.path("tables"));
        let words = ["convert", text(&kept.home), text(&tables), "--to", "parquet", "-q"];
        fine(&[&words[..], &["--key", text(&key)]].concat());
        kept
    }

    fn simulated() -> (TempDir, Self) {
        let folder = TempDir::with_prefix("kluwen-names").expect("a folder");
        let home = folder.path().join("case");
        fine(&["simulate", text(&home), "--scale", "seed", "--tier", "hard", "-q"]);
        let kept = Self::of(home);
        (folder, kept)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn new_key(&self, name: &str) {
        fine(&["key", text(&self.path(name)), "-q"]);
    }

    fn at_home(&self, words: &[&str]) -> String {
        let key = self.path("key");
        let home = [&words[..1], &[text(&self.home)], &words[1..], &["--key", text(&key)]].concat();
        fine(&[&home[..], &["--format", "json"]].concat())
    }

    fn there(&self, words: &[&str]) -> Ran {
        let (tables, work, engine) = (self.path("tables"), self.path("work"), engine());
        let words = [&words[..1], &[text(&tables)], &words[1..], &["--format", "json"]].concat();
        kluwen(&[&words[..], &["--engine", &engine, "--work", text(&work)]].concat())
    }

    fn by_names(&self, words: &[&str]) -> Ran {
        let key = self.path("key");
        self.there(&[words, &["--names", text(&self.home), "--key", text(&key)]].concat())
    }
}

/// The lines of an answer without the name of the source that counts most: of several that count the same it is the first in the order of their
/// names, and a source that links alone name has none here but its pseudonym.
fn but_for_a_source(answer: &str) -> impl Iterator<Item = &str> {
    let mut before = "";
    answer
        .lines()
        .filter(move |line| !std::mem::replace(&mut before, line).contains("\"without_source\": {"))
}

#[test]
fn who_is_who_is_what_it_is_at_home() {
    let (_folder, simulated) = Kept::simulated();
    for kept in [simulated, Kept::of(study())] {
        for words in [
            &["recruiters"][..],
            &["identities", "--all"],
            &["channels"],
            &["adverts"],
            &["rank", "--by", "degree"],
            &["group", "--by", "components"],
            &["ties", "--through", "cases"],
        ] {
            let ran = kept.by_names(words);
            assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.stderr);
            assert!(!ran.stderr.contains("nobody in this case has a name"), "{}", ran.stderr);
            let home = kept.at_home(words);
            let same = but_for_a_source(&home).eq(but_for_a_source(&ran.stdout));
            assert!(same, "{words:?}:\n{home}\n{}", ran.stdout);
        }
    }
}

#[test]
fn without_names_that_is_said() {
    let (_folder, kept) = Kept::simulated();
    let ran = kept.there(&["recruiters"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("nobody in this case has a name"), "{}", ran.stderr);
    let key = kept.path("key");
    let again = kept.there(&["recruiters", "--key", text(&key)]);
    assert!(again.stderr.contains("pseudonyms already"), "{}", again.stderr);
    let given = kept.there(&["recruiters", "--identity", "given"]);
    assert!(!given.stderr.contains("nobody in this case has a name"), "{}", given.stderr);
}

#[test]
fn a_key_that_is_missing_or_another_is_told() {
    let kept = Kept::of(study());
    let ran = kept.there(&["recruiters", "--names", text(&kept.home)]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("`--key FILE`"), "{}", ran.stderr);
    kept.new_key("other");
    let other = kept.path("other");
    let names = ["recruiters", "--names", text(&kept.home), "--key", text(&other)];
    let ran = kept.there(&names);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("none of the case at home"), "{}", ran.stderr);
}

#[test]
fn tables_that_tell_of_people_are_known_from_those_that_do_not() {
    let folder = TempDir::with_prefix("kluwen-names").expect("a folder");
    let (study, place) = (study(), |name: &str| folder.path().join(name).display().to_string());
    for (name, reveal) in [("coded", &[][..]), ("revealed", &["--reveal", "a test"])] {
        let words = ["convert", text(&study), &place(name), "--to", "parquet", "-q"];
        fine(&[&words[..], reveal].concat());
    }
    // Of these nobody has a name; one has a number, or a day of birth.
    let roles = ("roles.csv", "case_id,person_id,role\ncase-1,person-1,client\n");
    let number = "person_id,kind,value\nperson-1,phone,+31612345678\n";
    let nameless = "person_id,name\nperson-1,unknown\n";
    for (name, people, others, reveal) in [
        ("number", nameless, &[roles, ("identifiers.csv", number)][..], true),
        ("no-number", nameless, &[roles, ("identifiers.csv", number)], false),
        ("born", "person_id,birth\nperson-1,2003-04-05\n", &[roles], true),
        ("year", "person_id,birth\nperson-1,2003\n", &[roles], true),
        (
            "id",
            "person_id\njansen_piet\n",
            &[("roles.csv", "case_id,person_id,role\ncase-1,jansen_piet,client\n")],
            true,
        ),
        ("no-id", "person_id\nperson-1\n", &[roles], true),
    ] {
        let files = TempDir::with_prefix("kluwen-names").expect("a folder");
        for (file, rows) in [&[("people.csv", people)], others].concat() {
            std::fs::write(files.path().join(file), rows).expect("written");
        }
        let reveal = if reveal { &["--reveal", "a test"][..] } else { &[] };
        let words = ["convert", text(files.path()), &place(name), "--to", "parquet", "-q"];
        fine(&[&words[..], reveal].concat());
    }
    let kept = Kept::of(study);
    for (server, address) in both() {
        let mut engine = connect(&address);
        for (name, tell) in [
            ("coded", false),
            ("revealed", true),
            ("number", true),
            ("no-number", false),
            ("born", true),
            ("year", false),
            ("id", true),
            ("no-id", false),
        ] {
            let work = place(&format!("{server}-{name}"));
            let tables = CaseTables::open(&mut engine, &place(name), &work).expect("tables");
            assert_eq!(tables.tell_of_people(&mut engine).expect(server), tell, "{server} {name}");
        }
        let (keyed, work) = (kept.path("tables"), place(server));
        let tables = CaseTables::open(&mut engine, text(&keyed), &work).expect("tables");
        assert!(!tables.tell_of_people(&mut engine).expect(server), "{server} keyed");
    }
}

/// An engine, and all that it was asked and given.
struct Overheard<E> {
    engine: E,
    heard: Vec<String>,
}

impl<E: SqlEngine> SqlEngine for Overheard<E> {
    fn open(&mut self, name: &str, place: &str) -> Result<()> {
        self.engine.open(name, place)
    }

    fn save(&mut self, name: &str, query: &str, place: &str) -> Result<()> {
        self.heard.push(query.to_owned());
        self.engine.save(name, query, place)
    }

    fn put(&mut self, name: &str, rows: &Columns, place: &str) -> Result<()> {
        for column in &rows.0 {
            if let Values::Text(cells) = &column.values {
                self.heard.extend(cells.iter().flatten().map(str::to_owned));
            }
        }
        self.engine.put(name, rows, place)
    }

    fn columns(&mut self, name: &str) -> Result<Vec<(String, String)>> {
        self.engine.columns(name)
    }

    fn rows(&mut self, query: &str) -> Result<Columns> {
        self.heard.push(query.to_owned());
        self.engine.rows(query)
    }
}

#[test]
fn an_engine_hears_no_name_and_no_number() {
    let (_folder, kept) = Kept::simulated();
    let key = Key::read(kept.path("key")).expect("a key");
    let case = Case::open(&kept.home).expect("a case");
    let home = Home::of(&case, Pseudonyms::new(&key)).expect("ids of its own");
    let mut engine = Overheard { engine: connect(&engine()), heard: Vec::new() };
    let work = kept.path("work").display().to_string();
    let tables = CaseTables::open(&mut engine, text(&kept.path("tables")), &work).expect("tables");
    let tables = tables.told_by(home);
    let options = ReadOptions::default();
    let mut resolve = |engine: &mut dyn SqlEngine, case: &Case| {
        Resolution::default().of_by(case, &mut |rule, keys| pairs_on(engine, &work, rule, keys))
    };
    let question = Question::Recruiters;
    let (taken, _) =
        fetch_with_identities(&mut engine, &tables, question, &options, &work, &mut resolve)
            .expect("it is fetched");
    let names = |case: &Case| -> BTreeSet<String> {
        let people = case.people.iter().flat_map(|one| [one.name, one.alias]);
        let values = case.identifiers.iter().map(|one| one.value);
        people.chain(values).map(|text| case.text(text).to_owned()).collect()
    };
    assert_eq!(names(&taken.case), names(&case), "they are known here");
    assert!(engine.heard.len() > 20, "it was asked");
    for name in names(&case).iter().filter(|name| name.chars().count() > 3) {
        assert!(!engine.heard.iter().any(|heard| heard.contains(name.as_str())), "{name}");
    }
    for id in case.people.iter().map(|one| case.text(one.person)) {
        assert!(!engine.heard.iter().any(|heard| heard == id), "{id}");
    }
}

#[test]
fn advertisements_may_be_missing_at_home() {
    let kept = Kept::of(study());
    let folder = TempDir::with_prefix("kluwen-names").expect("a folder");
    for entry in std::fs::read_dir(study()).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.file_name() != "ads.csv" && entry.path().is_file() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("copied");
        }
    }
    let key = kept.path("key");
    let words = ["identities", "--all", "--names", text(folder.path()), "--key", text(&key)];
    let ran = kept.there(&words);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), kept.at_home(&words[..2]).lines().count());
}

#[test]
fn a_case_at_home_that_was_converted_itself_is_refused() {
    let kept = Kept::of(study());
    let (key, tables) = (kept.path("key"), kept.path("tables"));
    let ran = kept.there(&["recruiters", "--names", text(&tables), "--key", text(&key)]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("has the form of a pseudonym"), "{}", ran.stderr);
}
