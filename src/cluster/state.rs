//! How far a run came: what a folder of work says of itself.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::program::Program;
use super::sql_engine::{SqlEngine, is_damaged, is_nothing};
use super::table::{Column, Columns, TextCells, Values};
use super::workplace::{local_folder, remove_leftovers};
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
    /// The run that made its first round; later runs have names that stand behind those of earlier ones.
    #[serde(default)]
    pub(super) run: String,
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

    /// Where its tables stand.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().map(|table| table.place.as_str())
    }

    /// Whether a folder of that name holds one of its tables.
    fn has_folder(&self, name: &str) -> bool {
        self.places().any(|place| place.rsplit('/').next() == Some(name))
    }

    pub(super) fn has(&self, place: &str) -> bool {
        self.places().any(|own| own == place)
    }
}

impl State {
    pub(super) fn of(program: &Program, input: String, run: &str) -> Self {
        Self {
            form: FORM,
            run: run.to_owned(),
            program: program.name.to_owned(),
            asked: asked(program),
            input,
            last: Round::default(),
            before: None,
        }
    }

    /// The rounds that are kept.
    pub(super) fn rounds(&self) -> impl Iterator<Item = &Round> {
        [Some(&self.last), self.before.as_ref()].into_iter().flatten()
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

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// Nothing was.
    Nothing,
    /// It is no state: it was not written to its end, or damaged.
    Broken,
    State(Box<State>),
}

impl Found {
    fn of(text: &[u8]) -> Self {
        serde_json::from_slice(text).map_or(Self::Broken, Self::State)
    }

    /// A state is more than none, that of a later run more than that of an earlier one, and a later one more than an earlier.
    fn how_far(&self) -> (u8, &str, u32) {
        match self {
            Self::Nothing => (0, "", 0),
            Self::Broken => (1, "", 0),
            Self::State(state) => (2, &state.run, state.last.number),
        }
    }
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

    /// What was kept last.
    ///
    /// # Errors
    ///
    /// If that cannot be told.
    pub(super) fn read(&self, engine: &mut dyn SqlEngine) -> Result<Found> {
        if self.folder.is_some() {
            return self.read_here();
        }
        let turns = [self.read_turn(engine, 0)?, self.read_turn(engine, 1)?];
        let latest = turns.into_iter().max_by(|one, other| one.how_far().cmp(&other.how_far()));
        Ok(latest.unwrap_or(Found::Nothing))
    }

    /// What was kept last in a folder of this machine; nothing elsewhere.
    fn read_here(&self) -> Result<Found> {
        let Some(folder) = &self.folder else { return Ok(Found::Nothing) };
        let path = folder.join(NAME);
        match std::fs::read(&path) {
            Ok(text) => Ok(Found::of(&text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(Error::io(path, "read", error)),
        }
    }

    fn read_turn(&self, engine: &mut dyn SqlEngine, turn: u32) -> Result<Found> {
        let rows = engine
            .open(VIEW, &self.turn(turn))
            .and_then(|()| engine.rows(&format!("SELECT {COLUMN} FROM {VIEW}")));
        match rows {
            Ok(rows) => {
                let text = rows.text(COLUMN).and_then(|cells| cells.get(0));
                Ok(text.map_or(Found::Nothing, |text| Found::of(text.as_bytes())))
            }
            Err(error) if is_nothing(&error) => Ok(Found::Nothing),
            Err(error) if is_damaged(&error) => Ok(Found::Broken),
            Err(error) => Err(error),
        }
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

    /// Lets go of the tables of rounds that are needed no more; elsewhere than on this machine they stay for whoever owns the place.
    pub(super) fn let_go<'r>(&self, rounds: impl IntoIterator<Item = &'r Round>, state: &State) {
        let kept = |place: &str| state.rounds().any(|round| round.has(place));
        let Some(folder) = &self.folder else { return };
        for place in rounds.into_iter().flat_map(Round::places) {
            // A state may name what lies elsewhere, if its folder was moved or copied: that is not ours.
            let own = local_folder(place).filter(|own| own.parent() == Some(folder));
            if let Some(own) = own.filter(|_| !kept(place)) {
                let _ = std::fs::remove_dir_all(own);
            }
        }
    }

    /// Removes what runs that were broken off left a week ago in a folder of this machine; gives the rounds that are kept there.
    pub(super) fn tidy(&self) -> Vec<Round> {
        // Where what is kept is not known, all stays.
        let rounds = match self.read_here() {
            Ok(Found::Nothing) => Vec::new(),
            Ok(Found::State(state)) => state.rounds().cloned().collect(),
            Ok(Found::Broken) | Err(_) => return Vec::new(),
        };
        if let Some(folder) = &self.folder {
            remove_leftovers(folder, |name| rounds.iter().any(|round| round.has_folder(name)));
        }
        rounds
    }

    fn turn(&self, turn: u32) -> String {
        format!("{}/{NAME}-{turn}", self.place)
    }
}

const VIEW: &str = "state_of_a_run";
const COLUMN: &str = "state";

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cluster::workplace::holds_files;
    use crate::cluster::{Assignment, Stop};

    /// An engine that keeps what it is given, and answers what a shelf asks.
    #[derive(Default)]
    struct Store {
        places: BTreeMap<String, Columns>,
        open: Option<String>,
        is_gone: bool,
    }

    impl SqlEngine for Store {
        fn open(&mut self, _: &str, place: &str) -> Result<()> {
            if self.is_gone {
                return Err(Error::engine("nobody listens there any more", "start it"));
            }
            if !self.places.contains_key(place) {
                return Err(Error::usage("it finds no table"));
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
        State { last, ..State::of(&program(), "input".into(), "run1") }
    }

    #[test]
    fn where_there_is_no_folder_two_tables_take_turns() {
        let (shelf, mut store) = (Shelf::at("s3a://bucket/p"), Store::default());
        let kept = |number| Found::State(Box::new(at(number)));
        assert_eq!(shelf.read(&mut store).expect("read"), Found::Nothing);
        for number in [0, 1, 2] {
            shelf.write(&mut store, &at(number)).expect("kept");
        }
        assert_eq!(shelf.read(&mut store).expect("read"), kept(2));
        // The last was broken off: the one before it is whole.
        store.places.insert("s3a://bucket/p/STATE-0".into(), Columns::default());
        assert_eq!(shelf.read(&mut store).expect("read"), kept(1));
        // Both were.
        let texts = Values::Text(TextCells::from_iter([Some("{".to_owned())]));
        let half = Columns(vec![Column::new(COLUMN, texts)]);
        store.places.insert("s3a://bucket/p/STATE-1".into(), half);
        assert_eq!(shelf.read(&mut store).expect("read"), Found::Broken);
    }

    #[test]
    fn a_later_run_has_come_further_than_an_earlier_one() {
        let (shelf, mut store) = (Shelf::at("s3a://bucket/p"), Store::default());
        shelf.write(&mut store, &at(7)).expect("kept");
        let later = State { run: "run2".into(), ..at(0) };
        shelf.write(&mut store, &later).expect("kept");
        let found = shelf.read(&mut store).expect("read");
        assert_eq!(found, Found::State(Box::new(later)));
    }

    #[test]
    fn only_what_lies_beside_the_state_is_let_go_of() {
        let (work, other) = (tempfile::TempDir::new(), tempfile::TempDir::new());
        let (work, other) = (work.expect("a folder"), other.expect("a folder"));
        let table = |folder: &std::path::Path, name: &str| {
            let place = folder.join(name);
            std::fs::create_dir(&place).expect("a folder");
            std::fs::write(place.join("a.parquet"), "").expect("a file");
            let place = place.to_string_lossy().into_owned();
            assert!(holds_files(&place));
            Kept { name: name.into(), place, rows: 1 }
        };
        let (old, kept) = (table(work.path(), "t-1"), table(work.path(), "t-2"));
        let elsewhere = table(other.path(), "t-1");
        let places = [&old, &kept, &elsewhere].map(|table| table.place.clone());
        let last = Round { tables: vec![kept.clone()], ..Round::default() };
        let gone = Round { tables: vec![old, kept, elsewhere], ..Round::default() };
        let shelf = Shelf::at(&work.path().to_string_lossy());
        shelf.let_go([&gone], &State { last, ..at(2) });
        assert_eq!(places.map(|place| holds_files(&place)), [false, true, true]);
    }

    #[test]
    fn an_engine_that_fails_does_not_say_that_nothing_was_kept() {
        let mut gone = Store { is_gone: true, ..Store::default() };
        let error = Shelf::at("s3a://bucket/p").read(&mut gone).expect_err("it is gone");
        assert!(error.to_string().contains("nobody listens"), "{error}");
        // A folder in place of the file cannot be read either.
        let work = tempfile::TempDir::new().expect("a folder");
        std::fs::create_dir(work.path().join(NAME)).expect("a folder");
        let place = work.path().to_string_lossy();
        Shelf::at(&place).read(&mut Store::default()).expect_err("it is no file");
    }

    #[test]
    fn what_is_not_ours_is_refused() {
        let kept = at(3);
        kept.check(&at(0), "w").expect("the same");
        let mut other = program();
        other.step[0].query = "SELECT 2".into();
        let others = [
            State::of(&other, "input".into(), "run1"),
            State::of(&program(), "other".into(), "run1"),
            State::of(&Program { name: "q", ..program() }, "input".into(), "run1"),
            State { form: FORM + 1, ..at(0) },
        ];
        for wanted in others {
            let error = kept.check(&wanted, "w").expect_err("another").to_string();
            assert!(error.contains("--resume"), "{error}");
        }
    }
}
