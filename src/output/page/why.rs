//! Why somebody is ranked, for the viewer.
//!
//! Sources stay out, because whoever made a statement may be a victim; so do ids of people, channels and all else that is free text.

use serde::Serialize;

use crate::finding::{Episode, MapNode, Part, Recruiter};
use crate::output::percent::percent;

/// Why somebody is ranked.
#[derive(Debug, Serialize)]
pub(super) struct Why<'a> {
    recurrence: String,
    interval: [usize; 2],
    victims: f64,
    episodes: f64,
    #[serde(skip_serializing_if = "slice_is_empty")]
    cautions: &'a [String],
    #[serde(skip_serializing_if = "slice_is_empty")]
    decisive: &'a [String],
    told: Vec<Told<'a>>,
}

/// An episode.
#[derive(Debug, Serialize)]
struct Told<'a> {
    start: Option<&'a str>,
    end: Option<&'a str>,
    cases: &'a [String],
    victims: Vec<String>,
    chance: String,
    /// Row, victim, class, date, certainty.
    rows: Vec<(&'a str, Option<String>, &'static str, &'a str, f64)>,
}

fn slice_is_empty(slice: &&[String]) -> bool {
    slice.is_empty()
}

/// Why this person is ranked; none for a victim, whatever the map says.
pub(super) fn of(node: &MapNode) -> Option<Why<'_>> {
    node.ranked.as_deref().filter(|_| node.part != Part::Victim).map(why)
}

fn why(one: &Recruiter) -> Why<'_> {
    Why {
        recurrence: percent(one.recurrence),
        interval: one.rank_interval,
        victims: tenth(one.expected_victims),
        episodes: tenth(one.expected_episodes),
        cautions: &one.cautions,
        decisive: &one.decisive_rows,
        told: one.episodes.iter().map(told).collect(),
    }
}

fn told(one: &Episode) -> Told<'_> {
    Told {
        start: one.start.as_deref(),
        end: one.end.as_deref(),
        cases: &one.case_ids,
        victims: one.victims.iter().map(ToString::to_string).collect(),
        chance: percent(one.probability),
        rows: one
            .items
            .iter()
            .map(|item| {
                let victim = item.victim.map(|victim| victim.to_string());
                (&*item.row, victim, item.class, &*item.date, item.certainty)
            })
            .collect(),
    }
}

fn tenth(number: f64) -> f64 {
    libm::round(number * 10.0) / 10.0
}
