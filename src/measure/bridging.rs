//! Who lies between dense parts rather than in the middle of one.

use super::reading::undirected;
use super::{Betweenness, Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Bridging coefficient: how few ties a node has beside those of its neighbors.
///
/// `(1 / k(v)) / Σ_i 1 / k(i)` with `k` the degree and `i` the neighbors of `v`. High is a quiet node between busy ones.
/// It looks no further than the neighbors, so [`Bridging`] multiplies it by betweenness.
///
/// - **Shape**: one score per node, in node order. A directed graph is read as undirected, weights do not count.
/// - **Unit**: none. 1 in a pair, `1 / k` where all nodes have `k` ties.
/// - **Cost**: `O(n + m)` time.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: an isolated node scores 0.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// The middle of a path of five has two neighbors of two ties each:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{BridgingCoefficient, Centrality};
///
/// let scores = BridgingCoefficient.scores(&Csr::path(5))?;
/// assert_eq!(scores, [2.0, 1.0 / 3.0, 0.5, 1.0 / 3.0, 2.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// That of [`Bridging`], definition 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BridgingCoefficient;

impl Centrality for BridgingCoefficient {
    fn name(&self) -> &'static str {
        "bridging coefficient"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let csr = undirected(csr);
        let coefficient = |u| {
            let row = csr.neighbors(u);
            let around: f64 = row.iter().map(|&v| 1.0 / csr.neighbors(v).len() as f64).sum();
            if row.is_empty() { 0.0 } else { 1.0 / row.len() as f64 / around }
        };
        Ok(Scores::new(csr.nodes().map(coefficient).collect()))
    }
}

/// Bridging centrality: betweenness times the [bridging coefficient](BridgingCoefficient).
///
/// High is who lies on the shortest paths between others and yet has few ties where they have many: a go-between rather
/// than the middle of a group. One whose phone alone was read looks like that, too.
///
/// - **Shape**: one score per node, in node order. A directed graph is read as undirected, weights do not count.
/// - **Unit**: pairs of nodes, each counted once, times a number without a unit.
/// - **Cost**, **order**: those of [`Betweenness`].
/// - **Edge cases**: a node on no shortest path scores 0.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Bridging, Centrality};
///
/// assert_eq!(Bridging.scores(&Csr::path(5))?, [0.0, 1.0, 2.0, 1.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// W. Hwang, Y. Cho, A. Zhang, M. Ramanathan, "Bridging centrality: identifying bridging nodes in scale-free networks",
/// KDD 2006, definitions 1 and 2: `Ψ` there is the bridging coefficient here, `Φ` betweenness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bridging;

impl Centrality for Bridging {
    fn name(&self) -> &'static str {
        "bridging"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let csr = undirected(csr);
        let between = Betweenness::default().scores(&csr)?;
        let coefficient = BridgingCoefficient.scores(&csr)?;
        let products = between.iter().zip(coefficient.iter()).map(|(one, other)| one * other);
        Ok(Scores::new(products.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn a_lone_node_and_those_between_others_are_scored() {
        // A path of three and a lone node: the middle has two ties to nodes of one.
        let csr = Csr::unweighted(4, &[(0, 1), (2, 1)], Direction::Directed);
        assert_eq!(BridgingCoefficient.scores(&csr).unwrap(), [2.0, 0.25, 2.0, 0.0]);
        assert_eq!(Bridging.scores(&csr).unwrap(), [0.0, 0.25, 0.0, 0.0]);
    }

    #[test]
    fn measures_have_names() {
        assert_eq!(BridgingCoefficient.name(), "bridging coefficient");
        assert_eq!(Bridging.name(), "bridging");
    }
}
