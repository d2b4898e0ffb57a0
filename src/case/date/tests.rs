use super::*;

fn shown(text: &str) -> String {
    When::parse(text).expect("a date of the contract").to_string()
}

#[test]
fn a_date_is_the_interval_it_can_lie_in() {
    assert_eq!(shown("2021-03-02"), "2021-03-02");
    assert_eq!(shown("2020-02"), "2020-02-01/2020-02-29");
    assert_eq!(shown("2021"), "2021-01-01/2021-12-31");
    assert_eq!(shown("2021-03/2021-05"), "2021-03-01/2021-05-31");
    assert_eq!(shown("2021-03/.."), "2021-03-01/..");
    assert_eq!(shown("../2021"), "../2021-12-31");
}

#[test]
fn doubt_widens_it_by_the_stated_amount() {
    assert_eq!(shown("2021-03-10?"), "2021-03-03/2021-03-17");
    assert_eq!(shown("2021-03~"), "2021-01-29/2021-05-01");
    assert_eq!(shown("2021~/2022"), "2020-01-02/2022-12-31");
}

#[test]
fn a_date_that_reads_two_ways_is_refused() {
    for text in ["03/04/2024", "3-4-2024", "03.04.24"] {
        assert_eq!(When::parse(text), Err(BadDate::DayOrMonthFirst), "{text}");
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in ["yesterday", "2021-3-2", "2021-03-02T10:00", "/", "../..", "2021//", "é021"] {
        assert_eq!(When::parse(text), Err(BadDate::Form), "{text}");
    }
    for text in ["2021-02-30", "2021-13", "2021-00-01"] {
        assert_eq!(When::parse(text), Err(BadDate::Calendar), "{text}");
    }
    assert_eq!(When::parse("2021-05/2021-03"), Err(BadDate::Reversed));
}

#[test]
fn halves_that_no_text_stands_for_are_none() {
    let texts = ["", "not_asked", "2021", "0000~", "9999?", "2021-03/..", "../2021-03-02?"];
    for when in texts.map(|text| When::parse(text).expect("a date of the contract")) {
        assert_eq!(When::from_numbers(when.to_numbers()), Some(when));
    }
    let (first, last) = (-719_894, 2_933_262);
    let whole = When::from_numbers([first, last]).expect("years 0 and 9999, in doubt by a year");
    assert_eq!(whole.to_numbers(), [first, last]);
    for halves in [
        [first - 1, 0],
        [0, last + 1],
        [first - 1, OPEN_END],
        [OPEN_START, last + 1],
        [NO_DATE, 5],
        [NO_DATE, -1],
        [OPEN_START, OPEN_END],
        [2, 1],
        [0, 3_000_000],
        [-1_000_000, 0],
        [OPEN_END, OPEN_END],
        [OPEN_START, OPEN_START],
    ] {
        assert_eq!(When::from_numbers(halves), None, "{halves:?}");
    }
}

#[test]
fn no_date_says_why() {
    let reason = |text| When::parse(text).ok().and_then(When::why_missing);
    assert_eq!(reason(""), Some(Missing::NotRecorded));
    assert_eq!(reason("unknown"), Some(Missing::Unknown));
    assert_eq!(When::parse("2021").ok().and_then(When::why_missing), None);
}
