//! The ties of a map as a graph to be laid out, and its layout by force.

use super::GAP;
use crate::error::Result;
use crate::finding::Map;
use crate::graph::{Csr, Direction, Edge};
use crate::measure::layout::ForceLayout;

/// How much closer those of one group are drawn to each other than others who are tied as much.
const WITHIN_A_GROUP: f64 = 3.0;

/// Who is tied to whom, whatever the kind and direction; nodes by their place in the map.
pub(super) fn of(map: &Map) -> Csr {
    let group = |place: usize| map.nodes[place].community;
    let edge = |from: usize, to: usize| -> Option<Edge> {
        let weight =
            if group(from).is_some() && group(from) == group(to) { WITHIN_A_GROUP } else { 1.0 };
        Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?, weight))
    };
    let all = map.nodes.len();
    let mut pairs: Vec<(usize, usize)> = map
        .edges
        .iter()
        .map(|tie| (tie.from.min(tie.to), tie.from.max(tie.to)))
        .filter(|&(from, to)| from != to && to < all)
        .collect();
    // Ten kinds of tie between two people do not draw them ten times closer.
    pairs.sort_unstable();
    pairs.dedup();
    let edges: Vec<Edge> = pairs.into_iter().filter_map(|(from, to)| edge(from, to)).collect();
    Csr::new(all, &edges, Direction::Undirected)
}

/// Those who are tied stand near each other.
pub(super) fn place(csr: &Csr, extents: &[[f64; 2]], seed: u64) -> Result<Vec<[f64; 2]>> {
    ForceLayout { seed, gap: GAP }.place(csr, extents)
}
