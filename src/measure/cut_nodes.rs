//! Whose removal cuts others off.

use super::{Biconnected, Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Cut nodes: how many nodes the removal of each cuts off.
///
/// The score is how many of its component are no longer joined to the largest piece left. A node above 0 is the only
/// joint in the records between those and the rest; others may know each other all the same, where nobody wrote it down.
///
/// - **Shape**: one score per node, in node order. Which nodes come apart is told by [`Biconnected::pieces`].
/// - **Unit**: nodes.
/// - **Cost**: `O(n + m)` time and `O(n)` memory, on one thread; a directed graph is copied.
/// - **Order**: the same for any number of threads.
/// - **Edge cases**: a node whose removal leaves its component in one piece scores 0, so does an isolated one.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// Without its middle a path of five falls into two pieces of two; next to the middle one node is cut off.
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, CutNodes};
///
/// assert_eq!(CutNodes.scores(&Csr::path(5))?, [0.0, 1.0, 2.0, 1.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// That of [`Biconnected`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CutNodes;

impl Centrality for CutNodes {
    fn name(&self) -> &'static str {
        "cut"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let cut_off = Biconnected::of(csr).cut_off();
        Ok(Scores::new(cut_off.into_iter().map(f64::from).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_node_scores_those_it_cuts_off() {
        assert_eq!(CutNodes.scores(&Csr::path(5)).unwrap(), [0.0, 1.0, 2.0, 1.0, 0.0]);
        assert_eq!(CutNodes.name(), "cut");
    }
}
