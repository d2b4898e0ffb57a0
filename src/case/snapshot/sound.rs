//! What the reader vouches for, asked again of rows that come from a snapshot.
//!
//! A checksum keeps from accidents, not from somebody who makes it anew. So no row comes in that the
//! reader would not have made: rooms to the right rest on what it promises.

use std::cell::Cell;

use super::super::date::When;
use super::super::ids::Ids;
use super::super::read::Record;
use super::super::record::{
    Ad, Assertion, CaseFile, Channel, Identifier, Link, Person, Place, RoleInCase,
};
use super::super::symbol::Symbol;

/// What there is that a row can name.
#[derive(Debug)]
pub(super) struct Bounds {
    /// How many texts.
    pub(super) texts: usize,
    /// How many files.
    pub(super) files: usize,
    /// How many ids of the table are kept apart.
    pub(super) own_ids: usize,
}

impl Bounds {
    /// Whether every symbol, file and certainty of the row is one.
    #[inline(always)]
    pub(super) fn hold<R: Record>(&self, row: &R) -> bool {
        let mut row = *row;
        let highest = Cell::new(0);
        row.each_symbol(|symbol| highest.set(highest.get().max(symbol.number())));
        let own = row.own_id().is_none_or(|id| id.number() < self.own_ids);
        own && highest.get() < self.texts && self.hold_assertion(row.assertion())
    }

    pub(super) fn hold_assertion(&self, assertion: &Assertion) -> bool {
        let Assertion { certainty, source, grade, line: _, file, basis: _ } = assertion;
        (0.0..=1.0).contains(certainty)
            && usize::from(*file) < self.files
            && source.number().max(grade.number()) < self.texts
    }
}

/// A row of which the reader promises something besides.
pub(super) trait Sound {
    fn is_sound(&self, people: &Ids) -> bool;
}

fn in_order(start: When, end: When) -> bool {
    !end.is_before(start)
}

fn somebody(people: &Ids, person: Symbol) -> bool {
    person.is_known() && people.contains(person)
}

fn somebody_or_none(people: &Ids, person: Symbol) -> bool {
    !person.is_known() || people.contains(person)
}

impl Sound for CaseFile {
    fn is_sound(&self, _: &Ids) -> bool {
        self.case.is_known() && in_order(self.opened, self.closed)
    }
}

impl Sound for Person {
    fn is_sound(&self, _: &Ids) -> bool {
        self.person.is_known()
    }
}

impl Sound for Channel {
    fn is_sound(&self, _: &Ids) -> bool {
        self.channel.is_known()
    }
}

impl Sound for Place {
    fn is_sound(&self, _: &Ids) -> bool {
        let on_earth =
            |(latitude, longitude): (f64, f64)| latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        self.place.is_known() && self.location.is_none_or(on_earth)
    }
}

impl Sound for Identifier {
    fn is_sound(&self, people: &Ids) -> bool {
        somebody(people, self.person) && self.value.is_known() && in_order(self.start, self.end)
    }
}

impl Sound for RoleInCase {
    fn is_sound(&self, people: &Ids) -> bool {
        somebody(people, self.person) && self.case.is_known() && in_order(self.start, self.end)
    }
}

impl Sound for Link {
    fn is_sound(&self, people: &Ids) -> bool {
        self.from != self.to
            && somebody(people, self.from)
            && somebody(people, self.to)
            && somebody_or_none(people, self.about)
            && in_order(self.start, self.end)
            && self.count > 0.0
            && self.count <= 1e12
    }
}

impl Sound for Ad {
    fn is_sound(&self, people: &Ids) -> bool {
        let people_of = [self.victim, self.posted_by, self.payer];
        self.ad.is_known()
            && people_of.into_iter().all(|person| somebody_or_none(people, person))
            && in_order(self.posted, self.last_seen)
    }
}
