//! Whether who is drawn near is a neighbor.

use rayon::prelude::*;

use super::Point;
use super::both_ways;
use super::near_points::NearPoints;
use crate::graph::Csr;

/// The share of the nodes drawn nearest to a node that are its neighbors, as many as it has; the mean over all nodes with neighbors.
///
/// - **Shape**: a point for each node.
/// - **Unit**: from 0, nobody is drawn beside a neighbor, to 1, nobody else is.
/// - **Cost**: about `O(m log n)` time, `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: 1 where there are no edges. An edge counts both ways.
///
/// # Panics
///
/// If there are not as many points as nodes.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::layout::neighborhood_preservation;
///
/// let line = [[0.0, 0.0], [1.0, 0.0], [2.1, 0.0], [3.0, 0.0]];
/// assert_eq!(neighborhood_preservation(&Csr::path(4), &line), 1.0);
/// ```
///
/// # Source
///
/// E. R. Gansner, Y. Hu, S. C. North, "A maxent-stress model for graph layout", IEEE Trans. Vis. Comput. Graph. 19(6):927-940, 2013, section 5
/// (precision of neighborhood preservation), with as many neighbors as a node has.
#[must_use]
pub fn neighborhood_preservation(csr: &Csr, points: &[Point]) -> f64 {
    assert_eq!(points.len(), csr.node_count(), "each node has a point");
    let csr = both_ways(csr);
    let near = NearPoints::new(points);
    let shares: Vec<f64> = csr
        .nodes()
        .into_par_iter()
        .filter(|&u| !csr.neighbors(u).is_empty())
        .map(|u| {
            let own = csr.neighbors(u);
            let drawn = near.nearest(u, own.len());
            let kept = drawn.iter().filter(|v| own.binary_search(v).is_ok()).count();
            kept as f64 / own.len() as f64
        })
        .collect();
    if shares.is_empty() { 1.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}
