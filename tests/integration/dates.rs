//! Do dates and grades mean the days and the certainties that the contract says?

use kluwen::case::{BadDate, Day, GradeTable, Missing, Table, When};
use kluwen::error::Position;

use crate::common::close_to;

fn when(text: &str) -> When {
    When::parse(text).unwrap_or_else(|bad| panic!("{text}: {bad}"))
}

fn number(text: &str) -> i32 {
    when(text).earliest().expect("a first day").number()
}

#[test]
fn days_are_counted_from_1970() {
    for (text, days) in [
        ("1970-01-01", 0),
        ("1970-01-02", 1),
        ("1969-12-31", -1),
        ("2000-01-01", 10_957),
        ("2021-03-02", 18_688),
        ("0000-01-01", -719_528),
        ("9999-12-31", 2_932_896),
    ] {
        assert_eq!(number(text), days, "{text}");
        assert_eq!(Day::from_number(days).to_string(), text);
    }
    assert_eq!(Day::from_number(18_688).year_and_month(), Some((2021, 3)));
    assert_eq!(Day::from_number(-1).year_and_month(), Some((1969, 12)));
    for beyond in [2_932_897, i32::MAX, i32::MIN] {
        let day = Day::from_number(beyond);
        assert_eq!((day.to_string().as_str(), day.year_and_month()), ("beyond the calendar", None));
    }
}

#[test]
fn the_middle_lies_between_both_ends() {
    let middle = |text| when(text).middle().map(|day| day.to_string());
    assert_eq!(middle("2021-03-02").as_deref(), Some("2021-03-02"));
    assert_eq!(middle("2021-03-02/2021-03-06").as_deref(), Some("2021-03-04"));
    assert_eq!(middle("2021-03-02/2021-03-05").as_deref(), Some("2021-03-03"));
    // 365 days: the 183rd of them.
    assert_eq!(middle("2021").as_deref(), Some("2021-07-02"));
    assert_eq!(middle("1969-12-28/1970-01-01").as_deref(), Some("1969-12-30"));
    for text in ["2021/..", "../2021", "", "unknown"] {
        assert_eq!(middle(text), None, "{text}");
    }
}

#[test]
fn intervals_overlap_where_they_share_a_day() {
    for (a, b, overlap) in [
        ("2021-03", "2021-03-31", true),
        ("2021-03", "2021-04-01", false),
        ("2021", "2021-06-03", true),
        ("2021-03/..", "2020", false),
        ("2021-03/..", "2020/2021-03-01", true),
        ("../2021-03", "2021-03-31", true),
        ("../2021-03", "2021-04-01", false),
        ("../2021-03", "2020/..", true),
        ("unknown", "2021", false),
        ("", "../2021", false),
    ] {
        assert_eq!(when(a).overlaps(when(b)), overlap, "{a} {b}");
        assert_eq!(when(b).overlaps(when(a)), overlap, "{b} {a}");
    }
}

#[test]
fn one_is_before_the_other_only_for_certain() {
    for (a, b, before) in [
        ("2021-03", "2021-04", true),
        ("2021-03", "2021-03-31", false),
        ("2021-04", "2021-03", false),
        ("../2021-03", "2021-04/..", true),
        ("2021/..", "2022", false),
        ("unknown", "2021", false),
        ("2021", "not_asked", false),
    ] {
        assert_eq!(when(a).is_before(when(b)), before, "{a} {b}");
    }
}

#[test]
fn intervals_are_made_of_days_and_of_each_other() {
    let (first, last) =
        (Day::from_number(number("2021-03-02")), Day::from_number(number("2021-05-01")));
    assert_eq!(When::between(first, last).to_string(), "2021-03-02/2021-05-01");
    assert_eq!(When::since(first).to_string(), "2021-03-02/..");
    assert_eq!(when("2021-03").until(when("2021-05")).to_string(), "2021-03-01/2021-05-31");
    assert_eq!(when("../2021-03").until(when("2021/..")).to_string(), "../..");
}

#[test]
fn a_date_that_is_missing_says_why_and_has_no_days() {
    for (text, reason) in [
        ("", Missing::NotRecorded),
        ("unknown", Missing::Unknown),
        ("refused", Missing::Refused),
        ("not_asked", Missing::NotAsked),
        ("not_applicable", Missing::NotApplicable),
    ] {
        let missing = when(text);
        assert_eq!(missing, When::missing(reason));
        assert!(!missing.is_known(), "{text}");
        assert_eq!(missing.why_missing(), Some(reason));
        assert_eq!((missing.earliest(), missing.latest()), (None, None), "{text}");
        assert_eq!((missing.to_string().as_str(), missing.written().as_str()), (text, text));
    }
    assert_eq!(When::UNRECORDED, when(""));
    for text in ["2021", "../2021", "2021/..", "1970-01-01", "../1970-01-02"] {
        assert!(when(text).is_known() && when(text).why_missing().is_none(), "{text}");
    }
}

#[test]
fn intervals_are_told_from_days_of_the_same_length() {
    for (text, shown) in [
        ("../2021-03", "../2021-03-31"),
        ("2021-03/..", "2021-03-01/.."),
        ("2021~/2022", "2020-01-02/2022-12-31"),
        ("/2021-03", "../2021-03-31"),
        ("2021-03/", "2021-03-01/.."),
        ("2021-03-02/2021-03-05", "2021-03-02/2021-03-05"),
        ("2021-03-02/2021-03-02", "2021-03-02"),
        ("2021-03-02%", "2021-02-23/2021-03-09"),
        ("2021%", "2020-01-02/2022-12-31"),
        ("2021-03-05?/2022~", "2021-02-26/2023-12-31"),
        ("1999-10-29", "1999-10-29"),
    ] {
        assert_eq!(when(text).to_string(), shown, "{text}");
    }
}

#[test]
fn each_fault_of_a_date_has_its_own_message() {
    for (text, bad) in [
        ("03/04/2024", BadDate::DayOrMonthFirst),
        ("3.4.24", BadDate::DayOrMonthFirst),
        ("03 04 2024", BadDate::DayOrMonthFirst),
        ("2021/03/04", BadDate::Form),
        ("003/04/2024", BadDate::Form),
        ("03/04", BadDate::Form),
        ("03/04/05/06", BadDate::Form),
        ("03/x/2024", BadDate::Form),
        ("03//2024", BadDate::Form),
        ("2021/x", BadDate::Form),
        ("2021x03", BadDate::Form),
        ("2021x03-02", BadDate::Form),
        ("2021-03x02", BadDate::Form),
        ("2021-0x", BadDate::Form),
        ("202x-03-02", BadDate::Form),
        ("2021-03-0x", BadDate::Form),
        ("2021-0x-02", BadDate::Form),
        ("2021-03-02??", BadDate::Form),
        ("2021-04-31", BadDate::Calendar),
        ("2021-03/2021-02-29", BadDate::Calendar),
        ("2021-00", BadDate::Calendar),
        ("2021-03-00", BadDate::Calendar),
        ("2021-03-02/2021-03-01", BadDate::Reversed),
    ] {
        assert_eq!(When::parse(text), Err(bad), "{text}");
    }
    for (bad, told) in [
        (BadDate::Form, "an interval `2021-03/2021-05`"),
        (BadDate::DayOrMonthFirst, "year first, as in `2024-04-03`"),
        (BadDate::Calendar, "a day that exists"),
        (BadDate::Reversed, "does not end before it begins"),
    ] {
        assert!(bad.to_string().contains(told), "{bad}");
    }
}

#[test]
fn a_date_is_written_as_short_as_it_was() {
    for text in [
        "2021",
        "2021-02",
        "2021-03-02",
        "2021-02-01/2021-03-01",
        "2021-01-01/..",
        "../2021-12-31",
        "0000~/..",
        "../9999~",
        "0000-01~/..",
        "../9999-12~",
        "0000-01-03~/9999-12-30~",
    ] {
        assert_eq!(when(text).written(), text);
    }
    assert_eq!(when("2021-03/2021-05").written(), "2021-03-01/2021-05-31");
    // What no text stands for is said as it is.
    let beyond = When::since(Day::from_number(3_000_000));
    assert_eq!(beyond.written(), "beyond the calendar/..");
}

#[test]
fn grades_are_worth_what_their_table_says() {
    let grades = GradeTable::default();
    for (grade, worth) in [
        ("A1", 0.97),
        ("B-2", 0.95 * 0.85),
        ("D6", 0.6 * 0.5),
        ("4x4:B1H2", 0.95 * 0.97),
        ("4x4:B1-H2", 0.95 * 0.97),
        ("3x5x2:untested-A", 0.85 * 0.97),
        ("0.25", 0.25),
    ] {
        let found = grades.certainty(grade).expect("a grade that is known");
        assert!(close_to(found, worth, 1e-12), "{grade}: {found}");
    }
    for grade in ["4x4:B1H4", "5x5x5:A", "A", "", "1.01", "admiralty:0.5"] {
        assert_eq!(grades.certainty(grade), None, "{grade}");
    }
    let expected = grades.expected();
    assert!(expected.ends_with("the schemes known are 3x5x2, 4x4, 5x5x5, admiralty"), "{expected}");
}

/// A table whose two marks and two defaults are worth this.
fn table([source, information, links, any]: [&str; 4]) -> String {
    format!(
        "[default]\nlinks = {links}\nany = {any}\n[scheme.admiralty]\nsource = {{ A = {source} }}\n\
         information = {{ 1 = {information} }}\n"
    )
}

fn own(text: &str) -> kluwen::Result<GradeTable> {
    let position = Position { file: "mine.toml".into(), ..Position::default() };
    GradeTable::from_toml(text, position)
}

#[test]
fn an_empty_grade_is_worth_what_its_table_or_any_is() {
    let grades = own(&table(["0.5", "0.5", "0.25", "0.75"])).expect("a table");
    assert!(close_to(grades.ungraded(Table::Links), 0.25, 1e-12));
    assert!(close_to(grades.ungraded(Table::Roles), 0.75, 1e-12));
    let silent = own("[default]\n[scheme]\n").expect("a table");
    assert!(close_to(silent.ungraded(Table::Roles), 1.0, 1e-12));
}

#[test]
fn a_worth_out_of_range_is_refused_wherever_it_stands() {
    assert!(own(&table(["0", "1", "0", "1"])).is_ok(), "both ends are chances");
    for (place, bad) in [(0, "1.5"), (1, "-0.5"), (2, "1.5"), (3, "nan")] {
        let mut worths = ["0.5"; 4];
        worths[place] = bad;
        let error = own(&table(worths)).expect_err("it is refused").to_string();
        assert!(error.contains("a number in [0, 1]") && error.starts_with("mine.toml"), "{error}");
    }
}

#[test]
fn a_table_that_is_none_is_refused_at_its_line() {
    for (text, line) in [("[default]\nany = 0.5\nany = 0.5\n[scheme]\n", 3), ("x = 1\n", 1)] {
        let error = own(text).expect_err("it is refused");
        assert_eq!(error.position().map(|place| place.line), Some(line), "{error}");
    }
}
