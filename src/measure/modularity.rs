//! How good a division into groups is, by two measures of it.

use super::Partition;
use super::reading::{check_not_negative, undirected};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// Quality of a partition: how many more edges lie inside groups than the measure expects.
///
/// Louvain and Leiden look for the partition of highest quality. A directed graph is read as
/// undirected, the weights of opposite edges added. A high quality says that the groups are denser
/// than the rest, not that they are gangs: random graphs have partitions of high modularity too.
///
/// - **Shape**: one number.
/// - **Unit**: modularity is a share of all edges, at most 1; CPM is in the unit of the weights.
/// - **Cost**: `O(n + m)` time, `O(n)` memory; a directed graph is copied.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: without edges modularity is 0. An isolated node in a group of its own adds 0.
///
/// # Errors
///
/// [`value`](Self::value) fails if the resolution is negative or not finite, a weight is negative,
/// or the partition is not one of the graph's nodes.
///
/// # Examples
///
/// Four triangles in a ring, each a group:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Partition, Quality};
///
/// let csr = Csr::ring_of_cliques(4, 3);
/// let triangles = Partition::from_labels(&[0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
/// let modularity = Quality::default().value(&csr, &triangles)?;
/// assert!((modularity - (12.0 / 16.0 - 1.0 / 4.0)).abs() < 1e-15);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. E. J. Newman, "Analysis of weighted networks", Phys. Rev. E 70:056131, 2004; J. Reichardt,
/// S. Bornholdt, "Statistical mechanics of community detection", Phys. Rev. E 74:016110, 2006, for
/// the resolution; V. A. Traag, P. Van Dooren, Y. Nesterov, "Narrow scope for
/// resolution-limit-free community detection", Phys. Rev. E 84:016114, 2011, for CPM. `γ` there is
/// `resolution` here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quality {
    /// Modularity: `Σ_c [e_c / m - γ (K_c / 2m)²]` over groups `c` with inner weight `e_c` and
    /// total strength `K_c`; `m` is the weight of all edges. This is the default, with `γ` 1. It
    /// joins groups of fewer than about `√(2m)` edges (the resolution limit).
    Modularity {
        /// `γ`: above 1 for smaller groups, below 1 for larger ones.
        resolution: f64,
    },
    /// The constant Potts model: `Σ_c [e_c - γ n_c (n_c - 1) / 2]` over groups `c` of `n_c` nodes.
    /// Groups are at least as dense inside as `γ`, whatever the size of the graph.
    Cpm {
        /// `γ`: the weight per pair of nodes that a group must exceed.
        resolution: f64,
    },
}

impl Default for Quality {
    fn default() -> Self {
        Self::Modularity { resolution: 1.0 }
    }
}

impl Quality {
    /// The quality of `partition` on the graph.
    ///
    /// # Errors
    ///
    /// If the resolution is negative or not finite, a weight is negative, or the partition is not
    /// one of the graph's nodes.
    pub fn value(&self, csr: &Csr, partition: &Partition) -> Result<f64> {
        self.check(csr)?;
        let (graph, groups) = (csr.node_count(), partition.groups().len());
        if graph != groups {
            return Err(Error::usage(format!(
                "the partition is of {groups} nodes, the graph has {graph}"
            )));
        }
        Ok(self.value_of(&undirected(csr), partition))
    }

    /// Whether the resolution and the weights are in range.
    pub(super) fn check(&self, csr: &Csr) -> Result<()> {
        let (Self::Modularity { resolution } | Self::Cpm { resolution }) = *self;
        if !(0.0..=f64::MAX).contains(&resolution) {
            return Err(Error::usage(format!(
                "`resolution` must be finite and 0 or more, got {resolution}"
            )));
        }
        check_not_negative(csr, "the quality of a partition")?;
        let total: f64 = csr.nodes().flat_map(|u| csr.edges_of(u)).map(|(_, w)| w).sum();
        if total < 1e150 {
            return Ok(());
        }
        Err(Error::usage("the weights add up to more than 1e150; divide them by a common factor"))
    }

    /// [`value`](Self::value), of an undirected graph.
    pub(super) fn value_of(&self, csr: &Csr, partition: &Partition) -> f64 {
        let groups = partition.groups();
        let mut inside = vec![0.0; partition.group_count()];
        let mut strength = vec![0.0; partition.group_count()];
        for u in csr.nodes() {
            let group = groups[u as usize];
            for (v, weight) in csr.edges_of(u) {
                strength[group as usize] += weight;
                if groups[v as usize] == group {
                    inside[group as usize] += weight / 2.0;
                }
            }
        }
        let ends: f64 = strength.iter().sum();
        let term = |c: usize| match *self {
            Self::Modularity { .. } if ends <= 0.0 => 0.0,
            Self::Modularity { resolution } => {
                2.0 * inside[c] / ends - resolution * (strength[c] / ends).powi(2)
            }
            Self::Cpm { resolution } => {
                let size = partition.sizes()[c] as f64;
                inside[c] - resolution * size * (size - 1.0) / 2.0
            }
        };
        (0..partition.group_count()).map(term).sum()
    }
}
