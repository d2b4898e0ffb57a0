//! One Parquet file: its columns as fields of rows.

use std::sync::Arc;

use bytes::Bytes;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::super::super::limits::Limits;
use super::super::given::{CERTAINTY, GivenRow, ROW_FILE, ROW_LINE, ROW_NUMBER, ROWS, Run};
use super::bad;
use super::columns::{Cells, Values, check_type};
use super::pages::check_pages;
use crate::error::{Error, Position, Result, printable};

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// A field, by its place in the header.
    Field(u32),
    Certainty,
    File,
    Line,
    /// It says again what another column says.
    Nothing,
}

/// A file that is being read.
pub(super) struct TableFile<'f> {
    name: &'f str,
    limits: Limits,
    file: SerializedFileReader<Bytes>,
    bytes: Bytes,
    uses: Vec<Use>,
    header: Vec<String>,
}

impl<'f> TableFile<'f> {
    pub(super) fn open(bytes: Bytes, name: &'f str, limits: Limits) -> Result<Self> {
        let file = SerializedFileReader::new(bytes.clone())
            .map_err(|error| bad(name, &error.to_string()))?;
        let columns = file.metadata().file_metadata().schema_descr().columns().to_vec();
        let place = Position { file: name.into(), ..Position::default() };
        limits.check_columns(columns.len(), &place)?;
        let (mut uses, mut header) = (Vec::new(), Vec::new());
        let all: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        for column in &columns {
            limits.check_field(column.name().len(), || place.clone())?;
            check_type(column, name)?;
            let used = use_of(column, &all, u32::try_from(header.len()).unwrap_or(u32::MAX));
            if let Use::Field(_) = used {
                header.push(column.name().to_owned());
            }
            uses.push(used);
        }
        Ok(Self { name, limits, file, bytes, uses, header })
    }

    /// The names of the columns that are fields of rows.
    pub(super) fn header(&self) -> Vec<String> {
        self.header.clone()
    }

    /// Gives all rows in order, those of one file that follow one another together; ends early where nobody wants more.
    pub(super) fn runs(&self, mut give: impl FnMut(Run) -> bool) -> Result<()> {
        let mut read = 0;
        for group in 0..self.file.num_row_groups() {
            if !self.group(group, &mut read, &mut give)? {
                break;
            }
        }
        Ok(())
    }

    fn group(
        &self,
        group: usize,
        read: &mut u32,
        give: &mut impl FnMut(Run) -> bool,
    ) -> Result<bool> {
        let damaged = |error: parquet::errors::ParquetError| bad(self.name, &error.to_string());
        let metadata = self.file.metadata().row_group(group);
        for column in metadata.columns() {
            check_pages(column, &self.bytes, self.name, self.limits)?;
        }
        let reader = self.file.get_row_group(group).map_err(damaged)?;
        let mut columns = Vec::new();
        for (at, used) in self.uses.iter().enumerate().filter(|(_, used)| **used != Use::Nothing) {
            let (column, of) =
                (reader.get_column_reader(at).map_err(damaged)?, metadata.column(at));
            columns.push((*used, Cells::new(column, of.column_descr(), self.name)));
        }
        loop {
            let mut parts = Vec::new();
            for (used, cells) in &mut columns {
                parts.push((*used, cells.next(ROWS)?));
            }
            let rows = parts.first().map_or(0, |(_, values)| values.len());
            if parts.iter().any(|(_, values)| values.len() != rows) {
                return Err(bad(self.name, "columns of different lengths"));
            }
            if rows == 0 {
                return Ok(true);
            }
            for run in self.rows(parts, rows, read)? {
                if !give(run) {
                    return Ok(false);
                }
            }
        }
    }

    /// Rows from columns.
    fn rows(&self, parts: Vec<(Use, Values)>, rows: usize, read: &mut u32) -> Result<Vec<Run>> {
        let mut made = Vec::with_capacity(rows);
        for _ in 0..rows {
            *read = read.checked_add(1).ok_or_else(|| bad(self.name, "over 2³² rows"))?;
            made.push(GivenRow { line: *read, ..GivenRow::default() });
        }
        for (used, values) in parts {
            match used {
                Use::Field(at) => values.texts(|row, text| made[row].fields.push((at, text)))?,
                Use::Certainty => values.reals(|row, real| made[row].certainty = Some(real))?,
                Use::Line => self.lines(&values, &mut made)?,
                Use::File => Self::files(&values, &mut made)?,
                Use::Nothing => {}
            }
        }
        self.runs_of(made)
    }

    fn lines(&self, values: &Values, made: &mut [GivenRow]) -> Result<()> {
        values.wholes(|row, line| {
            let known = u32::try_from(line).ok().filter(|line| *line <= Limits::MOST_ROWS);
            made[row].line = known.ok_or_else(|| {
                self.strange(made[row].line, ROW_LINE, &line.to_string(), "the line of a row")
            })?;
            Ok(())
        })
    }

    fn files(values: &Values, made: &mut [GivenRow]) -> Result<()> {
        let mut last: Arc<str> = "".into();
        values.texts(|row, text| {
            if *last != *text {
                last = text.into();
            }
            made[row].file = Arc::clone(&last);
        })
    }

    fn strange(&self, row: u32, column: &str, found: &str, expected: &str) -> Error {
        let position = Position { file: self.name.into(), line: row.into(), column: column.into() };
        Error::data(position, format!("`{}`", printable(found)), expected)
    }

    fn runs_of(&self, made: Vec<GivenRow>) -> Result<Vec<Run>> {
        let mut runs: Vec<Run> = Vec::new();
        for row in made {
            let place = || Position {
                file: if row.file.is_empty() { self.name.into() } else { row.file.to_string() },
                line: row.line.into(),
                column: String::new(),
            };
            self.limits.check_field(row.file.len(), Position::default)?;
            let bytes = row.fields.iter().map(|(_, text)| text.len()).sum::<usize>();
            if bytes > self.limits.record_bytes {
                return Err(self.limits.long_record(&place()));
            }
            if runs.last().is_none_or(|run| run.file != row.file) {
                runs.push(Run { file: Arc::clone(&row.file), rows: Vec::new() });
            }
            if let Some(run) = runs.last_mut() {
                run.rows.push(row.into_text_row(self.header.len()));
            }
        }
        Ok(runs)
    }
}

/// What a column is for; `field` is its place in the header, if it is a field.
fn use_of(column: &ColumnDescriptor, all: &[&str], field: u32) -> Use {
    match column.name() {
        CERTAINTY => Use::Certainty,
        ROW_FILE => Use::File,
        ROW_LINE => Use::Line,
        ROW_NUMBER => Use::Nothing,
        name => {
            // What the date beside it comes to.
            let date = name.strip_suffix("_earliest").or_else(|| name.strip_suffix("_latest"));
            match date {
                Some(date) if all.contains(&date) => Use::Nothing,
                _ => Use::Field(field),
            }
        }
    }
}
