//! Are `FollowTheMoney` entities read as people, cases, roles, ties and identifiers, and is nothing dropped in silence?

use kluwen::case::{
    Case, FaultClass, IdentifierKind, LinkKind, ReadOptions, Role, Status, Taken, read,
};

use crate::common::{Folder, assert_conserved, report};

fn taken(lines: &[&str]) -> Taken {
    let folder = Folder::of(&[("x.ftm.json", lines.join("\n"))]);
    let taken = report(&folder.join("x.ftm.json"));
    assert_conserved(&taken);
    taken
}

/// The first line of each class of fault that costs a row.
fn errors(taken: &Taken) -> Vec<(FaultClass, u64, String)> {
    let errors = taken.faults.listed().iter().filter(|fault| fault.is_error());
    errors.map(|fault| (fault.class, fault.position.line, fault.position.column.clone())).collect()
}

/// What was left out, in words.
fn left(taken: &Taken) -> Vec<String> {
    let left = taken.faults.listed().iter().filter(|fault| fault.class == FaultClass::Foreign);
    left.map(|fault| fault.found.clone()).collect()
}

fn links(case: &Case) -> Vec<(String, String, LinkKind)> {
    let ends = |link: &kluwen::case::Link| {
        (case.text(link.from).to_owned(), case.text(link.to).to_owned(), link.kind)
    };
    case.links.iter().map(ends).collect()
}

const ANNA: &str = r#"{"id":"a","schema":"Person","properties":{"name":["Anna","Anne"],"birthDate":["2003-04"],"gender":["female"],"phone":["+31612345678"],"topics":["x"]}}"#;
const BRAM: &str = r#"{"id":"b","schema":"Person","properties":{"name":["Bram"]}}"#;
const CASE: &str =
    r#"{"id":"c","schema":"CourtCase","properties":{"name":["C07"],"fileDate":["2020"]}}"#;

#[test]
fn people_cases_roles_and_ties_are_read() {
    let taken = taken(&[
        ANNA,
        BRAM,
        CASE,
        r#"{"id":"r1","schema":"CourtCaseParty","properties":{"party":["a"],"case":["c"],"role":["alleged Victim"]}}"#,
        r#"{"id":"r2","schema":"CourtCaseParty","properties":{"party":["b"],"case":["c"],"role":["recruiter"],"status":["suspect"]}}"#,
        r#"{"id":"l1","schema":"UnknownLink","properties":{"subject":["b"],"object":["a"],"role":["recruited"],"startDate":["2020-03"],"sourceUrl":["https://example.org/1"]}}"#,
        r#"{"id":"l2","schema":"Payment","properties":{"payer":["a"],"beneficiary":["b"],"date":["2020-05-01"],"amount":["40"]}}"#,
        r#"{"id":"l3","schema":"Family","properties":{"person":["a"],"relative":["b"],"relationship":["cousin"]}}"#,
    ]);
    assert_eq!(errors(&taken), []);
    let case = &taken.case;
    let anna = &case.people[0];
    assert_eq!(
        [anna.name, anna.alias, anna.sex].map(|text| case.text(text)),
        ["Anna", "Anne", "female"]
    );
    assert_eq!(anna.birth.written(), "2003-04");
    let phone = &case.identifiers[0];
    assert_eq!((phone.kind, case.text(phone.value)), (IdentifierKind::Phone, "+31612345678"));
    assert_eq!(case.cases[0].opened.written(), "2020");
    let roles: Vec<(Role, Option<Status>)> =
        case.roles.iter().map(|role| (role.role, role.status)).collect();
    assert_eq!(
        roles,
        [(Role::Victim, Some(Status::Victim)), (Role::Recruiter, Some(Status::Suspect))]
    );
    let pair = |kind, back: bool| {
        let (from, to) = if back { ("b", "a") } else { ("a", "b") };
        (from.to_owned(), to.to_owned(), kind)
    };
    assert_eq!(
        links(case),
        [pair(LinkKind::Recruited, true), pair(LinkKind::Paid, false), pair(LinkKind::Kin, false)]
    );
    assert_eq!(case.links[0].start.written(), "2020-03");
    assert_eq!(case.text(case.links[0].assertion.source), "https://example.org/1");
    assert_eq!(case.links[1].start.written(), "2020-05-01");
    assert_eq!(case.links[1].assertion.line, 7);
    // What no column holds stands beside the row, and enters no score.
    let amount =
        case.links.attributes_of(1).iter().map(|one| (case.text(one.column), case.text(one.value)));
    assert!(amount.into_iter().any(|pair| pair == ("ftm_amount", "40")));
    assert_eq!(left(&taken), ["1 × role `alleged Victim`"]);
}

#[test]
fn accounts_and_things_tell_who_somebody_is() {
    let taken = taken(&[
        BRAM,
        r#"{"id":"u","schema":"UserAccount","properties":{"username":["@bram"],"service":["Kletshoek"],"owner":["b"]}}"#,
        r#"{"id":"k","schema":"BankAccount","properties":{"iban":["NL91ABNA0417164300"]}}"#,
        r#"{"id":"o","schema":"Ownership","properties":{"owner":["b"],"asset":["k"]}}"#,
        r#"{"id":"v","schema":"Vehicle","properties":{"registrationNumber":["AB-123-C"]}}"#,
        r#"{"id":"p","schema":"Address","properties":{"street":["Lindelaan 1"],"city":["Lindewaard"]}}"#,
        r#"{"id":"e","schema":"Person","properties":{"firstName":["Els"],"lastName":["Vos"],"addressEntity":["p","q"]}}"#,
    ]);
    assert_eq!(errors(&taken), []);
    let case = &taken.case;
    let told: Vec<(&str, IdentifierKind, &str, &str)> = (case.identifiers.iter())
        .map(|one| (case.text(one.person), one.kind, case.text(one.value), case.text(one.channel)))
        .collect();
    assert_eq!(
        told,
        [
            ("b", IdentifierKind::Handle, "@bram", "Kletshoek"),
            ("b", IdentifierKind::Iban, "NL91ABNA0417164300", ""),
            ("e", IdentifierKind::Address, "Lindelaan 1, Lindewaard", ""),
        ]
    );
    assert_eq!(case.text(case.people[1].name), "Els Vos");
    assert_eq!(case.places.len(), 1);
    assert_eq!(left(&taken), ["1 × Vehicle of nobody", "1 × addressEntity"]);
}

#[test]
fn organisations_act_and_what_has_no_table_is_counted() {
    let taken = taken(&[
        BRAM,
        r#"{"id":"o","schema":"Organization","properties":{"name":["Club"]}}"#,
        r#"{"id":"d","schema":"Directorship","properties":{"director":["b"],"organization":["o"]}}"#,
        r#"{"id":"a","schema":"Address","properties":{"full":["Lindelaan 1"]}}"#,
        r#"{"id":"t","schema":"UnknownLink","properties":{"subject":["a"],"object":["b"]}}"#,
        r#"{"id":"w","schema":"Occupancy","properties":{"holder":["b"],"post":["x"]}}"#,
        r#"{"id":"h","schema":"House","properties":{}}"#,
        r#"{"id":"j","schema":"House","properties":{}}"#,
        r#"{"id":"s","schema":"Similar","properties":{"candidate":["b"],"match":["o"]}}"#,
        r#"{"id":"n","schema":"UnknownLink","properties":{"subject":["b"]}}"#,
    ]);
    assert_eq!(errors(&taken), []);
    assert_eq!(links(&taken.case), [("b".into(), "o".into(), LinkKind::ProfessionalContact)]);
    assert_eq!(
        left(&taken),
        [
            "2 × House",
            "1 × Occupancy",
            "1 × Organization read as people",
            "1 × Similar",
            "1 × UnknownLink that leads to Address",
            "1 × UnknownLink without one of its ends"
        ]
    );
}

#[test]
fn what_is_no_entity_is_refused_where_it_stands() {
    let taken = taken(&[
        BRAM,
        r#"{"id":"x","schema":"Person""#,
        r#"{"id":"y","properties":{}}"#,
        r#"{"id":"z","schema":"Person","properties":{"name":"Zoë"}}"#,
        BRAM,
        "[1]",
        r#"{"id":"l","schema":"UnknownLink","properties":{"subject":["b"],"object":["nobody"]}}"#,
        r#"{"id":"d","schema":"Person","properties":{"name":["Dora"],"birthDate":["soon"]}}"#,
        r#"{"id":"m","schema":"UnknownLink","properties":{"subject":["b"],"object":["b"]}}"#,
    ]);
    let mut found = errors(&taken);
    found.sort_by_key(|error| error.1);
    let at = |class, line, column: &str| (class, line, column.to_owned());
    assert_eq!(
        found,
        [
            at(FaultClass::Json, 2, ""),
            at(FaultClass::Json, 3, "schema"),
            at(FaultClass::Json, 4, "name"),
            at(FaultClass::Duplicate, 5, "id"),
            at(FaultClass::Json, 6, ""),
            at(FaultClass::Dangling, 7, "to"),
            at(FaultClass::Date, 8, "birth"),
            at(FaultClass::SelfLink, 9, "to"),
        ]
    );
    assert_eq!(taken.totals().2, 8);
}

#[test]
fn the_first_fault_names_the_file_and_the_line() {
    let folder = Folder::of(&[("x.ijson", [BRAM, "{"].join("\n"))]);
    let error = read(&folder.join("x.ijson"), &ReadOptions::default()).expect_err("a broken line");
    assert!(error.to_string().starts_with("x.ijson:2: "), "{error}");
}

#[test]
fn entities_are_known_by_what_they_are_and_not_by_their_name() {
    for name in ["x.jsonl", "x.ndjson", "x.ftm", "x.FTM.JSON"] {
        let folder = Folder::of(&[(name, format!("\u{feff}{BRAM}\r\n\n{ANNA}"))]);
        let taken = report(&folder.join(name));
        assert_eq!(taken.case.people.len(), 2, "{name}");
    }
    let rows = r#"{"table":"people","person_id":"p1","schema":"Person"}"#;
    let folder = Folder::of(&[("x.jsonl", rows)]);
    assert_eq!(report(&folder.join("x.jsonl")).counts[0].used, 1);
}

#[test]
fn ends_that_multiply_are_bounded() {
    let many: Vec<String> = (0..200).map(|n| format!("\"n{n}\"")).collect();
    let many = many.join(",");
    let line = format!(
        r#"{{"id":"l","schema":"UnknownLink","properties":{{"subject":[{many}],"object":[{many}]}}}}"#
    );
    let taken = taken(&[BRAM, &line]);
    assert_eq!(taken.case.links.len(), 0);
    assert_eq!(left(&taken), ["1 × UnknownLink with too many ends"]);
}

#[test]
fn public_files_are_read() {
    let Some(folder) = crate::shared_data::folder() else {
        eprintln!(
            "left out: no folder ../shared/data, so FollowTheMoney files of others were not checked"
        );
        return;
    };
    for (name, people, links) in [("donations.ijson", 90, 250), ("t1_entities.ftm.json", 1, 0)] {
        let path = folder.join("interop/ftm").join(name);
        let taken = report(&path);
        assert_conserved(&taken);
        assert_eq!(errors(&taken), [], "{name}");
        let case = &taken.case;
        assert!(
            case.people.len() >= people && case.links.len() >= links,
            "{name}: {:?}",
            taken.counts
        );
    }
}
