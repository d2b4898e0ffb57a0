//! Sheets as aligned columns for a terminal.

use std::io::{self, Write};

use super::sheet::{Cell, Sheet};
use crate::error::printable;
use crate::untrusted::Untrusted;

/// A header and the rows, two spaces between columns, numbers to the right.
pub(super) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let header = sheet.columns.iter().map(safe).collect();
    let rows = sheet.rows.iter().map(|row| row.iter().map(shown).collect());
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    let columns: Vec<Layout> =
        (0..sheet.columns.len()).map(|column| Layout::of(sheet, &lines, column)).collect();
    for line in &lines {
        let cells = line.iter().zip(&columns);
        let padded: Vec<String> = cells.map(|(cell, column)| column.pad(cell)).collect();
        writeln!(out, "{}", padded.join("  ").trim_end())?;
    }
    Ok(())
}

/// Cells that are longer push their own line out, and no other.
const WIDEST: usize = 200;

/// How a column is set.
struct Layout {
    width: usize,
    to_the_right: bool,
}

impl Layout {
    fn of(sheet: &Sheet, lines: &[Vec<String>], column: usize) -> Self {
        let widths = lines.iter().map(|line| width(&line[column]));
        let mut cells = sheet.rows.iter().map(|row| &row[column]);
        Self {
            width: widths.max().unwrap_or(0).min(WIDEST),
            to_the_right: cells.all(|cell| !matches!(cell, Cell::Text(_))),
        }
    }

    fn pad(&self, cell: &str) -> String {
        let space = " ".repeat(self.width.saturating_sub(width(cell)));
        if self.to_the_right { space + cell } else { cell.to_owned() + &space }
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Text with nothing in it that acts on a terminal.
fn safe(text: &Untrusted) -> String {
    text.through(printable)
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Number(number) => short(*number),
        Cell::Integer(number) => number.to_string(),
        Cell::Missing => "–".into(),
    }
}

/// Three decimals are as many as anybody compares by eye; the other forms have them all.
fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    let trimmed = text.trim_end_matches('0').trim_end_matches('.');
    let zero = trimmed.trim_start_matches('-') == "0";
    if zero && number != 0.0 {
        return format!("{number:.1e}");
    }
    trimmed.into()
}
