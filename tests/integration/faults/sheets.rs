//! Workbooks.

use kluwen::case::FaultClass;
use rust_xlsxwriter::Workbook;

use super::{tells, workbook};
use crate::common::{Folder, Ran, ended, kluwen, on_case};

#[test]
fn a_damaged_workbook_is_told() {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("people")
        .expect("a name")
        .write(0, 0, "person_id")
        .expect("a cell");
    let whole = book.save_to_buffer().expect("a workbook");
    for bytes in [&whole[..whole.len() / 2], b"", b"not a zip"] {
        let folder = Folder::of(&[("case.xlsx", bytes)]);
        let ran = on_case("check", &folder.join("case.xlsx"), &["--format", "json"]);
        let checked = ran.json();
        assert_eq!(ran.code, Some(1));
        assert_eq!(checked["faults"][0]["class"], "file_broken", "{ran:#?}");
        assert_eq!(checked["faults"][0]["file"], "case.xlsx");
        assert_eq!(on_case("summary", &folder.join("case.xlsx"), &[]).code, Some(1));
    }
}

#[test]
fn a_cell_in_the_last_corner_of_a_sheet_is_refused_and_takes_no_memory() {
    let folder = workbook(|book| {
        let links = book.worksheet_from_name("links").expect("it was added");
        links.write(1_048_575, 16_383, "x").expect("a cell");
    });
    let found = "16384 fields";
    let told =
        (FaultClass::FieldCount, ("case.xlsx#links", 1_048_576, ""), found, "3 as in the header");
    tells(&folder.join("case.xlsx"), told);
}

#[test]
fn a_sheet_of_cells_in_the_last_column_takes_no_memory() {
    let folder = workbook(|book| {
        let links = book.worksheet_from_name("links").expect("it was added");
        for row in 2..20_000 {
            links.write(row, 16_383, "x").expect("a cell");
        }
    });
    let mut command = kluwen(["check", "--limit", "1"]);
    command.arg(folder.join("case.xlsx"));
    let ran = limited(&command, 2_000_000);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("19999 rows read = 1 used + 19998 refused"), "{ran:#?}");
}

/// Runs a command that may use so many kilobytes of memory.
fn limited(command: &std::process::Command, kilobytes: u32) -> Ran {
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(format!("ulimit -v {kilobytes}; exec \"$0\" \"$@\""));
    shell.arg(command.get_program()).args(command.get_args()).env("RAYON_NUM_THREADS", "2");
    ended(shell, b"")
}

#[test]
fn unknown_sheets_are_told() {
    let folder = workbook(|book| {
        let sheet = book.add_worksheet().set_name("lnks").expect("a name");
        sheet.write(0, 0, "x").expect("a cell");
        let sheet = book.add_worksheet().set_name("people ").expect("a name");
        sheet.write(0, 0, "x").expect("a cell");
    });
    for (sheet, expected) in
        [("lnks", "did you mean `links`?"), ("people ", "did you mean `people`?")]
    {
        let file = format!("case.xlsx#{sheet}");
        let found = "a name that the contract does not know";
        let told = (FaultClass::FileUnknown, (file.as_str(), 0, ""), found, expected);
        tells(&folder.join("case.xlsx"), told);
    }
}
