//! Which share of the other side a node is tied to.

use super::Scores;
use super::two_sides::{check_sides, side_sizes};
use crate::error::Result;
use crate::graph::Csr;

/// Degree in a two-mode graph: the share of the nodes of the other side that a node is tied to.
///
/// [`Degree`](super::Degree) divides by all other nodes, but nobody can be tied to his own side. A person's share of the case files and a case file's
/// share of the people can be compared with others of their own side; who is in half of the files may have written them.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: a share, in `[0, 1]`.
/// - **Cost**: `O(n + m)` time, `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0. Weights and directions do not count.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::TwoModeDegree;
///
/// // Nodes 0 and 2 are people, 1 and 3 events.
/// let scores = TwoModeDegree.scores(&Csr::path(4), &[true, false, true, false])?;
/// assert_eq!(scores, [0.5, 1.0, 1.0, 0.5]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// S. P. Borgatti, M. G. Everett, "Network analysis of 2-mode data", Social Networks 19(3):243-269, 1997, the section on degree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TwoModeDegree;

impl TwoModeDegree {
    /// The score of each node, where `left` says which side it is on.
    ///
    /// # Errors
    ///
    /// If `left` is not as long as the graph has nodes, or an edge joins two nodes of one side.
    pub fn scores(&self, csr: &Csr, left: &[bool]) -> Result<Scores> {
        let csr = super::reading::undirected(csr);
        check_sides(&csr, left, "two_mode_degree")?;
        let sizes = side_sizes(left);
        let score = |u: u32| csr.neighbors(u).len() as f64 / sizes(u as usize).1.max(1.0);
        Ok(Scores::new(csr.nodes().map(score).collect()))
    }
}
