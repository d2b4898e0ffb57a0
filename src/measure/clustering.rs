//! How far the people around a node know each other.

use super::forward::Forward;
use super::reading::undirected;
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Triangles at each node: how many pairs of its neighbors are tied to each other.
///
/// A directed graph is read as undirected, opposite edges as one. Weights do not count. A record that names many people at
/// once makes many triangles by itself.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: triangles; the scores sum to three times those of the graph.
/// - **Cost**: `O(m √m)` time, `O(m)` memory and `O(n)` a thread; a directed graph is copied.
/// - **Order**: whole numbers, the same for any number of threads.
/// - **Edge cases**: nodes with fewer than two neighbors score 0.
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
/// use kluwen::measure::{Centrality, Triangles};
///
/// let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 0), (2, 3)], Direction::Undirected);
/// assert_eq!(Triangles.scores(&csr)?, [1.0, 1.0, 1.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// T. Schank, D. Wagner, "Finding, counting and listing all triangles in large graphs", WEA 2005, LNCS 3503:606-609,
/// algorithm "forward".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Triangles;

impl Centrality for Triangles {
    fn name(&self) -> &'static str {
        "triangles"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let counts = Forward::new(&undirected(csr)).triangles_of_nodes();
        Ok(Scores::new(counts.into_iter().map(|count| count as f64).collect()))
    }
}

/// Local clustering coefficient: the share of pairs of neighbors that are tied to each other.
///
/// 1 where all who are tied to the node are tied among themselves, 0 where they meet through the node alone. Nodes of few
/// ties score high or 0 by chance, so it says little of them. A directed graph is read as undirected, opposite edges as
/// one. Weights do not count. One case file that names four people ties all of them to each other; that is the file's
/// doing.
///
/// - **Shape**: one score per node, in node order; their mean is the average clustering of Watts and Strogatz, which is
///   not [`transitivity`](super::transitivity).
/// - **Unit**: a share, in `[0, 1]`.
/// - **Cost**: that of [`Triangles`].
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: nodes with fewer than two neighbors score 0.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// A triangle with a tail: of the three pairs around its third node one is tied.
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Centrality, Clustering};
///
/// let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 0), (2, 3)], Direction::Undirected);
/// assert_eq!(Clustering.scores(&csr)?, [1.0, 1.0, 1.0 / 3.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// D. J. Watts, S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393:440-442, 1998: `C_v` there is
/// the score here, `k_v` the degree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clustering;

impl Centrality for Clustering {
    fn name(&self) -> &'static str {
        "clustering"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let csr = undirected(csr);
        let counts = Forward::new(&csr).triangles_of_nodes();
        let share = |(u, count): (u32, u64)| match csr.neighbors(u).len() as u64 {
            0 | 1 => 0.0,
            degree => count as f64 / (degree * (degree - 1) / 2) as f64,
        };
        Ok(Scores::new(csr.nodes().zip(counts).map(share).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn pairs_of_neighbors_who_know_each_other_are_a_share_of_all() {
        // Node 0 has four neighbors, of whose six pairs 1-2 and 2-3 are tied.
        let pairs = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (2, 3)];
        let csr = Csr::unweighted(6, &pairs, Direction::Undirected);
        assert_eq!(Triangles.scores(&csr).unwrap(), [2.0, 1.0, 2.0, 1.0, 0.0, 0.0]);
        assert_eq!(Clustering.scores(&csr).unwrap(), [1.0 / 3.0, 1.0, 2.0 / 3.0, 1.0, 0.0, 0.0]);
        assert_eq!([Triangles.name(), Clustering.name()], ["triangles", "clustering"]);
    }
}
