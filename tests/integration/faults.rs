//! Each fault is told with its file, line and column, what was found, and what was expected.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use kluwen::case::{FaultClass, Severity};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::common::{Folder, Ran, SOUND, ended, kluwen, on_case, report, spoilt};

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

/// Fails unless a people table with this name in its third line is warned of.
fn warns_of_name(name: &str, shown: &str, expected: &str) {
    let case = spoilt("people.csv", format!("person_id,name\np1,Anna\np2,{name}\np3,\np4,\n"));
    let told = (FaultClass::IdentityTrap, ("people.csv", 3, "name"), shown, expected);
    tells(case.path(), told);
}

#[test]
fn placeholders_are_no_names() {
    for name in ["NULL", "Unknown", "#N/A", "nan", "N/A", "onbekend", "-", "?"] {
        warns_of_name(name, &format!("`{name}`"), "an empty cell where nothing is known");
    }
}

#[test]
fn what_a_spreadsheet_shortened_is_told() {
    warns_of_name("4.9E+11", "`4.9E+11`", "all digits; a spreadsheet has shortened");
}

#[test]
fn what_only_looks_like_another_text_is_told() {
    warns_of_name("Bram ", "`Bram `", "no blanks at the ends");
    warns_of_name("\u{a0}Bram", "`\u{a0}Bram`", "no blanks at the ends");
    warns_of_name("van\u{a0}Dam", "`van\u{a0}Dam`", "plain blanks");
    warns_of_name("Рeter", "`Рeter`", "letters of one script");
    warns_of_name("Jose\u{301}", "`Jose\u{301}`", "composed letters (NFC)");
    warns_of_name("Br\u{200b}am", "`Br\\u{200b}am`", "no invisible or control characters");
}

#[test]
fn a_code_for_what_is_not_known_is_no_trap() {
    let people = "person_id,name\np1,unknown\np2,refused\np3,not_asked\np4,not_applicable\n";
    let taken = report(spoilt("people.csv", people).path());
    assert!(taken.faults.listed().is_empty(), "{:?}", taken.faults);
}

#[test]
fn ids_of_every_table_are_looked_at_for_traps() {
    for (file, text, line, column) in [
        ("people.csv", "person_id\np1\np2\np3\np4\nNULL\n", 6, "person_id"),
        ("cases.csv", "case_id\nc1\nc2\nNULL\n", 4, "case_id"),
        ("channels.csv", "channel_id\nch1\nNULL\n", 3, "channel_id"),
        ("places.csv", "place_id\npl1\nNULL\n", 3, "place_id"),
        ("identifiers.csv", "person_id,kind,value\np1,phone,NULL\n", 2, "value"),
        ("links.csv", "from,to,kind,link_id\np1,p2,contact,NULL\n", 2, "link_id"),
        ("ads.csv", "ad_id\nNULL\n", 2, "ad_id"),
    ] {
        let told =
            (FaultClass::IdentityTrap, (file, line, column), "`NULL`", "an empty cell where");
        tells(spoilt(file, text).path(), told);
    }
}

#[test]
fn ids_that_look_alike_are_told() {
    let people = "person_id\np1\np2\np3\np4\nP2\n";
    let told = (
        FaultClass::IdentityTrap,
        ("people.csv", 6, "person_id"),
        "`P2`, which looks like the id at people.csv:3",
        "one spelling if they are one person",
    );
    tells(spoilt("people.csv", people).path(), told);
}

/// Fails unless one cell of the sound case, written so, is refused so.
fn refuses(spoil: (&str, &str), column: &str, class: FaultClass, found: &str, expected: &str) {
    let (file, text) = spoil;
    let line = text.lines().count() as u64;
    tells(spoilt(file, text).path(), (class, (file, line, column), found, expected));
}

fn refuses_date(start: &str, class: FaultClass, expected: &str) {
    let text = format!("from,to,kind,start\np1,p2,contact,2019\np1,p3,contact,{start}\n");
    refuses(("links.csv", &text), "start", class, &format!("`{start}`"), expected);
}

#[test]
fn dates_that_cannot_be_read_are_refused() {
    for date in ["03/04/2024", "3-4-2024", "03.04.24"] {
        refuses_date(date, FaultClass::Date, "year first, as in `2024-04-03`");
    }
    for date in ["2021-02-30", "2021-13", "2021-00-01"] {
        refuses_date(date, FaultClass::Date, "a day that exists");
    }
    for date in ["yesterday", "2021-3-2", "44256", "2021-03-02T10:00"] {
        refuses_date(date, FaultClass::Date, "`2021-03-02`, `2021-03`, `2021`");
    }
}

#[test]
fn spans_that_end_before_they_begin_are_refused() {
    refuses_date("2021-05/2021-03", FaultClass::SpanReversed, "does not end before it begins");
    let links = "from,to,kind,start,end\np1,p2,contact,2021-05-01,2021-03\n";
    let found = "a start of 2021-05-01 and an end of 2021-03-01/2021-03-31";
    let expected = "an end that is not before its start";
    refuses(("links.csv", links), "end", FaultClass::SpanReversed, found, expected);
}

#[test]
fn references_to_nothing_are_refused() {
    for (file, header, row, column, table) in [
        ("identifiers.csv", "person_id,kind,value", "x,phone,1", "person_id", "people"),
        (
            "identifiers.csv",
            "person_id,kind,value,channel_id",
            "p1,phone,1,x",
            "channel_id",
            "channels",
        ),
        ("roles.csv", "case_id,person_id,role", "x,p1,victim", "case_id", "cases"),
        ("roles.csv", "case_id,person_id,role", "c1,x,victim", "person_id", "people"),
        ("links.csv", "from,to,kind", "x,p2,contact", "from", "people"),
        ("links.csv", "from,to,kind", "p1,x,contact", "to", "people"),
        ("links.csv", "from,to,kind,about", "p1,p2,contact,x", "about", "people"),
        ("links.csv", "from,to,kind,case_id", "p1,p2,contact,x", "case_id", "cases"),
        ("links.csv", "from,to,kind,channel_id", "p1,p2,contact,x", "channel_id", "channels"),
        ("links.csv", "from,to,kind,place_id", "p1,p2,contact,x", "place_id", "places"),
        ("ads.csv", "ad_id,channel_id", "a1,x", "channel_id", "channels"),
        ("ads.csv", "ad_id,case_id", "a1,x", "case_id", "cases"),
        ("ads.csv", "ad_id,victim_id", "a1,x", "victim_id", "people"),
        ("ads.csv", "ad_id,posted_by", "a1,x", "posted_by", "people"),
        ("ads.csv", "ad_id,payer", "a1,x", "payer", "people"),
        ("ads.csv", "ad_id,place_id", "a1,x", "place_id", "places"),
    ] {
        let text = format!("{header}\n{row}\n");
        let expected = format!("an id that {table} holds");
        refuses((file, &text), column, FaultClass::Dangling, "`x`", &expected);
    }
}

#[test]
fn ids_that_stand_twice_are_refused() {
    for (file, text, column, id) in [
        ("cases.csv", "case_id\nc1\nc2\nc1\n", "case_id", "c1"),
        ("people.csv", "person_id\np1\np2\np3\np4\np2\n", "person_id", "p2"),
        ("channels.csv", "channel_id\nch1\nch1\n", "channel_id", "ch1"),
        ("places.csv", "place_id\npl1\npl1\n", "place_id", "pl1"),
        (
            "links.csv",
            "link_id,from,to,kind\nl1,p1,p2,contact\nl1,p1,p3,contact\n",
            "link_id",
            "l1",
        ),
        ("ads.csv", "ad_id\na1\na1\n", "ad_id", "a1"),
    ] {
        let expected = "an id of its own; an earlier row has this one";
        refuses((file, text), column, FaultClass::Duplicate, &format!("`{id}`"), expected);
    }
}

#[test]
fn the_first_fault_is_the_first_of_the_file() {
    let people = "person_id,birth\np1,\np1,\np3,yesterday\np4,\np2,\n";
    let stopped = on_case("summary", spoilt("people.csv", people).path(), &[]);
    assert!(stopped.stderr.contains("people.csv:3: column `person_id`: `p1`"), "{stopped:#?}");
}

#[test]
fn a_person_linked_to_himself_is_refused() {
    let links = "from,to,kind\np1,p2,contact\np3,p3,contact\n";
    let (found, expected) = ("the same id as in `from`", "two people");
    refuses(("links.csv", links), "to", FaultClass::SelfLink, found, expected);
}

#[test]
fn contradictions_are_told() {
    let both = "case_id,person_id,role\nc1,p2,professional\nc1,p2,client\n";
    let found = "`p2` is a client, and at roles.csv:2 a professional";
    let told = (FaultClass::Contradiction, ("roles.csv", 3, "role"), found, "one of the two");
    tells(spoilt("roles.csv", both).path(), told);

    let minor = "case_id,person_id,role,minor\nc1,p1,victim,no\nc1,p1,witness,yes\n";
    let found = "`p1` is a minor, and at roles.csv:2 not";
    let told = (FaultClass::Contradiction, ("roles.csv", 3, "minor"), found, "one of the two");
    tells(spoilt("roles.csv", minor).path(), told);

    let late = "from,to,kind,start\np2,p1,exploited,2019-03\np2,p1,first_contact,2019-06-01\n";
    let found =
        "a first contact on 2019-06-01, and exploitation from 2019-03-01/2019-03-31 at links.csv:2";
    let told = (FaultClass::Contradiction, ("links.csv", 3, "start"), found, "not after");
    tells(spoilt("links.csv", late).path(), told);
}

#[test]
fn a_client_of_one_case_may_be_a_professional_in_another() {
    let roles = "case_id,person_id,role\nc1,p2,professional\nc2,p2,client\n";
    let taken = report(spoilt("roles.csv", roles).path());
    assert!(taken.faults.listed().is_empty(), "{:?}", taken.faults);
}

#[test]
fn grades_out_of_every_scheme_are_refused() {
    for grade in ["Z9", "9x9:A1", "1.2", "-0.1", "NaN", "B"] {
        let links = format!("from,to,kind,grade\np1,p2,contact,B2\np1,p3,contact,{grade}\n");
        let (class, found) = (FaultClass::Grade, format!("`{grade}`"));
        refuses(("links.csv", &links), "grade", class, &found, "a grade such as `B2`");
    }
}

#[test]
fn numbers_out_of_their_range_are_refused() {
    for count in ["NaN", "inf", "-1", "0", "1e999", "1e13", "two", "1,5e3x"] {
        let links = format!("from,to,kind,count\np1,p2,contact,2\np1,p3,contact,\"{count}\"\n");
        let (class, found) = (FaultClass::Number, format!("`{count}`"));
        refuses(("links.csv", &links), "count", class, &found, "a number above 0");
    }
    let places = "place_id,lat,lon\npl1,91,3.8\n";
    refuses(("places.csv", places), "lat", FaultClass::Number, "`91`", "a latitude in [-90, 90]");
    let places = "place_id,lat,lon\npl1,53,181\n";
    refuses(("places.csv", places), "lon", FaultClass::Number, "`181`", "a longitude in");
    let places = "place_id,lat,lon\npl1,53,\n";
    let expected = "a value, because `lat` has one";
    refuses(("places.csv", places), "lon", FaultClass::Required, "an empty cell", expected);
}

#[test]
fn codes_out_of_their_list_are_refused_with_the_nearest() {
    for (file, text, column, found, expected) in [
        (
            "roles.csv",
            "case_id,person_id,role\nc1,p1,recruter\n",
            "role",
            "`recruter`",
            "`recruiter`",
        ),
        ("roles.csv", "case_id,person_id,role\nc1,p1,Victim\n", "role", "`Victim`", "`victim`"),
        (
            "roles.csv",
            "case_id,person_id,role,status\nc1,p1,victim,suspct\n",
            "status",
            "`suspct`",
            "`suspect`",
        ),
        ("roles.csv", "case_id,person_id,role,minor\nc1,p1,victim,y\n", "minor", "`y`", "`yes`"),
        (
            "roles.csv",
            "case_id,person_id,role,minor\nc1,p1,victim,17\n",
            "minor",
            "`17`",
            "one of yes, no",
        ),
        (
            "roles.csv",
            "case_id,person_id,role,setting\nc1,p1,victim,hom\n",
            "setting",
            "`hom`",
            "`home`",
        ),
        ("links.csv", "from,to,kind\np1,p2,recruit\n", "kind", "`recruit`", "`recruited`"),
        (
            "links.csv",
            "from,to,kind,means\np1,p2,contact,debt;treat\n",
            "means",
            "`treat`",
            "`threat`",
        ),
        ("links.csv", "from,to,kind,basis\np1,p2,contact,fct\n", "basis", "`fct`", "`fact`"),
        (
            "channels.csv",
            "channel_id,class\nch1,datingapp\n",
            "class",
            "`datingapp`",
            "`dating_app`",
        ),
        ("places.csv", "place_id,class\npl1,hotl\n", "class", "`hotl`", "`hotel`"),
        ("identifiers.csv", "person_id,kind,value\np1,fone,1\n", "kind", "`fone`", "`phone`"),
    ] {
        refuses((file, text), column, FaultClass::Code, found, expected);
    }
}

#[test]
fn a_code_taken_as_other_is_told() {
    let roles = "case_id,person_id,role,minor\nc1,p1,recruter,\nc1,p2,victim,perhaps\n";
    let case = spoilt("roles.csv", roles);
    let option = ["--unknown-as-other"];
    let expected = "a role of the list; it was taken as `other`";
    let told = (FaultClass::CodeAsOther, ("roles.csv", 2, "role"), "`recruter`", expected);
    tells_with(case.path(), told, &option);
    // There is no other answer to whether somebody was a minor.
    let told = (FaultClass::Code, ("roles.csv", 3, "minor"), "`perhaps`", "one of yes, no");
    tells_with(case.path(), told, &option);
}

#[test]
fn cells_that_must_be_filled_are() {
    for (file, text, column, found) in [
        ("people.csv", "person_id,name\np1,\np2,\np3,\np4,\n,Ed\n", "person_id", "an empty cell"),
        (
            "people.csv",
            "person_id,name\np1,\np2,\np3,\np4,\nunknown,Ed\n",
            "person_id",
            "`unknown`",
        ),
        ("links.csv", "from,to,kind\np1,,contact\n", "to", "an empty cell"),
        ("links.csv", "from,to,kind\np1,p2,\n", "kind", "an empty cell"),
        ("links.csv", "from,to,kind\np1,p2,unknown\n", "kind", "`unknown`"),
        ("identifiers.csv", "person_id,kind,value\np1,phone,\n", "value", "an empty cell"),
        ("ads.csv", "ad_id,text\n,x\n", "ad_id", "an empty cell"),
    ] {
        refuses((file, text), column, FaultClass::Required, found, "in every row");
    }
}

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
fn a_capital_letter_makes_no_other_form_of_case() {
    let case = Folder::of(&[("PEOPLE.CSV", "person_id\np1\n")]);
    let ran = on_case("check", case.path(), &[]);
    assert!(ran.stdout.contains("did you mean `people.csv`?"), "{ran:#?}");
    assert!(!ran.stdout.contains("JSON"), "{ran:#?}");
}

#[test]
fn rows_of_another_width_are_refused() {
    for (row, found) in [("p1,p2", "2 fields"), ("p1,p2,contact,x", "4 fields")] {
        let links = format!("from,to,kind\np1,p2,contact\n{row}\n");
        let (class, expected) = (FaultClass::FieldCount, "3 as in the header");
        refuses(("links.csv", &links), "", class, found, expected);
    }
}

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

/// Fails unless a line of JSON, between two good ones, is refused so.
fn refuses_line(line: &str, column: &str, found: &str, expected: &str) {
    let text = format!(
        "{{\"table\":\"people\",\"person_id\":\"p1\"}}\n{line}\n\
         {{\"table\":\"people\",\"person_id\":\"p2\"}}\n{{\"table\":\"links\",\"from\":\"p1\",\
         \"to\":\"p2\",\"kind\":\"contact\"}}\n"
    );
    let folder = Folder::of(&[("case.jsonl", text)]);
    let told = (FaultClass::Json, ("case.jsonl", 2, column), found, expected);
    tells(&folder.join("case.jsonl"), told);
    let taken = report(&folder.join("case.jsonl"));
    assert_eq!(taken.totals(), (4, 3, 1), "{line}");
}

#[test]
fn lines_that_are_no_rows_are_refused() {
    let row = "one JSON object a line";
    for line in ["[1]", "[\"people\"]", "1", "null", "person_id,name"] {
        refuses_line(line, "", &format!("`{line}`"), row);
    }
    refuses_line(
        "{\"table\":\"people\"",
        "",
        "EOF while parsing an object at byte 17 of the line",
        row,
    );
    refuses_line("{\"person_id\":\"p9\"}", "", "missing field `table` at byte 18 of the line", row);
    refuses_line(
        r#"{"table":"peeple","person_id":"p9"}"#,
        "",
        "table `peeple`",
        "one of cases, people",
    );
    let nested = r#"{"table":"people","person_id":{"x":1}}"#;
    refuses_line(nested, "person_id", "an object or list inside", "a text, a number, or a list");
    let nested = r#"{"table":"people","person_id":"p9","alias":["a",["b"]]}"#;
    refuses_line(nested, "alias", "an object or list inside", "a text, a number, or a list");
    let twice = r#"{"table":"people","person_id":"p8","person_id":"p9"}"#;
    refuses_line(twice, "person_id", "a name that stands twice", "each name once");
    let twice = r#"{"table":"people","table":"roles"}"#;
    refuses_line(twice, "", "duplicate field `table` at byte 25 of the line", row);
}

#[test]
fn deep_and_wide_lines_are_refused() {
    let deep =
        format!("{{\"table\":\"people\",\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    refuses_line(&deep, "x", "an object or list inside", "a text, a number");
    let names: Vec<String> = (0..20_000).map(|n| format!("\"x{n}\":1")).collect();
    let wide = format!("{{\"table\":\"people\",\"person_id\":\"p9\",{}}}", names.join(","));
    refuses_line(&wide, "", "an object of 20002 names", "at most 16384");
    let long = format!("\"{}\u{1b}\"", "x".repeat(100_000));
    let folder = Folder::of(&[("case.jsonl", long)]);
    let ran = on_case("check", &folder.join("case.jsonl"), &[]);
    assert!(ran.stdout.len() < 2000, "{}", ran.stdout.len());
}

#[test]
fn long_integers_keep_their_digits() {
    let text = "{\"table\":\"people\",\"person_id\":49151200000012345678901}\n{\"table\":\"people\",\"person_id\":2}\n{\"table\":\"links\",\"from\":49151200000012345678901,\"to\":2,\"kind\":\"contact\"}\n";
    let folder = Folder::of(&[("case.jsonl", text)]);
    let taken = report(&folder.join("case.jsonl"));
    assert_eq!(taken.case.text(taken.case.links[0].from), "49151200000012345678901");
    assert!(taken.faults.listed().is_empty());
}

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
    let ran = limited(command, 2_000_000);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("19999 rows read = 1 used + 19998 refused"), "{ran:#?}");
}

/// Runs a command that may use so many kilobytes of memory.
fn limited(command: std::process::Command, kilobytes: u32) -> Ran {
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

#[cfg(unix)]
mod devices {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    fn pipe(path: &Path) {
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
        assert!(made.success());
    }

    /// A pipe without a writer would be waited for until the end of days, and /dev/zero has none.
    #[test]
    fn pipes_and_devices_are_refused_at_once() {
        let case = Folder::of(&SOUND[4..]);
        pipe(&case.join("people.csv"));
        let ran = on_case("check", case.path(), &[]);
        assert_eq!(ran.code, Some(3));
        assert!(
            ran.stderr.contains("people.csv: could not read: it is a pipe or device"),
            "{ran:#?}"
        );
        for name in ["case.jsonl", "case.xlsx"] {
            let folder = Folder::of::<&str>(&[]);
            pipe(&folder.join(name));
            assert_eq!(on_case("check", &folder.join(name), &[]).code, Some(3), "{name}");
            let folder = Folder::of::<&str>(&[]);
            symlink("/dev/zero", folder.join(name)).expect("a link");
            assert_eq!(on_case("check", &folder.join(name), &[]).code, Some(3), "{name}");
        }
        let case = Folder::of(&SOUND[4..]);
        symlink("/dev/zero", case.join("people.csv")).expect("a link");
        assert_eq!(on_case("check", case.path(), &[]).code, Some(3));
    }

    #[test]
    fn a_pipe_beside_the_tables_is_only_named() {
        let case = Folder::of(&SOUND);
        pipe(&case.join("other.csv"));
        let ran = on_case("check", case.path(), &[]).fine();
        assert!(
            ran.stdout.contains("other.csv: a name that the contract does not know"),
            "{ran:#?}"
        );
    }

    #[test]
    fn settings_are_files() {
        let case = Folder::of(&SOUND);
        pipe(&case.join("pipe"));
        let pipe = case.join("pipe");
        let pipe = pipe.to_str().expect("a temporary path is UTF-8");
        for flag in ["--mapping", "--grades"] {
            for path in [pipe, "/dev/zero"] {
                assert_eq!(
                    on_case("check", case.path(), &[flag, path]).code,
                    Some(3),
                    "{flag} {path}"
                );
            }
        }
    }

    #[test]
    fn endless_input_is_stopped() {
        let zero = fs::File::open("/dev/zero").expect("a device");
        let ran = kluwen(["summary", "-"]).stdin(zero).output().expect("it runs");
        assert_eq!(ran.status.code(), Some(1));
    }

    /// The administrator reads everything, so the program is run as somebody else there.
    #[test]
    fn a_file_that_may_not_be_read_is_told() {
        use std::os::unix::process::CommandExt as _;
        let case = Folder::of(&SOUND);
        let allow = |path: &Path, mode: u32| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
        };
        allow(case.path(), 0o755);
        allow(&case.join("people.csv"), 0);
        let mut command = kluwen(["check"]);
        command.arg(case.path());
        if fs::read(case.join("people.csv")).is_ok() {
            command.uid(65_534).gid(65_534);
        }
        let ran = ended(command, b"");
        assert_eq!(ran.code, Some(3), "{ran:#?}");
        assert!(ran.stderr.contains("people.csv: could not open: Permission denied"), "{ran:#?}");
    }
}
