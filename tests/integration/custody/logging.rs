use std::fs;
use std::path::Path;
use std::process::Command;

use kluwen::custody::{Chain, Detail, Digest, Entry, Event};

use crate::common::{Folder, Ran, SOUND, ended, kluwen, repository};
use crate::layers::sources;

fn logged(folder: &Folder, words: &[&str]) -> (Ran, Chain) {
    let ran = ended(command(folder, words), b"");
    (ran, Chain::read(&folder.join("audit.jsonl")).expect("a log"))
}

fn command(folder: &Folder, words: &[&str]) -> Command {
    let mut command = kluwen(words);
    command.arg("--audit").arg(folder.join("audit.jsonl")).args(["--purpose", "a test"]);
    command.env("SOURCE_DATE_EPOCH", "1700000000");
    command
}

fn case() -> Folder {
    let folder = Folder::of(&SOUND);
    fs::create_dir(folder.join("case")).expect("ours");
    for (name, _) in SOUND {
        fs::rename(folder.join(name), folder.join("case").join(name)).expect("ours");
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn done(chain: &Chain) -> &Detail {
    let (_, entry) = chain.entries.last().expect("an entry");
    assert_eq!(entry.event, Event::Done);
    entry.done.as_ref().expect("how it ended")
}

#[test]
fn a_run_is_logged_with_all_that_went_in_and_came_out() {
    let folder = case();
    let (case, out) = (folder.join("case"), folder.join("findings"));
    let (ran, chain) = logged(
        &folder,
        &[
            "analyse",
            text(&case),
            "--out",
            text(&out),
            "--reveal",
            "a hearing",
            "--audit-by",
            "J. de Vries",
        ],
    );
    ran.fine();
    assert!(chain.holds());
    let [(_, begun), (_, last)] = chain.entries.as_slice() else { panic!("{chain:?}") };
    let Entry { event: Event::Begun, time, who, purpose, command, .. } = begun else {
        panic!("{begun:?}")
    };
    assert_eq!((time.as_str(), purpose.as_str()), ("2023-11-14T22:13:20Z", "a test"));
    assert!(who.login.contains("uid ") && who.name.as_deref() == Some("J. de Vries"), "{who:?}");
    assert_eq!(command[0], "analyse");
    assert_eq!(last.run, begun.number);
    let detail = done(&chain);
    assert_eq!((detail.exit, detail.overrides["reveal"].as_str()), (0, "a hearing"));
    for (folder, logged, count) in [(&case, &detail.inputs, 8), (&out, &detail.outputs, 7)] {
        assert_eq!(logged.len(), count, "{logged:#?}");
        for file in logged {
            let there = Digest::of_file(Path::new(&file.name)).expect("its path is told");
            assert!(Path::new(&file.name).starts_with(folder));
            assert_eq!((file.bytes, &file.sha256), (there.bytes(), &there.sha256()));
        }
    }
    assert!(detail.rows[0] > 0 && detail.stdout.bytes > 0);
    // The words of the command are as they were given; from the case comes nobody's name.
    let log = fs::read_to_string(folder.join("audit.jsonl")).expect("there");
    for name in ["Anna", "Bram", "+31612345678"] {
        assert!(!log.contains(name), "{name}");
    }
}

#[test]
fn the_log_itself_is_not_written_over() {
    let folder = case();
    let log = folder.join("audit.jsonl");
    logged(&folder, &["check", text(&folder.join("case"))]).0.fine();
    let case = folder.join("case");
    let words = ["map", text(&case), "--format", "svg", "--out", text(&log)];
    let (ran, chain) = logged(&folder, &words);
    assert_eq!((ran.code, chain.holds(), chain.entries.len()), (Some(2), true, 4), "{ran:#?}");
}

#[test]
fn what_went_to_standard_output_is_known_by_its_digest() {
    let folder = case();
    let (ran, chain) = logged(&folder, &["check", text(&folder.join("case")), "--format", "json"]);
    let mut digest = Digest::default();
    digest.take(ran.fine().stdout.as_bytes());
    let stdout = &done(&chain).stdout;
    assert_eq!((stdout.bytes, &stdout.sha256), (digest.bytes(), &digest.sha256()));
}

#[test]
fn nothing_is_read_without_a_log_that_takes_the_entry() {
    let folder = case();
    let case = folder.join("case");
    for log in ["/dev/full", text(&folder.join("missing/audit.jsonl"))] {
        let mut command = kluwen(["check", text(&case), "--audit", log, "--purpose", "a test"]);
        command.env("SOURCE_DATE_EPOCH", "1700000000");
        let ran = ended(command, b"");
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(3), ""), "{log}: {}", ran.stderr);
    }
    let ran = ended(kluwen(["check", text(&case), "--audit", text(&folder.join("a.jsonl"))]), b"");
    assert_eq!(ran.code, Some(2), "a log says why: {}", ran.stderr);
    assert!(ran.stderr.contains("--purpose"));
}

#[test]
fn a_unit_can_make_the_log_the_rule() {
    let folder = case();
    let log = folder.join("audit.jsonl");
    let case = folder.join("case");
    let run = |words: &[&str]| {
        let mut command = kluwen(words);
        command.env("KLUWEN_AUDIT", &log);
        ended(command, b"")
    };
    assert_eq!(run(&["check", text(&case)]).code, Some(2));
    run(&["check", text(&case), "--purpose", "a test"]).fine();
    assert_eq!(Chain::read(&log).expect("a log").entries.len(), 2);
}

#[test]
fn a_run_that_fails_is_logged_with_its_exit_code() {
    let folder = case();
    fs::write(folder.join("case/links.csv"), "from,to,kind\np1,p9,contact\n").expect("ours");
    let (ran, chain) = logged(&folder, &["recruiters", text(&folder.join("case"))]);
    assert_eq!((ran.code, done(&chain).exit), (Some(1), 1));
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_run_stays_visible() {
    let folder = Folder::of::<&str>(&[]);
    let mut command = command(&folder, &["check", "-"]);
    command.stdin(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let log = folder.join("audit.jsonl");
    for _ in 0..500 {
        if fs::read(&log).is_ok_and(|bytes| bytes.ends_with(b"\n")) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().expect("it waits for its input");
    child.wait().expect("it is gone");
    let chain = Chain::read(&log).expect("a log");
    assert_eq!((chain.holds(), chain.unfinished()), (true, vec![1]));
    let shown = ended(kluwen(["audit", text(&log)]), b"").fine();
    assert!(shown.stderr.contains("of whose end nothing is said: 1"), "{}", shown.stderr);
}

#[test]
fn the_log_is_shown_and_a_change_in_it_is_told() {
    let folder = case();
    logged(&folder, &["check", text(&folder.join("case"))]).0.fine();
    let log = folder.join("audit.jsonl");
    let shown = ended(kluwen(["audit", text(&log), "--format", "json"]), b"").fine().json();
    assert_eq!((shown["holds"].as_bool(), shown["count"].as_u64()), (Some(true), Some(2)));
    let head = shown["head"].as_str().expect("a hash").to_owned();
    ended(kluwen(["audit", text(&log), "--head", &head]), b"").fine();
    logged(&folder, &["check", text(&folder.join("case"))]).0.fine();
    ended(kluwen(["audit", text(&log), "--head", &head]), b"").fine();
    for form in ["table", "csv", "jsonl"] {
        assert!(
            !ended(kluwen(["audit", text(&log), "--format", form]), b"").fine().stdout.is_empty()
        );
    }
    let whole = fs::read_to_string(&log).expect("there");
    let first = whole.lines().next().expect("a line");
    fs::write(&log, format!("{first}\n")).expect("ours");
    let cut = ended(kluwen(["audit", text(&log), "--head", &head]), b"");
    assert_eq!(cut.code, Some(1));
    assert!(cut.stderr.contains("cut off"), "{}", cut.stderr);
    fs::write(&log, whole.replacen("a test", "a toast", 1)).expect("ours");
    let changed = ended(kluwen(["audit", text(&log)]), b"");
    assert_eq!(changed.code, Some(1));
    assert!(changed.stderr.contains("audit.jsonl:1: "), "{}", changed.stderr);
}

#[test]
fn verify_looks_for_the_manifest_in_the_log() {
    let folder = case();
    let (out, log) = (folder.join("findings"), folder.join("audit.jsonl"));
    logged(&folder, &["analyse", text(&folder.join("case")), "--out", text(&out)]).0.fine();
    let verified = || ended(kluwen(["verify", text(&out), "--log", text(&log)]), b"");
    verified().fine();
    let manifest = fs::read_to_string(out.join("manifest.json")).expect("there");
    let parsed = kluwen::custody::Manifest::parse(&manifest).expect("a manifest").manifest;
    let forged = kluwen::custody::Manifest { seed: 9, ..parsed };
    fs::write(out.join("manifest.json"), forged.to_json()).expect("ours");
    let found = verified();
    assert_eq!(found.code, Some(1));
    assert!(found.stdout.contains("no run that wrote this manifest"), "{}", found.stdout);
}

/// Files are saved and standard output is written where both are noted, and nowhere else.
#[test]
fn no_command_writes_past_the_record() {
    let folder = sources(&repository("src/cli"));
    let mut wrong = Vec::new();
    for file in folder.iter().filter(|file| !file.ends_with("record.rs")) {
        let source = fs::read_to_string(file).expect("a source is text");
        let code: String =
            source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        let code: String = code.split_whitespace().collect::<Vec<_>>().join("");
        let without_terminal = code.replace("IsTerminal::is_terminal(&std::io::stdout())", "");
        for past in [
            "output::save",
            "stdout()",
            "println!",
            "print!(",
            "File::create",
            "fs::write(",
            "fs::copy(",
            "manifest.save(",
            "OpenOptions",
        ] {
            if without_terminal.contains(past) {
                wrong.push(format!("{}: {past}", file.display()));
            }
        }
        // `use kluwen::output::{…, save, …}` brings the unnoted one in.
        let imports = without_terminal
            .split("usekluwen::output::{")
            .nth(1)
            .and_then(|rest| rest.split("};").next());
        if imports.is_some_and(|names| names.split(',').any(|name| name == "save")) {
            wrong.push(format!("{}: save of the library", file.display()));
        }
    }
    assert!(folder.len() > 30 && wrong.is_empty(), "{wrong:#?}");
}

#[cfg(unix)]
#[test]
fn a_log_that_everybody_may_write_to_is_refused_before_anything_is_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = case();
    let (case, log) = (folder.join("case"), folder.join("audit.jsonl"));
    let words = ["channels", text(&case)];
    logged(&folder, &words).0.fine();
    let before = fs::read(&log).expect("a log");
    for (mode, code) in [(0o666, 3), (0o602, 3), (0o660, 0), (0o644, 0)] {
        fs::set_permissions(&log, fs::Permissions::from_mode(mode)).expect("ours");
        let (ran, _) = logged(&folder, &words);
        assert_eq!(ran.code, Some(code), "{mode:o}: {ran:?}");
        let unchanged = fs::read(&log).expect("a log") == before;
        assert_eq!(unchanged && ran.stdout.is_empty(), code != 0, "{mode:o}: {ran:?}");
        assert_eq!(ran.stderr.contains("everybody"), code != 0, "{ran:?}");
    }
}
