//! Which nodes some path joins.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;

use super::{Communities, Partition};
use crate::error::Result;
use crate::graph::Csr;

/// Connected components: the groups of nodes that some path joins.
///
/// In a directed graph paths may run against the edges (weak components). That two people are in
/// one component says little in a large case: one shared hotel joins strangers.
///
/// - **Shape**: one group per node.
/// - **Unit**: none.
/// - **Cost**: `O(m log n)` time at worst, in most graphs far less than one look at each edge; `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: an isolated node is a group of its own; no nodes, no groups.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Communities, Components};
///
/// let two = Csr::unweighted(4, &[(0, 1), (2, 1)], Direction::Directed);
/// let components = Components.partition(&two)?;
/// assert_eq!(components.groups(), [0, 0, 0, 1]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. Sutton, T. Ben-Nun, A. Barak, "Optimizing parallel graph connectivity computation via subgraph sampling", IPDPS 2018,
/// algorithm "Afforest", two edges of each node sampled; `π` there is `parent` here. Where only some edges count: R. E.
/// Tarjan, J. van Leeuwen, "Worst-case analysis of set union algorithms", J. ACM 31(2):245-281, 1984, union by index with
/// path halving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Components;

impl Communities for Components {
    fn name(&self) -> &'static str {
        "components"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        Ok(Partition::from_smallest(components(csr)))
    }
}

/// The smallest node of the component of each node.
///
/// A few edges of each node join most of the largest component; then only the nodes outside it need their other edges.
/// Whoever joins what first, a root is the smallest node of its tree, so the labels do not depend on threads.
pub(super) fn components(csr: &Csr) -> Vec<u32> {
    let parent: Vec<AtomicU32> = csr.nodes().map(AtomicU32::new).collect();
    for place in 0..SAMPLED {
        each(csr, |u| {
            if let Some(&v) = csr.neighbors(u).get(place) {
                join_shared(&parent, u, v);
            }
        });
        each(csr, |u| compress(&parent, u));
    }
    let largest = frequent(&parent);
    each(csr, |u| {
        if parent[u as usize].load(Relaxed) != largest {
            for &v in csr.neighbors(u).iter().skip(SAMPLED) {
                join_shared(&parent, u, v);
            }
            // An edge that leads into `u` is in the row of a node that may not look at it.
            if csr.is_directed() {
                for &v in csr.in_neighbors(u) {
                    join_shared(&parent, u, v);
                }
            }
        }
    });
    each(csr, |u| compress(&parent, u));
    parent.into_iter().map(AtomicU32::into_inner).collect()
}

/// How many edges of each node are looked at before the largest component is guessed.
const SAMPLED: usize = 2;

/// Does some work for each node, block by block: within a block the work is a loop of its own, and no call a node.
fn each(csr: &Csr, work: impl Fn(u32) + Sync) {
    const BLOCK: u32 = 1 << 13;
    let end = csr.nodes().end;
    (0..end.div_ceil(BLOCK)).into_par_iter().for_each(|block| {
        let first = block * BLOCK;
        for u in first..first.saturating_add(BLOCK).min(end) {
            work(u);
        }
    });
}

/// Puts the larger root under the smaller one, while others do the same.
fn join_shared(parent: &[AtomicU32], u: u32, v: u32) {
    let of = |u: u32| &parent[u as usize];
    let (mut one, mut other) = (of(u).load(Relaxed), of(v).load(Relaxed));
    while one != other {
        let (high, low) = (one.max(other), one.min(other));
        let above = of(high).load(Relaxed);
        let was_root = above == high;
        if above == low
            || was_root && of(high).compare_exchange(high, low, Relaxed, Relaxed).is_ok()
        {
            return;
        }
        one = of(of(high).load(Relaxed)).load(Relaxed);
        other = of(low).load(Relaxed);
    }
}

/// Puts `u` under its root.
fn compress(parent: &[AtomicU32], u: u32) {
    let of = |u: u32| parent[u as usize].load(Relaxed);
    let mut root = of(u);
    while root != of(root) {
        root = of(root);
    }
    parent[u as usize].store(root, Relaxed);
}

/// The most frequent label among some nodes at equal distances.
fn frequent(parent: &[AtomicU32]) -> u32 {
    const LOOKED_AT: usize = 1024;
    let step = (parent.len() / LOOKED_AT).max(1);
    let mut labels: Vec<u32> =
        parent.iter().step_by(step).map(|label| label.load(Relaxed)).collect();
    labels.sort_unstable();
    let runs = labels.chunk_by(|one, other| one == other);
    runs.max_by_key(|run| run.len()).map_or(0, |run| run[0])
}

/// The smallest node that each node is joined to by edges that `counts` accepts.
pub(super) fn joined(csr: &Csr, counts: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut parent: Vec<u32> = csr.nodes().collect();
    for u in csr.nodes() {
        for &v in csr.neighbors(u) {
            if counts(u, v) {
                join(&mut parent, u, v);
            }
        }
    }
    point_to_roots(&mut parent);
    parent
}

/// Makes each node's parent its root.
pub(super) fn point_to_roots(parent: &mut [u32]) {
    // A parent is never larger than its child, so one pass in node order reaches the roots.
    for u in 0..parent.len() {
        parent[u] = parent[parent[u] as usize];
    }
}

/// Puts the larger root under the smaller one.
pub(super) fn join(parent: &mut [u32], u: u32, v: u32) {
    let (u, v) = (root(parent, u), root(parent, v));
    parent[u.max(v) as usize] = u.min(v);
}

fn root(parent: &mut [u32], mut u: u32) -> u32 {
    while parent[u as usize] != u {
        parent[u as usize] = parent[parent[u as usize] as usize];
        u = parent[u as usize];
    }
    u
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn a_tie_that_is_the_third_at_both_ends_joins() {
        let pairs =
            [(0, 1), (1, 2), (0, 9), (1, 9), (3, 4), (4, 5), (3, 10), (4, 10), (9, 10), (7, 8)];
        // The largest is another, so that both look at all their ties.
        let largest = (11..15).map(|u| (u, u + 1));
        let pairs: Vec<(u32, u32)> = pairs.into_iter().chain(largest).collect();
        let csr = Csr::unweighted(16, &pairs, Direction::Undirected);
        assert_eq!(components(&csr), [0, 0, 0, 0, 0, 0, 6, 7, 7, 0, 0, 11, 11, 11, 11, 11]);
    }

    #[test]
    fn an_edge_out_of_the_largest_component_joins_too() {
        // The first two edges of 9 stay in what is largest, so that only 10 looks at the third.
        let pairs = [(0, 1), (1, 2), (9, 0), (9, 1), (9, 10), (10, 11)];
        let csr = Csr::unweighted(12, &pairs, Direction::Directed);
        assert_eq!(components(&csr), [0, 0, 0, 3, 4, 5, 6, 7, 8, 0, 0, 0]);
    }

    #[test]
    fn what_is_frequent_is_named() {
        let frequent = |labels: &[u32]| {
            let labels: Vec<AtomicU32> = labels.iter().copied().map(AtomicU32::new).collect();
            frequent(&labels)
        };
        assert_eq!(frequent(&[5, 1, 5, 2, 2, 5]), 5);
        assert_eq!(frequent(&[]), 0);
        // Every third of 3072 is looked at.
        let thirds: Vec<u32> = (0..3072).map(|u| if u % 3 == 0 { 7 } else { 1 }).collect();
        assert_eq!(frequent(&thirds), 7);
    }

    #[test]
    fn a_label_is_the_root_above_it() {
        let parent = [0, 0, 1, 2, 4].map(AtomicU32::new);
        compress(&parent, 3);
        assert_eq!(parent.map(AtomicU32::into_inner), [0, 0, 1, 0, 4]);
    }

    #[test]
    fn joining_makes_the_lower_root_the_parent() {
        let parent = [0, 1, 0, 1, 4].map(AtomicU32::new);
        join_shared(&parent, 3, 2);
        join_shared(&parent, 4, 4);
        assert_eq!(parent.map(AtomicU32::into_inner), [0, 0, 0, 1, 4]);
        let mut parent = [0, 1, 0, 1, 4];
        join(&mut parent, 2, 3);
        assert_eq!(parent, [0, 0, 0, 1, 4]);
        point_to_roots(&mut parent);
        assert_eq!(parent, [0, 0, 0, 0, 4]);
    }

    #[test]
    fn only_edges_that_count_join() {
        assert_eq!(joined(&Csr::path(5), |u, v| u + v != 5), [0, 0, 0, 3, 3]);
    }
}
