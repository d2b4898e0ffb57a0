//! Communities in which a walk stays long, by the map equation.

use super::climbing::Climbs;
use super::components::joined;
use super::network::Network;
use super::objective::{Flow, Mass as _, Visits, plogp};
use super::reading::{check_not_negative, ends_weight, undirected};
use super::{Communities, Partition};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// Communities by the map equation: groups that a random walk seldom leaves.
///
/// A walk is told in bits: which node comes next, by a code of the group that the walk is in, and by a code among groups where it leaves one. The
/// better the groups, the fewer bits a step takes. Groups are sought as [`Leiden`](super::Leiden) seeks them, so that each is connected. There are
/// groups of groups no further (two levels). A directed graph is read as undirected.
///
/// It finds small groups in large graphs, where modularity joins them. Where groups hardly stand out it **collapses**: all of a component
/// is one group, since no division tells the walk more shortly. Then it says nothing of who belongs together.
///
/// - **Shape**: one group per node; every group is connected.
/// - **Unit**: [`codelength`](Self::codelength) in bits a step.
/// - **Cost**: about `O(m log n)` time per start and iteration, `O(n + m)` memory; starts run in parallel.
/// - **Order**: the same to the bit for any number of threads; random choices come from `seed`.
/// - **Edge cases**: an isolated node is a group of its own; without edges a walk has no length: 0 bits.
///
/// # Errors
///
/// If `starts` or `iterations` is 0, `randomness` is not above 0, or a weight is negative.
///
/// # Examples
///
/// Two triangles joined by an edge. In one group a step takes the entropy of the nodes, `4 · (2/14) log₂ 7 + 2 · (3/14) log₂ (14/3)` = 2.5567 bits;
/// the triangles take less.
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Communities, MapEquation, Partition};
///
/// let pairs = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)];
/// let csr = Csr::unweighted(6, &pairs, Direction::Undirected);
/// let method = MapEquation::default();
/// let whole = method.codelength(&csr, &Partition::from_labels(&[0; 6]))?;
/// assert!((whole - 2.5567).abs() < 1e-4);
/// let groups = method.partition(&csr)?;
/// assert_eq!(groups.groups(), [0, 0, 0, 1, 1, 1]);
/// assert!(method.codelength(&csr, &groups)? < whole);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. Rosvall, C. T. Bergstrom, "Maps of random walks on complex networks reveal community structure", PNAS 105:1118-1123, 2008; M. Rosvall, D.
/// Axelsson, C. T. Bergstrom, "The map equation", Eur. Phys. J. Spec. Top. 178:13-23, 2009: `p_α` is how often a node is visited, `q_i` how often group `i` is
/// left, `L(M)` the code length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapEquation {
    /// The seed of all random choices. 0 by default.
    pub seed: u64,
    /// How often to start anew; the best result counts. By default as for [`Leiden`](super::Leiden).
    pub starts: Option<usize>,
    /// How often, at most, to begin again from the groups found; less if nothing changes. By default 10 times, and
    /// twice on graphs of 500,000 edges and more.
    pub iterations: Option<usize>,
    /// How readily the refinement takes a lesser gain, in mean edge weights; above 0. 0.01 by
    /// default.
    pub randomness: f64,
}

impl Default for MapEquation {
    fn default() -> Self {
        Self { seed: 0, starts: None, iterations: None, randomness: 0.01 }
    }
}

impl Communities for MapEquation {
    fn name(&self) -> &'static str {
        "map-equation"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        let climbs = Climbs {
            seed: self.seed,
            starts: self.starts,
            iterations: self.iterations,
            leaves_stay: false,
            randomness: Some(self.randomness),
        };
        climbs.check()?;
        check_not_negative(csr, "the map equation")?;
        let csr = undirected(csr);
        let scale = per_step(&csr);
        let mass = csr.nodes().map(|u| visits(&csr, scale, u)).collect();
        let network = Network::new(&csr, scale, mass, Flow);
        let found = climbs.best(&network, |partition| -bits(&csr, partition));
        // Moves of single nodes need not lead back from a poor division to none.
        let whole = Partition::from_labels(&joined(&csr, |_, _| true));
        Ok(if bits(&csr, &whole) <= bits(&csr, &found) { whole } else { found })
    }
}

impl MapEquation {
    /// How many bits a step of the walk takes when it is told by the groups of `partition`: `L(M)`.
    ///
    /// # Errors
    ///
    /// If a weight is negative, or the partition is not one of the graph's nodes.
    pub fn codelength(&self, csr: &Csr, partition: &Partition) -> Result<f64> {
        check_not_negative(csr, "the map equation")?;
        if csr.node_count() != partition.groups().len() {
            return Err(Error::usage(format!(
                "the partition is of {} nodes, the graph has {}",
                partition.groups().len(),
                csr.node_count()
            )));
        }
        Ok(bits(&undirected(csr), partition))
    }
}

/// One step, in weights of edges.
fn per_step(csr: &Csr) -> f64 {
    let ends = ends_weight(csr);
    if ends > 0.0 { 1.0 / ends } else { 0.0 }
}

/// A node as a group of its own: whenever the walk is there, it leaves.
fn visits(csr: &Csr, scale: f64, u: u32) -> Visits {
    let share = csr.edges_of(u).map(|(_, weight)| scale * weight).sum();
    Visits::new(share, share)
}

fn bits(csr: &Csr, partition: &Partition) -> f64 {
    let scale = per_step(csr);
    let mut groups = vec![Visits::default(); partition.group_count()];
    let mut nodes = 0.0;
    for (u, &group) in csr.nodes().zip(partition.groups()) {
        let here = csr.edges_of(u).map(|(_, weight)| scale * weight).sum();
        nodes += plogp(here);
        let leaves = |&(v, _): &(u32, f64)| partition.groups()[v as usize] != group;
        let out = csr.edges_of(u).filter(leaves).map(|(_, weight)| scale * weight).sum();
        let place = &mut groups[group as usize];
        *place = place.and(Visits::new(here, out));
    }
    let all: f64 = groups.iter().map(|group| group.border()).sum();
    let own = |group: &Visits| group.settled().cost();
    plogp(all) - nodes + groups.iter().map(own).sum::<f64>()
}
