//! Tables, columns and files that are missing, or that nobody asked for.

use std::fs;
use std::path::Path;

use kluwen::case::FaultClass;

use super::{assert_json, packed, tells};
use crate::common::{Folder, SOUND, on_case, report, spoilt};

#[test]
fn tables_that_must_be_there_are() {
    let case = Folder::of(&SOUND[2..4]);
    let name = case.path().file_name().and_then(|name| name.to_str()).expect("it has a name");
    for expected in ["`people`, in which everybody", "`roles` or `links`, or both"] {
        let told = (FaultClass::TableMissing, (name, 0, ""), "no such table", expected);
        assert_json(&on_case("check", case.path(), &["--format", "json"]), told);
    }
    // Nothing can be set aside for a table that is not there.
    assert_eq!(on_case("summary", case.path(), &["--lenient"]).code, Some(1));
}

#[test]
fn a_folder_without_tables_is_told() {
    let case = Folder::of(&[("notes.txt", "nothing")]);
    let ran = on_case("check", case.path(), &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("table_missing") && !ran.stdout.contains("[[read]]"), "{ran:#?}");
}

#[test]
fn columns_that_must_be_there_are() {
    let links = "fron,to,kind\np1,p2,contact\n";
    let told = (
        FaultClass::ColumnMissing,
        ("links.csv", 1, ""),
        "no such column in the header",
        "a column `from`; is it `fron`?",
    );
    let case = spoilt("links.csv", links);
    tells(case.path(), told);
    assert_eq!(on_case("summary", case.path(), &["--lenient"]).code, Some(1));
}

#[test]
fn the_header_stands_on_its_own_line() {
    let told = (
        FaultClass::ColumnMissing,
        ("links.csv", 3, ""),
        "no such column in the header",
        "a column `to`",
    );
    tells(spoilt("links.csv", "\n\r\nfrom,kind\np1,contact\n").path(), told);
}

#[test]
fn other_separators_are_told() {
    for (sign, shown) in [(";", r#"delimiter = ";""#), ("\t", r#"delimiter = "\t""#)] {
        let links = ["from", "to", "kind"].join(sign) + "\n";
        let found = match sign {
            ";" => "one column, `from;to;kind`",
            _ => "one column, `from\\u{9}to\\u{9}kind`",
        };
        let told = (FaultClass::ColumnMissing, ("links.csv", 1, ""), found, shown);
        tells(spoilt("links.csv", links).path(), told);
    }
}

#[test]
fn columns_that_stand_twice_are_refused() {
    let links = "from,to,kind,to\np1,p2,contact,p3\n";
    let found = "a second column of this name";
    let told = (FaultClass::ColumnTwice, ("links.csv", 1, "to"), found, "each column once");
    tells(spoilt("links.csv", links).path(), told);
}

#[test]
fn unknown_columns_are_kept_as_attributes() {
    let links = "from,to,kind,mean,phase\np1,p2,contact,x,\np1,p3,contact,,late\n";
    let case = spoilt("links.csv", links);
    let found = "a column that the contract does not know";
    let told =
        (FaultClass::ColumnUnknown, ("links.csv", 1, "mean"), found, "did you mean `means`?");
    tells(case.path(), told);
    let told = (FaultClass::ColumnUnknown, ("links.csv", 1, "phase"), found, "it is kept as an");
    tells(case.path(), told);
    let case = report(case.path()).case;
    let kept: Vec<_> = case
        .links
        .attributes()
        .iter()
        .map(|kept| (kept.row, case.text(kept.column), case.text(kept.value)))
        .collect();
    assert_eq!(kept, [(0, "mean", "x"), (1, "phase", "late")]);
}

#[test]
fn unknown_files_are_told() {
    let case = spoilt("peple.csv", "a,b\n1,2\n");
    let told = (
        FaultClass::FileUnknown,
        ("peple.csv", 0, ""),
        "a name that the contract does not know",
        "did you mean `people.csv`?",
    );
    tells(case.path(), told);
}

#[test]
fn a_capital_letter_makes_no_other_table() {
    let case = Folder::of(&[("PEOPLE.CSV", "person_id\np1\n")]);
    let ran = on_case("check", case.path(), &[]);
    assert!(ran.stdout.contains("PEOPLE.CSV as people: 1 rows read"), "{ran:#?}");
    assert!(!ran.stdout.contains("JSON"), "{ran:#?}");
}

#[test]
fn an_empty_file_and_a_header_alone_are_told_apart() {
    for text in ["", "\n\r\n", "\u{feff}"] {
        let expected = "a header row with the columns of people";
        let told = (FaultClass::ColumnMissing, ("people.csv", 1, ""), "an empty file", expected);
        tells(spoilt("people.csv", text).path(), told);
    }
    let case = Folder::of(&[("people.csv", "person_id\n"), ("links.csv", "from,to,kind")]);
    let ran = on_case("check", case.path(), &[]).fine();
    assert!(ran.stdout.contains("in all: 0 rows read = 0 used + 0 refused"), "{ran:#?}");
}

#[test]
fn two_files_for_one_table_are_refused() {
    let case = spoilt("people.csv.gz", packed("person_id\n", 0));
    let ran = on_case("check", case.path(), &[]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains("people.csv and people.csv.gz: two files for one table"),
        "{ran:#?}"
    );
}

#[test]
fn what_is_not_there_is_no_case() {
    let ran = on_case("check", Path::new("/no/such/case"), &[]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.stderr.contains("/no/such/case: could not read"), "{ran:#?}");
    let case = Folder::of(&[("people.txt", "")]);
    let ran = on_case("check", &case.join("people.txt"), &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("a case is a folder of CSV files"), "{ran:#?}");
}

#[test]
fn a_folder_called_like_a_file_is_told() {
    let case = Folder::of(&SOUND[4..]);
    fs::create_dir(case.join("people.csv")).expect("a folder");
    let ran = on_case("check", case.path(), &[]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.stderr.contains("people.csv: could not read: it is a folder"), "{ran:#?}");
}
