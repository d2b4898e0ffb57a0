//! Sheets as JSON: text unchanged, numbers in the shortest form that reads back the same.

use std::io::{self, Write};

use indexmap::IndexMap;

use super::json_text::{write_json, write_json_line};
use super::sheet::{Cell, Sheet};
use crate::untrusted::Untrusted;

/// One array, a row an object.
pub(super) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = records(sheet).collect();
    write_json(&rows, out)
}

/// A row an object, an object a line.
pub(super) fn write_lines(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    records(sheet).try_for_each(|record| write_json_line(&record, out))
}

/// The rows, each cell under its column's name, in the order of the columns.
fn records(sheet: &Sheet) -> impl Iterator<Item = IndexMap<&Untrusted, &Cell>> {
    let rows = sheet.rows.iter();
    rows.map(move |row| sheet.columns.iter().zip(row).collect())
}
