//! Are the facts planted in the invented study found, and nothing else?

use std::collections::BTreeSet;
use std::fs;

use kluwen::case::{ReadOptions, read};
use kluwen::finding::{Analysis, Findings, Use};
use kluwen::identity::Resolution;
use kluwen::output::write_findings;

use crate::common::repository;

fn findings() -> Findings {
    let taken = read(&repository("graphs/study25"), &ReadOptions::default()).unwrap();
    let identities = Resolution::default().of(&taken.case).unwrap();
    Analysis::default().of(&taken, &identities).unwrap()
}

/// What `expected/truth.csv` says of one sort of fact.
fn planted(fact: &str) -> Vec<String> {
    let mut reader =
        csv::Reader::from_path(repository("graphs/study25/expected/truth.csv")).unwrap();
    let rows = reader.records().map(Result::unwrap);
    rows.filter(|row| &row[0] == fact).map(|row| row[1].to_owned()).collect()
}

#[test]
fn the_planted_recruiters_come_first_and_alone() {
    let findings = findings();
    let likely = findings.recruiters.iter().filter(|one| one.recurrence >= 0.5);
    let found: BTreeSet<String> = likely.flat_map(|one| one.person_ids.clone()).collect();
    let truth: BTreeSet<String> = planted("recurring_recruiter").into_iter().collect();
    assert_eq!(truth.len(), 3);
    assert_eq!(found, truth);
}

#[test]
fn decoys_and_one_case_recruiters_stay_far_below() {
    let findings = findings();
    let truth = planted("recurring_recruiter");
    for one in findings.recruiters.iter().filter(|one| !truth.contains(&one.person_ids[0])) {
        assert!(one.recurrence < 0.1, "{one:?}");
    }
}

#[test]
fn a_victim_who_was_made_to_recruit_is_protected_and_who_stood_above_her_is_named() {
    let findings = findings();
    let [coerced] = &planted("coerced_recruiter")[..] else { panic!("one is planted") };
    let hers = |ids: &[String]| ids.contains(coerced);
    assert!(!findings.recruiters.iter().any(|one| hers(&one.person_ids)));
    let protected = findings.protected.iter().find(|one| hers(&one.person_ids)).unwrap();
    assert!(protected.recruiting_recorded);
    assert!(!protected.above.is_empty());
}

#[test]
fn nobody_is_both_ranked_and_protected() {
    let findings = findings();
    let ranked: BTreeSet<_> = findings.recruiters.iter().map(|one| one.entity).collect();
    assert!(findings.protected.iter().all(|one| !ranked.contains(&one.entity)));
    assert_eq!(findings.protected.len(), 45);
}

#[test]
fn channels_with_a_raised_share_of_minors_come_before_the_largest() {
    let findings = findings();
    let advertising = findings.channels.iter().filter(|one| one.use_ == Use::Advertising);
    let order: Vec<&str> = advertising.map(|one| one.channel_id.as_str()).collect();
    assert_eq!(order[..2], ["ch14", "ch13"]);
    assert!(order.contains(&"ch11"));
}

#[test]
fn windows_are_what_an_independent_estimate_gives() {
    // A script in another language, day by day, with the number of pairs of days that give each length.
    let windows = findings().windows;
    assert_eq!((windows.victims, windows.events), (31, 27));
    assert!((windows.within_7_days.unwrap() - 0.4587).abs() < 5e-5);
    assert!((windows.within_30_days.unwrap() - 0.7536).abs() < 5e-5);
}

#[test]
fn the_findings_are_the_expected_bytes() {
    let mut bytes = Vec::new();
    write_findings(&findings(), &mut bytes).unwrap();
    let expected = fs::read(repository("graphs/study25/expected/findings.json")).unwrap();
    assert!(
        bytes == expected,
        "findings differ from graphs/study25/expected/findings.json; if the change is meant, write them anew \
         with `kluwen analyse graphs/study25` and say in CHANGELOG.md what changed"
    );
}

#[test]
fn ids_are_one_person_each_and_name_twins_are_two() {
    // The README beside the data says that nobody has two ids; and none is read as one of another.
    let findings = findings();
    let merged: Vec<&Vec<String>> =
        findings.entities.iter().map(|one| &one.person_ids).filter(|ids| ids.len() > 1).collect();
    assert_eq!((merged.len(), findings.entities.len()), (0, 200), "{merged:?}");
    let twins = planted("name_twin");
    assert_eq!(twins.len(), 2);
    assert!(merged.iter().all(|ids| !ids.iter().any(|id| twins.contains(id))), "{merged:?}");
}

/// The rows of a table, by column.
fn rows(table: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let path = repository(&format!("graphs/study25/{table}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// Of whom a share is what, and of how many, as the findings have it.
fn figure(findings: &Findings, name: &str) -> (Option<usize>, usize) {
    let one = findings.study.iter().find(|one| one.figure == name);
    let one = one.unwrap_or_else(|| panic!("no figure {name}"));
    let share = one.share.expect("there is somebody");
    let [low, high] = one.interval.expect("there is somebody");
    assert!(low <= share && share <= high, "{one:?}");
    (one.count, one.of)
}

#[test]
fn the_figures_of_the_study_are_what_counting_the_rows_gives() {
    let findings = findings();
    let of = |kind: &str| -> BTreeSet<String> {
        let links = rows("links").into_iter().filter(|row| row["kind"] == kind);
        links.map(|row| row["to"].clone()).collect()
    };
    let (exploited, after) = (of("exploited"), of("contact_after"));
    assert_eq!(
        figure(&findings, "exploited victims on record as contacted afterwards"),
        (Some(exploited.intersection(&after).count()), exploited.len())
    );
    let class: std::collections::BTreeMap<String, String> = rows("channels")
        .into_iter()
        .map(|row| (row["channel_id"].clone(), row["class"].clone()))
        .collect();
    let offered = |classes: &[&str]| -> BTreeSet<String> {
        let ads = rows("ads").into_iter().filter(|row| !row["victim_id"].is_empty());
        let own = ads.filter(|row| classes.contains(&class[&row["channel_id"]].as_str()));
        own.map(|row| row["victim_id"].clone()).collect()
    };
    let all: Vec<&str> = class.values().map(String::as_str).collect();
    let chats = offered(&["sex_chat", "dating_app", "messenger"]);
    assert_eq!(
        figure(&findings, "victims offered in sex chats, dating apps or messengers"),
        (Some(chats.len()), offered(&all).len())
    );
    let age = |minor: &str| -> BTreeSet<String> {
        let roles = rows("roles").into_iter().filter(|row| row["minor"] == minor);
        roles.map(|row| row["person_id"].clone()).collect()
    };
    let (young, grown) = (age("yes"), age("no"));
    let known = chats.iter().filter(|one| young.contains(*one) || grown.contains(*one)).count();
    assert_eq!(
        figure(&findings, "minors among victims offered in sex chats, dating apps or messengers"),
        (Some(chats.intersection(&young).count()), known)
    );
}

#[test]
fn a_file_of_nobody_has_figures_of_nobody() {
    let folder = crate::common::Folder::of(&[
        ("people.csv", "person_id\np1\n"),
        ("roles.csv", "case_id,person_id,role\nc1,p1,other\n"),
    ]);
    let taken = read(folder.path(), &ReadOptions::default()).unwrap();
    let identities = Resolution::default().of(&taken.case).unwrap();
    let findings = Analysis::default().of(&taken, &identities).unwrap();
    assert!(findings.study.iter().all(|one| one.of == 0 && one.share.is_none()));
    assert!(findings.study.iter().all(|one| one.interval.is_none()));
}

#[test]
fn windows_of_groups_are_of_the_victims_of_the_whole() {
    let findings = findings();
    let windows = &findings.windows;
    let names: Vec<&str> = windows.by.iter().map(|part| part.by).collect();
    assert_eq!(names, ["age", "channel of first contact", "where she lived", "affection or force"]);
    for part in &windows.by {
        let victims: usize = part.groups.iter().map(|group| group.victims).sum();
        assert!(victims <= windows.victims && part.groups.len() > 1, "{part:?}");
        assert!(part.p.is_none_or(|p| (0.0..=1.0).contains(&p)), "{part:?}");
        for group in &part.groups {
            assert_eq!(group.within_7_days.is_some(), group.victims >= 5, "{group:?}");
        }
    }
    let ages: Vec<&str> = windows.by[0].groups.iter().map(|group| group.group).collect();
    assert_eq!(ages, ["adult", "minor"]);
}
