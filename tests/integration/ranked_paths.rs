//! Does `rank` tell of ties, groups and samples what the library finds?

use serde_json::Value;

use crate::common::{Ran, on_case, repository};

/// The study's case, asked in the words of the command line.
fn rank(words: &[&str]) -> Ran {
    on_case("rank", &repository("graphs/study25"), words)
}

#[test]
fn rank_tells_of_ties_groups_and_samples() {
    let json = ["--by", "betweenness", "--format", "json"];
    let ties = rank(&[&json[..], &["--ties", "--top", "5"]].concat()).fine().json();
    let ties = ties.as_array().expect("rows");
    assert_eq!(ties.len(), 5);
    let score = |row: &Value| row["betweenness"].as_f64().expect("a score");
    assert!(ties.windows(2).all(|pair| score(&pair[0]) >= score(&pair[1])));

    for by in ["betweenness", "closeness"] {
        let words = ["--by", by, "--format", "json", "--seed", "0"];
        let best = rank(&[&words[..], &["--best", "3"]].concat()).fine();
        let rows = best.json();
        let rows = rows.as_array().expect("rows");
        let codes: Vec<&str> =
            rows.iter().map(|row| row["code"].as_str().expect("a code")).collect();
        assert_eq!(codes.len(), 3);
        let together = rank(&[&words[..], &["--group", &codes.join(",")]].concat()).fine().json();
        assert_eq!(together[0]["together"], rows[0]["together"], "{by}");
    }

    let exact = rank(&[&json[..], &["--normalized"]].concat()).fine().json();
    let near = rank(&[&json[..], &["--normalized", "--approximate", "0.02"]].concat()).fine();
    assert!(near.stderr.contains("with a probability of 0.9"), "{near:#?}");
    let score_of = |rows: &Value, id: &Value| {
        let rows = rows.as_array().expect("rows");
        score(rows.iter().find(|row| row["id"] == *id).expect("the same people"))
    };
    let near = near.json();
    for row in exact.as_array().expect("rows") {
        assert!((score(row) - score_of(&near, &row["id"])).abs() <= 0.02, "{row}");
    }
}

#[test]
fn rank_refuses_flags_that_it_would_ignore() {
    for words in [
        &["--approximate", "0.01"][..],
        &["--failure", "0.1", "--by", "betweenness"],
        &["--approximate", "2", "--by", "betweenness"],
        &["--approximate", "0.01", "--by", "betweenness", "--length", "weight"],
        &["--ties"],
        &["--ties", "--by", "betweenness", "--best", "2"],
        &["--best", "2"],
        &["--best", "0", "--by", "closeness"],
        &["--best", "2", "--by", "closeness", "--length", "weight"],
        &["--best", "2", "--by", "closeness", "--normalized"],
        &["--group", "nobody", "--by", "betweenness"],
    ] {
        let ran = rank(words);
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:#?}");
    }
}
