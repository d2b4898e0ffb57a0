//! Looks for what should be gone.

use std::collections::BTreeSet;
use std::path::Path;

use super::search::{Hit, Search};
use super::tables::{RowFile, Rows, cell_of};
use crate::case::{ReadOptions, Strictness, Taken, read};
use crate::error::Result;

pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The lines of a file on which something still stands that should be gone; in JSON also what its escapes hide.
pub(super) fn hits(path: &Path, rows: Rows, bytes: &[u8], search: &Search) -> BTreeSet<Hit> {
    let mut lines = search.lines(bytes);
    if rows == Rows::Json {
        lines.extend(search.lines(&unescaped(bytes)));
    }
    lines.into_iter().map(|line| Hit { file: name(path), line }).collect()
}

/// The texts of each line of JSON, on the same line.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    for line in bytes.split(|&b| b == b'\n') {
        if let Ok(serde_json::Value::Object(object)) = serde_json::from_slice(line) {
            for value in object.values() {
                text.push_str(&cell_of(value).replace('\n', " "));
                text.push(' ');
            }
        }
        text.push('\n');
    }
    text.into_bytes()
}

pub(super) fn hits_of_snapshot(path: &Path, taken: &Taken, search: &Search) -> BTreeSet<Hit> {
    let said = taken.faults.listed().iter().flat_map(|fault| [&fault.found, &fault.expected]);
    let mut texts = taken.case.texts().chain(said.map(String::as_str));
    let found = texts.any(|text| search.is_in(text));
    found.then(|| Hit { file: name(path), line: 0 }).into_iter().collect()
}

/// What is on the disk now.
pub(super) fn search_again(
    path: &Path,
    rows: Option<Rows>,
    search: &Search,
) -> Result<BTreeSet<Hit>> {
    if let Some(rows) = rows {
        let file = RowFile::read(path, rows)?;
        return Ok(hits(path, rows, &file.bytes, search));
    }
    let options = ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() };
    let taken = read(path, &options)?;
    Ok(hits_of_snapshot(path, &taken, search))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: Rows, text: &str) -> Vec<u64> {
        let search = Search::new(&BTreeSet::from(["Zoë".to_owned(), "p12".to_owned()]));
        let found = hits("x/a.jsonl".as_ref(), rows, text.as_bytes(), &search);
        assert!(found.iter().all(|hit| hit.file == "a.jsonl"));
        found.into_iter().map(|hit| hit.line).collect()
    }

    #[test]
    fn what_json_hides_in_escapes_is_found_in_texts_and_in_lists() {
        let text = "{\"name\":\"Zo\\u00eb\"}\n{\"name\":\"a\\nb\"}\nno json\n{\"alias\":[\"x\",\"\\u0070\\u00312\"]}\n{\"n\":1}\n";
        assert_eq!(lines(Rows::Json, text), [1, 4]);
        assert_eq!(lines(Rows::Unknown, text), [0; 0]);
        assert_eq!(lines(Rows::Json, "\np12\n{\"id\":\"p12\"}\n"), [2, 3]);
    }

    #[test]
    fn a_line_of_json_is_one_line_whatever_its_texts_hold() {
        assert_eq!(lines(Rows::Json, "{\"a\":\"x\\ny\\nz\"}\n{\"a\":\"\\u0070\\u00312\"}\n"), [2]);
    }
}
