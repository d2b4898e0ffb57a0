//! Are brokers, cut nodes and cut ties shown as they are, and ignored flags refused?

use serde_json::Value;

use crate::common::{Folder, on_case, repository};

fn rows(command: &str, graph: &str, words: &[&str]) -> Vec<Value> {
    let all = [words, &["--format", "json"]].concat();
    let found = on_case(command, &repository(graph), &all).fine().json();
    found.as_array().expect("rows").clone()
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["id"].as_str().expect("an id")).collect()
}

#[test]
fn whoever_a_path_hangs_by_comes_first_with_those_cut_off() {
    let found = rows("rank", "graphs/known/path5", &["--by", "cut"]);
    assert_eq!(ids(&found), ["c", "b", "d", "a", "e"]);
    assert_eq!((found[0]["cut"].as_u64(), found[0]["pieces"].as_str()), (Some(2), Some("2 2")));
    assert_eq!(found[1]["pieces"], "3 1");
    let first = found.iter().find(|row| row["id"] == "a").expect("a row");
    assert_eq!(found[1]["cut_off"], first["code"], "b alone joins a to the others");
    assert_eq!((first["cut"].as_u64(), first["cut_off"].as_str()), (Some(0), Some("")));
}

#[test]
fn ties_that_a_network_hangs_by_are_listed_with_both_sides() {
    let found = rows("ties", "graphs/known/barbell", &["--cut"]);
    let sides: Vec<_> = found
        .iter()
        .map(|row| [&row["one_id"], &row["other_id"]].map(|id| id.as_str().expect("an id")))
        .zip(found.iter().map(|row| [&row["one_side"], &row["other_side"]].map(Value::as_u64)))
        .collect();
    assert_eq!(
        sides,
        [
            (["m1", "m2"], [Some(6), Some(6)]),
            (["l5", "m1"], [Some(5), Some(7)]),
            (["m2", "r1"], [Some(7), Some(5)]),
        ]
    );
    let said = on_case("ties", &repository("graphs/known/barbell"), &["--cut"]).fine().stderr;
    assert!(said.contains("3 of 23 ties hold the network together alone"), "{said}");
    let figures = rows("summary", "graphs/known/barbell", &[]);
    let figure = |name: &str| {
        figures.iter().find(|row| row["figure"] == name).expect("a figure")["value"].as_u64()
    };
    assert_eq!((figure("cut nodes"), figure("cut ties")), (Some(4), Some(3)));
}

#[test]
fn brokers_are_told_by_the_roles_on_record() {
    let folder = Folder::of(&[
        ("people.csv", "person_id\np1\np2\np3\np4\n"),
        (
            "roles.csv",
            "case_id,person_id,role\nc1,p1,recruiter\nc1,p2,driver\nc2,p2,driver\nc2,p2,host\n\
             c1,p3,host\nc1,p4,victim\n",
        ),
        ("links.csv", "from,to,kind\np1,p2,contact\np2,p3,contact\np2,p4,contact\n"),
    ]);
    let ranked = |words: &[&str]| {
        let words = [&["--by", "brokerage", "--directed", "--format", "json"], words].concat();
        let found = on_case("rank", folder.path(), &words).fine().json();
        found.as_array().expect("rows").clone()
    };
    let by_role = ranked(&["--groups", "role"]);
    let first = &by_role[0];
    assert_eq!((&first["id"], &first["group"]), (&"p2".into(), &"driver".into()));
    assert_eq!((first["brokerage"].as_u64(), first["liaison"].as_u64()), (Some(2), Some(2)));
    assert_eq!((&first["across_groups"], &first["across_by_chance"]), (&1.0.into(), &1.0.into()));
    assert_eq!(by_role[1]["across_groups"], Value::Null, "between nobody, no share");

    let by_victims = ranked(&["--groups", "victims"]);
    let first = &by_victims[0];
    assert_eq!(
        (first["coordinator"].as_u64(), first["representative"].as_u64()),
        (Some(1), Some(1))
    );
    assert_eq!(first["across_groups"], 0.5);
    // Of three drawn from three and one, all are of one group in six orders of 24.
    assert_eq!(first["across_by_chance"], 0.75);
}

#[test]
fn the_least_constrained_come_first_and_the_lone_last() {
    let found = rows("rank", "graphs/known/star5", &["--by", "constraint"]);
    assert_eq!(found[0]["constraint"], 0.25);
    let folder = Folder::of(&[
        ("people.csv", "person_id\nalone\np1\np2\np3\n"),
        ("links.csv", "from,to,kind\np1,p2,contact\np2,p3,contact\n"),
    ]);
    let words = ["--by", "constraint", "--isolates", "--format", "json"];
    let found = on_case("rank", folder.path(), &words).fine().json();
    assert_eq!(ids(found.as_array().expect("rows")), ["p2", "p1", "p3", "alone"]);
}

#[test]
fn every_measure_of_the_surroundings_prints_its_rows_in_every_form() {
    let measures = [
        "triangles",
        "clustering",
        "constraint",
        "effective-size",
        "brokerage",
        "bridging",
        "cut",
        "collective-influence",
    ];
    for by in measures {
        for form in ["table", "csv", "json", "jsonl"] {
            let words = ["--by", by, "--format", form];
            let ran = on_case("rank", &repository("graphs/study25"), &words).fine();
            assert!(ran.stdout.lines().count() > 20, "{by} {form}");
        }
    }
}

#[test]
fn flags_that_would_be_ignored_are_refused() {
    let case = repository("graphs/study25");
    for words in [
        &["--by", "degree", "--radius", "2"][..],
        &["--by", "brokerage", "--radius", "2"],
        &["--by", "collective-influence", "--groups", "role"],
        &["--groups", "role"],
    ] {
        let ran = on_case("rank", &case, words);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains("would be ignored"), "{ran:#?}");
    }
    assert_eq!(on_case("ties", &case, &["--cut", "--through", "cases"]).code, Some(2));
}
