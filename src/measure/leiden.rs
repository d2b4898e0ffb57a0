//! Communities whose members are all connected.

use super::climbing::{Starts, climb};
use super::network::Network;
use super::{Communities, Partition, Quality};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// Leiden communities: groups of high quality, each of them connected.
///
/// As in Louvain nodes move and groups become nodes, but each group is first taken apart and put
/// together from well-connected pieces, so that no group can hang together by a node that has
/// left. A directed graph is read as undirected. A group is a dense place in the records, not a
/// gang; how firmly a person belongs is seen by running other seeds.
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
    /// How often to start anew; the best result counts. By default 5 times, and up to 100 times on
    /// graphs of fewer than 50,000 edges, where that costs little and often finds better groups.
    pub starts: Option<usize>,
    /// How often, at most, to begin again from the groups found; less if nothing changes. 10 by
    /// default.
    pub iterations: usize,
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
            iterations: 10,
            randomness: 0.01,
        }
    }
}

impl Communities for Leiden {
    fn name(&self) -> &'static str {
        "leiden"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        self.check()?;
        let starts = Starts { quality: self.quality, seed: self.seed, count: self.starts };
        starts.best(csr, |network, random| {
            let mut labels: Vec<u32> = network.nodes().collect();
            for _ in 0..self.iterations {
                let moved = climb(network, &mut labels, Some(self.randomness), random);
                separate(network, &mut labels);
                if !moved {
                    break;
                }
            }
            labels
        })
    }
}

impl Leiden {
    fn check(&self) -> Result<()> {
        if self.iterations == 0 {
            return Err(Error::usage("`iterations` must be 1 or more"));
        }
        if !(f64::MIN_POSITIVE..=f64::MAX).contains(&self.randomness) {
            return Err(Error::usage(format!(
                "`randomness` must be above 0, got {}",
                self.randomness
            )));
        }
        Ok(())
    }
}

/// Makes each connected piece of a group a group of its own, which never lowers the quality.
///
/// The climb ends when no parts merge. A group that lost a node on that last level, and its
/// connection with it, has not been refined since.
fn separate(network: &Network, labels: &mut [u32]) {
    let mut piece = vec![u32::MAX; labels.len()];
    let mut open = Vec::new();
    for first in network.nodes() {
        if piece[first as usize] != u32::MAX {
            continue;
        }
        piece[first as usize] = first;
        open.push(first);
        while let Some(u) = open.pop() {
            for (v, _) in network.edges_of(u) {
                if piece[v as usize] == u32::MAX && labels[v as usize] == labels[u as usize] {
                    piece[v as usize] = first;
                    open.push(v);
                }
            }
        }
    }
    labels.copy_from_slice(&piece);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;

    /// No graph is known on which a climb ends so; the guarantee does not rest on that.
    #[test]
    fn a_group_in_two_pieces_becomes_two_groups() {
        let network = Network::new(&Csr::path(4), &Quality::default());
        let mut labels = vec![0, 1, 0, 0];
        separate(&network, &mut labels);
        assert_eq!(labels, [0, 1, 2, 2]);
    }
}
