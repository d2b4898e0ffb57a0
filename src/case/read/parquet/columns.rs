//! The cells of one column, as texts or numbers.

use parquet::basic::{LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::schema::types::ColumnDescriptor;

use super::super::super::date::Day;
use super::bad;
use crate::error::{Error, Position, Result, printable};

/// A column that is being read.
pub(super) struct Cells<'f> {
    reader: ColumnReader,
    is_day: bool,
    column: String,
    file: &'f str,
}

/// Some cells of a column.
pub(super) struct Values<'f> {
    cells: Kind,
    is_day: bool,
    column: String,
    file: &'f str,
}

enum Kind {
    Texts(Vec<Option<ByteArray>>),
    Wholes(Vec<Option<i64>>),
    Reals(Vec<Option<f64>>),
    /// Numbers of half the width have other digits.
    Short(Vec<Option<f32>>),
    Truths(Vec<Option<bool>>),
}

/// Refuses a column whose cells are no texts, numbers or days.
pub(super) fn check_type(column: &ColumnDescriptor, file: &str) -> Result<()> {
    let simple = column.max_rep_level() == 0
        && column.max_def_level() <= 1
        && column.path().parts().len() == 1;
    let known = match column.physical_type() {
        Physical::BYTE_ARRAY => {
            !matches!(column.logical_type_ref(), Some(LogicalType::Decimal { .. }))
        }
        Physical::INT32 => matches!(
            column.logical_type_ref(),
            None | Some(LogicalType::Date | LogicalType::Integer { .. })
        ),
        Physical::INT64 => {
            matches!(column.logical_type_ref(), None | Some(LogicalType::Integer { .. }))
        }
        Physical::DOUBLE | Physical::FLOAT | Physical::BOOLEAN => true,
        Physical::INT96 | Physical::FIXED_LEN_BYTE_ARRAY => false,
    };
    if simple && known {
        return Ok(());
    }
    let position =
        Position { file: file.into(), column: printable(column.name()), ..Position::default() };
    let found = "a column of lists, groups, moments or decimal numbers";
    Err(Error::data(position, found, "texts, whole or real numbers, or days; cast the column"))
}

impl<'f> Cells<'f> {
    pub(super) fn new(reader: ColumnReader, column: &ColumnDescriptor, file: &'f str) -> Self {
        let is_day = column.physical_type() == Physical::INT32
            && matches!(column.logical_type_ref(), Some(LogicalType::Date));
        Self { reader, is_day, column: column.name().to_owned(), file }
    }

    /// The next cells, at most so many; fewer at the end of the group.
    pub(super) fn next(&mut self, most: usize) -> Result<Values<'f>> {
        let file = self.file;
        let cells = match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(own) => Kind::Texts(cells(own, most, file)?),
            ColumnReader::Int32ColumnReader(own) => {
                let wholes = cells(own, most, file)?;
                Kind::Wholes(wholes.into_iter().map(|cell| cell.map(i64::from)).collect())
            }
            ColumnReader::Int64ColumnReader(own) => Kind::Wholes(cells(own, most, file)?),
            ColumnReader::DoubleColumnReader(own) => Kind::Reals(cells(own, most, file)?),
            ColumnReader::FloatColumnReader(own) => Kind::Short(cells(own, most, file)?),
            ColumnReader::BoolColumnReader(own) => Kind::Truths(cells(own, most, file)?),
            _ => return Err(bad(file, "a type that no column has")),
        };
        Ok(Values { cells, is_day: self.is_day, column: self.column.clone(), file })
    }
}

/// The next cells of a column of one type.
fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    most: usize,
    file: &str,
) -> Result<Vec<Option<T::T>>> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let read = reader.read_records(most, Some(&mut levels), None, &mut values);
    let (records, filled, _) = read.map_err(|error| bad(file, &error.to_string()))?;
    if filled != values.len() {
        return Err(bad(file, "fewer values than cells"));
    }
    if levels.is_empty() {
        return Ok(values.into_iter().map(Some).collect());
    }
    let mut values = values.into_iter();
    let cells: Vec<Option<T::T>> =
        levels.iter().map(|&level| if level > 0 { values.next() } else { None }).collect();
    if cells.len() == records && cells.iter().flatten().count() == filled {
        return Ok(cells);
    }
    Err(bad(file, "fewer values than cells"))
}

impl Values<'_> {
    pub(super) fn len(&self) -> usize {
        match &self.cells {
            Kind::Texts(cells) => cells.len(),
            Kind::Wholes(cells) => cells.len(),
            Kind::Reals(cells) => cells.len(),
            Kind::Short(cells) => cells.len(),
            Kind::Truths(cells) => cells.len(),
        }
    }

    /// Every cell that holds something, as the contract's CSV would have it.
    pub(super) fn texts(&self, mut give: impl FnMut(usize, String)) -> Result<()> {
        match &self.cells {
            Kind::Texts(cells) => {
                for (row, cell) in filled(cells) {
                    let text = std::str::from_utf8(cell.data());
                    give(row, text.map_err(|_| self.not_text())?.to_owned());
                }
            }
            Kind::Wholes(cells) => {
                for (row, &cell) in filled(cells) {
                    let day = i32::try_from(cell).ok().filter(|_| self.is_day);
                    let text = day.map(|day| Day::from_number(day).to_string());
                    give(row, text.unwrap_or_else(|| cell.to_string()));
                }
            }
            Kind::Reals(cells) => filled(cells).for_each(|(row, cell)| give(row, cell.to_string())),
            Kind::Short(cells) => filled(cells).for_each(|(row, cell)| give(row, cell.to_string())),
            Kind::Truths(cells) => {
                filled(cells)
                    .for_each(|(row, &cell)| give(row, if cell { "yes" } else { "no" }.into()));
            }
        }
        Ok(())
    }

    pub(super) fn reals(&self, mut give: impl FnMut(usize, f64)) -> Result<()> {
        match &self.cells {
            Kind::Reals(cells) => filled(cells).for_each(|(row, &cell)| give(row, cell)),
            _ => return Err(self.other_than("real numbers (DOUBLE)")),
        }
        Ok(())
    }

    pub(super) fn wholes(&self, mut give: impl FnMut(usize, i64) -> Result<()>) -> Result<()> {
        match &self.cells {
            Kind::Wholes(cells) => filled(cells).try_for_each(|(row, &cell)| give(row, cell)),
            _ => Err(self.other_than("whole numbers (BIGINT)")),
        }
    }

    fn not_text(&self) -> Error {
        Error::data(self.position(), "bytes that are not UTF-8", "text in UTF-8")
    }

    fn other_than(&self, expected: &str) -> Error {
        Error::data(self.position(), "cells of another type", expected)
    }

    fn position(&self) -> Position {
        Position { file: self.file.into(), column: printable(&self.column), ..Position::default() }
    }
}

fn filled<T>(cells: &[Option<T>]) -> impl Iterator<Item = (usize, &T)> {
    cells.iter().enumerate().filter_map(|(row, cell)| cell.as_ref().map(|cell| (row, cell)))
}
