//! Are programs run round by round, kept, and gone on with?

use std::fs;
use std::path::{Path, PathBuf};

use kluwen::ErrorKind;
use kluwen::cluster::{
    Assignment, Column, Columns, Program, Run, SqlEngine, Step, StepKind, Stop, Values,
};
use tempfile::TempDir;

use crate::client::connect;
use crate::engine::{both, engine};
use crate::flooding;

const TABLES: [&str; 2] = ["nodes", "edges"];

pub(crate) fn text(folder: &TempDir) -> String {
    folder.path().to_string_lossy().into_owned()
}

/// Runs the program to its end; what it told is added to `steps`.
fn run(
    engine: &mut dyn SqlEngine,
    work: &str,
    resume: bool,
    steps: &mut Vec<Step>,
) -> kluwen::Result<kluwen::cluster::Columns> {
    let run = Run::new(engine, work).reading(TABLES).resuming(resume);
    run.telling(|step| steps.push(step.clone())).program(&flooding::program())
}

fn folders(work: &Path) -> Vec<String> {
    let names = fs::read_dir(work.join("flooding"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    // Behind the round stands which run wrote it.
    let mut names: Vec<String> =
        names.map(|name| name.split("-run").next().unwrap_or_default().to_owned()).collect();
    names.sort();
    names
}

/// The folder of a round, whichever run wrote it.
fn folder(work: &TempDir, round: &str) -> PathBuf {
    let all = fs::read_dir(work.path().join("flooding")).expect("a folder");
    let mut paths = all.map(|entry| entry.expect("an entry").path());
    let begins = format!("{round}-run");
    let own = |path: &PathBuf| path.to_string_lossy().contains(&begins);
    paths.find(own).unwrap_or_else(|| panic!("no {round}"))
}

#[test]
fn a_program_runs_until_nothing_moves_and_keeps_two_rounds() {
    for (name, address) in both() {
        let (mut engine, work) = (connect(&address), TempDir::new().expect("a folder"));
        let edges = flooding::edges(3);
        flooding::put(&mut engine, &edges, &text(&work));
        let mut steps = Vec::new();
        let found = run(&mut engine, &text(&work), false, &mut steps).expect(name);
        assert_eq!(found, flooding::expected(&edges), "{name}");
        let moved: Vec<_> = steps.iter().map(|step| (step.round, step.moved, step.kind)).collect();
        let expected = [
            (0, None, StepKind::Made),
            (1, Some(6.0), StepKind::Made),
            (2, Some(4.0), StepKind::Made),
            (3, Some(2.0), StepKind::Made),
            (4, Some(0.0), StepKind::Made),
        ];
        assert_eq!(moved, expected, "{name}");
        assert_eq!(folders(work.path()), ["STATE", "labels-3", "labels-4"], "{name}");
    }
}

/// A run that is over, and its folder.
fn finished(address: &str, edges: &[(i64, i64)]) -> TempDir {
    let (mut engine, work) = (connect(address), TempDir::new().expect("a folder"));
    flooding::put(&mut engine, edges, &text(&work));
    run(&mut engine, &text(&work), false, &mut Vec::new()).expect("it ends");
    work
}

/// Opens the tables again in another session, and resumes; the round that was gone on behind, what is told first, and how many times something is.
fn resumed(address: &str, work: &TempDir, edges: &[(i64, i64)]) -> (u32, StepKind, usize) {
    let mut engine = connect(address);
    for table in TABLES {
        engine.open(table, &format!("{}/{table}", text(work))).expect("it is there");
    }
    let mut steps = Vec::new();
    let found = run(&mut engine, &text(work), true, &mut steps).expect("it ends");
    assert_eq!(found, flooding::expected(edges));
    (steps[0].round, steps[0].kind, steps.len())
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let paths =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).collect()
}

#[test]
fn a_table_that_lost_a_part_or_was_half_written_is_made_again() {
    let edges = flooding::edges(4);
    for (name, address) in both() {
        let work = finished(&address, &edges);
        let last = || folder(&work, "labels-5");
        let resumed = || resumed(&address, &work, &edges);
        assert_eq!(resumed(), (5, StepKind::TakenUp, 1), "{name}: what is over is done again");
        // A file is gone: the round before it is gone on from.
        let gone = files(last());
        fs::remove_file(&gone[0]).expect("removed");
        assert_eq!(resumed(), (4, StepKind::TakenUp, 2), "{name}");
        // A file was not written to its end.
        let half = files(last()).remove(0);
        let bytes = fs::read(&half).expect("read");
        fs::write(&half, &bytes[..bytes.len() / 2]).expect("written");
        assert_eq!(resumed(), (4, StepKind::TakenUp, 2), "{name}");
        // Both rounds are lost: all begins anew, and that is told.
        fs::remove_dir_all(last()).expect("removed");
        fs::remove_dir_all(folder(&work, "labels-4")).expect("removed");
        assert_eq!(resumed(), (0, StepKind::GivenUp, 7), "{name}");
        // A state that is no state.
        fs::write(work.path().join("flooding/STATE"), "{").expect("written");
        assert_eq!(resumed(), (0, StepKind::GivenUp, 7), "{name}");
        // None at all.
        fs::remove_file(work.path().join("flooding/STATE")).expect("removed");
        assert_eq!(resumed(), (0, StepKind::Made, 6), "{name}");
    }
}

#[test]
fn rounds_stay_where_they_are_when_the_engine_fails() {
    let edges = flooding::edges(4);
    let work = finished(&engine(), &edges);
    let mut gone = connect(&engine());
    for table in TABLES {
        gone.open(table, &format!("{}/{table}", text(&work))).expect("it is there");
    }
    let mut failing = Failing { engine: &mut gone, at: "labels-" };
    let error = run(&mut failing, &text(&work), true, &mut Vec::new()).expect_err("it fails");
    let error = error.to_string();
    assert!(error.contains("--resume") && error.contains("begin anew"), "{error}");
    assert_eq!(folders(work.path()), ["STATE", "labels-4", "labels-5"]);
    assert_eq!(resumed(&engine(), &work, &edges), (5, StepKind::TakenUp, 1));
}

/// An engine that may not look at some places.
struct Failing<'a> {
    engine: &'a mut dyn SqlEngine,
    at: &'static str,
}

impl SqlEngine for Failing<'_> {
    fn open(&mut self, name: &str, place: &str) -> kluwen::Result<()> {
        if place.contains(self.at) {
            return Err(kluwen::Error::engine(format!("{place}: 403 Forbidden"), "ask for it"));
        }
        self.engine.open(name, place)
    }

    fn save(&mut self, name: &str, query: &str, place: &str) -> kluwen::Result<()> {
        self.engine.save(name, query, place)
    }

    fn put(&mut self, name: &str, rows: &Columns, place: &str) -> kluwen::Result<()> {
        self.engine.put(name, rows, place)
    }

    fn columns(&mut self, name: &str) -> kluwen::Result<Vec<(String, String)>> {
        self.engine.columns(name)
    }

    fn rows(&mut self, query: &str) -> kluwen::Result<Columns> {
        self.engine.rows(query)
    }
}

#[test]
fn what_another_program_or_other_tables_left_is_not_gone_on_with() {
    let edges = flooding::edges(2);
    let work = finished(&engine(), &edges);
    let mut engine = connect(&engine());
    flooding::put(&mut engine, &flooding::edges(3), &format!("{}/other", text(&work)));
    let other_tables = run(&mut engine, &text(&work), true, &mut Vec::new()).expect_err("refused");
    assert!(other_tables.to_string().contains("other tables"), "{other_tables}");
    // As many rows, and other ones.
    let swapped: Vec<(i64, i64)> =
        edges.iter().map(|&(a, b)| if a == 101 { (a, 99) } else { (a, b) }).collect();
    flooding::put(&mut engine, &swapped, &format!("{}/swapped", text(&work)));
    let swapped = run(&mut engine, &text(&work), true, &mut Vec::new()).expect_err("refused");
    assert!(swapped.to_string().contains("other tables"), "{swapped}");
    flooding::put(&mut engine, &edges, &text(&work));
    let stop = Stop { rounds: 7, ..flooding::program().stop };
    let other = Program { stop, ..flooding::program() };
    let options = Run::new(&mut engine, text(&work)).reading(TABLES).resuming(true).program(&other);
    assert!(options.expect_err("refused").to_string().contains("other options"));
    // Without being asked to resume it begins anew.
    let found = run(&mut engine, &text(&work), false, &mut Vec::new()).expect("it ends");
    assert_eq!(found, flooding::expected(&edges));
}

#[test]
fn a_value_that_moved_to_an_empty_cell_makes_another_table() {
    let column = |name: &str, cell| Column { name: name.into(), values: Values::Whole(vec![cell]) };
    let pair = |a, b| Columns(vec![column("a", a), column("b", b)]);
    let stop = Stop { moved: 0.0, rounds: 0, must_settle: false };
    let (name, setup) =
        ("copy", vec![Assignment { table: "copied", query: "SELECT a, b FROM pairs".into() }]);
    let (measure, result) =
        ("SELECT CAST(0 AS DOUBLE) AS moved".into(), "SELECT a, b FROM copied".into());
    let program = Program { name, setup, step: Vec::new(), measure, stop, result };
    for (name, address) in both() {
        let (mut engine, work) = (connect(&address), TempDir::new().expect("a folder"));
        let mut asked = |cells: Columns, place: &str, resume| {
            engine.put("pairs", &cells, &format!("{}/{place}", text(&work))).expect(name);
            let run = Run::new(&mut engine, text(&work)).reading(["pairs"]);
            run.resuming(resume).program(&program)
        };
        let first = pair(Some(7), None);
        assert_eq!(asked(first.clone(), "first", false).expect(name), first);
        assert_eq!(asked(first.clone(), "again", true).expect("the same"), first);
        let other = asked(pair(None, Some(7)), "other", true).expect_err("refused").to_string();
        assert!(other.contains("other tables"), "{name}: {other}");
    }
}

#[test]
fn what_does_not_settle_is_no_answer() {
    let (mut engine, work) = (connect(&engine()), TempDir::new().expect("a folder"));
    flooding::put(&mut engine, &flooding::edges(5), &text(&work));
    let stop = Stop { rounds: 2, ..flooding::program().stop };
    let short = Program { stop, ..flooding::program() };
    let error = Run::new(&mut engine, text(&work)).program(&short).expect_err("it does not settle");
    assert!(
        matches!(error.kind(), ErrorKind::NotConverged { rounds: 2, residual, .. } if *residual == 6.0),
        "{error}"
    );
    let loose = Program { stop: Stop { must_settle: false, ..stop }, ..short };
    let settled = Run::new(&mut engine, text(&work)).settle(&loose).expect("an end");
    assert_eq!((settled.rounds, settled.moved, settled.settled), (2, 6.0, false));
}

#[test]
fn a_measure_that_is_no_real_number_is_refused() {
    let (mut engine, work) = (connect(&engine()), TempDir::new().expect("a folder"));
    flooding::put(&mut engine, &flooding::edges(2), &text(&work));
    let whole =
        Program { measure: "SELECT COUNT(*) AS moved FROM labels".into(), ..flooding::program() };
    let error =
        Run::new(&mut engine, text(&work)).program(&whole).expect_err("refused").to_string();
    assert!(error.contains("moved"), "{error}");
}
