//! What an engine must be able to do.

use super::table::Columns;
use crate::error::{Error, Result};

/// An engine that answers SQL over folders of Parquet files.
///
/// Names are those of tables within one session; places are folders as the engine sees them: a path that it shares with
/// this machine, or a URL such as `s3a://bucket/run`. The dialect is what Spark 4 and Sail have in common; every literal
/// says its type (`CAST(1 AS DOUBLE)`), because Spark takes `1.0` for a decimal number.
pub trait SqlEngine {
    /// Makes the Parquet files of a folder known by a name, in place of what had that name before.
    ///
    /// # Errors
    ///
    /// If there is no such folder, or the engine fails.
    fn open(&mut self, name: &str, place: &str) -> Result<()>;

    /// Writes what a query gives to a folder, over what stood there, and makes it known by a name, in place of what had that name
    /// before. The query may read what had that name, if that stands in another folder.
    ///
    /// # Errors
    ///
    /// If the engine fails; the folder is then half written, and whoever reads it must write it again.
    fn save(&mut self, name: &str, query: &str, place: &str) -> Result<()>;

    /// Writes rows of this machine to a folder, over what stood there, and makes them known by a name.
    ///
    /// # Errors
    ///
    /// As [`save`](Self::save).
    fn put(&mut self, name: &str, rows: &Columns, place: &str) -> Result<()>;

    /// The columns of a table and their types, as the engine calls them in lower case: `bigint`, `string`, `double`.
    ///
    /// # Errors
    ///
    /// If there is no such table, or the engine fails.
    fn columns(&mut self, name: &str) -> Result<Vec<(String, String)>>;

    /// All rows that a query gives.
    ///
    /// # Errors
    ///
    /// If the engine fails, or gives a type that [`Values`](super::Values) has not.
    fn rows(&mut self, query: &str) -> Result<Columns>;
}

/// Whether an engine says that nothing lies at a place.
pub(super) fn is_nothing(error: &Error) -> bool {
    says(
        error,
        &["finds no table", "path_not_found", "path does not exist", "unable_to_infer_schema"],
    )
}

/// What is told of a file that is gone or damaged, in whatever words of the engine.
pub(super) const NOT_WHOLE: &str = "a file there is gone, or was not written to its end: ";

/// Whether an engine says that a file of a table is gone, or was not written to its end.
pub(super) fn is_damaged(error: &Error) -> bool {
    says(error, &[NOT_WHOLE])
}

fn says(error: &Error, words: &[&str]) -> bool {
    let said = error.to_string().to_lowercase();
    words.iter().any(|words| said.contains(words))
}
