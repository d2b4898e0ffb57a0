//! The identifiers of mentions, each value once for all its writings.

use std::collections::HashMap;

use super::super::clean::{AddressParts, Region, identifier, sound};
use super::super::field::{Field, NEAR, PART, SAME};
use crate::case::IdentifierKind;

/// A value of an identifier, once for all its writings.
#[derive(Clone, Debug)]
pub(in crate::identity) struct Value {
    pub(in crate::identity) field: Field,
    /// How alike two mentions are that share it: [`SAME`] for the whole value, less for what is left of it when people change it.
    pub(in crate::identity) level: u8,
    pub(in crate::identity) text: String,
}

/// Numbers for identifiers.
#[derive(Default)]
pub(super) struct Values {
    pub(super) all: Vec<Value>,
    numbers: HashMap<(Field, u8, String), u32>,
}

impl Values {
    pub(super) fn take(
        &mut self,
        kind: IdentifierKind,
        text: &str,
        region: Region,
        mut found: impl FnMut(u32),
    ) {
        let Some(cleaned) = identifier(kind, text, region) else { return };
        let field = Field::of(kind);
        found(self.number(field, SAME, cleaned.key));
        if let Some(stem) = cleaned.stem {
            found(self.number(field, NEAR, stem));
        }
        if kind == IdentifierKind::Address {
            let parts = AddressParts::parse(text);
            for house in houses(&parts) {
                found(self.number(field, NEAR, house));
            }
            if let Some(street) = street(&parts) {
                found(self.number(field, PART, street));
            }
        }
    }

    fn number(&mut self, field: Field, level: u8, text: String) -> u32 {
        let next = u32::try_from(self.all.len()).expect("fewer than 2³² identifiers");
        let number = *self.numbers.entry((field, level, text.clone())).or_insert(next);
        if number == next {
            self.all.push(Value { field, level, text });
        }
        number
    }
}

/// The street and the town of an address: who moves within a street, or of whose house the number was misread.
fn street(parts: &AddressParts) -> Option<String> {
    let sound = |words: &String| sound(&words.replace(' ', ""));
    let (street, town) = (parts.street.as_ref().map(sound)?, parts.town.as_ref().map(sound)?);
    Some(format!("{street:x} {town:x}"))
}

/// What of an address is enough to say that it is nearly another: the house by street and town, or by postcode.
fn houses(parts: &AddressParts) -> impl Iterator<Item = String> {
    let number = parts.number.clone();
    let sound = |words: &Option<String>| words.as_ref().map(|words| sound(&words.replace(' ', "")));
    let town = sound(&parts.town).unwrap_or_default();
    let by_street = number.clone().zip(sound(&parts.street));
    let by_street = by_street.map(|(number, street)| format!("{number} {street:x} {town:x}"));
    let by_postcode =
        number.zip(parts.postcode.clone()).map(|(number, code)| format!("{number} {code}"));
    by_street.into_iter().chain(by_postcode)
}
