//! Rows of the engine on their way to this machine.

use arrow::array::{Array, AsArray as _, PrimitiveArray, RecordBatch};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type,
};

use crate::cluster::table::{Column, Columns, TextCells, Values};
use crate::error::{Error, Result};

/// Rows as they come, batch by batch, so that none is held twice.
#[derive(Debug)]
pub(super) struct Fetched {
    /// The names of columns and what the engine calls their types.
    named: Vec<(String, String)>,
    /// The columns so far, or why they are none.
    values: Result<Vec<Values>>,
}

impl Fetched {
    /// No row yet of columns of these names and types.
    pub(super) fn new(named: Vec<(String, String)>) -> Self {
        let values = named.iter().map(|(name, kind)| room(name, kind)).collect();
        Self { named, values }
    }

    /// Takes over the rows of a batch.
    pub(super) fn take(&mut self, batch: &RecordBatch) {
        let Ok(values) = &mut self.values else { return };
        for ((values, (name, _)), cells) in values.iter_mut().zip(&self.named).zip(batch.columns())
        {
            if append(values, cells).is_none() {
                self.values = Err(strange(name, &cells.data_type().to_string()));
                return;
            }
        }
    }

    /// All rows.
    pub(super) fn columns(self) -> Result<Columns> {
        let names = self.named.into_iter().map(|one| one.0);
        let columns = names.zip(self.values?).map(|(name, values)| Column::new(name, values));
        Ok(Columns(columns.collect()))
    }
}

fn room(name: &str, kind: &str) -> Result<Values> {
    Ok(match kind {
        "tinyint" | "smallint" | "int" | "bigint" | "date" => Values::Whole(Vec::new()),
        "float" | "double" => Values::Real(Vec::new()),
        "string" => Values::Text(TextCells::default()),
        other if other.starts_with("varchar(") || other.starts_with("char(") => {
            Values::Text(TextCells::default())
        }
        other => return Err(strange(name, other)),
    })
}

fn append(values: &mut Values, cells: &dyn Array) -> Option<()> {
    match values {
        Values::Whole(whole) => match cells.data_type() {
            DataType::Int8 => numbers::<Int8Type, _>(whole, cells, i64::from),
            DataType::Int16 => numbers::<Int16Type, _>(whole, cells, i64::from),
            DataType::Int32 => numbers::<Int32Type, _>(whole, cells, i64::from),
            DataType::Int64 => numbers::<Int64Type, _>(whole, cells, |cell| cell),
            DataType::Date32 => numbers::<Date32Type, _>(whole, cells, i64::from),
            _ => None,
        },
        Values::Real(real) => match cells.data_type() {
            DataType::Float32 => numbers::<Float32Type, _>(real, cells, f64::from),
            DataType::Float64 => numbers::<Float64Type, _>(real, cells, |cell| cell),
            _ => None,
        },
        Values::Text(text) => {
            match cells.data_type() {
                DataType::Utf8 => text.extend(cells.as_string_opt::<i32>()?),
                DataType::LargeUtf8 => text.extend(cells.as_string_opt::<i64>()?),
                DataType::Utf8View => text.extend(cells.as_string_view_opt()?),
                _ => return None,
            }
            Some(())
        }
    }
}

fn numbers<T: ArrowPrimitiveType, N>(
    to: &mut Vec<Option<N>>,
    cells: &dyn Array,
    number: impl Fn(T::Native) -> N,
) -> Option<()> {
    let cells: &PrimitiveArray<T> = cells.as_primitive_opt()?;
    to.extend(cells.iter().map(|cell| cell.map(&number)));
    Some(())
}

fn strange(name: &str, kind: &str) -> Error {
    Error::engine(
        format!("column `{name}` is of the type {kind}"),
        "ask for whole numbers, real numbers, texts or days: `CAST(… AS BIGINT)`, `DOUBLE`, `STRING`, `DATE`",
    )
}
