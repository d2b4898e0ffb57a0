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
    // From the README beside the data: a script in another language, by Turnbull's method.
    let windows = findings().windows;
    assert_eq!((windows.victims, windows.events), (31, 27));
    assert!((windows.within_7_days.unwrap() - 0.478).abs() < 5e-4);
    assert!((windows.within_30_days.unwrap() - 0.748).abs() < 5e-4);
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
