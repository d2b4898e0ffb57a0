//! `kluwen rank`: exploratory centralities.

mod there;

use std::process::ExitCode;

use clap::Args;
use kluwen::error::{Error, Result};
use kluwen::graph::{Csr, Flat, Mode, Network, View, Weight};
use kluwen::measure::{Centrality, CollectiveInfluence, PageRank, Robust, Scores};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::between::{BetweenFlags, Named};
use super::brokers::{self, GroupsFlag};
use super::cuts;
use super::edges::{self, Edges};
use super::engine::EngineFlags;
use super::flags::{FlattenFlags, Form, LengthFlag, TopFlag, ViewFlags};
use super::identity::IdentityFlags;
use super::measures::{By, Scoring, Taken};
use super::nodes::{self, NetworkFlag};
use super::print;
use super::reading::Reading;
use super::robust::{self, RobustFlags};
use super::spectral::{Asked, Further, Ranked, SpectralFlags};
use super::there::FetchFlag;

/// Exploratory centralities: who is where in the network
///
/// High is not guilty: the social worker, the taxi driver and the largest site come first by most of
/// these. For who recruits again and again see `kluwen recruiters`. In place of a case CASE may be one file of edges (`.csv`, `.tsv`,
/// `.txt`) with the columns `source`, `target` and perhaps `weight`.
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
    /// How many ties away the others are, for collective influence [default: 2]
    #[arg(long, value_name = "TIES")]
    radius: Option<u32>,
    /// Between which groups, for brokerage [default: leiden]
    #[arg(long, value_enum)]
    groups: Option<GroupsFlag>,
    #[command(flatten)]
    between: BetweenFlags,
    #[command(flatten)]
    view: ViewFlags,
    #[command(flatten)]
    robust: RobustFlags,
    #[command(flatten)]
    top: TopFlag,
    #[command(flatten)]
    engine: EngineFlags,
    #[command(flatten)]
    fetch: FetchFlag,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl Rank {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.engine.check()?;
        self.fetch.check(&self.engine)?;
        self.refuse_ignored()?;
        if let Some(path) = self.engine.job()? {
            self.refuse_there()?;
            self.of_job(&path, manner)?;
            return Ok(ExitCode::SUCCESS);
        }
        let sheet = if !self.engine.is_local() {
            self.refuse_there()?;
            self.of_engine(manner)?
        } else if edges::is_list(&self.reading.case) {
            self.of_list(manner)?
        } else {
            self.of_case(manner)?
        };
        print::sheet(&sheet, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn of_list(&self, manner: Manner) -> Result<Sheet> {
        let edges =
            Edges::read(&self.reading.case, self.flatten, self.reading.limits.limits(), manner)?;
        let measure = self.measure().or_else(|_| self.by.of_any_graph(self.taken()))?;
        let scores = measure.scores(&edges.csr)?;
        self.tell(manner, measure.name(), size(&edges.csr), 0);
        let order = self.order(&scores, &edges.csr);
        let robust = self.robustness(&*measure, &edges.csr, None, &order, manner)?;
        let label = |node| {
            let name = edges.name(node);
            [Cell::from(name), edges.id(node).into(), "node".into()]
        };
        Ok(rows(measure.name(), &scores, &order, robust.as_ref(), label))
    }

    fn of_case(&self, manner: Manner) -> Result<Sheet> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let case = &read.taken.case;
        let view = self.view.view(case)?;
        self.of_network(&Network::new(case, &identities.entities), &view, None, manner)
    }

    /// The rows of a network; `fetched` is its graph, where an engine made it.
    fn of_network(
        &self,
        network: &Network<'_>,
        view: &View,
        fetched: Option<Flat<Mode>>,
        manner: Manner,
    ) -> Result<Sheet> {
        let (case, entities) = (network.case(), network.entities());
        let measure = self.measure();
        let label = |mode| nodes::cells(mode, case, entities);
        if let Err(Some(further)) = measure {
            let (which, flatten, damping) = (self.network, self.flatten, self.damping);
            let fetched = fetched.as_ref();
            let asked = Asked { network, which, view, flatten, damping, fetched };
            let Ranked { name, flat, scores } = self.spectral.rank(further, asked, manner)?;
            self.tell(manner, name, size(&flat.csr), flat.left_out);
            let order = self.order(&scores, &flat.csr);
            return Ok(rows(name, &scores, &order, None, |node| label(flat.nodes[node])));
        }
        let flat = match fetched {
            Some(flat) => flat,
            None => self.network.flatten(network, view, self.flatten.on_paths(self.length)?),
        };
        let (seed, most) = (self.identity.seed, self.top.most(self.format));
        let Ok(measure) = measure else {
            self.tell(manner, "brokerage", size(&flat.csr), flat.left_out);
            return brokers::sheet(&flat, network, self.groups.unwrap_or_default(), seed, most);
        };
        let named = Named { flat: &flat, case, entities };
        let asked = (self.by, self.length.into(), self.normalized);
        if let Some(sheet) = self.between.sheet(named, asked, (seed, most), manner)? {
            return Ok(sheet);
        }
        self.tell(manner, measure.name(), size(&flat.csr), flat.left_out);
        if self.by == By::Cut {
            return Ok(cuts::people(&flat, network, self.format, most));
        }
        let scores = measure.scores(&flat.csr)?;
        let order = self.order(&scores, &flat.csr);
        let chances = self.chances(network, view);
        let robust = self.robustness(&*measure, &flat.csr, chances.as_ref(), &order, manner)?;
        Ok(rows(measure.name(), &scores, &order, robust.as_ref(), |node| label(flat.nodes[node])))
    }

    fn tell(&self, manner: Manner, name: &str, (nodes, ties): (u64, u64), left_out: usize) {
        manner.say(&format!(
            "{name} of {nodes} nodes and {ties} ties, {}; {left_out} rows left out. High is not guilty.",
            self.flatten.describe(),
        ));
        if let Some(sample) = self.between.approximate(self.identity.seed, self.normalized) {
            manner.say(&format!(
                "From a sample of paths of seed {}: with a probability of {} every score is within {} of all pairs.",
                sample.seed,
                1.0 - sample.failure,
                sample.error
            ));
        }
    }

    /// The nodes that are shown, from the highest score down; by constraint from the lowest up, and last who has no tie.
    fn order(&self, scores: &Scores, csr: &Csr) -> Vec<usize> {
        let mut order = scores.ranked();
        if self.by == By::Constraint {
            let tied: Vec<bool> = csr.nodes().map(|u| is_tied(csr, u)).collect();
            order.sort_by(|&u, &v| {
                tied[v].cmp(&tied[u]).then(scores[u].total_cmp(&scores[v])).then(u.cmp(&v))
            });
        }
        order.truncate(self.top.most(self.format));
        order
    }

    fn robustness(
        &self,
        measure: &(dyn Centrality + Sync),
        csr: &Csr,
        chances: Option<&Csr>,
        shown: &[usize],
        manner: Manner,
    ) -> Result<Option<Robust>> {
        self.robust.of(measure, csr, chances, (shown, self.identity.seed), manner)
    }

    /// The chances of ties, where ties are links between people.
    fn chances(&self, network: &Network<'_>, view: &View) -> Option<Csr> {
        let direction = self.flatten.direction();
        let of_people = self.network == NetworkFlag::People && self.robust.is_asked();
        of_people.then(|| network.flatten(view, direction, Weight::Chance).csr)
    }

    fn refuse_ignored(&self) -> Result<()> {
        let by = self.by;
        let ignored = |flag, other: &str| {
            Err(Error::usage(format!("`{flag}` would be ignored: it goes with {other}")))
        };
        self.between.check(by, self.length.into(), self.normalized)?;
        let measure = self.measure();
        let further = measure.as_ref().err().copied().flatten();
        self.spectral.check(further, by == By::Katz)?;
        if self.radius.is_some() && by != By::CollectiveInfluence {
            return ignored("--radius", "`--by collective-influence` only");
        }
        if self.groups.is_some() && by != By::Brokerage {
            return ignored("--groups", "`--by brokerage` only");
        }
        if self.length != LengthFlag::Hops && !by.has_length() {
            return ignored("--length", "`--by betweenness`, `closeness` and `harmonic`");
        }
        if self.robust.is_asked() && (measure.is_err() || by == By::Cut || self.between.is_asked())
        {
            return ignored(
                "--robust",
                "measures that give each node one number from who is tied to whom",
            );
        }
        Ok(())
    }

    fn taken(&self) -> Taken {
        Taken {
            length: self.length.into(),
            normalized: self.normalized,
            damping: self.damping,
            radius: self.radius.unwrap_or(CollectiveInfluence::default().radius),
            attenuation: self.spectral.attenuation(),
        }
    }

    fn measure(&self) -> std::result::Result<Scoring, Option<Further>> {
        match self.between.approximate(self.identity.seed, self.normalized) {
            Some(sample) => Ok(Box::new(sample)),
            None => self.by.measure(self.taken()),
        }
    }
}

/// A row a node of `order`.
fn rows(
    name: &'static str,
    scores: &Scores,
    order: &[usize],
    robust: Option<&Robust>,
    label: impl Fn(usize) -> [Cell; 3],
) -> Sheet {
    let mut columns = vec!["rank", "code", "id", "sort", name];
    if robust.is_some() {
        columns.splice(1..1, ["low", "high"]);
    }
    let mut sheet = Sheet::new(columns);
    for (at, &node) in order.iter().enumerate() {
        let mut row = vec![Cell::from(at + 1)];
        row.extend(robust.iter().flat_map(|robust| robust::cells(robust.ranks[at])));
        row.extend(label(node));
        row.push(scores[node].into());
        sheet.push(row);
    }
    sheet
}

/// How many nodes and ties there are.
fn size(csr: &Csr) -> (u64, u64) {
    (csr.node_count() as u64, csr.edge_count() as u64)
}

fn is_tied(csr: &Csr, u: u32) -> bool {
    !csr.neighbors(u).is_empty() || !csr.in_neighbors(u).is_empty()
}
