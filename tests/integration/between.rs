//! Do measures of shortest paths give what following the paths gives, one by one?

use kluwen::graph::{Csr, Direction};
use kluwen::measure::{
    ApproximateBetweenness, Betweenness, Centrality, Closeness, EdgeBetweenness, EdgeScore,
    GroupBetweenness, GroupCloseness, Harmonic, Length, NearestToAll, SampledBetweenness,
};
use proptest::prelude::*;

use crate::definitions::{all_shortest, distances};
use crate::measures::{all_close, graphs};
use crate::shared_data::networks;

const LENGTHS: [Length; 3] = [Length::Hops, Length::Weight, Length::Reciprocal];

/// The pairs that a sum over pairs counts, and how often each.
fn pairs(csr: &Csr) -> Vec<(u32, u32)> {
    let all = csr.nodes().flat_map(|s| csr.nodes().map(move |t| (s, t)));
    all.filter(|(s, t)| if csr.is_directed() { s != t } else { s < t }).collect()
}

/// The sum over pairs of the share of shortest paths that `counts`.
fn shares(
    csr: &Csr,
    length: Length,
    of: impl Fn(u32, u32) -> bool,
    counts: impl Fn(&[u32]) -> bool,
) -> f64 {
    let share = |(s, t): (u32, u32)| {
        let paths = all_shortest(csr, length, (s, t));
        let counted = paths.iter().filter(|path| counts(path)).count();
        if paths.is_empty() { 0.0 } else { counted as f64 / paths.len() as f64 }
    };
    pairs(csr).into_iter().filter(|&(s, t)| of(s, t)).map(share).sum()
}

/// Brandes' algorithm as in his paper, by hops.
fn brandes(csr: &Csr) -> Vec<f64> {
    let n = csr.node_count();
    let mut scores = vec![0.0; n];
    for s in 0..n {
        let (mut depth, mut count) = (vec![usize::MAX; n], vec![0.0; n]);
        (depth[s], count[s]) = (0, 1.0);
        let mut order = vec![s];
        let mut head = 0;
        while head < order.len() {
            let u = order[head];
            head += 1;
            for &v in csr.neighbors(u32::try_from(u).unwrap()) {
                let v = v as usize;
                if depth[v] == usize::MAX {
                    depth[v] = depth[u] + 1;
                    order.push(v);
                }
                if depth[v] == depth[u] + 1 {
                    count[v] += count[u];
                }
            }
        }
        let mut dependency = vec![0.0; n];
        for &u in order.iter().rev() {
            for &v in csr.neighbors(u32::try_from(u).unwrap()) {
                if depth[v as usize] == depth[u] + 1 {
                    dependency[u] += count[u] / count[v as usize] * (1.0 + dependency[v as usize]);
                }
            }
            if u != s {
                scores[u] += dependency[u];
            }
        }
    }
    let halves = if csr.is_directed() { 1.0 } else { 2.0 };
    scores.iter().map(|score| score / halves).collect()
}

/// A graph of `n` nodes with hubs, trees that hang on it and more than one component.
fn hubs(n: u32, direction: Direction) -> Csr {
    let mut state = 1_u32;
    let mut next = |bound: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % bound
    };
    let pairs: Vec<(u32, u32)> = (1..n)
        .flat_map(|u| {
            let hub = next(5);
            let near = next(u);
            let far = next(n);
            match next(6) {
                0 | 1 => vec![(u, near)],
                2 => vec![(u, hub), (far, hub)],
                3 => vec![(u, near), (u, far)],
                4 => vec![(near, u)],
                _ => vec![],
            }
        })
        .collect();
    Csr::unweighted(n as usize, &pairs, direction)
}

fn squares(count: u32) -> Csr {
    let pairs: Vec<(u32, u32)> = (0..count)
        .flat_map(|k| {
            let at = 3 * k;
            [(at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3)]
        })
        .collect();
    Csr::unweighted(3 * count as usize + 1, &pairs, Direction::Undirected)
}

proptest! {
    #[test]
    fn edges_have_the_paths_that_run_over_them(csr in graphs(7)) {
        for length in LENGTHS {
            let measure = EdgeBetweenness { length, normalized: false };
            let found = measure.scores(&csr).unwrap();
            prop_assert_eq!(found.len(), csr.edge_count());
            for EdgeScore { from, to, score } in found {
                let over = |path: &[u32]| {
                    let step = |pair: &[u32]| {
                        pair == [from, to] || !csr.is_directed() && pair == [to, from]
                    };
                    path.windows(2).any(step)
                };
                all_close(&[score], &[shares(&csr, length, |_, _| true, over)]);
            }
        }
    }

    #[test]
    fn edges_of_a_node_add_up_to_what_runs_through_it(csr in graphs(40)) {
        let csr = csr.to_undirected();
        for length in LENGTHS {
            let through = Betweenness { length, normalized: false }.scores(&csr).unwrap();
            let mut sums = vec![0.0; csr.node_count()];
            for edge in (EdgeBetweenness { length, normalized: false }).scores(&csr).unwrap() {
                sums[edge.from as usize] += edge.score;
                sums[edge.to as usize] += edge.score;
            }
            // A path that passes has two edges at the node, one that ends there has one.
            let distance = distances(&csr, length);
            let ends = |u: usize| distance[u].iter().filter(|way| way.is_finite()).count() - 1;
            let want: Vec<f64> =
                through.iter().enumerate().map(|(u, score)| 2.0 * score + ends(u) as f64).collect();
            all_close(&sums, &want);
        }
    }

    #[test]
    fn a_group_has_the_paths_through_its_members(csr in graphs(7), members in 1..127_u32) {
        let group: Vec<u32> = csr.nodes().filter(|u| members >> u & 1 == 1).collect();
        prop_assume!(!group.is_empty());
        let outside = |s: u32, t: u32| !group.contains(&s) && !group.contains(&t);
        let through = |path: &[u32]| path.iter().any(|v| group.contains(v));
        let want = shares(&csr, Length::Hops, outside, through);
        all_close(&[GroupBetweenness::default().score(&csr, &group).unwrap()], &[want]);

        let distance = distances(&csr, Length::Hops);
        let near = |v: u32| {
            let ways = group.iter().map(|&u| distance[v as usize][u as usize]);
            ways.fold(f64::INFINITY, f64::min)
        };
        let others = csr.nodes().filter(|v| !group.contains(v));
        let ways: Vec<f64> = others.map(near).filter(|way| way.is_finite()).collect();
        let (reached, sum) = (ways.len() as f64, ways.iter().sum::<f64>());
        let all = csr.node_count() as f64 - group.len() as f64;
        let want = if reached > 0.0 { reached / sum * reached / all } else { 0.0 };
        all_close(&[GroupCloseness::default().score(&csr, &group).unwrap()], &[want]);
    }

    #[test]
    fn each_chosen_member_shortens_distances_most(csr in graphs(14), size in 1..6_usize) {
        let size = size.min(csr.node_count());
        let group = GroupCloseness::default().best(&csr, size).unwrap();
        prop_assert_eq!(group.len(), size);
        let (distance, n) = (distances(&csr, Length::Hops), csr.node_count() as f64);
        let sum = |group: &[u32]| -> f64 {
            let near = |v: usize| group.iter().fold(n, |way, &u| way.min(distance[v][u as usize]));
            (0..csr.node_count()).map(near).sum()
        };
        for at in 0..size {
            let with = |u: u32| sum(&[&group[..at], &[u]].concat());
            let left = || csr.nodes().filter(|u| !group[..at].contains(u));
            let least = left().map(with).fold(f64::INFINITY, f64::min);
            let first = left().find(|&u| with(u) <= least);
            prop_assert_eq!(Some(group[at]), first);
        }
    }

    #[test]
    fn all_sources_are_exact(csr in graphs(12), seed: u64) {
        for length in LENGTHS {
            let sampled = SampledBetweenness { sources: 12, seed, length, normalized: true };
            let exact = Betweenness { length, normalized: true };
            all_close(&sampled.scores(&csr).unwrap(), &exact.scores(&csr).unwrap());
        }
    }

    #[test]
    fn the_nearest_are_the_first_of_all(csr in graphs(40), count in 0..9_usize) {
        let scores = Harmonic::default().scores(&csr).unwrap();
        let found = NearestToAll { count, ..NearestToAll::default() }.find(&csr).unwrap();
        let mut want = scores.to_vec();
        want.sort_by(|one, other| other.total_cmp(one));
        want.truncate(count);
        let got: Vec<f64> = found.iter().map(|(_, score)| *score).collect();
        all_close(&got, &want);
        for (u, score) in found {
            all_close(&[scores[u as usize]], &[score]);
        }
    }
}

#[test]
fn eight_sources_at_once_give_what_one_after_the_other_gives() {
    for direction in [Direction::Undirected, Direction::Directed] {
        for n in [300, 900] {
            let csr = hubs(n, direction);
            all_close(&Betweenness::default().scores(&csr).unwrap(), &brandes(&csr));
        }
    }
}

#[test]
fn nobody_is_missed_where_most_are_dropped_by_a_sample() {
    let csr = hubs(4000, Direction::Undirected);
    let scores = Harmonic::default().scores(&csr).unwrap();
    let found = NearestToAll { count: 12, ..NearestToAll::default() }.find(&csr).unwrap();
    let got: Vec<f64> = found.iter().map(|(_, score)| *score).collect();
    let want: Vec<f64> = scores.ranked()[..12].iter().map(|&u| scores[u]).collect();
    all_close(&got, &want);
}

#[test]
fn whole_and_broken_lengths_give_the_same() {
    for direction in [Direction::Undirected, Direction::Directed] {
        let plain = hubs(200, direction);
        let edges: Vec<(u32, u32, f64)> = plain
            .nodes()
            .flat_map(|u| plain.neighbors(u).iter().map(move |&v| (u, v)))
            .filter(|&(u, v)| direction == Direction::Directed || u < v)
            .map(|(u, v)| (u, v, f64::from((u * 7 + v * 3) % 5 + 1)))
            .collect();
        let whole = Csr::new(200, &edges, direction);
        let thirds: Vec<_> = edges.iter().map(|&(u, v, w)| (u, v, w / 3.0)).collect();
        let thirds = Csr::new(200, &thirds, direction);
        let between = Betweenness { length: Length::Weight, normalized: false };
        all_close(&between.scores(&whole).unwrap(), &between.scores(&thirds).unwrap());
        let near = Closeness { length: Length::Weight, ..Closeness::default() };
        let scaled: Vec<f64> =
            near.scores(&thirds).unwrap().iter().map(|score| score / 3.0).collect();
        all_close(&near.scores(&whole).unwrap(), &scaled);
    }
}

/// Around a ring each node lies at another distance from each source: the levels of 256 sources do not fit.
#[test]
fn a_long_ring_has_its_closed_form() {
    let half = 700.0;
    let scores = Betweenness::default().scores(&Csr::cycle(1401)).unwrap();
    assert!(scores.iter().all(|score| (score - half * (half - 1.0) / 2.0).abs() < 1e-6));
    let edges = EdgeBetweenness::default().scores(&Csr::cycle(1401)).unwrap();
    assert!(edges.iter().all(|edge| (edge.score - half * (half + 1.0) / 2.0).abs() < 1e-6));
}

#[test]
fn edges_of_a_chain_of_squares_score_however_many_the_paths() {
    let count = 1100;
    let edges = EdgeBetweenness::default().scores(&squares(count)).unwrap();
    let all = f64::from(3 * count + 1);
    for EdgeScore { from, to, score } in edges {
        // Half of what goes from one side of the square's near corner to the other goes this way, and the paths of its own node.
        let k = f64::from(from / 3);
        let (before, after) = (3.0 * k + 1.0, all - 3.0 * k - 3.0);
        let (outer, inner) = if from % 3 == 0 { (before, after) } else { (after, before) };
        let want = 0.5 * outer * inner + outer + 0.5;
        assert!((score - want).abs() < 1e-9 * want, "{from}-{to}: {score}, expected {want}");
    }
}

#[test]
fn approximate_scores_keep_their_error() {
    let known = [hubs(150, Direction::Undirected), hubs(150, Direction::Directed), Csr::path(20)];
    for csr in &known {
        let exact = Betweenness { normalized: true, ..Betweenness::default() }.scores(csr).unwrap();
        let mut missed = 0;
        for seed in 0..30 {
            let options =
                ApproximateBetweenness { error: 0.03, failure: 0.2, seed, normalized: true };
            let scores = options.scores(csr).unwrap();
            let off = scores.iter().zip(exact.iter()).map(|(got, want)| (got - want).abs());
            missed += u32::from(off.fold(0.0, f64::max) > 0.03);
        }
        assert!(missed <= 6, "{missed} of 30 missed, where 6 are expected at most");
    }
}

#[test]
fn what_is_drawn_depends_on_the_seed_alone() {
    let csr = hubs(300, Direction::Undirected);
    let on = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let approximate = ApproximateBetweenness { seed, ..Default::default() };
            let sampled = SampledBetweenness { sources: 100, seed, ..Default::default() };
            let scores = [approximate.scores(&csr).unwrap(), sampled.scores(&csr).unwrap()];
            let edges = EdgeBetweenness::default().scores(&csr).unwrap();
            let group = GroupBetweenness { seed, ..Default::default() };
            let best = group.best(&csr, 5).unwrap();
            let score = group.score(&csr, &best).unwrap();
            let near = GroupCloseness::default().best(&csr, 5).unwrap();
            (scores, edges, best, score.to_bits(), near)
        })
    };
    let alone = on(1, 7);
    assert_eq!(on(2, 7), alone);
    assert_eq!(on(8, 7), alone);
    assert_ne!(on(1, 8).0, alone.0);
}

#[test]
fn a_chosen_group_is_as_good_as_its_bound() {
    // Three stars in a row: their hubs lie between nearly all.
    let mut pairs: Vec<(u32, u32)> =
        (0..3).flat_map(|k| (1..8).map(move |v| (8 * k, 8 * k + v))).collect();
    pairs.extend([(0, 8), (8, 16)]);
    let csr = Csr::unweighted(24, &pairs, Direction::Undirected);
    let mut group = GroupBetweenness::default().best(&csr, 3).unwrap();
    group.sort_unstable();
    assert_eq!(group, [0, 8, 16]);
    let all = GroupBetweenness { normalized: true, ..Default::default() };
    all_close(&[all.score(&csr, &group).unwrap()], &[1.0]);
}

#[test]
fn options_and_groups_out_of_range_are_refused() {
    let csr = Csr::path(4);
    for error in [0.0, 1.0, f64::NAN, -0.1, 1e-9] {
        let options = ApproximateBetweenness { error, ..Default::default() };
        assert!(options.scores(&csr).unwrap_err().to_string().contains("`error`"));
    }
    let none = SampledBetweenness { sources: 0, ..Default::default() };
    assert!(none.scores(&csr).unwrap_err().to_string().contains("`sources`"));
    for group in [&[][..], &[4], &[1, 1]] {
        assert!(GroupBetweenness::default().score(&csr, group).is_err());
        assert!(GroupCloseness::default().score(&csr, group).is_err());
    }
    for size in [0, 5] {
        assert!(GroupBetweenness::default().best(&csr, size).is_err());
        assert!(GroupCloseness::default().best(&csr, size).is_err());
    }
    let sure = NearestToAll { failure: 0.0, ..Default::default() };
    assert!(sure.find(&csr).is_err());
}

#[test]
fn graphs_with_little_in_them_have_scores() {
    for csr in [Csr::path(0), Csr::path(1), Csr::path(2)] {
        let zeros = vec![0.0; csr.node_count()];
        for measure in [
            &ApproximateBetweenness::default() as &dyn Centrality,
            &SampledBetweenness::default(),
            &Betweenness::default(),
        ] {
            assert_eq!(measure.scores(&csr).unwrap().to_vec(), zeros);
        }
        let edges = EdgeBetweenness::default().scores(&csr).unwrap();
        assert_eq!(edges.len(), csr.edge_count());
    }
    assert_eq!(GroupBetweenness::default().score(&Csr::path(1), &[0]).unwrap().to_bits(), 0);
    assert_eq!(GroupCloseness::default().score(&Csr::path(1), &[0]).unwrap().to_bits(), 0);
}

/// Values of networkx and igraph for public networks; those who are approximated keep their error.
#[test]
fn public_networks_keep_their_values() {
    for network in networks(&["graphs/karate"]) {
        let exact = Betweenness { normalized: true, ..Betweenness::default() };
        let scores = exact.scores(&network.csr).unwrap();
        let mut highest = scores.to_vec();
        highest.sort_by(|one, other| other.total_cmp(one));
        let known = [0.437_635_281, 0.304_074_976, 0.145_247_114, 0.143_656_806, 0.138_275_613];
        for (got, want) in highest.iter().zip(known) {
            assert!((got - want).abs() < 1e-9, "{got}, expected {want}");
        }
        let options = ApproximateBetweenness { normalized: true, ..Default::default() };
        let near = options.scores(&network.csr).unwrap();
        assert!(near.iter().zip(scores.iter()).all(|(got, want)| (got - want).abs() <= 0.01));
    }
}
