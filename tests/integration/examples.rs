//! Each example runs, and prints what it says it prints.

use std::fs;
use std::process::Command;

use crate::common::{Ran, ended, on_case, repository};

/// Runs an example from the root of the repository, as its reader would.
///
/// `cargo test` has built it; cargo tells tests where programs are, but not where examples are, which is beside the folder of this test.
fn example(name: &str) -> Ran {
    let own = std::env::current_exe().expect("this test has a path");
    let built = own.ancestors().nth(2).expect("target/debug").join("examples").join(name);
    let built = built.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        built.is_file(),
        "{name} is not built: run all tests, or `cargo build --examples` first"
    );
    let mut command = Command::new(built);
    command.current_dir(repository(""));
    ended(command, b"").fine()
}

/// The names of the examples, and what each begins with.
fn examples() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(repository("examples")).expect("a folder of examples") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        found.push((name, fs::read_to_string(path).expect("a source is text")));
    }
    found.sort();
    found
}

#[test]
fn every_example_prints_what_it_asks_for() {
    for (name, _) in examples() {
        let printed = example(&name).stdout;
        match name.as_str() {
            "main_job" => prints_the_first_recruiters(&printed),
            "windows" => assert!(printed.contains("within a week: 0.46"), "{printed}"),
            "own_measure" => assert_eq!(printed, "two_steps: [1.0, 1.0, 2.0, 1.0, 1.0]\n"),
            "compare_periods" => assert!(printed.lines().count() == 2, "{printed}"),
            "draw_map" => assert!(printed.starts_with("digraph kluwen {"), "{printed}"),
            _ => panic!("nobody looks at what the example {name} prints"),
        }
    }
}

#[test]
fn every_example_is_short_and_begins_with_its_question() {
    for (name, source) in examples() {
        let first = source.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.ends_with('?'), "{name}: {first}");
        assert!(source.lines().count() < 60, "{name} is no example but a program");
    }
}

/// The first five, as the command line has them, each with its episodes below.
fn prints_the_first_recruiters(printed: &str) {
    let found = on_case("recruiters", &repository("graphs/study25"), &["--format", "json"]).json();
    let mut lines = printed.lines();
    for one in found.as_array().expect("recruiters").iter().take(5) {
        let recurrence = one["recurrence"].as_f64().expect("a chance");
        let entity = one["entity"].as_str().expect("a code");
        let head = format!("{}. {entity}  {recurrence:.2}", one["rank"]);
        assert_eq!(lines.next(), Some(head.as_str()));
        for episode in one["episodes"].as_array().expect("episodes") {
            let line = lines.next().expect("a line an episode");
            let evidence = episode["evidence"][0].as_str().expect("a row");
            assert!(line.contains(evidence), "{line}: no {evidence}");
        }
    }
    assert_eq!(lines.next(), None);
}
