//! Is it told where a case is best worked out, and is nothing told of tokens?

use serde_json::Value;

use crate::common::{Folder, Ran, ended, kluwen, repository};

const SECRET: &str = "sc://h.example:1/;use_ssl=true;token=s3cret";

fn run(words: &[&str]) -> Ran {
    ended(kluwen(words), b"")
}

fn plan(words: &[&str]) -> Value {
    let ran = run(&[&["plan", "--format", "json"], words].concat());
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    serde_json::from_str(&ran.stdout).expect("JSON")
}

#[test]
fn below_a_billion_edges_a_plan_says_stay_local() {
    for edges in ["0", "1000000", "999999999"] {
        let plan = plan(&["--edges", edges, "--memory", "24"]);
        assert_ne!(plan["advice"], "engine", "{edges}");
        assert!(plan["why"][0].as_str().is_some_and(|why| why.contains("stay local")), "{plan:#}");
    }
    assert_eq!(plan(&["--edges", "20000000000", "--memory", "24"])["advice"], "engine");
    let table = run(&["plan", "--edges", "20000000000", "--memory", "24"]);
    assert!(
        table.stderr.contains("--partitions 10000") && table.stdout.contains("spark"),
        "{table:#?}"
    );
}

/// How many rows a table of the study has.
fn rows(name: &str) -> u64 {
    let text = std::fs::read_to_string(repository("graphs/study25").join(name)).unwrap_or_default();
    (text.lines().count() as u64).saturating_sub(1)
}

#[test]
fn a_plan_counts_what_a_case_has() {
    let study = repository("graphs/study25");
    let study = study.to_str().expect("UTF-8");
    let plan_of_study = plan(&[study]);
    let size = &plan_of_study["size"];
    assert_eq!(size["people"], rows("people.csv"));
    assert_eq!(size["edges"], rows("links.csv") + rows("roles.csv"));
    assert!(rows("links.csv") > 0 && rows("roles.csv") > 0);
    // As Parquet, of which only the feet are read.
    #[cfg(feature = "parquet")]
    {
        let folder = Folder::of::<&str>(&[]);
        let out = folder.join("tables");
        let out = out.to_str().expect("UTF-8");
        let converted = run(&["convert", study, out, "--to", "parquet"]);
        assert_eq!(converted.code, Some(0), "{converted:#?}");
        assert_eq!(plan(&[out])["size"], *size);
    }
}

/// The study as Parquet, its links as a part of whatever name.
#[cfg(feature = "parquet")]
fn in_parts() -> (Folder, String) {
    let folder = Folder::of::<&str>(&[]);
    let out = folder.join("tables");
    let study = repository("graphs/study25");
    let words = ["convert", study.to_str().expect("UTF-8"), out.to_str().expect("UTF-8")];
    let converted = run(&[&words[..], &["--to", "parquet"]].concat());
    assert_eq!(converted.code, Some(0), "{converted:#?}");
    let (whole, part) = (out.join("links.parquet"), out.join("links-2024-01.parquet"));
    std::fs::rename(whole, part).expect("it is there");
    (folder, out.to_str().expect("UTF-8").to_owned())
}

#[cfg(feature = "parquet")]
#[test]
fn parts_of_tables_are_counted_and_are_in_jobs() {
    let (folder, tables) = in_parts();
    let study = repository("graphs/study25");
    assert_eq!(plan(&[&tables])["size"], plan(&[study.to_str().expect("UTF-8")])["size"]);
    let job = folder.join("job.py");
    let engine = format!("emit:{}", job.display());
    let rank = ["rank", &tables, "--engine", &engine];
    assert_eq!(run(&rank).code, Some(0));
    let text = std::fs::read_to_string(&job).expect("a job");
    assert!(text.contains(r#"("links", "links-*.parquet")"#), "{text}");
    // What it is run over must be what it was written from.
    let counted = format!(r#"("SELECT COUNT(*) AS n FROM links", {}, "#, rows("links.csv"));
    assert!(text.contains(&counted) && text.contains("ids in `to` of `links`"), "{text}");
    // A second form, which an engine would read alone.
    let tables = std::path::Path::new(&tables);
    let (part, whole) = (tables.join("links-2024-01.parquet"), tables.join("links.parquet"));
    std::fs::copy(part, &whole).expect("it is copied");
    let ran =
        run(&["group", tables.to_str().expect("UTF-8"), "--by", "components", "--engine", &engine]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
}

#[test]
fn a_plan_is_of_a_case_or_of_numbers() {
    for words in
        [&["plan"][..], &["plan", "x", "--edges", "1"], &["plan", "--edges", "1", "--cores", "0"]]
    {
        assert_eq!(run(words).code, Some(2), "{words:?}");
    }
}

#[test]
fn no_message_and_no_log_holds_a_token() {
    let folder = Folder::of::<&str>(&[]);
    let log = folder.join("audit.jsonl");
    let log = log.to_str().expect("UTF-8");
    let logged = run(&["check", SECRET, "--audit", log, "--purpose", "a test"]);
    let unknown = run(&["check", "x", SECRET, "--no-such-flag", SECRET]);
    let written = std::fs::read_to_string(log).expect("a log");
    assert!(written.contains("sc://h.example:1/;use_ssl=true;token=…"), "{written}");
    assert!(logged.stderr.contains("h.example") && unknown.code == Some(2), "{unknown:#?}");
    for text in [&written, &logged.stderr, &unknown.stderr] {
        assert!(!text.contains("s3cret"), "{text}");
    }
}

#[test]
fn what_no_engine_can_do_for_a_command_or_a_case_is_told_and_nothing_is_written() {
    let folder = Folder::of::<&str>(&[]);
    let job = folder.join("job.py");
    let engine = format!("emit:{}", job.display());
    let study = repository("graphs/study25");
    let study = study.to_str().expect("UTF-8");
    for (words, told) in [
        (&["rank", study, "--engine", &engine][..], "CASE is no folder of them"),
        (&["rank", study, "--engine", &engine, "--work", "/w"], "spark-submit job.py --work"),
        (&["rank", study, "--engine", "h.example:1"], "with the `sc://` before the host"),
        (&["map", study, "--engine", "sc://localhost"], "this machine alone"),
        (&["recruiters", study, "--fetch-most", "3"], "`rank` and `group` take"),
        (&["plan", "s3a://bucket/case"], "--edges N --people N"),
    ] {
        let ran = run(words);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains(told) && !ran.stderr.contains("--lenient"), "{ran:#?}");
    }
    assert!(!job.exists());
}

#[test]
fn a_case_that_lost_its_names_says_so() {
    let folder = Folder::of::<&str>(&[]);
    let [key, out] = ["key", "tables"].map(|name| folder.join(name));
    let (key, out) = (key.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let study = repository("graphs/study25");
    let study = study.to_str().expect("UTF-8");
    assert_eq!(run(&["key", key]).code, Some(0));
    assert_eq!(run(&["convert", study, out, "--key", key]).code, Some(0));
    let lost = "nobody in this case has a name";
    for (words, says) in [
        (&["recruiters", out][..], true),
        (&["recruiters", out, "--identity", "given"], false),
        (&["recruiters", study], false),
    ] {
        let ran = run(words);
        assert!(ran.code == Some(0) && ran.stderr.contains(lost) == says, "{ran:#?}");
    }
    assert!(run(&["rank", out, "--key", key]).stderr.contains("pseudonyms already"));
    assert!(!run(&["rank", study, "--key", key]).stderr.contains("pseudonyms already"));
}
