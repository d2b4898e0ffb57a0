//! Communities whose members are all connected.

use super::climbing::Climbs;
use super::{Communities, Partition, Quality};
use crate::error::Result;
use crate::graph::Csr;

/// Leiden communities: groups of high quality, each of them connected.
///
/// As in Louvain nodes move and groups become nodes, but each group is first taken apart and put
/// together from well-connected pieces, so that no group can hang together by a node that has
/// left. A directed graph is read as undirected, but by [`Quality::Directed`]. A group is a dense place in the
/// records, not a gang; how firmly a person belongs is seen by running other seeds.
///
/// - **Shape**: one group per node; every group is connected.
/// - **Unit**: none.
/// - **Cost**: about `O(m log n)` time per start and iteration, `O(n + m)` memory; starts run in
///   parallel.
/// - **Order**: the same to the bit for any number of threads; random choices come from `seed`.
/// - **Edge cases**: an isolated node is a group of its own; no nodes, no groups.
///
/// # Errors
///
/// If `starts` or `iterations` is 0, `randomness` is not above 0, the resolution is negative or not
/// finite, or a weight is negative.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Communities, Leiden};
///
/// let groups = Leiden::default().partition(&Csr::ring_of_cliques(4, 5))?;
/// assert_eq!(groups.sizes(), [5, 5, 5, 5]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected
/// communities", Scientific Reports 9:5233, 2019, algorithm A.2. `θ` there is `randomness` here,
/// `γ` is the resolution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leiden {
    /// What is to be high. Modularity of resolution 1 by default.
    pub quality: Quality,
    /// The seed of all random choices. 0 by default.
    pub seed: u64,
    /// How often to start anew; the best result counts. By default 5 times, up to 100 times on
    /// graphs of fewer than 50,000 edges, where that costs little and often finds better groups, and once on graphs of 500,000
    /// edges and more.
    pub starts: Option<usize>,
    /// How often, at most, to begin again from the groups found; less if nothing changes. By default 10 times, and
    /// twice on graphs of 500,000 edges and more.
    pub iterations: Option<usize>,
    /// How readily the refinement takes a lesser gain, in mean edge weights; above 0. 0.01 by
    /// default.
    pub randomness: f64,
}

impl Default for Leiden {
    fn default() -> Self {
        Self {
            quality: Quality::default(),
            seed: 0,
            starts: None,
            iterations: None,
            randomness: 0.01,
        }
    }
}

impl Communities for Leiden {
    fn name(&self) -> &'static str {
        "leiden"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        let climbs = Climbs {
            seed: self.seed,
            starts: self.starts,
            iterations: self.iterations,
            leaves_stay: false,
            randomness: Some(self.randomness),
        };
        self.quality.best(csr, climbs)
    }
}
