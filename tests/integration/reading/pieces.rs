//! Files in pieces, on any number of threads, by their physical lines.

use std::fmt::Write as _;

use kluwen::case::{FaultClass, ReadOptions, Strictness, read};
use proptest::prelude::*;

use super::shown;
use crate::common::{Folder, report, spoilt};
use crate::dice::Dice;

#[test]
fn lines_are_physical_whatever_stands_between() {
    let people = "\u{feff}\r\n\r\nperson_id,name,birth\r\np1,\"An\r\n\r\nna\",\r\n\r\n\np2,,bad\r\np3,\"x\n\",bad\np4,,";
    let case = spoilt("people.csv", people);
    let lines: Vec<u64> = (report(case.path()).faults.listed().iter())
        .filter(|fault| fault.position.column == "birth")
        .map(|fault| fault.position.line)
        .collect();
    assert_eq!(lines, [9, 10]);
}

#[test]
fn a_mark_within_a_file_is_told_wherever_it_stands() {
    let case = spoilt("people.csv", "person_id\n\u{feff}p1\np2\n\u{feff}p3\np4\n");
    let lines: Vec<u64> = (report(case.path()).faults.listed().iter())
        .filter(|fault| fault.position.file == "people.csv")
        .map(|fault| fault.position.line)
        .collect();
    assert_eq!(lines, [2, 4]);
}

/// A table of people of over two pieces, with quotes, line breaks and letters of many bytes in it.
fn long_table(seed: u64) -> String {
    const WORDS: [&str; 8] = ["a", "\"\"", "\n", "\r\n", ",", "é😀", "long word ", ";"];
    let mut dice = Dice::new(seed);
    let mut text = String::from("person_id,name,alias\n");
    let mut row = 0;
    while text.len() < (2 << 20) + 50_000 {
        row += 1;
        let words = 1 + dice.below(12) * dice.below(12);
        let mut name: String = (0..words).map(|_| WORDS[dice.below(8)]).collect();
        name.push('.');
        let end = ["\n", "\r\n"][dice.below(2)];
        let _ = write!(text, "p{row},\"{name}\",{}{end}", ["", "x", "\"y\""][dice.below(3)]);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_in_pieces_holds_the_rows_that_it_holds_whole(seed in any::<u64>(), shift in 0..4000_usize) {
        // The shift moves the borders of pieces over the rows.
        let text = long_table(seed).replacen("alias", &"a".repeat(1 + shift), 1);
        let folder = Folder::of(&[("people.csv", &text)]);
        let taken = report(folder.path());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut rows = reader.records();
        let mut line = 2;
        for person in taken.case.people.iter() {
            let row = rows.next().expect("as many rows").expect("a row");
            prop_assert_eq!(taken.case.text(person.person), &row[0]);
            prop_assert_eq!(taken.case.text(person.name), &row[1]);
            prop_assert_eq!(person.assertion.line, line);
            line += 1 + u32::try_from(row[1].matches('\n').count()).expect("few lines");
        }
        prop_assert!(rows.next().is_none());
    }
}

#[test]
fn an_odd_quote_at_the_border_of_pieces_is_told_once() {
    let mut text = String::from("person_id,name\n");
    for row in 0..150_000 {
        let _ = writeln!(text, "p{row},\"a\"b");
    }
    let taken = report(Folder::of(&[("people.csv", text)]).path());
    let told: Vec<u64> = (taken.faults.listed().iter())
        .filter(|fault| fault.class == FaultClass::OddQuote)
        .map(|fault| fault.position.line)
        .collect();
    assert_eq!(taken.faults.counts()[&FaultClass::OddQuote], 150_000);
    assert_eq!(told, (2..10_002).collect::<Vec<u64>>());
}

#[test]
fn a_reading_does_not_depend_on_threads() {
    let mut people = long_table(7);
    people.push_str("p5,again,\np6,again,\nbroken\n");
    let case = spoilt("people.csv", people);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let options = ReadOptions {
                strictness: Strictness::SetAside,
                digest: true,
                ..ReadOptions::default()
            };
            read(case.path(), &options).expect("rows are set aside")
        })
    };
    let alone = on(1);
    assert_eq!(alone.refused.len(), 3);
    for threads in [2, 8] {
        let many = on(threads);
        assert_eq!(shown(&many.case), shown(&alone.case));
        assert_eq!(many.faults.listed(), alone.faults.listed());
        assert_eq!(
            (many.refused, many.counts, many.files),
            (alone.refused.clone(), alone.counts.clone(), alone.files.clone())
        );
        assert_eq!(many.case.symbol_count(), alone.case.symbol_count());
    }
}
