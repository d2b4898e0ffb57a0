//! What is larger than a limit.

use std::fs;

use super::{packed, workbook};
use crate::common::{Folder, ended, kluwen, on_case, spoilt};

#[test]
fn what_unpacks_to_more_than_the_limit_is_refused() {
    let case = Folder::of(&[("people.csv.gz", packed("person_id\n", 64 << 20))]);
    let ran = on_case("check", case.path(), &["--max-input", "5000000"]);
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.stderr.contains("people.csv.gz: more than 5000000 bytes when unpacked"),
        "{ran:#?}"
    );
    assert!(ran.stderr.contains("`--max-input`"), "{ran:#?}");
    // Without that limit, the one of records stops it.
    let ran = on_case("check", case.path(), &[]);
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.stderr.contains("people.csv.gz:2: a record of more than 16777216 bytes"),
        "{ran:#?}"
    );
}

#[test]
fn a_workbook_that_unpacks_to_more_than_the_limit_is_refused() {
    let folder = workbook(|book| {
        let sheet = book.add_worksheet().set_name("notes").expect("a name");
        for row in 0..10_000 {
            sheet.write(row, 0, f64::from(row)).expect("a cell");
        }
    });
    let size = fs::metadata(folder.join("case.xlsx")).expect("it was written").len();
    let limit = (size + 10_000).to_string();
    let ran = on_case("check", &folder.join("case.xlsx"), &["--max-input", &limit]);
    assert_eq!(ran.code, Some(4), "{ran:#?}");
    assert!(ran.stderr.contains("bytes when unpacked"), "{ran:#?}");
}

#[test]
fn a_record_over_the_limit_is_refused_in_every_form() {
    let long = "x".repeat(3000);
    let people = format!("person_id,name\np1,\np2,{long}\np3,\np4,\n");
    let ran = on_case("check", spoilt("people.csv", people).path(), &["--max-record", "2000"]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.stderr.contains("people.csv:3: a record of more than 2000 bytes"), "{ran:#?}");
    let line = format!("\n{{\"table\":\"people\",\"person_id\":\"{long}\"}}\n");
    let ran = ended(kluwen(["check", "-", "--max-record", "2000"]), line.as_bytes());
    assert_eq!(ran.code, Some(4));
    assert!(ran.stderr.contains("-:2: a record of more than 2000 bytes"), "{ran:#?}");
    // A line without an end is not held until memory is full.
    let ran = ended(kluwen(["check", "-"]), &vec![b'x'; 18 << 20]);
    assert_eq!(ran.code, Some(4));
}

#[test]
fn a_header_of_too_many_columns_is_refused() {
    let people = format!("person_id{}\np1\n", ",x".repeat(20_000));
    let ran = on_case("check", spoilt("people.csv", people).path(), &[]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.stderr.contains("people.csv:1: 20001 columns"), "{ran:#?}");
}
