//! `kluwen group`: who belongs together.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::case::Case;
use kluwen::error::Result;
use kluwen::graph::{Flat, Mode, Network};
use kluwen::identity::Entities;
use kluwen::measure::{Communities, Components, Leiden, Louvain, Partition, Quality};
use kluwen::output::{Cell, Sheet};
use serde::Serialize;

use super::Manner;
use super::flags::{FlattenFlags, Form, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes::{self, NetworkFlag};
use super::print;
use super::reading::Reading;

/// Who belongs together
///
/// A group is people with more ties among themselves than outward. It is not a gang.
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
    #[command(flatten)]
    flatten: FlattenFlags,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// A method of grouping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Who is connected at all
    Components,
    /// Louvain
    Louvain,
    /// Leiden, whose groups are connected
    Leiden,
}

/// What a good division is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum QualityFlag {
    /// More ties inside than chance would give
    Modularity,
    /// The constant Potts model: denser inside than the resolution
    Cpm,
}

/// What JSON says.
#[derive(Serialize)]
struct Division<'a> {
    schema: &'static str,
    by: &'static str,
    seed: u64,
    quality: f64,
    groups: Vec<Members<'a>>,
}

#[derive(Serialize)]
struct Members<'a> {
    group: usize,
    size: usize,
    /// All ids of all members; more than `size` where somebody has several.
    #[serde(rename = "members")]
    ids: Vec<&'a str>,
}

impl Group {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let (case, entities) = (&read.taken.case, &identities.entities);
        let network = Network::new(case, entities);
        let flat = self.network.flatten(&network, &self.view.view(case)?, self.flatten);
        let method = self.method();
        let partition = method.partition(&flat.csr)?;
        let quality = self.quality().value(&flat.csr, &partition)?;
        manner.say(&format!(
            "{} groups of {} nodes by {}, {}; {} {quality:.6}; seed {}; {} rows left out. A group is not a gang.",
            partition.group_count(),
            flat.csr.node_count(),
            method.name(),
            self.flatten.describe(),
            if self.quality == QualityFlag::Cpm { "CPM" } else { "modularity" },
            self.identity.seed,
            flat.left_out
        ));
        let members = members(&partition, &flat, case, entities);
        match self.format {
            Form::Json => print::json(&self.division(method.name(), quality, &members))?,
            Form::Table => print::sheet(&by_group(&members), self.format)?,
            Form::Jsonl | Form::Csv => {
                print::sheet(&by_node(&partition, &flat, case, entities), self.format)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn quality(&self) -> Quality {
        match self.quality {
            QualityFlag::Modularity => Quality::Modularity { resolution: self.resolution },
            QualityFlag::Cpm => Quality::Cpm { resolution: self.resolution },
        }
    }

    fn method(&self) -> Box<dyn Communities> {
        let (quality, seed) = (self.quality(), self.identity.seed);
        match self.by {
            By::Components => Box::new(Components),
            By::Louvain => Box::new(Louvain { quality, seed, ..Louvain::default() }),
            By::Leiden => Box::new(Leiden { quality, seed, ..Leiden::default() }),
        }
    }

    fn division<'a>(
        &self,
        by: &'static str,
        quality: f64,
        members: &[Vec<Vec<&'a str>>],
    ) -> Division<'a> {
        let group = |(at, members): (usize, &Vec<Vec<&'a str>>)| Members {
            group: at + 1,
            size: members.len(),
            ids: members.concat(),
        };
        let groups = members.iter().enumerate().map(group).collect();
        Division { schema: "kluwen.groups/1", by, seed: self.identity.seed, quality, groups }
    }
}

/// By group and member: the member's ids.
fn members<'a>(
    partition: &Partition,
    flat: &Flat<Mode>,
    case: &'a Case,
    entities: &'a Entities,
) -> Vec<Vec<Vec<&'a str>>> {
    let ids = |&node: &u32| nodes::all_ids(flat.nodes[node as usize], case, entities);
    partition.members().iter().map(|group| group.iter().map(ids).collect()).collect()
}

/// A row a group, with its first members.
fn by_group(members: &[Vec<Vec<&str>>]) -> Sheet {
    const SHOWN: usize = 12;
    let mut sheet = Sheet::new(["group", "size", "members"]);
    for (at, members) in members.iter().enumerate() {
        let shown = members.iter().take(SHOWN).map(|ids| ids.join("="));
        let mut names = shown.collect::<Vec<_>>().join(" ");
        if members.len() > SHOWN {
            names.push_str(" …");
        }
        sheet.push([Cell::from(at + 1), members.len().into(), names.into()]);
    }
    sheet
}

/// A row a node.
fn by_node(partition: &Partition, flat: &Flat<Mode>, case: &Case, entities: &Entities) -> Sheet {
    let mut sheet = Sheet::new(["code", "id", "sort", "group", "size"]);
    for (&node, &group) in flat.nodes.iter().zip(partition.groups()) {
        sheet.push([
            Cell::from(nodes::code(node, case, entities)),
            nodes::ids(node, case, entities).into(),
            nodes::sort(node, entities).into(),
            (group as usize + 1).into(),
            partition.sizes()[group as usize].into(),
        ]);
    }
    sheet
}
