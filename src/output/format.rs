//! In what form rows are printed.

use std::str::FromStr;

use crate::error::{Error, excerpt};

/// In what form rows are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Aligned columns for a person at a terminal. This is the default.
    #[default]
    Table,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
}

impl Format {
    /// All forms with their spelling.
    pub const ALL: [(&'static str, Self); 4] =
        [("table", Self::Table), ("json", Self::Json), ("jsonl", Self::Jsonl), ("csv", Self::Csv)];
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut all = Self::ALL.iter();
        let found = all.find(|(name, _)| *name == text).map(|&(_, form)| form);
        found.ok_or_else(|| {
            Error::usage(format!(
                "no format `{}`; there are `table`, `json`, `jsonl` and `csv`",
                excerpt(text)
            ))
        })
    }
}
