//! By what code people stand in a report; victims.

use std::collections::BTreeMap;

use serde::Serialize;

use super::phrases::some_of;
use crate::finding::{Findings, Protected};
use crate::identity::{EntityId, VictimId};
use crate::output::percent::percent;
use crate::output::words::Words;

/// The code of everybody: a victim stands under her pseudonym only.
pub(super) struct Codes(BTreeMap<EntityId, VictimId>);

impl Codes {
    pub(super) fn new(protected: &[Protected]) -> Self {
        let pairs = protected.iter().map(|one| (one.entity, one.victim));
        Self(pairs.collect())
    }

    fn of(&self, entity: EntityId) -> String {
        let victim = self.0.get(&entity);
        victim.map_or_else(|| entity.to_string(), ToString::to_string)
    }

    pub(super) fn all(&self, entities: &[EntityId]) -> Vec<String> {
        entities.iter().map(|&entity| self.of(entity)).collect()
    }
}

/// Victims, as counts and codes.
#[derive(Debug, Serialize)]
pub(super) struct ProtectedView {
    pub(super) victims: usize,
    /// Those of whom rows say that they recruited others.
    pub(super) recruiting: Vec<RecruitingVictim>,
}

#[derive(Debug, Serialize)]
pub(super) struct RecruitingVictim {
    code: String,
    /// Who stood above her.
    above: String,
}

pub(super) fn protected(findings: &Findings, codes: &Codes, words: &Words) -> ProtectedView {
    let recruiting = findings.protected.iter().filter(|one| one.recruiting_recorded);
    let view = |one: &Protected| RecruitingVictim {
        code: one.victim.to_string(),
        above: match codes.all(&one.above) {
            above if above.is_empty() => words.say("protected-nobody-above"),
            above => above.join(", "),
        },
    };
    ProtectedView { victims: findings.protected.len(), recruiting: recruiting.map(view).collect() }
}

/// Who is in no list because he may be one person with a victim, and who is a lead.
#[derive(Debug, Serialize)]
pub(super) struct OthersView {
    pub(super) withheld: Vec<WithheldView>,
    pub(super) leads: Vec<LeadView>,
}

#[derive(Debug, Serialize)]
pub(super) struct WithheldView {
    entity: String,
    chance: String,
}

#[derive(Debug, Serialize)]
pub(super) struct LeadView {
    rank: usize,
    entity: String,
    ids: String,
    victims: String,
    evidence: String,
}

pub(super) fn others(findings: &Findings, words: &Words) -> OthersView {
    const IDS: usize = 8;
    let withheld = findings
        .withheld
        .iter()
        .map(|one| WithheldView { entity: one.entity.to_string(), chance: percent(one.chance) });
    let leads = findings.leads.iter().map(|one| {
        let victims: Vec<String> = one.victims.iter().map(ToString::to_string).collect();
        LeadView {
            rank: one.rank,
            entity: one.entity.to_string(),
            ids: some_of(&one.person_ids, IDS, words),
            victims: some_of(&victims, IDS, words),
            evidence: some_of(&one.evidence, IDS, words),
        }
    });
    OthersView { withheld: withheld.collect(), leads: leads.collect() }
}
