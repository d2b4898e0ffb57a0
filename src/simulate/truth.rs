//! The planted truth, as `truth.json` holds it.

use serde::{Deserialize, Serialize};

/// What was planted; the shape of `truth.json`.
///
/// A true person has an id such as `T17`; `person_ids` are those of the case folder. Everything is in
/// the order of these ids, and days are written as in the contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Truth {
    /// `kluwen.truth/1`.
    pub schema: String,
    /// The version of the engine that planted it.
    pub version: String,
    /// How it was asked for.
    pub seed: u64,
    /// The name of the tier.
    pub tier: String,
    /// How many victims.
    pub victims: usize,
    /// How many days.
    pub days: i32,
    /// Everybody who took part in a case, mentioned or not.
    pub persons: Vec<TruePerson>,
    /// Who was what in which case.
    pub participations: Vec<Participation>,
    /// Who truly recruited whom: one episode for each recruiter and case.
    pub episodes: Vec<TrueEpisode>,
    /// Who recruited in two cases or more, and was made to by nobody.
    pub recurring: Vec<String>,
    /// Of those, who is mentioned in two or more of his recruiting cases.
    pub detectable: Vec<String>,
    /// Victims who were made to recruit; never to be ranked.
    pub coerced: Vec<String>,
    /// Channels where minors are planted.
    pub channels: Vec<PlantedChannel>,
    /// Advertisements by the hand that wrote them, without those of agencies.
    pub ad_hands: Vec<AdHand>,
    /// Advertisements of agencies: one hand, and no victim.
    pub agencies: Vec<Vec<String>>,
    /// Who truly belongs together: a recruiter, who stood beside him, and his victims.
    pub cells: Vec<Vec<String>>,
    /// From first contact to exploitation, for each victim and case.
    pub windows: Vec<TrueWindow>,
    /// The share of all windows that ended in exploitation within 7 days.
    pub within_7_days: f64,
    /// The share that did within 30 days.
    pub within_30_days: f64,
    /// The channel that was closed, and when.
    pub closed_channel: Option<ClosedChannel>,
}

/// A true person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TruePerson {
    /// Such as `T17`.
    pub id: String,
    /// `victim`, `offender`, `client`, `professional`, `taxi`, `hotel_staff` or `bystander`.
    pub kind: String,
    /// The ids in the case folder that are this person.
    pub person_ids: Vec<String>,
    /// Whom he may be mistaken for: `repeat_facilitator`, `name_twin`, ….
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decoys: Vec<String>,
}

/// Somebody's part in a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Participation {
    /// Who.
    pub person: String,
    /// In which case.
    pub case_id: String,
    /// What he truly was.
    pub roles: Vec<String>,
    /// Under which id he stands there; none if he is not mentioned.
    pub person_id: Option<String>,
}

/// A true episode of recruiting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrueEpisode {
    /// Who recruited.
    pub person: String,
    /// In which case.
    pub case_id: String,
    /// The day of the first of the first contacts.
    pub start: String,
    /// The day of the last of them.
    pub end: String,
    /// Whom.
    pub victims: Vec<String>,
}

/// A channel where minors are planted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlantedChannel {
    /// Which.
    pub channel_id: String,
    /// `advertising` or `recruitment`.
    #[serde(rename = "use")]
    pub use_: String,
    /// By how much a minor's odds of it are multiplied.
    pub minor_odds: f64,
}

/// Advertisements of one hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdHand {
    /// Whether it was planted as a cell of three to eight victims.
    pub cell: bool,
    /// The advertisements.
    pub ad_ids: Vec<String>,
}

/// A grooming window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrueWindow {
    /// The victim.
    pub person: String,
    /// The case.
    pub case_id: String,
    /// Days from first contact to exploitation; none if it never came to it.
    pub days: Option<i32>,
}

/// A channel that was closed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosedChannel {
    /// Which.
    pub channel_id: String,
    /// From which day on.
    pub day: String,
}
