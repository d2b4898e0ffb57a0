//! Parquet tables, by columns: what is common to all that is written as Parquet, then the nodes and edges of a map.
//!
//! A table is written in groups of rows, so that no more than one column of one group is held beside what the file's foot needs.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::chart::Chart;
use super::columns::{self, EDGE, Kind, NODE, Value};
use super::json_parts::text;

/// Rows in a group.
const GROUP: usize = 1 << 17;

/// A column of a table: what stands in each of its rows.
pub(super) struct Column<'t> {
    pub(super) name: &'t str,
    pub(super) kind: Kind,
    pub(super) at: Box<dyn Fn(usize) -> Value<'t> + 't>,
}

/// Writes so many rows of these columns, all of which may be empty, with notes at the foot.
///
/// A value of another type than its column's is written as missing.
pub(super) fn write_table(
    columns: &[Column<'_>],
    rows: usize,
    notes: &[(&str, String)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let held = Held::default();
    let properties = WriterProperties::builder()
        .set_created_by(concat!("kluwen version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(
            notes
                .iter()
                .map(|(name, text)| KeyValue::new((*name).to_owned(), text.clone()))
                .collect(),
        ))
        .build();
    let schema = schema(columns).map_err(failed)?;
    let mut file =
        SerializedFileWriter::new(held.clone(), schema, Arc::new(properties)).map_err(failed)?;
    for first in (0..rows).step_by(GROUP) {
        let mut group = file.next_row_group().map_err(failed)?;
        for column in columns {
            if let Some(writer) = group.next_column().map_err(failed)? {
                write_column(column, first..rows.min(first + GROUP), writer).map_err(failed)?;
            }
        }
        group.close().map_err(failed)?;
        file.flush()?;
        held.pass_on(out)?;
    }
    file.close().map_err(failed)?;
    held.pass_on(out)
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn schema(columns: &[Column<'_>]) -> Result<TypePtr, ParquetError> {
    let field = |column: &Column<'_>| {
        let (physical, logical) = match column.kind {
            Kind::Text | Kind::List => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Long => (Physical::INT64, None),
            Kind::Double => (Physical::DOUBLE, None),
            Kind::Boolean => (Physical::BOOLEAN, None),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(column.name, physical);
        field.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder("schema").with_fields(fields).build().map(Arc::new)
}

fn write_column(
    column: &Column<'_>,
    rows: std::ops::Range<usize>,
    mut writer: SerializedColumnWriter<'_>,
) -> Result<(), ParquetError> {
    match writer.untyped() {
        ColumnWriter::ByteArrayColumnWriter(own) => {
            values(column, rows, own, |value| match value {
                Value::Text(text) => Some(ByteArray::from(text.as_bytes())),
                _ => None,
            })?
        }
        ColumnWriter::Int64ColumnWriter(own) => values(column, rows, own, |value| match value {
            Value::Long(number) => Some(number),
            _ => None,
        })?,
        ColumnWriter::DoubleColumnWriter(own) => values(column, rows, own, |value| match value {
            Value::Double(number) => Some(number),
            _ => None,
        })?,
        ColumnWriter::BoolColumnWriter(own) => values(column, rows, own, |value| match value {
            Value::Boolean(yes) => Some(yes),
            _ => None,
        })?,
        ColumnWriter::Int32ColumnWriter(own) => values(column, rows, own, |value| match value {
            Value::Date(day) => Some(day.number()),
            _ => None,
        })?,
        _ => return Err(ParquetError::General("a type that no column has".into())),
    }
    writer.close()
}

/// Values in batches, which are what is held of a column before it is encoded.
fn values<T: DataType>(
    column: &Column<'_>,
    rows: std::ops::Range<usize>,
    writer: &mut parquet::column::writer::ColumnWriterImpl<'_, T>,
    take: impl Fn(Value<'_>) -> Option<T::T>,
) -> Result<(), ParquetError> {
    const BATCH: usize = 1 << 12;
    let (mut values, mut levels) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    for row in rows.clone() {
        let value = take((column.at)(row));
        levels.push(i16::from(value.is_some()));
        values.extend(value);
        if levels.len() == BATCH || row + 1 == rows.end {
            writer.write_batch(&values, Some(&levels), None)?;
            values.clear();
            levels.clear();
        }
    }
    Ok(())
}

/// Bytes that the writer of the file has let go, on their way to where they belong. The writer must own what it writes to, and we only
/// borrow that.
#[derive(Clone, Default)]
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

/// The nodes of a map.
pub(super) fn write_nodes(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let nodes = &chart.map.nodes;
    let mut table = vec![column("id", |row| text(chart.id(row)))];
    table.extend(NODE.iter().map(|own| of(own, chart, nodes, |row| row)));
    write_table(&table, nodes.len(), &notes(chart), out)
}

/// The edges of a map.
pub(super) fn write_edges(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let edges = &chart.map.edges;
    let places: Vec<usize> = chart.edges().map(|(place, _)| place).collect();
    let places = &places;
    let mut table = vec![
        column("source", |row| text(chart.id(edges[places[row]].from))),
        column("target", |row| text(chart.id(edges[places[row]].to))),
    ];
    table.extend(EDGE.iter().map(|own| of(own, chart, edges, |row| places[row])));
    write_table(&table, places.len(), &notes(chart), out)
}

fn notes(chart: &Chart<'_>) -> [(&'static str, String); 2] {
    let (title, notes) = chart.told();
    [("title", title), ("notes", notes.join(" "))]
}

fn column<'t>(name: &'static str, at: impl Fn(usize) -> Value<'t> + 't) -> Column<'t> {
    Column { name, kind: Kind::Text, at: Box::new(at) }
}

fn of<'t, T>(
    own: &'t columns::Column<T>,
    chart: &'t Chart<'_>,
    items: &'t [T],
    place: impl Fn(usize) -> usize + 't,
) -> Column<'t> {
    let at = move |row: usize| {
        let place = place(row);
        (own.of)(chart, place, &items[place])
    };
    Column { name: own.name, kind: own.kind, at: Box::new(at) }
}
