//! Who sits on the shortest paths of a two-mode graph, as a share of the most that its side allows.

use super::two_sides::{check_sides, side_sizes};
use super::{Betweenness, Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Betweenness in a two-mode graph: [`Betweenness`], divided by the most that a node of its side can have.
///
/// Paths change sides at each step, so the pairs of all others cannot all pass through one node as in the star of a graph of one kind. Nodes of either
/// side can be compared with others of their own. Paths are counted by hops.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: a share, in `[0, 1]`.
/// - **Cost**: that of [`Betweenness`].
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0. Weights and directions do not count.
///
/// # Examples
///
/// The only event of four people is on all of their paths:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::TwoModeBetweenness;
///
/// let scores = TwoModeBetweenness.scores(&Csr::star(5), &[false, true, true, true, true])?;
/// assert_eq!(scores, [1.0, 0.0, 0.0, 0.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// S. P. Borgatti, M. G. Everett, "Network analysis of 2-mode data", Social Networks 19(3):243-269, 1997, the section on betweenness. For `s` nodes on a
/// node's own side and `r` on the other, with `p` the quotient and `t` the rest of `s - 1` divided by `r`, the most is
/// `(r² (p + 1)² + r (p + 1) (2 t - p - 1) - t (2 p - t + 3)) / 2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TwoModeBetweenness;

impl TwoModeBetweenness {
    /// The score of each node, where `left` says which side it is on.
    ///
    /// # Errors
    ///
    /// If `left` is not as long as the graph has nodes, or an edge joins two nodes of one side.
    pub fn scores(&self, csr: &Csr, left: &[bool]) -> Result<Scores> {
        let flat = super::reading::undirected(csr);
        check_sides(&flat, left, "two_mode_betweenness")?;
        let sizes = side_sizes(left);
        let between = Betweenness::default().scores(&flat)?;
        let score = |(node, &score): (usize, &f64)| match most(sizes(node)) {
            most if most > 0.0 => score / most,
            _ => 0.0,
        };
        Ok(Scores::new(between.iter().enumerate().map(score).collect()))
    }
}

/// The most pairs that a node can lie between, by the sizes of its own side and the other.
fn most((own, other): (f64, f64)) -> f64 {
    if other < 1.0 {
        return 0.0;
    }
    let p = ((own - 1.0) / other).floor();
    let t = (own - 1.0) - p * other;
    let wide = other * (p + 1.0);
    (wide * wide + wide * (2.0 * t - p - 1.0) - t * (2.0 * p - t + 3.0)) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_is_what_lies_between_the_branches_of_the_best_tree() {
        // The node has all of the other side, and those of its own hang on these as evenly as can be: the pairs of two branches.
        for (own, other, want) in [
            (1.0, 4.0, 6.0),
            (3.0, 2.0, 4.0),
            (4.0, 2.0, 6.0),
            (2.0, 3.0, 5.0),
            (5.0, 2.0, 9.0),
            (6.0, 3.0, 21.0),
            (7.0, 1.0, 0.0),
            (3.0, 0.0, 0.0),
        ] {
            let got = most((own, other));
            assert!((got - want).abs() < 1e-12, "{own} {other}: {got}, not {want}");
        }
    }

    #[test]
    fn scores_are_shares_of_the_most_of_each_side() {
        // In a row of three and two the middle one has all four pairs that it can have, each of the two three of five.
        let sides = [true, false, true, false, true];
        let scores = TwoModeBetweenness.scores(&Csr::path(5), &sides).unwrap();
        for (got, want) in scores.iter().zip([0.0, 3.0 / 5.0, 1.0, 3.0 / 5.0, 0.0]) {
            assert!((got - want).abs() < 1e-12, "{scores:?}");
        }
        let alone = Csr::new(2, &[], crate::graph::Direction::Undirected);
        let scores = TwoModeBetweenness.scores(&alone, &[true, true]).unwrap();
        assert!(scores.iter().all(|score| score.abs() < 1e-12), "nobody is between nobody");
    }
}
