//! What a person's sign on a map says.

use std::collections::{BTreeMap, BTreeSet};

use super::map::{Evidence, Part};
use super::rows::evidence;
use crate::case::{Case, IdKind, Role, Status};
use crate::identity::{Entities, EntityId, natural};
use crate::untrusted::Untrusted;

/// The part that each person played over all cases: the gravest, but a victim is a victim.
pub(super) fn parts(case: &Case, entities: &Entities) -> BTreeMap<EntityId, Part> {
    let mut parts: BTreeMap<EntityId, Part> = BTreeMap::new();
    for entity in entities.iter().filter(|&entity| entities.victim(entity).is_some()) {
        parts.insert(entity, Part::Victim);
    }
    for row in case.roles.iter() {
        if let Some(entity) = entities.of(case, row.person) {
            let part = parts.entry(entity).or_insert(Part::Unknown);
            if *part != Part::Victim {
                *part = (*part).min(played(row.role, row.status));
            }
        }
    }
    parts
}

fn played(role: Role, status: Option<Status>) -> Part {
    match role {
        role if role.is_offender() && status == Some(Status::Acquitted) => Part::Unknown,
        Role::Recruiter | Role::Groomer => Part::Recruiter,
        Role::Exploiter | Role::Controller | Role::Broker | Role::Offender => Part::Offender,
        Role::Advertiser
        | Role::Driver
        | Role::Host
        | Role::MoneyHandler
        | Role::IdentityProvider => Part::Facilitator,
        Role::Victim | Role::CoercedParticipant => Part::Victim,
        Role::Client => Part::Client,
        Role::Professional => Part::Professional,
        Role::Family | Role::Witness | Role::Reporter => Part::Bystander,
        Role::Other | Role::Unknown => match status {
            Some(Status::Suspect | Status::Convicted) => Part::Offender,
            _ => Part::Unknown,
        },
    }
}

/// What somebody was in which cases, and the rows that say so.
#[derive(Debug, Default)]
pub(super) struct Played {
    pub(super) roles: Vec<(Role, Vec<Untrusted>)>,
    pub(super) evidence: Vec<Evidence>,
}

/// What each of `shown`, who stand in order, was in which cases.
pub(super) fn played_by_case(
    shown: &[EntityId],
    case: &Case,
    entities: &Entities,
) -> BTreeMap<EntityId, Played> {
    let mut files: BTreeMap<(EntityId, Role), BTreeSet<&str>> = BTreeMap::new();
    let mut played: BTreeMap<EntityId, Played> = BTreeMap::new();
    for row in case.roles.iter() {
        let entity = entities.of(case, row.person);
        let Some(entity) = entity.filter(|entity| shown.binary_search(entity).is_ok()) else {
            continue;
        };
        files.entry((entity, row.role)).or_default().insert(case.shown(IdKind::Case, row.case));
        let said = evidence(&row.assertion, [row.start, row.end], row.case, case);
        played.entry(entity).or_default().evidence.push(said);
    }
    for ((entity, role), files) in files {
        let mut files: Vec<&str> = files.into_iter().collect();
        files.sort_by(|a, b| natural(a, b));
        let files = files.into_iter().map(Untrusted::from).collect();
        played.entry(entity).or_default().roles.push((role, files));
    }
    played
}
