//! How many ties a node has, and how strong they are together.

use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Which edges of a node count in a directed graph; it makes no difference in an undirected one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// Edges from the node and edges to it. This is the default.
    #[default]
    All,
    /// Edges to the node.
    In,
    /// Edges from the node.
    Out,
}

impl Side {
    /// What `out` and `incoming` give on this side.
    fn choose(self, csr: &Csr, out: impl Fn() -> f64, incoming: impl Fn() -> f64) -> f64 {
        match self {
            Self::All if csr.is_directed() => out() + incoming(),
            Self::All | Self::Out => out(),
            Self::In => incoming(),
        }
    }
}

/// Degree centrality: how many others a node has an edge with.
///
/// In a directed graph two nodes that call each other count twice on [`Side::All`], once for each
/// way. A high degree says that a person is often written about together with others; police,
/// social workers and taxi drivers have it too.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: edges; with `normalized`, the share of the `n - 1` others, which on both sides of a
///   directed graph may reach 2.
/// - **Cost**: `O(n)` time and memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0; a single node scores 0.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, Degree};
///
/// let scores = Degree::default().scores(&Csr::star(4))?;
/// assert_eq!(scores, [3.0, 1.0, 1.0, 1.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks
/// 1(3):215-239, 1978, the degree of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Degree {
    /// Which edges count. All by default.
    pub direction: Side,
    /// Divide by the number of other nodes. Off by default.
    pub normalized: bool,
}

impl Centrality for Degree {
    fn name(&self) -> &'static str {
        "degree"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let others = csr.node_count().saturating_sub(1).max(1) as f64;
        let scale = if self.normalized { others } else { 1.0 };
        let degree = |u| {
            let out = || csr.neighbors(u).len() as f64;
            let incoming = || csr.in_neighbors(u).len() as f64;
            self.direction.choose(csr, out, incoming) / scale
        };
        Ok(Scores::new(csr.nodes().map(degree).collect()))
    }
}

/// Strength: the sum of the weights of a node's edges.
///
/// Without weights it is the degree. What it means is what the weights mean: calls, payments,
/// cases. One edge of weight 40 and forty edges of weight 1 score the same.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: that of the weights.
/// - **Cost**: `O(n + m)` time, `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0; negative weights count as such.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Centrality, Side, Strength};
///
/// let calls = Csr::new(3, &[(0, 1, 5.0), (2, 1, 1.5)], Direction::Directed);
/// let called = Strength { direction: Side::In }.scores(&calls)?;
/// assert_eq!(called, [0.0, 6.5, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// A. Barrat, M. Barthélemy, R. Pastor-Satorras, A. Vespignani, "The architecture of complex
/// weighted networks", PNAS 101(11):3747-3752, 2004, equation 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strength {
    /// Which edges count. All by default.
    pub direction: Side,
}

impl Centrality for Strength {
    fn name(&self) -> &'static str {
        "strength"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let strength = |u| {
            let out = || csr.edges_of(u).map(|(_, weight)| weight).sum();
            let incoming = || csr.in_edges_of(u).map(|(_, weight)| weight).sum();
            self.direction.choose(csr, out, incoming)
        };
        Ok(Scores::new(csr.nodes().map(strength).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn ties_are_counted_and_weighed_on_either_side() {
        let edges = [(0, 1, 2.0), (2, 0, 5.0), (0, 2, 0.5)];
        let csr = Csr::new(4, &edges, Direction::Directed);
        let degree =
            |direction, normalized| Degree { direction, normalized }.scores(&csr).unwrap().to_vec();
        assert_eq!(degree(Side::Out, false), [2.0, 0.0, 1.0, 0.0]);
        assert_eq!(degree(Side::In, false), [1.0, 1.0, 1.0, 0.0]);
        assert_eq!(degree(Side::All, false), [3.0, 1.0, 2.0, 0.0]);
        assert_eq!(degree(Side::All, true), [1.0, 1.0 / 3.0, 2.0 / 3.0, 0.0]);
        let strength = |direction| Strength { direction }.scores(&csr).unwrap().to_vec();
        assert_eq!(strength(Side::Out), [2.5, 0.0, 5.0, 0.0]);
        assert_eq!(strength(Side::In), [5.0, 2.0, 0.5, 0.0]);
        assert_eq!(strength(Side::All), [7.5, 2.0, 5.5, 0.0]);
    }

    #[test]
    fn an_edge_without_a_direction_counts_once() {
        for direction in [Side::All, Side::In, Side::Out] {
            let degree = Degree { direction, normalized: true };
            assert_eq!(degree.scores(&Csr::star(3)).unwrap(), [1.0, 0.5, 0.5]);
            assert_eq!(degree.scores(&Csr::path(1)).unwrap(), [0.0]);
            assert_eq!(Strength { direction }.scores(&Csr::star(3)).unwrap(), [2.0, 1.0, 1.0]);
        }
        assert_eq!([Degree::default().name(), Strength::default().name()], ["degree", "strength"]);
    }
}
