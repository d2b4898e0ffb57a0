//! Nodes that take the label of a group, one after the other or in batches.

use rayon::prelude::*;

use super::pace::Pace;
use super::tally::{Tallies, Tally};
use super::waiting::Queue;
use crate::random::Random;

/// How many nodes a thread takes at a time.
const SHARE: usize = 64;

/// Labels that nodes change as their neighbors' labels ask.
pub(super) trait Steps: Sync {
    /// A node and the label that it would take.
    type Offer: Send;

    fn node_count(&self) -> usize;

    fn neighbors(&self, u: u32) -> &[u32];

    fn label(&self, u: u32) -> u32;

    /// The label that a node would take, if it is another than its own. It depends on the labels of neighbors, and may depend on whole groups.
    fn offer(&self, u: u32, tally: &mut Tally) -> Option<Self::Offer>;

    /// The node of an offer.
    fn node(offer: &Self::Offer) -> u32;

    /// Whether an offer is still one, though nodes other than the neighbors have moved since.
    fn holds(&self, offer: &Self::Offer) -> bool;

    /// Gives the node its label, and says which.
    fn take(&mut self, offer: &Self::Offer) -> u32;
}

/// Looks at each node in random order, and again whenever a neighbor has left for another group, until no label changes or the pace
/// ends it. Says how often one changed.
pub(super) fn run<S: Steps>(steps: &mut S, pace: &Pace, random: &mut Random) -> usize {
    let n = steps.node_count();
    let queue = Queue::new(pace.order(n, random));
    let mut mover = Mover { queue, steps, tally: Tally::new(n), left: pace.arcs, count: 0 };
    if pace.batch > 1 {
        // At first nearly every node moves, and a batch of neighbors would have to be looked at twice.
        mover.singly(n);
        mover.in_batches(pace.batch);
    }
    mover.singly(usize::MAX);
    mover.count
}

/// Nodes on the move.
struct Mover<'a, S: Steps> {
    queue: Queue,
    steps: &'a mut S,
    tally: Tally,
    /// How many arcs may still be looked at.
    left: usize,
    /// How many labels have changed.
    count: usize,
}

impl<S: Steps> Mover<'_, S> {
    /// Looks at so many nodes, each with the groups as the last one left them.
    fn singly(&mut self, nodes: usize) {
        for _ in 0..nodes {
            if self.left == 0 {
                return;
            }
            let Some(u) = self.queue.pop() else {
                return;
            };
            self.look_at(u);
        }
    }

    fn look_at(&mut self, u: u32) {
        self.left = self.left.saturating_sub(self.effort(u));
        if let Some(offer) = self.steps.offer(u, &mut self.tally) {
            self.take(&offer);
        }
    }

    /// What it takes to look at a node, in arcs.
    fn effort(&self, u: u32) -> usize {
        self.steps.neighbors(u).len().max(1)
    }

    fn take(&mut self, offer: &S::Offer) {
        let group = self.steps.take(offer);
        self.count += 1;
        for &v in self.steps.neighbors(S::node(offer)) {
            if self.steps.label(v) != group {
                self.queue.push(v);
            }
        }
    }

    /// Looks at nodes in batches, threads together.
    ///
    /// What a batch finds counts only for nodes of which no neighbor has moved since, and if it still holds; others are looked at
    /// anew. So a batch does what node after node would do, but that it may miss a group that became better than
    /// the best through moves of nodes farther away. It is the same whatever the number of threads.
    fn in_batches(&mut self, size: usize) {
        let tallies = Tallies::new(self.steps.node_count());
        while self.left > 0 && self.queue.len() >= size {
            let batch = self.queue.take(size);
            for offer in offers(self.steps, &batch, &tallies) {
                if self.queue.withdraw(S::node(&offer)) {
                    self.look_at(S::node(&offer));
                } else if self.steps.holds(&offer) {
                    self.take(&offer);
                }
            }
            let arcs: usize = batch.iter().map(|&u| self.effort(u)).sum();
            self.left = self.left.saturating_sub(arcs);
        }
    }
}

/// What the nodes of a batch would take.
fn offers<S: Steps>(steps: &S, batch: &[u32], tallies: &Tallies) -> Vec<S::Offer> {
    let offers = |share: &[u32]| -> Vec<S::Offer> {
        tallies.with(|tally| share.iter().filter_map(|&u| steps.offer(u, tally)).collect())
    };
    batch.par_chunks(SHARE).flat_map_iter(offers).collect()
}
