//! What is read of `findings.json`, whoever wrote it.

use serde::Deserialize;

/// The fields of `findings.json` that can be compared with the truth; a missing one is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Found {
    /// The ranked list.
    pub recruiters: Vec<FoundRecruiter>,
    /// Channels, by use and rank.
    pub channels: Vec<FoundChannel>,
    /// Who is who.
    pub entities: Vec<FoundEntity>,
    /// Advertisements of one hand.
    pub ad_clusters: Vec<FoundAds>,
    /// Who belongs together.
    pub communities: Vec<FoundCommunity>,
    /// Grooming windows.
    pub windows: FoundWindows,
}

/// Somebody in the ranked list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundRecruiter {
    /// The ids that are this person.
    pub person_ids: Vec<String>,
    /// The chance that he recruits again and again.
    pub recurrence: f64,
    /// The 90 % interval of his rank.
    pub rank_interval: Option<[usize; 2]>,
}

/// A channel in one use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundChannel {
    /// From 1, within its use.
    pub rank: usize,
    /// Which.
    pub channel_id: String,
    /// `advertising` or `recruitment`.
    #[serde(rename = "use")]
    pub use_: String,
}

/// A person, and the ids that are this person.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundEntity {
    /// The code.
    pub entity: String,
    /// The ids.
    pub person_ids: Vec<String>,
}

/// A cluster of advertisements.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundAds {
    /// The advertisements.
    pub ad_ids: Vec<String>,
}

/// A community.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundCommunity {
    /// The codes of its people.
    pub entities: Vec<String>,
}

/// Shares exploited within a week and a month.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundWindows {
    /// Within a week.
    pub within_7_days: Option<f64>,
    /// The 95 % interval of that.
    pub within_7_days_interval: Option<[f64; 2]>,
    /// Within thirty days.
    pub within_30_days: Option<f64>,
    /// The 95 % interval of that.
    pub within_30_days_interval: Option<[f64; 2]>,
}
