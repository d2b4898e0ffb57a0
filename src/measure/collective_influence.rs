//! How many ties are reached from the rim of the ball around a node.

use rayon::prelude::*;

use super::reading::undirected;
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Collective influence: the ties of a node, times those of all who are exactly `radius` steps away.
///
/// High is a node of many ties near others of many ties: in large sparse networks those whose removal, one after another,
/// takes the network apart. It is the score of one moment; taking many away at once by it is not the method of its
/// authors, who count again after each. Where ties are what a file lists, it follows the longest lists.
///
/// - **Shape**: one score per node, in node order. `(k(i) - 1) Σ_j (k(j) - 1)` with `k` the degree and `j` at distance
///   `radius`; a directed graph is read as undirected, weights do not count.
/// - **Unit**: ties, squared.
/// - **Cost**: the edges within `radius - 1` steps of each node: at radius 2 the sum of the squares of all degrees. `O(n)`
///   memory a thread.
/// - **Order**: whole numbers, the same for any number of threads.
/// - **Edge cases**: nodes of one tie or none score 0, so do those with nobody that far away. At radius 0 the score is
///   `(k - 1)²`.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// In a path of five the middle sees two ends at distance 2, whose ties all lead back:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, CollectiveInfluence};
///
/// let one = CollectiveInfluence { radius: 1 };
/// assert_eq!(one.scores(&Csr::path(5))?, [0.0, 1.0, 2.0, 1.0, 0.0]);
/// let two = CollectiveInfluence { radius: 2 };
/// assert_eq!(two.scores(&Csr::path(5))?, [0.0, 1.0, 0.0, 1.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// F. Morone, H. A. Makse, "Influence maximization in complex networks through optimal percolation", Nature 524:65-68,
/// 2015, equation 4: `ℓ` there is `radius` here, `∂Ball(i, ℓ)` the nodes at that distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CollectiveInfluence {
    /// How many steps away the others are. 2 by default.
    pub radius: u32,
}

impl Default for CollectiveInfluence {
    fn default() -> Self {
        Self { radius: 2 }
    }
}

impl Centrality for CollectiveInfluence {
    fn name(&self) -> &'static str {
        "collective influence"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let csr = undirected(csr);
        let onward: Vec<u64> =
            csr.nodes().map(|u| (csr.neighbors(u).len() as u64).saturating_sub(1)).collect();
        let score = |ball: &mut Ball, u: u32| match onward[u as usize] {
            0 => 0.0,
            ties => {
                let rim = ball.rim(&csr, u, self.radius).iter().map(|&v| onward[v as usize]);
                ties as f64 * rim.sum::<u64>() as f64
            }
        };
        let start = || Ball::new(csr.node_count());
        let scores = csr.nodes().into_par_iter().with_min_len(64).map_init(start, score);
        Ok(Scores::new(scores.collect()))
    }
}

/// A search in breadth that knows when to stop.
struct Ball {
    /// Bits, because all of them then stay near the processor.
    seen: Vec<u64>,
    /// The nodes seen, nearest first, and room for one more.
    reached: Vec<u32>,
}

impl Ball {
    fn new(n: usize) -> Self {
        Self { seen: vec![0; n.div_ceil(64)], reached: vec![0; n + 1] }
    }

    /// The nodes at a distance of exactly `radius`.
    fn rim(&mut self, csr: &Csr, u: u32, radius: u32) -> &[u32] {
        let (mut first, mut end) = (0, self.reach(u, 0));
        for _ in 0..radius {
            let level = first..end;
            first = end;
            for at in level {
                for &v in csr.neighbors(self.reached[at]) {
                    end = self.reach(v, end);
                }
            }
        }
        for &v in &self.reached[..end] {
            self.seen[v as usize / 64] = 0;
        }
        &self.reached[first..end]
    }

    /// Puts a node at `end` if it is new there, and says where the nodes end then.
    fn reach(&mut self, v: u32, end: usize) -> usize {
        let (word, bit) = (&mut self.seen[v as usize / 64], v % 64);
        let is_new = usize::from(*word >> bit & 1 == 0);
        *word |= 1 << bit;
        self.reached[end] = v;
        end + is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_onward_are_multiplied_by_those_at_the_rim() {
        let scores =
            |radius| CollectiveInfluence { radius }.scores(&Csr::path(7)).unwrap().to_vec();
        assert_eq!(scores(0), [0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
        assert_eq!(scores(1), [0.0, 1.0, 2.0, 2.0, 2.0, 1.0, 0.0]);
        assert_eq!(scores(2), [0.0, 1.0, 1.0, 2.0, 1.0, 1.0, 0.0]);
        assert_eq!(CollectiveInfluence::default().name(), "collective influence");
    }

    #[test]
    fn a_rim_holds_each_node_once_and_only_at_its_distance() {
        let ring = Csr::cycle(200);
        let mut ball = Ball::new(200);
        for (u, radius, wanted) in
            [(0, 0, vec![0]), (64, 3, vec![61, 67]), (199, 100, vec![99]), (0, 101, vec![])]
        {
            let mut rim = ball.rim(&ring, u, radius).to_vec();
            rim.sort_unstable();
            assert_eq!(rim, wanted, "{radius} from {u}");
        }
    }
}
