//! Why somebody is ranked, for the viewer.
//!
//! Sources stay out, because whoever made a statement may be a victim; so do ids of people, channels and all else that is free text.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Episode, MapNode, Part, Recruiter};
use crate::output::drawing::telling;
use crate::output::percent::percent;
use crate::output::words::{Words, slug};
use crate::untrusted::Untrusted;

/// Why somebody is ranked.
#[derive(Debug, Serialize)]
pub(super) struct Why<'a> {
    recurrence: String,
    interval: [usize; 2],
    victims: f64,
    episodes: f64,
    /// What speaks for caution, by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    cautions: BTreeMap<&'static str, Vec<Untrusted>>,
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
    rows: Vec<(&'a str, Option<String>, String, &'a str, f64)>,
}

fn slice_is_empty(slice: &&[String]) -> bool {
    slice.is_empty()
}

/// Why this person is ranked; none for a victim, whatever the map says.
pub(super) fn of<'a>(node: &'a MapNode, languages: &[Words]) -> Option<Why<'a>> {
    let ranked = node.ranked.as_deref().filter(|_| node.part != Part::Victim)?;
    Some(why(ranked, languages))
}

fn why<'a>(one: &'a Recruiter, languages: &[Words]) -> Why<'a> {
    let cautions = |words: &Words| {
        let said = one.cautions.iter().map(|caution| telling::caution(caution, words));
        (words.lang.code(), said.collect::<Vec<_>>())
    };
    let cautions = languages.iter().map(cautions).filter(|(_, said)| !said.is_empty()).collect();
    Why {
        recurrence: percent(one.recurrence),
        interval: one.rank_interval,
        victims: tenth(one.expected_victims),
        episodes: tenth(one.expected_episodes),
        cautions,
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
                (&*item.row, victim, slug(item.class), &*item.date, item.certainty)
            })
            .collect(),
    }
}

fn tenth(number: f64) -> f64 {
    libm::round(number * 10.0) / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_a_tenth() {
        assert_eq!([2.449, 2.46, 0.0].map(tenth).to_vec(), [2.4, 2.5, 0.0]);
    }

    #[test]
    fn nobody_is_told_why_who_is_not_ranked() {
        let node = MapNode::new("E1".into(), Part::Recruiter);
        assert!(of(&node, &[]).is_none());
    }
}
