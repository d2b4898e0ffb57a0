//! Victims: never ranked, and where one is recorded as recruiting, who stood above her.

use std::collections::{BTreeMap, BTreeSet};

use super::Protected;
use crate::case::{Case, IdKind, LinkKind, Role, Symbol};
use crate::identity::{Entities, EntityId};

/// Everybody who is a victim in any case, with why, and who stood above those recorded as recruiting.
pub(super) fn protected(case: &Case, entities: &Entities) -> Vec<Protected> {
    let recruiting = recruiting(case, entities);
    let above = above(case, entities);
    let all = entities.iter().filter_map(|entity| Some((entity, entities.victim(entity)?)));
    all.filter_map(|(entity, victim)| {
        let why = entities.protection(entity)?;
        let in_case =
            why.case.known().map(|id| format!(" in case {}", case.shown(IdKind::Case, id)));
        let in_case = in_case.unwrap_or_default();
        let cases = recruiting.get(&entity);
        let stood = |file: &Symbol| above.get(&(entity, *file)).into_iter().flatten().copied();
        let over: BTreeSet<EntityId> = cases.into_iter().flatten().flat_map(stood).collect();
        Some(Protected {
            entity,
            victim,
            person_ids: entities.person_ids(case, entity).map(Into::into).collect(),
            why: format!("{}{in_case}", why.reason),
            evidence: case.place_of(&why.assertion),
            recruiting_recorded: cases.is_some(),
            above: over.into_iter().collect(),
        })
    })
    .collect()
}

/// In which cases rows say that a victim recruited or introduced somebody.
fn recruiting(case: &Case, entities: &Entities) -> BTreeMap<EntityId, BTreeSet<Symbol>> {
    let acts = [LinkKind::Recruited, LinkKind::Groomed, LinkKind::Introduced, LinkKind::HandedOver];
    let links = case.links.iter().filter(|link| acts.contains(&link.kind));
    let links = links.map(|link| (link.from, link.case));
    let recruits =
        |role: Role| matches!(role, Role::Recruiter | Role::Groomer | Role::CoercedParticipant);
    let roles = case.roles.iter().filter(|role| recruits(role.role));
    let mut found: BTreeMap<EntityId, BTreeSet<Symbol>> = BTreeMap::new();
    for (person, file) in links.chain(roles.map(|role| (role.person, role.case))) {
        if let Some(entity) = entities.of(case, person).filter(|&e| entities.victim(e).is_some()) {
            found.entry(entity).or_default().insert(file);
        }
    }
    found
}

/// Who exploited or controlled a victim in a case, or, where nobody is recorded to, has an exploiter's role in it.
fn above(case: &Case, entities: &Entities) -> BTreeMap<(EntityId, Symbol), BTreeSet<EntityId>> {
    let offender = |person| entities.of(case, person).filter(|&e| entities.victim(e).is_none());
    let mut found: BTreeMap<(EntityId, Symbol), BTreeSet<EntityId>> = BTreeMap::new();
    for link in case.links.iter() {
        let over = matches!(link.kind, LinkKind::Exploited | LinkKind::Controlled);
        if let (true, Some(actor), Some(victim)) =
            (over, offender(link.from), entities.of(case, link.to))
        {
            found.entry((victim, link.case)).or_default().insert(actor);
        }
    }
    let mut exploiters: BTreeMap<Symbol, BTreeSet<EntityId>> = BTreeMap::new();
    for role in
        case.roles.iter().filter(|role| matches!(role.role, Role::Exploiter | Role::Controller))
    {
        exploiters.entry(role.case).or_default().extend(offender(role.person));
    }
    for role in case.roles.iter().filter(|role| role.role == Role::CoercedParticipant) {
        let Some(victim) = entities.of(case, role.person) else {
            continue;
        };
        let own = found.entry((victim, role.case)).or_default();
        if own.is_empty() {
            own.extend(exploiters.get(&role.case).into_iter().flatten());
        }
    }
    found
}
