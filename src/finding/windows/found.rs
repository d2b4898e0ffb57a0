//! What is found of windows.

use serde::Serialize;

use super::{LastContact, Reach};

/// How long from first contact to exploitation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Windows {
    /// How it was estimated; empty where there was nothing to estimate from.
    pub method: &'static str,
    /// Victims with a first contact whose date is known.
    pub victims: usize,
    /// Among them those whose exploitation has a date too.
    pub events: usize,
    /// Victims left out because a date is missing.
    pub undated: usize,
    /// Victims left out because exploitation certainly began before the first contact.
    pub impossible: usize,
    /// Among the events, those of which both dates are days.
    pub to_the_day: usize,
    /// The day by which half had been exploited.
    pub median_days: Option<f64>,
    /// The 95 % interval of that; an end is none where the data do not reach it.
    pub median_interval: [Option<f64>; 2],
    /// The share exploited within 7 days.
    pub within_7_days: Option<f64>,
    /// The 95 % interval of that.
    pub within_7_days_interval: Option<[f64; 2]>,
    /// The share exploited within 30 days.
    pub within_30_days: Option<f64>,
    /// The 95 % interval of that.
    pub within_30_days_interval: Option<[f64; 2]>,
    /// The curve: at each time with an event.
    pub curve: Vec<SurvivalPoint>,
    /// The same of groups of victims: by age, channel of first contact, where they lived, affection or force.
    pub by: Vec<Partition>,
    /// For how many victims something was on record long enough before exploitation.
    pub reach: Vec<Reach>,
    /// Contact after exploitation.
    pub contact_after: LastContact,
}

/// Windows of groups of victims of whom it is on record in which group they are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Partition {
    /// What tells the groups apart.
    pub by: &'static str,
    /// The groups.
    pub groups: Vec<WindowGroup>,
    /// By which test the groups are compared; none where there is nothing to compare.
    pub test: Option<&'static str>,
    /// Its χ²; none where fewer than two groups have an event between them.
    pub chi_squared: Option<f64>,
    /// The chance of as large a difference, were all groups groomed alike.
    pub p: Option<f64>,
}

/// The windows of some victims.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WindowGroup {
    /// Which.
    pub group: &'static str,
    /// How many victims.
    pub victims: usize,
    /// Among them those whose exploitation has a date.
    pub events: usize,
    /// The day by which half had been exploited.
    pub median_days: Option<f64>,
    /// The share exploited within 7 days.
    pub within_7_days: Option<f64>,
    /// The 95 % interval of that.
    pub within_7_days_interval: Option<[f64; 2]>,
    /// The share exploited within 30 days.
    pub within_30_days: Option<f64>,
    /// The 95 % interval of that.
    pub within_30_days_interval: Option<[f64; 2]>,
    /// The curve; empty for fewer than five victims.
    pub curve: Vec<SurvivalPoint>,
}

/// A step of the curve of those not exploited yet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SurvivalPoint {
    /// Days since first contact.
    pub days: f64,
    /// Victims not exploited before; an expected number where dates are months.
    pub at_risk: f64,
    /// Victims exploited on it; likewise.
    pub events: f64,
    /// The share not exploited by then.
    pub survival: f64,
    /// The 95 % interval of that.
    pub interval: [f64; 2],
}
