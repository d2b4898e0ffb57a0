//! How far a run came: what a folder of work says of itself.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::program::Program;
use super::sql_engine::SqlEngine;
use super::table::{Column, Columns, TextCells, Values};
use crate::case::digest::sha256;
use crate::error::{Error, Result};
use crate::output::{InputGuard, save};

/// The file, or the beginning of the two tables, in which it stands.
const NAME: &str = "STATE";

/// The form in which it is written; of another form none is read.
const FORM: u32 = 1;

/// How far a program came over which tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) form: u32,
    /// The program's name.
    pub(super) program: String,
    /// SHA-256 of all that the program asks.
    pub(super) asked: String,
    /// SHA-256 of what the tables that it reads hold, as far as the engine tells.
    pub(super) input: String,
    /// The last round that is whole.
    pub(super) last: Round,
    /// The one before it, in case that the files of the last are damaged.
    pub(super) before: Option<Round>,
}

/// The tables at the end of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Round {
    /// Its number; 0 is what was made ready.
    pub(super) number: u32,
    /// What was still moving after it.
    pub(super) moved: Option<f64>,
    /// Each table that the program assigned, by name.
    pub(super) tables: Vec<Kept>,
}

/// A table that was written in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) rows: i64,
}

impl Round {
    /// Where a table stands.
    pub(super) fn keep(&mut self, name: &str, place: String) {
        let kept = Kept { name: name.to_owned(), place, rows: 0 };
        match self.tables.iter_mut().find(|table| table.name == name) {
            Some(old) => *old = kept,
            None => self.tables.push(kept),
        }
    }

    pub(super) fn has(&self, place: &str) -> bool {
        self.tables.iter().any(|table| table.place == place)
    }
}

impl State {
    pub(super) fn of(program: &Program, input: String) -> Self {
        Self {
            form: FORM,
            program: program.name.to_owned(),
            asked: asked(program),
            input,
            last: Round::default(),
            before: None,
        }
    }

    /// Refuses to go on with what another program made, or of other tables.
    pub(super) fn check(&self, wanted: &Self, place: &str) -> Result<()> {
        let other = |what: &str| {
            Err(Error::usage(format!(
                "{place} holds the rounds of {what}; give `--work` another place, or leave out `--resume` to begin anew"
            )))
        };
        match self {
            _ if self.form != wanted.form => other("another version of this program"),
            _ if self.program != wanted.program => other(&format!("`{}`", self.program)),
            _ if self.asked != wanted.asked => other("the same measure with other options"),
            _ if self.input != wanted.input => {
                other("other tables than those that are asked about now")
            }
            _ => Ok(()),
        }
    }
}

/// The digest of all that a program asks.
pub(super) fn asked(program: &Program) -> String {
    let mut pieces = vec![program.name.to_owned()];
    for (part, assignments) in [("setup", &program.setup), ("step", &program.step)] {
        pieces.push(part.to_owned());
        pieces.extend(assignments.iter().flat_map(|one| [one.table.to_owned(), one.query.clone()]));
    }
    pieces.extend([program.measure.clone(), format!("{:?}", program.stop), program.result.clone()]);
    digest(&pieces)
}

/// The digest of texts, each with its length, so that none runs into the next.
pub(super) fn digest(pieces: &[String]) -> String {
    let line = |piece: &String| format!("{} {piece}\n", piece.len());
    let whole = pieces.iter().map(line).collect::<Vec<_>>().concat();
    sha256(&[whole.as_bytes()])
}

/// Where the state of one run is kept.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    /// The run's place.
    place: String,
    /// Where it is a folder of this machine, that.
    folder: Option<PathBuf>,
}

impl Shelf {
    pub(super) fn at(place: &str) -> Self {
        Self { place: place.to_owned(), folder: local_folder(place) }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// What was kept last; none where nothing was, or what was kept is no state.
    pub(super) fn read(&self, engine: &mut dyn SqlEngine) -> Option<State> {
        if let Some(folder) = &self.folder {
            let text = std::fs::read_to_string(folder.join(NAME)).ok()?;
            return serde_json::from_str(&text).ok();
        }
        let states = [0, 1].into_iter().filter_map(|turn| self.read_turn(engine, turn));
        states.max_by_key(|state| state.last.number)
    }

    fn read_turn(&self, engine: &mut dyn SqlEngine, turn: u32) -> Option<State> {
        engine.open(VIEW, &self.turn(turn)).ok()?;
        let rows = engine.rows(&format!("SELECT {COLUMN} FROM {VIEW}")).ok()?;
        serde_json::from_str(rows.text(COLUMN)?.get(0)?).ok()
    }

    /// Keeps a state in place of the one before. On this machine it takes the name in one step; elsewhere two places take turns,
    /// so that one of them is whole.
    pub(super) fn write(&self, engine: &mut dyn SqlEngine, state: &State) -> Result<()> {
        let text = serde_json::to_string_pretty(state)
            .map_err(|error| Error::usage(format!("a state has no JSON: {error}")))?;
        let Some(folder) = &self.folder else {
            let values = Values::Text(TextCells::from_iter([Some(text)]));
            let rows = Columns(vec![Column::new(COLUMN, values)]);
            return engine.put(VIEW, &rows, &self.turn(state.last.number % 2));
        };
        std::fs::create_dir_all(folder)
            .map_err(|error| Error::io(folder, "create the folder", error))?;
        let guard = InputGuard::default();
        save(folder.join(NAME), &guard, |out| out.write_all(text.as_bytes())).map(drop)
    }

    /// Forgets what was kept, so that a run that begins anew cannot be taken for the old one.
    pub(super) fn forget(&self, engine: &mut dyn SqlEngine) -> Result<()> {
        let Some(folder) = &self.folder else {
            let none = Columns(vec![Column::new(COLUMN, Values::Text(TextCells::default()))]);
            return [0, 1]
                .into_iter()
                .try_for_each(|turn| engine.put(VIEW, &none, &self.turn(turn)));
        };
        let path = folder.join(NAME);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::io(path, "remove", error))
            }
            _ => Ok(()),
        }
    }

    fn turn(&self, turn: u32) -> String {
        format!("{}/{NAME}-{turn}", self.place)
    }
}

const VIEW: &str = "state_of_a_run";
const COLUMN: &str = "state";

/// The folder that a place is on this machine; none for a URL, which only the engine knows.
pub(super) fn local_folder(place: &str) -> Option<PathBuf> {
    let path = place.strip_prefix("file://").or(place.strip_prefix("file:")).unwrap_or(place);
    (!path.contains("://")).then(|| Path::new(path).to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cluster::{Assignment, Stop};

    /// An engine that keeps what it is given, and answers what a shelf asks.
    #[derive(Default)]
    struct Store {
        places: BTreeMap<String, Columns>,
        open: Option<String>,
    }

    impl SqlEngine for Store {
        fn open(&mut self, _: &str, place: &str) -> Result<()> {
            if !self.places.contains_key(place) {
                return Err(Error::usage("nothing there"));
            }
            self.open = Some(place.to_owned());
            Ok(())
        }

        fn save(&mut self, _: &str, _: &str, _: &str) -> Result<()> {
            unreachable!("a shelf makes no query")
        }

        fn put(&mut self, _: &str, rows: &Columns, place: &str) -> Result<()> {
            self.places.insert(place.to_owned(), rows.clone());
            Ok(())
        }

        fn columns(&mut self, _: &str) -> Result<Vec<(String, String)>> {
            unreachable!("a shelf knows its columns")
        }

        fn rows(&mut self, _: &str) -> Result<Columns> {
            Ok(self
                .open
                .as_ref()
                .and_then(|place| self.places.get(place))
                .cloned()
                .unwrap_or_default())
        }
    }

    fn program() -> Program {
        let stop = Stop { moved: 0.0, rounds: 9, must_settle: true };
        let step = vec![Assignment { table: "t", query: "SELECT 1".into() }];
        let (measure, result) = ("SELECT 0e0D AS moved".into(), "SELECT * FROM t".into());
        Program { name: "p", setup: Vec::new(), step, measure, stop, result }
    }

    fn at(number: u32) -> State {
        let last = Round { number, ..Round::default() };
        State { last, ..State::of(&program(), "input".into()) }
    }

    #[test]
    fn where_there_is_no_folder_two_tables_take_turns() {
        let (shelf, mut store) = (Shelf::at("s3a://bucket/p"), Store::default());
        assert_eq!(shelf.read(&mut store), None);
        for number in [0, 1, 2] {
            shelf.write(&mut store, &at(number)).expect("kept");
        }
        assert_eq!(shelf.read(&mut store), Some(at(2)));
        // The last was broken off: the one before it is whole.
        store.places.insert("s3a://bucket/p/STATE-0".into(), Columns::default());
        assert_eq!(shelf.read(&mut store), Some(at(1)));
        shelf.forget(&mut store).expect("forgotten");
        assert_eq!(shelf.read(&mut store), None);
    }

    #[test]
    fn what_is_not_ours_is_refused() {
        let kept = at(3);
        kept.check(&at(0), "w").expect("the same");
        let mut other = program();
        other.step[0].query = "SELECT 2".into();
        let others = [
            State::of(&other, "input".into()),
            State::of(&program(), "other".into()),
            State::of(&Program { name: "q", ..program() }, "input".into()),
            State { form: FORM + 1, ..at(0) },
        ];
        for wanted in others {
            let error = kept.check(&wanted, "w").expect_err("another").to_string();
            assert!(error.contains("--resume"), "{error}");
        }
    }

    #[test]
    fn a_folder_of_this_machine_is_told_from_a_url() {
        for own in ["/w", "file:///w", "file:/w"] {
            assert_eq!(local_folder(own), Some("/w".into()), "{own}");
        }
        assert_eq!(local_folder("s3a://b/w"), None);
    }
}
