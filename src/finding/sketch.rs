//! Small findings for the tests of this room.

use super::Recruiter;
use crate::identity::EntityId;

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
