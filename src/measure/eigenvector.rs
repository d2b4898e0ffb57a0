//! Who is tied to those who are tied to many.

use super::leading::Leading;
use super::perron::{Aim, Patience};
use super::reading::without_zeros;
use super::settling::check_tolerance;
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Eigenvector centrality: a node scores by the scores of its neighbours.
///
/// The score is proportional to the sum of weight times score over the nodes with an edge *to* the node: the left eigenvector of the greatest
/// eigenvalue, as in networkx and igraph. Who is tied to well-tied people scores high; where one dense group is on record, its members take
/// all the score, whoever they are.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: none; the squares of the scores sum to 1.
/// - **Cost**: `O(n + m)` time a round, some tens of rounds in most graphs, and `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a graph in parts is measured part by part (components; in a directed graph, sets of nodes in which each reaches each).
///   Only the parts of the greatest eigenvalue score; where several have it, each is given a mean square of its own that is the same for
///   all, and what one leads to another is not counted. In a directed graph what comes after these parts follows from them, and all else
///   scores 0. Without an edge, or without a cycle in a directed graph, all score 0: [`Katz`](super::Katz) serves there. Edges of
///   weight 0 are none. A graph of two sides converges as any other.
///
/// # Errors
///
/// If `tolerance` is negative, a weight is negative or the weights of a node add up to more than a float holds; [`ErrorKind::NotConverged`]
/// if `rounds` do not suffice.
///
/// # Examples
///
/// The hub of a star of five weighs as much as its four leaves together, by squares:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, Eigenvector};
///
/// let scores = Eigenvector::default().scores(&Csr::star(5))?;
/// assert!((scores[0] - 0.5_f64.sqrt()).abs() < 1e-12);
/// assert!((scores[1] - 0.5 * 0.5_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// P. Bonacich, "Power and centrality: a family of measures", American J. Sociology 92(5):1170-1182, 1987, section 1. An undirected graph is
/// solved by conjugate steps: A. V. Knyazev, "Toward the optimal preconditioned eigensolver", SIAM J. Sci. Comput. 23(2):517-541, 2001,
/// algorithm 4.1 without a preconditioner, for the greatest eigenvalue. A directed one is solved by power iteration on `A + σ`, which is told
/// to stop by the bounds of Collatz and Wielandt: R. S. Varga, "Matrix Iterative Analysis", 1962, theorem 2.2.
///
/// [`ErrorKind::NotConverged`]: crate::error::ErrorKind::NotConverged
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eigenvector {
    /// The iteration stops when `A x` is a multiple of `x` but for this share of it. 1e-12 by default; below 1e-14 rounding allows none, and
    /// 1e-14 is taken.
    pub tolerance: f64,
    /// The most rounds made. 2,000 by default.
    pub rounds: usize,
}

impl Default for Eigenvector {
    fn default() -> Self {
        Self { tolerance: 1e-12, rounds: 2000 }
    }
}

impl Centrality for Eigenvector {
    fn name(&self) -> &'static str {
        "eigenvector"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        self.solve(csr, self.name()).map(Scores::new)
    }
}

impl Eigenvector {
    /// The scores, with errors in the name of that measure.
    pub(super) fn solve(self, csr: &Csr, measure: &'static str) -> Result<Vec<f64>> {
        check_tolerance(self.tolerance)?;
        let csr = without_zeros(csr);
        let (tolerance, rounds) = (self.tolerance, self.rounds);
        let patience = Patience { measure, aim: Aim::Vector, tolerance, rounds };
        Leading::of(&csr, patience)?.vector(&csr, patience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_path_scores_most() {
        let scores = Eigenvector::default().scores(&Csr::path(3)).unwrap();
        // In proportion to 1, √2 and 1.
        let ratio = scores[1] / scores[0];
        assert!((ratio - libm::sqrt(2.0)).abs() < 1e-9, "{scores:?}");
        assert!((scores[0] - scores[2]).abs() < 1e-9, "{scores:?}");
        assert_eq!(Eigenvector::default().name(), "eigenvector");
    }
}
