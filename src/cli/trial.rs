//! What tests of commands need: flags as somebody types them, a small case, the lines of a sheet, and an engine.

use std::cell::RefCell;
use std::fs;
use std::rc::Rc;

use clap::{Args, Command};
use kluwen::case::{Case, ReadOptions, Taken, read};
use kluwen::cluster::{Column, Columns, SqlEngine, Values};
use kluwen::error::Result;
use kluwen::identity::Identities;
use kluwen::output::{Format, Sheet};

use super::held::{Held, Session};
use super::reading::Read;

/// Flags from the words behind the name of a command.
pub(crate) fn typed<F: Args>(words: &[&str]) -> F {
    let command = F::augment_args(Command::new("trial").no_binary_name(true));
    let matches = command.try_get_matches_from(words).expect("flags that are known");
    F::from_arg_matches(&matches).expect("all flags that are needed")
}

/// A case of these tables.
pub(crate) fn case_of(files: &[(&str, &str)]) -> Case {
    taken_of(files).case
}

fn taken_of(files: &[(&str, &str)]) -> Taken {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a temporary file");
    }
    read(folder.path(), &ReadOptions::default()).expect("a sound case")
}

/// The rows of a sheet as CSV, without its head.
pub(crate) fn lines(sheet: &Sheet) -> Vec<String> {
    let mut out = Vec::new();
    sheet.write(Format::Csv, &mut out).expect("memory takes all");
    let text = String::from_utf8(out).expect("text");
    text.lines().skip(1).map(str::to_owned).collect()
}

/// What a [`Parrot`] was given, by name.
pub(crate) type Given = Rc<RefCell<Vec<(String, Columns)>>>;

/// An engine that has one answer to all that it is asked, and keeps what it is given.
pub(crate) struct Parrot {
    answer: Columns,
    given: Given,
}

impl SqlEngine for Parrot {
    fn open(&mut self, _: &str, _: &str) -> Result<()> {
        Ok(())
    }

    fn save(&mut self, _: &str, _: &str, _: &str) -> Result<()> {
        Ok(())
    }

    fn put(&mut self, name: &str, rows: &Columns, _: &str) -> Result<()> {
        self.given.borrow_mut().push((name.to_owned(), rows.clone()));
        Ok(())
    }

    fn columns(&mut self, _: &str) -> Result<Vec<(String, String)>> {
        Ok(Vec::new())
    }

    fn rows(&mut self, _: &str) -> Result<Columns> {
        Ok(self.answer.clone())
    }
}

/// A column of whole numbers.
pub(crate) fn whole(name: &str, cells: &[i64]) -> Column {
    Column::new(name, Values::Whole(cells.iter().copied().map(Some).collect()))
}

/// A column of real numbers.
pub(crate) fn real(name: &str, cells: &[f64]) -> Column {
    Column::new(name, Values::Real(cells.iter().copied().map(Some).collect()))
}

/// A case of three people on an engine that says of its network that it has three nodes, two ties and two rows left out, that nothing
/// moves, and what else is in `answer`; and what that engine is given.
pub(crate) fn held(answer: Vec<Column>) -> (Held, Given) {
    let links = "link_id,from,to,kind\nl1,a,b,contact\nl2,b,c,contact\n";
    let taken = taken_of(&[("people.csv", "person_id\na\nb\nc\n"), ("links.csv", links)]);
    let identities = Identities::as_given(&taken.case);
    let counts = [("nodes", 3), ("edges", 2), ("held", 5), ("all_rows", 7), ("unnamed", 0)];
    let mut columns: Vec<Column> =
        counts.iter().map(|&(name, count)| whole(name, &[count])).collect();
    columns.push(real("moved", &[0.0]));
    columns.extend(answer);
    let given = Given::default();
    let engine = Box::new(Parrot { answer: Columns(columns), given: Rc::clone(&given) });
    let read = Read {
        taken,
        settings: Vec::new(),
        rejects: None,
        key: None,
        pseudonyms: None,
        clearance: None,
    };
    // Of a place that is no folder of this machine the engine keeps all.
    let session = Some(Session { engine, work: "s3://bucket/work".into() });
    (Held { read, identities, session }, given)
}
