//! Betweenness from paths that start at some of the nodes.

use super::betweenness_sums::dependencies;
use super::length::Paths;
use super::{Along, Centrality, Length, Scores};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::random::Random;

/// Betweenness from paths that start at some nodes drawn at random.
///
/// The paths from each of them to all others are counted as [`Betweenness`](super::Betweenness) does, and scaled up as if all nodes were like these.
/// On average over seeds the scores are right; of one seed no error is known, which
/// [`ApproximateBetweenness`](super::ApproximateBetweenness) states. With as many sources as nodes they are exact.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: pairs of nodes; with `normalized`, the share of all pairs.
/// - **Cost**: by hops `O(km)` time for `k` sources, eight at a time; `O(n)` memory per block of sources, 16 blocks at once.
/// - **Order**: the same to the bit for a seed, on any number of threads.
/// - **Edge cases**: isolated nodes score 0; a source gives nothing to itself.
///
/// # Errors
///
/// If there are no sources, or an edge has a length outside `[1e-100, 1e100]`.
///
/// # Examples
///
/// From all nodes, which is exact:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, SampledBetweenness};
///
/// let scores = SampledBetweenness::default().scores(&Csr::star(4))?;
/// assert_eq!(scores, [3.0, 0.0, 0.0, 0.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// U. Brandes, C. Pich, "Centrality estimation in large networks", Int. J. Bifurcation and Chaos 17(7):2303-2318, 2007, with
/// pivots drawn at random (section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampledBetweenness {
    /// From how many nodes paths start; from all where there are fewer. 64 by default.
    pub sources: usize,
    /// What the random choices come from. 0 by default.
    pub seed: u64,
    /// What the length of a path is. Hops by default.
    pub length: Length,
    /// Divide by the number of pairs of other nodes. Off by default.
    pub normalized: bool,
}

impl Default for SampledBetweenness {
    fn default() -> Self {
        Self { sources: 64, seed: 0, length: Length::default(), normalized: false }
    }
}

impl Centrality for SampledBetweenness {
    fn name(&self) -> &'static str {
        "betweenness"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        if self.sources == 0 {
            return Err(Error::usage("`sources` must be 1 or more"));
        }
        let paths = Paths::new(csr, self.length, Along::Outgoing)?;
        let mut sources: Vec<u32> = csr.nodes().collect();
        if self.sources < sources.len() {
            Random::new(self.seed, 0).shuffle(&mut sources);
            sources.truncate(self.sources);
            sources.sort_unstable();
        }
        let exact = super::Betweenness { length: self.length, normalized: self.normalized };
        let share = sources.len().max(1) as f64 / csr.node_count().max(1) as f64;
        let scale = exact.scale(csr) * share;
        let sums = dependencies(&paths, &sources, None);
        Ok(Scores::new(sums.into_iter().map(|sum| sum / scale).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Betweenness;

    #[test]
    fn scores_from_some_nodes_are_scaled_up_as_if_all_were_like_them() {
        // From each node of a cycle the others lie alike, so that any three of six give half of the whole.
        let cycle = Csr::cycle(6);
        let total = |scores: Scores| scores.iter().sum::<f64>();
        let exact = total(Betweenness::default().scores(&cycle).unwrap());
        for seed in 0..5 {
            let some = SampledBetweenness { sources: 3, seed, ..SampledBetweenness::default() };
            let found = total(some.scores(&cycle).unwrap());
            assert!((found - exact).abs() < 1e-9, "{seed}: {found}, not {exact}");
        }
    }
}
