//! Does `ties` list who an engine counted as it lists them here?

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use crate::cases::{Tables, study};

/// Three who share eight files, places and channels, among sixty who share what chance gives them, and a file of all.
fn three_among_sixty() -> Tables {
    let folder = TempDir::with_prefix("kluwen-engine").expect("a temporary folder");
    let mut people = "person_id\n".to_owned();
    let mut roles = "case_id,person_id,role\n".to_owned();
    let mut links = "from,to,kind,place_id,channel_id,start\n".to_owned();
    let mut ads = "ad_id,victim_id,posted_by,payer,channel_id\n".to_owned();
    let mut places = "place_id\n".to_owned();
    let mut channels = "channel_id\n".to_owned();
    let mut cases = "case_id\nc40\n".to_owned();
    let row = |table: &mut String, cells: String| writeln!(table, "{cells}").expect("a row");
    for at in 0..40 {
        row(&mut places, format!("pl{at}"));
        row(&mut channels, format!("ch{at}"));
        row(&mut cases, format!("c{at}"));
    }
    for at in 0..8 {
        for person in 0..3 {
            row(&mut roles, format!("c{at},p{person},client"));
        }
        row(&mut links, format!("p0,p1,contact,pl{at},ch{at},2020"));
        row(&mut ads, format!("a{at},p2,p0,p1,ch{at}"));
    }
    for person in 0..60 {
        let (one, other) = (person * 7 % 40, (person * 11 + 3) % 40);
        row(&mut people, format!("p{person}"));
        row(&mut roles, format!("c40,p{person},witness"));
        let role = if person % 2 == 0 { "client" } else { "witness" };
        row(&mut roles, format!("c{one},p{person},{role}\nc{other},p{person},witness"));
        row(&mut links, format!("p{person},p{},contact,pl{one},ch{other},2021", (person + 1) % 60));
        row(&mut ads, format!("b{person},p{person},,,ch{one}"));
    }
    for (name, text) in [
        ("people", people),
        ("roles", roles),
        ("links", links),
        ("ads", ads),
        ("places", places),
        ("channels", channels),
        ("cases", cases),
    ] {
        fs::write(folder.path().join(format!("{name}.csv")), text).expect("it is written");
    }
    Tables::of(folder.path(), false)
}

/// How many rows both list, where both say the same.
fn listed(tables: &Tables, words: &[&str]) -> usize {
    let [own, its] = tables.both(words);
    assert_eq!(own.code, Some(0), "{words:?}: {}", own.stderr);
    assert_eq!(its.code, Some(0), "{words:?}: {}", its.stderr);
    assert_eq!(own.stdout, its.stdout, "{words:?}");
    let told = |said: &str| -> Vec<String> {
        let about = ["pairs of people", "refined normal", "could have", "Underpowered"];
        let lines = said.lines().filter(|line| about.iter().any(|words| line.contains(words)));
        lines.map(str::to_owned).collect()
    };
    assert!(told(&own.stderr).len() > 1, "{words:?}: {}", own.stderr);
    assert_eq!(told(&own.stderr), told(&its.stderr), "{words:?}");
    own.stdout.matches("\"one\":").count()
}

#[test]
fn whoever_shares_more_than_chance_gives_is_the_same_on_an_engine() {
    let tables = three_among_sixty();
    for (words, expected) in [
        (&["ties", "--identity", "given"][..], 20),
        (&["ties", "--hub", "40", "--identity", "given"], 3),
        (&["ties", "--through", "places", "--identity", "given"], 1),
        (&["ties", "--through", "channels", "--identity", "given"], 19),
        (&["ties", "--through", "channels", "--identity", "given", "--null", "bicm"], 0),
        (&["ties", "--through", "places", "--during", "2021", "--identity", "given"], 0),
        (&["ties", "--through", "channels", "--without", "client", "--identity", "given"], 0),
    ] {
        assert_eq!(listed(&tables, words), expected, "{words:?}");
    }
}

#[test]
fn nobody_of_the_study_is_listed_by_either() {
    let tables = Tables::of(&study(), false);
    for through in ["cases", "identifiers", "channels", "places"] {
        assert_eq!(listed(&tables, &["ties", "--through", through]), 0, "{through}");
    }
    assert!(listed(&tables, &["ties", "--through", "channels", "--fdr", "0.9"]) > 1000);
}
