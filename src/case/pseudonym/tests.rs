//! By what ids are called, in a case small enough to be seen at once.

use std::fs;

use super::*;

/// One row of each table, and a second link of the same case and source, without an id.
const TABLES: [(&str, &str); 8] = [
    ("cases", "case_id,unit,source\nc1,u1,s1\n"),
    ("people", "person_id,name,source\np1,Ada,s2\np2,Bo,s2\n"),
    ("channels", "channel_id,name,source\nch1,Forum,s3\nch2,Chat,s3\n"),
    ("places", "place_id,name,source\npl1,Hotel,s4\n"),
    ("identifiers", "person_id,kind,value,channel_id,source\np1,handle,@ada,ch2,s5\n"),
    ("roles", "case_id,person_id,role,source\nc1,p1,victim,s6\n"),
    (
        "links",
        "link_id,from,to,kind,case_id,channel_id,place_id,source\n\
         l1,p1,p2,recruited,c1,ch1,pl1,s7\n,p2,p1,recruited,c1,,unknown,s7\n",
    ),
    (
        "ads",
        "ad_id,channel_id,case_id,phone,handle,place_id,image,source\n\
         a1,ch1,c1,+31612345678,@bo,pl1,img1,s8\n",
    ),
];

/// Says of what kind an id is and how it is spelt: `P/p1`.
struct Spelt;

impl Pseudonymise for Spelt {
    fn pseudonym(&self, kind: IdKind, id: &str) -> String {
        format!("{}/{id}", kind.prefix())
    }
}

/// Has one pseudonym for all.
struct Same;

impl Pseudonymise for Same {
    fn pseudonym(&self, _: IdKind, _: &str) -> String {
        "X".into()
    }
}

fn case() -> Case {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in TABLES {
        fs::write(folder.path().join(format!("{name}.csv")), text).expect("it is written");
    }
    Case::open(folder.path()).expect("it is a case")
}

fn called(case: &Case, kind: IdKind, id: &str) -> String {
    case.shown(kind, case.symbol(id).expect("the case has it")).to_owned()
}

#[test]
fn each_kind_has_its_word_and_its_letters() {
    let words = ["person", "case", "channel", "place", "link", "ad", "source", "unit", "value"];
    assert_eq!(IdKind::ALL.map(IdKind::name), words);
    assert_eq!(IdKind::ALL.map(IdKind::prefix), ["P", "C", "CH", "PL", "L", "AD", "S", "U", "V"]);
}

#[test]
fn ids_are_shown_as_they_are_until_they_have_pseudonyms() {
    let case = case();
    assert!(!case.is_pseudonymous());
    assert_eq!(called(&case, IdKind::Person, "p1"), "p1");
    assert_eq!(case.shown_ad(&case.ads[0]), "a1");
}

#[test]
fn every_id_of_every_table_has_the_pseudonym_of_its_kind() {
    let mut case = case();
    case.show_by(&Spelt).expect("no two are alike");
    assert!(case.is_pseudonymous());
    let of = |kind, ids: &[&str]| {
        for id in ids {
            assert_eq!(called(&case, kind, id), format!("{}/{id}", kind.prefix()));
        }
    };
    of(IdKind::Case, &["c1"]);
    of(IdKind::Unit, &["u1"]);
    of(IdKind::Person, &["p1", "p2"]);
    of(IdKind::Channel, &["ch1", "ch2"]);
    of(IdKind::Place, &["pl1"]);
    of(IdKind::Value, &["@ada", "+31612345678", "@bo", "img1"]);
    of(IdKind::Source, &["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"]);
    assert_eq!(case.shown_ad(&case.ads[0]), "AD/a1");
    assert_eq!(case.shown(IdKind::Link, case.links[0].link), "L/l1");
    // Why nothing is known is no secret, and an id has no pseudonym of a kind that it is not of.
    assert_eq!(case.shown(IdKind::Link, case.links[1].link), "");
    assert_eq!(case.shown(IdKind::Place, case.links[1].place), "unknown");
    assert_eq!(called(&case, IdKind::Case, "p1"), "");
}

#[test]
fn two_ids_of_one_pseudonym_are_refused() {
    let mut case = case();
    let told = case.show_by(&Same).expect_err("all are alike").to_string();
    assert!(told.contains("take another key"), "{told}");
    assert!(!case.is_pseudonymous());
}

#[test]
fn who_has_an_id_or_a_pseudonym_can_ask_by_it() {
    let mut case = case();
    let person = case.symbol("p2");
    assert!(person.is_some());
    assert_eq!(case.id_called(IdKind::Person, "p2"), person);
    assert_eq!(case.id_called(IdKind::Person, "P/p2"), None);
    case.show_by(&Spelt).expect("no two are alike");
    assert_eq!(case.id_called(IdKind::Person, "p2"), person);
    assert_eq!(case.id_called(IdKind::Person, "P/p2"), person);
    assert_eq!(case.id_called(IdKind::Case, "P/p2"), None);
    assert_eq!(case.id_called(IdKind::Person, "P/p3"), None);
}
