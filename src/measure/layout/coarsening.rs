//! A graph of half the nodes that looks alike from afar.

use super::ties::Ties;
use crate::random::Random;

/// A coarser graph and which of its nodes each finer node is part of.
pub(super) struct Coarser {
    pub(super) ties: Ties,
    pub(super) parent: Vec<u32>,
}

/// What no node has been joined to.
const NONE: u32 = u32::MAX;

/// Joins nodes in pairs, along edges where that can be, else two that share a neighbor.
///
/// Edges alone would join one leaf of a star and leave the others; two leaves of one hub are as near to each other as nodes
/// can be that have no edge.
///
/// # Source
///
/// G. Karypis, V. Kumar, "A fast and high quality multilevel scheme for partitioning irregular graphs", SIAM J. Sci. Comput.
/// 20(1):359-392, 1998, section 3.1 (heavy edges); D. `LaSalle` et al., "Improving graph partitioning for modern graphs and
/// architectures", IA3 2015, section 3 (two hops).
pub(super) fn coarser(ties: &Ties, random: &mut Random) -> Coarser {
    let mut mate = vec![NONE; ties.len()];
    match_along_edges(ties, &visiting_order(ties, random), &mut mate);
    match_around_neighbors(ties, &mut mate);
    let (parent, count) = numbered(&mate);
    Coarser { ties: joined(ties, &mate, &parent, count), parent }
}

/// Nodes of few edges first, because they have the least choice; those of equally many in random order.
fn visiting_order(ties: &Ties, random: &mut Random) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(ties.len()).collect();
    random.shuffle(&mut order);
    order.sort_by_key(|&u| ties.degree(u as usize));
    order
}

/// Each node takes the free neighbor that is tied to it by most edges for its mass.
fn match_along_edges(ties: &Ties, order: &[u32], mate: &mut [u32]) {
    for &u in order {
        if mate[u as usize] != NONE {
            continue;
        }
        let mut best = (0.0, NONE);
        for (v, strength) in ties.row(u as usize) {
            let value = strength / ties.masses()[v];
            if mate[v] == NONE && value > best.0 {
                best = (value, u32::try_from(v).unwrap_or(NONE));
            }
        }
        if best.1 != NONE {
            mate[u as usize] = best.1;
            mate[best.1 as usize] = u;
        }
    }
}

/// Pairs the free neighbors of each node with one another.
fn match_around_neighbors(ties: &Ties, mate: &mut [u32]) {
    for center in 0..ties.len() {
        let mut waiting = NONE;
        for &v in ties.neighbors(center) {
            if mate[v as usize] != NONE {
                continue;
            }
            if waiting == NONE {
                waiting = v;
            } else {
                mate[v as usize] = waiting;
                mate[waiting as usize] = v;
                waiting = NONE;
            }
        }
    }
}

/// The coarse node of each node, and how many there are.
fn numbered(mate: &[u32]) -> (Vec<u32>, usize) {
    let mut parent = vec![NONE; mate.len()];
    let mut next = 0;
    for u in 0..mate.len() {
        if parent[u] == NONE {
            parent[u] = next;
            if mate[u] != NONE {
                parent[mate[u] as usize] = next;
            }
            next += 1;
        }
    }
    (parent, next as usize)
}

fn joined(ties: &Ties, mate: &[u32], parent: &[u32], count: usize) -> Ties {
    let mut masses = vec![0.0; count];
    for (u, &p) in parent.iter().enumerate() {
        masses[p as usize] += ties.masses()[u];
    }
    // Where in the row that is being made a coarse neighbor stands, if its mark is that of the row.
    let mut place = vec![(NONE, 0_usize); count];
    let firsts = (0..mate.len()).filter(|&u| mate[u] == NONE || (mate[u] as usize) > u);
    let rows = firsts.map(move |u| {
        let own = parent[u];
        let mut row: Vec<(u32, f32)> = Vec::new();
        let both = [Some(u), (mate[u] != NONE).then_some(mate[u] as usize)];
        for (v, strength) in both.into_iter().flatten().flat_map(|u| ties.row(u)) {
            let target = parent[v];
            if target == own {
                continue;
            }
            let slot = &mut place[target as usize];
            if slot.0 != own {
                *slot = (own, row.len());
                row.push((target, 0.0));
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a count of edges, which may be rounded"
            )]
            {
                row[slot.1].1 += strength as f32;
            }
        }
        row.into_iter()
    });
    Ties::from_rows(rows, masses)
}
