//! The nodes and edges of a map as Parquet tables.

use std::io::{self, Write};
use std::ops::Range;

use parquet::column::writer::ColumnWriter;
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedColumnWriter;

use super::chart::Chart;
use super::columns::{self, EDGE, Kind, NODE, Value};
use super::json_parts::text;
use crate::output::parquet::{CellType, ParquetFile, no_such_column, put};
use crate::untrusted::Untrusted;

/// Rows in a group.
const GROUP: usize = 1 << 17;

/// A column of a table: what stands in each of its rows.
struct Column<'t> {
    name: &'t str,
    kind: Kind,
    at: Box<dyn Fn(usize) -> Value<'t> + 't>,
}

/// Writes so many rows of these columns, with notes at the foot.
fn write_table(
    columns: &[Column<'_>],
    rows: usize,
    notes: &[(&str, Untrusted)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let typed = columns.iter().map(|column| (column.name, cells(column.kind)));
    let mut file = ParquetFile::new(typed, notes, out)?;
    for first in (0..rows).step_by(GROUP) {
        let rows = first..rows.min(first + GROUP);
        file.group(|place, writer| columns[place].write(rows.clone(), writer))?;
    }
    file.finish()
}

fn cells(kind: Kind) -> CellType {
    match kind {
        Kind::Text | Kind::List => CellType::Text,
        Kind::Long => CellType::Long,
        Kind::Double => CellType::Double,
        Kind::Boolean => CellType::Boolean,
        Kind::Date => CellType::Date,
    }
}

impl Column<'_> {
    /// A value of another type than its column's is written as missing.
    fn write(
        &self,
        rows: Range<usize>,
        writer: &mut SerializedColumnWriter<'_>,
    ) -> Result<(), ParquetError> {
        let values = rows.map(|row| (self.at)(row));
        match writer.untyped() {
            ColumnWriter::ByteArrayColumnWriter(own) => put(
                own,
                values.map(|value| match value {
                    Value::Word(word) => Some(word.into()),
                    Value::Text(text) => Some(text.through(|raw| raw.into())),
                    _ => None,
                }),
            ),
            ColumnWriter::Int64ColumnWriter(own) => put(
                own,
                values.map(|value| match value {
                    Value::Long(number) => Some(number),
                    _ => None,
                }),
            ),
            ColumnWriter::DoubleColumnWriter(own) => put(
                own,
                values.map(|value| match value {
                    Value::Double(number) => Some(number),
                    _ => None,
                }),
            ),
            ColumnWriter::BoolColumnWriter(own) => put(
                own,
                values.map(|value| match value {
                    Value::Boolean(yes) => Some(yes),
                    _ => None,
                }),
            ),
            ColumnWriter::Int32ColumnWriter(own) => put(
                own,
                values.map(|value| match value {
                    Value::Date(day) => Some(day.number()),
                    _ => None,
                }),
            ),
            _ => Err(no_such_column()),
        }
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

fn notes(chart: &Chart<'_>) -> [(&'static str, Untrusted); 2] {
    let (title, notes) = chart.told();
    [("title", title), ("notes", Untrusted::joined(notes, " "))]
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
