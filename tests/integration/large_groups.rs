//! Are large graphs divided as well as small ones, the same on any number of threads, and do labels settle?
//!
//! From a million arcs on nodes are looked at in runs and batches, levels are not exhausted, and leaves are folded away.

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Agreement, Communities, Components, LabelPropagation, Leiden, Louvain, MapEquation, Partition,
    Quality,
};
use proptest::prelude::*;

use crate::determinism::on_threads;
use crate::dice::Dice;
use crate::measures::graphs;

const NODES: u32 = 60_000;
const SIZE: u32 = 50;

/// Communities of 50, in which each node draws 8 ties and outside of which it draws 3, and their number; with `leaves` more nodes a node, of one tie each.
fn planted(leaves: u32) -> (Csr, Partition) {
    let mut dice = Dice::new(7);
    let mut below = |bound: u32| u32::try_from(dice.below(bound as usize)).unwrap();
    let mut edges = Vec::new();
    let mut labels: Vec<u32> = (0..NODES).map(|u| u / SIZE).collect();
    for u in 0..NODES {
        let inside = (0..8).map(|_| u / SIZE * SIZE + below(SIZE)).collect::<Vec<u32>>();
        let outside = (0..3).map(|_| below(NODES)).collect::<Vec<u32>>();
        edges.extend(inside.into_iter().chain(outside).map(|v| (u, v, 1.0)));
    }
    for leaf in 0..NODES * leaves {
        edges.push((leaf % NODES, NODES + leaf, 1.0));
        labels.push(leaf % NODES / SIZE);
    }
    let csr = Csr::new(labels.len(), &edges, Direction::Undirected);
    assert!(csr.arc_count() >= 1_000_000, "it is large: {}", csr.arc_count());
    (csr, Partition::from_labels(&labels))
}

/// The edges within groups.
fn inner(csr: &Csr, groups: &Partition) -> Csr {
    let same = |u: u32, v: u32| groups.groups()[u as usize] == groups.groups()[v as usize];
    let pairs = csr.nodes().flat_map(|u| csr.neighbors(u).iter().map(move |&v| (u, v)));
    let pairs: Vec<(u32, u32)> = pairs.filter(|&(u, v)| same(u, v)).collect();
    Csr::unweighted(csr.node_count(), &pairs, Direction::Undirected)
}

fn pieces(csr: &Csr, groups: &Partition) -> usize {
    Components.partition(&inner(csr, groups)).unwrap().group_count()
}

#[test]
fn large_graphs_are_divided_as_planted_on_any_number_of_threads() {
    let (starts, quality) = (Some(1), Quality::Cpm { resolution: 0.05 });
    let methods: [&(dyn Communities + Sync); 4] = [
        &Leiden { starts, quality, ..Leiden::default() },
        &Louvain { starts, quality, ..Louvain::default() },
        &MapEquation { starts, ..MapEquation::default() },
        &LabelPropagation::default(),
    ];
    let (csr, truth) = planted(0);
    for method in methods {
        let alone = on_threads(1, || method.partition(&csr).unwrap());
        assert_eq!(on_threads(2, || method.partition(&csr).unwrap()), alone, "{}", method.name());
        let agreement = Agreement::of(&alone, &truth).unwrap();
        assert!(agreement.adjusted_rand > 0.95, "{}: {agreement:?}", method.name());
        if method.name() != "louvain" {
            assert_eq!(pieces(&csr, &alone), alone.group_count(), "{}", method.name());
        }
    }
}

#[test]
fn large_graphs_of_many_leaves_are_divided_no_worse_than_planted() {
    let (csr, truth) = planted(6);
    let quality = Quality::default();
    let planted = quality.value(&csr, &truth).unwrap();
    for method in [
        &Leiden { starts: Some(1), ..Leiden::default() } as &(dyn Communities + Sync),
        &Louvain { starts: Some(1), ..Louvain::default() },
    ] {
        let groups = on_threads(2, || method.partition(&csr).unwrap());
        assert_eq!(on_threads(1, || method.partition(&csr).unwrap()), groups);
        let found = quality.value(&csr, &groups).unwrap();
        assert!(found > planted, "{}: {found}, planted {planted}", method.name());
        let leaves = csr.nodes().filter(|&u| csr.neighbors(u).len() == 1);
        let mut with_whom = leaves.map(|u| (u, csr.neighbors(u)[0]));
        assert!(with_whom.all(|(u, v)| groups.groups()[u as usize] == groups.groups()[v as usize]));
    }
}

/// The weight of the ties of `u` to each group, undirected, by the definition.
fn ties(csr: &Csr, groups: &Partition, u: u32) -> Vec<f64> {
    let mut ties = vec![0.0; groups.group_count()];
    for (v, weight) in csr.to_undirected().edges_of(u) {
        ties[groups.groups()[v as usize] as usize] += weight;
    }
    ties
}

proptest! {
    #[test]
    fn everybody_is_where_most_of_their_ties_lead(csr in graphs(25), seed: u64) {
        let groups = LabelPropagation { seed, ..LabelPropagation::default() }.partition(&csr).unwrap();
        for u in csr.nodes() {
            let ties = ties(&csr, &groups, u);
            let own = ties[groups.groups()[u as usize] as usize];
            prop_assert!(ties.iter().all(|&other| other <= own + 1e-9), "{}: {:?}, own {}", u, ties, own);
        }
        prop_assert_eq!(pieces(&csr, &groups), groups.group_count());
    }
}

#[test]
fn a_label_floods_what_is_dense_and_goes_round_what_is_apart() {
    let method = LabelPropagation::default();
    assert_eq!(method.partition(&Csr::complete(12)).unwrap().sizes(), [12]);
    assert_eq!(method.partition(&Csr::star(1_000_000)).unwrap().group_count(), 1);
    let cliques = Csr::ring_of_cliques(6, 8);
    let sizes = method.partition(&cliques).unwrap();
    assert_eq!(sizes.sizes(), [8; 6]);
    let none = LabelPropagation { rounds: 0, ..method };
    assert!(none.partition(&cliques).unwrap_err().to_string().contains("`rounds`"));
    let tie = Csr::new(2, &[(0, 1, -1.0)], Direction::Undirected);
    assert!(method.partition(&tie).unwrap_err().to_string().contains("label propagation"));
    let nothing = Csr::new(2, &[(0, 1, 0.0)], Direction::Undirected);
    assert_eq!(method.partition(&nothing).unwrap().group_count(), 2, "no weight, no tie");
    // Both ends of a directed edge hear of each other, and opposite edges add up.
    let arcs = [(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.5), (2, 3, 1.6)];
    let csr = Csr::new(4, &arcs, Direction::Directed);
    assert_eq!(method.partition(&csr).unwrap().groups(), [0, 0, 1, 1]);
}
