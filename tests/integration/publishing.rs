//! Does what may be published tell of nobody among a few, and of no person, file, row or day?

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::common::{Folder, kluwen, on_case, repository};

/// Every number under one of these names.
fn counts<'a>(value: &'a Value, found: &mut Vec<(&'a str, u64)>) {
    const OF_PEOPLE: [&str; 6] = ["victims", "minors", "known", "events", "count", "of"];
    match value {
        Value::Object(fields) => {
            for (name, inside) in fields {
                if let Some(count) = inside.as_u64().filter(|_| OF_PEOPLE.contains(&name.as_str()))
                {
                    found.push((name, count));
                }
                counts(inside, found);
            }
        }
        Value::Array(all) => all.iter().for_each(|one| counts(one, found)),
        _ => {}
    }
}

fn publish(out: &Folder) -> crate::common::Ran {
    let case = repository("graphs/study25");
    on_case("analyse", &case, &["--publish", "--out", out.path().to_str().unwrap()])
}

#[test]
fn nothing_but_figures_of_many_is_published() {
    let out = Folder::of::<&str>(&[]);
    publish(&out).fine();
    let mut names: Vec<String> = fs::read_dir(out.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["manifest.json", "published.json"]);
    let text = fs::read_to_string(out.join("published.json")).unwrap();
    let published: Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    counts(&published, &mut found);
    // Of 45 victims hardly anything can be told.
    assert!(found.len() > 3, "{found:?}");
    assert!(found.iter().all(|&(_, count)| count == 0 || count >= 11), "{found:?}");
    let sections: Vec<&String> = published.as_object().unwrap().keys().collect();
    let sections: Vec<&str> = sections.into_iter().map(String::as_str).collect();
    let all = ["cases", "channels", "min_cell", "schema", "study", "version", "victims", "windows"];
    assert_eq!(sections, all);
    // A day as the files have it, or a row.
    assert!(!text.contains(".csv") && !text.contains("-01-") && !text.contains("\"V1"));
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"publish\": true") && manifest.contains("\"min_cell\": 11"));
    assert_eq!(published["min_cell"], 11);
}

#[test]
fn a_withheld_count_takes_its_share_and_ratio_with_it() {
    let found =
        on_case("channels", &repository("graphs/study25"), &["--publish", "--format", "json"]);
    let found = found.fine().json();
    let channels = found.as_array().unwrap();
    let hidden = |one: &&Value| one["suppressed"] == true;
    assert!(channels.iter().any(|one| hidden(&one)));
    for one in channels.iter().filter(hidden).filter(|one| one["minors"].is_null()) {
        for name in ["share", "posterior", "risk_ratio", "risk_ratio_interval", "rank"] {
            assert!(one[name].is_null(), "{one}");
        }
    }
}

#[test]
fn what_is_published_is_not_put_beside_what_is_not() {
    let out = Folder::of(&[("findings.json", "{}")]);
    let ran = publish(&out);
    assert!(ran.stderr.contains("not to be published"), "{}", ran.stderr);
    assert!(!out.join("published.json").exists());
    let words = ["channels", "--publish", "--over-time", "graphs/study25"];
    assert!(!kluwen(words).output().unwrap().status.success());
}

#[test]
fn a_channel_of_few_victims_is_not_named() {
    let channels = |words: &[&str]| {
        let all = [&["--format", "json", "--identity", "given"], words].concat();
        let found = on_case("channels", &repository("graphs/study25"), &all).fine().json();
        found.as_array().unwrap().clone()
    };
    let named = |all: &[Value]| -> BTreeSet<(String, String)> {
        let name =
            |one: &Value| Some((one["use"].to_string(), one["channel_id"].as_str()?.to_owned()));
        all.iter().filter_map(name).collect()
    };
    let all = channels(&[]);
    for (least, words) in [(11, &["--publish"][..]), (5, &["--publish", "--min-cell", "5"])] {
        let (many, few): (Vec<Value>, Vec<Value>) =
            all.iter().cloned().partition(|one| one["victims"].as_u64() >= Some(least));
        assert!(!many.is_empty() && !few.is_empty());
        let published = channels(words);
        assert_eq!(named(&published), named(&many));
        let text = Value::from(published).to_string();
        for one in &few {
            let id = one["channel_id"].as_str().unwrap();
            let rare = !named(&many).iter().any(|(_, named)| named == id);
            assert!(!rare || !text.contains(one["name"].as_str().unwrap()), "{one}");
        }
    }
    for wrong in ["0", "1"] {
        let ran =
            on_case("channels", &repository("graphs/study25"), &["--publish", "--min-cell", wrong]);
        assert_eq!(ran.code, Some(2));
    }
}

#[test]
fn no_two_numbers_of_victims_differ_by_few() {
    let folder = Folder::of::<&str>(&[]);
    let (case, out) = (folder.join("case"), folder.join("out"));
    let words = ["--scale", "seed", "--victims", "300", "--seed", "7"];
    on_case("simulate", &case, &words).fine();
    on_case("analyse", &case, &["--publish", "--out", out.to_str().unwrap()]).fine();
    let text = fs::read_to_string(out.join("published.json")).unwrap();
    let published: Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    counts(&published, &mut found);
    assert!(found.len() > 20, "{found:?}");
    assert!(found.iter().all(|&(_, count)| count == 0 || count >= 11), "{found:?}");
    let all = published["victims"].as_u64().unwrap();
    let study = published["study"].as_array().unwrap();
    let of_victims =
        study.iter().filter(|one| !one["topic"].as_str().unwrap().contains("offender"));
    let wholes: Vec<u64> = of_victims.filter_map(|one| one["of"].as_u64()).chain([all]).collect();
    let channels = published["channels"].as_array().unwrap();
    let parts = channels.iter().filter_map(|one| one["victims"].as_u64()).chain(wholes.clone());
    for part in parts {
        for whole in &wholes {
            assert!(!(1..11).contains(&whole.abs_diff(part)), "{whole} - {part}");
        }
    }
}

#[test]
fn no_map_of_people_and_no_rows_about_them_are_published() {
    let case = repository("graphs/study25");
    for words in [
        &["map", "--publish"][..],
        &["convert", "x.graphml", "--publish"],
        &["convert", "x", "--publish"],
    ] {
        let ran = on_case(words[0], &case, &words[1..]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("for publication. Publish figures"), "{}", ran.stderr);
    }
}
