//! `kluwen rank`: exploratory centralities.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::{Error, Result};
use kluwen::graph::{Csr, Flat, Mode, Network};
use kluwen::measure::{
    Betweenness, Bridging, Centrality, Closeness, Clustering, CollectiveInfluence, Constraint,
    CoreNumbers, CutNodes, Degree, EffectiveSize, Harmonic, PageRank, Scores, Strength, Triangles,
    Weights,
};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::brokers::{self, GroupsFlag};
use super::cuts;
use super::flags::{FlattenFlags, Form, LengthFlag, TopFlag, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes::{self, NetworkFlag};
use super::print;
use super::reading::Reading;

/// Exploratory centralities: who is where in the network
///
/// High is not guilty: the social worker, the taxi driver and the largest site come first by most of
/// these. For who recruits again and again see `kluwen recruiters`.
#[derive(Debug, Args)]
pub(crate) struct Rank {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// By which measure
    #[arg(long, value_enum, default_value_t = By::Degree)]
    by: By,
    /// In which network
    #[arg(long, value_enum, default_value_t)]
    network: NetworkFlag,
    #[command(flatten)]
    flatten: FlattenFlags,
    /// How long a tie is on a path
    #[arg(long, value_enum, default_value_t)]
    length: LengthFlag,
    /// Scores as shares of the greatest that a graph of this size allows
    #[arg(long)]
    normalized: bool,
    /// The chance to follow a tie rather than to jump, for PageRank
    #[arg(long, default_value_t = PageRank::default().damping)]
    damping: f64,
    /// How many ties away the others are, for collective influence [default: 2]
    #[arg(long, value_name = "TIES")]
    radius: Option<u32>,
    /// Between which groups, for brokerage [default: leiden]
    #[arg(long, value_enum)]
    groups: Option<GroupsFlag>,
    #[command(flatten)]
    view: ViewFlags,
    #[command(flatten)]
    top: TopFlag,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// A centrality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// To how many others somebody is tied
    Degree,
    /// The sum of the weights of the ties
    Strength,
    /// On how many shortest paths between others
    Betweenness,
    /// How near to all others
    Closeness,
    /// How near to all others, where some cannot be reached
    Harmonic,
    /// How often a random walk comes by
    Pagerank,
    /// How deep in the dense part
    Core,
    /// How many pairs of those around somebody are tied to each other
    Triangles,
    /// Whether those around somebody are tied to each other (1) or meet through that one alone (0)
    Clustering,
    /// How closed in by one circle; first come those who are not, and can choose whom to pass on to whom
    Constraint,
    /// To how many separate circles somebody leads
    EffectiveSize,
    /// Between how many who are not tied somebody passes on, and whether within a group or between groups
    Brokerage,
    /// Few ties, but on the paths between others who have many: a go-between
    Bridging,
    /// How many lose touch with the rest if this one is gone, and who
    Cut,
    /// Many ties not far from others of many ties: whose removal tears most apart in large networks
    CollectiveInfluence,
}

impl Rank {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.refuse_ignored()?;
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let case = &read.taken.case;
        let network = Network::new(case, &identities.entities);
        let flat = self.network.flatten(&network, &self.view.view(case)?, self.flatten);
        let measure = self.measure();
        manner.say(&format!(
            "{} of {} nodes and {} ties, {}; {} rows left out. High is not guilty.",
            measure.as_ref().map_or("brokerage", |measure| measure.name()),
            flat.csr.node_count(),
            flat.csr.edge_count(),
            self.flatten.describe(),
            flat.left_out
        ));
        let most = self.top.most(self.format);
        let sheet = match measure {
            None => {
                let groups = self.groups.unwrap_or_default();
                brokers::sheet(&flat, &network, groups, self.identity.seed, most)?
            }
            Some(_) if self.by == By::Cut => cuts::people(&flat, &network, self.format, most),
            Some(measure) => self.sheet(measure.as_ref(), &flat, &network, most)?,
        };
        print::sheet(&sheet, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn sheet(
        &self,
        measure: &dyn Centrality,
        flat: &Flat<Mode>,
        network: &Network<'_>,
        most: usize,
    ) -> Result<Sheet> {
        let (case, entities) = (network.case(), network.entities());
        let scores = measure.scores(&flat.csr)?;
        let mut sheet = Sheet::new(["rank", "code", "id", "sort", measure.name()]);
        for (at, node) in self.ranked(&scores, &flat.csr).into_iter().take(most).enumerate() {
            let mode = flat.nodes[node];
            sheet.push([
                Cell::from(at + 1),
                nodes::code(mode, case, entities).into(),
                nodes::ids(mode, case, entities).into(),
                nodes::sort(mode, entities).into(),
                scores[node].into(),
            ]);
        }
        Ok(sheet)
    }

    /// Nodes from the highest score down; by constraint from the lowest up, and last who has no tie.
    fn ranked(&self, scores: &Scores, csr: &Csr) -> Vec<usize> {
        let mut order = scores.ranked();
        if self.by == By::Constraint {
            let tied: Vec<bool> = csr.nodes().map(|u| is_tied(csr, u)).collect();
            order.sort_by(|&u, &v| {
                tied[v].cmp(&tied[u]).then(scores[u].total_cmp(&scores[v])).then(u.cmp(&v))
            });
        }
        order
    }

    fn refuse_ignored(&self) -> Result<()> {
        let ignored = |flag, by| {
            Err(Error::usage(format!("`{flag}` would be ignored: it goes with `--by {by}` only")))
        };
        match self.by {
            By::CollectiveInfluence if self.groups.is_none() => Ok(()),
            By::Brokerage if self.radius.is_none() => Ok(()),
            _ if self.radius.is_some() => ignored("--radius", "collective-influence"),
            _ if self.groups.is_some() => ignored("--groups", "brokerage"),
            _ => Ok(()),
        }
    }

    /// The measure; none where one number does not say it.
    fn measure(&self) -> Option<Box<dyn Centrality>> {
        let (length, normalized) = (self.length.into(), self.normalized);
        Some(match self.by {
            By::Degree => Box::new(Degree { normalized, ..Degree::default() }),
            By::Strength => Box::new(Strength::default()),
            By::Betweenness => Box::new(Betweenness { length, normalized }),
            By::Closeness => Box::new(Closeness { length, ..Closeness::default() }),
            By::Harmonic => Box::new(Harmonic { length, normalized, ..Harmonic::default() }),
            By::Pagerank => Box::new(PageRank {
                damping: self.damping,
                weights: Weights::default(),
                ..PageRank::default()
            }),
            By::Core => Box::new(CoreNumbers),
            By::Triangles => Box::new(Triangles),
            By::Clustering => Box::new(Clustering),
            By::Constraint => Box::new(Constraint),
            By::EffectiveSize => Box::new(EffectiveSize::default()),
            By::Brokerage => return None,
            By::Bridging => Box::new(Bridging),
            By::Cut => Box::new(CutNodes),
            By::CollectiveInfluence => Box::new(CollectiveInfluence {
                radius: self.radius.unwrap_or(CollectiveInfluence::default().radius),
            }),
        })
    }
}

fn is_tied(csr: &Csr, u: u32) -> bool {
    !csr.neighbors(u).is_empty() || !csr.in_neighbors(u).is_empty()
}
