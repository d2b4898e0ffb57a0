//! Rows on their way out, before anybody knows in what form.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, csv, json, table};
use crate::untrusted::Untrusted;

/// What one cell of a [`Sheet`] holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Text of a case or of ours, as it is: each form of output makes it safe in its own way.
    Text(Untrusted),
    /// A finite number.
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// Nothing: not recorded, or too little to say.
    Missing,
}

/// Named columns and rows of cells.
///
/// # Examples
///
/// ```
/// use kluwen::output::{Format, Sheet};
///
/// let mut sheet = Sheet::new(["rank", "entity", "recurrence"]);
/// sheet.push([1.into(), "E12".into(), 0.97.into()]);
/// let mut out = Vec::new();
/// sheet.write(Format::Csv, &mut out)?;
/// assert_eq!(out, b"rank,entity,recurrence\n1,E12,0.97\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub(super) columns: Vec<Untrusted>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A sheet without rows.
    pub fn new<S: Into<Untrusted>>(columns: impl IntoIterator<Item = S>) -> Self {
        Self { columns: columns.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    ///
    /// If the row has another number of cells than there are columns.
    pub fn push(&mut self, row: impl IntoIterator<Item = Cell>) {
        let row: Vec<Cell> = row.into_iter().collect();
        assert_eq!(row.len(), self.columns.len(), "a cell for each column");
        self.rows.push(row);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the sheet in the form asked for.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Table => table::write(self, out),
            Format::Json => json::write(self, out),
            Format::Jsonl => json::write_lines(self, out),
            Format::Csv => csv::write(self, out),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Untrusted> for Cell {
    fn from(text: Untrusted) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    /// A number that is not finite is missing.
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Missing }
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<usize> for Cell {
    /// A count past the range of [`i64`] stays at its end.
    fn from(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}
