//! What tests of commands need: flags as somebody types them, a small case, the lines of a sheet, an engine, and somebody to tell of.

use std::cell::RefCell;
use std::io::Write as _;
use std::rc::Rc;

use clap::{Args, Command};
use kluwen::case::{Case, ReadOptions, Taken, read};
use kluwen::cluster::{Called, Column, Columns, SqlEngine, Values, Workplace};
use kluwen::error::Result;
use kluwen::finding::{
    Caution, Change, Episode, EvidenceItem, GradeReading, MissingRow, OverExpression, Rate,
    Recruiter, Without,
};
use kluwen::identity::{EntityId, Identities};
use kluwen::output::{Format, Sheet};
use tempfile::TempDir;

use super::held::{Held, Session};
use super::reading::Read;

/// Flags from the words behind the name of a command.
pub(crate) fn typed<F: Args>(words: &[&str]) -> F {
    let command = F::augment_args(Command::new("trial").no_binary_name(true));
    let matches = command.try_get_matches_from(words).expect("flags that are known");
    F::from_arg_matches(&matches).expect("all flags that are needed")
}

/// A folder of these files, which goes when it is dropped.
///
/// Commands write files in one place, to which a test of the sources holds them; so these are temporary ones that stay.
pub(crate) fn folder_of(files: &[(&str, impl AsRef<[u8]>)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let mut named = tempfile::Builder::new();
        let mut file =
            named.prefix(name).rand_bytes(0).tempfile_in(folder.path()).expect("a temporary file");
        file.write_all(bytes.as_ref()).expect("a temporary file");
        file.keep().expect("a temporary file");
    }
    folder
}

/// A case of these tables.
pub(crate) fn case_of(files: &[(&str, &str)]) -> Case {
    taken_of(files).case
}

fn taken_of(files: &[(&str, &str)]) -> Taken {
    read(folder_of(files).path(), &ReadOptions::default()).expect("a sound case")
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
    let session =
        Some(Session { engine, work: Workplace::at("s3://bucket/work"), called: Called::AsHere });
    (Held { read, identities, session }, given)
}

/// Somebody of whom there is something to say in every column.
pub(crate) fn somebody() -> Recruiter {
    let item = EvidenceItem {
        victim: None,
        class: "recruited",
        row: "links.csv:88".into(),
        source: "s1".into(),
        certainty: 0.87654,
        weight: 12.3456,
        date: "2019-03-02".into(),
        channel: String::new(),
    };
    let episode = |cases: &[&str], items: Vec<EvidenceItem>| Episode {
        start: None,
        end: None,
        case_ids: cases.iter().map(|&case| case.to_owned()).collect(),
        victims: Vec::new(),
        probability: 0.76543,
        evidence: Vec::new(),
        items,
    };
    let left = |what: &str, rank| Without { what: what.into(), recurrence: 0.25, rank };
    let what = MissingRow { victim: "V9".into(), case_id: Some("c7".into()) };
    Recruiter {
        rank: 2,
        entity: EntityId::from_number(6),
        pseudonym: None,
        person_ids: vec!["p1".into(), "p2".into()],
        recurrence: 0.98765,
        rank_interval: [1, 4],
        expected_victims: 3.4567,
        expected_episodes: 2.3456,
        roles: Vec::new(),
        cautions: vec![Caution::Client],
        episodes: vec![episode(&["c1", "c2"], Vec::new()), episode(&["c3"], vec![item])],
        may_be_protected: 0.0,
        active_now: 0.456,
        rate: Some(Rate { cases: 5, mean: 1.234, above_one: 0.5, lower: 0.345 }),
        over_expression: Some(OverExpression { ties: 9, recruiting: 4, p: 0.1, q: 0.012_34 }),
        grade_readings: vec![GradeReading { grades: "strict", recurrence: 0.5, rank: 3 }],
        without_case: Some(left("c1", 5)),
        without_source: Some(left("s1", 6)),
        recurrence_by_gap: 0.125,
        decisive_rows: vec!["links.csv:2".into(), "links.csv:3".into()],
        would_raise: vec![Change { what, recurrence: 0.995 }],
        merges: Vec::new(),
    }
}
