//! How deep in the dense middle a node sits.

use std::cmp::Ordering;

use super::reading::undirected;
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Core numbers: the largest `k` such that a node stays when all with fewer than `k` ties go.
///
/// A node of core number `k` is in a group whose members each have `k` or more ties within it. A
/// directed graph is read as undirected, opposite edges as one. Being in a dense core says that
/// many records name the same people together, not who leads them.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: edges.
/// - **Cost**: `O(n + m)` time, `O(n)` memory; a directed graph is copied.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// A triangle with a tail:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Centrality, CoreNumbers};
///
/// let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 0), (2, 3)], Direction::Undirected);
/// assert_eq!(CoreNumbers.scores(&csr)?, [2.0, 2.0, 2.0, 1.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// S. B. Seidman, "Network structure and minimum degree", Social Networks 5(3):269-287, 1983. The levels are those of
/// N. S. Dasari, D. Ranjan, M. Zubair, "`ParK`: An efficient algorithm for k-core decomposition on multicore processors",
/// IEEE Big Data 2014, algorithm 1, on one thread: `deg` there is `degree` here, `curr` is `going`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoreNumbers;

impl Centrality for CoreNumbers {
    fn name(&self) -> &'static str {
        "core"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let numbers = core_numbers(&undirected(csr));
        Ok(Scores::new(numbers.into_iter().map(f64::from).collect()))
    }
}

/// The core number of each node of an undirected graph.
///
/// Level by level, the nodes that have too few ties left are taken away. A node is looked at about once for each level up to
/// its own, and core numbers sum to no more than the ends of all edges, so this is linear without a sorted list of nodes.
pub(super) fn core_numbers(csr: &Csr) -> Vec<u32> {
    let ties =
        |u| u32::try_from(csr.neighbors(u).len()).expect("neighbors are numbered by 32 bits");
    let mut degree: Vec<u32> = csr.nodes().map(ties).collect();
    let mut left: Vec<u32> = csr.nodes().collect();
    let mut going = Vec::new();
    let mut level = 0;
    while !left.is_empty() {
        let mut least = u32::MAX;
        // Below the level are those that were taken away with it after it was looked at.
        left.retain(|&u| match degree[u as usize].cmp(&level) {
            Ordering::Less => false,
            Ordering::Equal => {
                going.push(u);
                false
            }
            Ordering::Greater => {
                least = least.min(degree[u as usize]);
                true
            }
        });
        level = if going.is_empty() {
            least
        } else {
            peel(csr, level, &mut going, &mut degree);
            level + 1
        };
    }
    degree
}

/// Takes away the nodes of `going` and all that have no more than `level` ties left then; their `degree` stays at the level.
fn peel(csr: &Csr, level: u32, going: &mut Vec<u32>, degree: &mut [u32]) {
    while let Some(u) = going.pop() {
        for &v in csr.neighbors(u) {
            let ties = &mut degree[v as usize];
            if *ties > level {
                *ties -= 1;
                if *ties == level {
                    going.push(v);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn a_core_is_what_holds_together_by_so_many_ties() {
        // Four who all know each other, a triangle on one of them, a tail on that, and a lone node.
        let pairs = [
            (0, 1),
            (0, 2),
            (0, 3),
            (1, 2),
            (1, 3),
            (2, 3),
            (3, 4),
            (4, 5),
            (5, 3),
            (5, 6),
            (6, 7),
        ];
        let csr = Csr::unweighted(9, &pairs, Direction::Undirected);
        assert_eq!(core_numbers(&csr), [3, 3, 3, 3, 2, 2, 1, 1, 0]);
        assert!(core_numbers(&Csr::path(0)).is_empty());
    }

    #[test]
    fn levels_without_any_node_are_passed_over() {
        assert_eq!(core_numbers(&Csr::complete(6)), [5; 6]);
        let scores = CoreNumbers.scores(&Csr::complete(4)).unwrap();
        assert_eq!((scores.to_vec(), CoreNumbers.name()), (vec![3.0; 4], "core"));
    }

    #[test]
    fn the_least_of_different_degrees_is_the_next_level() {
        // A wheel: five in a ring, of three ties each, and a hub of five.
        let spokes = (0..5).map(|u| (u, 5));
        let pairs: Vec<(u32, u32)> = (0..5).map(|u| (u, (u + 1) % 5)).chain(spokes).collect();
        let wheel = Csr::unweighted(6, &pairs, Direction::Undirected);
        assert_eq!(core_numbers(&wheel), [3; 6]);
    }
}
