//! `path` and `rank --robust` as they are typed.

use serde_json::Value;

use crate::common::{Folder, Ran, kluwen, on_case, repository};

/// A to D, by B (.9 × .8) or by C (.5 twice, from one source or from two); and D to E, who is tied to nobody else.
fn chain(second_source: &str) -> Folder {
    let people =
        "person_id,name\na,Anna Aalbers\nb,Bram Boot\nc,Cees Cuyp\nd,Dora Dijk\ne,Eva Eker\n";
    let links = format!(
        "link_id,from,to,kind,case_id,count,source,grade\n\
         l1,a,b,accomplice,c1,1,s1,0.9\nl2,b,d,accomplice,c1,1,s2,0.8\n\
         l3,a,c,accomplice,c1,1,s3,0.95\nl4,c,d,accomplice,c1,1,s4,0.5\n\
         l5,c,d,paid,c1,1,{second_source},0.5\nl6,d,e,accomplice,c1,7,s5,1.0\n"
    );
    Folder::of(&[("people.csv", people), ("links.csv", links.as_str())])
}

fn path(case: &Folder, words: &[&str]) -> Ran {
    on_case("path", case.path(), &[words, &["--identity", "given"]].concat())
}

fn rows(ran: &Ran) -> Vec<Value> {
    ran.json().as_array().expect("rows").clone()
}

#[test]
fn the_chain_that_is_most_likely_right() {
    // Two sources: a – c – d is right with .95 × (1 - .5²) = .7125, less than .9 × .8 = .72.
    let ran =
        path(&chain("s6"), &["a", "d", "--length", "certainty", "--next", "5", "--format", "json"])
            .fine();
    let chances: Vec<f64> =
        rows(&ran).iter().map(|row| row["chance"].as_f64().expect("a number")).collect();
    let want = [0.72, 0.72, 0.7125, 0.7125];
    assert_eq!(chances.len(), want.len(), "{ran:#?}");
    assert!(chances.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-9), "{chances:?}");
    assert!(ran.stderr.contains("There are no more."), "{ran:#?}");
    // What one source says twice is said once: .95 × .5.
    let ran =
        path(&chain("s4"), &["a", "d", "--length", "certainty", "--next", "5", "--format", "json"])
            .fine();
    let last = rows(&ran)[3]["chance"].as_f64().expect("a number");
    assert!((last - 0.475).abs() < 1e-9, "{last}");
    let ran = path(&chain("s4"), &["a", "d", "--length", "certainty", "--format", "json"]).fine();
    assert_eq!(rows(&ran).len(), 2);
    assert_eq!(rows(&ran)[0]["to_id"], "b");
    assert_eq!(rows(&ran)[0]["rows"], "links.csv:2");
    assert!(ran.stderr.contains("0.720"), "{ran:#?}");
}

#[test]
fn several_people_on_either_side() {
    let case = chain("s6");
    let ran = path(&case, &["a,b", "e,d", "--format", "json"]).fine();
    assert_eq!(rows(&ran).len(), 1, "b and d are the nearest two");
    assert_eq!((&rows(&ran)[0]["from_id"], &rows(&ran)[0]["to_id"]), (&"b".into(), &"d".into()));
    let ran = path(&case, &["a,b", "b,e", "--format", "json"]).fine();
    assert!(
        rows(&ran).is_empty() && ran.stderr.contains("length 0: 1"),
        "b is on both sides: {ran:#?}"
    );
    let ran = path(&case, &["a, b", "e, nobody"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("nobody is `nobody`"), "{ran:#?}");
}

#[test]
fn all_paths_up_to_a_length_say_when_they_are_cut() {
    let case = chain("s6");
    let all = path(&case, &["a", "e", "--up-to", "3", "--format", "json"]).fine();
    assert_eq!(rows(&all).len(), 6, "two paths of three ties");
    assert!(all.stderr.contains("2; these are all"), "{all:#?}");
    let cut = path(&case, &["a", "e", "--up-to", "3", "--limit", "1", "--format", "json"]).fine();
    assert_eq!(rows(&cut).len(), 3);
    assert!(cut.stderr.contains("`--limit 1` cut them off"), "{cut:#?}");
    let none = path(&case, &["a", "e", "--up-to", "2", "--format", "json"]).fine();
    assert!(rows(&none).is_empty());
}

#[test]
fn flags_that_would_be_ignored_are_refused() {
    let case = repository("graphs/study25");
    let case = case.to_str().expect("a path of text");
    for words in [
        &["path", case, "p3", "p20", "--weight", "count"][..],
        &["path", case, "p3", "p20", "--length", "weight"],
        &["path", case, "p3", "p20", "--length", "certainty", "--weight", "count"],
        &["path", case, "p3", "p20", "--length", "certainty", "--network", "cases"],
        &["path", case, "p3", "p20", "--network", "cases", "--directed"],
        &["path", case, "p3", "p20", "--next", "3", "--limit", "3"],
        &["path", case, "p3", "p20", "--next", "3", "--up-to", "3"],
        &["path", case, "p3", "p20", "--up-to", "3", "--length", "certainty"],
        &["path", case, "p3", "p20", "--in-time", "possible", "--next", "3"],
        &["path", case, "p3,p4", "p20", "--in-time", "possible"],
        &["rank", case, "--share", "0.2"],
        &["rank", case, "--robust", "--share", "0.2"],
        &["rank", case, "--robust=ties", "--share", "1.2"],
        &["rank", case, "--robust=ties", "--draws", "0"],
        &["rank", case, "--robust", "--network", "cases"],
        &["rank", case, "--robust=spurious", "--network", "cases"],
    ] {
        let ran = crate::common::ended(kluwen(words), b"");
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:#?}");
        assert_eq!(ran.stdout, "", "{words:?}");
    }
}

#[test]
fn ranks_are_told_with_how_far_they_can_be_trusted() {
    let case = repository("graphs/study25");
    let rank = |words: &[&str]| {
        let all = [&["--draws", "40", "--top", "5", "--format", "json"], words].concat();
        on_case("rank", &case, &all).fine()
    };
    for error in ["--robust", "--robust=ties", "--robust=people", "--robust=spurious"] {
        let ran = rank(&[error]);
        let first = rows(&ran)[0].clone();
        let [low, high] = ["low", "high"].map(|end| first[end].as_u64().expect("a rank"));
        assert!(1 <= low && low <= high, "{first}");
        assert!(ran.stderr.contains("40 draws, seed 0"), "{ran:#?}");
        assert_eq!(rank(&[error]).stdout, ran.stdout, "the same each time");
    }
    let given = rank(&["--robust=ties", "--share", "0"]);
    assert!(
        given.stderr.contains("a chance of 1.000"),
        "without an error nothing changes: {given:#?}"
    );
    let cases = rank(&["--robust=ties", "--network", "cases", "--by", "betweenness"]);
    assert_eq!(rows(&cases).len(), 5);
    let plain = on_case("rank", &case, &["--format", "json"]).fine();
    assert!(rows(&plain)[0].get("low").is_none());
}
