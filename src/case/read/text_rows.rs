//! Rows whose fields are texts already: of a workbook, of JSON, of Parquet.

use super::super::fault::FaultClass;

/// A row of a workbook or of JSON.
#[derive(Clone, Debug, Default)]
pub(super) struct TextRow {
    pub(super) line: u32,
    pub(super) fields: Cells,
    /// How sure it is, where its table says so beside the grade.
    pub(super) certainty: Option<f64>,
    /// How many names an object of JSON has.
    pub(super) names: usize,
    /// Columns that the contract does not know, with their values.
    pub(super) extras: Vec<(String, String)>,
    /// What is wrong with the row as a whole.
    pub(super) broken: Option<Broken>,
    /// The row as it was written, where that is wanted and its fields do not tell.
    pub(super) written: Option<String>,
}

/// What is wrong with a row as a whole.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    pub(super) class: FaultClass,
    pub(super) column: String,
    pub(super) found: String,
    pub(super) expected: String,
}

/// The fields of a row: only those that hold something, so that a lone cell in the last column of
/// a sheet takes no more memory than one in the first.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    width: usize,
    /// By rising number of the field.
    filled: Vec<(u32, String)>,
}

impl Cells {
    /// The fields of a row that has `width` of them, or more if one that is filled lies beyond.
    pub(super) fn new(width: usize, mut filled: Vec<(u32, String)>) -> Self {
        filled.retain(|(_, text)| !text.is_empty());
        filled.sort_by_key(|&(at, _)| at);
        Self { width, filled }
    }

    pub(super) fn len(&self) -> usize {
        self.filled.last().map_or(0, |&(at, _)| at as usize + 1).max(self.width)
    }

    /// The text of a field; empty where nothing is.
    pub(super) fn text(&self, at: usize) -> &str {
        let found = self.filled.binary_search_by_key(&at, |&(at, _)| at as usize);
        found.map_or("", |place| self.filled[place].1.as_str())
    }

    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.filled.iter().map(|(at, text)| (*at as usize, text.as_str()))
    }

    /// The fields as a line of CSV; what lies beyond the width follows without its gaps.
    fn to_csv(&self) -> String {
        let beyond = self.filled().filter(|&(at, _)| at >= self.width).map(|(_, text)| text);
        let fields = (0..self.width).map(|at| self.text(at)).chain(beyond);
        fields.map(csv_field).collect::<Vec<_>>().join(",")
    }
}

fn csv_field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into()
    }
}

impl TextRow {
    /// The row as it was written, or as near as its form lets it be.
    pub(super) fn text(&self) -> String {
        self.written.clone().unwrap_or_else(|| self.fields.to_csv())
    }
}
