//! Rows that come with the place at which each stood before: from Parquet tables, or from an engine that holds them.
//!
//! They go through the reader as all others, so that every check holds. A finding names the file and line that the row was first
//! read from, and its certainty is what its grade was worth then.

use std::sync::Arc;

use super::super::fault::Fault;
use super::super::mapping::Reading;
use super::super::schema::Table;
use super::super::{ReadOptions, Strictness, Taken};
use super::binding::Binding;
use super::parse::Part;
use super::reader::Reader;
use super::text_rows::{Cells, TextRow};
use crate::error::{Error, Position, Result};

/// The column with what a row's grade is worth.
pub(crate) const CERTAINTY: &str = "certainty";
/// The column with the file that a row was first read from.
pub(crate) const ROW_FILE: &str = "row_file";
/// The column with the line in that file.
pub(crate) const ROW_LINE: &str = "row_line";
/// The column with the place of the row in its table, from 0, by which rows are put in order.
pub(crate) const ROW_NUMBER: &str = "row_number";

/// How many rows one thread reads at a time.
pub(super) const ROWS: usize = 1 << 12;

/// A table whose rows are at hand.
#[derive(Clone, Debug)]
pub struct GivenTable {
    /// Which table of the contract.
    pub table: Table,
    /// What it is called in messages about the whole of it.
    pub name: String,
    /// The names of its columns: those of the contract, and others, which are kept with the rows.
    pub header: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<GivenRow>,
}

/// A row, and where it stood.
#[derive(Clone, Debug, Default)]
pub struct GivenRow {
    /// The file; empty where it is the table itself.
    pub file: Arc<str>,
    /// The line.
    pub line: u32,
    /// How sure it is; none where that is what its grade is worth.
    pub certainty: Option<f64>,
    /// The fields that hold something, each with the place of its column in the header.
    pub fields: Vec<(u32, String)>,
}

/// Reads a case from tables whose rows are at hand.
///
/// # Errors
///
/// As [`read`](super::read); if a mapping is given.
///
/// # Examples
///
/// ```
/// use kluwen::case::{GivenRow, GivenTable, ReadOptions, Table, read_given};
///
/// let row = |line, fields: &[&str]| GivenRow {
///     file: "people.csv".into(),
///     line,
///     fields: (0..).zip(fields.iter().map(|text| (*text).to_owned())).collect(),
///     ..GivenRow::default()
/// };
/// let table = |table, header: &[&str], rows| GivenTable {
///     table,
///     name: "people".into(),
///     header: header.iter().map(|name| (*name).to_owned()).collect(),
///     rows,
/// };
/// let people = table(Table::People, &["person_id"], vec![row(7, &["p1"])]);
/// let roles = table(Table::Roles, &["case_id", "person_id", "role"], Vec::new());
/// let case = read_given(vec![people, roles], &ReadOptions::default())?.case;
/// assert_eq!(case.place_of(&case.people[0].assertion), "people.csv:7");
/// # Ok::<(), kluwen::Error>(())
/// ```
pub fn read_given(tables: Vec<GivenTable>, options: &ReadOptions) -> Result<Taken> {
    let mut reader = Reader::new(options);
    reader.refuse_mapping()?;
    let mut tables = tables;
    // What is referred to comes first.
    tables.sort_by_key(|given| given.table);
    for GivenTable { table, name, header, rows } in tables {
        let mut rows = rows.into_iter().peekable();
        let width = header.len();
        let next = move || {
            let file = Arc::clone(&rows.peek()?.file);
            let mut run = Run { file, rows: Vec::new() };
            while run.rows.len() < ROWS
                && let Some(row) = rows.next_if(|row| row.file == run.file)
            {
                run.rows.push(row.into_text_row(width));
            }
            Some(Ok(run))
        };
        let read = reader.given(table, &name, &header, next);
        reader.told(read)?;
    }
    reader.finish("the tables".as_ref())
}

impl GivenRow {
    pub(super) fn into_text_row(self, width: usize) -> TextRow {
        let Self { line, certainty, fields, .. } = self;
        TextRow { line, certainty, fields: Cells::new(width, fields), ..TextRow::default() }
    }
}

/// Rows of one file that follow one another.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) file: Arc<str>,
    pub(super) rows: Vec<TextRow>,
}

impl Reader<'_> {
    pub(super) fn refuse_mapping(&self) -> Result<()> {
        match self.options.mapping {
            None => Ok(()),
            Some(_) => Err(Error::usage(
                "a mapping file is for CSV files and workbooks; Parquet tables have the contract's columns",
            )),
        }
    }

    /// Takes in a table called `name`, run by run.
    pub(super) fn given(
        &mut self,
        table: Table,
        name: &str,
        header: &[String],
        mut next: impl FnMut() -> Option<Result<Run>> + Send,
    ) -> Result<()> {
        self.met[table as usize] = true;
        let position = Position { file: name.into(), ..Position::default() };
        self.options.limits.check_columns(header.len(), &position)?;
        let reading = Reading::plain(name, table);
        let mut faults = Vec::new();
        let binding = Binding::new(table, header, &reading, &position, &mut faults);
        let broken = faults.iter().find(|fault| fault.is_error()).map(Fault::to_error);
        self.gathered.faults.extend(faults);
        match broken {
            Some(error) if self.options.strictness != Strictness::Report => return Err(error),
            Some(_) => return Ok(()),
            None => {}
        }
        let mut first = next().transpose()?;
        if first.is_none() {
            first = Some(Run { file: "".into(), rows: Vec::new() });
        }
        while let Some(run) = first.take() {
            self.weighed |= run.rows.iter().any(|row| row.certainty.is_some());
            let file = if run.file.is_empty() { name } else { &*run.file };
            let position = Position { file: file.into(), ..Position::default() };
            let number = self.file_number(file)?;
            let context = self.context(binding.clone(), &position, number, b',');
            let mut now = Some(run.rows);
            let (this, after) = (Arc::clone(&run.file), &mut first);
            let part = || {
                if let Some(rows) = now.take() {
                    return Ok(Some(Part::Texts(rows)));
                }
                match next().transpose()? {
                    Some(run) if run.file == this => Ok(Some(Part::Texts(run.rows))),
                    other => {
                        *after = other;
                        Ok(None)
                    }
                }
            };
            self.load(table, part, &context)?;
            self.gathered.join_last_count();
        }
        Ok(())
    }
}
