//! What a row may not say, given the others.

use kluwen::case::FaultClass;

use super::{refuses, tells};
use crate::common::{on_case, report, spoilt};

#[test]
fn references_to_nothing_are_refused() {
    for (file, header, row, column, table) in [
        ("identifiers.csv", "person_id,kind,value", "x,phone,1", "person_id", "people"),
        (
            "identifiers.csv",
            "person_id,kind,value,channel_id",
            "p1,phone,1,x",
            "channel_id",
            "channels",
        ),
        ("roles.csv", "case_id,person_id,role", "x,p1,victim", "case_id", "cases"),
        ("roles.csv", "case_id,person_id,role", "c1,x,victim", "person_id", "people"),
        ("links.csv", "from,to,kind", "x,p2,contact", "from", "people"),
        ("links.csv", "from,to,kind", "p1,x,contact", "to", "people"),
        ("links.csv", "from,to,kind,about", "p1,p2,contact,x", "about", "people"),
        ("links.csv", "from,to,kind,case_id", "p1,p2,contact,x", "case_id", "cases"),
        ("links.csv", "from,to,kind,channel_id", "p1,p2,contact,x", "channel_id", "channels"),
        ("links.csv", "from,to,kind,place_id", "p1,p2,contact,x", "place_id", "places"),
        ("ads.csv", "ad_id,channel_id", "a1,x", "channel_id", "channels"),
        ("ads.csv", "ad_id,case_id", "a1,x", "case_id", "cases"),
        ("ads.csv", "ad_id,victim_id", "a1,x", "victim_id", "people"),
        ("ads.csv", "ad_id,posted_by", "a1,x", "posted_by", "people"),
        ("ads.csv", "ad_id,payer", "a1,x", "payer", "people"),
        ("ads.csv", "ad_id,place_id", "a1,x", "place_id", "places"),
    ] {
        let text = format!("{header}\n{row}\n");
        let expected = format!("an id that {table} holds");
        refuses((file, &text), column, FaultClass::Dangling, "`x`", &expected);
    }
}

#[test]
fn ids_that_stand_twice_are_refused() {
    for (file, text, column, id) in [
        ("cases.csv", "case_id\nc1\nc2\nc1\n", "case_id", "c1"),
        ("people.csv", "person_id\np1\np2\np3\np4\np2\n", "person_id", "p2"),
        ("channels.csv", "channel_id\nch1\nch1\n", "channel_id", "ch1"),
        ("places.csv", "place_id\npl1\npl1\n", "place_id", "pl1"),
        (
            "links.csv",
            "link_id,from,to,kind\nl1,p1,p2,contact\nl1,p1,p3,contact\n",
            "link_id",
            "l1",
        ),
        ("ads.csv", "ad_id\na1\na1\n", "ad_id", "a1"),
    ] {
        let expected = "an id of its own; an earlier row has this one";
        refuses((file, text), column, FaultClass::Duplicate, &format!("`{id}`"), expected);
    }
}

#[test]
fn the_first_fault_is_the_first_of_the_file() {
    let people = "person_id,birth\np1,\np1,\np3,yesterday\np4,\np2,\n";
    let stopped = on_case("summary", spoilt("people.csv", people).path(), &[]);
    assert!(stopped.stderr.contains("people.csv:3: column `person_id`: `p1`"), "{stopped:#?}");
}

#[test]
fn a_person_linked_to_himself_is_refused() {
    let links = "from,to,kind\np1,p2,contact\np3,p3,contact\n";
    let (found, expected) = ("the same id as in `from`", "two people");
    refuses(("links.csv", links), "to", FaultClass::SelfLink, found, expected);
}

#[test]
fn contradictions_are_told() {
    let both = "case_id,person_id,role\nc1,p2,professional\nc1,p2,client\n";
    let found = "`p2` is a client, and at roles.csv:2 a professional";
    let told = (FaultClass::Contradiction, ("roles.csv", 3, "role"), found, "one of the two");
    tells(spoilt("roles.csv", both).path(), told);

    let minor = "case_id,person_id,role,minor\nc1,p1,victim,no\nc1,p1,witness,yes\n";
    let found = "`p1` is a minor, and at roles.csv:2 not";
    let told = (FaultClass::Contradiction, ("roles.csv", 3, "minor"), found, "one of the two");
    tells(spoilt("roles.csv", minor).path(), told);

    let late = "from,to,kind,start\np2,p1,exploited,2019-03\np2,p1,first_contact,2019-06-01\n";
    let found =
        "a first contact on 2019-06-01, and exploitation from 2019-03-01/2019-03-31 at links.csv:2";
    let told = (FaultClass::Contradiction, ("links.csv", 3, "start"), found, "not after");
    tells(spoilt("links.csv", late).path(), told);
}

#[test]
fn a_client_of_one_case_may_be_a_professional_in_another() {
    let roles = "case_id,person_id,role\nc1,p2,professional\nc2,p2,client\n";
    let taken = report(spoilt("roles.csv", roles).path());
    assert!(taken.faults.listed().is_empty(), "{:?}", taken.faults);
}

#[test]
fn rows_of_another_width_are_refused() {
    for (row, found) in [("p1,p2", "2 fields"), ("p1,p2,contact,x", "4 fields")] {
        let links = format!("from,to,kind\np1,p2,contact\n{row}\n");
        let (class, expected) = (FaultClass::FieldCount, "3 as in the header");
        refuses(("links.csv", &links), "", class, found, expected);
    }
}
