//! Is one machine enough?
//!
//! The rates are measured, not promised; each says below where and how. What they are multiplied with is only a count of rows, so that an
//! estimate is right within a factor of three or so, which is enough to tell a laptop from a server and a server from a cluster.

use serde::Serialize;

use crate::case::Table;

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Mentions of people.
    pub people: u64,
    /// Links between people, and their roles: what becomes an edge.
    pub edges: u64,
    /// Advertisements.
    pub ads: u64,
    /// Rows of all other tables.
    pub others: u64,
}

/// What a machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// Bytes of memory that a program may take.
    pub memory: u64,
    /// How many threads run at once.
    pub threads: u32,
}

/// Where it is to be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// On this machine.
    Here,
    /// On one machine with more memory.
    LargerMachine,
    /// On Spark, or an engine that answers like it.
    Engine,
}

/// What a case takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// How much there is.
    pub size: Size,
    /// Bytes that the local engine holds: the case, and the largest network of it.
    pub local_memory: u64,
    /// Bytes that this machine holds beside an engine: the list of people, and who is who.
    pub beside_engine: u64,
    /// Where.
    pub advice: Advice,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// Into how many parts an engine should cut what it sorts.
    pub partitions: u32,
    /// Bytes on the disks of an engine: the tables, the network that is made of them, what is shuffled, and two rounds of what is worked out.
    pub engine_disk: u64,
    /// What each question takes.
    pub estimates: Vec<Estimate>,
}

/// What a question takes in one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The question.
    pub question: &'static str,
    /// Where: `local`, `sail`, `spark`.
    pub engine: &'static str,
    /// Seconds of one core, at least and at most.
    pub core_seconds: [f64; 2],
    /// Seconds: locally on the threads of the machine, else on the cores of the engine.
    pub seconds: [f64; 2],
}

/// Below so many edges one machine is the right tool, whatever it costs.
const SMALL: u64 = 1_000_000_000;

/// What a row costs the local engine, in bytes of memory at the peak.
///
/// A mention takes most while it is worked out who is who: a million of them, `benches/README.md`. The others by the peak of `kluwen plan`, which reads a case, on the
/// simulated national case (243,000 rows, 96 MB), its people alone (60 MB), with their identifiers (76 MB), with 2.8 million more links (422 MB), and with 384,000 more
/// advertisements (164 MB); the program itself is 40 MB. An edge of a network takes some 40 bytes more while it is made.
const PERSON: u64 = 2_300;
const EDGE: u64 = 120 + 40;
const AD: u64 = 190;
const OTHER: u64 = 260;
/// What a mention takes on this machine where an engine does the rest and ids are as given: 290 to 530 bytes of a million and of eight million, `benches/README.md`.
const LISTED: u64 = 500;
/// What an advertisement takes besides while near texts are looked for: a million of them, `benches/README.md`.
const NEAR: u64 = 4_200;

/// Bytes on a disk of an engine: a row of `links` under pseudonyms in Parquet, `kluwen simulate --scale region`, of which a third is its own id.
const STORED: u64 = 75;
/// Bytes of an edge that an engine writes: ties, edges, arcs and steps of `PageRank` (33 at 10⁸ edges), and what it shuffles meanwhile (18).
const WORKED: u64 = 55;
/// Bytes of a node's value that a round writes, two rounds of which are kept.
const ROUNDS: u64 = 2 * 14;
/// So many edges make a part that fits a core's share of memory.
const PART: u64 = 2_000_000;

/// Seconds of one core that an edge takes, at least and at most.
type Span = [f64; 2];

/// What a question takes of one core for each edge: the kernel here, and the whole of it on Sail and on Spark.
///
/// Here: `benches/README.md`, growth, the largest graph. Engines: `benches/engines.py` at 10⁷ and 10⁸ edges, `benches/README.md`. What was not measured there is not guessed.
const QUESTIONS: [(&str, f64, Option<Span>, Option<Span>); 4] = [
    ("PageRank", 146e-9, Some([13e-6, 18e-6]), Some([40e-6, 88e-6])),
    ("components", 5.4e-9, Some([4.3e-6, 5e-6]), Some([18e-6, 29e-6])),
    ("core numbers", 37e-9, None, None),
    ("label propagation", 196e-9, None, None),
];

/// Seconds that Spark takes for its rounds however little there is: components and `PageRank` of 10⁵ edges.
const ROUNDS_OF_SPARK: Span = [15.0, 50.0];
/// The same, of one core.
const CORE_OF_SPARK: Span = [23.0, 82.0];
/// Seconds of one core to read and check a row: of Parquet at least (10⁸ edges), with who is who and texts at most (`event10m`).
const READ: Span = [2.4e-6, 5e-6];

impl Size {
    /// Counts rows of a table.
    pub fn add(&mut self, table: Table, rows: u64) {
        *match table {
            Table::People => &mut self.people,
            Table::Links | Table::Roles => &mut self.edges,
            Table::Ads => &mut self.ads,
            _ => &mut self.others,
        } += rows;
    }

    /// What this much takes on a machine, and on an engine of so many cores.
    ///
    /// ```
    /// use kluwen::cluster::{Advice, Machine, Size};
    ///
    /// let size = Size { people: 100_000, edges: 1_000_000, ..Size::default() };
    /// let machine = Machine { memory: 8 << 30, threads: 4 };
    /// assert_eq!(size.plan(machine, 64).advice, Advice::Here);
    /// ```
    #[must_use]
    pub fn plan(self, machine: Machine, cores: u32) -> Plan {
        let local_memory = self.local_memory();
        let fits = local_memory <= machine.memory / 5 * 4;
        let advice = match fits {
            true => Advice::Here,
            false if self.edges < SMALL => Advice::LargerMachine,
            false => Advice::Engine,
        };
        let (rows, edges) = (self.rows() as f64, self.edges as f64);
        let estimates = QUESTIONS.iter().flat_map(|&(question, here, sail, spark)| {
            let estimate = move |engine, core_seconds: Span, cores: u32, fixed: Span| {
                let seconds =
                    [0, 1].map(|at| core_seconds[at] / f64::from(cores.max(1)) + fixed[at]);
                Estimate { question, engine, core_seconds, seconds }
            };
            let none = [0.0; 2];
            let local = [0, 1].map(|at| here * edges + READ[at] * rows);
            let local = estimate("local", local, machine.threads, none);
            let sail =
                sail.map(|sail| estimate("sail", sail.map(|rate| rate * edges), cores, none));
            let spark = spark.map(|spark| {
                let core_seconds = [0, 1].map(|at| spark[at] * edges + CORE_OF_SPARK[at]);
                estimate("spark", core_seconds, cores, ROUNDS_OF_SPARK)
            });
            [Some(local), sail, spark].into_iter().flatten()
        });
        Plan {
            size: self,
            local_memory,
            beside_engine: self.people * LISTED,
            advice,
            why: self.why(advice, local_memory, machine),
            partitions: partitions(self.edges, cores),
            engine_disk: self.rows() * STORED + self.edges * WORKED + self.people * ROUNDS,
            estimates: estimates.collect(),
        }
    }

    /// Bytes that the local engine holds at its peak.
    #[must_use]
    pub fn local_memory(self) -> u64 {
        self.people * PERSON + self.edges * EDGE + self.ads * AD + self.others * OTHER
    }

    fn rows(self) -> u64 {
        self.people + self.edges + self.ads + self.others
    }

    fn why(self, advice: Advice, needed: u64, machine: Machine) -> Vec<String> {
        let (need, have) = (about(needed), gibibytes(machine.memory));
        let mut why = Vec::new();
        if self.edges < SMALL {
            why.push(format!(
                "{} edges are fewer than a billion: stay local. One machine is faster than a cluster that has to send them about, and nothing leaves it.",
                self.edges
            ));
        }
        why.push(match advice {
            Advice::Here => format!("It takes {need} GiB, and this machine has {have}."),
            Advice::LargerMachine => format!(
                "It takes {need} GiB, and this machine has {have}: take one with {} GiB, which is cheaper than to run a cluster.",
                larger(needed)
            ),
            Advice::Engine => format!(
                "It takes {need} GiB, and this machine has {have}; one of {} GiB would do, if there is one. Else an engine that keeps what does not fit on disks: Spark, version 4.",
                larger(needed)
            ),
        });
        let near = self.ads * NEAR;
        if near > needed / 10 {
            why.push(format!(
                "To find advertisements of one hand (`kluwen adverts`) takes {} GiB more on one machine.",
                about(near)
            ));
        }
        if advice == Advice::Engine {
            why.push("Each core of the engine takes some 4 GiB, however much data there is: parts that do not fit are worked on one after the other.".into());
            let beside = self.people * LISTED;
            why.push(format!(
                "The machine that drives it holds the list of people: {} GiB with `--identity given`, more while who is who is worked out.",
                about(beside)
            ));
            if beside > machine.memory / 5 * 4 {
                why.push(format!(
                    "This one has {have}: drive the engine from one with {} GiB.",
                    larger(beside)
                ));
            }
        }
        why
    }
}

/// The next size in which machines are sold that leaves a fifth free.
fn larger(needed: u64) -> u64 {
    let gibibytes = (needed / 4 * 5).div_ceil(1 << 30);
    gibibytes.max(1).next_power_of_two()
}

/// Bytes as GiB, for people: an estimate.
fn about(bytes: u64) -> String {
    let gibibytes = gibibytes(bytes);
    if gibibytes == "0.0" { "less than 0.1".to_owned() } else { format!("about {gibibytes}") }
}

/// Bytes as GiB, for people.
fn gibibytes(bytes: u64) -> String {
    let all = bytes as f64 / f64::from(1 << 30);
    if all < 10.0 { format!("{all:.1}") } else { format!("{all:.0}") }
}

fn partitions(edges: u64, cores: u32) -> u32 {
    let by_size = u32::try_from(edges.div_ceil(PART)).unwrap_or(u32::MAX);
    by_size.clamp(cores.max(1).saturating_mul(2), 100_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: Machine = Machine { memory: 24 << 30, threads: 2 };

    fn edges(edges: u64) -> Size {
        Size { people: edges / 10, edges, ..Size::default() }
    }

    #[test]
    fn below_a_billion_edges_it_says_stay_local() {
        for size in [edges(0), edges(1_000_000), edges(999_999_999)] {
            let plan = size.plan(LAPTOP, 64);
            assert_ne!(plan.advice, Advice::Engine, "{size:?}");
            assert!(plan.why[0].contains("stay local"), "{:?}", plan.why);
        }
        assert_eq!(edges(1_000_000).plan(LAPTOP, 64).advice, Advice::Here);
        assert_eq!(edges(900_000_000).plan(LAPTOP, 64).advice, Advice::LargerMachine);
    }

    #[test]
    fn what_does_not_fit_goes_to_an_engine_and_what_fits_does_not() {
        assert_eq!(edges(10_000_000_000).plan(LAPTOP, 64).advice, Advice::Engine);
        let large = Machine { memory: 16 << 40, threads: 64 };
        assert_eq!(edges(10_000_000_000).plan(large, 64).advice, Advice::Here);
    }

    #[test]
    fn more_takes_more() {
        let (small, large) =
            (edges(1_000_000_000).plan(LAPTOP, 64), edges(10_000_000_000).plan(LAPTOP, 64));
        assert!(
            large.local_memory > 9 * small.local_memory
                && large.beside_engine == 10 * small.beside_engine
                && large.engine_disk > 9 * small.engine_disk
        );
        assert!(large.partitions > small.partitions);
        for (less, more) in small.estimates.iter().zip(&large.estimates) {
            assert!(more.core_seconds[0] > 9.0 * less.core_seconds[0], "{more:?}");
        }
        assert_eq!(edges(0).plan(LAPTOP, 64).partitions, 128);
    }

    #[test]
    fn what_was_measured_lies_within_a_factor_of_three_of_what_is_told() {
        // `benches/README.md`, engines, on two cores: people, edges, question, engine, seconds.
        for (people, edges, question, engine, measured) in [
            (1_048_576, 10_000_000, "PageRank", "local", 16.2),
            (8_388_608, 100_000_000, "PageRank", "local", 206.4),
            (8_388_608, 100_000_000, "components", "local", 187.0),
            (8_388_608, 100_000_000, "PageRank", "sail", 1300.6),
            (8_388_608, 100_000_000, "components", "sail", 269.6),
            (8_192, 100_000, "PageRank", "spark", 49.3),
            (1_048_576, 10_000_000, "PageRank", "spark", 225.2),
            (1_048_576, 10_000_000, "components", "spark", 101.6),
            (8_388_608, 100_000_000, "components", "spark", 1514.1),
        ] {
            let plan = Size { people, edges, ..Size::default() }.plan(LAPTOP, 2);
            let is_it = |one: &&Estimate| (one.question, one.engine) == (question, engine);
            let [low, high] = plan.estimates.iter().find(is_it).expect("an estimate").seconds;
            assert!(
                low / 3.0 < measured && measured < high * 3.0,
                "{question} {engine}: {low} {high}"
            );
        }
    }

    #[test]
    fn a_machine_that_cannot_hold_the_list_of_people_is_told_so() {
        let size = Size { people: 500_000_000, edges: 5_000_000_000, ..Size::default() };
        let told = |machine| size.plan(machine, 64).why.concat().contains("drive the engine from");
        assert!(told(LAPTOP));
        assert!(!told(Machine { memory: 512 << 30, ..LAPTOP }));
    }
}
