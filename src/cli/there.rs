//! The network of a case on an engine, for `rank` and `group`.

use std::path::{Path, PathBuf};

use clap::Args;
use kluwen::case::{Table, parquet_forms};
use kluwen::cluster::fetch::{Fetching, named};
use kluwen::cluster::network::{Between, Flattened, Flattening, OwnColumns, Who};
use kluwen::cluster::{Called, Check, Columns, Job, Program, Run, SqlEngine, empty, entities_of};
use kluwen::error::{Error, Result};
use kluwen::graph::{Flat, Mode, View};
use kluwen::identity::Identities;
use kluwen::output::InputGuard;

use super::Manner;
use super::edges;
use super::engine::{EngineFlags, teller};
use super::flags::{FlattenFlags, ViewFlags};
use super::held::{Held, Session};
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
    /// What is looked at, by ids as this machine has them.
    pub(crate) view: View,
    /// The same as the engine has them.
    asked: View,
    pub(crate) who: Who,
    pub(crate) size: Flattened,
    flags: &'a EngineFlags,
    session: Session,
    manner: Manner,
}

/// Which network is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) between: Between,
    pub(crate) flatten: FlattenFlags,
    pub(crate) view: &'a ViewFlags,
}

impl Wanted<'_> {
    pub(crate) fn flattening<'v>(&self, view: &'v View) -> Flattening<'v> {
        Flattening {
            between: self.between,
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
        let asked = session.called.view(&view);
        let who = Who::of(case, &identities.entities, wanted.between, &session.called);
        who.put(session.engine.as_mut(), session.work.own())?;
        let mut run = Run::new(session.engine.as_mut(), session.work.shelf())
            .reading(["links", "roles", "ads", "entities", "victim_entities", "others"])
            .resuming(flags.resume())
            .telling(teller(manner));
        let size = wanted.flattening(&asked).make(&mut run, &who, &own)?;
        drop(run);
        Ok(Self { read, identities, view, asked, who, size, flags, session, manner })
    }

    pub(crate) fn engine(&mut self) -> &mut dyn SqlEngine {
        self.session.engine.as_mut()
    }

    /// Where this run alone writes.
    pub(crate) fn work(&self) -> &str {
        self.session.work.own()
    }

    /// Runs a program over the network, and fetches its result.
    pub(crate) fn ask(&mut self, program: &Program) -> Result<Columns> {
        self.run(&["nodes", "edges"]).program(program)
    }

    /// What is looked at, by ids as the engine has them.
    pub(crate) fn asked(&self) -> &View {
        &self.asked
    }

    /// What runs programs that read those tables.
    pub(crate) fn run(&mut self, reads: &[&'static str]) -> Run<'_> {
        let (work, resume) = (self.session.work.shelf(), self.flags.resume());
        let run = Run::new(self.session.engine.as_mut(), work);
        run.reading(reads.iter().copied()).resuming(resume).telling(teller(self.manner))
    }

    /// The network as a graph on this machine.
    pub(crate) fn fetch(&mut self, fetching: Fetching, wanted: Wanted<'_>) -> Result<Flat<Mode>> {
        if !fetching.allows(&self.size) {
            return Err(fetching.too_large(&self.size));
        }
        let Self { asked, who, size, session, manner, .. } = self;
        manner.say(&format!(
            "The engine made a graph of {} nodes and {} ties, which is fetched and measured here.",
            size.nodes, size.edges
        ));
        fetching.flat(session.engine.as_mut(), &wanted.flattening(asked), who, size)
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
    if opens.is_empty() {
        return Err(Error::usage(
            "a job reads Parquet tables, and CASE is no folder of them: write them with `kluwen convert CASE TABLES --to parquet --key FILE`, and give TABLES",
        ));
    }
    let there: Vec<Table> = opens.iter().map(|one| one.0).collect();
    let (called, entities) = (Called::AsHere, &identities.entities);
    let who = Who::of(case, entities, wanted.between, &called);
    let view = wanted.view.view(case)?;
    let flattening = wanted.flattening(&view);
    let own = OwnColumns::of_case(case, &there);
    let mut puts = vec![("entities".to_owned(), entities_of(case, entities, &called))];
    puts.extend(who.tables().map(|(name, rows)| (name.to_owned(), rows)));
    let missing = needed.iter().filter(|table| !there.contains(table));
    puts.extend(missing.map(|&table| (table.name().to_owned(), empty(table))));
    let rows = rows_of_tables(case_folder)?;
    let held = rows.iter().filter(|one| there.contains(&one.0));
    let mut checks: Vec<Check> =
        held.map(|&(table, rows)| Check::rows(table.name(), rows)).collect();
    checks.extend(wanted.between.checks());
    let job = Job {
        opens: opens.into_iter().map(|(table, form)| (table.name().to_owned(), form)).collect(),
        puts,
        checks,
        prepare: flattening.program(&own, who.people()).setup,
        reads: vec!["nodes".into(), "edges".into()],
        program: program(&flattening, &who)?,
        partitions: flags.partitions(),
    };
    let text = job.to_python()?;
    let guard = InputGuard::new([PathBuf::from(case_folder)]);
    save(path, &guard, |out| out.write_all(text.as_bytes())).map(drop)
}

#[cfg(feature = "parquet")]
fn rows_of_tables(folder: &Path) -> Result<Vec<(Table, u64)>> {
    kluwen::cluster::rows_of_parquet(folder)
}

#[cfg(not(feature = "parquet"))]
fn rows_of_tables(_: &Path) -> Result<Vec<(Table, u64)>> {
    Err(Error::usage("this kluwen was built without the feature `parquet`"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use kluwen::graph::Direction;
    use kluwen::identity::EntityId;

    use super::super::trial::{held, real, typed, whole};
    use super::*;
    use kluwen::cluster::Column;
    use kluwen::cluster::programs;

    const QUIET: Manner = Manner { quiet: true };

    /// The flags of a network on an engine.
    #[derive(Debug, Parser)]
    struct Flags {
        #[command(flatten)]
        engine: EngineFlags,
        #[command(flatten)]
        view: ViewFlags,
        #[command(flatten)]
        fetch: FetchFlag,
        #[command(flatten)]
        flatten: FlattenFlags,
    }

    /// What is done with the network of an engine that answers so.
    fn with_there<T>(
        words: &[&str],
        answer: Vec<Column>,
        ask: impl FnOnce(&mut There<'_>, Wanted<'_>, &Flags) -> Result<T>,
    ) -> Result<T> {
        let flags = typed::<Flags>(words);
        let between = Between::People;
        let wanted = Wanted { between, flatten: flags.flatten, view: &flags.view };
        let mut there = There::make(held(answer).0, wanted, &flags.engine, QUIET)?;
        ask(&mut there, wanted, &flags)
    }

    #[test]
    fn an_engine_says_how_large_its_network_became() {
        let size = with_there(&[], Vec::new(), |there, _, _| Ok(there.size)).expect("a network");
        assert_eq!(size, Flattened { nodes: 3, edges: 2, left_out: 2 });
    }

    #[test]
    fn the_top_are_people_with_their_scores() {
        let top = |answer| {
            with_there(&[], answer, |there, _, _| there.top(programs::cores(), 9))
                .map_err(|error| error.to_string())
        };
        let found = top(vec![whole("node", &[2, 0]), real("score", &[1.5, 0.5])]);
        let [first, third] = [0, 2].map(|number| Mode::Person(EntityId::from_number(number)));
        assert_eq!(found, Ok(vec![(third, 1.5), (first, 0.5)]));
        let missing = "the engine gave no columns `node` and `score`";
        for answer in [vec![whole("node", &[2])], vec![real("score", &[1.5])]] {
            assert!(top(answer).expect_err("a column is missing").contains(missing));
        }
        top(vec![whole("node", &[7]), real("score", &[1.5])]).expect_err("there is no such node");
    }

    #[test]
    fn a_graph_is_fetched_if_it_is_not_too_large() {
        let fetch = |most| {
            with_there(
                &["--engine", "sc://localhost", "--fetch-most", most],
                Vec::new(),
                |there, wanted, flags| there.fetch(flags.fetch.fetching(), wanted),
            )
        };
        let error = fetch("4").expect_err("five are more than four").to_string();
        assert!(error.contains("3 nodes and 2 edges; at most 4"), "{error}");
        // Five are not too many; what this engine answers is no graph.
        let error = fetch("5").expect_err("it has no edges").to_string();
        assert!(!error.contains("at most"), "{error}");
        assert_eq!(typed::<Flags>(&[]).fetch.fetching().most, 20_000_000);
    }

    #[test]
    fn how_much_is_fetched_is_asked_of_an_engine_only() {
        let check = |words: &[&str]| {
            let flags = typed::<Flags>(words);
            flags.fetch.check(&flags.engine)
        };
        let error = check(&["--fetch-most", "4"]).expect_err("no engine").to_string();
        assert!(error.starts_with("`--fetch-most` would be ignored"), "{error}");
        check(&["--fetch-most", "4", "--engine", "sc://localhost"]).expect("an engine");
        check(&[]).expect("nothing is given");
    }

    #[test]
    fn a_network_is_flattened_as_it_was_typed() {
        let flags = typed::<Flags>(&["--directed", "--weight", "count"]);
        let (between, flatten) = (Between::PeopleAndCases, flags.flatten);
        let view = View::default();
        let found = Wanted { between, flatten, view: &flags.view }.flattening(&view);
        assert_eq!(found.between, Between::PeopleAndCases);
        assert_eq!(found.direction, Direction::Directed);
        assert_eq!(found.weight, kluwen::graph::Weight::Count);
    }
}
