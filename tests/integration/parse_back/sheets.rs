//! Rows of commands, `findings.json` and the manifest.

use kluwen::custody::Manifest;
use kluwen::output::{Cell, Format, Sheet, write_findings};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::names::{cases, name, spelt};
use crate::invented::findings;

fn written(sheet: &Sheet, format: Format) -> String {
    let mut out = Vec::new();
    sheet.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What CSV spells out: what acts on a terminal, but for the ends of lines and tabs, which it can hold; and a byte order mark.
fn acts_in_csv(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

/// The documented rule: at the start of a cell, and behind `;` and tab, one `'` goes where nothing but more of them stands between it and
/// what begins a formula.
fn unguarded(cell: &str) -> String {
    let mut out = String::new();
    let mut at_start = true;
    for (at, c) in cell.char_indices() {
        let marks = |rest: &str| rest.trim_start_matches('\'').starts_with(begins_formula);
        if !(at_start && c == '\'' && marks(&cell[at..])) {
            out.push(c);
        }
        at_start = matches!(c, ';' | '\t');
    }
    out
}

/// Whether a spreadsheet would run a part of it, wherever it cuts cells.
fn is_live(cell: &str) -> bool {
    let number = cell.parse::<f64>().is_ok() && !cell.starts_with('+');
    !number && cell.split([';', '\t']).any(|part| part.starts_with(begins_formula))
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn rows_say_what_went_in(names in vec(name(), 1..5)) {
        let mut sheet = Sheet::new(names.iter().enumerate().map(|(at, name)| format!("{name}{at}")));
        sheet.push(names.iter().map(|name| Cell::from(name.as_str())));

        let array: Value = serde_json::from_str(&written(&sheet, Format::Json)).unwrap();
        let line: Value = serde_json::from_str(&written(&sheet, Format::Jsonl)).unwrap();
        prop_assert_eq!(&array[0], &line);
        prop_assert_eq!(line.as_object().unwrap().len(), names.len());
        for (at, name) in names.iter().enumerate() {
            prop_assert_eq!(&line[format!("{name}{at}")], name);
        }

        let csv = written(&sheet, Format::Csv);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 2);
        for (at, name) in names.iter().enumerate() {
            prop_assert_eq!(unguarded(&rows[0][at]), spelt(&format!("{name}{at}"), acts_in_csv));
            prop_assert_eq!(unguarded(&rows[1][at]), spelt(name, acts_in_csv));
            prop_assert!(!is_live(&rows[1][at]), "{:?}", &rows[1][at]);
            prop_assert!(!rows[1][at].contains(acts_in_csv));
        }

        let table = written(&sheet, Format::Table);
        prop_assert_eq!(table.lines().count(), 2);
        prop_assert!(!table.contains(|c| c != '\n' && kluwen::error::is_unprintable(c)));
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn findings_and_manifest_say_what_went_in(name in name()) {
        let mut out = Vec::new();
        write_findings(&findings(&name), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        prop_assert!(!text.contains(|c| c != '\n' && kluwen::error::is_unprintable(c)));
        let back: Value = serde_json::from_str(&text).unwrap();
        let first = &back["recruiters"][0];
        for said in [
            &first["person_ids"][0],
            &first["episodes"][0]["case_ids"][0],
            &first["episodes"][0]["evidence"][0],
            &back["channels"][0]["channel_id"],
            &back["channels"][0]["name"],
            &back["ad_clusters"][0]["ad_ids"][0],
        ] {
            prop_assert_eq!(said, &name);
        }

        let mut manifest = Manifest::new(7);
        manifest.settings.insert(name.clone(), name.clone().into());
        let text = manifest.to_json();
        prop_assert!(!text.contains(|c| c != '\n' && kluwen::error::is_unprintable(c)));
        let back: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&back["settings"][&name], &name);
    }
}

#[test]
fn the_guard_can_be_taken_off_again() {
    for (text, cell) in [
        ("=1", "'=1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'tis", "'tis"),
        ("-5", "-5"),
        ("a;-5", "a;'-5"),
        ("a;'@x\t=y", "a;''@x\t'=y"),
    ] {
        let mut sheet = Sheet::new(["name"]);
        sheet.push([text.into()]);
        let csv = written(&sheet, Format::Csv);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!((&row[0], unguarded(&row[0])), (cell, text.to_owned()));
    }
}
