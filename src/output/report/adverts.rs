//! Advertisements of one hand, as a reader sees them.

use serde::Serialize;

use super::phrases::{likelihood, listed, or_dash, span};
use crate::finding::{AdCluster, AdNote, Findings};
use crate::output::percent::percent;
use crate::output::words::Words;

/// The largest hands and how many there are.
#[derive(Debug, Serialize)]
pub(super) struct AdvertsView {
    /// How many advertisements there are at all.
    ads: usize,
    /// How many hands have more than one.
    hands: usize,
    /// How many advertisements those have.
    in_hands: usize,
    pub(super) shown: Vec<HandView>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct HandView {
    cluster: usize,
    ads: usize,
    coordination: String,
    likelihood: String,
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

pub(super) fn adverts(findings: &Findings, words: &Words) -> AdvertsView {
    let clusters = &findings.ad_clusters;
    let mut shown: Vec<&AdCluster> = clusters.iter().collect();
    shown.sort_by_key(|one| {
        std::cmp::Reverse((one.victims.len(), one.ad_ids.len(), std::cmp::Reverse(one.cluster)))
    });
    AdvertsView {
        ads: findings.basis.ads,
        hands: clusters.len(),
        in_hands: clusters.iter().map(|one| one.ad_ids.len()).sum(),
        shown: shown.into_iter().take(SHOWN).map(|one| hand(one, words)).collect(),
        notes: findings.ad_notes.iter().map(|one| note(*one, words)).collect(),
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

/// What the comparison left out, as a sentence.
fn note(note: AdNote, words: &Words) -> String {
    match note {
        AdNote::Cut { texts, words: most } => {
            words.with("adverts-cut", &[("texts", texts.into()), ("words", most.into())])
        }
        AdNote::Common { what, values } => {
            let what = words.term("ad-tie", what);
            words.with("adverts-common", &[("what", what.into()), ("values", values.into())])
        }
    }
}

fn hand(one: &AdCluster, words: &Words) -> HandView {
    let tie = |(tie, count): &(&str, usize)| format!("{} ({count})", words.term("ad-tie", tie));
    HandView {
        cluster: one.cluster,
        ads: one.ad_ids.len(),
        coordination: percent(one.coordination),
        likelihood: likelihood(one.coordination, words),
        ties: listed(one.ties.iter().map(tie)),
        victims: listed(one.victims.iter().map(ToString::to_string)),
        payers: listed(one.payers.iter().map(ToString::to_string)),
        phones: one.phones,
        channels: one.channels.len(),
        template: or_dash(one.template.as_deref().map(beginning)),
        seen: span(one.first_seen.as_deref(), one.last_seen.as_deref(), words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Lang;

    #[test]
    fn a_template_is_told_by_its_first_thirty_words() {
        let words = |count: usize| vec!["la"; count].join(" ");
        assert_eq!(beginning(&words(30)), words(30));
        assert_eq!(beginning(&words(31)), words(30) + " …");
    }

    #[test]
    fn what_was_not_compared_is_told() {
        let said = |one| note(one, &Words::of(Lang::En));
        assert_eq!(
            said(AdNote::Cut { texts: 3, words: 200 }),
            "Of 3 texts only the first 200 words are compared."
        );
        let common = said(AdNote::Common { what: "phone", values: 2 });
        assert!(common.starts_with("phone: 2 stand in so many advertisements"), "{common}");
    }
}
