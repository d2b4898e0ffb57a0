//! What an entity says, as a row of the contract has it.

use std::collections::BTreeMap;

use super::super::super::super::ftm::{IDENTIFIER, OWN, column_of_note, interval, row_id};
use super::super::super::super::vocabulary::{Code as _, IdentifierKind};
use super::super::NewRow;
use super::entity::Entity;

/// Properties of texts; what no other property holds stands in one of them.
const TEXTS: [&str; 3] = ["summary", "notes", "description"];

/// Whether we wrote the entity.
pub(super) fn is_own(entity: &Entity) -> bool {
    entity.id.starts_with(OWN)
}

/// The id of a row: that from which the entity was made, or the entity's.
pub(super) fn plain_id(entity: &str) -> String {
    row_id(entity).map_or_else(|| entity.to_owned(), |(_, id)| id)
}

/// What an Address says.
pub(super) fn address(entity: &Entity) -> String {
    const PARTS: [&str; 6] = ["street", "street2", "postalCode", "city", "region", "country"];
    let whole = [entity.first("full"), entity.first("name")];
    let whole = whole.into_iter().find(|text| !text.is_empty()).map(str::to_owned);
    whole.unwrap_or_else(|| {
        let parts = PARTS.iter().map(|part| entity.first(part)).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    })
}

pub(super) fn dated(row: &mut NewRow, entity: &Entity) {
    let start = entity.values("startDate");
    row.set("start", interval(if start.is_empty() { entity.values("date") } else { start }));
    row.set("end", interval(entity.values("endDate")));
}

/// What stands in values of our own.
pub(super) fn notes(entity: &Entity) -> impl Iterator<Item = (&str, &str)> {
    let values = TEXTS.iter().flat_map(|property| entity.values(property));
    values.filter_map(|value| column_of_note(value))
}

/// An identifier for which there is no property.
pub(super) fn identifier_of_note((column, text): (&str, &str)) -> Option<(IdentifierKind, String)> {
    let kind = IdentifierKind::parse(column.strip_prefix(IDENTIFIER)?)?;
    Some((kind, text.to_owned()))
}

pub(super) fn finish(row: &mut NewRow, entity: &Entity, used: &[&str]) {
    let sources = ["sourceUrl", "publisher"].map(|property| entity.first(property));
    if let Some(source) = sources.into_iter().find(|text| !text.is_empty()) {
        row.set("source", source);
    }
    let mut beside: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (property, values) in entity.properties().filter(|(property, _)| !used.contains(property)) {
        let foreign = values
            .iter()
            .map(String::as_str)
            .filter(|value| !(TEXTS.contains(&property) && column_of_note(value).is_some()));
        beside.entry(format!("ftm_{property}")).or_default().extend(foreign);
    }
    for (name, values) in beside {
        row.keep(name, values.join(";"));
    }
    for (column, text) in notes(entity).filter(|note| identifier_of_note(*note).is_none()) {
        row.set(column, text);
    }
}
