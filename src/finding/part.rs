//! What a person's sign on a map says.

use std::collections::{BTreeMap, BTreeSet};

use super::map::Part;
use crate::case::{Case, Role, Status};
use crate::identity::{Entities, EntityId};

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

/// Roles by case: `recruiter: c2, c19`.
pub(super) fn details(entity: EntityId, case: &Case, entities: &Entities) -> Vec<String> {
    let mut cases: BTreeMap<Role, BTreeSet<&str>> = BTreeMap::new();
    for row in case.roles.iter() {
        if entities.of(case, row.person) == Some(entity) {
            cases.entry(row.role).or_default().insert(case.text(row.case));
        }
    }
    let line = |(role, cases): (Role, BTreeSet<&str>)| {
        format!("{role}: {}", cases.into_iter().collect::<Vec<_>>().join(", "))
    };
    cases.into_iter().map(line).collect()
}
