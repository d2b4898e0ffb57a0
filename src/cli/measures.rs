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
