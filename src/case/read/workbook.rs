//! Rows from a workbook (`.xlsx`): a sheet a table.

use std::io::Cursor;
use std::thread;

use calamine::{Data, DataRef, Reader as _, Xlsx};
use jiff::civil::DateTime;

use super::super::limits::Limits;
use super::text_rows::{Cells, TextRow};
use super::workbook_parts::check_parts;
use crate::error::{Error, Position, Result, excerpt};

/// A sheet: its name, its header, and its rows.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) header: Vec<String>,
    pub(super) header_line: u32,
    pub(super) rows: Vec<TextRow>,
}

/// As many columns as a sheet of a spreadsheet program has.
const LAST_COLUMN: u32 = 16_384;

/// The cells of one row that hold something: each with its column.
type SparseRow = Vec<(u32, String)>;

/// All sheets that hold anything, in the order of the workbook.
///
/// Cells are read one by one: the size that a sheet states for itself is not believed.
pub(super) fn sheets(bytes: &[u8], file: &str, limits: Limits) -> Result<Vec<Sheet>> {
    check_parts(bytes, limits, file)?;
    let read = || read_sheets(bytes, file, limits);
    // The library that reads workbooks panics on some damaged ones, as where a cell's number
    // overflows. A thread of its own contains that: it shares nothing but the bytes, and these
    // it cannot change.
    thread::scope(|scope| {
        let reading = thread::Builder::new().name(WORKBOOK_THREAD.into()).spawn_scoped(scope, read);
        let reading = reading.map_err(|error| Error::io(file, "start a thread to read", error))?;
        reading.join().unwrap_or_else(|_| Err(bad(file, "a damaged workbook")))
    })
}

/// The name of the thread that reads workbooks; when it panics, the workbook is damaged, and an
/// error says so.
pub const WORKBOOK_THREAD: &str = "kluwen-workbook";

fn read_sheets(bytes: &[u8], file: &str, limits: Limits) -> Result<Vec<Sheet>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| bad(file, &error.to_string()))?;
    let mut sheets = Vec::new();
    let mut held = Held { bytes: 0, limits };
    for name in book.sheet_names() {
        let rows = rows(&mut book, &name, &format!("{file}#{name}"), &mut held)?;
        sheets.extend(sheet(name, rows));
    }
    Ok(sheets)
}

pub(super) fn bad(file: &str, found: &str) -> Error {
    let position = Position { file: file.into(), ..Position::default() };
    Error::data(position, excerpt(found), "a workbook that a spreadsheet program can open")
}

/// Counts what the cells hold: one text may stand in many of them.
struct Held {
    bytes: u64,
    limits: Limits,
}

impl Held {
    fn add(&mut self, text: &str, file: &str) -> Result<()> {
        const BESIDE: u64 = 32;
        self.bytes += text.len() as u64 + BESIDE;
        self.limits.check_held(self.bytes, file)
    }
}

/// The cells of a sheet, by row as the sheet numbers them.
fn rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    file: &str,
    held: &mut Held,
) -> Result<Vec<(u32, SparseRow)>> {
    let damaged = |error: calamine::XlsxError| bad(file, &error.to_string());
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut rows: Vec<(u32, SparseRow)> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        held.add(&text, file)?;
        if column >= LAST_COLUMN {
            return Err(bad(file, "a cell beyond the last column"));
        }
        if column as usize >= held.limits.columns {
            let line = line(row).into();
            let position = Position { file: file.into(), line, column: String::new() };
            held.limits.check_columns(column as usize + 1, &position)?;
        }
        match rows.last_mut() {
            Some((last, fields)) if *last == row => {
                if fields.last().is_some_and(|&(before, _)| before >= column) {
                    return Err(bad(file, "cells out of their order"));
                }
                fields.push((column, text));
            }
            Some((last, _)) if *last > row => return Err(bad(file, "rows out of their order")),
            _ => rows.push((row, vec![(column, text)])),
        }
    }
    Ok(rows)
}

fn sheet(name: String, rows: Vec<(u32, SparseRow)>) -> Option<Sheet> {
    let mut rows = rows.into_iter();
    let (header_row, names) = rows.next()?;
    let width = names.last().map_or(0, |&(last, _)| last as usize + 1);
    let mut header = vec![String::new(); width];
    for (column, name) in names {
        name.trim().clone_into(&mut header[column as usize]);
    }
    let rows = rows.map(|(row, fields)| TextRow {
        line: line(row),
        fields: Cells::new(width, fields),
        ..TextRow::default()
    });
    Some(Sheet { name, header, header_line: line(header_row), rows: rows.collect() })
}

fn line(row: u32) -> u32 {
    row.saturating_add(1)
}

/// A cell as the contract's CSV would have it: whole numbers without a point, dates year first.
fn text(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Float(number) => digits(number),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
            let moment = i16::try_from(year).ok().and_then(|year| {
                let [month, day, hour, minute, second] =
                    [month, day, hour, minute, second].map(|part| i8::try_from(part).unwrap_or(-1));
                DateTime::new(year, month, day, hour, minute, second, i32::from(milli) * 1_000_000)
                    .ok()
            });
            moment.map_or_else(|| date.as_f64().to_string(), day_or_moment)
        }
        Data::DateTimeIso(written) => {
            written.parse::<DateTime>().map_or_else(|_| written.clone(), day_or_moment)
        }
        Data::Empty => String::new(),
        Data::Bool(truth) => if truth { "yes" } else { "no" }.into(),
        other => other.to_string(),
    }
}

/// A day; with its time where it has one, so that a column of days refuses it rather than cuts it.
fn day_or_moment(moment: DateTime) -> String {
    if moment.time() == jiff::civil::Time::midnight() {
        moment.date().to_string()
    } else {
        moment.to_string()
    }
}

/// A number, as long as all its digits were kept: a spreadsheet keeps fifteen.
fn digits(number: f64) -> String {
    const KEPT: f64 = 1e15;
    if number.abs() < KEPT {
        return number.to_string();
    }
    format!("{number:E}").replace('E', "E+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_which_digits_were_lost_says_so() {
        assert_eq!(digits(491_512_345_678.0), "491512345678");
        assert_eq!(digits(0.5), "0.5");
        assert_eq!(digits(491_512_345_678_901_200.0), "4.915123456789012E+17");
    }
}
