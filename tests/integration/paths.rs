//! Paths of all sorts against the slow way: try every simple path.

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{KShortestPaths, Length, ShortestPaths, SimplePaths};
use proptest::prelude::*;

use crate::definitions::same;
use crate::measures::graphs;

/// Every simple path from any of `from` to any of `to`, with its length: it leaves the first set once and ends at the first node of
/// the second. In lexicographic order.
fn all_simple(csr: &Csr, length: Length, from: &[u32], to: &[u32]) -> Vec<(Vec<u32>, f64)> {
    let long = |weight: f64| match length {
        Length::Hops => 1.0,
        _ if !csr.is_weighted() => 1.0,
        Length::Weight => weight,
        Length::Reciprocal => 1.0 / weight,
        Length::Certainty => -weight.ln(),
    };
    let mut open: Vec<(Vec<u32>, f64)> = from.iter().map(|&u| (vec![u], 0.0)).collect();
    let mut found = Vec::new();
    while let Some((path, total)) = open.pop() {
        let u = path[path.len() - 1];
        if to.contains(&u) {
            found.push((path, total));
            continue;
        }
        for (v, weight) in csr.edges_of(u) {
            if !path.contains(&v) && !from.contains(&v) {
                open.push(([path.as_slice(), &[v]].concat(), total + long(weight)));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

/// By length, where lengths that differ by rounding are equal, and then in lexicographic order.
fn by_length(mut paths: Vec<(Vec<u32>, f64)>) -> Vec<(Vec<u32>, f64)> {
    let rounded = |total: f64| (total * 1e7).round();
    paths.sort_by(|a, b| rounded(a.1).total_cmp(&rounded(b.1)).then_with(|| a.0.cmp(&b.0)));
    paths
}

/// A graph whose weights are chances, and two sets of its nodes.
fn chances(most: u32) -> impl Strategy<Value = Csr> {
    (2..=most, any::<bool>()).prop_flat_map(|(n, directed)| {
        let edge = (0..n, 0..n, (1..=9_u8).prop_map(|tenths| f64::from(tenths) * 0.1));
        prop::collection::vec(edge, 0..=3 * n as usize).prop_map(move |mut edges| {
            let direction = if directed { Direction::Directed } else { Direction::Undirected };
            for edge in &mut edges {
                if !directed {
                    (edge.0, edge.1) = (edge.0.min(edge.1), edge.0.max(edge.1));
                }
            }
            edges.sort_by_key(|edge| (edge.0, edge.1));
            edges.dedup_by_key(|edge| (edge.0, edge.1));
            Csr::new(n as usize, &edges, direction)
        })
    })
}

fn sets(n: u32, picked: &[u32]) -> Vec<u32> {
    let mut nodes: Vec<u32> = picked.iter().map(|node| node % n).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

fn picks() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    (prop::collection::vec(0..8_u32, 1..3), prop::collection::vec(0..8_u32, 1..3))
}

const LENGTHS: [Length; 3] = [Length::Hops, Length::Weight, Length::Reciprocal];

proptest! {
    #[test]
    fn oracle_shortest_paths_between_sets(csr in graphs(8), (from, to) in picks(), limit in 0..5_usize) {
        let n = csr.nodes().end;
        let (from, to) = (sets(n, &from), sets(n, &to));
        for length in LENGTHS {
            let all = by_length(all_simple(&csr, length, &from, &to));
            let least = all.first().map(|one| one.1);
            let tied: Vec<Vec<u32>> =
                all.into_iter().filter(|one| same(one.1, least.unwrap())).map(|one| one.0).collect();
            let mut search = ShortestPaths { length, limit }.search(&csr).unwrap();
            // The second time the marks of the first are still there.
            for _ in 0..2 {
                let found = search.between_any(&from, &to).unwrap();
                prop_assert_eq!(found.count, tied.len() as u128);
                prop_assert_eq!(&found.paths, &tied[..limit.min(tied.len())]);
                prop_assert_eq!(found.distance.is_some(), least.is_some());
                prop_assert!(same(found.distance.unwrap_or(0.0), least.unwrap_or(0.0)));
                for (&u, &v) in from.iter().zip(&to) {
                    let alone = search.between(u, v).unwrap();
                    let distance = search.distance(u, v).unwrap();
                    prop_assert!(same(alone.distance.unwrap_or(-1.0), distance.unwrap_or(-1.0)));
                }
            }
        }
    }

    #[test]
    fn oracle_k_shortest_paths(csr in graphs(7), (from, to) in picks(), k in 0..30_usize) {
        let n = csr.nodes().end;
        let (from, to) = (sets(n, &from), sets(n, &to));
        for length in LENGTHS {
            let all = by_length(all_simple(&csr, length, &from, &to));
            let found = KShortestPaths { k, length }.between(&csr, &from, &to).unwrap();
            let nodes: Vec<&Vec<u32>> = found.iter().map(|path| &path.nodes).collect();
            let want: Vec<&Vec<u32>> = all.iter().take(k).map(|one| &one.0).collect();
            prop_assert_eq!(nodes, want);
            for (got, want) in found.iter().zip(&all) {
                prop_assert!(same(got.length, want.1));
            }
        }
    }

    #[test]
    fn oracle_the_most_probable_chains(csr in chances(7), ends in (0..7_u32, 0..7_u32)) {
        let n = csr.nodes().end;
        let (from, to) = ([ends.0 % n], [ends.1 % n]);
        let mut all = all_simple(&csr, Length::Certainty, &from, &to);
        all.sort_by(|a, b| a.1.total_cmp(&b.1));
        let length = Length::Certainty;
        let found = KShortestPaths { k: 5, length }.between(&csr, &from, &to).unwrap();
        prop_assert_eq!(found.len(), all.len().min(5));
        for (path, want) in found.iter().zip(&all) {
            let weight = |pair: &[u32]| {
                csr.edges_of(pair[0]).find(|edge| edge.0 == pair[1]).map_or(0.0, |edge| edge.1)
            };
            let product: f64 = path.nodes.windows(2).map(weight).product();
            prop_assert!(same(length.chance(path.length).unwrap(), product));
            prop_assert!(same(product, (-want.1).exp()));
        }
        let shortest = ShortestPaths { length, limit: 1 }.between(&csr, from[0], to[0]).unwrap();
        prop_assert_eq!(shortest.paths.first(), found.first().map(|path| &path.nodes));
    }

    #[test]
    fn oracle_simple_paths(csr in graphs(7), (from, to) in picks(), steps in 0..8_usize, limit in 0..20_usize) {
        let n = csr.nodes().end;
        let (from, to) = (sets(n, &from), sets(n, &to));
        let mut all = all_simple(&csr, Length::Hops, &from, &to);
        all.retain(|one| one.0.len() <= steps + 1);
        let all: Vec<Vec<u32>> = all.into_iter().map(|one| one.0).collect();
        let found = SimplePaths { steps, limit }.between(&csr, &from, &to).unwrap();
        prop_assert_eq!(&found.paths, &all[..limit.min(all.len())]);
        prop_assert_eq!(found.complete, all.len() <= limit);
        let all_found = SimplePaths { steps, limit: usize::MAX }.between(&csr, &from, &to).unwrap();
        prop_assert_eq!(&all_found.paths, &all);
    }

    #[test]
    fn renaming_nodes_keeps_counts_and_lengths(csr in graphs(8), ends in (0..8_u32, 0..8_u32), turn in 0..8_u32) {
        let n = csr.nodes().end;
        let name = |u: u32| n - 1 - (u + turn) % n;
        let arcs = csr.nodes().flat_map(|u| csr.edges_of(u).map(move |(v, w)| (u, v, w)));
        let once = arcs.filter(|&(u, v, _)| csr.is_directed() || u < v);
        let edges: Vec<_> = once.map(|(u, v, w)| (name(u), name(v), w)).collect();
        let direction = if csr.is_directed() { Direction::Directed } else { Direction::Undirected };
        let renamed = Csr::new(n as usize, &edges, direction);
        let (from, to) = (ends.0 % n, ends.1 % n);
        let options = ShortestPaths { length: Length::Weight, ..ShortestPaths::default() };
        let weighted = if csr.is_weighted() { csr.clone() } else { return Ok(()) };
        let one = options.between(&weighted, from, to).unwrap();
        let other = options.between(&renamed, name(from), name(to)).unwrap();
        prop_assert_eq!(one.count, other.count);
        prop_assert!(same(one.distance.unwrap_or(-1.0), other.distance.unwrap_or(-1.0)));
        let k = KShortestPaths { k: 8, length: Length::Weight };
        let lengths = |csr: &Csr, from, to| -> Vec<f64> {
            k.between(csr, &[from], &[to]).unwrap().iter().map(|path| path.length).collect()
        };
        let (one, other) = (lengths(&weighted, from, to), lengths(&renamed, name(from), name(to)));
        prop_assert_eq!(one.len(), other.len());
        prop_assert!(one.iter().zip(&other).all(|(a, b)| same(*a, *b)));
    }
}

/// The graph of Yen's paper as it is usually drawn: C, D, E, F, G, H are 0 to 5.
#[test]
fn the_example_that_goes_with_yens_algorithm() {
    let arcs = [
        (0, 1, 3.0),
        (0, 2, 2.0),
        (1, 3, 4.0),
        (2, 1, 1.0),
        (2, 3, 2.0),
        (2, 4, 3.0),
        (3, 4, 2.0),
        (3, 5, 1.0),
        (4, 5, 2.0),
    ];
    let csr = Csr::new(6, &arcs, Direction::Directed);
    let found = KShortestPaths { k: 3, length: Length::Weight }.between(&csr, &[0], &[5]).unwrap();
    let told: Vec<_> = found.iter().map(|path| (path.length, path.nodes.as_slice())).collect();
    // Lengths 5, 7 and 8; of three paths of length 8 the first in order.
    assert_eq!(told, [(5.0, &[0, 2, 3, 5][..]), (7.0, &[0, 2, 4, 5]), (8.0, &[0, 1, 3, 5])]);
}

/// `rows × columns` nodes tied to the right and down.
fn grid(rows: u32, columns: u32) -> Csr {
    let right =
        (0..rows).flat_map(|r| (1..columns).map(move |c| (r * columns + c - 1, r * columns + c)));
    let down =
        (1..rows).flat_map(|r| (0..columns).map(move |c| ((r - 1) * columns + c, r * columns + c)));
    let pairs: Vec<_> = right.chain(down).collect();
    Csr::unweighted((rows * columns) as usize, &pairs, Direction::Undirected)
}

#[test]
fn a_grid_has_as_many_shortest_paths_as_ways_to_choose() {
    // C(20, 10) ways to go right ten times out of twenty steps.
    let found = ShortestPaths::default().between(&grid(11, 11), 0, 120).unwrap();
    assert_eq!((found.distance, found.count), (Some(20.0), 184_756));
    // C(398, 199) is beyond 128 bits; 128 bits stand for that many or more.
    let huge = ShortestPaths { limit: 2, ..ShortestPaths::default() };
    let found = huge.between(&grid(200, 200), 0, 39_999).unwrap();
    assert_eq!((found.distance, found.count), (Some(398.0), u128::MAX));
    assert_eq!(found.paths.len(), 2);
    assert_eq!(found.paths[0].len(), 399);
    let ones: Vec<_> = grid(60, 60).nodes().flat_map(grid_row).collect();
    let weighted = Csr::new(3600, &ones, Direction::Undirected);
    let by_weight = ShortestPaths { length: Length::Weight, limit: 1 };
    let found = by_weight.between(&weighted, 0, 3599).unwrap();
    let by_hops = ShortestPaths { limit: 1, ..ShortestPaths::default() };
    let hops = by_hops.between(&grid(60, 60), 0, 3599).unwrap();
    assert_eq!((found.count, found.paths), (hops.count, hops.paths));
    assert!(same(found.distance.unwrap(), 11.8), "118 steps of a tenth");
}

/// The edges to the right of and below a node of a grid of 60, a tenth long.
fn grid_row(u: u32) -> Vec<(u32, u32, f64)> {
    let right = (u % 60 != 59).then(|| (u, u + 1, 0.1));
    let down = (u < 3540).then(|| (u, u + 60, 0.1));
    right.into_iter().chain(down).collect()
}

#[test]
fn long_paths_and_large_stars_are_walked() {
    let n = 1_000_000;
    let path = Csr::path(n);
    let told = KShortestPaths { k: 3, ..KShortestPaths::default() }
        .between(&path, &[0], &[n - 1])
        .unwrap();
    assert_eq!((told.len(), told[0].nodes.len()), (1, n as usize));
    let all = SimplePaths { steps: n as usize, limit: 5 }.between(&path, &[0], &[n - 1]).unwrap();
    assert_eq!((all.paths.len(), all.complete), (1, true));
    let star = Csr::star(n);
    let mut search = ShortestPaths::default().search(&star).unwrap();
    assert_eq!(search.between(1, n - 1).unwrap().paths, [[1, 0, n - 1]]);
    let found = search.between_any(&[1, 2], &[3, 4, 5]).unwrap();
    assert_eq!((found.count, found.paths[0].as_slice()), (6, &[1, 0, 3][..]));
    let told = KShortestPaths::default().between(&star, &[1], &[2]).unwrap();
    assert_eq!(told.len(), 1);
    // A comb: each node of the path has a leaf, and no leaf leads on.
    let teeth: Vec<_> =
        (0..20_000).map(|u| (u, u + 20_000)).chain((1..20_000).map(|u| (u - 1, u))).collect();
    let comb = Csr::unweighted(40_000, &teeth, Direction::Undirected);
    let told = KShortestPaths::default().between(&comb, &[0], &[19_999]).unwrap();
    assert_eq!(told.len(), 1);
}

/// On a ladder each rung is a way around, and all are as long: more than is remembered.
#[test]
fn a_long_ladder_is_climbed_in_order() {
    let n = 1600;
    let rails = (1..n).flat_map(|u| [(u - 1, u), (n + u - 1, n + u)]);
    let pairs: Vec<_> = rails.chain((0..n).map(|u| (u, n + u))).collect();
    let ladder = Csr::unweighted(2 * n as usize, &pairs, Direction::Undirected);
    let k = KShortestPaths { k: 4, ..KShortestPaths::default() };
    let told = k.between(&ladder, &[0], &[n - 1]).unwrap();
    let lengths: Vec<f64> = told.iter().map(|path| path.length).collect();
    assert_eq!(lengths, [1599.0, 1601.0, 1601.0, 1601.0]);
    // Who stays longest on the near rail has the smaller nodes: down at the last rung but one, at the one before, …
    let down = |path: &[u32]| path.iter().position(|&u| u >= n).unwrap();
    let up = |path: &[u32]| path.iter().filter(|&&u| u >= n).count();
    let ways: Vec<_> = told[1..].iter().map(|path| (down(&path.nodes), up(&path.nodes))).collect();
    assert_eq!(ways, [(1599, 2), (1598, 2), (1598, 3)]);
}

/// Among 26 people who all know each other the ways of any length are more than can be told; behind them stands a node that only a
/// long detour leads to, so most ways are dead ends.
#[test]
fn dead_ends_without_number_are_no_hang() {
    let mut pairs: Vec<(u32, u32)> = (0..26).flat_map(|v| (0..v).map(move |u| (u, v))).collect();
    // A one-way door: 0 reaches the crowd, and only by the tail 0 – 26 – … – 35 the end 35.
    pairs.extend((26..35).map(|u| (u, u + 1)));
    pairs.push((0, 26));
    let csr = Csr::unweighted(36, &pairs, Direction::Undirected);
    let found = SimplePaths { steps: 30, limit: 10 }.between(&csr, &[0], &[35]).unwrap();
    assert_eq!(
        (found.paths.len(), found.complete),
        (1, true),
        "whoever enters the crowd has passed 0"
    );
    let crowd = SimplePaths { steps: 20, limit: 100 }.between(&csr, &[1], &[35]).unwrap();
    assert_eq!((crowd.paths.len(), crowd.complete), (100, false));
}

#[test]
fn ends_that_are_one_or_apart_or_unknown() {
    let apart = Csr::unweighted(4, &[(0, 1), (2, 3)], Direction::Undirected);
    assert_eq!(
        ShortestPaths::default().between(&apart, 0, 3).unwrap(),
        kluwen::measure::PathsBetween::default()
    );
    assert!(KShortestPaths::default().between(&apart, &[0], &[3]).unwrap().is_empty());
    assert!(SimplePaths::default().between(&apart, &[0], &[3]).unwrap().paths.is_empty());
    let own = KShortestPaths::default().between(&apart, &[1], &[1]).unwrap();
    assert_eq!((own.len(), own[0].length, own[0].nodes.as_slice()), (1, 0.0, &[1][..]));
    assert_eq!(SimplePaths::default().between(&apart, &[1], &[1]).unwrap().paths, [[1]]);
    let say = |message: kluwen::Error| message.to_string();
    let unknown = KShortestPaths::default().between(&apart, &[0, 9], &[1]).unwrap_err();
    assert_eq!(say(unknown), "no node 9: the graph has 4 nodes");
    let nobody = SimplePaths::default().between(&apart, &[], &[1]).unwrap_err();
    assert!(say(nobody).contains("a node to begin at"));
    for weight in [0.0, -0.5, 1.5] {
        let csr = Csr::new(2, &[(0, 1, weight)], Direction::Undirected);
        let sure = ShortestPaths { length: Length::Certainty, limit: 1 };
        assert!(say(sure.search(&csr).unwrap_err()).contains("a certainty must lie in (0, 1]"));
    }
}

#[test]
fn of_two_chains_of_sure_ties_the_one_of_fewer_steps_is_first() {
    let edges = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 0.5)];
    let csr = Csr::new(4, &edges, Direction::Undirected);
    let found = ShortestPaths { length: Length::Certainty, limit: 5 }.between(&csr, 0, 3).unwrap();
    assert_eq!(found.paths, [[0, 2, 3]]);
    assert!(same(Length::Certainty.chance(found.distance.unwrap()).unwrap(), 0.5));
    assert_eq!(Length::Hops.chance(1.0), None);
}
