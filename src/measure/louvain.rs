//! Communities by moving nodes and merging groups.

use super::climbing::Climbs;
use super::{Communities, Partition, Quality};
use crate::error::Result;
use crate::graph::Csr;

/// Louvain communities: groups that no move of a node and no merging of groups improves.
///
/// Nodes move to the neighboring group that raises the quality most, then the groups become nodes
/// and do the same. A group may fall apart into pieces that no edge joins; [`Leiden`](super::Leiden)
/// prevents that. A directed graph is read as undirected, but by [`Quality::Directed`]. A group is a dense place in the
/// records, not a gang, and another seed draws other borders.
///
/// - **Shape**: one group per node.
/// - **Unit**: none.
/// - **Cost**: about `O(m log n)` time per start and iteration, `O(n + m)` memory; starts run in
///   parallel.
/// - **Order**: the same to the bit for any number of threads; random choices come from `seed`.
/// - **Edge cases**: an isolated node is a group of its own; no nodes, no groups.
///
/// # Errors
///
/// If `starts` or `iterations` is 0, the resolution is negative or not finite, or a weight is
/// negative.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Communities, Louvain};
///
/// let groups = Louvain::default().partition(&Csr::ring_of_cliques(4, 5))?;
/// assert_eq!(groups.sizes(), [5, 5, 5, 5]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in
/// large networks", J. Stat. Mech. 2008:P10008, with the queue of N. Ozaki, H. Tezuka, M. Inaba,
/// "A simple acceleration method for the Louvain algorithm", Int. J. Comput. Electr. Eng.
/// 8(3):207-218, 2016.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Louvain {
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
}

impl Communities for Louvain {
    fn name(&self) -> &'static str {
        "louvain"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        let climbs = Climbs {
            seed: self.seed,
            starts: self.starts,
            iterations: self.iterations,
            leaves_stay: false,
            randomness: None,
        };
        self.quality.best(csr, climbs)
    }
}
