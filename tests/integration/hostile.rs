//! Whatever the bytes are: no panic, no injection, nothing that acts on a terminal.

mod spoilt;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::common::{Folder, Ran, ended, on_case};

/// What somebody may write into a file who wishes its reader ill.
const HOSTILE: [&str; 16] = [
    r#"Bo"]; INJECTED [label="x"#,
    "a\"b'c`d",
    "line one\nINJECTED\r\nline two",
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "=cmd()|' /C calc'!A0",
    "@SUM(1+1)*cmd|x",
    "\u{202e}desrever\u{2066}",
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "\u{9b}31m\u{7f}\u{8}",
    "zero\0byte",
    "para\u{2028}graph\u{2029}",
    "back\\slash\\",
    "{{ 7 * 7 }} {% for %} ${x} %s",
    "| a | b |\n[x](javascript:alert(1)) **b**",
    "{rec|<b>} &lt; &amp; --> \\N",
];

/// A case in which every text that may be free is `text`; ids have a number behind it.
fn case_of(text: &str) -> String {
    let id = |kind: &str, number: u32| format!("{text}{kind}{number}");
    let people = (1..=4).map(|n| {
        json!({"table": "people", "person_id": id("p", n), "name": text, "alias": text, "sex": text,
            "source": text, text: text})
    });
    let rest = [
        json!({"table": "cases", "case_id": id("c", 1), "unit": text, "outcome": text, "opened": "2019"}),
        json!({"table": "cases", "case_id": id("c", 2), "unit": text, "purpose": text}),
        json!({"table": "channels", "channel_id": id("ch", 1), "name": text, "class": "game"}),
        json!({"table": "places", "place_id": id("pl", 1), "name": text, "class": "hotel"}),
        json!({"table": "identifiers", "person_id": id("p", 1), "kind": "phone", "value": text}),
    ];
    let acts = (1..=2).flat_map(|n| {
        let (case, victim) = (id("c", n), id("p", n + 1));
        [
            json!({"table": "roles", "case_id": case, "person_id": victim, "role": "victim",
                "minor": "yes", "source": text}),
            json!({"table": "roles", "case_id": case, "person_id": id("p", 1), "role": "recruiter",
                "source": text}),
            json!({"table": "links", "link_id": id("l", n), "from": id("p", 1), "to": victim,
                "kind": "first_contact", "case_id": case, "channel_id": id("ch", 1),
                "start": format!("201{n}-03"), "source": format!("{text}{n}"), "grade": "A1"}),
            json!({"table": "links", "from": id("p", 1), "to": victim, "kind": "recruited",
                "case_id": case, "start": format!("201{n}-03"), "source": text}),
            json!({"table": "links", "from": id("p", 1), "to": victim, "kind": "exploited",
                "case_id": case, "place_id": id("pl", 1), "start": format!("201{n}-04"),
                "source": text, text: text}),
            json!({"table": "ads", "ad_id": id("a", n), "channel_id": id("ch", 1), "case_id": case,
                "victim_id": victim, "phone": text, "handle": text, "price": text, "text": text,
                "image": text, "posted": "2019"}),
        ]
    });
    let order = |row: &Value| {
        ["cases", "people", "channels", "places"].iter().position(|table| row["table"] == **table)
    };
    let mut rows: Vec<Value> = people.chain(rest).chain(acts).collect();
    rows.sort_by_key(|row| order(row).unwrap_or(9));
    lines(&rows)
}

fn lines(rows: &[Value]) -> String {
    let mut text = rows.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

/// Fails if `text` holds what acts on a terminal; line ends and tabs are part of CSV.
fn assert_inert(text: &str, ends: &[char], what: &str) {
    let acts = |c: char| {
        let control = c.is_control() && !ends.contains(&c);
        control
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(at) = text.find(acts) {
        let around: String = text[at..].chars().take(20).collect();
        panic!("{what}: {around:?} is raw");
    }
}

fn assert_said(ran: &Ran, what: &str) {
    assert!(matches!(ran.code, Some(0 | 1)), "{what}: {ran:?}");
    assert_inert(&ran.stderr, &['\n'], what);
}

/// Fails if a cell would be run by a spreadsheet.
fn assert_guarded(text: &str, what: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for row in reader.records() {
        for cell in &row.unwrap_or_else(|error| panic!("{what}: {error}")) {
            let starts = cell.starts_with(['=', '+', '@', '\t', '\r', '＝', '＋', '＠']);
            let minus = cell.starts_with('-') && cell.parse::<f64>().is_err();
            assert!(!starts && !minus, "{what}: {cell:?}");
        }
    }
}

/// Fails unless Graphviz takes the text for a graph, and finds no node in it that a name made.
fn assert_drawable(dot: &str, what: &str) {
    assert!(
        Command::new("dot").arg("-V").output().is_ok(),
        "this test needs Graphviz: install `dot`"
    );
    let mut graphviz = Command::new("dot");
    graphviz.arg("-Tplain");
    let drawn = ended(graphviz, dot.as_bytes());
    assert_eq!(drawn.code, Some(0), "{what}: {}", drawn.stderr);
    assert!(!drawn.stderr.contains("rror"), "{what}: {}", drawn.stderr);
    let mut nodes = drawn.stdout.lines().filter_map(|line| line.strip_prefix("node "));
    let injected = nodes.any(|node| node.starts_with("INJECTED"));
    assert!(!injected, "{what}: {}", drawn.stdout);
}

/// Every form of rows.
const FORMS: [&str; 4] = ["table", "json", "jsonl", "csv"];

/// Every command, in these forms, on the case.
fn go_through_every_command(case: &Path, who: [&str; 2], forms: &[&str], what: &str) {
    let commands: [&[&str]; 11] = [
        &["check"],
        &["recruiters", "--draws", "5", "--least", "0"],
        &["recruiters", "--draws", "5", "--least", "0", "--explain", who[0]],
        &["channels"],
        &["windows"],
        &["rank"],
        &["rank", "--network", "cases"],
        &["rank", "--network", "channels"],
        &["group"],
        &["summary"],
        &["path", who[0], who[1]],
    ];
    for words in commands {
        for &form in forms {
            let what = format!("{what}: {} as {form}", words[0]);
            let ran = on_case(words[0], case, &[&words[1..], &["--format", form]].concat());
            assert_said(&ran, &what);
            match form {
                "json" => drop(ran.json()),
                "jsonl" => ran.stdout.lines().for_each(|line| {
                    let _: Value = serde_json::from_str(line).expect("a line is JSON");
                }),
                "csv" => assert_guarded(&ran.stdout, &what),
                _ => {}
            }
            let ends: &[char] = if form == "csv" { &['\n', '\r', '\t'] } else { &['\n'] };
            assert_inert(&ran.stdout, ends, &what);
        }
    }
    for words in [&[][..], &["--reveal", "a test"]] {
        let ran = on_case("map", case, words);
        assert_said(&ran, what);
        assert_inert(&ran.stdout, &['\n'], what);
        assert_drawable(&ran.stdout, what);
    }
}

fn go_through_the_findings(case: &Path, what: &str) {
    let out = Folder::of::<&str>(&[]);
    let folder = out.join("findings");
    let words = ["--out", folder.to_str().expect("UTF-8"), "--reveal", "a test"];
    let ran = on_case("analyse", case, &words);
    assert_said(&ran, what);
    assert_inert(&ran.stdout, &['\n'], what);
    let text = |name: &str| fs::read_to_string(folder.join(name)).expect("it was written");
    for name in ["findings.json", "manifest.json"] {
        assert_inert(&text(name), &['\n'], name);
        let _: Value = serde_json::from_str(&text(name)).expect("JSON");
    }
    assert_drawable(&text("network.dot"), what);
    for name in ["report.html", "report.md"] {
        let report = text(name);
        assert_inert(&report, &['\n', '\t'], &format!("{what}: {name}"));
        for live in ["<script>alert", "<img src=x", "</title><img"] {
            assert!(!report.contains(live), "{what}: {live} is live in {name}");
        }
    }
}

#[test]
fn hostile_texts_go_through_every_command() {
    for text in HOSTILE {
        let folder = Folder::of(&[("case.jsonl", case_of(text))]);
        let who = [1, 2].map(|n| format!("{text}p{n}"));
        // No argument of a program can hold a zero byte.
        let coded =
            if text.contains('\0') { ["E1", "V1"] } else { [who[0].as_str(), who[1].as_str()] };
        go_through_every_command(&folder.join("case.jsonl"), coded, &FORMS, &format!("{text:?}"));
        go_through_the_findings(&folder.join("case.jsonl"), &format!("{text:?}"));
    }
}

#[test]
fn json_gives_back_what_went_in() {
    for text in HOSTILE {
        let folder = Folder::of(&[("case.jsonl", case_of(text))]);
        let rows = on_case("rank", &folder.join("case.jsonl"), &["--format", "json"]).fine().json();
        let mut ids: Vec<&str> =
            rows.as_array().expect("rows").iter().filter_map(|row| row["id"].as_str()).collect();
        ids.sort_unstable();
        let wanted: Vec<String> = (1..=3).map(|n| format!("{text}p{n}")).collect();
        assert_eq!(ids, wanted);
    }
}

/// A case in which an id, a name, a channel and a source have a megabyte each.
fn long_case() -> String {
    let long = "long \u{202e}".repeat(1 << 17);
    let row = |n: u32| {
        let (case, victim) = (format!("c{n}"), format!("v{n}"));
        let link = json!({"table": "links", "from": long, "to": victim, "kind": "recruited",
            "case_id": case, "channel_id": "ch", "start": format!("201{n}")});
        let role =
            json!({"table": "roles", "case_id": case, "person_id": victim, "role": "victim"});
        format!("{link}\n{role}\n")
    };
    let rows = [
        json!({"table": "people", "person_id": long, "name": "Bo"}),
        json!({"table": "people", "person_id": "v1", "name": long}),
        json!({"table": "people", "person_id": "v2", "source": long}),
        json!({"table": "channels", "channel_id": "ch", "name": long}),
    ];
    lines(&rows) + &row(1) + &row(2)
}

#[test]
fn texts_of_a_megabyte_go_through_every_command() {
    let folder = Folder::of(&[("case.jsonl", long_case())]);
    let case = folder.join("case.jsonl");
    go_through_every_command(&case, ["E1", "V1"], &["table", "csv"], "a megabyte");
    go_through_the_findings(&case, "a megabyte");
    let checked = on_case("check", &case, &[]);
    let told = checked.stdout.lines().filter(|line| line.starts_with("  ")).map(str::len).max();
    assert!(told < Some(500), "a message quotes no more than it must: {told:?}");
}

#[test]
fn names_of_files_are_texts_too() {
    let name = "\u{1b}[2J\u{202e}case.jsonl";
    let folder = Folder::of(&[(name, "{}\n"), ("\u{1b}[2J.csv", "a\n")]);
    for case in [folder.join(name), folder.path().to_owned(), folder.join("\u{1b}none")] {
        for form in ["table", "json", "csv"] {
            let ran = on_case("check", &case, &["--format", form]);
            assert_inert(&ran.stdout, &['\n'], form);
            assert_inert(&ran.stderr, &['\n'], form);
        }
        let ran = on_case("summary", &case, &["--lenient", "--rejects", "/no/\u{1b}[2J"]);
        assert_inert(&ran.stderr, &['\n'], "an error");
    }
}
