//! The measures that nodes are ranked by, and what each means for a person in a case.

use clap::ValueEnum;
use kluwen::error::{Error, Result};
use kluwen::measure::{
    Attenuation, Betweenness, Bridging, Centrality, Closeness, Clustering, CollectiveInfluence,
    Constraint, CoreNumbers, CurrentFlowBetweenness, CurrentFlowCloseness, CutNodes, Degree,
    EffectiveSize, Eigenvector, Harmonic, Hits, HubOrAuthority, Katz, Length, PageRank, Strength,
    Triangles, WeightedCores,
};

use super::spectral::Further;

/// A centrality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
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

/// How a measure is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) length: Length,
    pub(crate) normalized: bool,
    pub(crate) damping: f64,
    pub(crate) radius: u32,
    pub(crate) attenuation: Attenuation,
}

impl Default for Taken {
    fn default() -> Self {
        Self {
            length: Length::default(),
            normalized: false,
            damping: PageRank::default().damping,
            radius: CollectiveInfluence::default().radius,
            attenuation: Attenuation::default(),
        }
    }
}

impl By {
    /// The measure, or which one needs more than a graph; none where one number does not say it.
    pub(crate) fn measure(self, taken: Taken) -> std::result::Result<Scoring, Option<Further>> {
        let Taken { length, normalized, damping, radius, attenuation } = taken;
        Ok(match self {
            Self::Degree => Box::new(Degree { normalized, ..Degree::default() }),
            Self::Strength => Box::new(Strength::default()),
            Self::Betweenness => Box::new(Betweenness { length, normalized }),
            Self::Closeness => Box::new(Closeness { length, ..Closeness::default() }),
            Self::Harmonic => Box::new(Harmonic { length, normalized, ..Harmonic::default() }),
            Self::Pagerank => Box::new(PageRank { damping, ..PageRank::default() }),
            Self::Core => Box::new(CoreNumbers),
            Self::Triangles => Box::new(Triangles),
            Self::Clustering => Box::new(Clustering),
            Self::Constraint => Box::new(Constraint),
            Self::EffectiveSize => Box::new(EffectiveSize::default()),
            Self::Bridging => Box::new(Bridging),
            Self::Cut => Box::new(CutNodes),
            Self::CollectiveInfluence => Box::new(CollectiveInfluence { radius }),
            Self::Eigenvector => Box::new(Eigenvector::default()),
            Self::Katz => Box::new(Katz { alpha: attenuation, ..Katz::default() }),
            Self::HitsHub => Box::new(Hits::default()),
            Self::HitsAuthority => {
                Box::new(Hits { score: HubOrAuthority::Authority, ..Hits::default() })
            }
            Self::CurrentFlowCloseness => Box::new(CurrentFlowCloseness::default()),
            Self::CurrentFlowBetweenness => {
                Box::new(CurrentFlowBetweenness { normalized, ..CurrentFlowBetweenness::default() })
            }
            Self::WeightedCore => Box::new(WeightedCores::default()),
            Self::Brokerage => return Err(None),
            Self::Personalised => return Err(Some(Further::Personalised)),
            Self::Broadcast => return Err(Some(Further::Broadcast)),
            Self::Receive => return Err(Some(Further::Receive)),
            Self::Birank => return Err(Some(Further::BiRank)),
            Self::TwoModeDegree => return Err(Some(Further::TwoModeDegree)),
            Self::TwoModeCloseness => return Err(Some(Further::TwoModeCloseness)),
            Self::TwoModeBetweenness => return Err(Some(Further::TwoModeBetweenness)),
            Self::TwoModeCore => return Err(Some(Further::TwoModeCore)),
        })
    }

    /// The measure of a graph as it is.
    pub(crate) fn of_any_graph(self, taken: Taken) -> Result<Scoring> {
        self.measure(taken).map_err(|_| {
            Error::usage(format!(
                "`{}` needs more of a case than who is tied to whom: see `kluwen rank --by {0}`",
                self.name()
            ))
        })
    }

    /// Its name on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Whether it looks at how long ties are.
    pub(crate) fn has_length(self) -> bool {
        matches!(self, Self::Betweenness | Self::Closeness | Self::Harmonic)
    }
}

/// A measure that needs a graph only.
pub(crate) type Scoring = Box<dyn Centrality + Sync>;

#[cfg(test)]
mod tests {
    use kluwen::graph::{Csr, Direction};

    use super::*;

    fn scores(by: By, taken: Taken, csr: &Csr) -> Vec<f64> {
        let measure = by.of_any_graph(taken).expect("a graph is enough");
        measure.scores(csr).expect("it settles").to_vec()
    }

    /// A hub with three leaves.
    fn of_star(by: By, taken: Taken) -> Vec<f64> {
        scores(by, taken, &Csr::star(4))
    }

    fn assert_near(got: &[f64], want: &[f64]) {
        let near = got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-9);
        assert!(near && got.len() == want.len(), "{got:?} {want:?}");
    }

    #[test]
    fn scores_are_shares_where_that_is_asked_for() {
        let (plain, share) = (Taken::default(), Taken { normalized: true, ..Taken::default() });
        for (by, usual, normalized) in [
            (By::Degree, [3.0, 1.0], [1.0, 1.0 / 3.0]),
            (By::Betweenness, [3.0, 0.0], [1.0, 0.0]),
            (By::Harmonic, [3.0, 2.0], [1.0, 2.0 / 3.0]),
        ] {
            assert_near(&of_star(by, plain)[..2], &usual);
            assert_near(&of_star(by, share)[..2], &normalized);
        }
        let by = By::CurrentFlowBetweenness;
        assert_ne!(of_star(by, plain)[0].to_bits(), of_star(by, share)[0].to_bits());
    }

    #[test]
    fn a_walk_that_only_jumps_is_everywhere_alike() {
        assert_near(&of_star(By::Pagerank, Taken { damping: 0.0, ..Taken::default() }), &[0.25; 4]);
        assert!(of_star(By::Pagerank, Taken::default())[0] > 0.4);
    }

    #[test]
    fn lengths_count_where_they_are_asked_for() {
        // The way over the middle is shorter than the straight one.
        let edges = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 5.0)];
        let csr = Csr::new(3, &edges, Direction::Undirected);
        let by_length = Taken { length: Length::Weight, ..Taken::default() };
        assert_near(&scores(By::Betweenness, Taken::default(), &csr), &[0.0; 3]);
        assert_near(&scores(By::Betweenness, by_length, &csr), &[0.0, 1.0, 0.0]);
        assert_near(&scores(By::Harmonic, Taken::default(), &csr), &[2.0; 3]);
        assert_near(&scores(By::Harmonic, by_length, &csr), &[1.5, 2.0, 1.5]);
        let close = scores(By::Closeness, by_length, &csr);
        assert!(close[1] > close[0], "{close:?}");
    }

    #[test]
    fn katz_and_collective_influence_take_what_is_asked_for() {
        // Hardly any walk counts, so that all are nearly alike.
        let attenuation = Attenuation::Fixed(1e-6);
        let katz = of_star(By::Katz, Taken { attenuation, ..Taken::default() });
        assert!((katz[0] / katz[1] - 1.0).abs() < 1e-5, "{katz:?}");
        let usual = of_star(By::Katz, Taken::default());
        assert!(usual[0] / usual[1] > 1.1, "{usual:?}");
        // Of five in a row the middle has two neighbors of one further tie each, and none two ties away.
        let path = Csr::path(5);
        let influence = |radius| {
            scores(By::CollectiveInfluence, Taken { radius, ..Taken::default() }, &path)[2]
        };
        assert_near(&[influence(1), influence(2)], &[2.0, 0.0]);
    }

    #[test]
    fn a_hub_turns_to_others_and_an_authority_is_turned_to() {
        let csr = Csr::unweighted(3, &[(0, 2), (1, 2)], Direction::Directed);
        let hubs = scores(By::HitsHub, Taken::default(), &csr);
        let authorities = scores(By::HitsAuthority, Taken::default(), &csr);
        assert!(hubs[0] > hubs[2] && authorities[2] > authorities[0], "{hubs:?} {authorities:?}");
    }

    #[test]
    fn a_measure_that_needs_a_case_is_refused_by_its_name() {
        for by in [By::Brokerage, By::Personalised, By::Birank, By::TwoModeCore] {
            let error = by.of_any_graph(Taken::default()).err().expect("no graph").to_string();
            assert!(error.starts_with(&format!("`{}` needs more", by.name())), "{error}");
        }
        assert_eq!(By::TwoModeCore.name(), "two-mode-core");
    }

    #[test]
    fn three_measures_look_at_how_long_ties_are() {
        let with_length = By::value_variants().iter().filter(|by| by.has_length());
        let with_length: Vec<&By> = with_length.collect();
        assert_eq!(with_length, [&By::Betweenness, &By::Closeness, &By::Harmonic]);
    }
}
