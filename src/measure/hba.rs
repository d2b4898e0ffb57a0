//! Adaptive betweenness: always the node on most shortest paths in what is left.

use super::cohesion::left;
use super::dismantling::Task;
use super::{Betweenness, Centrality as _, Communities as _, Components};
use crate::error::Result;

/// The nodes removed until no component is larger than the limit, or none that may be removed has an edge.
pub(super) fn attack(task: &Task<'_>) -> Result<Vec<u32>> {
    let mut gone = vec![false; task.csr.node_count()];
    let mut removed = Vec::new();
    loop {
        let csr = left(task.csr, &gone);
        let largest = Components.partition(&csr)?.sizes().iter().copied().max().unwrap_or(0);
        if largest <= task.limit {
            return Ok(removed);
        }
        let scores = Betweenness::default().scores(&csr)?;
        // Where nobody stands between others, whoever has most neighbors.
        let score = |u: u32| {
            let (at, degree) = (u as usize, csr.neighbors(u).len() as f64);
            (scores[at] / task.costs[at], degree / task.costs[at])
        };
        let open = |&u: &u32| task.allowed[u as usize] && !csr.neighbors(u).is_empty();
        let best = task.csr.nodes().filter(open).max_by(|&u, &v| {
            let (a, b) = (score(u), score(v));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(v.cmp(&u))
        });
        let Some(best) = best else { return Ok(removed) };
        gone[best as usize] = true;
        removed.push(best);
    }
}
