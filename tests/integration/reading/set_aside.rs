//! Rows that are set aside.

use super::rows_of;
use crate::common::{Folder, SOUND, ended, kluwen, on_case, report, spoilt};

#[test]
fn refused_rows_are_set_aside_with_what_hangs_on_them() {
    let people = "person_id,name,birth\np1,\"An\nna\",\np2,Bram,yesterday\np3,,\np4,,\np4,,\nx\n";
    let case = spoilt("people.csv", people);
    let out = Folder::of::<&str>(&[]);
    let file = out.join("set aside.csv");
    let words = ["--lenient", "--rejects", file.to_str().expect("UTF-8")];
    let ran = on_case("summary", case.path(), &words).fine();
    let set_aside = rows_of(&file);
    let told: Vec<String> = set_aside[1..]
        .iter()
        .map(|row| format!("{}:{} {} {}", row[0], row[1], row[3], row[6]))
        .collect();
    let wanted = [
        "people.csv:4 date p2,Bram,yesterday",
        "people.csv:7 duplicate_id p4,,",
        "people.csv:8 field_count x",
        "identifiers.csv:2 dangling_reference p2,phone,+31612345678,ch1,2019,2020",
        "roles.csv:3 dangling_reference c1,p2,recruiter,suspect,,,,",
        "links.csv:2 dangling_reference l1,p2,p1,first_contact,c1,,ch1,,,2019-03-02,,",
        "links.csv:3 dangling_reference l2,p2,p1,exploited,c1,,,pl1,threat;debt,2019-03-10,2019-05,2",
        "ads.csv:2 dangling_reference a1,ch1,c1,p1,p2,p2,2019-03-12,2019-03-20,pl1",
    ];
    assert_eq!(told, wanted);
    assert!(ran.stderr.contains("17 rows read = 9 used + 8 refused"), "{ran:#?}");
    assert!(ran.stderr.contains("8 rows were set aside in"), "{ran:#?}");
    // A sound case leaves no rows of an earlier run behind.
    on_case("summary", Folder::of(&SOUND).path(), &words).fine();
    assert_eq!(rows_of(&file).len(), 1);
}

#[test]
fn refused_lines_and_cells_are_set_aside_as_they_were_written() {
    let line = r#"{"table":"people","person_id":"p2","birth":"bad","extra":"kept"}"#;
    let stray = r#"{"table":"peeple"}"#;
    let text = format!(
        "{{\"table\":\"people\",\"person_id\":\"p1\"}}\n{stray}\n{line}\n{{\"table\":\"links\",\
         \"from\":\"p1\",\"to\":\"p3\",\"kind\":\"contact\"}}\n"
    );
    let folder = Folder::of(&[("case.jsonl", text)]);
    let out = folder.join("rejects.csv");
    let words = ["--lenient", "--rejects", out.to_str().expect("UTF-8")];
    let ran = on_case("summary", &folder.join("case.jsonl"), &words).fine();
    assert!(ran.stderr.contains("4 rows read = 1 used + 3 refused"), "{ran:#?}");
    let set_aside = rows_of(&out);
    let texts: Vec<&str> = set_aside[1..].iter().map(|row| row[6].as_str()).collect();
    let dangling = r#"{"table":"links","from":"p1","to":"p3","kind":"contact"}"#;
    assert_eq!(texts, [stray, line, dangling]);
}

#[test]
fn rows_that_were_set_aside_before_are_left_alone() {
    let case = spoilt("people.csv", "person_id\np1\np2\np3\np4\np4\n");
    let here = Folder::of(&[("rejects.csv", "mine")]);
    let run_here = |words: &[&str], case: &Folder| {
        let mut command = kluwen(words);
        command.arg(case.path()).current_dir(here.path());
        ended(command, b"")
    };
    assert_eq!(run_here(&["summary", "--lenient"], &case).code, Some(2));
    assert_eq!(std::fs::read(here.join("rejects.csv")).expect("it is there"), b"mine");
    // Whoever sets nothing aside is not asked where to.
    run_here(&["summary"], &Folder::of(&SOUND)).fine();
}

#[test]
fn a_refused_row_still_says_who_is_a_victim_and_who_said_so() {
    let roles = "case_id,person_id,role,start,source\nc1,p1,victim,bad,a paper nobody else names\n";
    let taken = report(spoilt("roles.csv", roles).path());
    let [(victim, said)] = taken.case.victims_of_refused_rows() else { panic!("one victim") };
    assert_eq!(taken.case.text(*victim), "p1");
    assert_eq!(taken.case.text(said.source), "a paper nobody else names");
    assert_eq!(taken.case.place_of(said), "roles.csv:2");
}
