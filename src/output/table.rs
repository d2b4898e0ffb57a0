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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stands_to_the_left_and_numbers_to_the_right() -> io::Result<()> {
        let mut sheet = Sheet::new(["who", "files", "until"]);
        sheet.push([Cell::Text("Bö\u{1b}".into()), Cell::Integer(10), Cell::Text("2019".into())]);
        sheet.push([Cell::Text("é".into()), Cell::Missing, Cell::Text("".into())]);
        let mut out = Vec::new();
        write(&sheet, &mut out)?;
        let lines = "who       files  until\nBö\\u{1b}     10  2019\né             –\n";
        assert_eq!(String::from_utf8(out).as_deref(), Ok(lines));
        Ok(())
    }

    #[test]
    fn a_long_cell_pushes_out_its_own_line_only() -> io::Result<()> {
        let mut sheet = Sheet::new(["a", "b"]);
        let long = "x".repeat(300);
        sheet.push([Cell::Text(long.as_str().into()), Cell::Integer(1)]);
        let mut out = Vec::new();
        write(&sheet, &mut out)?;
        let expected = format!("a{}  b\n{long}  1\n", " ".repeat(199));
        assert_eq!(String::from_utf8(out), Ok(expected));
        Ok(())
    }

    #[test]
    fn a_number_has_three_decimals_and_a_small_one_is_not_nothing() {
        let all = [0.0, 0.5, 12.0, 0.123_45, -0.0004, 0.000_12].map(short);
        assert_eq!(all, ["0", "0.5", "12", "0.123", "-4.0e-4", "1.2e-4"]);
    }
}
