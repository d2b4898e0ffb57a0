//! Small findings for the tests of this room.

use super::evidence::Item;
use super::weights::EvidenceClass;
use super::{MapEdge, Recruiter, TieKind};
use crate::case::{Assertion, Basis, LinkKind, Symbol, When};
use crate::identity::EntityId;

/// What a source says for a fact, on the first row of a table.
pub(super) fn said(source: Symbol, certainty: f64) -> Assertion {
    Assertion { certainty, source, grade: Symbol::EMPTY, line: 2, file: 0, basis: Basis::Fact }
}

/// An undated piece of evidence by a source.
pub(super) fn item(class: EvidenceClass, source: Symbol, certainty: f64) -> Item {
    Item {
        class,
        voice: (source, Symbol::EMPTY, false),
        row: 0,
        assertion: said(source, certainty),
        channel: Symbol::EMPTY,
        when: When::UNRECORDED,
    }
}

/// An undated contact on a map, of which no row tells.
pub(crate) fn contact(from: usize, to: usize) -> MapEdge {
    MapEdge {
        from,
        to,
        kind: TieKind::Link(LinkKind::Contact),
        count: 1.0,
        certainty: 1.0,
        when: When::UNRECORDED,
        evidence: Vec::new(),
    }
}

/// Somebody listed with this recurrence, of whom nothing else is found.
pub(super) fn recruiter(entity: EntityId, recurrence: f64) -> Recruiter {
    Recruiter {
        rank: 1,
        entity,
        pseudonym: None,
        person_ids: Vec::new(),
        recurrence,
        rank_interval: [1, 1],
        expected_victims: 0.0,
        expected_episodes: 0.0,
        roles: Vec::new(),
        cautions: Vec::new(),
        episodes: Vec::new(),
        may_be_protected: 0.0,
        active_now: 0.0,
        rate: None,
        over_expression: None,
        grade_readings: Vec::new(),
        without_case: None,
        without_source: None,
        recurrence_by_gap: 0.0,
        decisive_rows: Vec::new(),
        would_raise: Vec::new(),
        merges: Vec::new(),
    }
}
