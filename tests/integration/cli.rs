//! What an analyst types, and what comes of it: data, words, exit code.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::common::{Folder, Ran, SOUND, ended, kluwen, on_case, repository, spoilt};

fn study() -> PathBuf {
    repository("graphs/study25")
}

/// Every command that prints rows, and what its first column is called.
const COMMANDS: [(&[&str], &str); 17] = [
    (&["recruiters", "--draws", "20"], "rank"),
    (&["recruiters", "--draws", "20", "--explain", "E9"], "episode"),
    (&["channels"], "use"),
    (&["identities", "--all"], "entity"),
    (&["windows"], "figure"),
    (&["windows", "--curve"], "days"),
    (&["rank"], "rank"),
    (&["group"], "group"),
    (&["summary"], "figure"),
    (&["path", "p3", "p20"], "path"),
    (&["path", "p3", "p104", "--in-time", "certain"], "step"),
    (&["motifs"], "motif"),
    (&["motifs", "--instances"], "motif"),
    (&["census", "--draws", "20"], "motif"),
    (&["timing"], "code"),
    (&["ties", "--all"], "one"),
    (&["whatif", "--best", "2", "--draws", "5"], "figure"),
];

/// Runs a command on a case; the words that follow the name of a command follow the case too.
fn run(words: &[&str], case: &Path, more: &[&str]) -> Ran {
    on_case(words[0], case, &[&words[1..], more].concat())
}

#[test]
fn every_command_prints_its_rows_in_every_form() {
    for (words, first) in COMMANDS {
        let table = run(words, &study(), &[]).fine();
        assert!(table.stdout.trim_start().starts_with(first), "{words:?}: {table:#?}");
        assert!(table.stderr.contains("1489 rows read = 1489 used + 0 refused"), "{table:#?}");
        let csv = run(words, &study(), &["--format", "csv"]).fine();
        let rows = csv::Reader::from_reader(csv.stdout.as_bytes()).records().count();
        assert!(rows > 0, "{words:?}: {csv:#?}");
        let json = run(words, &study(), &["--format", "json"]).fine().json();
        assert!(json.is_array() || json.is_object(), "{words:?}");
        for line in run(words, &study(), &["--format", "jsonl"]).fine().stdout.lines() {
            let row: Value = serde_json::from_str(line).expect("a line is JSON");
            assert!(row.is_object(), "{words:?}: {line}");
        }
    }
}

#[test]
fn check_and_map_say_what_they_are_asked() {
    let checked = run(&["check"], &study(), &[]).fine();
    assert!(checked.stdout.contains("links.csv as links: 630 rows read = 630 used + 0 refused"));
    assert!(checked.stderr.contains("0 errors, 0 warnings"), "{checked:#?}");
    let map = run(&["map"], &study(), &[]).fine();
    assert!(map.stdout.contains("graph"), "{map:#?}");
    assert!(map.stderr.contains("ties."), "{map:#?}");
}

#[test]
fn every_known_graph_goes_through_every_command() {
    for entry in fs::read_dir(repository("graphs/known")).expect("a folder of graphs") {
        let graph = entry.expect("it can be read").path();
        if graph.is_dir() {
            for command in [
                "recruiters",
                "channels",
                "windows",
                "rank",
                "group",
                "summary",
                "map",
                "motifs",
                "census",
                "timing",
                "ties",
            ] {
                run(&[command], &graph, &[]).fine();
            }
        }
    }
}

#[test]
fn quiet_says_nothing_but_data() {
    for (words, _) in COMMANDS.into_iter().chain([(&["map"][..], "")]) {
        let aloud = run(words, &study(), &[]).fine();
        let quiet = run(words, &study(), &["--quiet"]).fine();
        assert_eq!((quiet.stdout, quiet.stderr.as_str()), (aloud.stdout, ""), "{words:?}");
    }
}

#[test]
fn no_color_is_kept_to() {
    let mut help = kluwen(["--help"]);
    help.env("CLICOLOR_FORCE", "1");
    assert!(!ended(help, b"").fine().stdout.contains('\u{1b}'));
    let wrong = ended(kluwen(["rank"]), b"");
    assert!(!wrong.stderr.contains('\u{1b}'), "{wrong:#?}");
}

#[test]
fn wrong_usage_ends_with_2() {
    let case = study();
    let case = case.to_str().expect("a path of text");
    for words in [
        &[][..],
        &["rank"],
        &["frobnicate", case],
        &["rank", case, "--by", "fame"],
        &["rank", case, "--format", "xml"],
        &["rank", case, "--during", "03/04/2024"],
        &["rank", case, "--kind", "befriended"],
        &["rank", case, "--without", "bystander"],
        &["rank", case, "--where", "phase"],
        &["rank", case, "--certainty", "1.5"],
        &["rank", case, "--by", "pagerank", "--damping", "1.5"],
        &["rank", case, "--threads", "0"],
        &["rank", case, "--threads", "5000"],
        &["rank", case, "--rejects", "x.csv"],
        &["rank", case, "--max-record", "-1"],
        &["group", case, "--resolution", "-1"],
        &["group", case, "--resolution", "NaN"],
        &["recruiters", case, "--least", "2"],
        &["recruiters", case, "--explain", "nobody"],
        &["recruiters", case, "--explain", "p1"],
        &["path", case, "p3", "nobody"],
        &["map", case, "--around", "nobody"],
        &["map", case, "--reveal", " "],
        &["recruiters", case, "--region", "atlantis"],
        &["identities", case, "--explain", "nobody"],
        &["identities", case, "--same", "p3", "p20"],
        &["identities", case, "--same", "p3", "--into", "x.csv", "--by", "me", "--why", "so"],
        &["analyse", case],
    ] {
        let ran = ended(kluwen(words), b"");
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:#?}");
        assert_eq!(ran.stdout, "", "{words:?}");
        assert!(!ran.stderr.is_empty(), "{words:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut people = String::from("person_id,name\n");
    for number in 0..30_000 {
        let _ = writeln!(people, "p{number},a name to fill the pipe");
    }
    let case = spoilt("people.csv", people);
    for words in [
        &["check", "--format", "json", "--limit", "0"][..],
        &["rank", "--isolates", "--top", "0"],
        &["group", "--isolates", "--format", "jsonl", "--by", "components"],
    ] {
        let mut command = kluwen(words);
        command.arg(case.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut first = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        output.read_line(&mut first).expect("a line");
        drop(output);
        let mut said = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("text");
        let status = child.wait().expect("it ends");
        assert!(!first.is_empty());
        assert!(!said.contains("error:") && !said.contains("panicked"), "{words:?}: {said}");
        let fine = status.code() == Some(0) || (words[0] == "check" && status.code() == Some(1));
        assert!(fine, "{words:?}: {status}");
    }
}

#[test]
fn nobody_need_listen_to_what_is_said() {
    let case = study();
    for command in ["summary", "check"] {
        let mut run = kluwen([command]);
        run.arg(&case).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = run.spawn().expect("the program starts");
        drop(child.stderr.take());
        let status = child.wait_with_output().expect("it ends").status;
        assert_eq!(status.code(), Some(0), "{command}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told() {
    let full = fs::File::options().write(true).open("/dev/full").expect("a device");
    let mut command = kluwen(["rank"]);
    command.arg(study()).stdout(full);
    let ran = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(3), "{said}");
    assert!(said.contains("standard output: could not write"), "{said}");
}

/// The files of a folder, with what is in them.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("it can be read").path();
        if path.is_file() {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            found.insert(name.to_owned(), fs::read(&path).expect("a file"));
        }
    }
    found
}

fn analyse(case: &Path, out: &Path, words: &[&str]) -> Ran {
    let out = out.to_str().expect("a temporary path is UTF-8");
    on_case("analyse", case, &[&["--out", out], words].concat())
}

#[test]
fn analyse_writes_its_folder_and_says_so() {
    let out = Folder::of::<&str>(&[]);
    let ran = analyse(&study(), &out.join("a/b"), &[]).fine();
    assert!(ran.stdout.starts_with("Recurring recruiters:"), "{ran:#?}");
    let written = files(&out.join("a/b"));
    let manifest: Value = serde_json::from_slice(&written["manifest.json"]).expect("JSON");
    let listed = manifest.to_string();
    for name in ["findings.json", "report.html", "report.md", "network.dot"] {
        assert!(written.contains_key(name) && listed.contains(name), "{name}");
    }
    let findings: Value = serde_json::from_slice(&written["findings.json"]).expect("JSON");
    assert_eq!(findings["schema"], "kluwen.findings/1");
}

#[test]
fn the_language_of_a_report_is_asked_for_and_noted() {
    let out = Folder::of::<&str>(&[]);
    analyse(&study(), out.path(), &["--lang", "nl"]).fine();
    let written = files(out.path());
    let text = |name: &str| String::from_utf8(written[name].clone()).expect("UTF-8");
    assert!(text("report.html").contains("<html lang=\"nl\""));
    assert!(text("report.md").starts_with("# Netwerkanalyse: bevindingen"));
    assert!(text("network.dot").contains("Netwerkkaart"));
    let manifest: Value = serde_json::from_slice(&written["manifest.json"]).expect("JSON");
    assert_eq!(manifest["settings"]["lang"], "nl");
    let other = analyse(&study(), out.path(), &["--lang", "fr"]);
    assert_eq!(other.code, Some(2), "{other:#?}");
}

#[test]
fn two_runs_give_the_same_bytes_on_any_number_of_threads() {
    let outs: [Folder; 3] = std::array::from_fn(|_| Folder::of::<&str>(&[]));
    for (out, threads) in outs.iter().zip(["1", "8", "8"]) {
        analyse(&study(), out.path(), &["--threads", threads]).fine();
    }
    let alone = files(outs[0].path());
    assert!(alone.len() >= 5);
    for out in &outs[1..] {
        let others = files(out.path());
        assert_eq!(others.keys().collect::<Vec<_>>(), alone.keys().collect::<Vec<_>>());
        for (name, bytes) in &alone {
            assert!(&others[name] == bytes, "{name} differs");
        }
    }
    for (words, _) in COMMANDS.into_iter().chain([(&["map"][..], ""), (&["check"][..], "")]) {
        let alone = run(words, &study(), &["--threads", "1"]).fine();
        let many = run(words, &study(), &["--threads", "8"]).fine();
        assert_eq!((many.stdout, many.stderr), (alone.stdout, alone.stderr), "{words:?}");
    }
}

#[test]
fn findings_do_not_go_among_the_files_that_are_read() {
    let case = Folder::of(&SOUND);
    let before = files(case.path());
    let ran = analyse(case.path(), case.path(), &[]);
    assert_eq!(ran.code, Some(2), "{ran:#?}");
    let roundabout = case.path().join("..").join(case.path().file_name().expect("a name"));
    assert_eq!(analyse(case.path(), &roundabout, &[]).code, Some(2));
    assert_eq!(files(case.path()), before);
}

#[test]
fn no_output_goes_over_an_input() {
    let case = spoilt("people.csv", "person_id\np1\np2\np3\np4\np4\n");
    let map = case.write("map.toml", "");
    let before = files(case.path());
    for name in ["people.csv", "map.toml"] {
        let path = case.join(name);
        let path = path.to_str().expect("UTF-8");
        let lenient = ["--lenient", "--mapping", map.to_str().expect("UTF-8")];
        let ran = on_case("map", case.path(), &[&lenient[..], &["--rejects", path]].concat());
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        let elsewhere = Folder::of::<&str>(&[]);
        let rejects = elsewhere.join("rejects.csv");
        let rejects =
            ["--rejects", rejects.to_str().expect("UTF-8"), "--format", "dot", "--out", path];
        let ran = on_case("map", case.path(), &[&lenient[..], &rejects].concat());
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains("is one of the files that are read"), "{ran:#?}");
    }
    assert_eq!(files(case.path()), before);
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_half_written() {
    let out = Folder::of(&[("blocked", "")]);
    assert_eq!(analyse(&study(), &out.join("blocked/findings"), &[]).code, Some(3));
    // A folder stands where a file should go.
    let out = Folder::of(&[("manifest.json", "of an earlier run")]);
    fs::create_dir(out.join("report.md")).expect("a folder");
    let ran = analyse(&study(), out.path(), &[]);
    assert_eq!(ran.code, Some(3), "{ran:#?}");
    // What was there before is whole, and nothing is beside it.
    let left = files(out.path());
    assert_eq!(left.get("manifest.json").map(Vec::as_slice), Some(&b"of an earlier run"[..]));
    assert_eq!(left.len(), 1, "{:?}", left.keys());
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let out = Folder::of::<&str>(&[]);
    let allow = |mode| fs::set_permissions(out.path(), fs::Permissions::from_mode(mode));
    allow(0o555).expect("it is ours");
    let mut command = kluwen(["analyse"]);
    command.arg(study()).arg("--out").arg(out.path());
    // The administrator writes everywhere, so the program is run as somebody else there.
    if fs::write(out.join("probe"), "").is_ok() {
        fs::remove_file(out.join("probe")).expect("it was written");
        command.uid(65_534).gid(65_534);
    }
    let ran = ended(command, b"");
    assert_eq!(ran.code, Some(3), "{ran:#?}");
    assert!(ran.stderr.contains("could not"), "{ran:#?}");
    assert!(files(out.path()).is_empty());
    allow(0o755).expect("it is ours");
}

#[test]
fn rejects_among_the_findings_are_in_the_manifest() {
    let case = spoilt("people.csv", "person_id\np1\np2\np3\np4\np4\n");
    let out = Folder::of::<&str>(&[]);
    analyse(case.path(), out.path(), &["--lenient"]).fine();
    let written = files(out.path());
    let manifest: Value = serde_json::from_slice(&written["manifest.json"]).expect("JSON");
    assert!(manifest["outputs"].to_string().contains("rejects.csv"), "{manifest:#}");
    assert_eq!(manifest["rows"]["refused"], 1, "{manifest:#}");
}

#[test]
fn exit_codes_say_whose_fault_it_is() {
    let sound = Folder::of(&SOUND);
    assert_eq!(run(&["check"], sound.path(), &[]).code, Some(0));
    assert_eq!(run(&["check"], sound.path(), &["--strict"]).code, Some(0));
    let warned = spoilt("people.csv", "person_id,name\np1,NULL\np2,\np3,\np4,\n");
    assert_eq!(run(&["check"], warned.path(), &[]).code, Some(0));
    assert_eq!(run(&["check"], warned.path(), &["--strict"]).code, Some(1));
    assert_eq!(run(&["summary"], warned.path(), &[]).code, Some(0));
    let wrong = spoilt("people.csv", "person_id\np1\n");
    assert_eq!(run(&["check"], wrong.path(), &[]).code, Some(1));
    assert_eq!(run(&["summary"], wrong.path(), &[]).code, Some(1));
    assert_eq!(run(&["summary"], wrong.path(), &["--max-input", "5"]).code, Some(4));
    assert_eq!(run(&["summary"], Path::new("/no/such"), &[]).code, Some(3));
}

#[test]
fn check_prints_so_many_faults_of_a_class() {
    let people: String = (0..30).map(|_| "p1,NULL\n").collect();
    let case = spoilt("people.csv", format!("person_id,name\np2,\np3,\np4,\n{people}"));
    let few = run(&["check"], case.path(), &["--limit", "3"]);
    assert!(few.stdout.contains("… and 26 more"), "{few:#?}");
    let all = run(&["check"], case.path(), &["--limit", "0"]);
    assert!(!all.stdout.contains("more; `--limit 0`"), "{all:#?}");
}
