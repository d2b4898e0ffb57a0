//! Rings around somebody: how many links away everybody is.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::finding::Map;
use crate::graph::Csr;
use crate::identity::EntityId;
use crate::output::drawing::sign::rank;

/// Whom the rings are around: those asked for who are on the map, else the first ranked, else whoever has most ties.
pub(super) fn centers(map: &Map, around: &[EntityId]) -> Vec<u32> {
    let wanted: BTreeSet<EntityId> = around.iter().copied().collect();
    let nodes = || (0_u32..).zip(&map.nodes);
    let asked: Vec<u32> = nodes()
        .filter(|(_, node)| node.entity.is_some_and(|entity| wanted.contains(&entity)))
        .map(|(place, _)| place)
        .collect();
    if !asked.is_empty() {
        return asked;
    }
    let ranked = nodes().filter_map(|(place, node)| Some((rank(node)?.0, place)));
    if let Some((_, first)) = ranked.min() {
        return vec![first];
    }
    let mut ties = vec![0_usize; map.nodes.len()];
    for end in map.edges.iter().flat_map(|tie| [tie.from, tie.to]) {
        if let Some(ties) = ties.get_mut(end) {
            *ties += 1;
        }
    }
    let most = (0_u32..).zip(ties).max_by_key(|&(place, ties)| (ties, std::cmp::Reverse(place)));
    most.map(|(place, _)| place).into_iter().collect()
}

/// Rings around the centers; who is tied to none of them stands in the outermost.
pub(super) fn place(csr: &Csr, extents: &[[f64; 2]], centers: &[u32]) -> Result<Vec<[f64; 2]>> {
    let n = csr.node_count();
    let mut level = vec![usize::MAX; n];
    let mut order: Vec<u32> = centers.to_vec();
    for &c in centers { level[c as usize] = 0; }
    let mut k = 0;
    while k < order.len() {
        let u = order[k];
        for &v in csr.neighbors(u) {
            if level[v as usize] == usize::MAX { level[v as usize] = level[u as usize] + 1; order.push(v); }
        }
        k += 1;
    }
    let deepest = order.last().map_or(0, |&u| level[u as usize]);
    for u in 0..n { if level[u] == usize::MAX { level[u] = deepest + 1; order.push(u as u32); } }
    let mut at = vec![[0.0; 2]; n];
    let mut radius = 0.0_f64;
    let mut from = 0;
    for l in 0..=deepest + 1 {
        let ring: Vec<u32> = order[from..].iter().copied().take_while(|&u| level[u as usize] == l).collect();
        from += ring.len();
        if ring.is_empty() { continue; }
        let widest = ring.iter().map(|&u| extents[u as usize][0]).fold(0.0, f64::max);
        let around: f64 = ring.iter().map(|&u| 2.0 * extents[u as usize][0] + 8.0).sum();
        let least = around / std::f64::consts::TAU;
        if l == 0 && ring.len() == 1 { radius = widest + 20.0; continue; }
        let r = (radius + widest + 20.0).max(least);
        for (k, &u) in ring.iter().enumerate() {
            let a = std::f64::consts::TAU * k as f64 / ring.len() as f64;
            at[u as usize] = [r * libm::cos(a), r * libm::sin(a)];
        }
        radius = r + widest;
    }
    super::spring::without_overlaps(&mut at, extents, super::GAP);
    Ok(at)
}
