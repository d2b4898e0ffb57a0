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

#[cfg(test)]
mod tests {
    use super::super::super::schema::Table;
    use super::super::super::sketch::taken;
    use super::super::super::{Case, Rows};
    use super::*;

    /// A row of each table.
    const FILES: [(&str, &str); 8] = [
        ("cases.csv", "case_id\nc1\n"),
        ("people.csv", "person_id\np1\np2\n"),
        ("channels.csv", "channel_id\nch1\n"),
        ("places.csv", "place_id\npl1\n"),
        ("identifiers.csv", "person_id,kind,value\np1,phone,06\n"),
        ("roles.csv", "case_id,person_id,role\nc1,p1,other\n"),
        ("links.csv", "from,to,kind,link_id\np1,p2,paid,l1\n"),
        ("ads.csv", "ad_id\na1\n"),
    ];

    /// Whether the first of some rows is sound, and, once it was changed, whether it still is.
    fn both<R: Sound + Copy>(
        case: &Case,
        rows: &Rows<R>,
        change: impl FnOnce(&mut R),
    ) -> [bool; 2] {
        let people = &case.ids[Table::People as usize];
        let mut row = rows[0];
        let before = row.is_sound(people);
        change(&mut row);
        [before, row.is_sound(people)]
    }

    fn when(text: &str) -> When {
        When::parse(text).expect("a date")
    }

    const STAYS: [bool; 2] = [true, true];
    const BREAKS: [bool; 2] = [true, false];

    #[test]
    fn each_thing_has_an_id() {
        let case = taken(&FILES).case;
        let none = Symbol::EMPTY;
        assert_eq!(both(&case, &case.cases, |row| row.case = none), BREAKS);
        assert_eq!(both(&case, &case.people, |row| row.person = none), BREAKS);
        assert_eq!(both(&case, &case.channels, |row| row.channel = none), BREAKS);
        assert_eq!(both(&case, &case.places, |row| row.place = none), BREAKS);
        assert_eq!(both(&case, &case.identifiers, |row| row.value = none), BREAKS);
        assert_eq!(both(&case, &case.roles, |row| row.case = none), BREAKS);
        assert_eq!(both(&case, &case.ads, |row| row.ad = none), BREAKS);
        assert_eq!(both(&case, &case.links, |row| row.link = none), STAYS);
    }

    #[test]
    fn people_are_those_of_the_table() {
        let case = taken(&FILES).case;
        let (nobody, stranger) = (Symbol::EMPTY, case.symbol("c1").expect("a text"));
        let somebody = case.symbol("p2").expect("a person");
        for person in [nobody, stranger] {
            assert_eq!(both(&case, &case.identifiers, |row| row.person = person), BREAKS);
            assert_eq!(both(&case, &case.roles, |row| row.person = person), BREAKS);
            assert_eq!(both(&case, &case.links, |row| row.from = person), BREAKS);
            assert_eq!(both(&case, &case.links, |row| row.to = person), BREAKS);
        }
        assert_eq!(
            both(&case, &case.links, |row| row.from = somebody),
            BREAKS,
            "both ends are one"
        );
        for (person, expected) in [(nobody, STAYS), (somebody, STAYS), (stranger, BREAKS)] {
            assert_eq!(both(&case, &case.links, |row| row.about = person), expected);
            assert_eq!(both(&case, &case.ads, |row| row.victim = person), expected);
            assert_eq!(both(&case, &case.ads, |row| row.posted_by = person), expected);
            assert_eq!(both(&case, &case.ads, |row| row.payer = person), expected);
        }
    }

    #[test]
    fn nothing_ends_before_it_begins() {
        let case = taken(&FILES).case;
        for (start, end, expected) in [("2020", "2020", STAYS), ("2021", "2020", BREAKS)] {
            let (start, end) = (when(start), when(end));
            assert_eq!(
                both(&case, &case.cases, |row| (row.opened, row.closed) = (start, end)),
                expected
            );
            assert_eq!(
                both(&case, &case.identifiers, |row| (row.start, row.end) = (start, end)),
                expected
            );
            assert_eq!(
                both(&case, &case.roles, |row| (row.start, row.end) = (start, end)),
                expected
            );
            assert_eq!(
                both(&case, &case.links, |row| (row.start, row.end) = (start, end)),
                expected
            );
            assert_eq!(
                both(&case, &case.ads, |row| (row.posted, row.last_seen) = (start, end)),
                expected
            );
        }
    }

    #[test]
    fn numbers_are_within_their_bounds() {
        let case = taken(&FILES).case;
        for (count, expected) in [
            (0.5, STAYS),
            (1e12, STAYS),
            (1.1e12, BREAKS),
            (0.0, BREAKS),
            (-1.0, BREAKS),
            (f64::NAN, BREAKS),
        ] {
            assert_eq!(both(&case, &case.links, |row| row.count = count), expected, "{count}");
        }
        for (location, expected) in [
            (None, STAYS),
            (Some((90.0, -180.0)), STAYS),
            (Some((-90.0, 180.0)), STAYS),
            (Some((90.5, 0.0)), BREAKS),
            (Some((0.0, -180.5)), BREAKS),
            (Some((0.0, f64::NAN)), BREAKS),
        ] {
            let placed = both(&case, &case.places, |row| row.location = location);
            assert_eq!(placed, expected, "{location:?}");
        }
    }

    #[test]
    fn texts_files_ids_and_certainties_are_those_that_there_are() {
        let case = taken(&FILES).case;
        let (link, texts) = (case.links[0], case.symbol_count());
        let beyond = Symbol::from_number(u32::try_from(texts).expect("few texts"));
        let own_ids = link.link.number() + 1;
        let bounds = Bounds { texts, files: usize::from(link.assertion.file) + 1, own_ids };
        let holds = |change: &dyn Fn(&mut Link)| {
            let mut row = link;
            change(&mut row);
            bounds.hold(&row)
        };
        assert!(holds(&|_| {}));
        for certainty in [0.0, 1.0] {
            assert!(holds(&|row| row.assertion.certainty = certainty));
        }
        for certainty in [-0.1, 1.1, f64::NAN] {
            assert!(!holds(&|row| row.assertion.certainty = certainty));
        }
        let last = Symbol::from_number(beyond.to_number() - 1);
        assert!(holds(&|row| row.place = last));
        assert!(!holds(&|row| row.place = beyond));
        assert!(!holds(&|row| row.from = beyond));
        assert!(!holds(&|row| row.assertion.source = beyond));
        assert!(!holds(&|row| row.assertion.grade = beyond));
        assert!(!holds(&|row| row.assertion.file += 1));
        let next = Symbol::from_number(link.link.to_number() + 1);
        assert!(!holds(&|row| row.link = next));
    }
}
