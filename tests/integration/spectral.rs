//! Are walks, currents, two sides and weighted cores what their definitions say?

use kluwen::graph::{Csr, Days, Direction, TimedEdge, TimedGraph};
use kluwen::measure::{
    Attenuation, Betweenness, Centrality, Closeness, CoreNumbers, CoreOf, CurrentFlowBetweenness,
    CurrentFlowCloseness, DynamicKatz, Eigenvector, Hits, HubOrAuthority, Katz, Length, PageRank,
    PersonalisedPageRank, TwoModeBetweenness, TwoModeCloseness, TwoModeCores, TwoModeDegree,
    WeightedCores,
};
use proptest::prelude::*;

use crate::definitions::{distances, matrix, solve};
use crate::measures::{all_close, graphs};

type Matrix = Vec<Vec<f64>>;

fn transposed(rows: &Matrix) -> Matrix {
    (0..rows.len()).map(|u| rows.iter().map(|row| row[u]).collect()).collect()
}

fn times(one: &Matrix, other: &Matrix) -> Matrix {
    let columns = transposed(other);
    let cell = |row: &[f64], column: &[f64]| row.iter().zip(column).map(|(a, b)| a * b).sum();
    one.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect()
}

/// The greatest eigenvalue of a matrix of one part, and its positive vector of length 1: by squaring `A + 1` again and again.
fn leading(a: &Matrix) -> (f64, Vec<f64>) {
    let n = a.len();
    let mut power: Matrix = a.clone();
    for (u, row) in power.iter_mut().enumerate() {
        row[u] += 1.0;
    }
    for _ in 0..60 {
        power = times(&power, &power);
        let total: f64 = power.iter().flatten().sum();
        power.iter_mut().flatten().for_each(|cell| *cell /= total);
    }
    let vector: Vec<f64> = power.iter().map(|row| row.iter().sum()).collect();
    let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
    let vector: Vec<f64> = vector.iter().map(|x| x / length).collect();
    let image = |u: usize| -> f64 { (0..n).map(|v| a[u][v] * vector[v]).sum() };
    ((0..n).map(|u| image(u) * vector[u]).sum(), vector)
}

/// Sets of nodes in which each reaches each, of two nodes or more.
fn parts(csr: &Csr) -> Vec<Vec<usize>> {
    let way = distances(csr, Length::Hops);
    let n = csr.node_count();
    let part = |u: usize| -> Vec<usize> {
        (0..n).filter(|&v| way[u][v].is_finite() && way[v][u].is_finite()).collect()
    };
    (0..n)
        .map(part)
        .enumerate()
        .filter(|(u, part)| part[0] == *u && part.len() > 1)
        .map(|one| one.1)
        .collect()
}

/// The spectral radius, and the eigenvector as the documentation defines it.
fn eigenvector(csr: &Csr) -> (f64, Vec<f64>) {
    let n = csr.node_count();
    let into = transposed(&matrix(csr, |weight| weight, 0.0));
    let inner = |nodes: &[usize]| -> Matrix {
        nodes.iter().map(|&u| nodes.iter().map(|&v| into[u][v]).collect()).collect()
    };
    let found: Vec<_> =
        parts(csr).into_iter().map(|nodes| (leading(&inner(&nodes)), nodes)).collect();
    let radius = found.iter().fold(0.0, |most: f64, one| most.max(one.0.0));
    let mut x = vec![0.0; n];
    let mut fixed = vec![false; n];
    for ((value, vector), nodes) in found {
        if value > radius * (1.0 - 1e-9) {
            for (&u, part) in nodes.iter().zip(vector) {
                (x[u], fixed[u]) = (part * (nodes.len() as f64).sqrt(), true);
            }
        }
    }
    if radius > 0.0 {
        let way = distances(csr, Length::Hops);
        let after: Vec<usize> = (0..n)
            .filter(|&v| !fixed[v] && (0..n).any(|u| fixed[u] && way[u][v].is_finite()))
            .collect();
        let equation = |&v: &usize| -> Vec<f64> {
            let own = after.iter().map(|&u| radius * f64::from(u == v) - into[v][u]);
            let given = (0..n).filter(|&u| fixed[u]).map(|u| into[v][u] * x[u]).sum();
            own.chain([given]).collect()
        };
        for (&v, value) in after.iter().zip(solve(after.iter().map(equation).collect())) {
            x[v] = value;
        }
    }
    (radius, of_length_one(x))
}

fn of_length_one(mut values: Vec<f64>) -> Vec<f64> {
    let length = values.iter().map(|x| x * x).sum::<f64>().sqrt();
    if length > 0.0 {
        for value in &mut values {
            *value /= length;
        }
    }
    values
}

/// The solution of `x = alpha into x + start`.
fn walks(into: &Matrix, alpha: f64, start: &[f64]) -> Vec<f64> {
    let n = into.len();
    let equation = |v: usize| -> Vec<f64> {
        let left = (0..n).map(|u| f64::from(u == v) - alpha * into[v][u]);
        left.chain([start[v]]).collect()
    };
    solve((0..n).map(equation).collect())
}

/// The potentials of each node for a current in at each other, all but for a constant.
fn potentials(csr: &Csr) -> Matrix {
    let (weights, n) = (matrix(csr, |weight| weight, 0.0), csr.node_count());
    let way = distances(csr, Length::Hops);
    // Within a component the Laplacian and a matrix of ones can be inverted.
    let cell = |u: usize, v: usize| {
        let together = f64::from(way[u][v].is_finite());
        if u == v { weights[u].iter().sum::<f64>() + together } else { together - weights[u][v] }
    };
    let column = |s: usize| {
        let row = |u: usize| (0..n).map(|v| cell(u, v)).chain([f64::from(u == s)]).collect();
        solve((0..n).map(row).collect())
    };
    (0..n).map(column).collect()
}

/// Graphs of two sides, the left ones first, and how many those are.
fn two_sides() -> impl Strategy<Value = (Csr, Vec<bool>)> {
    (1..=5_u32, 1..=5_u32).prop_flat_map(|(lefts, rights)| {
        let edge = (0..lefts, lefts..lefts + rights);
        prop::collection::vec(edge, 0..16).prop_map(move |pairs| {
            let n = (lefts + rights) as usize;
            let left = (0..n).map(|node| node < lefts as usize).collect();
            (Csr::unweighted(n, &pairs, Direction::Undirected), left)
        })
    })
}

/// The most that `least` gives for any set of nodes with a node in it, by trying all sets.
fn best_of_sets(n: usize, least: impl Fn(&[usize]) -> f64) -> Vec<f64> {
    let mut best = vec![0.0_f64; n];
    for set in 1..1_u32 << n {
        let nodes: Vec<usize> = (0..n).filter(|&u| set >> u & 1 == 1).collect();
        let value = least(&nodes);
        for &u in &nodes {
            best[u] = best[u].max(value);
        }
    }
    best
}

proptest! {
    #[test]
    fn eigenvectors_are_those_of_the_matrix(csr in graphs(9)) {
        let (_, expected) = eigenvector(&csr);
        // Two parts of nearly the same strength, one behind the other, take more rounds than are made by default.
        let patient = Eigenvector { rounds: 20_000, ..Eigenvector::default() };
        all_close(&patient.scores(&csr).unwrap(), &expected);
    }

    #[test]
    fn hubs_and_authorities_are_eigenvectors_of_the_products(csr in graphs(8)) {
        let a = matrix(&csr, |weight| weight, 0.0);
        let hubs = Hits::default().scores(&csr).unwrap();
        let named = Hits { score: HubOrAuthority::Authority, ..Hits::default() };
        let named = named.scores(&csr).unwrap();
        let square = times(&a, &transposed(&a));
        let most = square.iter().map(|row| row.iter().sum::<f64>()).fold(0.0, f64::max);
        let apply = |matrix: &Matrix, x: &[f64]| -> Vec<f64> {
            matrix.iter().map(|row| row.iter().zip(x).map(|(a, x)| a * x).sum()).collect()
        };
        let image = apply(&square, &hubs);
        let value: f64 = image.iter().zip(hubs.iter()).map(|(image, x)| image * x).sum();
        all_close(&image, &hubs.iter().map(|x| value * x).collect::<Vec<_>>());
        all_close(&named, &of_length_one(apply(&transposed(&a), &hubs)));
        if most > 0.0 {
            // No vector of the square is stretched more than the hubs.
            let (greatest, _) = leading(&square);
            all_close(&[value], &[greatest]);
        }
    }

    #[test]
    fn hubs_of_an_undirected_graph_are_its_eigenvector(csr in graphs(10)) {
        let csr = csr.to_undirected();
        let expected = Eigenvector::default().scores(&csr).unwrap();
        all_close(&Hits::default().scores(&csr).unwrap(), &expected);
    }

    #[test]
    fn katz_solves_its_equations(csr in graphs(9), share in 0.0..0.95, beta in 0.0..3.0) {
        let (radius, _) = eigenvector(&csr);
        let alpha = if radius > 0.0 { share / radius } else { share };
        let into = transposed(&matrix(&csr, |weight| weight, 0.0));
        let expected = walks(&into, alpha, &vec![beta; csr.node_count()]);
        for alpha in [Attenuation::Share(share), Attenuation::Fixed(alpha)] {
            all_close(&Katz { alpha, beta, ..Katz::default() }.scores(&csr).unwrap(), &expected);
        }
        if radius > 0.0 {
            let far = Katz { alpha: Attenuation::Fixed(1.001 / radius), ..Katz::default() };
            prop_assert!(far.scores(&csr).is_err());
        }
    }

    #[test]
    fn personalised_ranks_solve_their_equations(
        csr in graphs(9),
        damping in 0.0..0.98,
        seeds in prop::collection::vec(0..4_u8, 9),
    ) {
        let n = csr.node_count();
        let mut restart: Vec<f64> = seeds[..n].iter().map(|&seed| f64::from(seed)).collect();
        restart[0] += 1.0;
        let total: f64 = restart.iter().sum();
        let weights = matrix(&csr, |weight| weight, 0.0);
        let chance = |u: usize, v: usize| match weights[u].iter().sum::<f64>() {
            all if all > 0.0 => weights[u][v] / all,
            _ => restart[v] / total,
        };
        let equation = |v: usize| -> Vec<f64> {
            let left = (0..n).map(|u| f64::from(u == v) - damping * chance(u, v));
            left.chain([(1.0 - damping) * restart[v] / total]).collect()
        };
        let expected = solve((0..n).map(equation).collect());
        let none = PersonalisedPageRank::from(n, &[]);
        let options = PersonalisedPageRank { restart: restart.clone(), damping, ..none };
        all_close(&options.scores(&csr).unwrap(), &expected);
        let even = PersonalisedPageRank { restart: vec![2.0; n], damping, ..options };
        let plain = PageRank { damping, ..PageRank::default() };
        all_close(&even.scores(&csr).unwrap(), &plain.scores(&csr).unwrap());
    }

    #[test]
    fn dynamic_katz_multiplies_resolvents(
        edges in prop::collection::vec((0..5_u32, 0..5_u32, 0..60_i32, 0..25_i32), 0..14),
        days in 1..40_i32,
        share in 0.0..0.9,
    ) {
        let lasting = |&(from, to, day, more): &(u32, u32, i32, i32)| TimedEdge {
            end: Days::on(day + more),
            ..TimedEdge::on(day, from, to)
        };
        let timed: Vec<TimedEdge> = edges.iter().map(lasting).collect();
        let begin = edges.iter().map(|edge| edge.2).min().unwrap_or(0);
        let mut radius = 0.0_f64;
        let mut matrices = Vec::new();
        for period in 0..100 {
            let of_period = |&&(_, _, day, more): &&(u32, u32, i32, i32)| {
                let first = begin + period * days;
                let last = first + days - 1;
                day <= last && day + more >= first
            };
            let pairs: Vec<_> = edges.iter().filter(of_period).map(|edge| (edge.0, edge.1)).collect();
            let csr = Csr::unweighted(5, &pairs, Direction::Directed);
            radius = radius.max(eigenvector(&csr).0);
            matrices.push(matrix(&csr, |weight| weight, 0.0));
        }
        let alpha = if radius > 0.0 { share / radius } else { share };
        let (mut broadcast, mut receive) = (vec![1.0; 5], vec![1.0; 5]);
        for a in matrices.iter().rev() {
            broadcast = walks(a, alpha, &broadcast);
        }
        for a in &matrices {
            receive = walks(&transposed(a), alpha, &receive);
        }
        let days = u32::try_from(days).unwrap();
        let options = DynamicKatz { alpha: Attenuation::Share(share), days, ..DynamicKatz::default() };
        let found = options.of(&TimedGraph::new(5, timed)).unwrap();
        all_close(&found.broadcast, &of_length_one(broadcast));
        all_close(&found.receive, &of_length_one(receive));
    }

    #[test]
    fn currents_are_those_of_kirchhoff(csr in graphs(8)) {
        let flat = csr.to_undirected();
        let (g, n) = (potentials(&flat), flat.node_count());
        let way = distances(&flat, Length::Hops);
        let weights = matrix(&flat, |weight| weight, 0.0);
        let resistance = |u: usize, v: usize| g[u][u] + g[v][v] - 2.0 * g[u][v];
        let near = |u: usize| -> f64 {
            let others: Vec<usize> = (0..n).filter(|&v| v != u && way[u][v].is_finite()).collect();
            let sum: f64 = others.iter().map(|&v| resistance(u, v)).sum();
            let count = others.len() as f64;
            if others.is_empty() { 0.0 } else { count / sum * count / (n as f64 - 1.0) }
        };
        let expected: Vec<f64> = (0..n).map(near).collect();
        all_close(&CurrentFlowCloseness::default().scores(&csr).unwrap(), &expected);
        let mut between = vec![0.0; n];
        for t in 0..n {
            for s in (0..t).filter(|&s| way[s][t].is_finite()) {
                let at = |u: usize| g[s][u] - g[t][u];
                for v in (0..n).filter(|&v| v != s && v != t && way[s][v].is_finite()) {
                    let through: f64 = (0..n).map(|u| weights[v][u] * (at(v) - at(u)).abs()).sum();
                    between[v] += through / 2.0;
                }
            }
        }
        all_close(&CurrentFlowBetweenness::default().scores(&csr).unwrap(), &between);
        let pairs = ((n as f64 - 1.0) * (n as f64 - 2.0) / 2.0).max(1.0);
        let share: Vec<f64> = between.iter().map(|one| one / pairs).collect();
        let normalized = CurrentFlowBetweenness::default();
        let normalized = CurrentFlowBetweenness { normalized: true, ..normalized };
        all_close(&normalized.scores(&csr).unwrap(), &share);
    }

    #[test]
    fn in_a_tree_currents_take_the_shortest_path(parents in prop::collection::vec(0..30_u32, 1..30)) {
        let pairs: Vec<(u32, u32)> = (1..).zip(&parents).map(|(v, &parent)| (v, parent % v)).collect();
        let tree = Csr::unweighted(pairs.len() + 1, &pairs, Direction::Undirected);
        let of = |measure: &dyn Centrality| measure.scores(&tree).unwrap();
        all_close(&of(&CurrentFlowCloseness::default()), &of(&Closeness::default()));
        all_close(&of(&CurrentFlowBetweenness::default()), &of(&Betweenness::default()));
    }

    #[test]
    fn weighted_cores_are_the_best_of_all_sets(csr in graphs(7)) {
        let weights = matrix(&csr.to_undirected(), |weight| weight, 0.0);
        let n = csr.node_count();
        for of in [CoreOf::Strength, CoreOf::DegreeAndStrength] {
            let least = |nodes: &[usize]| {
                let has = |&u: &usize| {
                    let inside = || nodes.iter().map(|&v| weights[u][v]);
                    let count = inside().filter(|&w| w > 0.0).count() as f64;
                    let strength = inside().sum::<f64>();
                    if of == CoreOf::Strength { strength } else { (count * strength).sqrt() }
                };
                nodes.iter().map(has).fold(f64::INFINITY, f64::min)
            };
            all_close(&WeightedCores { of }.scores(&csr).unwrap(), &best_of_sets(n, least));
            let plain = csr.to_undirected().without_weights();
            let cores = CoreNumbers.scores(&plain).unwrap();
            all_close(&WeightedCores { of }.scores(&plain).unwrap(), &cores);
        }
    }

    #[test]
    fn two_mode_cores_are_the_best_of_all_sets((csr, left) in two_sides(), alpha in 1..4_usize) {
        let n = csr.node_count();
        let least = |nodes: &[usize]| {
            let ties = |&u: &usize| {
                let tied = csr.neighbors(u32::try_from(u).unwrap());
                tied.iter().filter(|&&v| nodes.contains(&(v as usize))).count()
            };
            let all_have = nodes.iter().filter(|&&u| left[u]).all(|u| ties(u) >= alpha);
            let least = nodes.iter().filter(|&&u| !left[u]).map(ties).min();
            // Without a right node no left one has a tie.
            if all_have { least.unwrap_or(0) as f64 } else { 0.0 }
        };
        let expected = best_of_sets(n, least);
        let cores = TwoModeCores { alpha };
        all_close(&cores.scores(&csr, &left).unwrap(), &expected);
        for beta in [1, 2, 3, usize::MAX] {
            let stays: Vec<bool> = expected.iter().map(|&best| best >= beta as f64).collect();
            prop_assert_eq!(cores.core(&csr, &left, beta).unwrap(), stays);
        }
    }

    #[test]
    fn two_mode_scores_are_shares((csr, left) in two_sides()) {
        let n = csr.node_count();
        let way = distances(&csr, Length::Hops);
        let others = |u: usize, own: bool| -> Vec<usize> {
            (0..n).filter(|&v| v != u && (left[u] == left[v]) == own).collect()
        };
        let degree = |u: usize| {
            let tied = others(u, false).iter().filter(|&&v| way[u][v] < 1.5).count();
            tied as f64 / others(u, false).len() as f64
        };
        let near = |u: usize| {
            let [mut own, mut other] = [others(u, true), others(u, false)];
            own.retain(|&v| way[u][v].is_finite());
            other.retain(|&v| way[u][v].is_finite());
            let sum: f64 = own.iter().chain(&other).map(|&v| way[u][v]).sum();
            let count = (own.len() + other.len()) as f64;
            let least = 2.0 * own.len() as f64 + other.len() as f64;
            if count < 1.0 { 0.0 } else { least / sum * count / (n as f64 - 1.0) }
        };
        let shares: Vec<f64> = (0..n).map(degree).collect();
        all_close(&TwoModeDegree.scores(&csr, &left).unwrap(), &shares);
        let closeness = TwoModeCloseness.scores(&csr, &left).unwrap();
        all_close(&closeness, &(0..n).map(near).collect::<Vec<_>>());
        let between = TwoModeBetweenness.scores(&csr, &left).unwrap();
        let raw = Betweenness::default().scores(&csr).unwrap();
        for u in 0..n {
            prop_assert!((0.0..=1.0 + 1e-12).contains(&between[u]) && closeness[u] <= 1.0 + 1e-12);
            prop_assert_eq!(between[u] > 0.0, raw[u] > 0.0);
        }
    }
}

/// Two circles of nearly one eigenvalue, the second of which follows the first at a ratio of .986 a round.
#[test]
fn a_part_that_follows_slowly_settles_as_far_as_numbers_are_rounded() {
    let edges = [(1, 2, 0.4), (1, 4, 0.1), (2, 1, 0.9), (4, 5, 0.7), (5, 4, 0.5)];
    for turn in 0..8 {
        let name = |u: u32| 7 - (u + turn) % 8;
        let renamed = edges.map(|(u, v, weight)| (name(u), name(v), weight));
        let csr = Csr::new(8, &renamed, Direction::Directed);
        let scores = Eigenvector::default().scores(&csr).unwrap();
        all_close(&scores, &eigenvector(&csr).1);
    }
}
