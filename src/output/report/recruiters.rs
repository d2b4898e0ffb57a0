//! Recurring recruiters, as a reader sees them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use super::beside::beside;
use super::channels::named;
use super::identity::{IdentityView, identity};
use super::words::{count, decimal, likelihood, some_of, span};
use crate::finding::{Episode, EvidenceItem, Findings, Recruiter};
use crate::identity::EntityId;
use crate::output::percent::percent;

/// Who is listed, and how many are not.
#[derive(Debug, Serialize)]
pub(super) struct RecruitersView {
    pub(super) listed: Vec<RecruiterView>,
    /// How many stand in `findings.json` but not here.
    left_out: usize,
    /// The recurrence under which they are.
    least: String,
    /// How many of those listed have no episodes here.
    without_episodes: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct RecruiterView {
    rank: usize,
    rank_interval: String,
    entity: String,
    ids: String,
    recurrence: String,
    likelihood: &'static str,
    victims: String,
    expected_episodes: String,
    roles: String,
    cautions: Vec<String>,
    /// Why several ids are this person; none for those who stand in the table only.
    identity: Option<IdentityView>,
    /// How it would change, and what else is to be known; none for those who stand in the table only.
    beside: Vec<String>,
    /// None for those who stand in the table only.
    episodes: Vec<EpisodeView>,
}

#[derive(Debug, Serialize)]
struct EpisodeView {
    number: usize,
    dates: String,
    cases: String,
    victims: String,
    probability: String,
    likelihood: &'static str,
    items: Vec<ItemView>,
}

#[derive(Debug, Serialize)]
struct ItemView {
    row: String,
    victim: String,
    class: String,
    date: String,
    channel: String,
    certainty: String,
}

pub(super) fn recruiters(report: &Report, findings: &Findings) -> RecruitersView {
    let all = &findings.recruiters;
    let listed: Vec<&Recruiter> =
        all.iter().filter(|one| one.recurrence >= report.least_recurrence).collect();
    let names = channel_names(findings);
    let episodes = |place: usize, one: &Recruiter| {
        let shown = one.episodes.iter().filter(|_| place < report.detailed);
        (1..).zip(shown).map(|(n, one)| episode(n, one, &names)).collect()
    };
    let sure: BTreeMap<EntityId, f64> =
        findings.entities.iter().map(|one| (one.entity, one.probability)).collect();
    let together = |entity: EntityId| sure.get(&entity).copied().unwrap_or(1.0);
    RecruitersView {
        left_out: all.len() - listed.len(),
        least: percent(report.least_recurrence),
        without_episodes: listed.len().saturating_sub(report.detailed),
        listed: (0..)
            .zip(listed)
            .map(|(place, one)| RecruiterView {
                identity: identity(one, together(one.entity)).filter(|_| place < report.detailed),
                ..recruiter(one, episodes(place, one))
            })
            .collect(),
    }
}

/// What each channel is called.
type ChannelNames<'a> = BTreeMap<&'a str, &'a str>;

fn channel_names(findings: &Findings) -> ChannelNames<'_> {
    let channels = findings.channels.iter();
    channels.map(|one| (one.channel_id.as_str(), named(one))).collect()
}

fn recruiter(one: &Recruiter, episodes: Vec<EpisodeView>) -> RecruiterView {
    const IDS: usize = 8;
    let [best, worst] = one.rank_interval;
    RecruiterView {
        rank: one.rank,
        rank_interval: if best == worst { best.to_string() } else { format!("{best} to {worst}") },
        entity: one.entity.to_string(),
        ids: some_of(&one.person_ids, IDS),
        recurrence: percent(one.recurrence),
        likelihood: likelihood(one.recurrence),
        victims: decimal(one.expected_victims),
        expected_episodes: decimal(one.expected_episodes),
        roles: roles(&one.roles),
        cautions: one.cautions.clone(),
        identity: None,
        beside: if episodes.is_empty() { Vec::new() } else { beside(one) },
        episodes,
    }
}

/// `recruiter in 3 cases, groomer in 1 case`.
fn roles(roles: &[(&'static str, usize)]) -> String {
    let one = |(role, cases): &(&'static str, usize)| {
        format!("{} in {}", spoken(role), count(*cases, "case", "cases"))
    };
    match roles.iter().map(one).collect::<Vec<_>>() {
        none if none.is_empty() => "none recorded".into(),
        some => some.join(", "),
    }
}

fn episode(number: usize, one: &Episode, names: &ChannelNames<'_>) -> EpisodeView {
    const VICTIMS: usize = 24;
    let victims: Vec<String> = one.victims.iter().map(ToString::to_string).collect();
    EpisodeView {
        number,
        dates: span(one.start.as_deref(), one.end.as_deref()),
        cases: one.case_ids.join(", "),
        victims: some_of(&victims, VICTIMS),
        probability: percent(one.probability),
        likelihood: likelihood(one.probability),
        items: one.items.iter().map(|one| item(one, names)).collect(),
    }
}

/// The source stays out: who made a statement may be a victim's name.
fn item(one: &EvidenceItem, names: &ChannelNames<'_>) -> ItemView {
    ItemView {
        row: one.row.clone(),
        victim: one.victim.map_or("–".into(), |victim| victim.to_string()),
        class: spoken(one.class),
        date: or_dash(&one.date),
        channel: or_dash(names.get(one.channel.as_str()).unwrap_or(&one.channel.as_str())),
        certainty: percent(one.certainty),
    }
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "–" } else { text }.to_owned()
}

/// A code as words.
fn spoken(code: &str) -> String {
    code.replace('_', " ")
}
