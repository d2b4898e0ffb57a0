//! Each fault is told with its file, line and column, what was found, and what was expected.

mod bytes;
mod cells;
#[cfg(unix)]
mod devices;
mod files;
mod limits;
mod lines;
mod rows;
mod sheets;

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use kluwen::case::{FaultClass, Severity};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::common::{Folder, Ran, on_case, spoilt};

/// What a fault must say: its class, its place, what was found, and a part of what was expected.
type Told<'a> = (FaultClass, (&'a str, u64, &'a str), &'a str, &'a str);

/// Fails unless `check` tells the fault in the library, as text and as JSON, and a command that
/// stops at the first stops at it, if it is one to stop at.
fn tells(case: &Path, told: Told<'_>) {
    tells_with(case, told, &[]);
}

fn tells_with(case: &Path, told: Told<'_>, words: &[&str]) {
    let (class, ..) = told;
    let as_json = on_case("check", case, &[words, &["--format", "json"]].concat());
    assert_json(&as_json, told);
    let as_text = on_case("check", case, words);
    assert_text(&as_text.stdout, told);
    assert!(as_text.stdout.contains(class.title()), "{as_text:#?}");
    let stopped = on_case("summary", case, words);
    if class.severity() == Severity::Error {
        assert_eq!((as_json.code, stopped.code), (Some(1), Some(1)), "{stopped:#?}");
        assert_text(&stopped.stderr, told);
        assert_eq!(stopped.stdout, "");
    }
}

fn assert_json(ran: &Ran, (class, (file, line, column), found, expected): Told<'_>) {
    let checked = ran.json();
    let is = |fault: &Value| {
        fault["class"] == class.name()
            && fault["file"] == file
            && fault["line"] == line
            && fault["column"] == column
            && fault["found"] == found
            && fault["expected"].as_str().is_some_and(|text| text.contains(expected))
    };
    let faults = checked["faults"].as_array().expect("a list of faults");
    assert!(faults.iter().any(is), "{ran:#?}");
    for rows in checked["files"].as_array().expect("a list of files") {
        let [read, used, refused] = ["read", "used", "refused"].map(|name| rows[name].as_u64());
        assert_eq!(read, used.zip(refused).map(|(used, refused)| used + refused), "{rows}");
    }
}

fn assert_text(text: &str, (_, (file, line, column), found, expected): Told<'_>) {
    let line = if line == 0 { String::new() } else { format!(":{line}") };
    let column = if column.is_empty() { String::new() } else { format!(": column `{column}`") };
    let begin = format!("{file}{line}{column}: {found}; expected ");
    let told = text.lines().find(|shown| shown.contains(&begin) && shown.contains(expected));
    assert!(told.is_some(), "no `{begin}…{expected}` in\n{text}");
}

/// Fails unless one cell of the sound case, written so, is refused so.
fn refuses(spoil: (&str, &str), column: &str, class: FaultClass, found: &str, expected: &str) {
    let (file, text) = spoil;
    let line = text.lines().count() as u64;
    tells(spoilt(file, text).path(), (class, (file, line, column), found, expected));
}

/// A workbook of people and links, with what `more` adds to it.
fn workbook(more: impl FnOnce(&mut Workbook)) -> Folder {
    let mut book = Workbook::new();
    let people = book.add_worksheet().set_name("people").expect("a name");
    for (row, id) in (0..).zip(["person_id", "p1", "p2"]) {
        people.write(row, 0, id).expect("a cell");
    }
    let links = book.add_worksheet().set_name("links").expect("a name");
    for (row, cells) in (0..).zip([["from", "to", "kind"], ["p1", "p2", "contact"]]) {
        for (column, cell) in (0..).zip(cells) {
            links.write(row, column, cell).expect("a cell");
        }
    }
    more(&mut book);
    Folder::of(&[("case.xlsx", book.save_to_buffer().expect("a workbook"))])
}

/// So many equal bytes, packed.
fn packed(begin: &str, count: usize) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(begin.as_bytes()).expect("it is written to memory");
    let piece = vec![b'x'; 1 << 16];
    for _ in 0..count >> 16 {
        packer.write_all(&piece).expect("it is written to memory");
    }
    packer.finish().expect("it is written to memory")
}
