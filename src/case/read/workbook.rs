//! Rows from a workbook (`.xlsx`): a sheet a table.

use std::io::{Read, Seek};

use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxError};
use jiff::civil::DateTime;

use super::text_rows::TextRow;
use crate::error::{Error, Position, Result};

/// A sheet: its name, its header, and its rows.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<TextRow>,
}

/// No sheet of a spreadsheet program is larger.
const COLUMNS: usize = 16_384;

/// All sheets that hold anything, in the order of the workbook.
///
/// Cells are read one by one: the size that a sheet states for itself is not believed.
pub(super) fn sheets<F: Read + Seek>(input: F, file: &str) -> Result<Vec<Sheet>> {
    let mut book: Xlsx<F> = Xlsx::new(input).map_err(|error| bad(file, &error))?;
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    for name in names {
        let rows =
            rows(&mut book, &name).map_err(|error| bad(&format!("{file}#{name}"), &error))?;
        sheets.extend(sheet(name, rows));
    }
    Ok(sheets)
}

fn bad(file: &str, error: &XlsxError) -> Error {
    let position = Position { file: file.into(), ..Position::default() };
    Error::data(position, error.to_string(), "a workbook that a spreadsheet program can open")
}

/// The cells of a sheet, by row as the sheet numbers them.
fn rows<F: Read + Seek>(
    book: &mut Xlsx<F>,
    name: &str,
) -> std::result::Result<Vec<(u32, Vec<String>)>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let column = (column as usize).min(COLUMNS - 1);
        if rows.last().is_none_or(|&(last, _)| last != row) {
            rows.push((row, Vec::new()));
        }
        let (_, fields) = rows.last_mut().expect("a row was pushed");
        if fields.len() <= column {
            fields.resize(column + 1, String::new());
        }
        fields[column] = text(cell.get_value());
    }
    Ok(rows)
}

fn sheet(name: String, rows: Vec<(u32, Vec<String>)>) -> Option<Sheet> {
    let filled = |fields: &[String]| fields.iter().any(|field| !field.is_empty());
    let mut rows = rows.into_iter().filter(|(_, fields)| filled(fields));
    let (_, mut header) = rows.next()?;
    while header.last().is_some_and(String::is_empty) {
        header.pop();
    }
    let width = header.len();
    let rows = rows.map(|(row, mut fields)| {
        while fields.len() > width && fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        fields.resize(fields.len().max(width), String::new());
        TextRow { line: row.saturating_add(1), fields, ..TextRow::default() }
    });
    Some(Sheet { name, header, rows: rows.collect() })
}

/// A cell as the contract's CSV would have it: whole numbers without a point, dates year first.
fn text(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Float(number) => number.to_string(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
            let moment = i16::try_from(year).ok().and_then(|year| {
                let [month, day, hour, minute, second] =
                    [month, day, hour, minute, second].map(|part| i8::try_from(part).unwrap_or(-1));
                DateTime::new(year, month, day, hour, minute, second, i32::from(milli) * 1_000_000)
                    .ok()
            });
            moment.map_or_else(|| date.as_f64().to_string(), |moment| moment.date().to_string())
        }
        Data::Empty => String::new(),
        Data::Bool(truth) => if truth { "yes" } else { "no" }.into(),
        other => other.to_string(),
    }
}
