//! Distances in the graph from some of its nodes, which stand for all.

use std::sync::Arc;

use rayon::prelude::*;

use super::Point;
use super::ties::Ties;
use crate::random::Random;

/// Pivots and the distance of each node from each.
pub(super) struct Pivots {
    pub(super) nodes: Vec<u32>,
    /// Row by row: how far each node is from each pivot.
    distances: Vec<f32>,
    /// Of each pivot, how many of its nodes are within 0, 1, 2, … steps.
    within: Arc<Vec<Vec<u32>>>,
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
        let mut distances = vec![0.0; n * count];
        distances.par_chunks_mut(count).enumerate().for_each(|(u, row)| for (k, d) in row.iter_mut().enumerate() { *d = f32::from(columns[k][u]); });
        Self { nodes, distances, within: Arc::new(within) }
    }

    /// The same pivots seen from the nodes of a coarser graph
    pub(super) fn coarser(&self, parent: &[u32], count: usize) -> Self {
        let k = self.nodes.len();
        let mut distances = vec![0.0_f32; count * k];
        let mut parts = vec![0.0_f32; count];
        for (u, &p) in parent.iter().enumerate() {
            let p = p as usize;
            parts[p] += 1.0;
            for (sum, d) in distances[p * k..(p + 1) * k].iter_mut().zip(self.row(u)) { *sum += d; }
        }
        distances.par_chunks_mut(k).zip(&parts).for_each(|(row, &parts)| row.iter_mut().for_each(|d| *d /= parts));
        let nodes = self.nodes.iter().map(|&u| parent[u as usize]).collect();
        Self { nodes, distances, within: Arc::clone(&self.within) }
    }

    fn row(&self, u: usize) -> &[f32] { &self.distances[u * self.nodes.len()..(u + 1) * self.nodes.len()] }

    fn weight(&self, k: usize, d: f64) -> f64 {
        f64::from(self.within[k][(d / 2.0) as usize]) / (d * d)
    }

    /// classical scaling
    pub(super) fn scaled(&self, random: &mut Random) -> Vec<Point> {
        let k = self.nodes.len();
        let n = self.distances.len() / k.max(1);
        let mut c: Vec<f64> = self.distances.iter().map(|&d| f64::from(d) * f64::from(d)).collect();
        let mut cols = vec![0.0; k];
        for row in c.chunks_exact_mut(k) {
            let mean = row.iter().sum::<f64>() / k as f64;
            for (v, col) in row.iter_mut().zip(&mut cols) { *v -= mean; *col += *v / n as f64; }
        }
        for row in c.chunks_exact_mut(k) { for (v, col) in row.iter_mut().zip(&cols) { *v = -0.5 * (*v - col); } }
        let mut axes: Vec<Vec<f64>> = vec![];
        let mut out = vec![[0.0; 2]; n];
        for axis in 0..2 {
            let mut x: Vec<f64> = (0..k).map(|_| random.unit() - 0.5).collect();
            for _ in 0..60 {
                let mut y = vec![0.0; k];
                for row in c.chunks_exact(k) {
                    let dot: f64 = row.iter().zip(&x).map(|(a, b)| a * b).sum();
                    for (y, a) in y.iter_mut().zip(row) { *y += dot * a; }
                }
                for other in &axes { let dot: f64 = y.iter().zip(other).map(|(a, b)| a * b).sum(); for (y, o) in y.iter_mut().zip(other) { *y -= dot * o; } }
                let norm = y.iter().map(|v| v * v).sum::<f64>().sqrt();
                if norm <= 0.0 { break; }
                y.iter_mut().for_each(|v| *v /= norm);
                x = y;
            }
            for (p, row) in out.iter_mut().zip(c.chunks_exact(k)) { p[axis] = row.iter().zip(&x).map(|(a, b)| a * b).sum::<f64>(); }
            axes.push(x);
        }
        // as long as distances are
        out
    }

    /// how long a step is on paper
    pub(super) fn scale(&self, points: &[Point]) -> f64 {
        let rows: Vec<[f64; 2]> = (0..self.nodes.len()).into_par_iter().map(|k| {
            let p = points[self.nodes[k] as usize];
            let row = self.row(self.nodes[k] as usize);
            let mut t = [0.0; 2];
            for (j, &d) in row.iter().enumerate() { if d > 0.0 && p != points[self.nodes[j] as usize] {
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
            if d <= 0.0 || self.nodes[k] as usize == u { continue; }
            let d = f64::from(d);
            let w = self.weight(k, d);
            let q = points[self.nodes[k] as usize];
            let (dx, dy) = (own[0] - q[0], own[1] - q[1]);
            let len = (dx * dx + dy * dy).sqrt().max(1e-9);
            let go = w * (scale * d / len - 1.0);
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
