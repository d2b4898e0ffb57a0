//! A case that an engine holds: what of it a question reads, and who is who in it.

use kluwen::case::{ReadOptions, Strictness, Taken};
use kluwen::cluster::{
    Called, CaseTables, Question, SqlEngine, Workplace, fetch_with_identities, pairs_on,
};
use kluwen::custody::Pseudonyms;
use kluwen::error::{Error, Result};
use kluwen::identity::Identities;
use kluwen::pairing::{PairRule, SharedKeys};

use super::Manner;
use super::engine::{EngineFlags, JOBS};
use super::identity::IdentityFlags;
use super::reading::{Ids, Read, Reading};

const NAMED: &str = "the tables hold ids, names, numbers, days, places or texts that `kluwen convert` keeps out of them unless they are revealed, and the engine is on another machine: write them with `kluwen convert CASE OUT --to parquet --key FILE` and without `--reveal`, and send those";

/// What was fetched for a question, or read from files.
pub(crate) struct Held {
    pub(crate) read: Read,
    pub(crate) identities: Identities,
    /// The engine that holds the rest.
    pub(crate) session: Option<Session>,
}

/// An engine with the tables of a case open: `people`, `links` and so on, and `entities`.
pub(crate) struct Session {
    pub(crate) engine: Box<dyn SqlEngine>,
    /// Where tables of this run go.
    pub(crate) work: Workplace,
    /// By what the engine knows the ids of this case.
    pub(crate) called: Called,
}

impl Session {
    /// Makes pairs of keys on the engine.
    pub(crate) fn pairs(
        &mut self,
        rule: PairRule,
        keys: SharedKeys<'_>,
    ) -> Result<Vec<(u32, u32)>> {
        pairs_on(self.engine.as_mut(), self.work.own(), rule, keys)
    }
}

impl IdentityFlags {
    /// The case and who is who in it: of files, or what a command asks of an engine.
    pub(crate) fn take_from(
        &self,
        engine: &EngineFlags,
        reading: &Reading,
        (command, question): (&str, Question),
        manner: Manner,
    ) -> Result<Held> {
        engine.check()?;
        if engine.is_local() {
            let (read, identities) = self.take(reading, manner)?;
            return Ok(Held { read, identities, session: None });
        }
        if engine.job()?.is_some() {
            return Err(Error::usage(format!(
                "`kluwen {command}` works on rows that the engine gives back, which a job cannot; `--engine emit:` is for {JOBS}"
            )));
        }
        if engine.resume() {
            return Err(Error::usage(format!(
                "`--resume` goes on with rounds, and `kluwen {command}` has none: leave it out, and it is asked anew"
            )));
        }
        self.take_there(engine, reading, (command, question), manner)
    }

    /// The same of an engine, once the flags were checked.
    pub(crate) fn take_there(
        &self,
        engine: &EngineFlags,
        reading: &Reading,
        (command, question): (&str, Question),
        manner: Manner,
    ) -> Result<Held> {
        reading.refuse_what_an_engine_ignores()?;
        if engine.names().is_some() && !reading.is_keyed() {
            return Err(Error::usage(
                "`--names` finds people by the pseudonyms that stand in the tables: give `--key FILE`, the key that these were written with",
            ));
        }
        let (place, work) = (engine.tables(&reading.case)?, engine.work(command)?);
        let (engine_there, work) = (engine.connect()?, Workplace::at(&work));
        let mut session = Session { engine: engine_there, work, called: Called::AsHere };
        let mut settings = Vec::new();
        let mut identities = None;
        let fetch = |options: &ReadOptions, pseudonyms: Option<&Pseudonyms>| {
            let home = engine.names().zip(pseudonyms);
            let home = home.map(|(path, by)| Reading::home(path, options, by)).transpose()?;
            let mut tables = CaseTables::open(session.engine.as_mut(), &place, session.work.own())?;
            if engine.is_elsewhere()? && tables.tell_of_people(session.engine.as_mut())? {
                return Err(Error::usage(NAMED));
            }
            if let Some(home) = home {
                session.called = home.called();
                tables = tables.told_by(home);
            }
            let (taken, found) =
                self.fetch(&mut session, &tables, question, options, &mut settings)?;
            identities = Some(found);
            Ok(taken)
        };
        let ids = if engine.names().is_some() { Ids::ArePseudonyms } else { Ids::AreOwn };
        let mut read = reading.take_by(manner, ids, self.decisions(), fetch)?;
        read.settings.append(&mut settings);
        let identities = identities.ok_or_else(|| Error::usage("nothing was fetched"))?;
        self.tell_of_lost_names(&read.taken.case, manner);
        Ok(Held { read, identities, session: Some(session) })
    }

    fn fetch(
        &self,
        session: &mut Session,
        tables: &CaseTables,
        question: Question,
        options: &ReadOptions,
        settings: &mut Vec<kluwen::case::InputFile>,
    ) -> Result<(Taken, Identities)> {
        let work = session.work.own().to_owned();
        let engine = session.engine.as_mut();
        let resolution = self.resolution(settings)?;
        let mut resolve = |engine: &mut dyn SqlEngine, case: &kluwen::Case| {
            if self.is_given() {
                return Ok(Identities::as_given(case));
            }
            resolution.of_by(case, &mut |rule, keys| pairs_on(engine, &work, rule, keys))
        };
        fetch_with_identities(engine, tables, question, options, &work, &mut resolve)
    }
}

impl Reading {
    /// The case as `fetch` gives it; the first fault is an error.
    fn take_by(
        &self,
        manner: Manner,
        ids: Ids,
        beside: Option<&std::path::Path>,
        fetch: impl FnOnce(&ReadOptions, Option<&Pseudonyms>) -> Result<Taken>,
    ) -> Result<Read> {
        let read = self.read_by(Strictness::StopAtFirst, ids, fetch)?;
        self.checked(read, manner, None, beside)
    }
}
