//! Bytes that are no text, and quotes that do not pair.

use kluwen::case::FaultClass;

use super::{packed, tells};
use crate::common::{Folder, ended, kluwen, on_case, report, spoilt};

#[test]
fn a_quote_that_is_never_closed_is_told_where_it_opens() {
    let people = "person_id,name\np1,Anna\np2,\"Bram\np3,Cees\np4,Dora\n";
    let found = "a quote that is never closed";
    let told = (FaultClass::Quoting, ("people.csv", 3, ""), found, "a closing quote");
    tells(spoilt("people.csv", people).path(), told);
    // In the header it would take all rows with it.
    let people = "\nperson_id,\"name\np1,Anna\n";
    let told = (FaultClass::Quoting, ("people.csv", 2, ""), found, "a closing quote");
    tells(spoilt("people.csv", people).path(), told);
}

#[test]
fn text_after_a_closing_quote_is_told() {
    let people = "person_id,name\np1,\"An\nna\"x\np2,Bram\np3,\np4,\n";
    let found = "text after a closing quote";
    let told = (FaultClass::OddQuote, ("people.csv", 3, ""), found, "a separator or the end");
    tells(spoilt("people.csv", people).path(), told);
    let people = "person_id,\"na\"me\np1,\np2,\np3,\np4,\n";
    let told = (FaultClass::OddQuote, ("people.csv", 1, ""), found, "a separator or the end");
    tells(spoilt("people.csv", people).path(), told);
}

#[test]
fn a_cell_that_is_not_utf8_is_refused() {
    let found = "bytes that are not UTF-8";
    for column in ["name", "phase"] {
        let header = format!("person_id,{column}\n");
        let text = [header.as_bytes(), b"p1,a\np2,Zo\xeb\np3,\np4,\n"].concat();
        let told = (FaultClass::Encoding, ("people.csv", 3, column), found, "text in UTF-8");
        tells(spoilt("people.csv", text).path(), told);
    }
}

#[test]
fn a_header_that_is_not_utf8_is_refused() {
    let told =
        (FaultClass::FileBroken, ("people.csv", 1, ""), "a header that is not UTF-8", "UTF-8");
    tells(spoilt("people.csv", b"person_id,na\xebm\np1,x\n").path(), told);
}

#[test]
fn what_is_no_text_is_refused() {
    for (bytes, found, expected) in [
        (&b"\xff\xfep\0e\0r\0"[..], "text in UTF-16", "UTF-8"),
        (b"\xfe\xff\0p\0e\0r", "text in UTF-16", "UTF-8"),
        (b"p\0e\0r\0", "a zero byte", "this is a binary file or text in UTF-16"),
        (b"person_id\rp1\rp2\r", "lines that end in a lone carriage return", "LF or CRLF"),
        (b"PK\x03\x04rest", "a workbook or zip archive", "`.xlsx`"),
        (b"\x1f\x8brest", "a gzip archive", "`.csv.gz`"),
    ] {
        let told = (FaultClass::FileBroken, ("people.csv", 1, ""), found, expected);
        tells(spoilt("people.csv", bytes).path(), told);
        let ran = ended(kluwen(["summary", "-"]), bytes);
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.contains(found), "{ran:#?}");
    }
}

#[test]
fn a_lone_carriage_return_ends_a_row_wherever_it_stands() {
    let people = "person_id,name\rp1,Anna\np2,Bram\rp3,\"Ce\"\"es\"\np4,\n";
    let taken = report(spoilt("people.csv", people).path());
    assert!(taken.faults.listed().is_empty(), "{:?}", taken.faults);
    let names: Vec<&str> = taken.case.people.iter().map(|one| taken.case.text(one.name)).collect();
    assert_eq!(names, ["Anna", "Bram", "Ce\"es", ""]);
}

#[test]
fn a_damaged_gzip_archive_is_told() {
    let whole = packed("person_id\np1\n", 0);
    let cut = &whole[..whole.len() - 4];
    let case = Folder::of(&[("people.csv.gz", cut)]);
    let ran = on_case("check", case.path(), &["--format", "json"]);
    let fault = &ran.json()["faults"][0];
    assert_eq!((&fault["class"], &fault["file"]), (&"file_broken".into(), &"people.csv.gz".into()));
    assert!(
        fault["found"].as_str().is_some_and(|found| found.starts_with("a damaged gzip")),
        "{fault}"
    );
}
