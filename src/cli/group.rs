//! `kluwen group`: who belongs together.

mod by;
mod rows;
mod there;

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::case::Case;
use kluwen::error::{Error, Result};
use kluwen::finding::Cells;
use kluwen::graph::{Csr, Flat, Mode, Network, View};
use kluwen::identity::Entities;
use kluwen::measure::{Agreed, Consensus, MapEquation, Partition, Quality};
use kluwen::output::Cell;

pub(crate) use by::By;
use rows::{Division, by_group, by_node, members};

use super::Manner;
use super::cells_over_time as over_time;
use super::edges::{self, Edges};
use super::engine::EngineFlags;
use super::flags::{FlattenFlags, Form, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes::{self, NetworkFlag};
use super::print;
use super::reading::Reading;
use super::there::FetchFlag;

/// Who belongs together
///
/// A group is people with more ties among themselves than outward. It is not a gang. In place of a case CASE may be one file of edges, as
/// with `rank`.
#[derive(Debug, Args)]
pub(crate) struct Group {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// By which method
    #[arg(long, value_enum, default_value_t = By::Leiden)]
    by: By,
    /// What a good division is
    #[arg(long, value_enum, default_value_t = QualityFlag::Modularity)]
    quality: QualityFlag,
    /// How fine the division: higher gives smaller groups; for CPM the least density inside a group
    #[arg(long, value_name = "GAMMA", default_value_t = 1.0)]
    resolution: f64,
    /// In which network
    #[arg(long, value_enum, default_value_t)]
    network: NetworkFlag,
    /// Groups of people in periods of so many days, and which are born, merge, split and end
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..),
        conflicts_with_all = ["by", "quality", "resolution", "network", "directed", "weight"])]
    over_time: Option<u32>,
    #[command(flatten)]
    flatten: FlattenFlags,
    #[command(flatten)]
    view: ViewFlags,
    #[command(flatten)]
    engine: EngineFlags,
    #[command(flatten)]
    fetch: FetchFlag,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// A division, and what is said of it.
struct Found<'a> {
    nodes: &'a [Mode],
    partition: &'a Partition,
    agreed: Option<Agreed>,
    /// How good it is.
    quality: f64,
    /// The measure that is said, where it is not the quality.
    bits: Option<f64>,
    /// How many nodes the largest component has, if it is one group.
    undivided: Option<usize>,
    left_out: usize,
}

/// What a good division is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum QualityFlag {
    /// More ties inside than chance would give
    Modularity,
    /// The constant Potts model: denser inside than the resolution
    Cpm,
    /// Modularity of links that run one way
    Directed,
    /// Barber's: chance ties nobody to their own side; for the networks of two sides
    Barber,
}

impl QualityFlag {
    fn name(self) -> &'static str {
        match self {
            Self::Modularity => "modularity",
            Self::Cpm => "CPM",
            Self::Directed => "directed modularity",
            Self::Barber => "Barber's modularity",
        }
    }
}

impl Group {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.engine.check()?;
        self.fetch.check(&self.engine)?;
        if !self.engine.is_local() {
            return self.of_engine(manner);
        }
        if edges::is_list(&self.reading.case) {
            return self.of_list(manner);
        }
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let (case, entities) = (&read.taken.case, &identities.entities);
        let network = Network::new(case, entities);
        let view = self.view.view(case)?;
        if let Some(days) = self.over_time {
            if view != View::default() {
                return Err(Error::usage(
                    "`--over-time` looks at all links, by periods: leave out what chooses among links and people",
                ));
            }
            let cells = Cells { region: self.identity.region()?, ..Cells::default() };
            let found = cells.seeded(self.identity.seed).over_time(&network, days)?;
            return over_time::print(&found, (case, entities), self.format, manner);
        }
        let flat = self.network.flatten(&network, &view, self.flatten);
        self.of_flat(&flat, (case, entities), manner)
    }

    /// The groups of a graph that is here.
    fn of_flat(
        &self,
        flat: &Flat<Mode>,
        (case, entities): (&Case, &Entities),
        manner: Manner,
    ) -> Result<ExitCode> {
        let csr = self.oriented(flat, entities)?;
        let (partition, agreed) = self.divide(&csr)?;
        let found = Found {
            nodes: &flat.nodes,
            partition: &partition,
            agreed,
            quality: self.quality().value(&csr, &partition)?,
            bits: self.bits(&csr, &partition)?,
            undivided: partition.undivided(&csr),
            left_out: flat.left_out,
        };
        self.show(found, (case, entities), manner)
    }

    /// Says how good a division of a case is, and prints it.
    fn show(
        &self,
        found: Found<'_>,
        (case, entities): (&Case, &Entities),
        manner: Manner,
    ) -> Result<ExitCode> {
        self.tell(manner, &found);
        let Found { nodes, partition, agreed, quality, .. } = found;
        let members =
            members(partition, |node| nodes::all_ids(nodes[node as usize], case, entities));
        let label = |node: usize| nodes::cells(nodes[node], case, entities);
        self.print(quality, partition, agreed, &members, label)
    }

    fn of_list(&self, manner: Manner) -> Result<ExitCode> {
        if self.quality == QualityFlag::Barber {
            return Err(Error::usage(
                "`--quality barber` is for the networks of two sides of a case",
            ));
        }
        let list =
            Edges::read(&self.reading.case, self.flatten, self.reading.limits.limits(), manner)?;
        let (partition, agreed) = self.divide(&list.csr)?;
        let quality = self.quality().value(&list.csr, &partition)?;
        let found = Found {
            nodes: &[],
            partition: &partition,
            agreed,
            quality,
            bits: self.bits(&list.csr, &partition)?,
            undivided: partition.undivided(&list.csr),
            left_out: 0,
        };
        self.tell(manner, &found);
        let agreed = found.agreed;
        let names: Vec<String> = (0..list.csr.node_count()).map(|node| list.name(node)).collect();
        let members = members(&partition, |node| vec![names[node as usize].as_str()]);
        let label = |node: usize| {
            let name = names[node].as_str();
            [Cell::from(name), list.id(node).into(), "node".into()]
        };
        self.print(quality, &partition, agreed, &members, label)
    }

    fn print(
        &self,
        quality: f64,
        partition: &Partition,
        agreed: Option<Agreed>,
        members: &[Vec<Vec<&str>>],
        label: impl Fn(usize) -> [Cell; 3],
    ) -> Result<ExitCode> {
        let membership = agreed.map(|agreed| agreed.membership);
        match self.format {
            Form::Json => {
                let asked = (self.by.name(), self.identity.seed);
                print::json(&Division::new(asked, quality, members))?;
            }
            Form::Table => print::sheet(&by_group(members), self.format)?,
            Form::Jsonl | Form::Csv => {
                print::sheet(&by_node(partition, membership.as_deref(), label), self.format)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The graph; for Barber's modularity with all ties from one side to the other.
    fn oriented(&self, flat: &Flat<Mode>, entities: &Entities) -> Result<Csr> {
        if self.quality != QualityFlag::Barber {
            return Ok(flat.csr.clone());
        }
        match self.network {
            NetworkFlag::People => Err(Error::usage(
                "`--quality barber` is for networks of two sides: add `--network cases`, `channels` or `victims`",
            )),
            NetworkFlag::Cases | NetworkFlag::Channels => {
                Ok(flat.csr.oriented(|u| matches!(flat.nodes[u as usize], Mode::Person(_))))
            }
            NetworkFlag::Victims => Ok(flat.csr.oriented(|u| {
                let Mode::Person(person) = flat.nodes[u as usize] else { return false };
                entities.victim(person).is_none()
            })),
        }
    }

    fn divide(&self, csr: &Csr) -> Result<(Partition, Option<Agreed>)> {
        self.by.divide(csr, self.quality(), self.identity.seed)
    }

    /// How many bits a step of a walk takes to be told, where the method is about that.
    fn bits(&self, csr: &Csr, partition: &Partition) -> Result<Option<f64>> {
        let asked = (self.by == By::MapEquation).then(MapEquation::default);
        asked.map(|equation| equation.codelength(csr, partition)).transpose()
    }

    fn tell(&self, manner: Manner, found: &Found<'_>) {
        /// In a smaller component one group is no wonder.
        const LARGE: usize = 12;
        let partition = found.partition;
        let measured = match found.bits {
            Some(bits) => format!("{bits:.6} bits a step"),
            None => format!("{} {:.6}", self.quality.name(), found.quality),
        };
        manner.say(&format!(
            "{} groups of {} nodes by {}, {}; {measured}; seed {}; {left_out} rows left out. A group is not a gang.",
            partition.group_count(),
            partition.groups().len(),
            self.by.name(),
            self.flatten.describe(),
            self.identity.seed,
            left_out = found.left_out,
        ));
        if let Some(agreed) = &found.agreed {
            manner.say(&format!(
                "{}; they agree with the groups by an adjusted Rand index of {:.3}. Under .7 membership nobody should be said to belong to a group.",
                Consensus::default(),
                agreed.stability
            ));
        }
        let whole = found.undivided.filter(|&nodes| nodes >= LARGE);
        if let Some(nodes) = whole.filter(|_| self.by != By::Components) {
            manner.say(&format!(
                "Collapsed: the largest component, of {nodes} nodes, is one group. That says nothing of who belongs together in it."
            ));
        }
    }

    fn quality(&self) -> Quality {
        match self.quality {
            QualityFlag::Modularity => Quality::Modularity { resolution: self.resolution },
            QualityFlag::Cpm => Quality::Cpm { resolution: self.resolution },
            QualityFlag::Directed | QualityFlag::Barber => {
                Quality::Directed { resolution: self.resolution }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kluwen::identity::EntityId;

    use super::super::trial::{case_of, typed};
    use super::*;

    fn group(words: &[&str]) -> Group {
        typed(&[&["case"], words].concat())
    }

    #[test]
    fn a_good_division_is_what_was_typed() {
        for (word, quality, name) in [
            ("modularity", Quality::Modularity { resolution: 0.5 }, "modularity"),
            ("cpm", Quality::Cpm { resolution: 0.5 }, "CPM"),
            ("directed", Quality::Directed { resolution: 0.5 }, "directed modularity"),
            ("barber", Quality::Directed { resolution: 0.5 }, "Barber's modularity"),
        ] {
            let group = group(&["--quality", word, "--resolution", "0.5"]);
            assert_eq!(group.quality(), quality, "{word}");
            assert_eq!(group.quality.name(), name);
        }
    }

    #[test]
    fn bits_are_of_the_map_equation() {
        let csr = Csr::path(4);
        let whole = Partition::from_labels(&[0; 4]);
        let bits = |by: &str| group(&["--by", by]).bits(&csr, &whole).expect("a division");
        assert!(bits("map-equation").is_some());
        assert_eq!(bits("leiden"), None);
    }

    #[test]
    fn ties_lead_from_one_side_to_the_other_for_networks_of_two_sides() {
        let case = case_of(&[
            ("people.csv", "person_id\na\nv\n"),
            ("roles.csv", "case_id,person_id,role\nc1,v,victim\nc1,a,client\n"),
        ]);
        let identities = kluwen::identity::Identities::as_given(&case);
        let person = |number| Mode::Person(EntityId::from_number(number));
        let file = Mode::Case(case.symbol("c1").expect("a case file"));
        let oriented = |network: &str, nodes: Vec<Mode>| {
            let flat = Flat { csr: Csr::path(2), nodes, left_out: 0 };
            let group = group(&["--quality", "barber", "--network", network]);
            let csr = group.oriented(&flat, &identities.entities)?;
            Ok::<_, Error>([0, 1].map(|node| csr.neighbors(node).len()))
        };
        assert_eq!(oriented("cases", vec![person(0), file]).expect("two sides"), [1, 0]);
        assert_eq!(oriented("channels", vec![file, person(0)]).expect("two sides"), [0, 1]);
        // The first side is of actors.
        assert_eq!(oriented("victims", vec![person(0), person(1)]).expect("two sides"), [1, 0]);
        assert_eq!(oriented("victims", vec![person(1), person(0)]).expect("two sides"), [0, 1]);
        let error = oriented("people", vec![person(0), person(1)]).expect_err("one side");
        assert!(error.to_string().starts_with("`--quality barber` is for networks"), "{error}");
        let flat = Flat { csr: Csr::path(2), nodes: vec![person(0), file], left_out: 0 };
        let plain = group(&[]).oriented(&flat, &identities.entities).expect("as it is");
        assert_eq!([0, 1].map(|node| plain.neighbors(node).len()), [1, 1]);
    }

    #[test]
    fn a_list_of_edges_has_no_two_sides() {
        let of_list = |quality: &str| {
            let group = typed::<Group>(&["no/edges.csv", "--quality", quality]);
            group.of_list(Manner { quiet: true }).expect_err("there is no such file").to_string()
        };
        assert!(of_list("barber").starts_with("`--quality barber` is for the networks"));
        assert!(of_list("modularity").contains("no/edges.csv"), "{}", of_list("modularity"));
    }
}
