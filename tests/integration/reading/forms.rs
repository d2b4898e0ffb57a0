//! The same case in every form.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use kluwen::case::{Table, Taken};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Map, Value};

use super::{Rows, rows_of, shown};
use crate::common::{Folder, assert_conserved, ended, kluwen, report, repository};

/// The tables of the invented study.
fn study() -> Vec<(Table, Rows)> {
    let folder = repository("graphs/study25");
    let rows = |table: Table| (table, rows_of(&folder.join(format!("{table}.csv"))));
    Table::ALL.into_iter().map(rows).collect()
}

fn write_packed(folder: &Folder) -> PathBuf {
    for table in Table::ALL {
        let bytes = fs::read(repository("graphs/study25").join(format!("{table}.csv")));
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(&bytes.expect("the study has it")).expect("to memory");
        folder.write(&format!("{table}.csv.gz"), packer.finish().expect("to memory"));
    }
    folder.path().to_owned()
}

/// A number or truth as JSON has it, where the cell is one and reads back the same.
fn json_cell(column: &str, text: &str) -> Value {
    match (column, text) {
        ("minor", "yes") => true.into(),
        ("minor", "no") => false.into(),
        ("count" | "price", _) => text.parse::<u64>().map_or_else(|_| text.into(), Into::into),
        ("means", _) if text.contains(';') => text.split(';').map(Value::from).collect(),
        _ => text.into(),
    }
}

fn json_lines() -> String {
    let mut out = String::new();
    for (table, rows) in study() {
        for row in &rows[1..] {
            let cells = rows[0].iter().zip(row).filter(|(_, text)| !text.is_empty());
            let cells = cells.map(|(column, text)| (column.clone(), json_cell(column, text)));
            let named = std::iter::once(("table".to_owned(), table.name().into()));
            let line: Map<String, Value> = named.chain(cells).collect();
            writeln!(out, "{}", Value::from(line)).expect("to memory");
        }
    }
    out
}

/// Real dates, numbers and truths, as a spreadsheet program keeps them.
fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, name: &str, text: &str) {
    let day = ExcelDateTime::parse_from_str(text).ok().filter(|_| text.len() == 10);
    let number = text.parse::<f64>().ok();
    let written = match (name, day, number) {
        (_, Some(day), _) => {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_datetime_with_format(row, column, &day, &format)
        }
        ("count" | "price" | "lat" | "lon", _, Some(number)) => {
            sheet.write_number(row, column, number)
        }
        ("minor", ..) if matches!(text, "yes" | "no") => {
            sheet.write_boolean(row, column, text == "yes")
        }
        _ => sheet.write_string(row, column, text),
    };
    written.expect("a cell");
}

fn write_workbook(folder: &Folder) -> PathBuf {
    let mut book = Workbook::new();
    for (table, rows) in study() {
        let sheet = book.add_worksheet().set_name(table.name()).expect("a name");
        for (row, cells) in (0..).zip(&rows) {
            for (column, (name, text)) in (0..).zip(rows[0].iter().zip(cells)) {
                if !text.is_empty() {
                    let name = if row == 0 { "" } else { name };
                    write_cell(sheet, row, column, name, text);
                }
            }
        }
    }
    folder.write("case.xlsx", book.save_to_buffer().expect("a workbook"))
}

fn counts_of(taken: &Taken) -> Vec<(Table, usize, usize, usize)> {
    let counts = taken.counts.iter();
    counts.map(|count| (count.table, count.read, count.used, count.refused)).collect()
}

/// What the commands find, where they do not say in which file it stands.
fn findings(case: &Path, input: &[u8]) -> Vec<String> {
    let commands: [&[&str]; 6] = [
        &["recruiters", "--draws", "20", "--format", "csv"],
        &["channels", "--format", "json"],
        &["windows", "--curve", "--format", "csv"],
        &["rank", "--by", "pagerank", "--format", "jsonl"],
        &["group", "--format", "json"],
        &["summary", "--format", "csv"],
    ];
    let run = |words: &&[&str]| {
        let mut command = kluwen(*words);
        command.arg(case);
        ended(command, input).fine().stdout
    };
    commands.iter().map(run).collect()
}

#[test]
fn every_form_holds_the_same_case() {
    let csv = repository("graphs/study25");
    let taken = report(&csv);
    let (wanted, counts, found) = (shown(&taken.case), counts_of(&taken), findings(&csv, b""));
    let folders: [Folder; 3] = std::array::from_fn(|_| Folder::of::<&str>(&[]));
    let lines = json_lines();
    let forms = [
        write_packed(&folders[0]),
        folders[1].write("case.jsonl", &lines),
        write_workbook(&folders[2]),
    ];
    for form in forms {
        let taken = report(&form);
        assert_conserved(&taken);
        assert!(taken.faults.listed().is_empty(), "{}: {:?}", form.display(), taken.faults);
        for (got, want) in shown(&taken.case).iter().zip(&wanted) {
            assert_eq!(got, want, "{}", form.display());
        }
        assert_eq!(counts_of(&taken), counts, "{}", form.display());
        assert_eq!(findings(&form, b""), found, "{}", form.display());
    }
    assert_eq!(findings(Path::new("-"), lines.as_bytes()), found);
}

#[test]
fn a_workbook_keeps_what_it_knows_of_dates_and_numbers() {
    let mut book = Workbook::new();
    let people = book.add_worksheet().set_name("people").expect("a name");
    for (row, cells) in (0..).zip([["person_id", "birth"], ["1", ""], ["2", ""]]) {
        people.write(row, 0, cells[0]).expect("a cell");
        people.write(row, 1, cells[1]).expect("a cell");
    }
    // A number of twelve digits is whole; of eighteen a spreadsheet has lost the last.
    people.write(3, 0, 491_512_345_678.0).expect("a cell");
    people.write(4, 0, 491_512_345_678_901_200.0).expect("a cell");
    let format = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let moment = ExcelDateTime::parse_from_str("2001-02-03 04:05").expect("a moment");
    people.write_datetime_with_format(1, 1, &moment, &format).expect("a cell");
    book.add_worksheet().set_name("links").expect("a name").write(0, 0, "x").expect("a cell");
    let folder = Folder::of(&[("case.xlsx", book.save_to_buffer().expect("a workbook"))]);
    let taken = report(&folder.join("case.xlsx"));
    let told: Vec<String> = taken.faults.listed().iter().map(ToString::to_string).collect();
    assert!(
        told[0].starts_with("case.xlsx#people:2: column `birth`: `2001-02-03T04:05:00`"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("case.xlsx#people:5: column `person_id`: `4.915123456789012E+17`"),
        "{told:?}"
    );
    let ids: Vec<&str> = taken.case.people.iter().map(|p| taken.case.text(p.person)).collect();
    assert_eq!(ids, ["2", "491512345678", "4.915123456789012E+17"]);
}
