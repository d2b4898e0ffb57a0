//! Does `whatif` count what a network loses, keep victims safe, and say what it is not?

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::common::{Folder, Ran, ended, kluwen, on_case, repository};

const LINE: &str = "structure only, not a forecast";

/// Two exploiters, tied; one has two victims, the other one; a social worker knows one of them.
///
/// `p6 – p3 – p1 – p2 – p5`, and `p1 – p4`.
fn small() -> Folder {
    Folder::of(&[
        ("cases.csv", "case_id\nc1\n"),
        ("people.csv", "person_id,name\np1,A\np2,B\np3,C\np4,D\np5,E\np6,F\np7,G\n"),
        (
            "roles.csv",
            "case_id,person_id,role,status,minor\nc1,p1,exploiter,suspect,\nc1,p2,exploiter,suspect,\n\
             c1,p3,victim,victim,\nc1,p4,victim,victim,\nc1,p5,victim,victim,\nc1,p6,professional,,\n\
             c1,p7,offender,suspect,yes\n",
        ),
        (
            "links.csv",
            "link_id,from,to,kind,case_id,start\nl1,p1,p3,exploited,c1,2020-01\nl2,p1,p4,exploited,c1,2020-02\n\
             l3,p1,p2,accomplice,c1,\nl4,p2,p5,exploited,c1,2020-03\nl5,p6,p3,professional_contact,c1,\n",
        ),
        (
            "identifiers.csv",
            "person_id,kind,value\np1,phone,+31655501122\np2,phone,+31655501122\np4,phone,+31655501133\n",
        ),
    ])
}

fn ask(case: &Path, words: &[&str]) -> Ran {
    on_case("whatif", case, &[&["--identity", "given"], words].concat())
}

fn figures(found: &Value, name: &str) -> (Option<f64>, f64) {
    let rows = found["figures"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["figure"] == name).unwrap_or_else(|| panic!("no {name}"));
    (row["before"].as_f64(), row["after"].as_f64().expect("a number"))
}

fn close(found: &Value, name: &str, before: Option<f64>, after: f64) {
    let got = figures(found, name);
    let same = |a: f64, b: f64| (a - b).abs() < 1e-12;
    let fits = same(got.1, after) && got.0.zip(before).is_none_or(|(a, b)| same(a, b));
    assert!(
        fits && got.0.is_some() == before.is_some(),
        "{name}: {got:?}, expected {before:?} {after}"
    );
}

fn codes(found: &Value, name: &str) -> Vec<String> {
    let codes = found[name].as_array().expect("codes");
    codes.iter().map(|code| code.as_str().expect("a code").to_owned()).collect()
}

#[test]
fn a_small_network_loses_what_can_be_counted_by_hand() {
    let case = small();
    let ran = ask(case.path(), &["--remove", "E1", "--format", "json", "--draws", "10"]).fine();
    let found = ran.json();
    assert_eq!(found["note"], LINE);
    assert!(ran.stderr.to_lowercase().contains(LINE), "{ran:#?}");
    close(&found, "nodes", Some(6.0), 5.0);
    close(&found, "ties", Some(5.0), 2.0);
    close(&found, "components", Some(1.0), 3.0);
    close(&found, "largest component", Some(6.0), 2.0);
    close(&found, "fragmentation", Some(0.0), 0.8);
    let efficiency = (5.0 + 5.0 / 2.0 + 4.0 / 3.0 + 1.0 / 4.0) / 15.0;
    close(&found, "efficiency", Some(efficiency), 0.2);
    close(&found, "distance-weighted fragmentation", Some(1.0 - efficiency), 0.8);
    close(&found, "mean others within reach", Some(20.0 / 6.0), 4.0 / 5.0);
    close(&found, "victims tied to somebody who may harm them", Some(3.0), 1.0);
    close(&found, "victims joined by a path to somebody who may harm them", Some(3.0), 1.0);
    close(&found, "within reach of the removed", None, 6.0);
    close(&found, "nearness of the removed", None, 5.0 / 6.0);
    assert_eq!(codes(&found, "out_of_reach"), ["V1", "V2"]);
    let regrowth = found["regrowth"].as_array().expect("scenarios");
    assert_eq!(regrowth[0]["filled_by"], "same_role");
    let regrown = (4.0 + 4.0 / 2.0 + 2.0 / 3.0) / 10.0;
    assert!((regrowth[0]["efficiency"].as_f64().expect("a number") - regrown).abs() < 1e-12);
    assert_eq!(regrowth[0]["more_efficient"].as_f64(), Some(1.0), "more efficient than before");
    assert_eq!(regrowth[1]["filled_by"], "acquaintance");
    assert_eq!(
        regrowth[1]["filled"].as_f64(),
        Some(0.0),
        "a victim and a social worker take no place"
    );
}

#[test]
fn what_people_share_can_go_too() {
    let case = small();
    let words = ["--with", "identifiers", "--remove", "phone +31655501122", "--format", "json"];
    let found = ask(case.path(), &words).fine().json();
    close(&found, "nodes", Some(8.0), 7.0);
    close(&found, "ties", Some(8.0), 6.0);
    let words = ["--with", "identifiers", "--among", "shared", "--best", "1", "--format", "json"];
    let found = ask(case.path(), &words).fine().json();
    assert_eq!(codes(&found, "removed"), ["phone +31655501122"], "not the phone of a victim");
    let words = ["--with", "identifiers", "--among", "shared", "--best", "2"];
    assert!(ask(case.path(), &words).stderr.contains("only 1 of 2 may be"));
}

#[test]
fn nobody_protected_is_a_target() {
    let case = small();
    let refused = |words: &[&str], why: &str| {
        let ran = ask(case.path(), words);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stdout.is_empty() && ran.stderr.contains(why), "{ran:#?}");
    };
    for word in ["p3", "V1", "V3"] {
        refused(&["--remove", word], "is a victim in some case");
    }
    refused(&["--remove", "E1,p3"], "is a victim in some case");
    refused(&["--isolates", "--remove", "p7"], "is a minor in some case");
    refused(&["--protect", "E1"], "no victim and no minor");
    refused(&["--remove", "E1,p1"], "named twice");
    refused(&["--remove", "p7"], "no tie in this network");
    refused(&["--best", "3"], "only 2 of 6 may be");
    refused(&["--best", "0"], "only 2 of 6 may be");
    let found = ask(case.path(), &["--protect", "V1", "--format", "json"]).fine().json();
    assert_eq!(
        (codes(&found, "to_safety"), codes(&found, "removed")),
        (vec!["V1".to_owned()], vec![])
    );
    assert_eq!(codes(&found, "out_of_reach").len(), 0, "she is safe, not lost from view");
    close(&found, "victims tied to somebody who may harm them", Some(3.0), 2.0);
}

#[test]
fn only_those_whom_rows_call_offenders_are_proposed() {
    let study = repository("graphs/study25");
    let mut guarded = BTreeSet::new();
    let mut offenders = BTreeSet::new();
    for row in csv::Reader::from_path(study.join("roles.csv")).expect("a table").records() {
        let row = row.expect("a row");
        let (person, role, status, minor) = (row[1].to_owned(), &row[2], &row[3], &row[4]);
        let safe = ["victim", "coerced_participant", "professional"];
        if safe.contains(&role) || ["victim", "professional"].contains(&status) || minor == "yes" {
            guarded.insert(person);
        } else if ["suspect", "convicted"].contains(&status)
            || !["client", "family", "witness", "reporter", "other", "unknown"].contains(&role)
        {
            offenders.insert(person);
        }
    }
    let mut proposed = 0;
    for words in [
        &["--best", "40"][..],
        &["--best", "3", "--goal", "lengthen"],
        &["--best", "3", "--goal", "reach"],
        &["--best", "3", "--goal", "near"],
        &["--best", "40", "--strategy", "degree"],
        &["--best", "40", "--strategy", "betweenness"],
        &["--best", "40", "--strategy", "core-hd"],
        &["--best", "40", "--strategy", "influence"],
        &["--best", "40", "--strategy", "generalized", "--cost", "ties"],
    ] {
        let more = [words, &["--draws", "0", "--format", "json"]].concat();
        let found = ask(&study, &more).fine().json();
        for code in codes(&found, "removed") {
            let id = code.replace('E', "p");
            assert!(offenders.contains(&id) && !guarded.contains(&id), "{words:?} proposes {code}");
            proposed += 1;
        }
    }
    assert!(proposed > 100, "{proposed}");
}

#[test]
fn the_line_is_said_in_every_form() {
    let case = small();
    for form in ["table", "json", "jsonl", "csv"] {
        let ran = ask(case.path(), &["--best", "1", "--format", form, "--quiet"]).fine();
        assert!(ran.stdout.contains(LINE) && ran.stderr.is_empty(), "{form}: {ran:#?}");
    }
}

#[test]
fn the_same_question_has_the_same_answer() {
    let study = repository("graphs/study25");
    let ask = |more: &[&str]| {
        let words = [&["--best", "2", "--goal", "lengthen", "--format", "json"], more].concat();
        ask(&study, &words).fine().stdout
    };
    let alone = ask(&["--threads", "1"]);
    assert_eq!(ask(&["--threads", "2"]), alone);
    assert_eq!(ask(&["--threads", "8"]), alone);
    let other: Value = serde_json::from_str(&ask(&["--seed", "1"])).expect("JSON");
    assert_eq!(other["seed"], 1);
}

#[test]
fn recruitments_go_with_whoever_recruits() {
    let study = repository("graphs/study25");
    let losses = |who: &str| {
        let words = ["--remove", who, "--format", "json", "--draws", "20"];
        ask(&study, &words).fine().json()
    };
    let recruiter = losses("E9,E19,E29");
    let (before, after) = figures(&recruiter, "recruitments in 12 months");
    let (_, own) = figures(&recruiter, "of them by the removed");
    assert!(own > 0.1 && (before.expect("a number") - own - after).abs() < 1e-9, "{own}");
    let row = recruiter["figures"].as_array().expect("rows");
    let row = row.iter().find(|row| row["figure"] == "of them by the removed").expect("a row");
    let [low, high] = [0, 1].map(|at| row["after_interval"][at].as_f64().expect("a number"));
    assert!(low <= own && own <= high, "{row}");
    assert!(row["random"].as_f64().expect("a number") < own, "{row}");
}

#[test]
fn flags_that_would_be_ignored_are_refused() {
    let case = small();
    let case = case.path().to_str().expect("a path of text");
    for words in [
        &[][..],
        &["--remove", "E1", "--best", "1"],
        &["--remove", "E1", "--goal", "reach"],
        &["--remove", "E1", "--strategy", "degree"],
        &["--remove", "E1", "--among", "people"],
        &["--best", "1", "--goal", "reach", "--strategy", "degree"],
        &["--best", "1", "--cost", "ties"],
        &["--best", "1", "--target", ".5"],
        &["--best", "1", "--strategy", "degree", "--target", "2"],
        &["--best", "1", "--among", "shared"],
        &["--best", "1", "--steps", "0"],
        &["--remove", "phone +31655501122"],
        &["--remove", "nobody"],
    ] {
        let ran = ended(kluwen([&["whatif", case][..], words].concat()), b"");
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:#?}");
    }
}

#[test]
fn known_graphs_without_roles_go_through_it() {
    for graph in ["path5", "star5", "barbell"] {
        let case = repository("graphs/known").join(graph);
        let found = on_case("whatif", &case, &["--best", "1", "--format", "json"]).fine().json();
        assert_eq!(
            codes(&found, "removed").len(),
            1,
            "{graph}: nobody is called an offender, so all may be"
        );
    }
}
