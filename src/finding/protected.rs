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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    /// A coerced participant of c1 and of c2 and a victim of c3, with whoever stood above her.
    fn found(links: &str) -> (Vec<Protected>, Vec<String>) {
        let people = "person_id\np1\np2\np3\np4\np5\n";
        let roles = "case_id,person_id,role\nc1,p1,coerced_participant\nc2,p1,coerced_participant\n\
                     c3,p1,victim\nc1,p2,exploiter\nc1,p3,driver\nc2,p4,controller\nc3,p5,exploiter\n";
        let header = "link_id,from,to,kind,case_id\n";
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\nc3\n"),
            ("people.csv", people),
            ("roles.csv", roles),
            ("links.csv", &format!("{header}{links}")),
        ]);
        let entities = Entities::as_given(&case);
        let found = protected(&case, &entities);
        let above = found[0].above.iter().map(|&one| entities.code(one)).collect();
        (found, above)
    }

    #[test]
    fn above_a_coerced_participant_stands_whoever_exploits_in_her_files() {
        let (all, above) = found("");
        assert_eq!(all.len(), 1);
        assert!(all[0].recruiting_recorded);
        assert_eq!(all[0].person_ids, ["p1"]);
        assert_eq!(
            above,
            ["E2", "E4"],
            "not the driver, nor who exploits where she is a victim only"
        );
        assert!(all[0].evidence.starts_with("roles.csv:"), "{}", all[0].evidence);
    }

    #[test]
    fn where_a_row_says_who_exploited_or_controlled_her_roles_say_no_more() {
        assert_eq!(found("l1,p3,p1,exploited,c1\n").1, ["E3", "E4"]);
        assert_eq!(found("l1,p3,p1,controlled,c1\n").1, ["E3", "E4"]);
        assert_eq!(found("l1,p3,p1,transported,c1\n").1, ["E2", "E4"]);
    }

    #[test]
    fn acts_of_recruiting_are_recorded_and_others_not() {
        let people = "person_id\np1\np2\np3\n";
        let roles = "case_id,person_id,role\nc1,p1,victim\nc1,p2,victim\nc1,p3,exploiter\n";
        for (kind, recorded) in [
            ("recruited", true),
            ("groomed", true),
            ("introduced", true),
            ("first_contact", false),
            ("paid", false),
        ] {
            let links = format!(
                "link_id,from,to,kind,case_id\nl1,p1,p2,{kind},c1\nl2,p3,p1,exploited,c1\n"
            );
            let case = case(&[
                ("cases.csv", "case_id\nc1\n"),
                ("people.csv", people),
                ("roles.csv", roles),
                ("links.csv", &links),
            ]);
            let found = protected(&case, &Entities::as_given(&case));
            assert_eq!(found.len(), 2);
            assert_eq!(found[0].recruiting_recorded, recorded, "{kind}");
            let above: Vec<usize> = found[0].above.iter().map(|one| one.number()).collect();
            assert_eq!(above, if recorded { vec![2] } else { vec![] }, "{kind}");
            assert!(!found[1].recruiting_recorded);
        }
    }
}
