//! What a reading of who is who says of its people.

use super::super::{
    Decision, Decisions, Entities, EntityId, Identities, Resolution, Samples, Verdict,
};
use super::case;
use crate::case::{Case, IdKind, Pseudonymise, Symbol};

/// `p10` is a victim of `p2`; `p9` stands in another file.
fn three() -> Case {
    case(&[
        ("people.csv", "person_id\np10\np9\np2\n"),
        ("links.csv", "from,to,kind,case_id\np2,p10,recruited,k1\n"),
        ("roles.csv", "case_id,person_id,role\nk2,p9,driver\n"),
    ])
}

fn person(case: &Case, id: &str) -> Symbol {
    case.symbol(id).expect("an id of the case")
}

#[test]
fn as_given_each_id_is_a_person_in_the_order_of_ids() {
    let case = three();
    let Identities { entities, samples, merges } = Identities::as_given(&case);
    assert_eq!((entities.len(), entities.is_empty(), merges.len()), (3, false, 0));
    assert_eq!((samples.len(), samples.is_empty()), (0, true));
    let who: Vec<EntityId> = entities.iter().collect();
    let ids = |entity| entities.person_ids(&case, entity).collect::<Vec<_>>().join("=");
    assert_eq!(who.iter().map(|&one| ids(one)).collect::<Vec<_>>(), ["p2", "p9", "p10"]);
    assert_eq!(who.iter().map(|&one| entities.code(one)).collect::<Vec<_>>(), ["E1", "E2", "V1"]);
    assert_eq!((entities.of_row(0), entities.rows(who[0])), (who[2], &[2][..]));
    assert_eq!((who[2].number(), who[2].node(), EntityId::from_number(2)), (2, 2, who[2]));
    assert!((entities.probability(who[0]) - 1.0).abs() < 1e-12);
    assert_eq!(entities.of(&case, person(&case, "p10")), Some(who[2]));
    assert_eq!(entities.of(&case, Symbol::EMPTY), None);
    assert_eq!(entities.victim_of(&case, person(&case, "p10")), Some(who[2]));
    assert_eq!(entities.victim_of(&case, person(&case, "p2")), None);
    assert!(entities.protection(who[2]).is_some() && entities.protection(who[0]).is_none());
    assert_eq!(entities.victim(who[2]).map(|victim| victim.to_string()).as_deref(), Some("V1"));
    let json = |entity| serde_json::to_string(&entity).expect("JSON");
    assert_eq!((json(who[2]), entities.victim(who[0])), ("\"E3\"".to_owned(), None));
    assert_eq!(serde_json::to_string(&entities.victim(who[2])).expect("JSON"), "\"V1\"");
    let nobody = Entities::as_given(&Case::default());
    assert!(nobody.is_empty() && nobody.iter().next().is_none());
}

fn decided(pairs: &[(&str, &str, Verdict)]) -> Identities {
    let mut decisions = Decisions::default();
    for &(a, b, verdict) in pairs {
        let [by, why] = ["a test", "to see"].map(Into::into);
        decisions.push(Decision { person_ids: [a.into(), b.into()], verdict, by, why });
    }
    let resolution = Resolution { decisions, samples: 8, ..Resolution::default() };
    resolution.of(&three()).expect("the decisions agree")
}

#[test]
fn a_decision_makes_one_person_of_two_ids_for_certain() {
    let case = three();
    let Identities { entities, samples, merges } = decided(&[("p10", "p9", Verdict::Same)]);
    let ids = |entity| entities.person_ids(&case, entity).collect::<Vec<_>>().join("=");
    assert_eq!(entities.iter().map(ids).collect::<Vec<_>>(), ["p2", "p9=p10"]);
    let both = EntityId::from_number(1);
    assert_eq!(
        (entities.code(both).as_str(), entities.of_row(0), entities.of_row(1)),
        ("V1", both, both)
    );
    assert!((entities.probability(both) - 1.0).abs() < 1e-12);
    assert_eq!(samples.len(), 8);
    assert!((0..8).all(|sample| samples.labels(sample) == [0, 0, 2]));
    let [merge] = &merges[..] else { panic!("one merge: {merges:?}") };
    assert_eq!(
        (merge.rows, &merge.weights[..]),
        ((0, 1), &[("decided by a person", f64::INFINITY)][..])
    );
    assert!((merge.probability - 1.0).abs() < 1e-12);
}

#[test]
fn two_of_one_file_are_two_people_unless_decided() {
    assert_eq!(decided(&[]).entities.len(), 3);
    assert_eq!(decided(&[("p10", "p2", Verdict::Same)]).entities.len(), 2);
    assert_eq!(decided(&[("p10", "p2", Verdict::Different)]).entities.len(), 3);
}

#[test]
fn a_group_is_as_sure_as_its_pairs_are_often_together() {
    let samples = Samples::new(vec![vec![0, 0, 0, 3], vec![0, 0, 2, 3], vec![0, 1, 2, 2]]);
    assert_eq!(
        (samples.len(), samples.is_empty(), samples.labels(1)),
        (3, false, &[0, 0, 2, 3][..])
    );
    for (rows, share) in [
        (&[0, 1][..], 2.0 / 3.0),
        (&[0, 1, 2], 4.0 / 9.0),
        (&[2, 0, 1], 4.0 / 9.0),
        (&[0, 3], 0.0),
        (&[2, 3], 1.0 / 3.0),
        (&[3], 1.0),
        (&[], 1.0),
    ] {
        assert!((samples.cohesion(rows) - share).abs() < 1e-12, "{rows:?}");
    }
    assert!((Samples::none().cohesion(&[0, 1]) - 1.0).abs() < 1e-12);
}

#[test]
fn a_person_is_as_sure_as_samples_put_the_ids_together() {
    let case = three();
    // `p10` and `p9`, the first two rows, are one person in one sample of four.
    let samples = Samples::new(vec![vec![0, 0, 2], vec![0, 1, 2], vec![0, 1, 2], vec![0, 1, 2]]);
    let entities = Entities::of_groups(&case, &[0, 0, 2], &samples);
    let sure = |number| entities.probability(EntityId::from_number(number));
    assert_eq!(entities.len(), 2);
    assert!((sure(0) - 1.0).abs() < 1e-12 && (sure(1) - 0.25).abs() < 1e-12);
    let entities = entities.in_case(&case);
    assert!((entities.probability(EntityId::from_number(1)) - 0.25).abs() < 1e-12);
}

#[test]
fn the_same_people_are_protected_by_what_another_case_says_of_them() {
    let people = ("people.csv", "person_id\np10\np9\np2\n");
    let other =
        case(&[people, ("roles.csv", "case_id,person_id,role\nk1,p9,victim\nk1,p2,driver\n")]);
    let protected = |case: &Case, identities: &Identities| {
        ["p10", "p9", "p2"]
            .map(|id| identities.entities.victim_of(case, person(case, id)).is_some())
    };
    let identities = Identities::as_given(&three());
    assert_eq!(protected(&three(), &identities), [true, false, false]);
    assert_eq!(protected(&other, &identities.in_case(&other)), [false, true, false]);
}

/// Shows `p9` as `<p9>`.
struct Bracketed;

impl Pseudonymise for Bracketed {
    fn pseudonym(&self, _: IdKind, id: &str) -> String {
        format!("<{id}>")
    }
}

#[test]
fn a_person_has_the_pseudonym_of_the_first_id_as_people_count() {
    let mut case = three();
    let entities = Entities::of_groups(&case, &[0, 0, 2], &Samples::none());
    let shown = |case: &Case| entities.iter().map(|who| entities.pseudonym(case, who)).collect();
    let none: Vec<Option<String>> = shown(&case);
    assert_eq!(none, [None, None]);
    case.show_by(&Bracketed).expect("each has its own");
    let all: Vec<Option<String>> = shown(&case);
    // `p9` and `p10` are one person.
    assert_eq!(all, ["<p2>", "<p9>"].map(|id| Some(id.to_owned())));
}

/// Two offenders of two files, who share so much, among others who share nothing.
fn pair(of_a: &str, of_b: &str) -> Identities {
    let mut people = format!("person_id,name,birth\na,{of_a}\nb,{of_b}\n");
    let mut roles = "case_id,person_id,role\nka,a,driver\nkb,b,driver\n".to_owned();
    let others = [
        "Cees Ooststee",
        "Dorien Boskwaard",
        "Evert Ijskamp",
        "Fenna Puthaak",
        "Gijs Cranevelt",
        "Hilde Jolmeer",
        "Ids Querrel",
        "Jorrit Dijkmolen",
        "Klaske Kwelder",
        "Lammert Rietvoorn",
        "Mirthe Eikrade",
        "Okke Schelpzand",
    ];
    for (at, name) in others.into_iter().enumerate() {
        people.extend([format!("o{at},{name},19{}-0{}-1{}\n", 60 + 2 * at, 1 + at % 9, at % 7)]);
        roles.extend([format!("k{at},o{at},driver\n")]);
    }
    let case = case(&[("people.csv", &people), ("roles.csv", &roles)]);
    Resolution { samples: 200, ..Resolution::default() }.of(&case).expect("nothing is decided")
}

#[test]
fn who_is_alike_in_all_is_one_and_who_contradicts_is_two() {
    let alike = pair("Zbyszko Mroznicki,1984-03-02", "Zbyszko Mroznicki,1984-03-02");
    assert_eq!((alike.entities.len(), alike.merges.len()), (13, 1));
    assert!(alike.entities.probability(alike.entities.of_row(0)) > 0.9);
    let merge = &alike.merges[0];
    assert_eq!(merge.rows, (0, 1));
    let bits: f64 = merge.weights.iter().map(|weight| weight.1).sum();
    let odds = (merge.probability / (1.0 - merge.probability)).log2();
    assert!((bits - odds).abs() < 0.05, "{bits} {odds}");
    // Two days of birth that exclude each other, and nothing else than a name.
    let excluded = pair("Zbyszko Mroznicki,1984-03-02", "Zbyszko Mroznicki,1991-07-19");
    assert_eq!((excluded.entities.len(), excluded.merges.len()), (14, 0));
    let apart = |labels: &[u32]| labels[0] != labels[1];
    assert!((0..200).all(|sample| apart(excluded.samples.labels(sample))));
    let strangers = pair("Zbyszko Mroznicki,1984-03-02", "Anneke Aalbrink,1991-07-19");
    assert_eq!(strangers.entities.len(), 14);
}
