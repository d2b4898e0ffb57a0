//! Communities by labels that spread from neighbor to neighbor.

use super::mover::{self, Steps};
use super::pace::Pace;
use super::reading::{check_not_negative, undirected};
use super::separating::separate;
use super::tally::Tally;
use super::{Communities, Partition};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::random::Random;

/// Communities by label propagation: everybody is with those whom most of their ties lead to.
///
/// Each node begins with a label of its own. In random order nodes take the label that weighs most among their neighbors, and are looked
/// at again when a neighbor's label changes, until no label changes. Where several weigh most, a node keeps its own if that is one of them, and
/// else takes one at random. It is the fastest of the methods and needs no quality to be chosen, but it makes nothing high: other seeds give other groups, and where
/// groups hardly stand out one label **floods** a component ([`Partition::undivided`]). A label that is left in several places stands for as many groups: each group is connected. A
/// directed graph is read as undirected, the weights of opposite edges added.
///
/// - **Shape**: one group per node; every group is connected. Unless `rounds` ends it, no other group has more of a node's ties than its own.
/// - **Unit**: none.
/// - **Cost**: `O(m)` time a round, few rounds; `O(n)` memory beside the graph and 12 bytes a node and thread.
/// - **Order**: the same to the bit for any number of threads; random choices come from `seed`.
/// - **Edge cases**: an isolated node, or one whose edges weigh 0, is a group of its own; no nodes, no groups.
///
/// # Errors
///
/// If `rounds` is 0, or a weight is negative.
///
/// # Examples
///
/// Two triangles joined by an edge:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Communities, LabelPropagation};
///
/// let edges = [(0, 1, 2.0), (0, 2, 2.0), (1, 2, 2.0), (2, 3, 1.0), (3, 4, 2.0), (3, 5, 2.0), (4, 5, 2.0)];
/// let csr = Csr::new(6, &edges, Direction::Undirected);
/// let groups = LabelPropagation::default().partition(&csr)?;
/// assert_eq!(groups.groups(), [0, 0, 0, 1, 1, 1]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// U. N. Raghavan, R. Albert, S. Kumara, "Near linear time algorithm to detect community structures in large-scale networks", Phys. Rev. E 76:036106,
/// 2007, section III, with asynchronous updates; ties there are broken at random also where a node's own label is among the most frequent. Pieces of one label are told apart as section III.A there asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelPropagation {
    /// The seed of all random choices. 0 by default.
    pub seed: u64,
    /// How often, at most, each edge is looked at from each end, on average; less if no label changes. 100 by default.
    pub rounds: usize,
}

impl Default for LabelPropagation {
    fn default() -> Self {
        Self { seed: 0, rounds: 100 }
    }
}

impl Communities for LabelPropagation {
    fn name(&self) -> &'static str {
        "label-propagation"
    }

    fn partition(&self, csr: &Csr) -> Result<Partition> {
        if self.rounds == 0 {
            return Err(Error::usage("`rounds` must be 1 or more"));
        }
        check_not_negative(csr, "label propagation")?;
        let csr = undirected(csr);
        let (n, arcs) = (csr.node_count(), csr.arc_count());
        let mut labels = Labels { csr: &csr, of: csr.nodes().collect(), seed: self.seed };
        let pace = Pace { arcs: self.rounds.saturating_mul(n + arcs), ..Pace::of(n, arcs, 1) };
        mover::run(&mut labels, &pace, &mut Random::new(self.seed, 0));
        let mut labels = labels.of;
        separate(&mut labels, |u| csr.neighbors(u));
        Ok(Partition::from_labels(&labels))
    }
}

/// The labels as they spread.
struct Labels<'a> {
    csr: &'a Csr,
    of: Vec<u32>,
    seed: u64,
}

impl Steps for Labels<'_> {
    type Offer = (u32, u32);

    fn node_count(&self) -> usize {
        self.of.len()
    }

    fn neighbors(&self, u: u32) -> &[u32] {
        self.csr.neighbors(u)
    }

    fn label(&self, u: u32) -> u32 {
        self.of[u as usize]
    }

    /// The label that weighs most among the neighbors, if it weighs more than the node's own.
    fn offer(&self, u: u32, tally: &mut Tally) -> Option<(u32, u32)> {
        tally.clear();
        match self.csr.weights(u) {
            Some(weights) => {
                let neighbors = self.csr.neighbors(u);
                weights.each(neighbors, |v, weight| tally.add(self.label(v), weight));
            }
            None => self.csr.neighbors(u).iter().for_each(|&v| tally.add(self.label(v), 1.0)),
        }
        let weight = |&label: &u32| tally.weight(label);
        let most = tally.groups().iter().map(weight).fold(0.0, f64::max);
        if tally.weight(self.label(u)) >= most {
            return None;
        }
        let heaviest = |label: &&u32| weight(label) >= most;
        let mut equal = tally.groups().iter().filter(heaviest);
        let count = equal.clone().count();
        let drawn = if count == 1 { 0 } else { self.draw(u, count) };
        equal.nth(drawn).map(|&label| (u, label))
    }

    fn node(&(u, _): &(u32, u32)) -> u32 {
        u
    }

    fn holds(&self, _: &(u32, u32)) -> bool {
        true
    }

    fn take(&mut self, &(u, label): &(u32, u32)) -> u32 {
        self.of[u as usize] = label;
        label
    }
}

impl Labels<'_> {
    /// One of so many, by chance that is the node's own: threads draw in no order. Stream 0 is that of the order of nodes.
    fn draw(&self, u: u32, count: usize) -> usize {
        let drawn = Random::new(self.seed, u64::from(u) + 1).below(count as u64);
        usize::try_from(drawn).expect("below a length")
    }
}
