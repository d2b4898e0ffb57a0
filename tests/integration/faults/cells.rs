//! What one cell may not hold.

use kluwen::case::FaultClass;

use super::{refuses, tells, tells_with};
use crate::common::{report, spoilt};

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

/// Fails unless a code in the last column of a table is refused, with the nearest ones.
fn refuses_code(file: &str, header: &str, row: &str, expected: &str) {
    let column = header.rsplit(',').next().expect("a column");
    let code = row.rsplit([',', ';']).next().expect("a cell");
    let text = format!("{header}\n{row}\n");
    refuses((file, &text), column, FaultClass::Code, &format!("`{code}`"), expected);
}

#[test]
fn codes_out_of_their_list_are_refused_with_the_nearest() {
    for (header, row, expected) in [
        ("case_id,person_id,role", "c1,p1,recruter", "`recruiter`"),
        ("case_id,person_id,role", "c1,p1,Victim", "`victim`"),
        ("case_id,person_id,role,status", "c1,p1,victim,suspct", "`suspect`"),
        ("case_id,person_id,role,minor", "c1,p1,victim,y", "`yes`"),
        ("case_id,person_id,role,minor", "c1,p1,victim,17", "one of yes, no"),
        ("case_id,person_id,role,setting", "c1,p1,victim,hom", "`home`"),
    ] {
        refuses_code("roles.csv", header, row, expected);
    }
    for (file, header, row, expected) in [
        ("links.csv", "from,to,kind", "p1,p2,recruit", "`recruited`"),
        ("links.csv", "from,to,kind,means", "p1,p2,contact,debt;treat", "`threat`"),
        ("links.csv", "from,to,kind,basis", "p1,p2,contact,fct", "`fact`"),
        ("channels.csv", "channel_id,class", "ch1,datingapp", "`dating_app`"),
        ("places.csv", "place_id,class", "pl1,hotl", "`hotel`"),
        ("identifiers.csv", "person_id,value,kind", "p1,1,fone", "`phone`"),
    ] {
        refuses_code(file, header, row, expected);
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
