//! How well a current gets from a node to the others.

use rayon::prelude::*;

use super::electrical::{Circuit, Solver};
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Current-flow closeness, or information centrality: closeness when all ways between two nodes count, not the shortest alone.
///
/// Edges conduct by their weight. The distance of two nodes is the resistance between them: two ways are better than one, and a long way
/// beside a short one still helps. The score is one over the mean resistance to the nodes of the component, times the share of the others that it
/// holds, as in [`Closeness`](super::Closeness); in a tree without weights the two are the same. A directed graph is read as undirected: weights of opposite edges add up, and
/// without weights they are one edge.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: one over a resistance; without weights the conductance of one edge is 1.
/// - **Cost**: `O(n f)` time and `O(f)` memory, where `f` is between `n` (a tree) and `n²/2` (dense): what is left of the graph when its nodes are
///   eliminated one by one, which itself takes up to `O(n³)`.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: an isolated node scores 0. Edges of weight 0 are none.
///
/// # Errors
///
/// If a weight is negative, or above 0 and outside `[1e-100, 1e100]`; [`ErrorKind::Limit`] if a component has more nodes than `limit`.
///
/// # Examples
///
/// In a triangle one edge beside two in a row has a resistance of 2/3:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, CurrentFlowCloseness};
///
/// let scores = CurrentFlowCloseness::default().scores(&Csr::complete(3))?;
/// assert!(scores.iter().all(|score| (score - 1.5).abs() < 1e-12));
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// U. Brandes, D. Fleischer, "Centrality measures based on current flow", STACS 2005, LNCS 3404:533-544, section 3.2, where it is shown to be the
/// information centrality of K. Stephenson, M. Zelen, "Rethinking centrality: methods and examples", Social Networks 11(1):1-37, 1989 (which has `n`
/// where this has `n - 1`). networkx leaves the factor `n - 1` out.
///
/// [`ErrorKind::Limit`]: crate::error::ErrorKind::Limit
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrentFlowCloseness {
    /// The most nodes that a component may have. 5,000 by default.
    pub limit: usize,
}

impl Default for CurrentFlowCloseness {
    fn default() -> Self {
        Self { limit: 5000 }
    }
}

impl Centrality for CurrentFlowCloseness {
    fn name(&self) -> &'static str {
        "current_flow_closeness"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let mut scores = vec![0.0; csr.node_count()];
        let all_others = csr.node_count().saturating_sub(1).max(1) as f64;
        for circuit in Circuit::all(csr, self.name(), self.limit)? {
            let others = circuit.nodes.len() as f64 - 1.0;
            for (&u, sum) in circuit.nodes.iter().zip(resistances(&circuit)) {
                scores[u as usize] = others / sum * (others / all_others);
            }
        }
        Ok(Scores::new(scores))
    }
}

/// By node, the sum of the resistances to all others: with `G(u, v)` the potential at `v` of a current in at `u`, the sum over `v` of
/// `G(u, u) + G(v, v) - 2 G(u, v)`.
fn resistances(circuit: &Circuit) -> Vec<f64> {
    let (count, solver) = (circuit.nodes.len(), Solver::new(circuit));
    let row = |u: usize| {
        let mut current = vec![0.0; count];
        current[u] = 1.0;
        let potential = solver.potentials(current);
        (potential[u], potential.iter().sum::<f64>())
    };
    let rows: Vec<(f64, f64)> = (0..count).into_par_iter().map(row).collect();
    let trace: f64 = rows.iter().map(|row| row.0).sum();
    rows.into_iter().map(|(own, all)| count as f64 * own + trace - 2.0 * all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn resistances_to_all_others_are_summed() {
        let sums = |csr: &Csr| resistances(&Circuit::all(csr, "test", 10).unwrap()[0]);
        let near = |found: Vec<f64>, wanted: &[f64]| {
            let off = found.iter().zip(wanted).map(|(one, other)| (one - other).abs());
            assert!(off.fold(0.0, f64::max) < 1e-12 && found.len() == wanted.len(), "{found:?}");
        };
        near(sums(&Csr::path(3)), &[3.0, 2.0, 3.0]);
        near(sums(&Csr::cycle(4)), &[2.5; 4]);
        // A wire that conducts twice as well has half the resistance.
        let weighted = Csr::new(3, &[(0, 1, 2.0), (1, 2, 1.0)], Direction::Undirected);
        near(sums(&weighted), &[2.0, 1.5, 2.5]);
    }

    #[test]
    fn who_reaches_few_scores_less() {
        let csr = Csr::unweighted(5, &[(0, 1), (1, 2)], Direction::Undirected);
        let measure = CurrentFlowCloseness::default();
        let scores = measure.scores(&csr).unwrap();
        for (score, wanted) in scores.iter().zip([1.0 / 3.0, 0.5, 1.0 / 3.0, 0.0, 0.0]) {
            assert!((score - wanted).abs() < 1e-12, "{scores:?}");
        }
        assert_eq!(measure.name(), "current_flow_closeness");
    }
}
