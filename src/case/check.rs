//! What two rows say that cannot both be right, and ids that look alike.

use std::collections::BTreeMap;

use super::Case;
use super::fault::{Fault, FaultClass, Faults};
use super::record::Assertion;
use super::symbol::Symbol;
use super::trap::{is_plain, look};
use super::vocabulary::{LinkKind, Minor, Role, Status};
use crate::error::{Position, excerpt};

/// Everything that takes more than one row to see.
pub(super) fn across(case: &Case, faults: &mut Faults) {
    roles_that_exclude_each_other(case, faults);
    contact_after_exploitation_began(case, faults);
    ids_that_look_alike(case, faults);
}

/// What the roles of one person in one case say.
#[derive(Default)]
struct Said {
    client: Option<Assertion>,
    professional: Option<Assertion>,
    minor: Option<Assertion>,
    adult: Option<Assertion>,
}

fn roles_that_exclude_each_other(case: &Case, faults: &mut Faults) {
    let mut said: BTreeMap<(Symbol, Symbol), Said> = BTreeMap::new();
    for role in case.roles.iter() {
        let said = said.entry((role.case, role.person)).or_default();
        let here = Some(role.assertion);
        if role.role == Role::Client {
            said.client = said.client.or(here);
        }
        if role.role == Role::Professional || role.status == Some(Status::Professional) {
            said.professional = said.professional.or(here);
        }
        match role.minor {
            Some(Minor::Yes) => said.minor = said.minor.or(here),
            Some(Minor::No) => said.adult = said.adult.or(here),
            None => {}
        }
    }
    for ((_, person), said) in &said {
        let who = excerpt(case.text(*person));
        if let (Some(client), Some(professional)) = (&said.client, &said.professional) {
            let found = format!(
                "`{who}` is a client, and at {} a professional",
                case.place_of(professional)
            );
            contradiction(
                case,
                faults,
                client,
                "role",
                found,
                "one of the two in one case; find out which",
            );
        }
        if let (Some(minor), Some(adult)) = (&said.minor, &said.adult) {
            let found = format!("`{who}` is a minor, and at {} not", case.place_of(adult));
            contradiction(
                case,
                faults,
                minor,
                "minor",
                found,
                "one of the two in one case; find out which",
            );
        }
    }
}

fn contact_after_exploitation_began(case: &Case, faults: &mut Faults) {
    let mut began: BTreeMap<(Symbol, Symbol), (super::When, Assertion)> = BTreeMap::new();
    for link in case.links.iter().filter(|link| link.kind == LinkKind::Exploited) {
        let entry = began.entry((link.from, link.to)).or_insert((link.start, link.assertion));
        if link.start.is_before(entry.0) {
            *entry = (link.start, link.assertion);
        }
    }
    for link in case.links.iter().filter(|link| link.kind == LinkKind::FirstContact) {
        let Some((start, exploited)) = began.get(&(link.from, link.to)) else {
            continue;
        };
        if start.is_before(link.start) {
            let found = format!(
                "a first contact on {}, and exploitation from {start} at {}",
                link.start,
                case.place_of(exploited)
            );
            let expected =
                "a first contact that is not after the exploitation of the same two people began";
            contradiction(case, faults, &link.assertion, "start", found, expected);
        }
    }
}

fn contradiction(
    case: &Case,
    faults: &mut Faults,
    assertion: &Assertion,
    column: &str,
    found: String,
    expected: &str,
) {
    let position = position(case, assertion, column);
    let class = FaultClass::Contradiction;
    faults.push(Fault { class, position, found, expected: expected.into() });
}

fn position(case: &Case, assertion: &Assertion, column: &str) -> Position {
    let file = case.files[usize::from(assertion.file)].clone();
    Position { file, line: u64::from(assertion.line), column: column.into() }
}

fn ids_that_look_alike(case: &Case, faults: &mut Faults) {
    let mut odd: BTreeMap<String, Symbol> = BTreeMap::new();
    for person in case.people.iter() {
        let text = case.text(person.person);
        if is_plain(text) {
            continue;
        }
        let key = look(text);
        let plain = case.symbol(&key).filter(|&twin| case.person(twin).is_some());
        let twin = if key == text { None } else { plain.or_else(|| odd.get(&key).copied()) };
        if let Some(other) = twin.and_then(|twin| case.person(twin)) {
            let found = format!(
                "`{}`, which looks like the id at {}",
                excerpt(text),
                case.place_of(&other.assertion)
            );
            let expected =
                "one spelling if they are one person, and ids that differ plainly if they are two"
                    .into();
            let position = position(case, &person.assertion, "person_id");
            faults.push(Fault { class: FaultClass::IdentityTrap, position, found, expected });
        }
        if key != text {
            odd.entry(key).or_insert(person.person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{taken, told};

    const PEOPLE: (&str, &str) = ("people.csv", "person_id\np1\np2\n");
    const CASES: (&str, &str) = ("cases.csv", "case_id\nc1\nc2\n");

    /// What is told of rows of `roles`, each `case_id,person_id,role,status,minor`.
    fn roles(rows: &[&str]) -> Vec<String> {
        let text = format!("case_id,person_id,role,status,minor\n{}\n", rows.join("\n"));
        told(&taken(&[PEOPLE, CASES, ("roles.csv", &text)]))
    }

    #[test]
    fn nobody_is_a_client_and_a_professional_or_a_minor_and_none_in_one_case() {
        let which = "expected one of the two in one case; find out which";
        for (rows, expected) in [
            (&["c1,p1,client,,", "c1,p2,professional,,", "c2,p1,professional,,"][..], vec![]),
            (&["c1,p1,client,,yes", "c1,p1,victim,,yes", "c2,p1,victim,,no"], vec![]),
            (
                &["c1,p1,client,,", "c1,p1,client,,", "c1,p1,professional,,"],
                vec![format!(
                    "roles.csv:2: column `role`: `p1` is a client, and at roles.csv:4 a professional; {which}"
                )],
            ),
            (
                &["c1,p1,other,professional,", "c1,p1,client,,"],
                vec![format!(
                    "roles.csv:3: column `role`: `p1` is a client, and at roles.csv:2 a professional; {which}"
                )],
            ),
            (
                &["c1,p2,other,,no", "c1,p2,other,,yes", "c1,p2,other,,yes"],
                vec![format!(
                    "roles.csv:3: column `minor`: `p2` is a minor, and at roles.csv:2 not; {which}"
                )],
            ),
        ] {
            assert_eq!(roles(rows), expected, "{rows:?}");
        }
    }

    #[test]
    fn a_first_contact_is_not_after_exploitation_began() {
        let links = |rows: &[&str]| {
            let text = format!("from,to,kind,start\n{}\n", rows.join("\n"));
            told(&taken(&[PEOPLE, ("links.csv", &text)]))
        };
        let after = |line: u32, contact: &str, began: &str, at: u32| {
            format!(
                "links.csv:{line}: column `start`: a first contact on {contact}, and exploitation from {began} at links.csv:{at}; \
                 expected a first contact that is not after the exploitation of the same two people began"
            )
        };
        for (rows, expected) in [
            (&["p1,p2,exploited,2020-03-02", "p1,p2,first_contact,2020-03-02"][..], vec![]),
            (&["p1,p2,exploited,2020-03", "p1,p2,first_contact,2020-03-31"], vec![]),
            (&["p2,p1,exploited,2020-03-02", "p1,p2,first_contact,2020-03-03"], vec![]),
            (&["p1,p2,controlled,2020-03-02", "p1,p2,first_contact,2020-03-03"], vec![]),
            (&["p1,p2,exploited,2020-03-02", "p1,p2,contact,2020-03-03"], vec![]),
            (
                &["p1,p2,first_contact,2020-03-03", "p1,p2,exploited,2020-03-02"],
                vec![after(2, "2020-03-03", "2020-03-02", 3)],
            ),
            (
                &[
                    "p1,p2,exploited,2020-03-09",
                    "p1,p2,exploited,2020-03-02",
                    "p1,p2,first_contact,2020-03-05",
                ],
                vec![after(4, "2020-03-05", "2020-03-02", 3)],
            ),
        ] {
            assert_eq!(links(rows), expected, "{rows:?}");
        }
    }

    #[test]
    fn ids_that_look_alike_are_told_at_the_later() {
        let people = |rows: &[&str]| {
            let text = format!("person_id,name\n{}\n", rows.join("\n"));
            told(&taken(&[("people.csv", &text), ("links.csv", "from,to,kind\n")]))
        };
        let alike = |line: u32, id: &str, at: u32| {
            format!(
                "people.csv:{line}: column `person_id`: `{id}`, which looks like the id at people.csv:{at}; \
                 expected one spelling if they are one person, and ids that differ plainly if they are two"
            )
        };
        for (rows, expected) in [
            (&["p1,", "p2,", "P3,"][..], vec![]),
            (&["p1,", "P1,"], vec![alike(3, "P1", 2)]),
            (&["P1,", "p1,"], vec![alike(2, "P1", 3)]),
            (&["Pa 1,", "pA 1,", "PA 1,"], vec![alike(3, "pA 1", 2), alike(4, "PA 1", 2)]),
            // The name of somebody is no id, however it is spelt.
            (&["Pa 1,pa 1", "pA 1,"], vec![alike(3, "pA 1", 2)]),
            (&["Pa 1,pa 1"], vec![]),
        ] {
            assert_eq!(people(rows), expected, "{rows:?}");
        }
    }
}
