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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Code;
    use crate::identity::sketch::case;

    #[test]
    fn each_role_has_its_part_whoever_has_it() {
        let expected = [
            (Role::Recruiter, Part::Recruiter),
            (Role::Groomer, Part::Recruiter),
            (Role::Exploiter, Part::Offender),
            (Role::Controller, Part::Offender),
            (Role::Broker, Part::Offender),
            (Role::Offender, Part::Offender),
            (Role::Advertiser, Part::Facilitator),
            (Role::Driver, Part::Facilitator),
            (Role::Host, Part::Facilitator),
            (Role::MoneyHandler, Part::Facilitator),
            (Role::IdentityProvider, Part::Facilitator),
            (Role::Victim, Part::Victim),
            (Role::CoercedParticipant, Part::Victim),
            (Role::Client, Part::Client),
            (Role::Professional, Part::Professional),
            (Role::Family, Part::Bystander),
            (Role::Witness, Part::Bystander),
            (Role::Reporter, Part::Bystander),
            (Role::Other, Part::Unknown),
            (Role::Unknown, Part::Unknown),
        ];
        assert_eq!(expected.len(), Role::ALL.len());
        for (role, part) in expected {
            assert_eq!(played(role, None), part, "{role:?}");
        }
    }

    #[test]
    fn an_acquittal_takes_an_offenders_part_and_a_suspicion_gives_one_to_who_has_none() {
        assert_eq!(played(Role::Recruiter, Some(Status::Acquitted)), Part::Unknown);
        assert_eq!(played(Role::Client, Some(Status::Acquitted)), Part::Client);
        assert_eq!(played(Role::Recruiter, Some(Status::Suspect)), Part::Recruiter);
        assert_eq!(played(Role::Other, Some(Status::Suspect)), Part::Offender);
        assert_eq!(played(Role::Unknown, Some(Status::Convicted)), Part::Offender);
        assert_eq!(played(Role::Unknown, Some(Status::Acquitted)), Part::Unknown);
        assert_eq!(played(Role::Family, Some(Status::Suspect)), Part::Bystander);
    }

    #[test]
    fn the_gravest_part_counts_and_a_victim_stays_one() {
        let people = "person_id\np1\np2\np3\np4\n";
        let roles = "case_id,person_id,role\nc2,p1,driver\nc10,p1,recruiter\nc1,p1,driver\nc1,p2,victim\n\
                     c2,p2,recruiter\nc1,p3,client\n";
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\nc10\n"),
            ("people.csv", people),
            ("roles.csv", roles),
        ]);
        let entities = Entities::as_given(&case);
        let all: Vec<EntityId> = entities.iter().collect();
        let parts = parts(&case, &entities);
        let expected = [Some(Part::Recruiter), Some(Part::Victim), Some(Part::Client), None];
        assert_eq!(all.iter().map(|one| parts.get(one).copied()).collect::<Vec<_>>(), expected);

        let played = played_by_case(&[all[0], all[2]], &case, &entities);
        assert_eq!(played.keys().copied().collect::<Vec<_>>(), [all[0], all[2]]);
        let own = &played[&all[0]];
        let files =
            |names: &[&str]| names.iter().map(|&name| name.into()).collect::<Vec<Untrusted>>();
        assert_eq!(
            own.roles,
            [(Role::Recruiter, files(&["c10"])), (Role::Driver, files(&["c1", "c2"]))],
            "by role, and files by their numbers"
        );
        let rows: Vec<&Untrusted> = own.evidence.iter().map(|one| &one.row).collect();
        assert_eq!(rows, ["roles.csv:2", "roles.csv:3", "roles.csv:4"]);
    }
}
