//! Through whom a current between others goes.

use rayon::prelude::*;

use super::electrical::{Circuit, Solver};
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Current-flow betweenness, or random-walk betweenness: betweenness when all ways between two nodes count, not the shortest alone.
///
/// A current of 1 goes in at one node and out at another; edges conduct by their weight. The score of a node is the current through it, summed over
/// all pairs of other nodes. Who lies on a way that is a little longer than the shortest counts too. In a tree it is [`Betweenness`](super::Betweenness).
/// A directed graph is read as undirected: weights of opposite edges add up, and
/// without weights they are one edge.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: pairs of nodes; with `normalized`, the share of all pairs of others, in `[0, 1]`.
/// - **Cost**: `O(m (f + n log n))` time, where `f` is between `n` (a tree) and `n²/2` (dense), as in
///   [`CurrentFlowCloseness`](super::CurrentFlowCloseness); `O(f)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: an isolated node scores 0, and pairs that no path joins give nothing. Edges of weight 0 are none.
///
/// # Errors
///
/// If a weight is negative, or above 0 and outside `[1e-100, 1e100]`; [`ErrorKind::Limit`] if a component has more nodes than `limit`.
///
/// # Examples
///
/// In a triangle a third of the current between two takes the way through the third:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, CurrentFlowBetweenness};
///
/// let scores = CurrentFlowBetweenness::default().scores(&Csr::complete(3))?;
/// assert!(scores.iter().all(|score| (score - 1.0 / 3.0).abs() < 1e-12));
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. E. J. Newman, "A measure of betweenness centrality based on random walks", Social Networks 27(1):39-54, 2005, which also counts the pairs that a node is
/// an end of; without those, U. Brandes, D. Fleischer, "Centrality measures based on current flow", STACS 2005, LNCS 3404:533-544, definition 2: the
/// throughput `τ` is half of the current along a node's edges, less what it feeds in itself.
///
/// [`ErrorKind::Limit`]: crate::error::ErrorKind::Limit
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentFlowBetweenness {
    /// Divide by the number of pairs of other nodes. Off by default.
    pub normalized: bool,
    /// The most nodes that a component may have. 5,000 by default.
    pub limit: usize,
}

impl Default for CurrentFlowBetweenness {
    fn default() -> Self {
        Self { normalized: false, limit: 5000 }
    }
}

impl Centrality for CurrentFlowBetweenness {
    fn name(&self) -> &'static str {
        "current_flow_betweenness"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let mut scores = vec![0.0; csr.node_count()];
        let others = csr.node_count().saturating_sub(1) as f64;
        let pairs = if self.normalized { (others * (others - 1.0) / 2.0).max(1.0) } else { 1.0 };
        for circuit in Circuit::all(csr, self.name(), self.limit)? {
            let ends = circuit.nodes.len() as f64 - 1.0;
            for (&u, along) in circuit.nodes.iter().zip(along_edges(&circuit)) {
                scores[u as usize] = ((along - ends) / 2.0).max(0.0) / pairs;
            }
        }
        Ok(Scores::new(scores))
    }
}

/// By node, the current along all of its edges, summed over all pairs of nodes.
fn along_edges(circuit: &Circuit) -> Vec<f64> {
    let (count, solver) = (circuit.nodes.len(), Solver::new(circuit));
    let along = |&(u, v, conducts): &(usize, usize, f64)| {
        let mut current = vec![0.0; count];
        (current[u], current[v]) = (1.0, -1.0);
        conducts * differences(solver.potentials(current))
    };
    let currents: Vec<f64> = circuit.wires.par_iter().map(along).collect();
    let mut sums = vec![0.0; count];
    for (&(u, v, _), current) in circuit.wires.iter().zip(currents) {
        sums[u] += current;
        sums[v] += current;
    }
    sums
}

/// The sum of the differences of all pairs. By reciprocity the current along an edge between a source and a sink is the difference of the
/// potentials there when the edge's own ends are source and sink.
fn differences(mut potential: Vec<f64>) -> f64 {
    potential.sort_unstable_by(f64::total_cmp);
    let least = potential[0];
    let last = potential.len() as f64 - 1.0;
    // The k-th is above k others and below the rest.
    let term = |(k, value): (usize, &f64)| (2.0 * k as f64 - last) * (value - least);
    potential.iter().enumerate().map(term).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: &[f64], wanted: &[f64]) {
        let off = found.iter().zip(wanted).map(|(one, other)| (one - other).abs());
        assert!(off.fold(0.0, f64::max) < 1e-12 && found.len() == wanted.len(), "{found:?}");
    }

    #[test]
    fn all_current_goes_along_a_path_and_half_around_a_square() {
        let scores = |csr: &Csr, normalized| {
            let measure = CurrentFlowBetweenness { normalized, ..Default::default() };
            measure.scores(csr).unwrap().to_vec()
        };
        near(&scores(&Csr::path(4), false), &[0.0, 2.0, 2.0, 0.0]);
        near(&scores(&Csr::path(4), true), &[0.0, 2.0 / 3.0, 2.0 / 3.0, 0.0]);
        // Half of what goes between its two neighbors, and a fourth between either and the node across.
        near(&scores(&Csr::cycle(4), false), &[1.0; 4]);
        near(&scores(&Csr::path(2), true), &[0.0, 0.0]);
        near(&scores(&Csr::path(0), true), &[]);
    }

    #[test]
    fn differences_are_those_of_all_pairs() {
        near(&[differences(vec![3.0, 0.0, 1.0])], &[6.0]);
        near(&[differences(vec![-1.0, 4.0, -2.0, 1.0])], &[5.0 + 1.0 + 2.0 + 6.0 + 3.0 + 3.0]);
        near(&[differences(vec![7.0])], &[0.0]);
    }

    #[test]
    fn too_large_a_component_is_named() {
        let measure = CurrentFlowBetweenness { limit: 3, ..Default::default() };
        assert!(measure.scores(&Csr::path(3)).is_ok());
        assert_eq!(measure.name(), "current_flow_betweenness");
        let said = measure.scores(&Csr::path(4)).unwrap_err().to_string();
        assert!(
            said.starts_with("current_flow_betweenness of a component of 4 nodes, above 3"),
            "{said}"
        );
    }
}
