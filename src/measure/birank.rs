//! Which nodes of either side of a two-mode graph are close to those that matter.

use rayon::prelude::*;

use super::Scores;
use super::blocks::sum;
use super::reading::check_not_negative;
use super::settling::check_damping;
use super::two_sides::check_sides;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::Csr;

/// BiRank: the ranks of both sides of a two-mode graph, each from the other and from a prior.
///
/// A node of one side ranks high that is tied to high nodes of the other, damped by the degrees of both ends. It is a
/// view of who is near to what the prior marks, not a probability.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: that of the priors. With damping below 1 the ranks are the one solution of the equations.
/// - **Cost**: `O(n + m)` time a round; at the default damping about 100 rounds. `O(n + m)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a node without edges keeps its undamped share of the prior.
///
/// # Examples
///
/// One event, two people, all alike: each side's rank is a fixed point that can be checked by hand.
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::BiRank;
///
/// // Nodes 0 and 1 are people, node 2 is the event.
/// let csr = Csr::unweighted(3, &[(0, 2), (1, 2)], Direction::Undirected);
/// let ranks = BiRank::default().scores(&csr, &[true, true, false], &[0.5, 0.5, 1.0])?;
/// let (u, p) = (ranks[0], ranks[2]);
/// assert!((u - (0.85 * p / 2_f64.sqrt() + 0.15 * 0.5)).abs() < 1e-10);
/// assert!((p - (0.85 * 2.0 * u / 2_f64.sqrt() + 0.15)).abs() < 1e-10);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// X. He, M. Gao, M.-Y. Kan, D. Wang, "BiRank: towards ranking on bipartite graphs", IEEE Trans. Knowledge and
/// Data Engineering 29(1):57-71, 2017: `p = α Sᵀ u + (1 - α) p⁰`, `u = β S p + (1 - β) u⁰` with `S = D_u^-½ W D_p^-½`;
/// `left` marks the nodes of `u`, `α` is `right_damping`, `β` is `left_damping`. The spectral norm of `S` is at most 1, so a round
/// shrinks the distance to the solution by `αβ` or more in the l2 norm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BiRank {
    /// How much of a left node's rank comes from its neighbours, in `[0, 1)`. 0.85 by default.
    pub left_damping: f64,
    /// The same of a right node. 0.85 by default.
    pub right_damping: f64,
    /// The iteration stops when the ranks move by at most this in a round, in the l2 norm. 1e-12 by default.
    pub tolerance: f64,
    /// The most rounds made. 1,000 by default.
    pub rounds: usize,
}

impl Default for BiRank {
    fn default() -> Self {
        Self { left_damping: 0.85, right_damping: 0.85, tolerance: 1e-12, rounds: 1000 }
    }
}

impl BiRank {
    /// The name in tables and errors.
    const NAME: &'static str = "birank";

    /// The rank of each node, where `left` says which side it is on and `prior` what it starts from.
    ///
    /// # Errors
    ///
    /// If a damping is not in `[0, 1)`, the tolerance is negative, a weight is negative, an edge joins two nodes
    /// of one side, or `left` or `prior` are not as long as the graph has nodes; [`ErrorKind::NotConverged`] if
    /// `rounds` do not suffice.
    pub fn scores(&self, csr: &Csr, left: &[bool], prior: &[f64]) -> Result<Scores> {
        self.check(csr, left, prior)?;
        let strength = |u: u32| csr.edges_of(u).map(|(_, weight)| weight).sum::<f64>();
        let root = |total: f64| if total > 0.0 { 1.0 / libm::sqrt(total) } else { 0.0 };
        let damp: Vec<f64> = csr.nodes().map(|u| root(strength(u))).collect();
        let side = |ranks: &[f64], of_left: bool| -> Vec<f64> {
            let damping = if of_left { self.left_damping } else { self.right_damping };
            let rank = |u: u32| {
                let at = u as usize;
                if left[at] != of_left {
                    return ranks[at];
                }
                let near = csr.edges_of(u).map(|(v, w)| w * damp[v as usize] * ranks[v as usize]);
                damping * damp[at] * near.sum::<f64>() + (1.0 - damping) * prior[at]
            };
            csr.nodes().into_par_iter().with_min_len(1 << 10).map(rank).collect()
        };
        let mut ranks = prior.to_vec();
        let mut moved = f64::INFINITY;
        for _ in 0..self.rounds {
            let next = side(&side(&ranks, false), true);
            let squares = sum(next.len(), |at| (next[at] - ranks[at]) * (next[at] - ranks[at]));
            moved = libm::sqrt(squares);
            ranks = next;
            if moved <= self.tolerance {
                return Ok(Scores::new(ranks));
            }
        }
        Err(ErrorKind::NotConverged { measure: Self::NAME, rounds: self.rounds, residual: moved }
            .into())
    }

    fn check(&self, csr: &Csr, left: &[bool], prior: &[f64]) -> Result<()> {
        let n = csr.node_count();
        if left.len() != n || prior.len() != n {
            return Err(Error::usage(format!(
                "birank needs a side and a prior for each of {n} nodes"
            )));
        }
        for (name, value) in
            [("left_damping", self.left_damping), ("right_damping", self.right_damping)]
        {
            check_damping(name, value)?;
        }
        if !(self.tolerance >= 0.0 && prior.iter().all(|value| value.is_finite())) {
            return Err(Error::usage("`tolerance` must be 0 or more, and priors finite"));
        }
        check_not_negative(csr, Self::NAME)?;
        check_sides(csr, left, Self::NAME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    /// A left node and two right ones, with ties of 1 and of 3.
    fn one_round(tolerance: f64) -> Result<Scores> {
        let csr = Csr::new(3, &[(0, 1, 1.0), (0, 2, 3.0)], Direction::Undirected);
        let birank = BiRank { left_damping: 0.5, right_damping: 0.8, tolerance, rounds: 1 };
        birank.scores(&csr, &[true, false, false], &[1.0, 0.0, 0.0])
    }

    #[test]
    fn a_round_ranks_the_right_side_and_then_the_left() {
        // Right: .8 × 1 / √(4 × 1) and .8 × 3 / √(4 × 3). Left: .5 × (.4 / 2 + .4 √3 × 3 / √12) + .5.
        let ranks = one_round(1.0).unwrap();
        for (rank, wanted) in ranks.iter().zip([0.9, 0.4, 0.4 * libm::sqrt(3.0)]) {
            assert!((rank - wanted).abs() < 1e-12, "{ranks:?}");
        }
    }

    #[test]
    fn ranks_that_do_not_settle_say_by_how_much_they_move() {
        // By .1, .4 and .4 √3.
        let error = one_round(0.806).unwrap_err();
        let ErrorKind::NotConverged { measure, rounds, residual } = error.kind() else {
            panic!("{error}")
        };
        assert_eq!((*measure, *rounds), ("birank", 1));
        assert!((residual * residual - 0.65).abs() < 1e-12, "{residual}");
    }

    #[test]
    fn what_is_not_as_long_or_not_a_number_is_refused() {
        let said = |birank: BiRank, left: &[bool], prior: &[f64]| {
            birank.scores(&Csr::path(2), left, prior).unwrap_err().to_string()
        };
        let (default, sides) = (BiRank::default(), [true, false]);
        let lengths = "birank needs a side and a prior for each of 2 nodes";
        assert_eq!(said(default, &[true], &[1.0, 1.0]), lengths);
        assert_eq!(said(default, &sides, &[1.0]), lengths);
        let numbers = "`tolerance` must be 0 or more, and priors finite";
        assert_eq!(said(default, &sides, &[1.0, f64::INFINITY]), numbers);
        for tolerance in [-1e-9, f64::NAN] {
            assert_eq!(said(BiRank { tolerance, ..default }, &sides, &[1.0, 1.0]), numbers);
        }
        let left = said(BiRank { left_damping: 1.0, ..default }, &sides, &[1.0, 1.0]);
        assert!(left.contains("`left_damping`"), "{left}");
        let right = said(BiRank { right_damping: -0.1, ..default }, &sides, &[1.0, 1.0]);
        assert!(right.contains("`right_damping`"), "{right}");
    }
}
