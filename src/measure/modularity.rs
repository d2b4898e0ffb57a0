//! How good a division into groups is, by three measures of it.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Partition;
use super::climbing::Climbs;
use super::network::{Network, row_weight};
use super::objective::{Ends, Even, Mass as _, Sided};
use super::reading::{check_not_negative, ends_weight, undirected};
use crate::error::{Error, Result};
use crate::graph::{Csr, Direction, Edge};

/// Quality of a partition: how many more edges lie inside groups than the measure expects.
///
/// Louvain and Leiden look for the partition of highest quality. But by [`Directed`](Self::Directed), a directed graph is read as
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
/// `resolution` here. E. A. Leicht, M. E. J. Newman, "Community structure in directed networks", Phys. Rev. Lett. 100:118703,
/// 2008; M. J. Barber, "Modularity and community detection in bipartite networks", Phys. Rev. E 76:066102, 2007.
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
    /// Directed modularity: `Σ_c [e_c / m - γ F_c T_c / m²]` over groups `c` with inner weight `e_c`, whose nodes edges of weight `F_c`
    /// leave and edges of weight `T_c` come to. Of an undirected graph it is modularity.
    ///
    /// Of a two-mode graph whose edges all lead from one side to the other ([`Csr::oriented`]) it is Barber's bipartite modularity: chance then ties nobody
    /// to their own side.
    Directed {
        /// `γ`: above 1 for smaller groups, below 1 for larger ones.
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
        Ok(self.value_of(csr, &self.read(csr), partition))
    }

    /// Whether the resolution and the weights are in range.
    pub(super) fn check(&self, csr: &Csr) -> Result<()> {
        let (Self::Modularity { resolution }
        | Self::Cpm { resolution }
        | Self::Directed { resolution }) = *self;
        if !(0.0..=f64::MAX).contains(&resolution) {
            return Err(Error::usage(format!(
                "`resolution` must be finite and 0 or more, got {resolution}"
            )));
        }
        check_not_negative(csr, "the quality of a partition")?;
        if ends_weight(csr) < 1e150 {
            return Ok(());
        }
        Err(Error::usage("the weights add up to more than 1e150; divide them by a common factor"))
    }

    /// The best partition that `climbs` come to.
    pub(super) fn best(&self, csr: &Csr, climbs: Climbs) -> Result<Partition> {
        climbs.check()?;
        self.check(csr)?;
        let climbs = Climbs { leaves_stay: self.leaves_stay(), ..climbs };
        let both = self.read(csr);
        let value = |partition: &Partition| self.value_of(csr, &both, partition);
        let strengths: Vec<f64> =
            (0..both.node_count()).into_par_iter().map(|u| row_weight(&both, u)).collect();
        let per_end = |resolution: f64| share(resolution, strengths.iter().sum());
        Ok(match *self {
            Self::Modularity { resolution } => {
                let objective = Even { density: per_end(resolution) };
                climbs.best(&Network::new(&both, 1.0, strengths, objective), value)
            }
            Self::Cpm { resolution } => {
                let mass = vec![1.0; both.node_count()];
                let objective = Even { density: resolution };
                climbs.best(&Network::new(&both, 1.0, mass, objective), value)
            }
            Self::Directed { resolution } => {
                let ends = csr.nodes().map(|u| ends(csr, u)).collect::<Vec<Ends>>();
                let all = ends.iter().map(|ends| ends.from).sum();
                let objective = Sided { density: share(resolution, all) };
                // An edge of an undirected graph is two arcs.
                let scale = if csr.is_directed() { 1.0 } else { 2.0 };
                climbs.best(&Network::new(&both, scale, ends, objective), value)
            }
        })
    }

    /// Whether a node of one edge is nowhere better off than with its neighbor: an edge of weight `w` gains `w (1 - γ K_c / 2m)` there.
    fn leaves_stay(&self) -> bool {
        match *self {
            Self::Modularity { resolution } | Self::Directed { resolution } => resolution <= 1.0,
            Self::Cpm { .. } => false,
        }
    }

    /// The graph with each edge running both ways.
    fn read<'a>(&self, csr: &'a Csr) -> Cow<'a, Csr> {
        match self {
            // There and back are two edges, also where edges have no weights.
            Self::Directed { .. } if csr.is_directed() => {
                let edges = csr.nodes().flat_map(|u| csr.edges_of(u).map(move |(v, w)| (u, v, w)));
                let edges: Vec<Edge> = edges.collect();
                Cow::Owned(Csr::new(csr.node_count(), &edges, Direction::Undirected))
            }
            _ => undirected(csr),
        }
    }

    /// [`value`](Self::value), of a graph and of what it is when read as undirected.
    fn value_of(&self, csr: &Csr, both: &Csr, partition: &Partition) -> f64 {
        let count = partition.group_count();
        let mut inside = vec![0.0; count];
        let mut strength = vec![0.0; count];
        for (u, &group) in both.nodes().zip(partition.groups()) {
            for (v, weight) in both.edges_of(u) {
                strength[group as usize] += weight;
                if partition.groups()[v as usize] == group {
                    inside[group as usize] += weight / 2.0;
                }
            }
        }
        let all: f64 = strength.iter().sum();
        match *self {
            Self::Modularity { .. } | Self::Directed { .. } if all <= 0.0 => 0.0,
            Self::Modularity { resolution } => {
                let square = |share: f64| share * share;
                let term =
                    |c: usize| 2.0 * inside[c] / all - resolution * square(strength[c] / all);
                (0..count).map(term).sum()
            }
            Self::Cpm { resolution } => {
                let pairs = |size: usize| size as f64 * (size as f64 - 1.0) / 2.0;
                let term = |c: usize| inside[c] - resolution * pairs(partition.sizes()[c]);
                (0..count).map(term).sum()
            }
            Self::Directed { resolution } => {
                let mut sides = vec![Ends::default(); count];
                for (u, &group) in csr.nodes().zip(partition.groups()) {
                    sides[group as usize] = sides[group as usize].and(ends(csr, u));
                }
                let arcs: f64 = sides.iter().map(|ends| ends.from).sum();
                let term = |c: usize| {
                    let Ends { from, to } = sides[c];
                    2.0 * inside[c] / all - resolution * (from / arcs) * (to / arcs)
                };
                (0..count).map(term).sum()
            }
        }
    }
}

fn strength(edges: impl Iterator<Item = (u32, f64)>) -> f64 {
    edges.map(|(_, weight)| weight).sum()
}

/// The weight that leaves a node, and the weight that comes to it.
fn ends(csr: &Csr, u: u32) -> Ends {
    Ends { from: strength(csr.edges_of(u)), to: strength(csr.in_edges_of(u)) }
}

/// Nothing of nothing is nothing.
fn share(resolution: f64, all: f64) -> f64 {
    if all > 0.0 { resolution / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two triangles with an edge between them.
    fn triangles(direction: Direction) -> Csr {
        let pairs = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)];
        Csr::unweighted(6, &pairs, direction)
    }

    fn by(quality: Quality, csr: &Csr, groups: &[u32]) -> f64 {
        quality.value(csr, &Partition::from_labels(groups)).unwrap()
    }

    #[test]
    fn a_quality_is_what_lies_inside_groups_less_what_is_expected() {
        let (apart, whole, alone) = ([0, 0, 0, 1, 1, 1], [0; 6], [0, 1, 2, 3, 4, 5]);
        let csr = triangles(Direction::Undirected);
        for (resolution, groups, want) in [
            // Six edges of seven inside, and half of all ends in each.
            (1.0, apart, 6.0 / 7.0 - 0.5),
            (2.0, apart, 6.0 / 7.0 - 1.0),
            (0.0, apart, 6.0 / 7.0),
            (1.0, whole, 0.0),
            // Four have two ends of fourteen, two have three.
            (1.0, alone, -34.0 / 196.0),
        ] {
            for quality in [Quality::Modularity { resolution }, Quality::Directed { resolution }] {
                let got = by(quality, &csr, &groups);
                assert!((got - want).abs() < 1e-12, "{quality:?} {groups:?}: {got}");
            }
        }
        for (resolution, groups, want) in
            [(0.5, apart, 3.0), (1.0, apart, 0.0), (0.5, whole, -0.5), (0.5, alone, 0.0)]
        {
            let got = by(Quality::Cpm { resolution }, &csr, &groups);
            assert!((got - want).abs() < 1e-12, "{resolution} {groups:?}: {got}");
        }
    }

    #[test]
    fn which_way_edges_run_counts_where_it_is_asked_for() {
        let csr = triangles(Direction::Directed);
        let apart = [0, 0, 0, 1, 1, 1];
        // One of seven leads from the first to the second: 4 · 3 + 3 · 4 of 49.
        let directed = by(Quality::Directed { resolution: 1.0 }, &csr, &apart);
        assert!((directed - (6.0 / 7.0 - 24.0 / 49.0)).abs() < 1e-12, "{directed}");
        let flat = by(Quality::default(), &csr, &apart);
        assert!((flat - 5.0 / 14.0).abs() < 1e-12, "{flat}");
        // There and back are two edges.
        let both_ways = Csr::unweighted(2, &[(0, 1), (1, 0)], Direction::Directed);
        for (groups, want) in [([0, 0], 0.0), ([0, 1], -0.5)] {
            let got = by(Quality::Directed { resolution: 1.0 }, &both_ways, &groups);
            assert!((got - want).abs() < 1e-12, "{groups:?}: {got}");
        }
    }

    #[test]
    fn without_edges_there_is_no_quality_but_for_pairs() {
        let csr = Csr::new(3, &[], Direction::Directed);
        for quality in
            [Quality::Modularity { resolution: 1.0 }, Quality::Directed { resolution: 1.0 }]
        {
            assert!(by(quality, &csr, &[0; 3]).abs() < 1e-12);
        }
        assert!((by(Quality::Cpm { resolution: 1.0 }, &csr, &[0; 3]) + 3.0).abs() < 1e-12);
        let [none, some] = [share(2.0, 0.0), share(2.0, 8.0)];
        assert!(none.abs() < 1e-12 && (some - 0.25).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_quality_is_refused() {
        let csr = triangles(Direction::Undirected);
        let message = |quality: Quality, csr: &Csr, groups: &[u32]| {
            quality.value(csr, &Partition::from_labels(groups)).unwrap_err().to_string()
        };
        let error = message(Quality::default(), &csr, &[0; 5]);
        assert_eq!(error, "the partition is of 5 nodes, the graph has 6");
        for resolution in [-0.5, f64::NAN, f64::INFINITY] {
            let error = message(Quality::Cpm { resolution }, &csr, &[0; 6]);
            assert_eq!(
                error,
                format!("`resolution` must be finite and 0 or more, got {resolution}")
            );
        }
        let heavy = |weight| Csr::new(2, &[(0, 1, weight)], Direction::Undirected);
        assert!(message(Quality::default(), &heavy(1e150), &[0; 2]).contains("more than 1e150"));
        assert!(Quality::default().check(&heavy(1e149)).is_ok());
    }

    #[test]
    fn leaves_stay_where_a_neighbor_is_never_lost() {
        for (quality, want) in [
            (Quality::Modularity { resolution: 1.0 }, true),
            (Quality::Modularity { resolution: 1.1 }, false),
            (Quality::Directed { resolution: 0.5 }, true),
            (Quality::Directed { resolution: 2.0 }, false),
            (Quality::Cpm { resolution: 0.1 }, false),
        ] {
            assert_eq!(quality.leaves_stay(), want, "{quality:?}");
        }
    }
}
