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

/// Who is protected.
#[derive(Clone, Debug, Default)]
pub(super) struct Protected {
    /// By entity: the place of why in the list beside it and 1, or 0 if she is not.
    places: Vec<u32>,
    why: Vec<Protection>,
}

impl Protected {
    /// Why an entity is protected, if she is.
    pub(super) fn why(&self, entity: usize) -> Option<Protection> {
        let place = self.places[entity].checked_sub(1)?;
        Some(self.why[place as usize])
    }

    /// Takes in that an entity is protected, unless what is known of it goes before.
    fn say(&mut self, case: &Case, entity: EntityId, why: Protection) {
        let place = &mut self.places[entity.number()];
        if let Some(place) = place.checked_sub(1) {
            let said = &mut self.why[place as usize];
            if goes_before(case, why, *said) {
                *said = why;
            }
        } else {
            self.why.push(why);
            *place = u32::try_from(self.why.len()).expect("there are fewer than 2³² people");
        }
    }
}

/// Who is protected of so many entities, and why.
///
/// Being wrong here either way does harm; ranking a victim does more, so one row in any case is enough.
pub(super) fn of(case: &Case, of_row: &[EntityId], count: usize) -> Protected {
    let mut protected = Protected { places: vec![0; count], why: Vec::new() };
    let mut protect = |person: Symbol, why: Protection| {
        if let Some(row) = case.row_of(Table::People, person) {
            protected.say(case, of_row[row], why);
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
    protected
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

#[cfg(test)]
mod tests {
    use super::super::sketch;
    use super::*;

    const PEOPLE: (&str, &str) = ("people.csv", "person_id\na\nb\nc\nd\n");

    /// By person, each of its own: why it is protected, in which case, and by which row.
    fn told(tables: &[(&str, &str)]) -> Vec<Option<String>> {
        let case = sketch::case(&[&[PEOPLE], tables].concat());
        let of_row: Vec<EntityId> = (0..4).map(EntityId::from_number).collect();
        let tell = |why: Protection| {
            let (of_case, place) = (case.text(why.case), case.place_of(&why.assertion));
            format!("{} | {of_case} | {place}", why.reason)
        };
        let protected = of(&case, &of_row, 4);
        (0..4).map(|entity| protected.why(entity).map(tell)).collect()
    }

    fn all(expected: [&str; 4]) -> Vec<Option<String>> {
        expected.map(|why| (!why.is_empty()).then(|| why.to_owned())).to_vec()
    }

    #[test]
    fn the_role_or_the_status_of_a_victim_protects_each_alone() {
        let roles = "case_id,person_id,role,status\nk1,a,victim,\nk2,b,coerced_participant,suspect\n\
                     k3,c,recruiter,victim\nk4,d,recruiter,convicted\n";
        let expected = [
            "victim status | k1 | roles.csv:2",
            "victim status | k2 | roles.csv:3",
            "victim status | k3 | roles.csv:4",
            "",
        ];
        assert_eq!(told(&[("roles.csv", roles)]), all(expected));
    }

    #[test]
    fn whoever_an_act_was_done_to_is_protected_and_who_did_it_is_not() {
        let links = "from,to,kind,case_id,about\na,b,recruited,k1,\na,d,handed_over,k2,c\n\
                     a,d,associate,k2,\n";
        let expected = [
            "",
            "was recruited by somebody | k1 | links.csv:2",
            "was handed over by somebody | k2 | links.csv:3",
            "",
        ];
        assert_eq!(told(&[("links.csv", links)]), all(expected));
    }

    #[test]
    fn whoever_is_offered_is_protected_and_who_offers_is_not() {
        let channels = ("channels.csv", "channel_id,name\nx,X\n");
        let ads = "ad_id,channel_id,case_id,victim_id,posted_by,payer,posted\n\
                   1,x,k1,d,a,b,2020-01-02\n";
        let expected = ["", "", "", "offered in an advertisement | k1 | ads.csv:2"];
        assert_eq!(told(&[channels, ("ads.csv", ads)]), all(expected));
    }

    #[test]
    fn a_row_that_is_refused_for_another_cell_protects_too() {
        let roles = "case_id,person_id,role,start\nk1,c,victim,03/04/2024\nk1,d,recruiter,\n";
        let expected = ["", "", "a victim by a row that was set aside |  | roles.csv:2", ""];
        assert_eq!(told(&[("roles.csv", roles)]), all(expected));
    }

    #[test]
    fn the_first_row_counts_and_a_person_of_several_ids_is_protected_by_any() {
        let roles = "case_id,person_id,role,status\nk1,b,victim,\nk2,b,victim,\n";
        let links = "from,to,kind,case_id\na,b,recruited,k3\n";
        let tables = [PEOPLE, ("roles.csv", roles), ("links.csv", links)];
        let case = sketch::case(&tables);
        // `b` and `d` are one person, the third of three.
        let of_row = [0, 2, 1, 2].map(EntityId::from_number);
        let protection = of(&case, &of_row, 3);
        assert!(protection.why(0).is_none() && protection.why(1).is_none());
        let why = protection.why(2).expect("she is a victim");
        assert_eq!((why.reason, case.text(why.case)), (Reason::Status, "k1"));
    }
}
