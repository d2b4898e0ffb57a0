//! How much the reader takes in before it says that something is wrong.

use serde::Serialize;

use crate::error::{Error, Position, Result, printable};

/// How much the reader takes in; what is larger is refused with a message, never cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// The bytes of one record, all its fields together.
    pub record_bytes: usize,
    /// The bytes of one file, after it is unpacked.
    pub input_bytes: u64,
}

/// The most columns of a table: as many as a sheet of a spreadsheet program has.
pub(super) const COLUMNS: usize = 16_384;

/// The most bytes of a file that is held in memory whole.
const WHOLE_BYTES: u64 = 4 << 30;

impl Default for Limits {
    fn default() -> Self {
        Self { record_bytes: 16 << 20, input_bytes: 64 << 30 }
    }
}

impl Limits {
    pub(super) fn check_input(&self, read: u64, file: &str) -> Result<()> {
        if read <= self.input_bytes {
            return Ok(());
        }
        let what =
            format!("{}: more than {} bytes when unpacked", printable(file), self.input_bytes);
        Err(Error::limit(what, "split the file or raise `--max-input`"))
    }

    /// The same for a file that is held in memory whole, as JSON Lines and workbooks are.
    pub(super) fn check_whole(&self, read: u64, file: &str) -> Result<()> {
        self.check_input(read, file)?;
        Self::check_held(read, file)
    }

    /// What a file comes to in memory, where it is held whole.
    pub(super) fn check_held(bytes: u64, file: &str) -> Result<()> {
        if bytes <= WHOLE_BYTES {
            return Ok(());
        }
        let what = format!("{}: more than {WHOLE_BYTES} bytes in memory", printable(file));
        Err(Error::limit(what, "give the case as CSV files, which are read in pieces"))
    }

    pub(super) fn check_record(&self, bytes: usize, position: &Position) -> Result<()> {
        if bytes <= self.record_bytes {
            return Ok(());
        }
        let what = format!("{position}: a record of more than {} bytes", self.record_bytes);
        Err(Error::limit(
            what,
            "a quote that is never closed is the usual cause; mend it or raise `--max-record`",
        ))
    }

    pub(super) fn check_columns(columns: usize, position: &Position) -> Result<()> {
        if columns <= COLUMNS {
            return Ok(());
        }
        let what = format!("{position}: {columns} columns");
        Err(Error::limit(what, format!("no table has more than {COLUMNS}; is this a header row?")))
    }
}
