//! What every row of one file is read with.

use std::ops::Deref;

use super::super::UnknownCodes;
use super::super::grade::GradeTable;
use super::super::ids::Ids;
use super::super::limits::Limits;
use super::super::lookup::Lookup;
use super::super::schema::Table;
use super::binding::{Binding, From};
use crate::error::Position;

/// The ids of each table; none where the case has no such table.
pub(super) type IdTables = [Option<Ids>; Table::ALL.len()];

/// The same, to be found by text.
pub(super) type Lookups = [Option<Lookup>; Table::ALL.len()];

/// How one file is read.
#[derive(Debug)]
pub(in crate::case) struct FileContext<'a> {
    pub(super) binding: Binding,
    pub(super) grades: &'a GradeTable,
    pub(super) unknown_codes: UnknownCodes,
    /// What an empty grade is worth here.
    pub(super) ungraded: f64,
    pub(super) file: u16,
    pub(super) file_name: String,
    pub(super) delimiter: u8,
    /// Whether refused rows are kept to be set aside.
    pub(super) keep_refused: bool,
    /// Whether whoever a row names is a person, listed or not.
    pub(super) people_implied: bool,
    pub(super) limits: Limits,
}

/// How one file is read, and what it may refer to; shared by all threads.
#[derive(Clone, Copy, Debug)]
pub(in crate::case) struct Context<'a> {
    pub(super) file: &'a FileContext<'a>,
    pub(super) lookups: &'a Lookups,
}

impl<'a> Deref for Context<'a> {
    type Target = FileContext<'a>;

    fn deref(&self) -> &FileContext<'a> {
        self.file
    }
}

impl<'a> Context<'a> {
    /// The ids of a table; none where any id will do.
    pub(super) fn ids(self, table: Table) -> Option<&'a Lookup> {
        if self.people_implied && table == Table::People {
            return None;
        }
        self.lookups[table as usize].as_ref()
    }

    /// How the file is read; lives as long as the reading.
    pub(super) fn reading(self) -> &'a FileContext<'a> {
        self.file
    }
}

impl FileContext<'_> {
    /// A place in the file.
    pub(super) fn position(&self, line: u32, column: &str) -> Position {
        Position { file: self.file_name.clone(), line: u64::from(line), column: column.into() }
    }

    /// What the file calls a column, by its place there; empty where it is read as nothing.
    pub(super) fn header_of(&self, at: usize) -> &str {
        let bound = self.binding.columns.iter().find(|bound| bound.from == From::Field(at));
        let extra = || self.binding.extras.iter().find(|extra| extra.0 == at);
        let extra = || extra().map_or("", |(_, name)| name.as_str());
        bound.map_or_else(extra, |bound| bound.header.as_str())
    }

    /// What the file calls the column of the table's own ids.
    pub(super) fn id_column(&self) -> &str {
        let name = match self.binding.table {
            Table::Cases => "case_id",
            Table::People => "person_id",
            Table::Channels => "channel_id",
            Table::Places => "place_id",
            Table::Ads => "ad_id",
            Table::Links => "link_id",
            Table::Identifiers | Table::Roles => "",
        };
        let own = self.binding.table.columns().iter().position(|column| column.name == name);
        own.map_or("", |column| &self.binding.columns[column].header)
    }
}
