//! What a map says of the rows that it rests on.

use super::map::{Evidence, Note};
use crate::case::{Assertion, Case, Day, IdKind, Symbol, When};
use crate::graph;

/// The last day of which any row speaks.
pub(super) fn last_day(case: &Case) -> Option<Day> {
    let links = case.links.iter().flat_map(|link| [link.start, link.end]);
    let roles = case.roles.iter().flat_map(|role| [role.start, role.end]);
    links.chain(roles).filter_map(|when| when.latest().or(when.earliest())).max()
}

/// From the first to the last day of all that is dated.
pub(super) fn span(dates: impl Iterator<Item = When> + Clone) -> When {
    let first = dates.clone().filter_map(When::earliest).min();
    let last = dates.filter_map(When::latest).max();
    match (first, last) {
        (Some(first), Some(last)) => When::between(first, last.max(first)),
        (Some(first), None) => When::since(first),
        _ => When::UNRECORDED,
    }
}

/// What a map says of rows that are not for whoever asked for it.
pub(super) fn above_clearance(case: &Case) -> Option<Note> {
    let count: usize = case.above_clearance().map(|(_, count)| count).sum();
    (count > 0).then_some(Note::AboveClearance(count))
}

/// What is to be known of a row that says from when until when.
pub(super) fn evidence(
    assertion: &Assertion,
    [start, end]: [When; 2],
    file: Symbol,
    case: &Case,
) -> Evidence {
    Evidence {
        row: case.place_of(assertion).into(),
        when: graph::span(start, end),
        grade: case.text(assertion.grade).into(),
        certainty: assertion.certainty,
        case: case.shown(IdKind::Case, file).into(),
        handling: case.handling(assertion).into(),
    }
}
