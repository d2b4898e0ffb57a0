//! Are groups told with how firmly people belong, and is nobody said to belong who does not?

use std::fmt::Write as _;

use kluwen::Case;
use kluwen::finding::{Cells, CellsFound};
use kluwen::graph::{Csr, Network};
use kluwen::identity::Entities;
use kluwen::measure::{Agreement, Communities, Consensus, Divider, Leiden, Partition};
use proptest::prelude::*;

use crate::common::{Folder, on_case, repository};
use crate::dice::Dice;
use crate::measures::graphs;
use crate::planted_communities::Planted;

/// A case of contacts, by number.
fn contacts(people: u32, pairs: &[(u32, u32)], more: &[(&str, String)]) -> Folder {
    let mut table = "person_id\n".to_owned();
    for person in 0..people {
        writeln!(table, "p{person}").unwrap();
    }
    let mut links = "from,to,kind,case_id,start\n".to_owned();
    for (u, v) in pairs {
        writeln!(links, "p{u},p{v},contact,c1,2020-01-01").unwrap();
    }
    let mut files = vec![("people.csv", table), ("links.csv", links)];
    files.extend(more.iter().cloned());
    Folder::of(&files)
}

fn found(folder: &Folder) -> CellsFound {
    let case = Case::open(folder.path()).unwrap();
    let entities = Entities::as_given(&case);
    Cells::default().find(&Network::new(&case, &entities)).unwrap()
}

fn complete(nodes: std::ops::Range<u32>) -> Vec<(u32, u32)> {
    nodes.clone().flat_map(|u| nodes.clone().filter(move |&v| u < v).map(move |v| (u, v))).collect()
}

#[test]
fn two_circles_and_somebody_between_them() {
    let mut pairs = complete(0..6);
    pairs.extend(complete(6..12));
    pairs.extend([(0, 12), (1, 12), (6, 12), (7, 12)]);
    let found = found(&contacts(13, &pairs, &[]));
    let firm: Vec<_> = found.groups.iter().filter(|group| group.is_firm()).collect();
    assert_eq!(firm.len(), 2, "{:?}", found.groups);
    for group in firm {
        let people: Vec<usize> = group.entities.iter().map(|who| who.number()).collect();
        assert!(people.iter().all(|&who| who < 6) || people.iter().all(|&who| who >= 6));
        for (&who, &share) in people.iter().zip(&group.membership) {
            assert!((0.0..=1.0).contains(&share));
            assert!(who == 12 || share > 0.9, "{who}: {share}");
        }
    }
    assert!(found.basis.p < Some(0.05) && found.basis.z > Some(1.0), "{:?}", found.basis);
}

#[test]
fn ties_at_random_do_not_stand_out() {
    let mut dice = Dice::new(11);
    let pairs: Vec<(u32, u32)> = (0..120)
        .map(|_| (u32::try_from(dice.below(40)).unwrap(), u32::try_from(dice.below(40)).unwrap()))
        .filter(|(u, v)| u != v)
        .collect();
    let found = found(&contacts(40, &pairs, &[]));
    assert!(found.basis.modularity > 0.2, "random graphs have groups, too: {:?}", found.basis);
    assert!(found.basis.p > Some(0.05), "{:?}", found.basis);
}

#[test]
fn phones_tie_those_who_share_them_and_a_public_one_nobody() {
    let phones = |phone: &str, people: std::ops::Range<u32>| -> String {
        people.fold("person_id,kind,value\n".to_owned(), |all, who| {
            all + &format!("p{who},phone,{phone}\n")
        })
    };
    let both = phones("0613572468", 0..4) + phones("0624681357", 0..4).split_once('\n').unwrap().1;
    let own = [("identifiers.csv", both)];
    let circles: Vec<(u32, u32)> =
        (0..5).flat_map(|circle| complete(4 + 6 * circle..10 + 6 * circle)).collect();
    let found_by = found(&contacts(34, &circles, &own));
    let sizes: Vec<usize> = found_by.groups.iter().map(|group| group.entities.len()).collect();
    assert_eq!(sizes, [6, 6, 6, 6, 6, 4], "{:?}", found_by.groups);
    let public = [("identifiers.csv", phones("0613572468", 0..60))];
    let none = found(&contacts(60, &[], &public));
    assert!(none.groups.is_empty() && none.basis.hubs == 1, "{none:?}");
}

#[test]
fn nothing_is_grouped_where_nothing_is_tied() {
    let none = found(&contacts(3, &[], &[]));
    assert!(none.groups.is_empty() && none.basis.largest_component == 0, "{none:?}");
    let folder = contacts(3, &[], &[]);
    let over_time = on_case("group", folder.path(), &["--over-time", "365", "--format", "csv"]);
    assert_eq!(over_time.fine().stdout.lines().count(), 1);
}

#[test]
fn a_collapse_is_said() {
    let folder = contacts(15, &complete(0..15), &[]);
    for by in ["louvain", "leiden", "map-equation", "label-propagation", "consensus"] {
        let run = on_case("group", folder.path(), &["--by", by]).fine();
        assert!(run.stderr.contains("Collapsed: the largest component, of 15 nodes"), "{run:?}");
    }
    let components = on_case("group", folder.path(), &["--by", "components"]).fine();
    assert!(!components.stderr.contains("Collapsed"));
}

#[test]
fn the_command_divides_by_each_quality_and_says_how_firmly() {
    let case = repository("graphs/study25");
    let words = ["--by", "consensus", "--format", "json"];
    let jsonl = on_case("group", &case, &["--by", "consensus", "--format", "csv"]).fine();
    assert!(jsonl.stdout.lines().next().unwrap().ends_with("size,membership"), "{jsonl:?}");
    assert!(on_case("group", &case, &words).fine().json()["quality"].as_f64() > Some(0.5));
    let barber = ["--quality", "barber", "--network", "cases", "--format", "json"];
    let sides = on_case("group", &case, &barber).fine().json();
    assert!(sides["quality"].as_f64() > Some(0.7), "{sides}");
    let one_side = on_case("group", &case, &["--quality", "barber"]);
    assert!(
        one_side.code == Some(2) && one_side.stderr.contains("--network cases"),
        "{one_side:?}"
    );
    let periods = on_case("group", &case, &["--over-time", "365", "--format", "json"]).fine();
    let found = &periods.json()[0];
    assert!(found["periods"].as_array().unwrap().len() > 3 && found["undated"] == 270);
    assert!(periods.stderr.contains("born") && periods.stderr.contains("ended"));
    let rows = on_case("group", &case, &["--over-time", "365", "--format", "csv"]).fine().stdout;
    let rows: Vec<&str> = rows.lines().collect();
    let groups = found["periods"].as_array().unwrap().iter().map(|one| one["groups"].as_array());
    assert_eq!(rows.len(), 1 + groups.map(|groups| groups.unwrap().len()).sum::<usize>());
    for told in ["continues", "ended"] {
        let changes = found["changes"].as_array().unwrap().iter();
        let count = changes.filter(|one| one["change"] == told).count();
        assert!(count > 0 && rows.iter().filter(|row| row.contains(told)).count() == count);
    }
    assert_eq!(on_case("group", &case, &["--over-time", "0"]).code, Some(2));
    let chosen = on_case("group", &case, &["--over-time", "365", "--without", "client"]);
    assert!(chosen.code == Some(2) && chosen.stderr.contains("all links"), "{chosen:?}");
}

#[test]
fn a_consensus_of_planted_communities_is_theirs() {
    let (csr, truth) = Planted { nodes: 1000, sizes: [10, 50], mixing: 0.5, seed: 7 }.graph();
    let agreed = Consensus { seeds: 3, ..Consensus::default() }.run(&csr).unwrap();
    let agreement = Agreement::of(&agreed.partition, &truth).unwrap();
    assert!(agreement.normalized_information > 0.99, "{agreement:?} {}", agreed.stability);
    assert_eq!(agreed.undivided, [0; 4]);
}

#[test]
fn a_consensus_needs_a_method_a_seed_and_a_share() {
    let csr = Csr::path(4);
    for wrong in [
        Consensus { seeds: 0, ..Consensus::default() },
        Consensus { methods: Vec::new(), ..Consensus::default() },
        Consensus { threshold: 1.0, ..Consensus::default() },
        Consensus { methods: vec![Divider::Modularity(-1.0)], ..Consensus::default() },
    ] {
        assert!(wrong.run(&csr).is_err(), "{wrong:?}");
    }
}

/// The share of divisions with another member in the same group, pair by pair.
fn slow_membership(groups: &Partition, divisions: &[Partition], node: usize) -> f64 {
    let same = |one: &Partition, u: usize| one.groups()[u] == one.groups()[node];
    let others = (0..groups.groups().len()).filter(|&u| u != node && same(groups, u));
    let shares = others.map(|u| {
        divisions.iter().filter(|one| same(one, u)).count() as f64 / divisions.len() as f64
    });
    let shares: Vec<f64> = shares.collect();
    if shares.is_empty() { 1.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn membership_is_that_of_all_pairs_and_groups_are_connected(csr in graphs(12), seed: u64) {
        let agreed = Consensus { seed, seeds: 2, ..Consensus::default() }.run(&csr).unwrap();
        for (node, share) in agreed.membership.iter().enumerate() {
            let want = slow_membership(&agreed.partition, &agreed.divisions, node);
            prop_assert!((share - want).abs() < 1e-12);
        }
        let one = Leiden { seed, ..Leiden::default() }.partition(&csr).unwrap();
        prop_assert_eq!(one.groups().len(), agreed.partition.groups().len());
        let flat = csr.to_undirected();
        for members in agreed.partition.members() {
            let mut seen = vec![members[0]];
            let mut at = 0;
            while at < seen.len() {
                for &v in flat.neighbors(seen[at]) {
                    if members.contains(&v) && !seen.contains(&v) {
                        seen.push(v);
                    }
                }
                at += 1;
            }
            prop_assert_eq!(seen.len(), members.len());
        }
    }
}
