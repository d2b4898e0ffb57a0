//! A file in Parquet, by groups of rows: what is common to all that is written so.
//!
//! A file is written group by group, so that no more than one group is held beside what the file's foot needs.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::untrusted::Untrusted;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellType {
    Text,
    Long,
    Double,
    Boolean,
    /// Days since 1970.
    Date,
}

/// A file that is being written.
pub(super) struct ParquetFile<'o> {
    file: SerializedFileWriter<Held>,
    held: Held,
    out: &'o mut dyn Write,
}

impl<'o> ParquetFile<'o> {
    /// A file of these columns, each of whose cells may be empty, with notes at its foot.
    pub(super) fn new<'n>(
        columns: impl IntoIterator<Item = (&'n str, CellType)>,
        notes: &[(&str, Untrusted)],
        out: &'o mut dyn Write,
    ) -> io::Result<Self> {
        let note = |(name, text): &(&str, Untrusted)| {
            KeyValue::new((*name).to_owned(), text.through(str::to_owned))
        };
        let properties = WriterProperties::builder()
            .set_created_by(concat!("kluwen version ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(notes.iter().map(note).collect()))
            .build();
        let held = Held::default();
        let schema = schema(columns).map_err(io::Error::other)?;
        let file = SerializedFileWriter::new(held.clone(), schema, Arc::new(properties))
            .map_err(io::Error::other)?;
        Ok(Self { file, held, out })
    }

    /// Writes a group of rows: `write` is asked for each column, by its place, what stands in it.
    pub(super) fn group(
        &mut self,
        mut write: impl FnMut(usize, &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError>,
    ) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(io::Error::other)?;
        let mut place = 0;
        while let Some(mut writer) = group.next_column().map_err(io::Error::other)? {
            write(place, &mut writer).map_err(io::Error::other)?;
            writer.close().map_err(io::Error::other)?;
            place += 1;
        }
        group.close().map_err(io::Error::other)?;
        self.file.flush()?;
        self.held.pass_on(self.out)
    }

    /// Writes the foot.
    pub(super) fn finish(self) -> io::Result<()> {
        self.file.close().map_err(io::Error::other)?;
        self.held.pass_on(self.out)
    }
}

fn schema<'n>(
    columns: impl IntoIterator<Item = (&'n str, CellType)>,
) -> Result<TypePtr, ParquetError> {
    let field = |(name, cells): (&str, CellType)| {
        let (physical, logical) = match cells {
            CellType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            CellType::Long => (Physical::INT64, None),
            CellType::Double => (Physical::DOUBLE, None),
            CellType::Boolean => (Physical::BOOLEAN, None),
            CellType::Date => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(name, physical);
        field.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build().map(Arc::new)
    };
    let fields = columns.into_iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder("schema").with_fields(fields).build().map(Arc::new)
}

/// Writes cells in batches, which are what is held of a column before it is encoded.
pub(super) fn put<T: DataType>(
    writer: &mut ColumnWriterImpl<'_, T>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    const BATCH: usize = 1 << 12;
    let (mut values, mut levels) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    let mut cells = cells.peekable();
    while let Some(cell) = cells.next() {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
        if levels.len() == BATCH || cells.peek().is_none() {
            writer.write_batch(&values, Some(&levels), None)?;
            values.clear();
            levels.clear();
        }
    }
    Ok(())
}

/// What is said where a column is none of the types above, which cannot be.
pub(super) fn no_such_column() -> ParquetError {
    ParquetError::General("a type that no column has".into())
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
