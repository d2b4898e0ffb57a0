//! A table of a case as Parquet: a column a column, with dates and numbers as what they are.
//!
//! Beside the columns of the contract stand `certainty`, and for each date the first and the last day on which it can lie
//! (`start_earliest`, `start_latest`): what the reader made of grades and dates, for tools that do not know them.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::cells::certainty;
use super::disclosure::Value;
use super::{CaseData, Row};
use crate::case::{Case, Day, Table};

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
    let held = Held::default();
    let properties = WriterProperties::builder()
        .set_created_by(concat!("kluwen version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .build();
    let schema = schema(&columns).map_err(failed)?;
    let mut file =
        SerializedFileWriter::new(held.clone(), schema, Arc::new(properties)).map_err(failed)?;
    let mut rows = data.rows(table).peekable();
    let mut count = 0;
    while rows.peek().is_some() {
        let rows: Vec<Row<'_>> = rows.by_ref().take(GROUP).collect();
        count += rows.len();
        let mut group = file.next_row_group().map_err(failed)?;
        for column in &columns {
            if let Some(writer) = group.next_column().map_err(failed)? {
                column.write(data.case, &rows, writer).map_err(failed)?;
            }
        }
        group.close().map_err(failed)?;
        held.pass_on(out)?;
    }
    file.close().map_err(failed)?;
    held.pass_on(out)?;
    Ok(count)
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
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
    columns.push(Column { name: "certainty".into(), holds: Holds::Certainty });
    for name in data.attribute_names_in_order(table) {
        let mut free = name.clone();
        while columns.iter().any(|column| column.name == free) {
            free.push_str("_own");
        }
        columns.push(Column { name: free, holds: Holds::Own(name) });
    }
    columns
}

fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.holds {
            Holds::Text(_) | Holds::Own(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Holds::Number(_) | Holds::Certainty => (Physical::DOUBLE, None),
            Holds::Earliest(_) | Holds::Latest(_) => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(&column.name, physical);
        field.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder("schema").with_fields(fields).build().map(Arc::new)
}

impl Column {
    fn write(
        &self,
        case: &Case,
        rows: &[Row<'_>],
        mut writer: SerializedColumnWriter<'_>,
    ) -> Result<(), ParquetError> {
        match writer.untyped() {
            ColumnWriter::ByteArrayColumnWriter(own) => put(own, rows, |row| self.text(row))?,
            ColumnWriter::DoubleColumnWriter(own) => put(own, rows, |row| self.number(case, row))?,
            ColumnWriter::Int32ColumnWriter(own) => {
                put(own, rows, |row| self.day(row).map(Day::number))?;
            }
            _ => return Err(ParquetError::General("a type that no column has".into())),
        }
        writer.close()
    }

    fn text(&self, row: &Row<'_>) -> Option<ByteArray> {
        let text = match &self.holds {
            Holds::Text(at) => row.values.get(*at)?.text(),
            Holds::Own(own) => {
                let found = row.attributes.iter().find(|(name, _)| name == own);
                found.map(|(_, text)| text.clone())?
            }
            _ => return None,
        };
        (!text.is_empty()).then(|| ByteArray::from(text.as_bytes().to_vec()))
    }

    fn number(&self, case: &Case, row: &Row<'_>) -> Option<f64> {
        match (&self.holds, self.value(row)) {
            (Holds::Certainty, _) => Some(certainty(case, row.table, row.number)),
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
            Holds::Certainty | Holds::Own(_) => None,
        }
    }
}

/// Writes what `take` finds in each row; where it finds nothing, the cell is empty.
fn put<T: DataType>(
    writer: &mut ColumnWriterImpl<'_, T>,
    rows: &[Row<'_>],
    take: impl Fn(&Row<'_>) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let cells: Vec<Option<T::T>> = rows.iter().map(take).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    writer.write_batch(&values, Some(&levels), None)?;
    Ok(())
}

/// Bytes on their way: the writer must own what it writes to, and we only borrow that.
#[derive(Clone, Debug, Default)]
struct Held(Arc<Mutex<Vec<u8>>>);

impl Held {
    fn pass_on(&self, out: &mut dyn Write) -> io::Result<()> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        out.write_all(&bytes)
    }
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
