//! Distances on paper like those in the graph, for graphs small enough to look at all pairs.

use super::Point;
use super::ties::Ties;
use crate::random::Random;

/// Moves each pair of nodes in turn towards the distance that they have in the graph.
///
/// # Source
///
/// J. X. Zheng, S. Pawar, D. F. M. Goodman, "Graph drawing by stochastic gradient descent", IEEE Trans. Vis. Comput. Graph. 25(9):2738-2748,
/// 2019, sections 2 and 2.1.
pub(super) fn by_pairs(ties: &Ties, points: &mut [Point], random: &mut Random, rounds: usize, first: f64, last: f64) {
    let n = ties.len();
    let mut pairs: Vec<(u32, u32, u32)> = Vec::with_capacity(n * n / 2);
    let mut farthest = 1;
    let mut depth = vec![u32::MAX; n];
    let mut order = Vec::new();
    for u in 0..n {
        depth.fill(u32::MAX);
        order.clear();
        order.push(u as u32);
        depth[u] = 0;
        let mut head = 0;
        while let Some(&x) = order.get(head) {
            head += 1;
            for &v in ties.neighbors(x as usize) {
                if depth[v as usize] == u32::MAX { depth[v as usize] = depth[x as usize] + 1; order.push(v); }
            }
        }
        for &v in &order { if (v as usize) < u { pairs.push((u as u32, v, depth[v as usize])); farthest = farthest.max(depth[v as usize]); } }
    }
    let far = f64::from(farthest);
    let first = first * far * far;
    let decay = if rounds > 1 { libm::log(first / last) / (rounds - 1) as f64 } else { 0.0 };
    for round in 0..rounds {
        let rate = first * libm::exp(-decay * round as f64);
        random.shuffle(&mut pairs);
        for &(u, v, d) in &pairs {
            let d = f64::from(d);
            let mu = (rate / (d * d)).min(1.0);
            let [a, b] = [points[u as usize], points[v as usize]];
            let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
            let len = (dx * dx + dy * dy).sqrt().max(1e-9);
            let go = mu * (len - d) / 2.0 / len;
            points[u as usize] = [a[0] - go * dx, a[1] - go * dy];
            points[v as usize] = [b[0] + go * dx, b[1] + go * dy];
        }
    }
}
