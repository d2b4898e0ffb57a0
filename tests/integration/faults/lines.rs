//! Lines of JSON.

use kluwen::case::FaultClass;

use super::tells;
use crate::common::{Folder, on_case, report};

/// Fails unless a line of JSON, between two good ones, is refused so.
fn refuses_line(line: &str, column: &str, found: &str, expected: &str) {
    let text = format!(
        "{{\"table\":\"people\",\"person_id\":\"p1\"}}\n{line}\n\
         {{\"table\":\"people\",\"person_id\":\"p2\"}}\n{{\"table\":\"links\",\"from\":\"p1\",\
         \"to\":\"p2\",\"kind\":\"contact\"}}\n"
    );
    let folder = Folder::of(&[("case.jsonl", text)]);
    let told = (FaultClass::Json, ("case.jsonl", 2, column), found, expected);
    tells(&folder.join("case.jsonl"), told);
    let taken = report(&folder.join("case.jsonl"));
    assert_eq!(taken.totals(), (4, 3, 1), "{line}");
}

#[test]
fn lines_that_are_no_rows_are_refused() {
    let row = "one JSON object a line";
    for line in ["[1]", "[\"people\"]", "1", "null", "person_id,name"] {
        refuses_line(line, "", &format!("`{line}`"), row);
    }
    refuses_line(
        "{\"table\":\"people\"",
        "",
        "EOF while parsing an object at byte 17 of the line",
        row,
    );
    refuses_line("{\"person_id\":\"p9\"}", "", "missing field `table` at byte 18 of the line", row);
    refuses_line(
        r#"{"table":"peeple","person_id":"p9"}"#,
        "",
        "table `peeple`",
        "one of cases, people",
    );
    let nested = r#"{"table":"people","person_id":{"x":1}}"#;
    refuses_line(nested, "person_id", "an object or list inside", "a text, a number, or a list");
    let nested = r#"{"table":"people","person_id":"p9","alias":["a",["b"]]}"#;
    refuses_line(nested, "alias", "an object or list inside", "a text, a number, or a list");
    let twice = r#"{"table":"people","person_id":"p8","person_id":"p9"}"#;
    refuses_line(twice, "person_id", "a name that stands twice", "each name once");
    let twice = r#"{"table":"people","table":"roles"}"#;
    refuses_line(twice, "", "duplicate field `table` at byte 25 of the line", row);
}

#[test]
fn deep_lines_are_refused() {
    let deep =
        format!("{{\"table\":\"people\",\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    refuses_line(&deep, "x", "an object or list inside", "a text, a number");
    let long = format!("\"{}\u{1b}\"", "x".repeat(100_000));
    let folder = Folder::of(&[("case.jsonl", long)]);
    let ran = on_case("check", &folder.join("case.jsonl"), &[]);
    assert!(ran.stdout.len() < 2000, "{}", ran.stdout.len());
}

#[test]
fn long_integers_keep_their_digits() {
    let text = "{\"table\":\"people\",\"person_id\":49151200000012345678901}\n{\"table\":\"people\",\"person_id\":2}\n{\"table\":\"links\",\"from\":49151200000012345678901,\"to\":2,\"kind\":\"contact\"}\n";
    let folder = Folder::of(&[("case.jsonl", text)]);
    let taken = report(&folder.join("case.jsonl"));
    assert_eq!(taken.case.text(taken.case.links[0].from), "49151200000012345678901");
    assert!(taken.faults.listed().is_empty());
}
