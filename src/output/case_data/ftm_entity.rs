//! One `FollowTheMoney` entity on its way out.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::Serialize;

use super::Row;
use super::disclosure::Value;
use crate::case::{When, ftm};

/// An entity: properties in the order in which they were put.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entity {
    id: String,
    schema: Cow<'static, str>,
    properties: IndexMap<&'static str, Vec<String>>,
    /// The property of texts, for what no other holds: things have `notes`, ties `summary`.
    #[serde(skip)]
    texts: &'static str,
    /// Columns that properties hold whole.
    #[serde(skip)]
    told: Vec<&'static str>,
}

impl Entity {
    /// A thing: a person, an account, a document.
    pub(super) fn thing(schema: impl Into<Cow<'static, str>>, id: String) -> Self {
        let (properties, told) = (IndexMap::new(), Vec::new());
        Self { id, schema: schema.into(), properties, texts: "notes", told }
    }

    /// What holds for a time: a tie, a part in a case.
    pub(super) fn interval(schema: &'static str, id: String) -> Self {
        Self { texts: "summary", ..Self::thing(schema, id) }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Adds a value to a property; an empty one says nothing.
    pub(super) fn put(&mut self, property: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.properties.entry(property).or_default().push(value);
        }
    }

    /// Puts a column in a property that holds all of it.
    pub(super) fn tell(&mut self, row: &Row<'_>, column: &'static str, property: &'static str) {
        self.put(property, row.text(column));
        self.told.push(column);
    }

    /// Puts a date in a property, as far as one can hold it.
    pub(super) fn date(&mut self, row: &Row<'_>, column: &'static str, property: &'static str) {
        let when = match row.value(column) {
            Some(Value::When(when)) => *when,
            _ => When::UNRECORDED,
        };
        let (values, whole) = ftm::dates(when);
        for value in values {
            self.put(property, value);
        }
        if whole {
            self.told.push(column);
        }
    }

    /// Says that a column is told in another way.
    pub(super) fn pass(&mut self, columns: &[&'static str]) {
        self.told.extend(columns);
    }

    /// Adds a value of our own for a column.
    pub(super) fn note(&mut self, column: &str, text: &str) {
        let value = ftm::note(column, text);
        self.properties.entry(self.texts).or_default().push(value);
    }

    /// Adds a value of our own for each column that no property holds.
    pub(super) fn note_rest(&mut self, row: &Row<'_>) {
        for column in row.table.columns() {
            let text = row.text(column.name);
            // What is so where nothing is said needs no saying.
            let usual = column.name == "basis" && text == "fact";
            if !text.is_empty() && !usual && !self.told.contains(&column.name) {
                self.note(column.name, &text);
            }
        }
    }
}
