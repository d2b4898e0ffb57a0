//! A table of a case as Parquet: a column a column, with dates and numbers as what they are.
//!
//! Beside the columns of the contract stand `certainty`, and for each date the first and the last day on which it can lie
//! (`start_earliest`, `start_latest`): what the reader made of grades and dates, for tools that do not know them. `row_file` and
//! `row_line` say where the row was read from, and `row_number` its place in the table, so that findings on these tables name the same rows.

use std::io::{self, Write};

use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedColumnWriter;

use super::cells::assertion;
use super::disclosure::Value;
use super::{CaseData, Row};
use crate::case::{CERTAINTY, Case, Day, ROW_FILE, ROW_LINE, ROW_NUMBER, Table};
use crate::output::parquet::{CellType, ParquetFile, no_such_column, put};

/// Rows that are held at a time.
const GROUP: usize = 1 << 16;

/// Writes one table as Parquet; every column may be empty.
///
/// - **Cost**: rows are held 65,536 at a time.
///
/// # Errors
///
/// If `out` fails.
pub fn write_parquet(data: &CaseData<'_>, table: Table, out: &mut dyn Write) -> io::Result<usize> {
    let columns = columns(data, table);
    let typed = columns.iter().map(|column| (column.name.as_str(), column.holds.cells()));
    let mut file = ParquetFile::new(typed, &[], out)?;
    let mut rows = data.rows(table).peekable();
    let mut count = 0;
    while rows.peek().is_some() {
        let rows: Vec<Row<'_>> = rows.by_ref().take(GROUP).collect();
        count += rows.len();
        file.group(|place, writer| columns[place].write(data.case, &rows, writer))?;
    }
    file.finish()?;
    Ok(count)
}

/// A column: its name, and what of a row stands in it.
#[derive(Clone, Debug)]
struct Column {
    name: String,
    holds: Holds,
}

#[derive(Clone, Debug)]
enum Holds {
    /// The text of a column of the contract, by its place.
    Text(usize),
    /// A number of the contract.
    Number(usize),
    /// The first day of a date.
    Earliest(usize),
    /// The last day of a date.
    Latest(usize),
    Certainty,
    /// The file that the row was read from.
    File,
    /// The line in that file.
    Line,
    /// The place of the row in the table.
    Place,
    /// A column of the table's own, by its name.
    Own(String),
}

fn columns(data: &CaseData<'_>, table: Table) -> Vec<Column> {
    let mut columns = Vec::new();
    for (at, column) in table.columns().iter().enumerate() {
        let mut add = |name: String, holds| columns.push(Column { name, holds });
        match column.name {
            "lat" | "lon" | "count" => add(column.name.into(), Holds::Number(at)),
            "birth" | "opened" | "closed" | "retain_until" | "start" | "end" | "posted"
            | "last_seen" => {
                add(column.name.into(), Holds::Text(at));
                add(format!("{}_earliest", column.name), Holds::Earliest(at));
                add(format!("{}_latest", column.name), Holds::Latest(at));
            }
            name => add(name.into(), Holds::Text(at)),
        }
    }
    let mut beside = |name: &str, holds| columns.push(Column { name: name.into(), holds });
    beside(CERTAINTY, Holds::Certainty);
    beside(ROW_FILE, Holds::File);
    beside(ROW_LINE, Holds::Line);
    beside(ROW_NUMBER, Holds::Place);
    for name in data.attribute_names_in_order(table) {
        let mut free = name.clone();
        while columns.iter().any(|column| column.name == free) {
            free.push_str("_own");
        }
        columns.push(Column { name: free, holds: Holds::Own(name) });
    }
    columns
}

impl Holds {
    fn cells(&self) -> CellType {
        match self {
            Self::Text(_) | Self::Own(_) | Self::File => CellType::Text,
            Self::Line | Self::Place => CellType::Long,
            Self::Number(_) | Self::Certainty => CellType::Double,
            Self::Earliest(_) | Self::Latest(_) => CellType::Date,
        }
    }
}

impl Column {
    fn write(
        &self,
        case: &Case,
        rows: &[Row<'_>],
        writer: &mut SerializedColumnWriter<'_>,
    ) -> Result<(), ParquetError> {
        let rows = rows.iter();
        match writer.untyped() {
            ColumnWriter::ByteArrayColumnWriter(own) => {
                put(own, rows.map(|row| self.text(case, row)))
            }
            ColumnWriter::Int64ColumnWriter(own) => put(own, rows.map(|row| self.place(case, row))),
            ColumnWriter::DoubleColumnWriter(own) => {
                put(own, rows.map(|row| self.number(case, row)))
            }
            ColumnWriter::Int32ColumnWriter(own) => {
                put(own, rows.map(|row| self.day(row).map(Day::number)))
            }
            _ => Err(no_such_column()),
        }
    }

    fn place(&self, case: &Case, row: &Row<'_>) -> Option<i64> {
        match self.holds {
            Holds::Line => Some(assertion(case, row.table, row.number).line.into()),
            Holds::Place => i64::try_from(row.number).ok(),
            _ => None,
        }
    }

    fn text(&self, case: &Case, row: &Row<'_>) -> Option<ByteArray> {
        let text = match &self.holds {
            Holds::Text(at) => row.values.get(*at)?.text(),
            Holds::Own(own) => {
                let found = row.attributes.iter().find(|(name, _)| name == own);
                found.map(|(_, text)| text.clone())?
            }
            Holds::File => case.file_of(assertion(case, row.table, row.number)).into(),
            _ => return None,
        };
        (!text.is_empty()).then(|| ByteArray::from(text.as_bytes().to_vec()))
    }

    fn number(&self, case: &Case, row: &Row<'_>) -> Option<f64> {
        match (&self.holds, self.value(row)) {
            (Holds::Certainty, _) => Some(assertion(case, row.table, row.number).certainty),
            (_, Some(Value::Number(number))) => Some(*number),
            // An empty count is 1.
            _ if self.name == "count" => Some(1.0),
            _ => None,
        }
    }

    fn day(&self, row: &Row<'_>) -> Option<Day> {
        match (&self.holds, self.value(row)) {
            (Holds::Earliest(_), Some(Value::When(when))) => when.earliest(),
            (Holds::Latest(_), Some(Value::When(when))) => when.latest(),
            _ => None,
        }
    }

    fn value<'r>(&self, row: &'r Row<'_>) -> Option<&'r Value<'r>> {
        match self.holds {
            Holds::Text(at) | Holds::Number(at) | Holds::Earliest(at) | Holds::Latest(at) => {
                row.values.get(at)
            }
            _ => None,
        }
    }
}
