//! Lists of nodes and edges as JSON, an item a line, so that no more than one of them is held.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::chart::Chart;
use super::columns::{Column, Value};
use crate::output::json_text::write_json_part;
use crate::untrusted::Untrusted;

/// Names and values in their order; what is missing is left out.
pub(super) struct Object<'m>(pub(super) Vec<(&'static str, Value<'m>)>);

impl<'m> Object<'m> {
    /// What `first` says, then all columns.
    pub(super) fn of<T>(
        first: impl IntoIterator<Item = (&'static str, Value<'m>)>,
        columns: &[Column<T>],
        chart: &Chart<'m>,
        place: usize,
        item: &'m T,
    ) -> Self {
        let columns = columns.iter().map(|column| (column.name, (column.of)(chart, place, item)));
        Self(first.into_iter().chain(columns).filter(|(_, value)| !value.is_missing()).collect())
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A list under a name, in braces that somebody else opens and closes.
pub(super) fn list<T: Serialize>(
    name: &str,
    items: impl Iterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "\"{name}\": [")?;
    for (number, item) in items.enumerate() {
        out.write_all(if number > 0 { b",\n" } else { b"\n" })?;
        write_json_part(&item, out)?;
    }
    out.write_all(b"\n]")
}

/// A text as a value.
pub(super) fn text<'m>(text: &Untrusted) -> Value<'m> {
    Value::Text(Cow::Owned(text.clone()))
}

/// A name that we make, as a value.
pub(super) fn made<'m>(name: String) -> Value<'m> {
    Value::Text(Cow::Owned(name.into()))
}
