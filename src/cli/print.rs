//! Data on standard output; a reader that has seen enough is no error.

use std::io::{self, Write};

use kluwen::error::{Error, Result};
use kluwen::output::{Format, Sheet, write_json, write_json_line};
use serde::Serialize;

use super::flags::Form;
use super::record;

/// Writes to standard output.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = io::BufWriter::new(record::Out::open());
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(|error| Error::io("standard output", "write", error))
}

/// Writes a sheet.
pub(crate) fn sheet(sheet: &Sheet, form: Form) -> Result<()> {
    print(|out| sheet.write(Format::from(form), out))
}

/// Items in one cell: all of them for programs, in a table only so many that a line stays one.
pub(crate) fn listed(items: &[String], form: Form) -> String {
    const SHOWN: usize = 12;
    if form != Form::Table || items.len() <= SHOWN {
        return items.join(" ");
    }
    format!("{} … ({} in all)", items[..SHOWN].join(" "), items.len())
}

/// Writes findings as `findings.json` has them where JSON is asked for, and as a sheet otherwise.
pub(crate) fn rows<T: Serialize>(
    rows: &[T],
    as_sheet: impl FnOnce() -> Sheet,
    form: Form,
) -> Result<()> {
    match form {
        Form::Json => json(&rows),
        Form::Jsonl => print(|out| rows.iter().try_for_each(|row| write_json_line(row, out))),
        Form::Table | Form::Csv => sheet(&as_sheet(), form),
    }
}

/// Writes one value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<()> {
    print(|out| write_json(value, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_table_names_twelve_and_counts_the_rest() {
        let items = |count: usize| (1..=count).map(|at| at.to_string()).collect::<Vec<_>>();
        let twelve = "1 2 3 4 5 6 7 8 9 10 11 12";
        assert_eq!(listed(&items(12), Form::Table), twelve);
        assert_eq!(listed(&items(14), Form::Table), format!("{twelve} … (14 in all)"));
        assert_eq!(listed(&items(14), Form::Csv), format!("{twelve} 13 14"));
        assert_eq!(listed(&[], Form::Table), "");
    }
}
