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
        let plain =
            case.symbol(&key).filter(|&twin| twin != person.person && case.person(twin).is_some());
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
