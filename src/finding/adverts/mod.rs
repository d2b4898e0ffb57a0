//! Which advertisements are of one hand.

mod chance;
mod clusters;
mod common;
mod marks;
mod measures;
mod model;
mod note;
mod numbers;
mod template;
mod ties;
mod words;

use serde::Serialize;

pub use note::AdNote;

use crate::identity::clean::Region;
use crate::identity::{EntityId, VictimId};
use crate::measure::NearSets;

/// How advertisements of one hand are found.
///
/// Texts are made bare of what hides them, and cut into pairs of words that follow each other; pairs of advertisements that may be alike
/// are found by `MinHash`, by a shared phone, handle, payer, image or victim; each likeness weighs by how much oftener it is
/// found within one hand than between two, which the advertisements at hand tell. One likeness alone leaves a doubt, the greater the
/// more advertisements share what is alike. Groups are joined while the sum
/// over all pairs between them speaks for it, so that one likeness does not chain two hands.
///
/// What stands in more than `at_least` advertisements that have nothing else in common is the site's, or copied by many, and not a writer's: such words,
/// phones and images say nothing. A busy hand's are kept, because there some share more than the one thing. It is *coordination* that is found: agencies and people who work together by their own will coordinate, too.
///
/// - **Cost**: about linear in the advertisements: of equal ones one is compared, in crowds with like texts neighbours, in crowds with one
///   phone each with the first few.
///
/// # Examples
///
/// ```
/// use kluwen::Case;
/// use kluwen::finding::Adverts;
/// use kluwen::identity::Entities;
///
/// let case = Case::open("graphs/study25")?;
/// let found = Adverts::default().find(&case, &Entities::as_given(&case));
/// assert!(found.clusters.iter().all(|cluster| cluster.ad_ids.len() > 1));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Adverts {
    /// Which pairs of texts are compared.
    pub near: NearSets,
    /// What stands in as many or fewer is somebody's own, however few there are.
    pub at_least: usize,
    /// The country whose telephone numbers are written without a country code.
    pub region: Region,
    /// Where every random choice comes from.
    pub seed: u64,
}

impl Default for Adverts {
    fn default() -> Self {
        Self { near: NearSets::default(), at_least: 16, region: Region::default(), seed: 0 }
    }
}

/// What was found in the advertisements.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AdHands {
    /// Advertisements of one hand, the surest first.
    pub clusters: Vec<AdCluster>,
    /// What is to be known about it: texts that were cut, words and numbers that say nothing.
    pub notes: Vec<AdNote>,
}

/// Advertisements that one hand coordinates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdCluster {
    /// From 1, the surest first.
    pub cluster: usize,
    /// The advertisements, in natural order.
    pub ad_ids: Vec<String>,
    /// The chance that one of them is of the same hand as those that it hangs on, on average.
    pub coordination: f64,
    /// By what the advertisements hang together, and how many do by it: `text`, 12.
    pub ties: Vec<(&'static str, usize)>,
    /// Whom they offer, where that is on record.
    pub victims: Vec<VictimId>,
    /// Who posted or paid for them, but for whoever is protected.
    pub payers: Vec<EntityId>,
    /// How many telephone numbers stand in them.
    pub phones: usize,
    /// How evenly they are spread over those numbers, in bits: 0 where there is one.
    pub phone_entropy: f64,
    /// How many handles stand in them.
    pub handles: usize,
    /// How evenly they are spread over those, in bits.
    pub handle_entropy: f64,
    /// How many places they are of, where that is on record.
    pub places: usize,
    /// How evenly they are spread over those, in bits.
    pub place_entropy: f64,
    /// The channels that they stood on.
    pub channels: Vec<String>,
    /// The first day of any of them.
    pub first_seen: Option<String>,
    /// The last day of any of them.
    pub last_seen: Option<String>,
    /// What they are written from: the words that most have in the same order, `[]` where each puts its own, `[*]` for a word that may be a name,
    /// because few hands write it or somebody in the case bears it. None where fewer than two have a text of their own.
    pub template: Option<String>,
    /// How many places of the template are filled anew.
    pub slots: usize,
    /// The share of the words of the middlemost text that most of the others have at the same place; none where there is no text.
    pub template_share: Option<f64>,
}
