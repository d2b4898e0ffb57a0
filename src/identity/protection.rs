//! Who is a victim in any case, and so never ranked as an offender.

use std::fmt;

use super::EntityId;
use super::order::natural;
use crate::case::{Assertion, Case, LinkKind, Status, Symbol, Table};

/// Why a person is protected: of the rows that say so, one of the first case by its id.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Protection {
    /// What the row says.
    pub reason: Reason,
    /// In which case, where the row says it.
    pub case: Symbol,
    /// Where the row stands.
    pub assertion: Assertion,
}

/// What a row says that protects a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A role of victim or coerced participant, or the status of a victim.
    Status,
    /// Somebody exploited, recruited or groomed her.
    Act(LinkKind),
    /// An advertisement offered her.
    Advertised,
    /// A row says so that was set aside for another of its cells.
    Refused,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status => f.write_str("victim status"),
            Self::Act(kind) => write!(f, "was {} by somebody", kind.code().replace('_', " ")),
            Self::Advertised => f.write_str("offered in an advertisement"),
            Self::Refused => f.write_str("a victim by a row that was set aside"),
        }
    }
}

/// By entity: why she is protected, if she is.
///
/// Being wrong here either way does harm; ranking a victim does more, so one row in any case is enough.
pub(super) fn of(case: &Case, of_row: &[EntityId], count: usize) -> Vec<Option<Protection>> {
    let mut protection = vec![None; count];
    let mut protect = |person: Symbol, why: Protection| {
        if let Some(row) = case.row_of(Table::People, person) {
            let said: &mut Option<Protection> = &mut protection[of_row[row].number()];
            if said.is_none_or(|said| goes_before(case, why, said)) {
                *said = Some(why);
            }
        }
    };
    for role in case.roles.iter() {
        if role.role.is_victim() || role.status == Some(Status::Victim) {
            let why =
                Protection { reason: Reason::Status, case: role.case, assertion: role.assertion };
            protect(role.person, why);
        }
    }
    for link in case.links.iter() {
        if let Some(person) = link.acted_upon() {
            let reason = Reason::Act(link.kind);
            protect(person, Protection { reason, case: link.case, assertion: link.assertion });
        }
    }
    for ad in case.ads.iter() {
        let why = Protection { reason: Reason::Advertised, case: ad.case, assertion: ad.assertion };
        protect(ad.victim, why);
    }
    for &(person, assertion) in case.victims_of_refused_rows() {
        protect(person, Protection { reason: Reason::Refused, case: Symbol::EMPTY, assertion });
    }
    protection
}

/// Whether a row says it better than another: by what it says and in which case, so that rows in another order say the same.
fn goes_before(case: &Case, one: Protection, other: Protection) -> bool {
    let place = |why: Protection| match why.reason {
        Reason::Status => (0, None),
        Reason::Act(kind) => (1, Some(kind)),
        Reason::Advertised => (2, None),
        Reason::Refused => (3, None),
    };
    let (own, its) = (place(one), place(other));
    let nowhere = |why: Protection| why.case.known().is_none();
    let by_case = || natural(case.text(one.case), case.text(other.case));
    let order = own.0.cmp(&its.0).then(nowhere(one).cmp(&nowhere(other))).then_with(by_case);
    order.then(own.1.cmp(&its.1)).is_lt()
}
