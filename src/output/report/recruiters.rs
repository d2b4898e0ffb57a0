//! Recurring recruiters, as a reader sees them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use super::beside::beside;
use super::channels::named;
use super::identity::{IdentityView, identity};
use super::phrases::{between, likelihood, or_dash, some_of, span};
use crate::finding::{Episode, EvidenceItem, Findings, Recruiter};
use crate::identity::EntityId;
use crate::output::drawing::telling;
use crate::output::percent::percent;
use crate::output::words::Words;
use crate::untrusted::Untrusted;

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
    likelihood: String,
    victims: String,
    expected_episodes: String,
    roles: String,
    cautions: Vec<Untrusted>,
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
    likelihood: String,
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

pub(super) fn recruiters(report: &Report, findings: &Findings, words: &Words) -> RecruitersView {
    let all = &findings.recruiters;
    let listed: Vec<&Recruiter> =
        all.iter().filter(|one| one.recurrence >= report.least_recurrence).collect();
    let names = channel_names(findings);
    let episodes = |place: usize, one: &Recruiter| {
        let shown = one.episodes.iter().filter(|_| place < report.detailed);
        (1..).zip(shown).map(|(n, one)| episode(n, one, &names, words)).collect()
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
                identity: identity(one, together(one.entity), words)
                    .filter(|_| place < report.detailed),
                ..recruiter(one, episodes(place, one), words)
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

fn recruiter(one: &Recruiter, episodes: Vec<EpisodeView>, words: &Words) -> RecruiterView {
    const IDS: usize = 8;
    let [best, worst] = one.rank_interval;
    RecruiterView {
        rank: one.rank,
        rank_interval: if best == worst {
            best.to_string()
        } else {
            between(best.to_string(), worst.to_string(), words)
        },
        entity: one.entity.to_string(),
        ids: some_of(&one.person_ids, IDS, words),
        recurrence: percent(one.recurrence),
        likelihood: likelihood(one.recurrence, words),
        victims: words.decimal(one.expected_victims),
        expected_episodes: words.decimal(one.expected_episodes),
        roles: roles(&one.roles, words),
        cautions: one.cautions.iter().map(|one| telling::caution(one, words)).collect(),
        identity: None,
        beside: if episodes.is_empty() { Vec::new() } else { beside(one, words) },
        episodes,
    }
}

/// `recruiter in 3 cases, groomer in 1 case`.
fn roles(roles: &[(&'static str, usize)], words: &Words) -> String {
    let one = |(role, cases): &(&'static str, usize)| {
        let role = words.term("role", role);
        words.with("role-in-cases", &[("role", role.into()), ("cases", (*cases).into())])
    };
    match roles.iter().map(one).collect::<Vec<_>>() {
        none if none.is_empty() => words.say("no-role"),
        some => some.join(", "),
    }
}

fn episode(number: usize, one: &Episode, names: &ChannelNames<'_>, words: &Words) -> EpisodeView {
    const VICTIMS: usize = 24;
    let victims: Vec<String> = one.victims.iter().map(ToString::to_string).collect();
    EpisodeView {
        number,
        dates: span(one.start.as_deref(), one.end.as_deref(), words),
        cases: one.case_ids.join(", "),
        victims: some_of(&victims, VICTIMS, words),
        probability: percent(one.probability),
        likelihood: likelihood(one.probability, words),
        items: one.items.iter().map(|one| item(one, names, words)).collect(),
    }
}

/// The source stays out: who made a statement may be a victim's name.
fn item(one: &EvidenceItem, names: &ChannelNames<'_>, words: &Words) -> ItemView {
    ItemView {
        row: one.row.clone(),
        victim: or_dash(one.victim.map(|victim| victim.to_string())),
        class: words.term("class", one.class),
        date: or_dash(Some(words.term("missing", &one.date))),
        channel: or_dash(Some(
            names.get(one.channel.as_str()).copied().unwrap_or(&one.channel).to_owned(),
        )),
        certainty: percent(one.certainty),
    }
}
