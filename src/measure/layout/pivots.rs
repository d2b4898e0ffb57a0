//! Distances in the graph from some of its nodes, which stand for all.

use rayon::prelude::*;

use super::Point;
use super::ties::Ties;

/// Pivots and the distance of each node from each.
pub(super) struct Pivots {
    pub(super) nodes: Vec<u32>,
    /// Row by row: how far each node is from each pivot.
    distances: Vec<u16>,
    /// Of each pivot, how many of its nodes are within 0, 1, 2, … steps.
    within: Vec<Vec<u32>>,
}

impl Pivots {
    pub(super) fn new(ties: &Ties, most: usize) -> Self {
        let n = ties.len();
        let count = most.min(n);
        let mut nearest = vec![u32::MAX; n];
        let mut owner = vec![0_u32; n];
        let mut columns: Vec<Vec<u16>> = vec![];
        let mut nodes: Vec<u32> = vec![];
        let mut next = (0..n).max_by_key(|&u| (ties.degree(u), std::cmp::Reverse(u))).unwrap_or(0);
        if count == n {
            nodes = (0..n as u32).collect();
            columns = nodes.par_iter().map(|&u| breadth(ties, u)).collect();
            owner = nodes.clone();
        } else {
            for k in 0..count {
                nodes.push(next as u32);
                let depth = breadth(ties, next as u32);
                for u in 0..n { if u32::from(depth[u]) < nearest[u] { nearest[u] = u32::from(depth[u]); owner[u] = k as u32; } }
                columns.push(depth);
                next = (0..n).max_by_key(|&u| (nearest[u], ties.degree(u), std::cmp::Reverse(u))).unwrap_or(0);
            }
        }
        let mut within: Vec<Vec<u32>> = columns.iter().map(|c| vec![0; usize::from(*c.iter().max().unwrap_or(&0)) + 1]).collect();
        for u in 0..n { let k = owner[u] as usize; within[k][usize::from(columns[k][u])] += 1; }
        for w in &mut within { let mut sum = 0; for c in w { sum += *c; *c = sum; } }
        let mut distances = vec![0; n * count];
        distances.par_chunks_mut(count).enumerate().for_each(|(u, row)| for (k, d) in row.iter_mut().enumerate() { *d = columns[k][u]; });
        Self { nodes, distances, within }
    }

    fn row(&self, u: usize) -> &[u16] { &self.distances[u * self.nodes.len()..(u + 1) * self.nodes.len()] }

    fn weight(&self, k: usize, d: u16) -> f64 {
        f64::from(self.within[k][usize::from(d / 2)]) / (f64::from(d) * f64::from(d))
    }

    /// how long a step is on paper
    pub(super) fn scale(&self, points: &[Point]) -> f64 {
        let rows: Vec<[f64; 2]> = (0..self.nodes.len()).into_par_iter().map(|k| {
            let p = points[self.nodes[k] as usize];
            let row = self.row(self.nodes[k] as usize);
            let mut t = [0.0; 2];
            for (j, &d) in row.iter().enumerate() { if d > 0 {
                let q = points[self.nodes[j] as usize];
                let (dx, dy) = (p[0] - q[0], p[1] - q[1]);
                let len = (dx * dx + dy * dy).sqrt() / f64::from(d);
                t[0] += len * len; t[1] += len;
            } }
            t
        }).collect();
        let t = rows.iter().fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
        if t[1] > 0.0 { t[0] / t[1] } else { 1.0 }
    }

    /// where stress alone would move u
    pub(super) fn toward(&self, u: usize, points: &[Point], scale: f64) -> Point {
        let own = points[u];
        let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
        for (k, &d) in self.row(u).iter().enumerate() {
            if d == 0 { continue; }
            let w = self.weight(k, d);
            let q = points[self.nodes[k] as usize];
            let (dx, dy) = (own[0] - q[0], own[1] - q[1]);
            let len = (dx * dx + dy * dy).sqrt().max(1e-9);
            let go = w * (scale * f64::from(d) / len - 1.0);
            x += go * dx; y += go * dy; sum += w;
        }
        if sum > 0.0 { [x / sum, y / sum] } else { [0.0; 2] }
    }
}

fn breadth(ties: &Ties, from: u32) -> Vec<u16> {
    let mut depth = vec![u16::MAX; ties.len()];
    let mut order = vec![from];
    depth[from as usize] = 0;
    let mut head = 0;
    while let Some(&x) = order.get(head) {
        head += 1;
        let d = depth[x as usize].saturating_add(1).min(u16::MAX - 1);
        for &v in ties.neighbors(x as usize) {
            if depth[v as usize] == u16::MAX { depth[v as usize] = d; order.push(v); }
        }
    }
    depth
}
