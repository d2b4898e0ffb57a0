use std::fs;
use std::path::Path;

use kluwen::custody::Chain;

use crate::common::{Folder, Ran, SOUND, ended, kluwen};

/// A case of which c1 may be kept through 2030.
fn case() -> Folder {
    let folder = Folder::of(&SOUND);
    folder.write(
        "cases.csv",
        "case_id,unit,opened,closed,purpose,retain_until\nc1,North,2019-01-05,2020,Criminal  investigation,2030\n\
         c2,South,,,criminal investigation,\n",
    );
    folder
}

fn on(today: &str, command: &str, case: &Path, words: &[&str]) -> Ran {
    let mut all = vec![command, case.to_str().expect("UTF-8"), "--today", today];
    all.extend(words);
    ended(kluwen(all), b"")
}

#[test]
fn a_case_is_read_through_its_last_day_and_not_after_it() {
    let folder = case();
    on("2030-12-31", "recruiters", folder.path(), &[]).fine();
    let refused = on("2031-01-01", "recruiters", folder.path(), &[]);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
    for part in [
        "cases.csv:2: column `retain_until`",
        "case `c1` may be kept until 2030-12-31",
        "kluwen purge",
        "--expired WHY",
    ] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
}

#[test]
fn every_command_that_reads_a_case_refuses_one_whose_time_is_over() {
    let folder = case();
    let packed = folder.join("out.kluwen");
    let packed = packed.to_str().expect("UTF-8");
    let all: [(&str, &[&str]); 22] = [
        ("analyse", &["--out", "never"]),
        ("recruiters", &[]),
        ("channels", &[]),
        ("adverts", &[]),
        ("windows", &[]),
        ("motifs", &[]),
        ("census", &[]),
        ("timing", &[]),
        ("identities", &[]),
        ("identities", &["--same", "p1", "p2", "--into", "never.csv", "--by", "x", "--why", "y"]),
        ("rank", &["--by", "degree"]),
        ("group", &[]),
        ("path", &["p1", "p2"]),
        ("ties", &[]),
        ("whatif", &["--remove", "p2"]),
        ("map", &[]),
        ("summary", &[]),
        ("pack", &[packed]),
        ("convert", &["never.jsonl"]),
        ("recruiters", &["--lenient"]),
        ("map", &["--format", "graphml"]),
        ("rank", &["--by", "pagerank"]),
    ];
    for (command, words) in all {
        let ran = on("2031-01-01", command, folder.path(), words);
        assert!(
            ran.code == Some(1) && ran.stderr.contains("may be kept until"),
            "{command} {words:?}: {ran:#?}"
        );
        assert_eq!(ran.stdout, "", "{command}");
    }
    assert!(!Path::new("never").exists() && !Path::new("never.jsonl").exists());
    let checked = on("2031-01-01", "check", folder.path(), &[]).fine();
    assert!(checked.stderr.contains("The time of one case is over"), "{}", checked.stderr);
    assert_eq!(checked.stdout, on("2020-01-01", "check", folder.path(), &[]).stdout);
}

#[test]
fn a_snapshot_is_not_kept_longer_than_its_cases() {
    let folder = case();
    let packed = folder.join("case.kluwen");
    on("2030-01-01", "pack", folder.path(), &[packed.to_str().expect("UTF-8")]).fine();
    on("2030-12-31", "recruiters", &packed, &[]).fine();
    assert_eq!(on("2031-01-01", "recruiters", &packed, &[]).code, Some(1));
}

#[test]
fn an_override_has_a_reason_which_is_told_and_logged() {
    let folder = case();
    for why in ["", "  "] {
        assert_eq!(
            on("2031-01-01", "recruiters", folder.path(), &["--expired", why]).code,
            Some(2)
        );
    }
    let log = folder.join("audit.jsonl");
    let words = [
        "--expired",
        "a court order",
        "--audit",
        log.to_str().expect("UTF-8"),
        "--purpose",
        "a test",
    ];
    let read = on("2031-01-01", "recruiters", folder.path(), &words).fine();
    assert!(read.stderr.contains("a court order") && read.stderr.contains("c1"), "{}", read.stderr);
    let chain = Chain::read(&log).expect("a log");
    let detail = chain.entries[1].1.done.as_ref().expect("how it ended");
    assert_eq!(detail.expired_cases, ["c1"]);
    assert_eq!(detail.overrides["expired"], "a court order");
}

#[test]
fn findings_of_what_was_over_say_so_and_are_verified_only_for_a_reason() {
    let folder = case();
    fs::create_dir(folder.join("case")).expect("ours");
    for (name, _) in SOUND {
        fs::rename(folder.join(name), folder.join("case").join(name)).expect("ours");
    }
    let (case, out) = (folder.join("case"), folder.join("findings"));
    let out = out.to_str().expect("UTF-8");
    let at = |day: &str| {
        let seconds = kluwen::case::Day::parse(day).expect("a day").number();
        (i64::from(seconds) * 86_400).to_string()
    };
    let run = |day: &str, words: &[&str]| {
        let mut command = kluwen(words);
        command.env("SOURCE_DATE_EPOCH", at(day));
        ended(command, b"")
    };
    let case = case.to_str().expect("UTF-8");
    run("2031-01-01", &["analyse", case, "--out", out, "--expired", "a court order"]).fine();
    let manifest = fs::read_to_string(folder.join("findings/manifest.json")).expect("there");
    for part in ["\"expired\": \"a court order\"", "--expired=a court order", "--today=2031-01-01"]
    {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    assert_eq!(run("2031-01-01", &["verify", out]).code, Some(0), "hashes can always be looked at");
    let refused = run("2032-01-01", &["verify", out, "--case", case]);
    assert_eq!(refused.code, Some(1), "{refused:#?}");
    assert!(refused.stderr.contains("may be kept until"), "{}", refused.stderr);
    let verified = run("2032-01-01", &["verify", out, "--case", case, "--expired", "the appeal"]);
    assert_eq!(verified.code, Some(0), "{verified:#?}");
    // Findings from before the day are repeated after it for a reason, too, and come out the same.
    run("2029-01-01", &["analyse", case, "--out", out]).fine();
    assert!(
        !fs::read_to_string(folder.join("findings/manifest.json")).expect("there").contains("2029")
    );
    assert_eq!(run("2032-01-01", &["verify", out, "--case", case]).code, Some(1));
    assert_eq!(
        run("2032-01-01", &["verify", out, "--case", case, "--expired", "the appeal"]).code,
        Some(0)
    );
}

#[test]
fn a_case_for_another_purpose_is_refused() {
    let folder = case();
    let fine = ["--recorded-for", "criminal investigation"];
    on("2029-01-01", "recruiters", folder.path(), &fine).fine();
    let refused = on("2029-01-01", "recruiters", folder.path(), &["--recorded-for", "research"]);
    assert_eq!(refused.code, Some(1));
    for part in ["cases.csv:2: column `purpose`", "(and one case more)", "--other-purpose WHY"] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    on(
        "2029-01-01",
        "recruiters",
        folder.path(),
        &["--recorded-for", "research", "--recorded-for", "CRIMINAL investigation "],
    )
    .fine();
    on(
        "2029-01-01",
        "recruiters",
        folder.path(),
        &["--recorded-for", "research", "--other-purpose", "consent"],
    )
    .fine();
    let nothing =
        Folder::of(&SOUND.map(|(name, text)| {
            if name == "cases.csv" { ("cases.txt", text) } else { (name, text) }
        }));
    assert_eq!(
        on("2029-01-01", "recruiters", nothing.path(), &["--recorded-for", "research"]).code,
        Some(1)
    );
}

#[test]
fn a_day_that_is_past_takes_a_reason() {
    let folder = case();
    let run = |words: &[&str]| {
        let mut all = vec!["recruiters", folder.path().to_str().expect("UTF-8")];
        all.extend(words);
        let mut command = kluwen(all);
        // 2031-06-01: the time of c1 is over.
        command.env("SOURCE_DATE_EPOCH", "1938038400");
        ended(command, b"")
    };
    let refused = run(&["--today", "2030-12-31"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{refused:#?}");
    assert!(refused.stderr.contains("`--expired WHY`"), "{}", refused.stderr);
    let read = run(&["--today", "2030-12-31", "--expired", "a court order"]).fine();
    assert!(read.stderr.contains("One case is read although"), "{}", read.stderr);
    assert_eq!(run(&["--today", "2031-06-01"]).code, Some(1), "that is today");
}

#[test]
fn under_a_key_no_message_names_a_case() {
    let folder = case();
    let apart = Folder::of::<&str>(&[]);
    let key = apart.join("k1");
    let key = key.to_str().expect("UTF-8");
    ended(kluwen(["key", key]), b"").fine();
    let under_key = |words: &[&str]| {
        let all = [&["--key", key], words].concat();
        on("2031-01-01", "recruiters", folder.path(), &all)
    };
    let read = under_key(&["--expired", "a court order"]).fine();
    let expired = under_key(&[]);
    let other = under_key(&["--expired", "a court order", "--recorded-for", "research"]);
    folder.write("links.csv", "from,to,kind\np1,p77,contact\n");
    let faulty = under_key(&["--expired", "a court order"]);
    for (ran, code, place) in [
        (read, 0, "cases.csv:2"),
        (expired, 1, "cases.csv:2"),
        (other, 1, "cases.csv:2"),
        (faulty, 1, "links.csv:2"),
    ] {
        assert_eq!(ran.code, Some(code), "{}", ran.stderr);
        assert!(ran.stderr.contains(place), "{}", ran.stderr);
        for id in ["c1", "c2", "p77", "riminal"] {
            assert!(!ran.stderr.contains(id), "{id}: {}", ran.stderr);
        }
    }
}
