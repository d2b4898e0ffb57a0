//! How much the reader takes in before it says that something is wrong.

use serde::Serialize;

use crate::error::{Error, Position, Result, printable};

/// How much the reader takes in; what is larger is refused with a message that names the flag, never cut.
///
/// # Examples
///
/// ```
/// use kluwen::case::{Foreign, Limits};
///
/// let limits = Limits { attributes: 1, ..Limits::default() };
/// let error = Foreign::from_bytes("a.dot", b"graph { a [x=1 y=2] }", &limits).unwrap_err();
/// assert!(error.to_string().contains("`--max-attributes`"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// The bytes of one field: a cell, or a value of a graph.
    pub field_bytes: usize,
    /// The bytes of one record, all its fields together; of a list of edges, one line.
    pub record_bytes: usize,
    /// The bytes of one file, after it is unpacked.
    pub input_bytes: u64,
    /// The bytes of one file that is held in memory whole, after it is unpacked: JSON Lines, workbooks, graphs.
    pub whole_bytes: u64,
    /// The rows of one table in one file; of a graph its nodes, and its edges.
    pub rows: u32,
    /// The columns of a table, or the names in an object of JSON.
    pub columns: usize,
    /// The attributes of one element of XML, or of one node or edge in DOT and GML.
    pub attributes: usize,
    /// How deep elements of XML, groups of DOT, lists of GML and values of JSON lie within one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            field_bytes: 1 << 20,
            record_bytes: 16 << 20,
            input_bytes: 64 << 30,
            whole_bytes: 4 << 30,
            rows: Self::MOST_ROWS,
            columns: 16_384,
            attributes: 256,
            depth: 128,
        }
    }
}

impl Limits {
    /// As many rows as there may be lines: these are counted in 32 bits.
    pub const MOST_ROWS: u32 = u32::MAX / 2;

    /// The greatest depth that may be allowed. No walk recurses, so no stack is at risk; what lies open takes memory.
    pub const MOST_DEPTH: usize = 1 << 16;

    pub(crate) fn check_input(&self, read: u64, file: &str) -> Result<()> {
        if read <= self.input_bytes {
            return Ok(());
        }
        let what =
            format!("{}: more than {} bytes when unpacked", printable(file), self.input_bytes);
        Err(Error::limit(what, "split the file or raise `--max-input`"))
    }

    /// The same for a file that is held in memory whole, as JSON Lines and workbooks are.
    pub(crate) fn check_whole(&self, read: u64, file: &str) -> Result<()> {
        self.check_input(read, file)?;
        self.check_held(read, file)
    }

    /// What a file comes to in memory, where it is held whole.
    pub(super) fn check_held(&self, bytes: u64, file: &str) -> Result<()> {
        if bytes <= self.whole_bytes {
            return Ok(());
        }
        let what = format!("{}: more than {} bytes in memory", printable(file), self.whole_bytes);
        Err(Error::limit(
            what,
            "give the case as CSV files, which are read in pieces, or raise `--max-whole`",
        ))
    }

    pub(crate) fn check_record(&self, bytes: usize, position: &Position) -> Result<()> {
        if bytes <= self.record_bytes { Ok(()) } else { Err(self.long_record(position)) }
    }

    /// A record that is larger than it may be.
    pub(crate) fn long_record(&self, position: &Position) -> Error {
        let what = format!("{position}: a record of more than {} bytes", self.record_bytes);
        Error::limit(
            what,
            "a quote that is never closed is the usual cause; mend it or raise `--max-record`",
        )
    }

    /// A field that stands at `position`.
    pub(crate) fn check_field(
        &self,
        bytes: usize,
        position: impl FnOnce() -> Position,
    ) -> Result<()> {
        if bytes <= self.field_bytes { Ok(()) } else { Err(self.long_field(&position())) }
    }

    /// A field that is larger than it may be.
    pub(crate) fn long_field(&self, position: &Position) -> Error {
        let what = format!("{position}: a field of more than {} bytes", self.field_bytes);
        Error::limit(what, "shorten it or raise `--max-field`")
    }

    /// So many rows, or nodes, or edges, as `what` says, of a file.
    pub(crate) fn check_rows(&self, rows: usize, what: &str, file: &str) -> Result<()> {
        if rows as u64 <= u64::from(self.rows) {
            return Ok(());
        }
        let what = format!("{}: more than {} {what}", printable(file), self.rows);
        Err(Error::limit(what, "split the file or raise `--max-rows`"))
    }

    pub(crate) fn check_columns(&self, columns: usize, position: &Position) -> Result<()> {
        if columns <= self.columns {
            return Ok(());
        }
        let what =
            format!("{position}: {columns} columns, where at most {} are read", self.columns);
        Err(Error::limit(what, "is this a header row? If it is, raise `--max-columns`"))
    }

    /// So many attributes of one thing, as `what` says.
    pub(super) fn check_attributes(
        &self,
        count: usize,
        what: &str,
        position: impl FnOnce() -> Position,
    ) -> Result<()> {
        if count <= self.attributes {
            return Ok(());
        }
        let what = format!("{}: over {} attributes of {what}", position(), self.attributes);
        Err(Error::limit(what, "look at the file; if it is meant, raise `--max-attributes`"))
    }

    /// Things, as `what` says, so deep within one another.
    pub(super) fn check_depth(
        &self,
        depth: usize,
        what: &str,
        position: impl FnOnce() -> Position,
    ) -> Result<()> {
        if depth <= self.depth {
            return Ok(());
        }
        let what = format!("{}: {what} over {} deep in one another", position(), self.depth);
        Err(Error::limit(what, "look at the file; if it is meant, raise `--max-depth`"))
    }
}
