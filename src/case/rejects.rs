//! Rows that were set aside.

use super::fault::Fault;

/// A row that was not used: why, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The first fault for which it was not used.
    pub fault: Fault,
    /// The row as it was written; the fields joined by commas where it came from a workbook.
    pub row: String,
}
