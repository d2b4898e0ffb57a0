//! The file of rows that were set aside.

use std::io::{self, Write};

use super::csv;
use super::sheet::Sheet;
use crate::case::Refused;

/// Writes rows that were set aside as CSV, with the place of each and why; safe in a spreadsheet.
///
/// # Errors
///
/// If `out` fails.
///
/// # Examples
///
/// ```
/// use kluwen::output::write_rejects;
///
/// let mut out = Vec::new();
/// write_rejects(&[], &mut out)?;
/// assert_eq!(out, b"file,line,column,class,found,expected,row\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_rejects(refused: &[Refused], out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = Sheet::new(["file", "line", "column", "class", "found", "expected", "row"]);
    for Refused { fault, row } in refused {
        let place = &fault.position;
        sheet.push([
            place.file.as_str().into(),
            usize::try_from(place.line).ok().into(),
            place.column.as_str().into(),
            fault.class.name().into(),
            fault.found.as_str().into(),
            fault.expected.as_str().into(),
            row.as_str().into(),
        ]);
    }
    csv::write(&sheet, out)
}
