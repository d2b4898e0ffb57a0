//! How near a node is to the others, when some cannot be reached.

use super::distance_sums::distance_sums;
use super::length::Paths;
use super::{Along, Centrality, Length, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Harmonic centrality: the sum of one over the distance to each other node.
///
/// A node that no path joins lies infinitely far and adds 0, so scores of nodes in different
/// components can be compared. Like closeness it tells about the records: whoever is named beside
/// a much-named person is near to all.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: one over the length of a path, summed; with `normalized` the mean over the `n - 1`
///   others, by hops in `[0, 1]`.
/// - **Cost**: by hops `O(nm)` bit operations, 256 sources at a time; by weight
///   `O(n (m + n log n))`. `O(n)` memory per block of sources, 16 blocks at once.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a node that no path joins to another scores 0.
///
/// # Errors
///
/// If an edge has a length outside `[1e-100, 1e100]`; so, with weights, if one is 0 or less.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, Harmonic};
///
/// let scores = Harmonic::default().scores(&Csr::path(3))?;
/// assert_eq!(scores, [1.5, 2.0, 1.5]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// P. Boldi, S. Vigna, "Axioms for centrality", Internet Mathematics 10(3-4):222-262, 2014,
/// section 3.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Harmonic {
    /// What the length of a path is. Hops by default.
    pub length: Length,
    /// Which way paths run in a directed graph. Incoming by default.
    pub along: Along,
    /// Divide by the number of other nodes. Off by default.
    pub normalized: bool,
}

impl Centrality for Harmonic {
    fn name(&self) -> &'static str {
        "harmonic"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let paths = Paths::new(csr, self.length, self.along)?;
        let others = csr.node_count().saturating_sub(1).max(1) as f64;
        let scale = if self.normalized { others } else { 1.0 };
        let sums = distance_sums(&paths, |distance| 1.0 / distance);
        let scores = sums.into_iter().map(|(_, sum)| sum / scale);
        Ok(Scores::new(scores.collect()))
    }
}
