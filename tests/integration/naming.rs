//! Do the labels of people keep their laws, whatever is decided and however rows stand?

use std::collections::{BTreeMap, BTreeSet};

use kluwen::Case;
use kluwen::identity::{Decision, Decisions, Identities, Resolution, Verdict};
use proptest::prelude::*;

use crate::common::Folder;

/// A mention: numbers of its given name, family name, day of birth, phone and case file.
type Mention = (usize, usize, usize, usize, usize);

const GIVEN: [&str; 5] = ["Jan", "Yusuf", "Willem", "Sanne", "Wim"];
const FAMILY: [&str; 5] = ["Jansen", "Janssen", "de Vries", "Yilmaz", "Dijkstra"];
const BIRTH: [&str; 5] = ["1990-05-17", "1990-05-18", "1984-11-02", "", "1984"];

fn mentions() -> impl Strategy<Value = Vec<Mention>> {
    proptest::collection::vec((0..5_usize, 0..5_usize, 0..5_usize, 0..4_usize, 0..12_usize), 2..30)
}

/// The case of these mentions, with the rows of people in the order given.
fn case(mentions: &[Mention], order: &[usize]) -> Case {
    let mut people = String::from("person_id,name,birth\n");
    let mut roles = String::from("case_id,person_id,role\n");
    let mut identifiers = String::from("person_id,kind,value\n");
    for &number in order {
        let (given, family, birth, ..) = mentions[number];
        let name = format!("{} {}", GIVEN[given], FAMILY[family]);
        people.extend([format!("p{number},{name},{}\n", BIRTH[birth])]);
    }
    for (number, &(.., phone, file)) in mentions.iter().enumerate() {
        roles.extend([format!("c{file},p{number},exploiter\n")]);
        if phone > 0 {
            identifiers.extend([format!("p{number},phone,+3161234567{phone}\n")]);
        }
    }
    let files = [("people.csv", people), ("roles.csv", roles), ("identifiers.csv", identifiers)];
    Case::open(Folder::of(&files).path()).expect("the case is valid")
}

fn resolved(case: &Case, decisions: Decisions) -> Identities {
    let resolution = Resolution { samples: 8, decisions, ..Resolution::default() };
    resolution.of(case).expect("the decisions agree")
}

fn different(pairs: &BTreeSet<(usize, usize)>) -> Decisions {
    let mut decisions = Decisions::default();
    for (a, b) in pairs {
        decisions.push(Decision {
            person_ids: [format!("p{a}"), format!("p{b}")],
            verdict: Verdict::Different,
            by: "a test".into(),
            why: "to see".into(),
        });
    }
    decisions
}

/// Who stands with whom, by id.
fn groups(case: &Case, identities: &Identities) -> BTreeSet<Vec<String>> {
    let entities = &identities.entities;
    let group = |entity| {
        let mut ids: Vec<String> = entities.person_ids(case, entity).map(Into::into).collect();
        ids.sort();
        ids
    };
    entities.iter().map(group).collect()
}

fn in_order(count: usize) -> Vec<usize> {
    (0..count).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_label_is_the_lowest_row_of_its_group(mentions in mentions()) {
        let case = case(&mentions, &in_order(mentions.len()));
        let identities = resolved(&case, Decisions::default());
        for sample in 0..identities.samples.len() {
            let labels = identities.samples.labels(sample);
            let mut lowest: BTreeMap<u32, u32> = BTreeMap::new();
            for (row, &label) in (0..).zip(labels) {
                prop_assert_eq!(labels[label as usize], label);
                prop_assert_eq!(*lowest.entry(label).or_insert(row), label);
            }
        }
    }

    #[test]
    fn threads_change_nothing(mentions in mentions()) {
        let case = case(&mentions, &in_order(mentions.len()));
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| resolved(&case, Decisions::default()))
        };
        let (one, three) = (on(1), on(3));
        prop_assert_eq!(&one.samples, &three.samples);
        prop_assert_eq!(&one.merges, &three.merges);
        prop_assert_eq!(groups(&case, &one), groups(&case, &three));
    }

    #[test]
    fn the_order_of_rows_changes_no_person(
        (mentions, order) in mentions().prop_flat_map(|mentions| {
            let order = Just(in_order(mentions.len())).prop_shuffle();
            (Just(mentions), order)
        })
    ) {
        let one = case(&mentions, &in_order(mentions.len()));
        let other = case(&mentions, &order);
        let read = |case: &Case| groups(case, &resolved(case, Decisions::default()));
        prop_assert_eq!(read(&one), read(&other));
    }

    #[test]
    fn who_was_decided_to_be_two_is_never_one(
        mentions in mentions(),
        pairs in proptest::collection::btree_set((0..30_usize, 0..30_usize), 0..12),
    ) {
        let count = mentions.len();
        let pairs: BTreeSet<(usize, usize)> = pairs.into_iter().filter(|(a, b)| a < b && *b < count).collect();
        let case = case(&mentions, &in_order(count));
        let identities = resolved(&case, different(&pairs));
        for &(a, b) in &pairs {
            let rows = [a, b].map(|number| u32::try_from(number).expect("a row"));
            prop_assert_ne!(identities.entities.of_row(rows[0]), identities.entities.of_row(rows[1]));
            for sample in 0..identities.samples.len() {
                let labels = identities.samples.labels(sample);
                prop_assert_ne!(labels[a], labels[b]);
            }
        }
    }
}
