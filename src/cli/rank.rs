//! `kluwen rank`: exploratory centralities.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::Result;
use kluwen::graph::Network;
use kluwen::measure::{
    Betweenness, Centrality, Closeness, CoreNumbers, Degree, Harmonic, PageRank, Strength, Weights,
};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::between::{BetweenFlags, Named};
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
    #[command(flatten)]
    between: BetweenFlags,
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
pub(super) enum By {
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
}

impl Rank {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.between.check(self.by, self.length.into(), self.normalized)?;
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let (case, entities) = (&read.taken.case, &identities.entities);
        let network = Network::new(case, entities);
        let flat = self.network.flatten(&network, &self.view.view(case)?, self.flatten);
        let measure = self.measure();
        let asked = (self.by, self.length.into(), self.normalized);
        let (seed, most) = (self.identity.seed, self.top.most(self.format));
        let named = Named { flat: &flat, case, entities };
        if let Some(sheet) = self.between.sheet(named, asked, (seed, most), manner)? {
            print::sheet(&sheet, self.format)?;
            return Ok(ExitCode::SUCCESS);
        }
        let scores = measure.scores(&flat.csr)?;
        manner.say(&format!(
            "{} of {} nodes and {} ties, {}; {} rows left out. High is not guilty.",
            measure.name(),
            flat.csr.node_count(),
            flat.csr.edge_count(),
            self.flatten.describe(),
            flat.left_out
        ));
        if let Some(sample) = self.between.approximate(seed, self.normalized) {
            manner.say(&format!(
                "From a sample of paths of seed {seed}: with a probability of {} every score is within {} of all pairs.",
                1.0 - sample.failure,
                sample.error
            ));
        }
        let mut sheet = Sheet::new(["rank", "code", "id", "sort", measure.name()]);
        let shown = scores.ranked().into_iter().take(most);
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

    fn measure(&self) -> Box<dyn Centrality> {
        let (length, normalized) = (self.length.into(), self.normalized);
        if let Some(sample) = self.between.approximate(self.identity.seed, normalized) {
            return Box::new(sample);
        }
        match self.by {
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
        }
    }
}
