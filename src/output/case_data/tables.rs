//! A case as tables of the contract: CSV files, and JSON Lines.
//!
//! Cells are written as they are and read back as they were; what a spreadsheet would take for a formula is
//! not marked, because the mark would be read as a part of the text. So the tables say how many such cells they hold.

use std::io::{self, Write};

use csv::Writer;
use indexmap::IndexMap;

use super::super::csv::begins_formula;
use super::super::json_text::write_json_line;
use super::{CaseData, Row};
use crate::case::Table;

/// What is worth knowing of a table that was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableFile {
    /// How many rows it has.
    pub rows: usize,
    /// How many cells a spreadsheet would take for a formula.
    pub formulas: usize,
}

/// Writes one table as CSV, as the reader takes it.
///
/// # Errors
///
/// If `out` fails, or a text holds a zero byte, which no file of CSV can.
pub fn write_csv_table(
    data: &CaseData<'_>,
    table: Table,
    out: &mut dyn Write,
) -> io::Result<TableFile> {
    let names: Vec<String> = data.attribute_names_in_order(table);
    let mut writer = Writer::from_writer(out);
    let columns = table.columns().iter().map(|column| column.name);
    writer.write_record(columns.chain(names.iter().map(String::as_str)))?;
    let mut written = TableFile::default();
    for row in data.rows(table) {
        let own = names.iter().map(|name| {
            let found = row.attributes.iter().find(|(column, _)| column == name);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        });
        let cells: Vec<_> = row.values.iter().map(super::Value::text).chain(own).collect();
        if cells.iter().any(|cell| cell.contains('\0')) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!(
                    "a zero byte in row {} of {table}, which CSV cannot hold; write `.jsonl`",
                    row.number + 1
                ),
            ));
        }
        written.rows += 1;
        written.formulas += cells.iter().filter(|cell| begins_formula(cell)).count();
        writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
    }
    writer.flush()?;
    Ok(written)
}

/// Writes all tables as JSON Lines, as the reader takes them.
///
/// # Errors
///
/// If `out` fails.
pub fn write_json_lines(data: &CaseData<'_>, out: &mut dyn Write) -> io::Result<()> {
    for table in data.tables() {
        for row in data.rows(table) {
            write_json_line(&members(&row), out)?;
        }
    }
    Ok(())
}

/// The filled cells of a row by name.
fn members<'r>(row: &'r Row<'_>) -> IndexMap<&'r str, String> {
    let mut members = IndexMap::new();
    members.insert("table", row.table.name().to_owned());
    let cells = row.table.columns().iter().zip(&row.values);
    members.extend(cells.map(|(column, value)| (column.name, value.text().into_owned())));
    members.extend(
        row.attributes.iter().map(|(name, text)| (name.as_ref(), text.clone().into_owned())),
    );
    members.retain(|_, text| !text.is_empty());
    members
}

impl CaseData<'_> {
    pub(super) fn attribute_names_in_order(&self, table: Table) -> Vec<String> {
        let mut names: Vec<String> = self.attribute_names(table).into_values().collect();
        names.sort_unstable();
        names
    }
}
