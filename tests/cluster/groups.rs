//! Are the groups of a network that an engine holds as good as those of the same network here, however they are fetched?

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::cases::{Ran, Tables};

/// Rings of people with chords, tied by one link each to the first ring of their component: (rings, people of each).
const COMPONENTS: [(usize, usize); 3] = [(3, 12), (2, 12), (1, 12)];

fn rings() -> Tables {
    let folder = TempDir::with_prefix("kluwen-engine").expect("a temporary folder");
    let (mut people, mut links) = ("person_id\n".to_owned(), "link_id,from,to,kind\n".to_owned());
    let mut number = 0;
    let mut tie = |from: &str, to: &str| {
        number += 1;
        links.extend([format!("l{number},{from},{to},contact\n")]);
    };
    for (component, (rings, size)) in COMPONENTS.into_iter().enumerate() {
        for ring in 0..rings {
            let id = |place: usize| format!("c{component}r{ring}p{}", place % size);
            for place in 0..size {
                people.extend([id(place), "\n".to_owned()]);
                tie(&id(place), &id(place + 1));
                tie(&id(place), &id(place + 3));
            }
            if ring > 0 {
                tie(&format!("c{component}r0p0"), &id(0));
            }
        }
    }
    fs::write(folder.path().join("people.csv"), people).expect("it is written");
    fs::write(folder.path().join("links.csv"), links).expect("it is written");
    Tables::of(folder.path(), true)
}

fn groups(ran: &Ran) -> (f64, BTreeSet<BTreeSet<String>>) {
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let members = |group: &Value| {
        let ids = group["members"].as_array().expect("members").iter();
        ids.map(|id| id.as_str().expect("an id").to_owned()).collect()
    };
    let groups = found["groups"].as_array().expect("groups").iter().map(members).collect();
    (found["quality"].as_f64().expect("a quality"), groups)
}

#[test]
fn a_network_too_large_to_be_fetched_is_divided_component_by_component() {
    let tables = rings();
    for by in ["leiden", "louvain"] {
        // Of 72 nodes and 147 ties the largest component has half.
        let words = ["group", "--by", by, "--identity", "given"];
        let [own, _] = tables.both(&words);
        let [_, its] = tables.both(&[&words[..], &["--fetch-most", "150"]].concat());
        assert!(its.stderr.contains("in 2 pieces"), "{}", its.stderr);
        let (own, its) = (groups(&own), groups(&its));
        assert_eq!(own.1, its.1, "{by}: each ring is a group");
        assert_eq!(own.1.len(), 6, "{by}");
        assert!((own.0 - its.0).abs() < 1e-9, "{by}: {} {}", own.0, its.0);
    }
    let [_, its] = tables.both(&["group", "--identity", "given", "--fetch-most", "20"]);
    assert_eq!(its.code, Some(4), "{}", its.stderr);
    assert!(its.stderr.contains("--fetch-most") && its.stdout.is_empty(), "{}", its.stderr);
}

#[test]
fn labels_that_an_engine_spreads_divide_as_well() {
    let [own, its] = rings().both(&["group", "--by", "label-propagation", "--identity", "given"]);
    let (own, its) = (groups(&own).0, groups(&its).0);
    assert!(its > 0.95 * own, "{own} {its}");
}

#[test]
fn what_an_engine_does_not_measure_is_measured_here() {
    let words = ["group", "--by", "components", "--identity", "given", "--quality", "cpm"];
    let [own, its] = rings().both(&words);
    assert!(its.stderr.contains("modularity alone"), "{}", its.stderr);
    assert_eq!(groups(&own), groups(&its));
}

#[test]
fn what_needs_days_or_a_whole_program_is_refused() {
    let tables = rings();
    let [_, its] = tables.both(&["group", "--over-time", "30"]);
    assert_eq!(its.code, Some(2), "{}", its.stderr);
    assert!(its.stderr.contains("--over-time"), "{}", its.stderr);
}

#[test]
fn a_run_that_was_whole_is_taken_up_and_not_made_again() {
    let tables = rings();
    for (words, rounds) in [
        (&["rank", "--by", "pagerank"][..], "pagerank: taken up behind round"),
        (&["group", "--by", "components"], "components: taken up behind round"),
    ] {
        let given = [words, &["--identity", "given"]].concat();
        let [own, first] = tables.both(&given);
        assert!(!first.stderr.contains("taken up"), "{}", first.stderr);
        let [_, again] = tables.both(&[&given[..], &["--resume"]].concat());
        assert_eq!(again.code, Some(0), "{}", again.stderr);
        assert!(again.stderr.contains(rounds), "{}", again.stderr);
        assert_eq!(first.stdout, again.stdout);
        assert_eq!(own.code, Some(0), "{}", own.stderr);
    }
}
