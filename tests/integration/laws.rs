//! What must hold of every measure on every graph, whatever the numbers are.

use kluwen::ErrorKind;
use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    Betweenness, Centrality, Closeness, Communities, Components, CoreNumbers, Dangling, Degree,
    Harmonic, Leiden, Length, Louvain, PageRank, Partition, Quality, ShortestPaths, Strength,
    Weights, degree_assortativity, transitivity, triangles,
};
use proptest::prelude::*;

use crate::measures::{all_close, centralities, communities, graphs};

/// The scores; none of an eigenvector that does not settle, as in graphs of two parts that are nearly equal, which is an error that says so.
fn settled(measure: &dyn Centrality, csr: &Csr) -> Option<Vec<f64>> {
    match measure.scores(csr) {
        Ok(scores) => Some(scores.to_vec()),
        Err(error) => {
            let settles_not = matches!(error.kind(), ErrorKind::NotConverged { .. });
            assert!(settles_not && measure.name() == "eigenvector", "{}: {error}", measure.name());
            None
        }
    }
}

proptest! {
    #[test]
    fn renaming_nodes_permutes_scores(csr in graphs(12), turn in 0..12_u32) {
        let n = csr.nodes().end;
        let name = |u: u32| n - 1 - (u + turn) % n;
        let renamed = mapped(&csr, csr.node_count(), name);
        for measure in centralities() {
            let both = settled(&*measure, &csr).zip(settled(&*measure, &renamed));
            let Some((scores, found)) = both else { continue };
            let back: Vec<f64> = csr.nodes().map(|u| found[name(u) as usize]).collect();
            all_close(&back, &scores);
        }
    }

    #[test]
    fn scores_and_groups_cover_each_node_and_are_numbers(csr in graphs(12)) {
        for measure in centralities() {
            let Some(scores) = settled(&*measure, &csr) else { continue };
            prop_assert_eq!(scores.len(), csr.node_count());
            prop_assert!(scores.iter().all(|score| score.is_finite() && *score >= 0.0));
        }
        for method in communities() {
            let groups = method.partition(&csr).unwrap();
            prop_assert_eq!(groups.groups().len(), csr.node_count());
            prop_assert_eq!(groups.sizes().iter().sum::<usize>(), csr.node_count());
        }
    }

    #[test]
    fn an_isolated_node_changes_no_other_raw_score(csr in graphs(12)) {
        let more = mapped(&csr, csr.node_count() + 1, |u| u);
        let raw: [&dyn Centrality; 5] = [
            &Degree::default(),
            &Strength::default(),
            &CoreNumbers,
            &Betweenness::default(),
            &Harmonic::default(),
        ];
        for measure in raw {
            let mut expected = measure.scores(&csr).unwrap().to_vec();
            expected.push(0.0);
            all_close(&measure.scores(&more).unwrap(), &expected);
        }
    }

    #[test]
    fn components_add_up(left in graphs(9), right in graphs(9)) {
        let left = left.to_undirected();
        let both = beside(&left, &right.to_undirected());
        let joined = |measure: &dyn Centrality| {
            let mut scores = measure.scores(&left).unwrap().to_vec();
            scores.extend(measure.scores(&right.to_undirected()).unwrap().iter());
            all_close(&measure.scores(&both).unwrap(), &scores);
        };
        joined(&Betweenness::default());
        joined(&Harmonic::default());
        joined(&CoreNumbers);
        let count = |csr: &Csr| Components.partition(csr).unwrap().group_count();
        prop_assert_eq!(count(&both), count(&left) + count(&right));
        prop_assert_eq!(triangles(&both), triangles(&left) + triangles(&right));
    }

    #[test]
    fn ranks_sum_to_one(csr in graphs(12), damping in 0.0..0.99) {
        for dangling in [Dangling::Uniform, Dangling::Stay] {
            for weights in [Weights::Used, Weights::Ignored] {
                let rounds = 10_000;
                let options = PageRank { damping, rounds, dangling, weights, ..PageRank::default() };
                let total: f64 = options.scores(&csr).unwrap().iter().sum();
                prop_assert!((total - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn leiden_communities_are_connected(csr in graphs(30), seed: u64, resolution in 0.05..2.0) {
        let three = [
            Quality::Modularity { resolution },
            Quality::Cpm { resolution },
            Quality::Directed { resolution },
        ];
        for quality in three {
            for iterations in [Some(1), Some(10)] {
                let options =
                    Leiden { quality, seed, iterations, starts: Some(1), ..Leiden::default() };
                let groups = options.partition(&csr).unwrap();
                prop_assert_eq!(pieces(&csr, &groups), groups.group_count());
            }
        }
    }

    #[test]
    fn no_single_move_improves_what_is_found(csr in graphs(14), seed: u64) {
        let directed = Quality::Directed { resolution: 1.0 };
        for quality in [Quality::default(), Quality::Cpm { resolution: 0.3 }, directed] {
            let iterations = Some(100);
            let louvain = Louvain { quality, seed, iterations, starts: Some(1) };
            let leiden =
                Leiden { quality, seed, iterations, starts: Some(1), ..Leiden::default() };
            for method in [&louvain as &dyn Communities, &leiden] {
                let groups = method.partition(&csr).unwrap();
                let found = quality.value(&csr, &groups).unwrap();
                let best = best_move(&csr, &groups, quality);
                prop_assert!(best <= found + 1e-9, "{}: {best} above {found}", method.name());
            }
        }
    }

    #[test]
    fn weights_of_one_are_no_weights(csr in graphs(12)) {
        let plain = csr.clone().without_weights();
        let edges: Vec<_> = arcs(&plain).map(|(u, v, _)| (u, v, 1.0)).collect();
        let ones = Csr::new(csr.node_count(), &edges, direction(&csr));
        let ones = if csr.is_directed() { ones } else { halved(&ones) };
        // Of edges that run both ways these add the weights, and take them for one edge without.
        let adds = |name: &str| name.starts_with("current_flow") || name.starts_with("weighted");
        for measure in centralities() {
            if !(csr.is_directed() && adds(measure.name())) {
                let both = settled(&*measure, &ones).zip(settled(&*measure, &plain));
                if let Some((ones, plain)) = both {
                    all_close(&ones, &plain);
                }
            }
        }
    }
}

#[test]
fn graphs_of_no_node_and_of_one_are_measured() {
    for direction in [Direction::Undirected, Direction::Directed] {
        for n in [0, 1] {
            let csr = Csr::new(n, &[], direction);
            for measure in centralities() {
                let scores = measure.scores(&csr).unwrap();
                assert_eq!(scores.len(), n);
                let has_own = ["pagerank", "katz"].contains(&measure.name());
                let whole = if has_own { n as f64 } else { 0.0 };
                assert!((scores.iter().sum::<f64>() - whole).abs() < 1e-12);
            }
            for method in communities() {
                assert_eq!(method.partition(&csr).unwrap().group_count(), n);
            }
            let groups = Components.partition(&csr).unwrap();
            assert!(Quality::default().value(&csr, &groups).unwrap().abs() < 1e-300);
            assert_eq!((triangles(&csr), transitivity(&csr)), (0, None));
            assert_eq!(degree_assortativity(&csr), None);
        }
    }
}

#[test]
fn a_path_of_a_million_nodes_is_walked() {
    let n = 1_000_000;
    let path = Csr::path(n);
    assert_eq!(Components.partition(&path).unwrap().sizes(), [n as usize]);
    assert!(CoreNumbers.scores(&path).unwrap().iter().all(|k| (k - 1.0).abs() < 1e-12));
    let whole = ShortestPaths::default().between(&path, 0, n - 1).unwrap();
    assert_eq!((whole.distance, whole.count), (Some(999_999.0), 1));
    assert_eq!(whole.paths[0].len(), n as usize);
    let leiden = Leiden { starts: Some(1), iterations: Some(2), ..Leiden::default() };
    let groups = leiden.partition(&path).unwrap();
    assert!(Quality::default().value(&path, &groups).unwrap() > 0.99);
}

#[test]
fn options_out_of_range_are_named() {
    let tie = |weight| Csr::new(2, &[(0, 1, weight)], Direction::Undirected);
    let message =
        |measure: &dyn Centrality, csr: &Csr| measure.scores(csr).unwrap_err().to_string();
    let longer = Betweenness { length: Length::Weight, ..Betweenness::default() };
    for weight in [0.0, -1.0] {
        assert!(message(&longer, &tie(weight)).contains("`length` must lie in"));
    }
    let closer = Closeness { length: Length::Reciprocal, ..Closeness::default() };
    assert!(message(&closer, &tie(0.0)).contains("from node 0 to node 1 weighs 0"));
    let damped = PageRank { damping: 1.0, ..PageRank::default() };
    assert!(message(&damped, &tie(1.0)).contains("`damping` must lie in [0, 1)"));
    assert!(message(&PageRank::default(), &tie(-1.0)).contains("weights of 0 or more"));
    let hot = Leiden { randomness: 0.0, ..Leiden::default() };
    assert!(hot.partition(&tie(1.0)).unwrap_err().to_string().contains("`randomness`"));
    let none = Louvain { starts: Some(0), ..Louvain::default() };
    assert!(none.partition(&tie(1.0)).unwrap_err().to_string().contains("`starts`"));
    let from = ShortestPaths::default().between(&tie(1.0), 0, 2).unwrap_err();
    assert_eq!(from.to_string(), "no node 2: the graph has 2 nodes");
}

#[test]
fn ranks_do_not_depend_on_how_large_weights_are() {
    let plain = PageRank::default().scores(&Csr::star(5)).unwrap();
    for weight in [5e-324, 1e-310, 1e-200, 1e-100, 1.0, 1e100, 1e200, 1e307] {
        let edges: Vec<_> = (1..5).map(|leaf| (0, leaf, weight)).collect();
        let ranks = PageRank::default().scores(&Csr::new(5, &edges, Direction::Undirected));
        all_close(&ranks.unwrap(), &plain);
    }
    // A walk leaves each leaf by its one edge, whatever that weighs, and the hub by the heavy one nearly always.
    let uneven = [(0, 1, 1e-310), (0, 2, 1e300)];
    let ranks = PageRank::default().scores(&Csr::new(3, &uneven, Direction::Undirected)).unwrap();
    let start = 0.15 / 3.0;
    let hub = (start + 0.85 * 2.0 * start) / (1.0 - 0.85 * 0.85);
    all_close(&ranks, &[hub, start, start + 0.85 * hub]);
}

#[test]
fn ranks_that_do_not_settle_are_an_error() {
    let hasty = PageRank { rounds: 3, ..PageRank::default() };
    let both_ways = Csr::path(50);
    let one_way = both_ways.oriented(|u| u % 3 == 0);
    for csr in [both_ways, one_way] {
        let error = hasty.scores(&csr).unwrap_err();
        let ErrorKind::NotConverged { measure, rounds, residual } = error.kind() else {
            panic!("{error}");
        };
        assert_eq!((*measure, *rounds), ("pagerank", 3));
        assert!(*residual > 0.0);
    }
}

fn direction(csr: &Csr) -> Direction {
    if csr.is_directed() { Direction::Directed } else { Direction::Undirected }
}

fn arcs(csr: &Csr) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
    csr.nodes().flat_map(|u| csr.edges_of(u).map(move |(v, weight)| (u, v, weight)))
}

/// The edges of a graph, each once, under new names of its nodes.
fn edges(csr: &Csr, name: impl Fn(u32) -> u32) -> Vec<(u32, u32, f64)> {
    let once = |&(u, v, _): &(u32, u32, f64)| csr.is_directed() || u < v;
    arcs(csr).filter(once).map(|(u, v, weight)| (name(u), name(v), weight)).collect()
}

fn mapped(csr: &Csr, node_count: usize, name: impl Fn(u32) -> u32) -> Csr {
    let mapped = Csr::new(node_count, &edges(csr, name), direction(csr));
    if csr.is_weighted() { mapped } else { mapped.without_weights() }
}

/// An undirected graph whose every edge was named from both ends, with the weights of one.
fn halved(csr: &Csr) -> Csr {
    let edges: Vec<_> = edges(csr, |u| u).iter().map(|&(u, v, w)| (u, v, w / 2.0)).collect();
    Csr::new(csr.node_count(), &edges, Direction::Undirected)
}

/// Two undirected graphs in one, without an edge between them.
fn beside(left: &Csr, right: &Csr) -> Csr {
    let offset = left.nodes().end;
    let mut both = edges(left, |u| u);
    both.extend(edges(right, |u| u + offset));
    Csr::new(left.node_count() + right.node_count(), &both, Direction::Undirected)
}

/// How many connected pieces the groups have.
fn pieces(csr: &Csr, groups: &Partition) -> usize {
    let inside: Vec<_> = edges(csr, |u| u)
        .into_iter()
        .filter(|&(u, v, _)| groups.groups()[u as usize] == groups.groups()[v as usize])
        .collect();
    let inside = Csr::new(csr.node_count(), &inside, Direction::Undirected);
    Components.partition(&inside).unwrap().group_count()
}

/// The highest quality that moving one node to another group, or out alone, comes to.
fn best_move(csr: &Csr, groups: &Partition, quality: Quality) -> f64 {
    let mut best = f64::NEG_INFINITY;
    for u in csr.nodes() {
        for group in 0..csr.nodes().end {
            let mut labels = groups.groups().to_vec();
            labels[u as usize] = group;
            let moved = Partition::from_labels(&labels);
            best = best.max(quality.value(csr, &moved).unwrap());
        }
    }
    best
}

#[test]
fn ranks_settle_where_the_walk_swings_between_two_sides() {
    // The middle of a path of three is one side, its ends the other; found by a random search.
    let edges = [(0, 1, 0.300_000_000_000_000_04), (0, 2, 0.4)];
    let csr = Csr::new(3, &edges, Direction::Undirected);
    for damping in [0.987_365_600_323_378, 0.99, 0.999] {
        let options = PageRank { damping, rounds: 100_000, ..PageRank::default() };
        let scores = options.scores(&csr).unwrap();
        // The closed form: the middle keeps what comes back from both ends.
        let middle = (1.0 + 2.0 * damping) / (3.0 * (1.0 + damping));
        assert!((scores[0] - middle).abs() < 1e-9, "{damping}: {} {middle}", scores[0]);
    }
}
