//! `kluwen rank`: exploratory centralities.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::Result;
use kluwen::graph::Network;
use kluwen::measure::{
    Betweenness, Centrality, Closeness, CoreNumbers, CurrentFlowBetweenness, CurrentFlowCloseness,
    Degree, Eigenvector, Harmonic, Hits, HubOrAuthority, Katz, PageRank, Strength, WeightedCores,
    Weights,
};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::{FlattenFlags, Form, LengthFlag, TopFlag, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes::{self, NetworkFlag};
use super::print;
use super::reading::Reading;
use super::spectral::{Asked, Further, Ranked, SpectralFlags};

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
    /// The chance to follow a tie rather than to jump, for PageRank and its kin
    #[arg(long, default_value_t = PageRank::default().damping)]
    damping: f64,
    #[command(flatten)]
    spectral: SpectralFlags,
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
    /// Tied to those who are themselves tied to many; one dense group takes it all
    Eigenvector,
    /// How much on record leads to somebody, at first or second hand
    Katz,
    /// Near to those of `--from`, by all ways together
    Personalised,
    /// Turns to those whom many turn to (with `--directed`)
    HitsHub,
    /// Is turned to by those who turn to many (with `--directed`)
    HitsAuthority,
    /// How near to all others, when side ways count too
    CurrentFlowCloseness,
    /// How much between others goes by, when side ways count too
    CurrentFlowBetweenness,
    /// How deep in the part of strong ties (with `--weight`)
    WeightedCore,
    /// From whom most can have spread, in the order of dates
    Broadcast,
    /// To whom most can have come, in the order of dates
    Receive,
    /// Tied to those of the other side that matter; in networks of two sides
    Birank,
    /// To which share of the other side somebody is tied
    TwoModeDegree,
    /// How near, against the nearest that one of this side can be
    TwoModeCloseness,
    /// How much between, against the most that one of this side can be
    TwoModeBetweenness,
    /// With how many others of `--least` ties the same files, channels or victims are shared
    TwoModeCore,
}

impl Rank {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let (case, entities) = (&read.taken.case, &identities.entities);
        let network = Network::new(case, entities);
        let Ranked { name, flat, scores } = self.ranked(&network, manner)?;
        manner.say(&format!(
            "{} of {} nodes and {} ties, {}; {} rows left out. High is not guilty.",
            name,
            flat.csr.node_count(),
            flat.csr.edge_count(),
            self.flatten.describe(),
            flat.left_out
        ));
        let mut sheet = Sheet::new(["rank", "code", "id", "sort", name]);
        let shown = scores.ranked().into_iter().take(self.top.most(self.format));
        for (at, node) in shown.enumerate() {
            let mode = flat.nodes[node];
            sheet.push([
                Cell::from(at + 1),
                nodes::code(mode, case, entities).into(),
                nodes::ids(mode, case, entities).into(),
                nodes::sort(mode, entities).into(),
                scores[node].into(),
            ]);
        }
        print::sheet(&sheet, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn ranked(&self, network: &Network<'_>, manner: Manner) -> Result<Ranked> {
        let measure = self.measure();
        self.spectral.check(measure.as_ref().err().copied(), self.by == By::Katz)?;
        let view = &self.view.view(network.case())?;
        let (which, flatten, damping) = (self.network, self.flatten, self.damping);
        match measure {
            Ok(measure) => {
                let flat = which.flatten(network, view, flatten);
                let scores = measure.scores(&flat.csr)?;
                Ok(Ranked { name: measure.name(), flat, scores })
            }
            Err(further) => {
                let asked = Asked { network, which, view, flatten, damping };
                self.spectral.rank(further, asked, manner)
            }
        }
    }

    /// The measure, or which one needs more than a graph.
    fn measure(&self) -> std::result::Result<Box<dyn Centrality>, Further> {
        let (length, normalized) = (self.length.into(), self.normalized);
        Ok(match self.by {
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
            By::Eigenvector => Box::new(Eigenvector::default()),
            By::Katz => Box::new(Katz { alpha: self.spectral.attenuation(), ..Katz::default() }),
            By::HitsHub => Box::new(Hits::default()),
            By::HitsAuthority => {
                Box::new(Hits { score: HubOrAuthority::Authority, ..Hits::default() })
            }
            By::CurrentFlowCloseness => Box::new(CurrentFlowCloseness::default()),
            By::CurrentFlowBetweenness => {
                Box::new(CurrentFlowBetweenness { normalized, ..CurrentFlowBetweenness::default() })
            }
            By::WeightedCore => Box::new(WeightedCores::default()),
            By::Core => Box::new(CoreNumbers),
            By::Personalised => return Err(Further::Personalised),
            By::Broadcast => return Err(Further::Broadcast),
            By::Receive => return Err(Further::Receive),
            By::Birank => return Err(Further::BiRank),
            By::TwoModeDegree => return Err(Further::TwoModeDegree),
            By::TwoModeCloseness => return Err(Further::TwoModeCloseness),
            By::TwoModeBetweenness => return Err(Further::TwoModeBetweenness),
            By::TwoModeCore => return Err(Further::TwoModeCore),
        })
    }
}
