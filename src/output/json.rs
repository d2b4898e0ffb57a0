//! Sheets as JSON: text unchanged, numbers in the shortest form that reads back the same.

use std::io::{self, Write};

use indexmap::IndexMap;

use super::sheet::{Cell, Sheet};

/// One array, a row an object.
pub(super) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = records(sheet).collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    out.write_all(b"\n")
}

/// A row an object, an object a line.
pub(super) fn write_lines(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    for record in records(sheet) {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The rows, each cell under its column's name, in the order of the columns.
fn records(sheet: &Sheet) -> impl Iterator<Item = IndexMap<&str, &Cell>> {
    let columns = || sheet.columns.iter().map(String::as_str);
    let rows = sheet.rows.iter();
    rows.map(move |row| columns().zip(row).collect())
}
