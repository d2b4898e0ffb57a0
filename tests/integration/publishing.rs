//! Does what may be published tell of nobody among a few, and of no person, file, row or day?

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
    assert!(found.len() > 20, "{found:?}");
    assert!(found.iter().all(|&(_, count)| count == 0 || count >= 5), "{found:?}");
    let sections: Vec<&String> = published.as_object().unwrap().keys().collect();
    let sections: Vec<&str> = sections.into_iter().map(String::as_str).collect();
    let all = ["cases", "channels", "schema", "study", "version", "victims", "windows"];
    assert_eq!(sections, all);
    // A day as the files have it, or a row.
    assert!(!text.contains(".csv") && !text.contains("-01-") && !text.contains("\"V1"));
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"publish\": true"));
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
