//! Rows of this machine on their way to the engine, and how a table without rows is kept.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType as ArrowType, Field, Schema};
use arrow::error::ArrowError;
use arrow::ipc::writer::StreamWriter;
use spark_connect::types::{DataType, StructField};

use crate::cluster::table::{Column, Columns, TextCells, Values};
use crate::error::{Error, Result};

/// The columns of a table that stands for one without rows: they name its columns and their types. Sail writes no file for
/// a table without rows, and reads a folder without files as a table without columns.
const NOTE: [&str; 2] = ["column_of_no_rows", "type_of_no_rows"];

/// What the engine calls the type of a column.
pub(super) fn sql_type(column: &Column) -> String {
    match column.values {
        Values::Whole(_) => "bigint",
        Values::Real(_) => "double",
        Values::Text(_) => "string",
    }
    .to_owned()
}

/// A table that says which columns a table without rows has.
pub(super) fn note_of_columns(columns: Vec<(String, String)>) -> Columns {
    let (names, types): (TextCells, TextCells) =
        columns.into_iter().map(|(name, kind)| (Some(name), Some(kind))).unzip();
    let column = |name: &str, cells| Column::new(name, Values::Text(cells));
    Columns(vec![column(NOTE[0], names), column(NOTE[1], types)])
}

/// Whether a table stands for one without rows.
pub(super) fn is_note_of_columns(columns: &[(String, String)]) -> bool {
    columns.iter().map(|(name, _)| name.as_str()).eq(NOTE)
}

/// Asks for the note that was opened by this name.
pub(super) fn query_of_note(name: &str) -> String {
    format!("SELECT {}, {} FROM {name}", NOTE[0], NOTE[1])
}

/// A query that gives no row, and the columns that a note names.
pub(super) fn query_without_rows(note: &Columns) -> Result<String> {
    let cells = |name| note.text(name).into_iter().flat_map(TextCells::iter).flatten();
    let cells = cells(NOTE[0]).zip(cells(NOTE[1]));
    let columns = cells.map(|(name, kind)| {
        let known = kind.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | ','));
        let quoted = name.replace('`', "``");
        known.then(|| format!("CAST(NULL AS {kind}) AS `{quoted}`"))
    });
    let columns: Option<Vec<String>> = columns.collect();
    let columns = columns.filter(|columns| !columns.is_empty()).ok_or_else(|| {
        Error::engine("a table without rows does not say what its columns are", "write it anew")
    })?;
    Ok(format!("SELECT {} WHERE false", columns.join(", ")))
}

/// Where the table is cut, so that no message holds more than `most` bytes, but for a row that is longer.
pub(super) fn parts(columns: &Columns, most: usize) -> Vec<Range<usize>> {
    let count = columns.row_count();
    let (mut parts, mut from, mut bytes) = (Vec::new(), 0, 0);
    for row in 0..count {
        let own = columns.0.iter().map(|column| size(&column.values, row)).sum::<usize>();
        if row > from && bytes + own > most {
            parts.push(from..row);
            (from, bytes) = (row, 0);
        }
        bytes += own;
    }
    parts.push(from..count);
    parts
}

fn size(values: &Values, row: usize) -> usize {
    match values {
        Values::Text(cells) => 8 + cells.get(row).map_or(0, str::len),
        _ => 8,
    }
}

/// The columns' types.
pub(super) fn schema(columns: &Columns) -> DataType {
    let fields = columns.0.iter().map(|column| StructField {
        name: column.name.clone(),
        data_type: match column.values {
            Values::Whole(_) => DataType::Long,
            Values::Real(_) => DataType::Double,
            Values::Text(_) => DataType::String { collation: "UTF8_BINARY".into() },
        },
        nullable: true,
        metadata: std::collections::BTreeMap::default(),
    });
    DataType::Struct { fields: fields.collect() }
}

/// Some rows, as they are sent: a stream of Arrow.
pub(super) fn rows(columns: &Columns, part: Range<usize>) -> Result<Vec<u8>> {
    let count = columns.row_count();
    if columns.0.iter().any(|column| column.values.len() != count) {
        return Err(Error::usage("columns of one table have as many cells each"));
    }
    let fields: Vec<Field> = columns.0.iter().map(field).collect();
    let cells = columns.0.iter().map(|column| cells(&column.values, part.clone())).collect();
    let schema = Arc::new(Schema::new(fields));
    stream(&schema, cells).map_err(|error| {
        Error::usage(format!(
            "a table that Arrow does not take: {error}; expected a column of each name"
        ))
    })
}

fn stream(schema: &Arc<Schema>, cells: Vec<ArrayRef>) -> std::result::Result<Vec<u8>, ArrowError> {
    let mut stream = StreamWriter::try_new(Vec::new(), schema)?;
    stream.write(&RecordBatch::try_new(Arc::clone(schema), cells)?)?;
    stream.into_inner()
}

fn field(column: &Column) -> Field {
    let kind = match column.values {
        Values::Whole(_) => ArrowType::Int64,
        Values::Real(_) => ArrowType::Float64,
        Values::Text(_) => ArrowType::Utf8,
    };
    Field::new(&column.name, kind, true)
}

fn cells(values: &Values, part: Range<usize>) -> ArrayRef {
    match values {
        Values::Whole(cells) => Arc::new(cells[part].iter().copied().collect::<Int64Array>()),
        Values::Real(cells) => Arc::new(cells[part].iter().copied().collect::<Float64Array>()),
        Values::Text(cells) => Arc::new(part.map(|row| cells.get(row)).collect::<StringArray>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cells: Vec<Option<String>>) -> Columns {
        Columns(vec![Column::new("t", Values::Text(cells.into_iter().collect()))])
    }

    #[test]
    fn long_tables_are_sent_in_parts_that_fit_a_message() {
        let number = Values::Whole(vec![Some(1); 5]);
        let long = Columns(vec![Column { name: "n".into(), values: number }]);
        assert_eq!(parts(&long, 16), [0..2, 2..4, 4..5]);
        assert_eq!(parts(&long, 40).len(), 1);
        let wide = texts(vec![Some("x".repeat(100)), None, Some("x".repeat(100))]);
        assert_eq!(parts(&wide, 100), [0..1, 1..2, 2..3]);
    }

    #[test]
    fn a_table_without_rows_keeps_its_columns() {
        let columns = vec![
            ("a`b".to_owned(), "bigint".to_owned()),
            ("c".to_owned(), "decimal(38,0)".to_owned()),
        ];
        let note = note_of_columns(columns);
        assert_eq!(
            query_without_rows(&note).expect("types"),
            "SELECT CAST(NULL AS bigint) AS `a``b`, CAST(NULL AS decimal(38,0)) AS `c` WHERE false"
        );
        let hostile = note_of_columns(vec![("a".into(), "bigint) FROM x; --".into())]);
        assert!(query_without_rows(&hostile).is_err());
        assert!(query_without_rows(&note_of_columns(Vec::new())).is_err());
    }

    #[test]
    fn columns_of_different_length_are_no_table() {
        let mut uneven = texts(vec![None]);
        uneven.0.extend(texts(vec![None, None]).0);
        assert!(rows(&uneven, 0..1).is_err());
    }
}
