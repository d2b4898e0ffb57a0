//! Runs a program round by round, so that whatever breaks costs one round.

use std::fmt;

use super::fingerprint::fingerprint;
use super::program::{Assignment, Program};
use super::sql_engine::{SqlEngine, is_damaged, is_nothing};
use super::state::{Found, Round, Shelf, State, digest};
use super::table::Columns;
use super::workplace::{holds_a_broken_file, holds_files, name_of_a_run};
use crate::error::{Error, ErrorKind, Result};

/// Runs programs on an engine, and keeps the tables of each round until the next two are whole.
///
/// Each table goes to `<work>/<program>/<table>-<round>-<run>`, a folder into which no other run writes; `<work>/<program>/STATE` says which rounds are whole. A run that was broken off, by whatever failed,
/// goes on behind its last whole round when it is asked to resume: of the same program over the same tables, which is checked.
pub struct Run<'a> {
    engine: &'a mut dyn SqlEngine,
    work: String,
    own: String,
    reads: Vec<String>,
    resume: bool,
    progress: Box<dyn FnMut(&Step) + 'a>,
}

/// What a run has just done.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The program's name.
    pub program: &'static str,
    /// The round; 0 is what was made ready.
    pub round: u32,
    /// What was still moving.
    pub moved: Option<f64>,
    /// Whether the round was made now.
    pub kind: StepKind,
}

/// How a run came to stand behind a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// It made the round.
    Made,
    /// The run that was broken off made it, and this one goes on behind it.
    TakenUp,
    /// What the run that was broken off had kept is not whole: all begins anew.
    GivenUp,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settled {
    /// How many rounds there were.
    pub rounds: u32,
    /// What was still moving after the last.
    pub moved: f64,
    /// Whether that is little enough.
    pub settled: bool,
}

impl<'a> Run<'a> {
    /// Runs that leave their tables in folders of `work`, a place as the engine sees it.
    pub fn new(engine: &'a mut dyn SqlEngine, work: impl Into<String>) -> Self {
        let work = work.into();
        let work = work.strip_suffix('/').unwrap_or(&work).to_owned();
        let (own, reads, progress) = (name_of_a_run(), Vec::new(), Box::new(|_: &Step| ()));
        Self { engine, work, own, reads, resume: false, progress }
    }

    /// Tells which open tables the programs read; going on with a run over others is refused.
    #[must_use]
    pub fn reading(mut self, tables: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.reads = tables.into_iter().map(Into::into).collect();
        self
    }

    /// Whether to go on where a run was broken off; without one it begins.
    #[must_use]
    pub fn resuming(mut self, resume: bool) -> Self {
        self.resume = resume;
        self
    }

    /// Tells what was done, after each round.
    #[must_use]
    pub fn telling(mut self, progress: impl FnMut(&Step) + 'a) -> Self {
        self.progress = Box::new(progress);
        self
    }

    /// The engine, for what is asked before and after programs.
    pub fn engine(&mut self) -> &mut dyn SqlEngine {
        self.engine
    }

    /// Runs a program to its end, and fetches its result.
    ///
    /// # Errors
    ///
    /// As those of [`settle`](Self::settle); if the result cannot be fetched.
    pub fn program(&mut self, program: &Program) -> Result<Columns> {
        self.settle(program)?;
        self.engine.rows(&program.result)
    }

    /// Runs a program to its end, and leaves its tables open.
    ///
    /// # Errors
    ///
    /// If the engine fails; if what is to be resumed is of another program or of other tables; if the program must settle and did not.
    pub fn settle(&mut self, program: &Program) -> Result<Settled> {
        let shelf = Shelf::at(&format!("{}/{}", self.work, program.name));
        let mut state = State::of(program, self.input()?, &self.own);
        let old = shelf.tidy();
        if !(self.resume && self.take_up(program, &shelf, &mut state)?) {
            self.begin(program, &shelf, &mut state)?;
            // What an earlier run had kept is let go of once the first round is whole.
            shelf.let_go(&old, &state);
        }
        let stop = program.stop;
        let is_settled = |round: &Round| round.moved.is_some_and(|moved| moved <= stop.moved);
        while !is_settled(&state.last) && state.last.number < stop.rounds {
            self.step(program, &shelf, &mut state)?;
        }
        let settled = is_settled(&state.last);
        let (rounds, moved) = (state.last.number, state.last.moved.unwrap_or(f64::INFINITY));
        if stop.must_settle && !settled {
            let (measure, rounds) = (program.name, rounds as usize);
            return Err(ErrorKind::NotConverged { measure, rounds, residual: moved }.into());
        }
        Ok(Settled { rounds, moved, settled })
    }

    /// The digest of the tables that programs read.
    fn input(&mut self) -> Result<String> {
        let mut pieces = Vec::new();
        for table in &self.reads {
            pieces.extend([table.clone(), fingerprint(self.engine, table)?]);
        }
        Ok(digest(&pieces))
    }

    fn begin(&mut self, program: &Program, shelf: &Shelf, state: &mut State) -> Result<()> {
        let mut round = Round::default();
        self.assign(&program.setup, shelf, &mut round)?;
        self.end(program, shelf, state, round)
    }

    fn step(&mut self, program: &Program, shelf: &Shelf, state: &mut State) -> Result<()> {
        let mut round = state.last.clone();
        round.number += 1;
        self.assign(&program.step, shelf, &mut round)?;
        round.moved = Some(self.moved(program)?);
        self.end(program, shelf, state, round)
    }

    /// Writes the tables of a round, each to a folder of its own, because a query may read what its table held before.
    fn assign(&mut self, all: &[Assignment], shelf: &Shelf, round: &mut Round) -> Result<()> {
        for (at, Assignment { table, query }) in all.iter().enumerate() {
            let earlier = all[..at].iter().filter(|one| one.table == *table).count();
            let again = if earlier == 0 { String::new() } else { format!("-{}", earlier + 1) };
            let place = format!("{}/{table}-{}{again}-{}", shelf.place(), round.number, self.own);
            self.engine.save(table, query, &place)?;
            round.keep(table, place);
        }
        Ok(())
    }

    fn moved(&mut self, program: &Program) -> Result<f64> {
        let rows = self.engine.rows(&program.measure)?;
        match rows.real("moved") {
            // Over no rows a sum is empty, and nothing moves.
            Some(&[moved]) => Ok(moved.unwrap_or(0.0)),
            _ => Err(Error::usage(
                "the measure of a program gives one row with a real number `moved`",
            )),
        }
    }

    /// Says that a round is whole, and lets go of what no round that is kept needs.
    fn end(
        &mut self,
        program: &Program,
        shelf: &Shelf,
        state: &mut State,
        round: Round,
    ) -> Result<()> {
        let round = self.counted(round)?;
        let gone = state.before.take();
        let before = (!state.last.tables.is_empty()).then(|| std::mem::take(&mut state.last));
        (state.before, state.last) = (before, round);
        shelf.write(self.engine, state)?;
        shelf.let_go(&gone, state);
        self.tell(program, &state.last, StepKind::Made);
        Ok(())
    }

    /// How many rows each table has: one that lost a file has fewer, and is not gone on with.
    fn counted(&mut self, mut round: Round) -> Result<Round> {
        if round.tables.is_empty() {
            return Ok(round);
        }
        let counts = round
            .tables
            .iter()
            .map(|table| format!("(SELECT COUNT(*) FROM {}) AS `{}`", table.name, table.name));
        let rows =
            self.engine.rows(&format!("SELECT {}", counts.collect::<Vec<_>>().join(", ")))?;
        for table in &mut round.tables {
            table.rows = rows.first_whole(&table.name).unwrap_or_default();
        }
        Ok(round)
    }

    /// Goes on behind the last round that is whole; false where there is none. An engine that fails says nothing of what is there: that is an error.
    fn take_up(&mut self, program: &Program, shelf: &Shelf, state: &mut State) -> Result<bool> {
        let found = match shelf.read(self.engine).map_err(|error| unreadable(shelf, &error))? {
            Found::Nothing => return Ok(false),
            Found::Broken => None,
            Found::State(found) => {
                found.check(state, shelf.place())?;
                Some(*found)
            }
        };
        let rounds = found.into_iter().flat_map(|found| {
            state.run = found.run;
            [(Some(found.last), found.before.clone()), (found.before, None)]
        });
        let mut damaged = Vec::new();
        for (round, before) in rounds.collect::<Vec<_>>() {
            let Some(round) = round else { continue };
            if self.is_whole(&round).map_err(|error| unreadable(shelf, &error))? {
                (state.last, state.before) = (round, before);
                shelf.let_go(&damaged, state);
                self.tell(program, &state.last, StepKind::TakenUp);
                return Ok(true);
            }
            damaged.push(round);
        }
        state.run.clone_from(&self.own);
        self.tell(program, &Round::default(), StepKind::GivenUp);
        Ok(false)
    }

    /// Opens the tables of a round, and counts them.
    fn is_whole(&mut self, round: &Round) -> Result<bool> {
        let mut opened = round.tables.iter().map(|one| self.engine.open(&one.name, &one.place));
        let counted = opened.try_for_each(|one| one).and_then(|()| self.counted(round.clone()));
        match counted {
            Ok(counted) => Ok(counted == *round),
            Err(error) if is_damaged(&error) || round.places().any(holds_a_broken_file) => {
                Ok(false)
            }
            // An engine that sees nothing where there are files looks elsewhere.
            Err(error) if is_nothing(&error) && !round.places().all(holds_files) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn tell(&mut self, program: &Program, round: &Round, kind: StepKind) {
        let Round { number: round, moved, .. } = *round;
        (self.progress)(&Step { program: program.name, round, moved, kind });
    }
}

fn unreadable(shelf: &Shelf, error: &Error) -> Error {
    Error::engine(
        format!("{}: what is to be gone on with cannot be read: {error}", shelf.place()),
        "then ask again, or leave out `--resume` to begin anew",
    )
}

impl fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("work", &self.work)
            .field("resume", &self.resume)
            .finish_non_exhaustive()
    }
}
