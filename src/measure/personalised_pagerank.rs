//! Where a walk that keeps coming back to some nodes spends its time.

use super::blocks::sum;
use super::pull::pull;
use super::reading::strengths;
use super::settling::{check_damping, check_tolerance, reachable};
use super::{Along, Centrality, Scores, Weights};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::Csr;

/// Personalised PageRank: the share of time that a random walk spends at each node, if it starts again and again at given ones.
///
/// With chance `damping` the walk follows an outgoing edge, chosen by weight; else, and where there is none, it starts again at a node drawn
/// by `restart`. It tells who is near to the given nodes by many ways; who is near need not have to do with them.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: a share; the scores sum to 1.
/// - **Cost**: `O(n + m)` time a round, 170 rounds at the defaults; `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: nodes that no walk from a given one reaches score 0. A node whose outgoing edges all weigh 0 has none. No nodes, no scores.
///
/// # Errors
///
/// If `damping` is not in `[0, 1)`, `tolerance` or a weight is negative, the weights of a node add up to more than a float holds, or
/// `restart` is not one number of 0 or more a node, some above 0; [`ErrorKind::NotConverged`] if `rounds` do not suffice.
///
/// # Examples
///
/// A walk between two nodes that starts at the first is there every other step: `1 / (1 + d)` of the time.
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, PersonalisedPageRank};
///
/// let near = PersonalisedPageRank { damping: 0.5, ..PersonalisedPageRank::from(3, &[0]) };
/// let edge = kluwen::graph::Csr::unweighted(3, &[(0, 1)], kluwen::graph::Direction::Undirected);
/// let scores = near.scores(&edge)?;
/// assert!((scores[0] - 1.0 / 1.5).abs() < 1e-12 && scores[2] == 0.0);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank citation ranking: bringing order to the web", Stanford University 1999, section 6:
/// `E` there is `restart` here. The bound that `tolerance` is compared with is that of [`PageRank`](super::PageRank).
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalisedPageRank {
    /// By node, how often the walk starts there; only the proportions count.
    pub restart: Vec<f64>,
    /// The chance that the walk goes on, in `[0, 1)`. 0.85 by default.
    pub damping: f64,
    /// The iteration stops when the sum of the errors of all scores is at most this. 1e-12 by default; below what rounding allows, that is taken.
    pub tolerance: f64,
    /// The most rounds made. 10,000 by default.
    pub rounds: usize,
    /// Whether weights count. They do by default.
    pub weights: Weights,
}

impl PersonalisedPageRank {
    /// A walk on a graph of `node_count` nodes that starts at these nodes, at each as often.
    ///
    /// # Panics
    ///
    /// If a node is not below `node_count`.
    #[must_use]
    pub fn from(node_count: usize, nodes: &[u32]) -> Self {
        let mut restart = vec![0.0; node_count];
        for &node in nodes {
            restart[node as usize] = 1.0;
        }
        let (damping, tolerance, rounds) = (0.85, 1e-12, 10_000);
        Self { restart, damping, tolerance, rounds, weights: Weights::default() }
    }

    /// The chance of each node that the walk starts there.
    fn home(&self, csr: &Csr) -> Result<Vec<f64>> {
        check_tolerance(self.tolerance)?;
        check_damping("damping", self.damping)?;
        let total: f64 = self.restart.iter().sum();
        let are_shares = self.restart.iter().all(|&share| share >= 0.0);
        if self.restart.len() != csr.node_count()
            || !are_shares
            || !(total > 0.0 && total.is_finite())
        {
            return Err(Error::usage(
                "`restart` must be one number of 0 or more a node, and some above 0",
            ));
        }
        Ok(self.restart.iter().map(|share| share / total).collect())
    }

    /// By node, one over the weight of its outgoing edges; 0 where there is none.
    fn shares(&self, csr: &Csr) -> Result<Vec<f64>> {
        let share = |total| if total >= f64::MIN_POSITIVE { 1.0 / total } else { 0.0 };
        Ok(strengths(csr, Along::Outgoing, self.name())?.into_iter().map(share).collect())
    }
}

impl Centrality for PersonalisedPageRank {
    fn name(&self) -> &'static str {
        "personalised_pagerank"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        if self.weights == Weights::Ignored && csr.is_weighted() {
            return self.scores(&csr.clone().without_weights());
        }
        if csr.node_count() == 0 && self.restart.is_empty() {
            return Ok(Scores::new(Vec::new()));
        }
        let (home, share) = (self.home(csr)?, self.shares(csr)?);
        let (n, stays) = (csr.node_count(), 1.0 - self.damping);
        let reachable = reachable(self.tolerance, self.damping);
        let mut ranks = home.clone();
        let mut bound = f64::INFINITY;
        for _ in 0..self.rounds {
            let stuck = sum(n, |u| if share[u] > 0.0 { 0.0 } else { ranks[u] });
            let parts: Vec<f64> =
                ranks.iter().zip(&share).map(|(rank, share)| rank * share).collect();
            let again = self.damping * stuck + stays;
            let mut next = pull(csr, Along::Incoming, &parts);
            next.iter_mut().zip(&home).for_each(|(x, home)| *x = self.damping * *x + again * home);
            bound = sum(n, |v| (next[v] - ranks[v]).abs()) * self.damping / stays;
            ranks = next;
            if bound <= reachable {
                return Ok(Scores::new(ranks));
            }
        }
        Err(ErrorKind::NotConverged { measure: self.name(), rounds: self.rounds, residual: bound }
            .into())
    }
}
