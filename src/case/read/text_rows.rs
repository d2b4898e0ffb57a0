//! Rows whose fields are texts already: of a workbook, or of JSON.

/// A row of a workbook or of JSON.
#[derive(Clone, Debug, Default)]
pub(super) struct TextRow {
    pub(super) line: u32,
    pub(super) fields: Vec<String>,
    /// Columns that the contract does not know, with their values.
    pub(super) extras: Vec<(String, String)>,
    /// What is wrong with the row as a whole: the column, what was found, what was expected.
    pub(super) broken: Option<(String, String, String)>,
}
