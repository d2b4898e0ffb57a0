//! Files of other standards, whose records become rows of the contract.
//!
//! A profile knows one standard. It makes rows of the contract's tables, which go through the same reader as
//! all others, so that every check holds; their lines are those of the foreign file. What the tables have no
//! place for is counted by kind and told, never dropped in silence.

mod ftm;
mod htcds;

use std::collections::BTreeMap;

use super::super::fault::{Fault, FaultClass};
use super::super::mapping::Reading;
use super::super::schema::Table;
use super::parse::Part;
use super::reader::Reader;
use super::text_rows::{Cells, TextRow};
use crate::error::{Position, Result, printable};

pub(super) use ftm::is_ftm;
pub(super) use htcds::is_htcds;

/// How many rows one thread reads at a time.
const ROWS: usize = 1 << 12;

/// A row of the contract, made from a record of another standard.
#[derive(Clone, Debug)]
pub(super) struct NewRow {
    table: Table,
    line: u32,
    cells: Vec<(u32, String)>,
    extras: Vec<(String, String)>,
}

impl NewRow {
    pub(super) fn new(table: Table, line: u32) -> Self {
        Self { table, line, cells: Vec::new(), extras: Vec::new() }
    }

    /// The row with this text in a column of the contract, in place of what stood there.
    pub(super) fn with(mut self, column: &str, text: impl Into<String>) -> Self {
        self.set(column, text);
        self
    }

    /// Puts a text in a column of the contract; a column that the table lacks becomes one of the row's own.
    pub(super) fn set(&mut self, column: &str, text: impl Into<String>) {
        let text = text.into();
        let place = self.table.columns().iter().position(|known| known.name == column);
        match place.and_then(|at| u32::try_from(at).ok()) {
            Some(at) => {
                self.cells.retain(|(other, _)| *other != at);
                self.cells.push((at, text));
            }
            None => self.keep(column, text),
        }
    }

    /// Keeps a text in a column that the contract does not know.
    pub(super) fn keep(&mut self, column: impl Into<String>, text: impl Into<String>) {
        let (column, text) = (column.into(), text.into());
        if !text.is_empty() {
            self.extras.push((column, text));
        }
    }

    fn into_text_row(self) -> TextRow {
        let fields = Cells::new(self.table.columns().len(), self.cells);
        TextRow { line: self.line, fields, extras: self.extras, ..TextRow::default() }
    }
}

/// What of a foreign file has no place in the tables: how often, and where first.
#[derive(Clone, Debug)]
struct Left {
    count: usize,
    line: u32,
    why: String,
}

/// What a foreign file came to.
#[derive(Debug, Default)]
pub(super) struct ForeignRows {
    rows: [Vec<TextRow>; Table::ALL.len()],
    /// Records that were read and refused as a whole, with their text.
    refused: Vec<(Fault, Vec<u8>)>,
    left: BTreeMap<String, Left>,
}

impl ForeignRows {
    pub(super) fn push(&mut self, row: NewRow) {
        self.rows[row.table as usize].push(row.into_text_row());
    }

    /// Refuses a record as a whole.
    pub(super) fn refuse(
        &mut self,
        class: FaultClass,
        position: Position,
        (found, expected): (String, String),
        raw: &[u8],
    ) {
        self.refused.push((Fault { class, position, found, expected }, raw.to_vec()));
    }

    /// Counts what has no place in the tables, or another place than it had.
    pub(super) fn leave(&mut self, what: impl Into<String>, line: u32, why: &str) {
        let left = self.left.entry(what.into());
        left.or_insert_with(|| Left { count: 0, line, why: why.into() }).count += 1;
    }
}

/// How the sheet calls what stands in a column of the contract, for messages.
pub(super) type Headers = BTreeMap<(Table, &'static str), String>;

impl Reader<'_> {
    /// Takes in what a foreign file called `file` came to.
    pub(super) fn foreign(
        &mut self,
        foreign: ForeignRows,
        file: &str,
        headers: &Headers,
    ) -> Result<()> {
        let ForeignRows { rows, refused, left } = foreign;
        for (what, Left { count, line, why }) in left {
            let position = Position { file: file.into(), line: line.into(), column: String::new() };
            let found = format!("{count} × {}", printable(&what));
            self.gathered.faults.push(Fault {
                class: FaultClass::Foreign,
                position,
                found,
                expected: why,
            });
        }
        for (fault, raw) in refused {
            self.refused_record(fault, &raw)?;
        }
        for (table, rows) in Table::ALL.into_iter().zip(rows) {
            // These three the format has, even where a file has no record of them.
            let of_the_format = matches!(table, Table::People | Table::Roles | Table::Links);
            if of_the_format || !rows.is_empty() {
                self.foreign_table(table, file, rows, headers)?;
            }
        }
        Ok(())
    }

    /// Takes in rows of one table, made from a foreign file.
    pub(in crate::case::read) fn foreign_table(
        &mut self,
        table: Table,
        file: &str,
        rows: Vec<TextRow>,
        headers: &Headers,
    ) -> Result<()> {
        let mut reading = Reading::plain(file, table);
        let name =
            |column: &'static str| headers.get(&(table, column)).map_or(column, String::as_str);
        let header: Vec<String> =
            table.columns().iter().map(|column| name(column.name).to_owned()).collect();
        for column in table.columns() {
            reading.columns.insert(column.name.into(), name(column.name).into());
        }
        let position = Position { file: file.into(), line: 1, column: String::new() };
        if let Some(context) = self.bind(table, &position, &header, &reading)? {
            let mut rows = rows.into_iter();
            let next = || {
                let part: Vec<TextRow> = rows.by_ref().take(ROWS).collect();
                Ok(if part.is_empty() { None } else { Some(Part::Texts(part)) })
            };
            self.load(table, next, &context)?;
        }
        Ok(())
    }
}
