//! A row that nobody wrote down, and what it would say.

use std::fmt;

use serde::{Serialize, Serializer};

/// A row of another source that would say that somebody recruited a victim.
///
/// In `findings.json` it is a phrase in English; a report says it in its own language.
///
/// # Examples
///
/// ```
/// use kluwen::finding::MissingRow;
///
/// let row = MissingRow { victim: "V9".into(), case_id: Some("c4".into()) };
/// assert_eq!(row.to_string(), "a row of another source that he recruited V9 in c4");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingRow {
    /// The code of the victim.
    pub victim: String,
    /// In which case file; none where there is none.
    pub case_id: Option<String>,
}

impl fmt::Display for MissingRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of another source that he recruited {} ", self.victim)?;
        match &self.case_id {
            Some(file) => write!(f, "in {file}"),
            None => f.write_str("without a case file"),
        }
    }
}

impl Serialize for MissingRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
