//! The fields of each row in the order in which a snapshot holds them.

use super::super::date::When;
use super::super::means::Means;
use super::super::record::{
    Ad, Assertion, CaseFile, Channel, Identifier, Link, Person, Place, RoleInCase,
};
use super::super::symbol::Symbol;
use super::super::table::Attribute;
use super::super::vocabulary::{
    Basis, ChannelClass, IdentifierKind, LinkKind, Minor, PlaceClass, Role, Setting, Status,
};
use super::field::{Cells, Field};

macro_rules! rows {
    ($($record:ident { $($field:ident: $kind:ty),+ $(,)? })+) => {$(
        impl Field for $record {
            const WIDTH: usize = 0 $(+ <$kind>::WIDTH)+;

            fn put(&self, to: &mut Vec<u8>) {
                $(self.$field.put(to);)+
            }

            #[inline(always)]
            fn get(cells: &mut Cells<'_>) -> Self {
                Self { $($field: <$kind>::get(cells)),+ }
            }
        }
    )+};
}

rows! {
    Assertion {
        certainty: f64, source: Symbol, grade: Symbol, line: u32, file: u16, basis: Basis,
    }
    Attribute { row: u32, column: Symbol, value: Symbol }
    CaseFile {
        assertion: Assertion, case: Symbol, unit: Symbol, opened: When, closed: When,
        outcome: Symbol, purpose: Symbol, retain_until: When,
    }
    Person {
        assertion: Assertion, person: Symbol, name: Symbol, alias: Symbol, birth: When, sex: Symbol,
    }
    Channel { assertion: Assertion, channel: Symbol, name: Symbol, class: Option<ChannelClass> }
    Place {
        assertion: Assertion, place: Symbol, name: Symbol, class: Option<PlaceClass>,
        location: Option<(f64, f64)>,
    }
    Identifier {
        assertion: Assertion, person: Symbol, kind: IdentifierKind, value: Symbol,
        channel: Symbol, start: When, end: When,
    }
    RoleInCase {
        assertion: Assertion, case: Symbol, person: Symbol, role: Role, status: Option<Status>,
        minor: Option<Minor>, setting: Option<Setting>, start: When, end: When,
    }
    Link {
        assertion: Assertion, from: Symbol, to: Symbol, link: Symbol, case: Symbol, about: Symbol,
        channel: Symbol, place: Symbol, count: f64, start: When, end: When, means: Means,
        kind: LinkKind,
    }
    Ad {
        assertion: Assertion, ad: Symbol, channel: Symbol, case: Symbol, victim: Symbol,
        posted_by: Symbol, payer: Symbol, posted: When, last_seen: When, phone: Symbol,
        handle: Symbol, place: Symbol, price: Symbol, text: Symbol, image: Symbol,
    }
}

/// Who is a victim by a row that was refused, and where that stands.
impl Field for (Symbol, Assertion) {
    const WIDTH: usize = Symbol::WIDTH + Assertion::WIDTH;

    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn get(cells: &mut Cells<'_>) -> Self {
        (Symbol::get(cells), Assertion::get(cells))
    }
}
