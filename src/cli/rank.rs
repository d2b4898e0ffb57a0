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

#[cfg(test)]
mod tests {
    use kluwen::graph::Direction;

    use super::super::trial::{lines, typed};
    use super::*;

    fn rank(words: &[&str]) -> Rank {
        typed(&[&["case"], words].concat())
    }

    #[test]
    fn flags_that_a_measure_would_ignore_are_refused() {
        for (words, refused) in [
            (&[][..], None),
            (&["--radius", "1", "--by", "collective-influence"], None),
            (&["--radius", "1"], Some("`--radius` would be ignored")),
            (&["--groups", "role", "--by", "brokerage"], None),
            (&["--groups", "role"], Some("`--groups` would be ignored")),
            (&["--length", "weight", "--by", "closeness"], None),
            (&["--length", "weight"], Some("`--length` would be ignored")),
            (&["--robust"], None),
            (&["--robust", "--by", "brokerage"], Some("`--robust` would be ignored")),
            (&["--robust", "--by", "cut"], Some("`--robust` would be ignored")),
            (&["--robust", "--by", "birank"], Some("`--robust` would be ignored")),
            (&["--robust", "--by", "betweenness", "--ties"], Some("`--robust` would be ignored")),
        ] {
            match (rank(words).refuse_ignored(), refused) {
                (Ok(()), None) => {}
                (Err(error), Some(why)) => assert!(error.to_string().starts_with(why), "{error}"),
                (checked, _) => panic!("{words:?}: {checked:?}"),
            }
        }
    }

    #[test]
    fn the_highest_come_first_and_by_constraint_the_lowest_and_last_who_has_no_tie() {
        // Two ends of a tie and one alone.
        let csr = Csr::unweighted(3, &[(1, 2)], Direction::Directed);
        assert_eq!([0, 1, 2].map(|node| is_tied(&csr, node)), [false, true, true]);
        let scores = Scores::new(vec![0.0, 3.0, 1.0]);
        let order = |words: &[&str]| rank(words).order(&scores, &csr);
        assert_eq!(order(&[]), [1, 2, 0]);
        assert_eq!(order(&["--by", "constraint"]), [2, 1, 0]);
        assert_eq!(order(&["--by", "constraint", "--top", "1"]), [2]);
    }

    #[test]
    fn a_row_has_a_rank_and_its_interval_where_there_is_one() {
        let scores = Scores::new(vec![0.5, 2.0]);
        let label = |node: usize| {
            [Cell::from(format!("E{node}")), format!("p{node}").into(), "person".into()]
        };
        assert_eq!(
            lines(&rows("degree", &scores, &[1, 0], None, label)),
            ["1,E1,p1,person,2", "2,E0,p0,person,0.5"]
        );
        let robust = Robust {
            reliability: None,
            tau: None,
            tau_deviation: None,
            ranks: vec![Some([1, 2]), None],
        };
        assert_eq!(
            lines(&rows("degree", &scores, &[1, 0], Some(&robust), label)),
            ["1,1,2,E1,p1,person,2", "2,,,E0,p0,person,0.5"]
        );
    }

    #[test]
    fn a_measure_is_taken_as_it_was_typed() {
        let words = [
            "--length",
            "reciprocal",
            "--normalized",
            "--damping",
            "0.5",
            "--radius",
            "3",
            "--alpha",
            "0.25",
        ];
        let taken = rank(&words).taken();
        assert_eq!(taken.length, kluwen::measure::Length::Reciprocal);
        assert!(taken.normalized && taken.damping.to_bits() == 0.5_f64.to_bits());
        assert_eq!(taken.radius, 3);
        assert_eq!(taken.attenuation, kluwen::measure::Attenuation::Fixed(0.25));
        assert_eq!(rank(&[]).taken().radius, 2);
    }
}
