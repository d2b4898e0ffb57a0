//! How near findings come to a planted truth.
//!
//! An entry of the ranked list stands for the true person to whom most of its `person_ids` belong; in a
//! tie, for the one of the tied whose id comes first in the entry. A true person who is listed twice is
//! a hit the first time and an error the second.

mod calibration;
mod clusters;
mod found;
mod listed;
mod people;
mod ranking;
mod rest;
mod several;

use serde::Serialize;

pub use calibration::{Bin, Calibration, Cut};
pub use clusters::{Agreement, Labels, adjusted_rand, b_cubed, pairwise};
pub use found::{
    Found, FoundAds, FoundChannel, FoundCommunity, FoundEntity, FoundRecruiter, FoundWindows,
};
pub use ranking::{Ranking, area_under_curve};
pub use several::{Scores, Summary};

use super::truth::Truth;
use people::People;

/// How near findings come to the truth, measure by measure.
///
/// - **Shape**: a number for each measure, none where it has nothing to go by.
/// - **Cost**: n log n for n mentions.
///
/// # Examples
///
/// ```
/// use kluwen::simulate::Truth;
/// use kluwen::simulate::score::{Found, Score};
///
/// let truth: Truth = serde_json::from_str(r#"{
///     "persons": [
///         {"id": "T1", "kind": "offender", "person_ids": ["p1", "p2"]},
///         {"id": "T2", "kind": "client", "person_ids": ["p3"]}],
///     "recurring": ["T1"], "detectable": ["T1"]}"#)?;
/// let found: Found = serde_json::from_str(r#"{
///     "recruiters": [{"person_ids": ["p3"], "recurrence": 0.9},
///                    {"person_ids": ["p1", "p2"], "recurrence": 0.8}]}"#)?;
/// let score = Score::of(&truth, &found);
/// assert_eq!(score.measure("ap_detectable"), Some(0.5));
/// assert_eq!(score.measure("clients_at_0.5"), Some(1.0));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// Name and value.
    pub measures: Vec<(String, Option<f64>)>,
    /// Announced chances and what came of them.
    pub calibration: Calibration,
    /// The list cut at .5, .8 and .9.
    pub cuts: Vec<Cut>,
}

impl Score {
    /// Compares findings with the truth.
    #[must_use]
    pub fn of(truth: &Truth, found: &Found) -> Self {
        let people = People::of(truth);
        let entries = people.entries(found);
        let mut score = Self::default();
        score.list(&people, &entries, found);
        score.thresholds(&people, &entries);
        score.identity(&people, found);
        score.rest(&people, found);
        score
    }

    /// The value of a measure by its name.
    #[must_use]
    pub fn measure(&self, name: &str) -> Option<f64> {
        self.measures.iter().find(|(own, _)| own == name).and_then(|(_, value)| *value)
    }

    fn put(&mut self, name: impl Into<String>, value: Option<f64>) {
        self.measures.push((name.into(), value));
    }
}
