//! `kluwen plan`: is one machine enough?

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use kluwen::case::Strictness;
use kluwen::cluster::{Advice, Machine, Plan, Size};
use kluwen::error::{Error, Result};
use kluwen::output::{Cell, Sheet};

use super::flags::Form;
use super::reading::Reading;
use super::{Manner, print};

/// Is one machine enough? How much memory and how long a case takes, where it should be worked out, and why
///
/// Of a folder of Parquet tables only the counts of rows are read. Any other case is read as a whole; if it is too large for that, say with `--edges`,
/// `--people` and `--ads` how much there is. The figures are right within a factor of three or so, from a million edges up: local on this machine's threads, engines on `--cores`. No engine is asked anything.
#[derive(Debug, Args)]
#[command(mut_arg("case", |case| case.required(false)))] // `Option` alone does not make it so.
pub(crate) struct PlanCommand {
    #[command(flatten)]
    reading: Option<Reading>,
    /// How many links and roles there are, in place of a case
    #[arg(long, value_name = "N")]
    edges: Option<u64>,
    /// How many mentions of people [default: a tenth of the edges]
    #[arg(long, value_name = "N", requires = "edges")]
    people: Option<u64>,
    /// How many advertisements [default: none]
    #[arg(long, value_name = "N", requires = "edges")]
    ads: Option<u64>,
    /// How many cores the engine would have
    #[arg(long, value_name = "N", default_value_t = 64)]
    cores: u32,
    /// How much memory the one machine would have [default: that of this one]
    #[arg(long, value_name = "GIB")]
    memory: Option<u32>,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl PlanCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        if self.cores == 0 {
            return Err(Error::usage("`--cores` is at least 1"));
        }
        let size = self.size()?;
        let plan = size.plan(self.machine(), self.cores);
        match self.format {
            Form::Json | Form::Jsonl => print::json(&plan)?,
            Form::Table | Form::Csv => {
                print::sheet(&sheet(&plan), self.format)?;
                tell(&plan, manner);
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn size(&self) -> Result<Size> {
        match (&self.reading, self.edges) {
            (Some(reading), None) => of_case(reading),
            (None, Some(edges)) => {
                let people = self.people.unwrap_or(edges / 10);
                Ok(Size { people, edges, ads: self.ads.unwrap_or(0), others: 0 })
            }
            _ => Err(Error::usage("give a CASE, or how much there is with `--edges N`; not both")),
        }
    }

    fn machine(&self) -> Machine {
        let this = Machine::this();
        let memory = self.memory.map_or(this.memory, |gibibytes| u64::from(gibibytes) << 30);
        Machine { memory, ..this }
    }
}

fn of_case(reading: &Reading) -> Result<Size> {
    if let Some(size) = of_parquet(&reading.case)? {
        return Ok(size);
    }
    let read = reading.read(Strictness::SetAside)?;
    let mut size = Size::default();
    for count in &read.taken.counts {
        size.add(count.table, count.read as u64);
    }
    Ok(size)
}

#[cfg(feature = "parquet")]
fn of_parquet(case: &Path) -> Result<Option<Size>> {
    kluwen::cluster::size_of_parquet(case)
}

#[cfg(not(feature = "parquet"))]
fn of_parquet(_: &Path) -> Result<Option<Size>> {
    Ok(None)
}

fn sheet(plan: &Plan) -> Sheet {
    let mut sheet = Sheet::new([
        "question",
        "engine",
        "core_hours",
        "core_hours_most",
        "minutes",
        "minutes_most",
    ]);
    for one in &plan.estimates {
        let [low, high] = one.core_seconds.map(|seconds| rounded(seconds / 3600.0));
        let [soon, late] = one.seconds.map(|seconds| rounded(seconds / 60.0));
        sheet.push([Cell::from(one.question), one.engine.into(), low, high, soon, late]);
    }
    sheet
}

/// Two figures: an estimate has no more.
fn rounded(number: f64) -> Cell {
    let text = format!("{number:.1e}");
    text.parse::<f64>().map_or(Cell::Missing, Cell::from)
}

fn tell(plan: &Plan, manner: Manner) {
    let Size { people, edges, ads, others } = plan.size;
    manner.say(&format!("{people} people, {edges} edges (links and roles), {ads} advertisements, {others} other rows."));
    let advice = match plan.advice {
        Advice::Here => "Work it out here: `--engine local`.",
        Advice::LargerMachine => "Work it out on one larger machine: `--engine local` there.",
        Advice::Engine => "Work it out on an engine: `--engine sc://…`.",
    };
    manner.say(advice);
    plan.why.iter().for_each(|why| manner.say(why));
    if plan.advice == Advice::Engine {
        manner.say(&format!(
            "On the engine: `--partitions {}`, and {} GiB of disk for the tables and what is made of them.",
            plan.partitions,
            plan.engine_disk.div_ceil(1 << 30)
        ));
    }
}

#[cfg(test)]
mod tests {
    use kluwen::cluster::Estimate;

    use super::super::trial::{lines, typed};
    use super::*;

    #[test]
    fn times_are_told_in_hours_of_a_core_and_in_minutes() {
        let estimate = Estimate {
            question: "rank",
            engine: "local",
            core_seconds: [5400.0, 37_080.0],
            seconds: [90.0, 7410.0],
        };
        let plan = Size::default().plan(Machine { memory: 1 << 30, threads: 4 }, 64);
        let sheet = sheet(&Plan { estimates: vec![estimate], ..plan });
        // 1.5 hours to 10.3, of which two figures are told; 1.5 minutes to 123.5.
        assert_eq!(lines(&sheet), ["rank,local,1.5,10,1.5,120"]);
    }

    #[test]
    fn estimates_have_two_figures() {
        for (number, want) in [(1234.5, 1200.0), (0.0, 0.0), (0.004_56, 0.0046), (9.96, 10.0)] {
            assert_eq!(rounded(number), Cell::from(want), "{number}");
        }
    }

    #[test]
    fn how_much_there_is_is_said_or_a_tenth_and_nothing() {
        let size = |words: &[&str]| typed::<PlanCommand>(words).size().expect("a size");
        let all = ["--edges", "50", "--people", "7", "--ads", "3"];
        assert_eq!(size(&all), Size { people: 7, edges: 50, ads: 3, others: 0 });
        assert_eq!(size(&all[..2]), Size { people: 5, edges: 50, ads: 0, others: 0 });
    }

    #[test]
    fn memory_is_given_in_gibibytes() {
        let machine = typed::<PlanCommand>(&["--edges", "1", "--memory", "3"]).machine();
        assert_eq!(machine.memory, 3_221_225_472);
        let own = typed::<PlanCommand>(&["--edges", "1"]).machine();
        assert_eq!(own, Machine::this());
    }
}
