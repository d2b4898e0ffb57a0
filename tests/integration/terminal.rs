//! Nothing that a case, a file name or whoever typed a command chose acts on a terminal.

use std::ffi::OsStr;
use std::path::Path;

use serde_json::{Value, json};

use crate::common::{Folder, Ran, ended, kluwen, repository};

/// All that acts: escapes of both kinds, bells, deletions, line ends, marks that turn lines around or hide.
const ACTS: &str = "\u{1b}[2J\u{1b}]0;own\u{7}\u{9b}31m\u{85}\u{7f}\u{8}\r\n\t\u{202e}\u{2066}\u{200f}\u{2028}\u{feff}end";

/// The same as part of a file's name, in which nothing ends a folder's.
fn named(ending: &str) -> String {
    format!("{ACTS}{ending}")
}

fn inert(text: &str, what: &str) {
    let acts = |c: char| c != '\n' && kluwen::error::is_unprintable(c);
    if let Some(at) = text.find(acts) {
        let around: String = text[at..].chars().take(20).collect();
        panic!("{what}: {around:?} is raw");
    }
}

fn check(ran: &Ran, codes: &[i32], what: &str) {
    assert!(ran.code.is_some_and(|code| codes.contains(&code)), "{what}: {ran:#?}");
    inert(&ran.stdout, what);
    inert(&ran.stderr, what);
}

fn run<S: AsRef<OsStr>>(words: &[S]) -> Ran {
    ended(kluwen(words), b"")
}

/// A case in which every id, name, source, text and column of its own is that text.
fn case_of(text: &str) -> String {
    let id = |kind: &str, number: u32| format!("{text}{kind}{number}");
    let person = |n| {
        json!({"table": "people", "person_id": id("p", n), "name": format!("{text}{n}"), "alias": text, "sex": text,
            "birth": format!("199{n}"), "source": text, text: text})
    };
    let mut rows: Vec<Value> = (1..=2)
        .map(|n| json!({"table": "cases", "case_id": id("c", n), "unit": text, "outcome": text, "opened": "2019"}))
        .collect();
    rows.extend((1..=5).map(person));
    rows.extend([
        json!({"table": "channels", "channel_id": id("ch", 1), "name": text, "class": "sex_ad_site"}),
        json!({"table": "places", "place_id": id("pl", 1), "name": text, "class": "hotel"}),
        json!({"table": "identifiers", "person_id": id("p", 1), "kind": "handle", "value": text}),
        json!({"table": "identifiers", "person_id": id("p", 4), "kind": "handle", "value": text}),
    ]);
    for n in 1..=2 {
        let (case, victim) = (id("c", n), id("p", n + 1));
        let act = |kind: &str, month: u32| {
            json!({"table": "links", "from": id("p", 1), "to": victim, "kind": kind, "case_id": case,
                "channel_id": id("ch", 1), "place_id": id("pl", 1), "start": format!("201{n}-0{month}"),
                "source": format!("{text}{n}"), "grade": "A1", text: text})
        };
        rows.extend([
            json!({"table": "roles", "case_id": case, "person_id": victim, "role": "victim", "minor": "yes", "source": text}),
            json!({"table": "roles", "case_id": case, "person_id": id("p", 1), "role": "recruiter", "source": text}),
            json!({"table": "roles", "case_id": case, "person_id": id("p", 4), "role": "driver", "source": text}),
            act("first_contact", 2),
            act("recruited", 3),
            act("exploited", 4),
            json!({"table": "ads", "ad_id": id("a", n), "channel_id": id("ch", 1), "case_id": case, "victim_id": victim,
                "phone": text, "handle": text, "price": text, "text": format!("{text} new in town call now"), "posted": "2019"}),
        ]);
    }
    rows.iter().map(|row| row.to_string() + "\n").collect()
}

/// Every command that reads a case and prints rows.
const READING: [&[&str]; 19] = [
    &["check"],
    &["summary"],
    &["recruiters", "--draws", "3", "--least", "0"],
    &["channels"],
    &["channels", "--over-time"],
    &["adverts"],
    &["windows"],
    &["motifs"],
    &["census"],
    &["timing"],
    &["identities"],
    &["rank"],
    &["rank", "--network", "channels"],
    &["group"],
    &["group", "--over-time", "90"],
    &["ties"],
    &["whatif", "--best", "1"],
    &["map"],
    &["map", "--reveal", "a test", "--with", "channels,places,identifiers"],
];

#[test]
fn every_command_tells_of_a_hostile_case_without_acting() {
    let file = named(".jsonl");
    let folder = Folder::of(&[(file.as_str(), case_of(ACTS))]);
    let case = folder.join(&file);
    for words in READING {
        let all: Vec<&OsStr> = [OsStr::new(words[0]), case.as_os_str()]
            .into_iter()
            .chain(words[1..].iter().map(OsStr::new))
            .collect();
        check(&run(&all), &[0, 1], &words.join(" "));
    }
    let said = |words: &[&str]| {
        let all: Vec<&OsStr> = [OsStr::new("map"), case.as_os_str()]
            .into_iter()
            .chain(words.iter().map(OsStr::new))
            .collect();
        run(&all).fine().stderr.contains("is written as `\\u{…}`")
    };
    assert!(said(&["--format", "svg"]) && said(&["--format", "graphml"]));
    assert!(!said(&["--format", "node-link"]), "JSON keeps every character");
    let [one, two] = [1, 2].map(|n| format!("{ACTS}p{n}"));
    let case = case.to_str().expect("UTF-8");
    check(&run(&["path", case, &one, &two]), &[0], "path");
    check(&run(&["recruiters", case, "--draws", "3", "--explain", &one]), &[0, 2], "explain");
    check(&run(&["whatif", case, "--remove", &one]), &[0], "whatif of somebody");
    for out in [named(""), named(".kluwen"), named(".jsonl"), named(".graphml"), named(".net")] {
        let path = folder.join(&format!("out{out}"));
        let path = path.to_str().expect("UTF-8");
        let ran = if out.ends_with(".kluwen") {
            run(&["pack", case, path])
        } else if out.ends_with("end") {
            run(&["analyse", case, "--out", path, "--reveal", ACTS])
        } else {
            run(&["convert", case, path, "--reveal", ACTS])
        };
        check(&ran, &[0], &out);
    }
}

/// What is wrong with each of these must be told; all of them quote what was typed.
#[test]
fn what_is_typed_is_quoted_without_acting() {
    let study = repository("graphs/study25");
    let case = study.to_str().expect("UTF-8");
    let flag = format!("--{ACTS}");
    let equals = format!("--by={ACTS}");
    let nothing = format!("/no/{ACTS}");
    let hostile: [&[&str]; 20] = [
        &[ACTS],
        &["help", ACTS],
        &[&flag],
        &["rank", case, &flag],
        &["rank", case, "--by", ACTS],
        &["rank", case, &equals],
        &["rank", case, "--format", ACTS],
        &["rank", case, "--during", ACTS],
        &["rank", case, "--kind", ACTS],
        &["rank", case, "--top", ACTS],
        &["rank", case, ACTS],
        &["--threads", ACTS, "rank", case],
        &["map", case, "--lang", ACTS],
        &["map", case, "--around", ACTS],
        &["path", case, ACTS, "p1"],
        &["recruiters", case, "--explain", ACTS],
        &["whatif", case, "--remove", ACTS],
        &["check", &nothing],
        &["summary", case, "--grades", &nothing],
        &["score", &nothing, ACTS],
    ];
    for words in hostile {
        let ran = run(words);
        check(&ran, &[1, 2, 3], &words.join(" "));
        // An escape that never ends does not swallow the rest of the message.
        assert!(ran.stderr.contains("error: "), "{ran:#?}");
        assert!(ran.stderr.contains("\\u{1b}[2J"), "{ran:#?}");
    }
}

/// Tables and columns that are named by somebody else, with faults in them.
#[test]
fn faults_in_files_are_told_without_acting() {
    let head = format!("person_id,name,{ACTS}\n").replace(['\r', '\n'], "") + "\n";
    let folder = Folder::of(&[
        ("people.csv", head + "p1,x,y\np1,x,y\n"),
        ("links.csv", format!("from,to,kind,start\np1,\"{ACTS}\",\"{ACTS}\",\"{ACTS}\"\n")),
    ]);
    folder.write(&named(".csv"), "a\n");
    let foreign = [
        (".graphml", format!("<graphml><{}/>", ACTS.replace(['\r', '\n'], ""))),
        (".gexf", format!("<gexf version='{ACTS}'>")),
        (".net", format!("*Vertices 1\n1 \"{ACTS}\" x\n*{ACTS}\n")),
        (".dl", format!("dl n={ACTS}\n")),
        (".json", format!("{{\"{}\": 1", ACTS.replace(|c: char| c.is_control(), ""))),
        (".gv", format!("digraph {{ a -> \"{ACTS}\" -> ")),
    ];
    for (ending, text) in foreign {
        folder.write(&named(ending), text);
        check_file(&folder.join(&named(ending)));
    }
    check_file(folder.path());
    let mapping = folder.write(&named(".toml"), format!("[\"{ACTS}\"]\n"));
    let mapping = mapping.to_str().expect("UTF-8");
    let study = repository("graphs/study25");
    let study = study.to_str().expect("UTF-8");
    check(&run(&["check", study, "--mapping", mapping]), &[1, 2, 3], "a mapping");
    check(&run(&["check", study, "--grades", mapping]), &[1, 2, 3], "grades");
}

fn check_file(path: &Path) {
    for command in ["check", "summary"] {
        let path = path.to_str().expect("UTF-8");
        let ran = run(&[command, path]);
        check(&ran, &[0, 1, 2, 3], path);
        assert!(!ran.stdout.is_empty() || !ran.stderr.is_empty());
    }
}
