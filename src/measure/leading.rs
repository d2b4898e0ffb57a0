//! The parts of a graph whose eigenvalue is the greatest, and what follows from them elsewhere.

use super::Along;
use super::components::{join, point_to_roots};
use super::perron::{Part, Patience, ROUNDING, dot, mix};
use super::pull::pull_one;
use super::reading::strengths;
use super::strong_parts::strong_parts;
use crate::error::Result;
use crate::graph::Csr;

/// Eigenvalues that differ by less than this share of the greatest are equal: rounding gives them apart.
const TIE: f64 = 1e-9;

/// The greatest eigenvalue of a graph, and the parts that have it.
pub(super) struct Leading {
    /// The spectral radius; 0 where no walk is endless.
    pub(super) value: f64,
    /// Nodes, each part with its positive vector of length 1.
    parts: Vec<(Vec<u32>, Vec<f64>)>,
    /// Every part of a directed graph, each after those it leads to.
    all: Vec<Vec<u32>>,
}

impl Leading {
    pub(super) fn of(csr: &Csr, patience: Patience) -> Result<Self> {
        let strength = strengths(csr, Along::Incoming, patience.measure)?;
        let most = |nodes: &[u32]| nodes.iter().fold(0.0_f64, |m, &u| m.max(strength[u as usize]));
        let scale = strength.iter().fold(0.0_f64, |m, &s| m.max(s));
        let all = if csr.is_directed() { strong_parts(csr) } else { weak_parts(csr) };
        // No eigenvalue is above the greatest sum of a row, so most parts need not be looked at.
        let mut open: Vec<(f64, &Vec<u32>)> = all
            .iter()
            .filter(|nodes| nodes.len() > 1)
            .map(|nodes| (most(nodes) / scale, nodes))
            .filter(|one| one.0 > 0.0)
            .collect();
        open.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        let mut spread = vec![0.0; csr.node_count()];
        let mut found: Vec<(f64, Vec<u32>, Vec<f64>)> = Vec::new();
        let mut best = 0.0_f64;
        for (bound, nodes) in open {
            if bound < best * (1.0 - TIE) {
                break;
            }
            let part = Part { csr, nodes, scale: 1.0 / scale, spread: &mut spread };
            let (value, vector) = part.perron(patience)?;
            best = best.max(value);
            if value >= best * (1.0 - TIE) {
                found.push((value, nodes.clone(), vector));
            }
        }
        found.retain(|one| one.0 >= best * (1.0 - TIE));
        let parts = found.into_iter().map(|(_, nodes, vector)| (nodes, vector)).collect();
        Ok(Self { value: best * scale, parts, all })
    }

    /// One number a node, of length 1 in all: in each leading part its own vector with a mean square of 1, elsewhere what follows from those by
    /// `x(v) = Σ_u A(u, v) x(u) / λ`.
    pub(super) fn vector(&self, csr: &Csr, patience: Patience) -> Result<Vec<f64>> {
        let mut x = vec![0.0; csr.node_count()];
        let mut is_led = vec![false; if csr.is_directed() { csr.node_count() } else { 0 }];
        for (nodes, vector) in &self.parts {
            let size = libm::sqrt(nodes.len() as f64);
            for (&u, &value) in nodes.iter().zip(vector) {
                x[u as usize] = size * value;
                if csr.is_directed() {
                    is_led[u as usize] = true;
                }
            }
        }
        if csr.is_directed() && self.value > 0.0 {
            for part in self.all.iter().rev().filter(|part| !is_led[part[0] as usize]) {
                self.follow(csr, part, &mut x, patience)?;
            }
        }
        let length = libm::sqrt(dot(&x, &x));
        if length > 0.0 {
            mix(&mut x, 1.0 / length, []);
        }
        Ok(x)
    }

    /// What a part gets from those before it; within it, round by round.
    fn follow(&self, csr: &Csr, part: &[u32], x: &mut [f64], patience: Patience) -> Result<()> {
        let enough = (1e-3 * patience.tolerance).max(ROUNDING);
        let mut moved = 0.0;
        for _ in 0..patience.rounds {
            let (mut size, mut next) = (0.0, Vec::with_capacity(part.len()));
            moved = 0.0;
            for &v in part {
                let value = pull_one(csr, Along::Incoming, v, x) / self.value;
                moved += (value - x[v as usize]).abs();
                size += value;
                next.push(value);
            }
            for (&v, value) in part.iter().zip(next) {
                x[v as usize] = value;
            }
            if part.len() == 1 || moved <= enough * size {
                return Ok(());
            }
            moved /= size;
        }
        Err(patience.spent(moved))
    }
}

/// The components of an undirected graph.
fn weak_parts(csr: &Csr) -> Vec<Vec<u32>> {
    let root = joined_by_samples(csr);
    let mut place = vec![u32::MAX; root.len()];
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for (u, &root) in (0..).zip(&root) {
        let at = &mut place[root as usize];
        if *at == u32::MAX {
            *at = u32::try_from(parts.len()).unwrap_or(u32::MAX);
            parts.push(Vec::new());
        }
        parts[*at as usize].push(u);
    }
    parts
}

/// The smallest node of the component of each node.
///
/// Most nodes of most graphs are in one component, which a few edges of each node tell; only the edges of the others need be looked at, as
/// each edge is seen from both of its ends (M. Sutton, T. Ben-Nun, A. Barak, "Optimizing parallel graph connectivity computation via subgraph
/// sampling", IPDPS 2018).
fn joined_by_samples(csr: &Csr) -> Vec<u32> {
    const SAMPLES: usize = 2;
    let mut parent: Vec<u32> = csr.nodes().collect();
    for u in csr.nodes() {
        for &v in csr.neighbors(u).iter().take(SAMPLES) {
            join(&mut parent, u, v);
        }
    }
    point_to_roots(&mut parent);
    let mut sizes = vec![0_u32; parent.len()];
    for &root in &parent {
        sizes[root as usize] += 1;
    }
    let largest = (0..sizes.len()).max_by_key(|&root| sizes[root]);
    for u in csr.nodes() {
        if Some(parent[u as usize] as usize) == largest {
            continue;
        }
        for &v in csr.neighbors(u).iter().skip(SAMPLES) {
            join(&mut parent, u, v);
        }
    }
    point_to_roots(&mut parent);
    parent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;
    use crate::measure::perron::Aim;

    const PATIENCE: Patience =
        Patience { measure: "m", aim: Aim::Vector, tolerance: 1e-12, rounds: 10_000 };

    #[test]
    fn the_greatest_part_leads_and_others_follow_where_edges_lead_there() {
        let pairs = |pairs: &[(u32, u32)], n, direction| Csr::unweighted(n, pairs, direction);
        let clique = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (4, 5)];
        let triangles = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)];
        // From a ring of three leads an edge to a loose pair, which keeps half of what it holds each time.
        let pair = [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (2, 3, 1.0), (3, 4, 0.5), (4, 3, 0.5)];
        for (csr, value, shape) in [
            (
                pairs(&clique, 7, Direction::Undirected),
                3.0,
                &[1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0][..],
            ),
            (pairs(&triangles, 6, Direction::Undirected), 2.0, &[1.0; 6]),
            (pairs(&triangles[..3], 3, Direction::Directed), 1.0, &[1.0; 3]),
            (
                pairs(&[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)], 6, Direction::Directed),
                1.0,
                &[1.0, 1.0, 1.0, 1.0, 1.0, 0.0],
            ),
            (Csr::new(5, &pair, Direction::Directed), 1.0, &[1.0, 1.0, 1.0, 4.0 / 3.0, 2.0 / 3.0]),
            (pairs(&[(0, 1), (1, 2)], 3, Direction::Directed), 0.0, &[0.0; 3]),
        ] {
            let leading = Leading::of(&csr, PATIENCE).unwrap();
            assert!((leading.value - value).abs() < 1e-9, "{}, not {value}", leading.value);
            let found = leading.vector(&csr, PATIENCE).unwrap();
            let length = libm::sqrt(shape.iter().map(|one| one * one).sum::<f64>()).max(1.0);
            let off = found.iter().zip(shape).map(|(got, want)| (got - want / length).abs());
            assert!(off.fold(0.0, f64::max) < 1e-9, "{found:?}, not {shape:?}");
        }
    }

    #[test]
    fn parts_are_found_though_few_edges_of_each_node_are_looked_at() {
        // A star whose leaves come first, a row that hangs together by later neighbors, and one alone.
        let mut pairs: Vec<(u32, u32)> = (0..9).map(|u| (u, 9)).collect();
        pairs.extend([(10, 13), (11, 13), (12, 13), (13, 14)]);
        let csr = Csr::unweighted(16, &pairs, Direction::Undirected);
        let parts = weak_parts(&csr);
        assert_eq!(parts, [(0..10).collect::<Vec<u32>>(), (10..15).collect(), vec![15]]);
        let root = joined_by_samples(&csr);
        assert!(root[..10].iter().all(|&one| one == root[0]) && root[10] == root[14]);
    }
}
