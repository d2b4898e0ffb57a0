//! Who sits on the shortest paths between others.

use super::betweenness_sums::betweenness_sums;
use super::{Centrality, Length, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Betweenness centrality: who sits on the shortest paths between others.
///
/// The score of `v` is the sum, over pairs `s`, `t` other than `v`, of the share of shortest paths
/// from `s` to `t` that pass through `v`. An undirected graph counts each pair once, a directed one
/// each ordered pair. Who lies between groups in the records may be an investigator, or the only
/// one whose phone was read.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: pairs of nodes; with `normalized`, the share of all pairs, in `[0, 1]`.
/// - **Cost**: by hops `O(nm)` time, eight sources at once, by weight `O(n (m + n log n))`, without the
///   `log n` where weights are whole numbers up to 255; trees that hang on an undirected graph cost `O(m)`. `O(n)` memory
///   per block of sources, 16 blocks at once.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0; fewer than three nodes all score 0. Path counts beyond
///   a float are carried with a wider exponent, so long chains of squares score right.
///
/// # Errors
///
/// If an edge has a length outside `[1e-100, 1e100]`; so, with weights, if one is 0 or less.
///
/// # Examples
///
/// Every pair of leaves of a star meets at its hub:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Betweenness, Centrality};
///
/// let scores = Betweenness::default().scores(&Csr::star(4))?;
/// assert_eq!(scores, [3.0, 0.0, 0.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// U. Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociol. 25(2):163-177,
/// 2001, algorithm 1. `sigma` there is `count` here, `delta` is `dependency`, `d` is `depth` or
/// `distance`, `S` is `order`. Trees are folded as in A. E. Sarıyüce et al., "Shattering and
/// compressing networks for betweenness centrality", SDM 2013, section 4.1 (degree-1 vertices).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Betweenness {
    /// What the length of a path is. Hops by default.
    pub length: Length,
    /// Divide by the number of pairs of other nodes. Off by default.
    pub normalized: bool,
}

impl Centrality for Betweenness {
    fn name(&self) -> &'static str {
        "betweenness"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let mut scores = betweenness_sums(csr, self.length)?;
        let scale = self.scale(csr);
        for score in &mut scores {
            *score /= scale;
        }
        Ok(Scores::new(scores))
    }
}

impl Betweenness {
    /// What the sum over ordered pairs is divided by.
    pub(super) fn scale(self, csr: &Csr) -> f64 {
        let others = csr.node_count().saturating_sub(1) as f64;
        let pairs = (others * (others - 1.0)).max(1.0);
        match (self.normalized, csr.is_directed()) {
            (true, _) => pairs,
            (false, true) => 1.0,
            (false, false) => 2.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn sums_are_divided_by_pairs_or_by_ways_to_count_one() {
        let scale =
            |csr: &Csr, normalized| Betweenness { normalized, ..Betweenness::default() }.scale(csr);
        let directed = Csr::unweighted(4, &[(0, 1)], Direction::Directed);
        let table = [
            (&Csr::path(4), [2.0, 6.0]),
            (&directed, [1.0, 6.0]),
            (&Csr::path(2), [2.0, 1.0]),
            (&Csr::path(1), [2.0, 1.0]),
        ];
        for (csr, wanted) in table {
            assert_eq!(vec![scale(csr, false), scale(csr, true)], wanted, "{csr:?}");
        }
    }

    #[test]
    fn a_path_of_four_has_two_between() {
        let scores = |normalized| {
            let measure = Betweenness { normalized, ..Betweenness::default() };
            measure.scores(&Csr::path(4)).unwrap()
        };
        assert_eq!(scores(false), [0.0, 2.0, 2.0, 0.0]);
        assert_eq!(scores(true), [0.0, 2.0 / 3.0, 2.0 / 3.0, 0.0]);
        assert_eq!(Betweenness::default().name(), "betweenness");
    }
}
