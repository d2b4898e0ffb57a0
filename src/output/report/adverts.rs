//! Advertisements of one hand, as a reader sees them.

use serde::Serialize;

use super::words::{likelihood, span};
use crate::finding::{AdCluster, Findings};
use crate::output::percent::percent;

/// The largest hands and how many there are.
#[derive(Debug, Serialize)]
pub(super) struct AdvertsView {
    /// How many advertisements there are at all.
    ads: usize,
    /// How many hands have more than one.
    hands: usize,
    /// How many advertisements those have.
    in_hands: usize,
    shown: Vec<HandView>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct HandView {
    cluster: usize,
    ads: usize,
    coordination: String,
    likelihood: &'static str,
    ties: String,
    victims: String,
    payers: String,
    phones: usize,
    channels: usize,
    template: String,
    seen: String,
}

/// So many hands are shown, those that offer most victims first; all are in `findings.json`.
const SHOWN: usize = 25;

pub(super) fn adverts(findings: &Findings) -> AdvertsView {
    let clusters = &findings.ad_clusters;
    let mut shown: Vec<&AdCluster> = clusters.iter().collect();
    shown.sort_by_key(|one| {
        std::cmp::Reverse((one.victims.len(), one.ad_ids.len(), std::cmp::Reverse(one.cluster)))
    });
    AdvertsView {
        ads: findings.basis.ads,
        hands: clusters.len(),
        in_hands: clusters.iter().map(|one| one.ad_ids.len()).sum(),
        shown: shown.into_iter().take(SHOWN).map(hand).collect(),
        notes: findings.ad_notes.clone(),
    }
}

/// The first words of a template.
fn beginning(template: &str) -> String {
    const WORDS: usize = 30;
    let mut words = template.split(' ');
    let shown: Vec<&str> = words.by_ref().take(WORDS).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    shown.join(" ") + more
}

fn hand(one: &AdCluster) -> HandView {
    let codes = |codes: Vec<String>| if codes.is_empty() { "–".into() } else { codes.join(", ") };
    let ties: Vec<String> =
        one.ties.iter().map(|(tie, count)| format!("{tie} ({count})")).collect();
    HandView {
        cluster: one.cluster,
        ads: one.ad_ids.len(),
        coordination: percent(one.coordination),
        likelihood: likelihood(one.coordination),
        ties: ties.join(", "),
        victims: codes(one.victims.iter().map(ToString::to_string).collect()),
        payers: codes(one.payers.iter().map(ToString::to_string).collect()),
        phones: one.phones,
        channels: one.channels.len(),
        template: one.template.as_deref().map_or_else(|| "–".into(), beginning),
        seen: span(one.first_seen.as_deref(), one.last_seen.as_deref()),
    }
}
