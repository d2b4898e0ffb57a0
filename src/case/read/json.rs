//! Rows from JSON Lines: each line an object with `"table"` and the table's columns.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::fault::FaultClass;
use super::super::schema::Table;
use super::text_rows::{Broken, Cells, TextRow};
use crate::error::{excerpt, printable};

/// The members of an object, in the order of the line; a name that stands twice stays twice.
pub(super) struct Members<'a>(pub(super) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a `table` and its columns")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(name) = map.next_key::<Text<'de>>()? {
                    members.push((name.0, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// A text that is borrowed from the line where it holds no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

const OBJECT: &str = "one JSON object a line, with `table` and the table's columns";

/// Which table a line is of.
pub(super) fn table_of(line: &[u8]) -> Result<Table, (String, String)> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        table: Cow<'a, str>,
    }
    let text = utf8(line)?;
    if !text.starts_with('{') {
        return Err((format!("`{}`", excerpt(text)), OBJECT.into()));
    }
    let named: Named<'_> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    Table::parse(&named.table).ok_or_else(|| {
        let tables: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
        (format!("table `{}`", excerpt(&named.table)), format!("one of {}", tables.join(", ")))
    })
}

/// The row that a line holds.
pub(super) fn row(line: &[u8], number: u32, table: Table) -> TextRow {
    let mut row = TextRow { line: number, ..TextRow::default() };
    if let Err((column, (found, expected))) = fill(&mut row, line, table) {
        row.broken = Some(Broken { class: FaultClass::Json, column, found, expected });
    }
    row
}

type Bad = (String, (String, String));

fn fill(row: &mut TextRow, line: &[u8], table: Table) -> Result<(), Bad> {
    let whole = |bad| (String::new(), bad);
    let text = utf8(line).map_err(whole)?;
    let Members(members) = serde_json::from_str(text).map_err(|error| whole(broken(&error)))?;
    row.names = members.len();
    check_names(&members)?;
    let columns = table.columns();
    let mut fields = Vec::with_capacity(members.len());
    for (name, value) in members.into_iter().filter(|(name, _)| name != "table") {
        let text = cell(value.get()).map_err(|bad| (name.to_string(), bad))?;
        match (0..).zip(columns).find(|(_, column)| column.name == name) {
            Some((column, _)) => fields.push((column, text)),
            None => row.extras.push((name.into_owned(), text)),
        }
    }
    row.fields = Cells::new(columns.len(), fields);
    Ok(())
}

/// Each name stands once.
pub(super) fn check_names(members: &[(Cow<'_, str>, &RawValue)]) -> Result<(), Bad> {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_ref()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Ok(()),
        Some(pair) => {
            let expected = "each name once in an object".into();
            Err((pair[0].to_owned(), ("a name that stands twice".into(), expected)))
        }
    }
}

pub(super) fn utf8(line: &[u8]) -> Result<&str, (String, String)> {
    std::str::from_utf8(line)
        .map_err(|_| ("bytes that are not UTF-8".into(), "JSON in UTF-8".into()))
}

fn broken(error: &serde_json::Error) -> (String, String) {
    not_json(error, OBJECT)
}

/// What is wrong with a line that should have been `expected`.
pub(super) fn not_json(error: &serde_json::Error, expected: &str) -> (String, String) {
    // The parser counts lines within this one, and quotes all that it finds.
    const SHOWN: usize = 100;
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = said.strip_suffix(&place).unwrap_or(&said);
    let mut found = printable(&what.chars().take(SHOWN).collect::<String>());
    if what.chars().nth(SHOWN).is_some() {
        found.push('…');
    }
    if error.column() > 0 {
        found = format!("{found} at byte {} of the line", error.column());
    }
    (found, expected.into())
}

/// A value as a cell has it: a list becomes `a;b`, true and false become yes and no, and a number
/// stays as it is written, because an id of twenty digits is not a float.
fn cell(json: &str) -> Result<String, (String, String)> {
    match json.as_bytes().first() {
        Some(b'"') => serde_json::from_str(json).map_err(|error| broken(&error)),
        Some(b'[') => {
            let parts: Vec<&RawValue> =
                serde_json::from_str(json).map_err(|error| broken(&error))?;
            let parts: Result<Vec<String>, _> =
                parts.iter().map(|part| scalar(part.get())).collect();
            parts.map(|parts| parts.join(";"))
        }
        _ => scalar(json),
    }
}

fn scalar(json: &str) -> Result<String, (String, String)> {
    match json {
        "null" => Ok(String::new()),
        "true" => Ok("yes".into()),
        "false" => Ok("no".into()),
        _ if json.starts_with('"') => serde_json::from_str(json).map_err(|error| broken(&error)),
        _ if json.starts_with(['{', '[']) => {
            Err(("an object or list inside".into(), "a text, a number, or a list of them".into()))
        }
        number => Ok(number.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> TextRow {
        row(line.as_bytes(), 3, Table::Links)
    }

    fn field(row: &TextRow, name: &str) -> String {
        let column = Table::Links.columns().iter().position(|column| column.name == name);
        row.fields.text(column.unwrap()).to_owned()
    }

    #[test]
    fn a_long_number_keeps_its_digits() {
        let row = read(r#"{"table":"links","from":49151200000012345678901,"count":2,"to":"a\"b"}"#);
        assert_eq!(field(&row, "from"), "49151200000012345678901");
        assert_eq!(field(&row, "to"), "a\"b");
    }

    #[test]
    fn lists_and_unknown_names_are_kept() {
        let row = read(r#"{"table":"links","means":["debt","threat"],"phase":3}"#);
        assert_eq!(field(&row, "means"), "debt;threat");
        assert_eq!(row.extras, [("phase".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn what_is_no_row_says_so() {
        for line in ["{", "[]", r#"{"table":"links","from":{}}"#, r#"{"from":"a","from":"b"}"#] {
            assert!(read(line).broken.is_some(), "{line}");
        }
        assert!(table_of(br#"{"table":"peeple"}"#).is_err());
        assert_eq!(table_of(br#"{"table":"people"}"#), Ok(Table::People));
    }
}
