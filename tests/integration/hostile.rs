//! Whatever the bytes are: no panic, no injection, nothing that acts on a terminal.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use kluwen::case::{ReadOptions, Strictness, read};
use kluwen::error::ErrorKind;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::common::{Dice, Folder, Ran, assert_conserved, ended, kluwen, on_case, repository};

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
    rows.iter().map(|row| format!("{row}\n")).collect()
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

/// Every command, in every form, on the case.
fn go_through_every_command(case: &Path, who: [&str; 2], what: &str) {
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
        for form in ["table", "json", "jsonl", "csv"] {
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
        go_through_every_command(&folder.join("case.jsonl"), coded, &format!("{text:?}"));
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

#[test]
fn texts_of_a_megabyte_go_through_every_command() {
    let long = "long \u{202e}".repeat(1 << 17);
    let folder = Folder::of(&[("case.jsonl", case_of(&long))]);
    let case = folder.join("case.jsonl");
    go_through_every_command(&case, ["E1", "V1"], "a megabyte");
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

/// Spoils bytes here and there.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const PIECES: [&[u8]; 14] = [
        b"\"",
        b",",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\"\"",
        b"NaN",
        b"-1",
        b"2021-02-30",
        b"\xc3",
        b"9999999999999999999999",
    ];
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(bytes.len().max(1));
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            _ if dice.below(10) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
}

/// Reads a case in each way; fails if a row is lost, or an error is of no kind.
fn read_all_ways(case: &Path, what: &str) {
    for strictness in [Strictness::StopAtFirst, Strictness::Report, Strictness::SetAside] {
        let options = ReadOptions { strictness, ..ReadOptions::default() };
        match read(case, &options) {
            Ok(taken) => {
                assert_conserved(&taken);
                if strictness == Strictness::SetAside {
                    assert_eq!(taken.refused.len(), taken.totals().2, "{what}");
                }
            }
            Err(error) => {
                let data = matches!(error.kind(), ErrorKind::Data { .. } | ErrorKind::Limit { .. });
                assert!(data, "{what}: {error:?}");
            }
        }
    }
}

#[test]
fn spoilt_files_never_make_it_panic_or_lose_a_row() {
    const NAMES: [&str; 8] =
        ["ads", "cases", "channels", "identifiers", "links", "people", "places", "roles"];
    let files = NAMES.map(|name| {
        let name = format!("{name}.csv");
        let bytes = fs::read(repository("graphs/study25").join(&name)).expect("the study has it");
        (name, bytes)
    });
    let folder = Folder::of::<&str>(&[]);
    for (name, bytes) in &files {
        folder.write(name, bytes);
    }
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let (name, whole) = &files[dice.below(files.len())];
        let mut bytes = whole.clone();
        mutate(&mut bytes, &mut dice);
        folder.write(name, &bytes);
        read_all_ways(folder.path(), &format!("seed {seed}: {name}"));
        if seed % 13 == 0 {
            let commands = ["check", "summary", "recruiters", "map", "channels"];
            let command = commands[dice.below(commands.len())];
            let ran = on_case(command, folder.path(), &[]);
            assert!(matches!(ran.code, Some(0 | 1 | 4)), "seed {seed}: {name}: {ran:#?}");
            assert_inert(&ran.stderr, &['\n'], &format!("seed {seed}"));
        }
        folder.write(name, whole);
    }
}

#[test]
fn spoilt_lines_never_make_it_panic_or_lose_a_row() {
    let whole = case_of("x");
    let folder = Folder::of::<&str>(&[]);
    for seed in 0..400 {
        let mut bytes = whole.clone().into_bytes();
        mutate(&mut bytes, &mut Dice::new(seed));
        let case = folder.write("case.jsonl", &bytes);
        read_all_ways(&case, &format!("seed {seed}"));
    }
}

/// A small workbook: people and links.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in [
        ("people", [["person_id", "name", "birth"], ["p1", "Anna", "2001"], ["p2", "Bram", ""]]),
        ("links", [["from", "to", "kind"], ["p1", "p2", "contact"], ["p2", "p1", "paid"]]),
    ] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, cell).expect("a cell");
            }
        }
        sheet.write(3, 0, 7).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

/// The workbook with one of its parts changed, packed anew so that its checksums are right.
fn with_part(whole: &[u8], change: &mut dyn FnMut(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(whole)).expect("a zip archive");
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("an entry");
        change(&name, &mut bytes);
        packed.start_file(name, SimpleFileOptions::default()).expect("an entry");
        packed.write_all(&bytes).expect("to memory");
    }
    packed.finish().expect("to memory").into_inner()
}

#[test]
fn spoilt_workbooks_never_make_it_panic_or_lose_a_row() {
    let whole = workbook();
    let parts = ZipArchive::new(Cursor::new(&whole)).expect("a zip archive").len();
    let folder = Folder::of::<&str>(&[]);
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let bytes = if seed % 4 == 0 {
            let mut bytes = whole.clone();
            mutate(&mut bytes, &mut dice);
            bytes
        } else {
            let (chosen, mut at) = (dice.below(parts), 0);
            with_part(&whole, &mut |_, bytes| {
                if at == chosen {
                    mutate(bytes, &mut dice);
                }
                at += 1;
            })
        };
        let case = folder.write("case.xlsx", &bytes);
        read_all_ways(&case, &format!("seed {seed}"));
        if seed % 40 == 1 {
            let ran = on_case("check", &case, &[]);
            assert!(matches!(ran.code, Some(0 | 1 | 4)), "seed {seed}: {ran:#?}");
        }
    }
}

#[test]
fn cells_at_impossible_places_are_refused() {
    for (place, with) in [
        ("r=\"B2\"", "r=\"AAAAAAAAAAAAAAAA2\""),
        ("r=\"B2\"", "r=\"ZZZZ2\""),
        ("r=\"B2\"", "r=\"B99999999999999999999\""),
        ("r=\"B2\"", "r=\"A2\""),
        ("r=\"B2\"", "r=\"2\""),
        ("r=\"B2\"", "r=\"\u{c9}2\""),
        ("<dimension ref=\"A1:C4\"", "<dimension ref=\"C4:A1\""),
        ("t=\"s\"><v>0<", "t=\"s\"><v>99999999<"),
        ("t=\"s\"><v>0<", "t=\"s\"><v>-1<"),
    ] {
        let bytes = with_part(&workbook(), &mut |name, bytes| {
            if name == "xl/worksheets/sheet1.xml" {
                let text = String::from_utf8(bytes.clone()).expect("XML is text");
                assert!(text.contains(place), "{place} is not in {text}");
                *bytes = text.replacen(place, with, 1).into_bytes();
            }
        });
        let folder = Folder::of(&[("case.xlsx", bytes)]);
        let ran = on_case("summary", &folder.join("case.xlsx"), &[]);
        // Where the sheet only lies about its size, it is not believed, and nothing else is wrong.
        let fine = place.starts_with("<dimension") && ran.code == Some(0);
        assert!(fine || ran.code == Some(1), "{with}: {ran:#?}");
        assert!(fine || ran.stderr.contains("case.xlsx"), "{with}: {ran:#?}");
    }
}

#[test]
fn a_command_reads_standard_input_of_any_kind() {
    for seed in 0..20 {
        let mut dice = Dice::new(seed);
        let bytes: Vec<u8> =
            (0..dice.below(5000)).map(|_| dice.below(256).to_le_bytes()[0]).collect();
        let ran = ended(kluwen(["check", "-"]), &bytes);
        assert!(matches!(ran.code, Some(0 | 1)), "seed {seed}: {ran:#?}");
        assert_inert(&ran.stdout, &['\n'], "random bytes");
    }
}
