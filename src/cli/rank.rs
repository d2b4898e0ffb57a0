//! `kluwen rank`: exploratory centralities.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::Result;
use kluwen::graph::{Csr, Network, View, Weight};
use kluwen::measure::{
    Betweenness, Centrality, Closeness, CoreNumbers, Degree, Harmonic, PageRank, Strength, Weights,
};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::{FlattenFlags, Form, LengthFlag, TopFlag, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes::{self, NetworkFlag};
use super::print;
use super::reading::Reading;
use super::robust::{self, RobustFlags};

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
    view: ViewFlags,
    #[command(flatten)]
    robust: RobustFlags,
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
}

impl Rank {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let (case, entities) = (&read.taken.case, &identities.entities);
        let network = Network::new(case, entities);
        let flatten = self.flatten.on_paths(self.length)?;
        let view = self.view.view(case)?;
        let flat = self.network.flatten(&network, &view, flatten);
        let measure = self.measure();
        let scores = measure.scores(&flat.csr)?;
        manner.say(&format!(
            "{} of {} nodes and {} ties, {}; {} rows left out. High is not guilty.",
            measure.name(),
            flat.csr.node_count(),
            flat.csr.edge_count(),
            self.flatten.describe(),
            flat.left_out
        ));
        let shown: Vec<usize> =
            scores.ranked().into_iter().take(self.top.most(self.format)).collect();
        let chances = self.chances(&network, &view);
        let asked = (&shown[..], self.identity.seed);
        let robust = self.robust.of(&*measure, &flat.csr, chances.as_ref(), asked, manner)?;
        let mut columns = vec!["rank", "code", "id", "sort", measure.name()];
        if robust.is_some() {
            columns.splice(1..1, ["low", "high"]);
        }
        let mut sheet = Sheet::new(columns);
        for (at, &node) in shown.iter().enumerate() {
            let mode = flat.nodes[node];
            let mut row = vec![Cell::from(at + 1)];
            row.extend(robust.iter().flat_map(|robust| robust::cells(robust.ranks[at])));
            row.extend([
                nodes::code(mode, case, entities).into(),
                nodes::ids(mode, case, entities).into(),
                nodes::sort(mode, entities).into(),
                scores[node].into(),
            ]);
            sheet.push(row);
        }
        print::sheet(&sheet, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    /// The chances of ties, where ties are links between people.
    fn chances(&self, network: &Network<'_>, view: &View) -> Option<Csr> {
        let direction = self.flatten.direction();
        let of_people = self.network == NetworkFlag::People && self.robust.is_asked();
        of_people.then(|| network.flatten(view, direction, Weight::Chance).csr)
    }

    fn measure(&self) -> Box<dyn Centrality + Sync> {
        let (length, normalized) = (self.length.into(), self.normalized);
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
