//! Does doubt about a person, a source or a row keep the innocent off the list, and victims protected?

use kluwen::case::{ReadOptions, Strictness, read};
use kluwen::finding::{Grooming, Recruiter, Recruiters};
use kluwen::identity::{Entities, Identities};

use crate::common::Folder;

/// A role in each of `count` cases for `p1`, and a victim of his own in each.
fn roles(count: usize, role: &str) -> String {
    let row = |n: usize| format!("c{n},p1,{role}\nc{n},v{n},victim\n");
    let rows: Vec<String> = (0..count).map(row).collect();
    format!("case_id,person_id,role\n{}", rows.concat())
}

fn people(count: usize) -> String {
    let rows: Vec<String> = (0..count).map(|n| format!("v{n}\n")).collect();
    format!("person_id\np1\n{}", rows.concat())
}

/// A link of `p1` to the victim of each case, from one source or from a source a case.
fn links(count: usize, kind: &str, source: impl Fn(usize) -> String, grade: &str) -> String {
    let row = |n: usize| format!("p1,v{n},{kind},c{n},{},{grade}\n", source(n));
    let rows: Vec<String> = (0..count).map(row).collect();
    format!("from,to,kind,case_id,source,grade\n{}", rows.concat())
}

fn found(files: &[(&str, String)]) -> Vec<Recruiter> {
    let folder = Folder::of(files);
    let options = ReadOptions { strictness: Strictness::SetAside, ..ReadOptions::default() };
    let taken = read(folder.path(), &options).unwrap();
    let identities = Identities::as_given(&taken.case);
    Recruiters { draws: 10, ..Recruiters::default() }.find(&taken.case, &identities).unwrap()
}

fn recurrence(files: &[(&str, String)]) -> f64 {
    found(files).first().map_or(0.0, |one| one.recurrence)
}

#[test]
fn thirty_first_contacts_make_no_recruiter_of_a_social_worker() {
    let contacts = links(30, "first_contact", |n| format!("file {n}"), "A1");
    let with = |role: &str| {
        recurrence(&[
            ("people.csv", people(30)),
            ("roles.csv", roles(30, role)),
            ("links.csv", contacts.clone()),
        ])
    };
    assert!(with("professional") <= 0.1 + 1e-9);
    assert!(with("recruiter") > 0.99);
}

#[test]
fn one_note_about_ten_victims_is_no_surer_than_the_note() {
    let notes = links(10, "recruited", |_| "one note".into(), "E4");
    let files = [("people.csv", people(10)), ("links.csv", notes)];
    assert!(recurrence(&files) <= 0.3 + 1e-9);
}

#[test]
fn who_only_exploits_is_no_likely_recruiter() {
    let acts = links(40, "exploited", |n| format!("file {n}"), "A1");
    let files =
        [("people.csv", people(40)), ("roles.csv", roles(40, "exploiter")), ("links.csv", acts)];
    assert!(recurrence(&files) < 0.2);
}

#[test]
fn a_slip_in_another_cell_takes_no_protection_away() {
    let recruited = links(5, "recruited", |n| format!("file {n}"), "A1");
    let roles = "case_id,person_id,role,minor\nc9,p1,victim,Ja\n".to_owned();
    let files = [("people.csv", people(5)), ("roles.csv", roles), ("links.csv", recruited)];
    assert!(found(&files).is_empty());
}

#[test]
fn a_capital_in_a_file_s_name_takes_no_protection_away() {
    let recruited = links(5, "recruited", |n| format!("file {n}"), "A1");
    let roles = "case_id,person_id,role\nc9,p1,victim\n".to_owned();
    let files = [("people.csv", people(5)), ("Roles.csv", roles), ("links.csv", recruited)];
    assert!(found(&files).is_empty());
}

#[test]
fn whoever_was_controlled_advertised_or_handed_over_is_protected() {
    let recruited = links(5, "recruited", |n| format!("file {n}"), "A1");
    for act in ["v0,p1,controlled,,", "v0,p1,advertised,,", "v0,v1,handed_over,,p1"] {
        let mut links = recruited
            .replace("case_id,source,grade", "case_id,about,source,grade")
            .replace(",file", ",,file");
        let cells: Vec<&str> = act.split(',').collect();
        links += &[cells[0], cells[1], cells[2], "", cells[4], "", "\n"].join(",");
        let files = [("people.csv", people(5)), ("links.csv", links)];
        assert!(found(&files).iter().all(|one| one.person_ids != ["p1"]), "{act}");
    }
}

#[test]
fn an_acquittal_counts_in_its_own_case_only() {
    let recruited = links(4, "recruited", |n| format!("file {n}"), "A1");
    let roles = "case_id,person_id,role,status\nc0,p1,recruiter,acquitted\n".to_owned();
    let files = [("people.csv", people(4)), ("roles.csv", roles), ("links.csv", recruited)];
    let one = &found(&files)[0];
    assert!(one.recurrence > 0.5 && one.episodes.iter().all(|episode| episode.case_ids != ["c0"]));
}

#[test]
fn exploitation_before_the_first_contact_is_no_fast_window() {
    let links = "from,to,kind,case_id,start\np1,v0,first_contact,c0,2020-05-01\np1,v0,exploited,c0,2019-01-01\n";
    let folder = Folder::of(&[("people.csv", people(1)), ("links.csv", links.to_owned())]);
    let case = kluwen::Case::open(folder.path()).unwrap();
    let windows = Grooming::default().find(&case, &Entities::as_given(&case));
    assert_eq!((windows.victims, windows.impossible), (0, 1));
}
