//! Looks for what should be gone.

use std::collections::BTreeSet;
use std::path::Path;

use super::search::{Hit, Search};
use super::tables::{RowFile, Rows};
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
            for value in object.values().filter_map(serde_json::Value::as_str) {
                text.push_str(&value.replace('\n', " "));
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
