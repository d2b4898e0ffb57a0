//! Slow, obvious implementations of the definitions, for the oracles to compare with.

use kluwen::graph::Csr;
use kluwen::measure::{Dangling, Length, Partition, Quality};

pub(crate) fn same(got: f64, want: f64) -> bool {
    (got.is_infinite() && want.is_infinite()) || (got - want).abs() <= 1e-9 * want.abs().max(1.0)
}

/// What each edge gives, in rows by its source; `none` where there is no edge.
pub(crate) fn matrix(csr: &Csr, give: impl Fn(f64) -> f64, none: f64) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![none; csr.node_count()]; csr.node_count()];
    for u in csr.nodes() {
        for (v, weight) in csr.edges_of(u) {
            rows[u as usize][v as usize] = give(weight);
        }
    }
    rows
}

fn lengths(csr: &Csr, length: Length) -> Vec<Vec<f64>> {
    let give = |weight: f64| match length {
        Length::Hops => 1.0,
        Length::Weight => weight,
        Length::Reciprocal => 1.0 / weight,
        Length::Certainty => -weight.ln(),
    };
    matrix(csr, give, f64::INFINITY)
}

/// Floyd and Warshall's distances.
pub(crate) fn distances(csr: &Csr, length: Length) -> Vec<Vec<f64>> {
    let mut distance = lengths(csr, length);
    let n = csr.node_count();
    for (u, row) in distance.iter_mut().enumerate() {
        row[u] = 0.0;
    }
    for by in 0..n {
        for u in 0..n {
            for v in 0..n {
                distance[u][v] = distance[u][v].min(distance[u][by] + distance[by][v]);
            }
        }
    }
    distance
}

/// The number of shortest paths between each two nodes, by the last edge of each.
fn path_counts(csr: &Csr, length: Length) -> Vec<Vec<f64>> {
    let (distance, edge) = (distances(csr, length), lengths(csr, length));
    let n = csr.node_count();
    let mut counts = vec![vec![0.0; n]; n];
    for s in 0..n {
        counts[s][s] = 1.0;
        let mut order: Vec<usize> = (0..n).filter(|&t| t != s).collect();
        order.retain(|&t| distance[s][t].is_finite());
        order.sort_by(|&t, &u| distance[s][t].total_cmp(&distance[s][u]));
        for &t in &order {
            let last = |&v: &usize| {
                edge[v][t].is_finite() && same(distance[s][v] + edge[v][t], distance[s][t])
            };
            counts[s][t] = (0..n).filter(last).map(|v| counts[s][v]).sum();
        }
    }
    counts
}

/// The sum over pairs of the share of shortest paths through each node.
pub(crate) fn betweenness(csr: &Csr, length: Length) -> Vec<f64> {
    let (distance, counts) = (distances(csr, length), path_counts(csr, length));
    let n = csr.node_count();
    let through = |v: usize, s: usize, t: usize| {
        let apart = s != t && s != v && t != v && distance[s][t].is_finite();
        if apart && same(distance[s][v] + distance[v][t], distance[s][t]) {
            counts[s][v] * counts[v][t] / counts[s][t]
        } else {
            0.0
        }
    };
    let halves = if csr.is_directed() { 1.0 } else { 2.0 };
    let pairs = || (0..n).flat_map(|s| (0..n).map(move |t| (s, t)));
    (0..n).map(|v| pairs().map(|(s, t)| through(v, s, t)).sum::<f64>() / halves).collect()
}

/// Every shortest path, found by trying every simple one, in lexicographic order.
pub(crate) fn all_shortest(csr: &Csr, length: Length, (from, to): (u32, u32)) -> Vec<Vec<u32>> {
    let edge = lengths(csr, length);
    let mut open = vec![(vec![from], 0.0)];
    let mut found: Vec<(Vec<u32>, f64)> = Vec::new();
    while let Some((path, total)) = open.pop() {
        let u = path[path.len() - 1];
        if u == to {
            found.push((path, total));
            continue;
        }
        for &v in csr.neighbors(u).iter().filter(|v| !path.contains(v)) {
            let longer = [path.as_slice(), &[v]].concat();
            open.push((longer, total + edge[u as usize][v as usize]));
        }
    }
    let least = found.iter().fold(f64::INFINITY, |least, (_, total)| least.min(*total));
    found.retain(|(_, total)| same(*total, least));
    let mut paths: Vec<Vec<u32>> = found.into_iter().map(|(path, _)| path).collect();
    paths.sort();
    paths
}

/// Whether `u` stays when nodes with fewer than `k` ties are taken away, again and again.
pub(crate) fn stays(csr: &Csr, u: usize, k: usize) -> bool {
    let mut left = vec![true; csr.node_count()];
    for _ in 0..csr.node_count() {
        for v in csr.nodes() {
            let ties = csr.neighbors(v).iter().filter(|&&w| left[w as usize]).count();
            left[v as usize] &= ties >= k;
        }
    }
    left[u]
}

/// PageRank as the solution of its linear equations, by elimination.
pub(crate) fn solved_ranks(csr: &Csr, damping: f64, dangling: Dangling) -> Vec<f64> {
    let n = csr.node_count();
    let weights = matrix(csr, |weight| weight, 0.0);
    let chance = |u: usize, v: usize| match weights[u].iter().sum::<f64>() {
        total if total > 0.0 => weights[u][v] / total,
        _ if dangling == Dangling::Uniform => 1.0 / n as f64,
        _ => f64::from(u == v),
    };
    let equation = |v: usize| -> Vec<f64> {
        let left = (0..n).map(|u| f64::from(u == v) - damping * chance(u, v));
        left.chain([(1.0 - damping) / n as f64]).collect()
    };
    solve((0..n).map(equation).collect())
}

/// BiRank as the solution of its linear equations, by elimination; the sides are `left` and the rest.
pub(crate) fn solved_birank(
    csr: &Csr,
    left: &[bool],
    prior: &[f64],
    damping: [f64; 2],
) -> Vec<f64> {
    let n = csr.node_count();
    let weights = matrix(csr, |weight| weight, 0.0);
    let strength: Vec<f64> = weights.iter().map(|row| row.iter().sum()).collect();
    let equation = |u: usize| -> Vec<f64> {
        let damping = if left[u] { damping[0] } else { damping[1] };
        let coefficient = |v: usize| {
            let near = if weights[u][v] > 0.0 {
                weights[u][v] / (strength[u] * strength[v]).sqrt()
            } else {
                0.0
            };
            f64::from(u == v) - damping * near
        };
        (0..n).map(coefficient).chain([(1.0 - damping) * prior[u]]).collect()
    };
    solve((0..n).map(equation).collect())
}

/// Gauss and Jordan's elimination; the matrix is diagonally dominant, so no pivot is sought.
pub(crate) fn solve(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let n = rows.len();
    for pivot in 0..n {
        let row: Vec<f64> = rows[pivot].iter().map(|x| x / rows[pivot][pivot]).collect();
        for (i, other) in rows.iter_mut().enumerate() {
            let factor = if i == pivot { 0.0 } else { other[pivot] };
            for (x, y) in other.iter_mut().zip(&row) {
                *x -= factor * y;
            }
        }
        rows[pivot] = row;
    }
    rows.iter().map(|row| row[n]).collect()
}

/// Pearson's correlation of the degrees at the ends of edges.
pub(crate) fn correlation(csr: &Csr) -> f64 {
    let degree = |u: u32| csr.neighbors(u).len() as f64;
    let ends: Vec<(f64, f64)> = csr
        .nodes()
        .flat_map(|u| csr.neighbors(u).iter().map(move |&v| (degree(u), degree(v))))
        .collect();
    let n = ends.len() as f64;
    let mean = ends.iter().map(|end| end.0).sum::<f64>() / n;
    let covariance: f64 = ends.iter().map(|end| (end.0 - mean) * (end.1 - mean)).sum();
    covariance / ends.iter().map(|end| (end.0 - mean).powi(2)).sum::<f64>()
}

/// Modularity of resolution 0.7 and CPM of resolution 0.3, as sums over pairs of nodes.
pub(crate) fn qualities(csr: &Csr, labels: &[u32]) -> (f64, f64) {
    let weights = matrix(csr, |weight| weight, 0.0);
    let strength: Vec<f64> = weights.iter().map(|row| row.iter().sum()).collect();
    let ends: f64 = strength.iter().sum();
    let (mut modularity, mut cpm) = (0.0, 0.0);
    for u in 0..labels.len() {
        for v in (0..labels.len()).filter(|&v| labels[u] == labels[v]) {
            if ends > 0.0 {
                modularity += (weights[u][v] - 0.7 * strength[u] * strength[v] / ends) / ends;
            }
            cpm += if u < v { weights[u][v] - 0.3 } else { 0.0 };
        }
    }
    (modularity, cpm)
}

/// The highest quality of any partition.
pub(crate) fn best_of_all(csr: &Csr, quality: Quality) -> f64 {
    highest(csr.node_count(), |groups| quality.value(csr, groups).unwrap())
}

/// The highest value of any partition of `n` nodes, each named by its restricted growth string.
pub(crate) fn highest(n: usize, value: impl Fn(&Partition) -> f64) -> f64 {
    let mut open = vec![Vec::new()];
    let mut best = f64::NEG_INFINITY;
    while let Some(labels) = open.pop() {
        if labels.len() == n {
            best = best.max(value(&Partition::from_labels(&labels)));
            continue;
        }
        let fresh = labels.iter().max().map_or(0, |&most: &u32| most + 1);
        open.extend((0..=fresh).map(|label| [labels.as_slice(), &[label]].concat()));
    }
    best
}
