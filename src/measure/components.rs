//! Which nodes some path joins.

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
/// - **Cost**: `O(m α(n))` time, `O(n)` memory.
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
/// R. E. Tarjan, J. van Leeuwen, "Worst-case analysis of set union algorithms", J. ACM
/// 31(2):245-281, 1984: union by index with path halving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Components;

impl Communities for Components {
    fn name(&self) -> &'static str {
        "components"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        Ok(Partition::from_labels(&joined(csr, |_, _| true)))
    }
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
