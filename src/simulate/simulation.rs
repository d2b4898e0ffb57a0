//! A simulation: how large, how hard, from which seed.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::chance::Chance;
use super::figures::Figures;
use super::gathering::{Gathering, Numbers};
use super::record::{Rows, record};
use super::tables::{Events, Tables};
use super::tier::{Recording, Tier};
use super::truth::Truth;
use super::world::{Frame, World};
use crate::case::Table;
use crate::error::{Error, Result, printable};
use crate::listing::names_in;
use crate::output::{Drafts, InputGuard, write_json};

/// How large a simulation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// 44 victims in about 26 cases: the size of the first study.
    Seed,
    /// 500 victims. This is the default.
    #[default]
    Region,
    /// 7,500 victims.
    National,
    /// As national, with about ten million rows of contacts and advertisements.
    Event10M,
    /// 90,000 victims and about a hundred million rows.
    Event100M,
}

impl Scale {
    /// How many victims.
    #[must_use]
    pub fn victims(self) -> usize {
        match self {
            Self::Seed => 44,
            Self::Region => 500,
            Self::National | Self::Event10M => 7_500,
            Self::Event100M => 90_000,
        }
    }

    fn events(self) -> Events {
        match self {
            Self::Event10M | Self::Event100M => {
                Events { contacts: 350, postings: 200, background: 1_300, reposts: 60 }
            }
            _ => Events::default(),
        }
    }
}

/// A world to be planted and written down.
///
/// - **Cost**: time and memory in proportion to the victims; rows of the event scales are made while
///   they are written and held nowhere.
/// - **Order**: one thread; the same fields give the same bytes.
///
/// # Examples
///
/// ```
/// use kluwen::simulate::{Scale, Simulation, Tier};
///
/// let folder = std::env::temp_dir().join("kluwen-simulation-example");
/// let simulation = Simulation { seed: 7, ..Simulation::new(Scale::Seed, Tier::Easy) };
/// let truth = simulation.write(&folder)?;
/// assert_eq!(truth.persons.iter().filter(|person| person.kind == "victim").count(), 44);
/// let case = kluwen::Case::open(&folder)?;
/// assert!(case.people.len() > 44);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// How large; the event scales add rows.
    pub scale: Scale,
    /// How many victims; the scale's own number unless it is set.
    pub victims: usize,
    /// How many days, first contacts within.
    pub days: i32,
    /// Where every random choice comes from.
    pub seed: u64,
    /// The name under which the truth speaks of the recording.
    pub tier: Tier,
    /// What happens.
    pub figures: Figures,
    /// What of it is written down.
    pub recording: Recording,
}

impl Default for Simulation {
    fn default() -> Self {
        Self::new(Scale::default(), Tier::default())
    }
}

/// The file with the truth; no table, so that no reader of a case looks at it.
const TRUTH: &str = "truth.json";

impl Simulation {
    /// A simulation of five years, with seed 0.
    #[must_use]
    pub fn new(scale: Scale, tier: Tier) -> Self {
        Self {
            scale,
            victims: scale.victims(),
            days: 1825,
            seed: 0,
            tier,
            figures: Figures::default(),
            recording: Recording::of(tier),
        }
    }

    /// Writes the case folder and `truth.json`, and returns the truth.
    ///
    /// # Errors
    ///
    /// If a number is out of its range, `folder` holds anything but an earlier simulation, or a file
    /// cannot be written.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Truth> {
        self.check()?;
        let folder = folder.as_ref();
        let guard = InputGuard::default();
        let mut drafts = Drafts::new(&guard);
        drafts.sweep(folder);
        take_folder(folder)?;
        let frame = Frame { victims: self.victims, days: self.days, figures: &self.figures };
        let world = World::new(frame, self.seed);
        let rows = record(&world, &self.recording, self.seed);
        let numbers = self.numbers(&world, &rows);
        let truth = self.truth(&world, &rows, &numbers);
        let tables = Tables {
            world: &world,
            rows: &rows,
            numbers: &numbers,
            seed: self.seed,
            events: self.scale.events(),
        };
        for table in Table::ALL {
            drafts.stage(folder.join(file_of(table)), |out| tables.write(table, out))?;
        }
        // The truth last: a folder with it is one simulation, and never tables of two.
        drafts.stage(folder.join(TRUTH), |out| write_json(&truth, out))?;
        drafts.commit()?;
        Ok(truth)
    }

    fn check(&self) -> Result<()> {
        const MOST: usize = 200_000;
        if !(10..=MOST).contains(&self.victims) {
            return Err(Error::usage(format!("a simulation has 10 to {MOST} victims")));
        }
        if !(365..=36_500).contains(&self.days) {
            return Err(Error::usage("a simulation lasts 365 to 36500 days"));
        }
        Ok(())
    }

    fn truth(&self, world: &World, rows: &Rows, numbers: &Numbers) -> Truth {
        let minor_odds = self.figures.minor_odds;
        let truth = Gathering { world, rows, numbers, minor_odds }.truth();
        Truth {
            seed: self.seed,
            tier: self.tier.name().into(),
            victims: self.victims,
            days: self.days,
            ..truth
        }
    }

    /// Ids in random order, so that they tell nothing.
    fn numbers(&self, world: &World, rows: &Rows) -> Numbers {
        let mut chance = Chance::new(self.seed, 6);
        let mut shuffled = |count: usize| {
            let mut numbers: Vec<usize> = (1..=count).collect();
            chance.shuffle(&mut numbers);
            numbers
        };
        Numbers { mentions: shuffled(rows.mentions.len()), ads: shuffled(world.adverts.all.len()) }
    }
}

fn file_of(table: Table) -> String {
    format!("{table}.csv")
}

/// Makes the folder; one that is there must be empty or an earlier simulation, and nothing else.
fn take_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::io(folder, "make the folder", error))?;
    let io = |error| Error::io(folder, "list the folder", error);
    let names = names_in(folder).map_err(io)?;
    let own = |name: &OsString| {
        name == TRUTH || Table::ALL.into_iter().any(|table| *name == *file_of(table))
    };
    let simulated = names.iter().any(|name| name == TRUTH);
    if names.is_empty() || (simulated && names.iter().all(own)) {
        return Ok(());
    }
    let name = printable(&folder.to_string_lossy());
    Err(Error::usage(format!(
        "{name} holds files that are no simulation; give the synthetic case a folder of its own"
    )))
}
