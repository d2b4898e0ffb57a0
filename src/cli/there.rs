//! The network of a case on an engine, for `rank` and `group`.

use std::path::{Path, PathBuf};

use clap::Args;
use kluwen::case::{Table, parquet_forms};
use kluwen::cluster::fetch::{Fetching, named};
use kluwen::cluster::network::{Flattened, Flattening, OwnColumns, Who};
use kluwen::cluster::{Columns, Job, Program, Run, SqlEngine, empty, entities_of};
use kluwen::error::{Error, Result};
use kluwen::graph::{Flat, Mode, View};
use kluwen::identity::Identities;
use kluwen::output::InputGuard;

use super::Manner;
use super::edges;
use super::engine::{EngineFlags, teller};
use super::flags::{FlattenFlags, ViewFlags};
use super::held::{Held, Session};
use super::nodes::NetworkFlag;
use super::reading::{Read, Reading};
use super::record::save;

/// How much comes back.
#[derive(Clone, Copy, Debug, Args)]
#[group(skip)]
pub(crate) struct FetchFlag {
    /// Fetch graphs of at most so many nodes and ties for measures that engines have not [default: 20000000]
    #[arg(long, value_name = "N", help_heading = "Engine")]
    fetch_most: Option<u64>,
}

impl FetchFlag {
    /// Refuses what would be ignored.
    pub(crate) fn check(self, engine: &EngineFlags) -> Result<()> {
        if self.fetch_most.is_some() && engine.is_local() {
            return Err(Error::usage(
                "`--fetch-most` would be ignored: it goes with `--engine sc://…`",
            ));
        }
        Ok(())
    }

    pub(crate) fn fetching(self) -> Fetching {
        self.fetch_most.map_or(Fetching::default(), |most| Fetching { most })
    }
}

/// Refuses what has no tables.
pub(crate) fn refuse_a_list(reading: &Reading) -> Result<()> {
    if edges::is_list(&reading.case) {
        return Err(Error::usage(
            "an engine reads the tables of a case, not a list of edges: leave out `--engine`",
        ));
    }
    Ok(())
}

/// A network on an engine, and what this machine knows of it.
pub(crate) struct There<'a> {
    pub(crate) read: Read,
    pub(crate) identities: Identities,
    pub(crate) view: View,
    pub(crate) who: Who,
    pub(crate) size: Flattened,
    flags: &'a EngineFlags,
    session: Session,
    manner: Manner,
}

/// Which network is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) network: NetworkFlag,
    pub(crate) flatten: FlattenFlags,
    pub(crate) view: &'a ViewFlags,
}

impl Wanted<'_> {
    pub(crate) fn flattening<'v>(&self, view: &'v View) -> Flattening<'v> {
        Flattening {
            between: self.network.into(),
            view,
            direction: self.flatten.direction(),
            weight: self.flatten.weight(),
        }
    }
}

impl<'a> There<'a> {
    /// Makes the network on the engine.
    pub(crate) fn make(
        held: Held,
        wanted: Wanted<'_>,
        flags: &'a EngineFlags,
        manner: Manner,
    ) -> Result<Self> {
        let Held { read, identities, session } = held;
        let mut session =
            session.ok_or_else(|| Error::usage("`--engine` names no engine to connect to"))?;
        let own = OwnColumns::of(session.engine.as_mut())?;
        let case = &read.taken.case;
        let view = wanted.view.view_where(case, |column| own.has_any(column))?;
        let who = Who::of(case, &identities.entities, wanted.network.into());
        who.put(session.engine.as_mut(), &session.work)?;
        let mut run = Run::new(session.engine.as_mut(), session.work.clone())
            .reading(["links", "roles", "ads", "entities", "victim_entities", "others"])
            .resuming(flags.resume())
            .telling(teller(manner));
        let size = wanted.flattening(&view).make(&mut run, &who, &own)?;
        drop(run);
        Ok(Self { read, identities, view, who, size, flags, session, manner })
    }

    pub(crate) fn engine(&mut self) -> &mut dyn SqlEngine {
        self.session.engine.as_mut()
    }

    pub(crate) fn work(&self) -> &str {
        &self.session.work
    }

    /// Runs a program over the network, and fetches its result.
    pub(crate) fn ask(&mut self, program: &Program) -> Result<Columns> {
        self.run(&["nodes", "edges"]).program(program)
    }

    /// What runs programs that read those tables.
    pub(crate) fn run(&mut self, reads: &[&'static str]) -> Run<'_> {
        let (work, resume) = (self.session.work.clone(), self.flags.resume());
        let run = Run::new(self.session.engine.as_mut(), work);
        run.reading(reads.iter().copied()).resuming(resume).telling(teller(self.manner))
    }

    /// The network as a graph on this machine.
    pub(crate) fn fetch(&mut self, fetching: Fetching, wanted: Wanted<'_>) -> Result<Flat<Mode>> {
        if !fetching.allows(&self.size) {
            return Err(fetching.too_large(&self.size));
        }
        let Self { view, who, size, session, manner, .. } = self;
        manner.say(&format!(
            "The engine made a graph of {} nodes and {} ties, which is fetched and measured here.",
            size.nodes, size.edges
        ));
        fetching.flat(session.engine.as_mut(), &wanted.flattening(view), who, size)
    }

    /// The nodes of the highest scores, and their scores.
    pub(crate) fn top(&mut self, program: Program, most: usize) -> Result<Vec<(Mode, f64)>> {
        let rows = self.ask(&program.top(most))?;
        let missing = || Error::usage("the engine gave no columns `node` and `score`");
        let nodes = rows.whole("node").ok_or_else(missing)?;
        let scores = rows.real("score").ok_or_else(missing)?;
        let row = |(node, score): (&Option<i64>, &Option<f64>)| {
            let (node, score) = node.zip(*score).ok_or_else(missing)?;
            Ok((named(&self.who, node)?, score))
        };
        nodes.iter().zip(scores).map(row).collect()
    }
}

/// Writes a job that makes a network of the tables of a case and runs a program over it.
pub(crate) fn write_job(
    path: &Path,
    (read, identities): (&Read, &Identities),
    wanted: Wanted<'_>,
    (case_folder, flags): (&Path, &EngineFlags),
    program: impl FnOnce(&Flattening<'_>, &Who) -> Result<Program>,
) -> Result<()> {
    let case = &read.taken.case;
    let needed = [Table::Roles, Table::Links, Table::Ads];
    let opens: Vec<(Table, String)> =
        parquet_forms(case_folder)?.into_iter().filter(|one| needed.contains(&one.0)).collect();
    let there: Vec<Table> = opens.iter().map(|one| one.0).collect();
    let who = Who::of(case, &identities.entities, wanted.network.into());
    let view = wanted.view.view(case)?;
    let flattening = wanted.flattening(&view);
    let own = OwnColumns::of_case(case, &there);
    let mut puts = vec![("entities".to_owned(), entities_of(case, &identities.entities))];
    puts.extend(who.tables().map(|(name, rows)| (name.to_owned(), rows)));
    let missing = needed.iter().filter(|table| !there.contains(table));
    puts.extend(missing.map(|&table| (table.name().to_owned(), empty(table))));
    let job = Job {
        opens: opens.into_iter().map(|(table, form)| (table.name().to_owned(), form)).collect(),
        puts,
        prepare: flattening.program(&own, who.people()).setup,
        reads: vec!["nodes".into(), "edges".into()],
        program: program(&flattening, &who)?,
        partitions: flags.partitions(),
    };
    let text = job.to_python()?;
    let guard = InputGuard::new([PathBuf::from(case_folder)]);
    save(path, &guard, |out| out.write_all(text.as_bytes())).map(drop)
}
