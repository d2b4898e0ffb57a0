//! Graphs whose right answers are known: a new graph, or a new answer, needs no code here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::{close_to, on_case, repository};

/// Column 1 of a file of answers by column 0, without the header.
fn answers(path: &Path) -> BTreeMap<String, f64> {
    let mut reader = csv::Reader::from_path(path).expect("a file of answers");
    let row = |row: csv::Result<csv::StringRecord>| {
        let row = row.expect("a row of answers");
        (row[0].to_owned(), row[1].parse().expect("an answer is a number"))
    };
    reader.records().map(row).collect()
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).expect("a folder of graphs");
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.expect("it can be read").path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

/// How a file of answers is asked of the command line; none where no flag asks for it.
fn question(name: &str, directed: bool) -> Option<Vec<&'static str>> {
    let (name, undirected) = match name.strip_suffix("_undirected") {
        Some(name) => (name, true),
        None => (name, !directed),
    };
    let mut words = match name {
        "degree" => vec!["--by", "degree"],
        "strength" => vec!["--by", "strength", "--weight", "count"],
        "betweenness" => vec!["--by", "betweenness"],
        "betweenness_length" => {
            vec!["--by", "betweenness", "--length", "weight", "--weight", "count"]
        }
        "betweenness_inverse" => {
            vec!["--by", "betweenness", "--length", "reciprocal", "--weight", "count"]
        }
        "closeness" | "closeness_in" => vec!["--by", "closeness"],
        "closeness_length" => vec!["--by", "closeness", "--length", "weight", "--weight", "count"],
        "closeness_inverse" => {
            vec!["--by", "closeness", "--length", "reciprocal", "--weight", "count"]
        }
        "harmonic" | "harmonic_in" => vec!["--by", "harmonic"],
        "harmonic_length" => vec!["--by", "harmonic", "--length", "weight", "--weight", "count"],
        "harmonic_inverse" => {
            vec!["--by", "harmonic", "--length", "reciprocal", "--weight", "count"]
        }
        "core" => vec!["--by", "core"],
        "pagerank" => vec!["--by", "pagerank"],
        "pagerank_weighted" => vec!["--by", "pagerank", "--weight", "count"],
        _ => return None,
    };
    if !undirected {
        words.push("--directed");
    }
    Some(words)
}

/// Which answers only the library gives, or are of another kind: looked at elsewhere.
const NOT_ASKED: [&str; 9] = [
    "component",
    "component_strong",
    "in_degree",
    "out_degree",
    "modes",
    "modularity",
    "modularity_weighted",
    "projection_actors",
    "projection_events",
];

fn scores(graph: &Path, words: &[&str]) -> BTreeMap<String, f64> {
    let rows = on_case("rank", graph, &[words, &["--format", "json"]].concat()).fine().json();
    let score = |row: &Value| {
        let row = row.as_object().expect("a row is an object");
        let beside = ["rank", "code", "id", "sort"];
        let score = row.iter().find(|(column, _)| !beside.contains(&column.as_str()));
        let value = score.and_then(|(_, value)| value.as_f64()).expect("a score");
        (row["id"].as_str().expect("an id").to_owned(), value)
    };
    rows.as_array().expect("rows").iter().map(score).collect()
}

fn all_close(got: &BTreeMap<String, f64>, want: &BTreeMap<String, f64>, what: &str) {
    assert_eq!(got.len(), want.len(), "{what}");
    for (id, &want) in want {
        let got = got[id];
        assert!(
            (got - want).abs() < 1e-9 || close_to(got, want, 1e-9),
            "{what}: {id}: {got}, expected {want}"
        );
    }
}

#[test]
fn rank_gives_the_known_answers() {
    let mut asked = 0;
    for graph in folders(&repository("graphs/known")) {
        let expected = graph.join("expected");
        let directed = expected.join("component_strong.csv").exists();
        let mut files: Vec<PathBuf> = fs::read_dir(&expected)
            .expect("every graph has its answers")
            .map(|entry| entry.expect("it can be read").path())
            .collect();
        files.sort();
        for file in files {
            let name = file.file_stem().and_then(|name| name.to_str()).expect("a name");
            let what = format!("{} of {}", name, graph.display());
            // The flags that turn an arrow around are the library's alone.
            let turned =
                directed && (name.ends_with("_in") || matches!(name, "closeness" | "harmonic"));
            match question(name, directed) {
                Some(words) if !turned => {
                    asked += 1;
                    all_close(&scores(&graph, &words), &answers(&file), &what);
                }
                Some(_) => {}
                None => assert!(NOT_ASKED.contains(&name), "nobody asks for {what}"),
            }
        }
    }
    assert!(asked > 80, "{asked}");
}

/// The greatest modularity, and in how many groups, as the file has it.
fn best_division(path: &Path) -> (f64, usize) {
    let mut reader = csv::Reader::from_path(path).expect("a file of answers");
    let row = reader.records().next().expect("one row").expect("a row");
    (row[0].parse().expect("a number"), row[1].parse().expect("a count"))
}

#[test]
fn group_finds_the_best_division() {
    let mut asked = 0;
    for graph in folders(&repository("graphs/known")) {
        for (name, weight) in [("modularity.csv", "none"), ("modularity_weighted.csv", "count")] {
            let file = graph.join("expected").join(name);
            if !file.exists() {
                continue;
            }
            let words = ["--by", "leiden", "--weight", weight, "--format", "json"];
            let division = on_case("group", &graph, &words).fine().json();
            let (best, _) = best_division(&file);
            let quality = division["quality"].as_f64().expect("a quality");
            assert!(
                close_to(quality, best, 1e-9) || (quality - best).abs() < 1e-12,
                "{}: {quality}, expected {best}",
                file.display()
            );
            asked += 1;
        }
    }
    assert!(asked > 10, "{asked}");
}

#[test]
fn group_finds_the_components() {
    for graph in folders(&repository("graphs/known")) {
        let sizes = answers(&graph.join("expected/component.csv"));
        let division =
            on_case("group", &graph, &["--by", "components", "--format", "jsonl"]).fine();
        let rows: Vec<Value> =
            division.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let got = rows.iter().map(|row| {
            (row["id"].as_str().expect("an id").to_owned(), row["size"].as_f64().expect("a size"))
        });
        all_close(&got.collect(), &sizes, &graph.display().to_string());
    }
}
