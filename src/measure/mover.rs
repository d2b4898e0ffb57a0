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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};

    /// Nodes take the lowest label beside them.
    struct Flood {
        csr: Csr,
        of: Vec<u32>,
        /// Whether what was found in a batch holds.
        holds: bool,
    }

    impl Flood {
        fn new(csr: Csr) -> Self {
            Self { of: csr.nodes().collect(), csr, holds: true }
        }
    }

    impl Steps for Flood {
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

        fn offer(&self, u: u32, _: &mut Tally) -> Option<(u32, u32)> {
            let least = self.neighbors(u).iter().map(|&v| self.label(v)).min()?;
            (least < self.label(u)).then_some((u, least))
        }

        fn node(offer: &(u32, u32)) -> u32 {
            offer.0
        }

        fn holds(&self, _: &(u32, u32)) -> bool {
            self.holds
        }

        fn take(&mut self, &(u, label): &(u32, u32)) -> u32 {
            self.of[u as usize] = label;
            label
        }
    }

    /// A row of six, a pair and one alone.
    fn parts() -> Csr {
        let pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (6, 7)];
        Csr::unweighted(9, &pairs, Direction::Undirected)
    }

    fn mover(steps: &mut Flood, order: Vec<u32>, left: usize) -> Mover<'_, Flood> {
        let tally = Tally::new(steps.node_count());
        Mover { queue: Queue::new(order), steps, tally, left, count: 0 }
    }

    #[test]
    fn labels_spread_until_none_changes() {
        for batch in [1, 2, 100] {
            for seed in 0..5 {
                let mut steps = Flood::new(parts());
                let pace = Pace { batch, arcs: usize::MAX, run: 1 };
                let count = run(&mut steps, &pace, &mut Random::new(seed, 0));
                assert_eq!(steps.of, [0, 0, 0, 0, 0, 0, 6, 6, 8], "{batch} {seed}");
                assert!((6..=20).contains(&count), "six labels change at least, {count}");
            }
        }
    }

    #[test]
    fn a_node_is_looked_at_again_when_a_neighbor_has_left_for_another_label() {
        let mut steps = Flood::new(Csr::path(4));
        let mut mover = mover(&mut steps, vec![3, 2, 1, 0], usize::MAX);
        // 3 takes 2, 2 takes 1, after which 3 waits again, and 1 takes 0, after which 2 does.
        mover.singly(3);
        assert_eq!((mover.count, mover.queue.len()), (3, 3));
        assert_eq!(mover.queue.take(9), [0, 3, 2]);
        assert_eq!(steps.of, [0, 0, 1, 2]);
    }

    #[test]
    fn looks_end_with_the_arcs_that_may_be_looked_at() {
        // The ends of a row have one neighbor, the others two, and who is alone counts as one.
        for (left, count) in
            [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (usize::MAX, 5)]
        {
            let mut steps = Flood::new(Csr::path(6));
            let mut mover = mover(&mut steps, (0..6).collect(), left);
            mover.singly(usize::MAX);
            assert_eq!(mover.count, count, "{left}");
            assert!(left == usize::MAX || mover.left == 0, "{left}");
        }
        let mut alone = Flood::new(Csr::new(3, &[], Direction::Undirected));
        let mut mover = mover(&mut alone, vec![0, 1, 2], 9);
        mover.singly(usize::MAX);
        assert_eq!((mover.left, mover.queue.len()), (6, 0));
    }

    #[test]
    fn a_batch_does_what_node_after_node_would_do() {
        let mut steps = Flood::new(Csr::path(40));
        let mut of_all = mover(&mut steps, (0..40).collect(), usize::MAX);
        of_all.in_batches(10);
        assert_eq!((of_all.count, of_all.queue.len()), (39, 0));
        assert_eq!(steps.of, [0; 40]);
        // A batch that was begun is ended, and none is begun without arcs left.
        let mut steps = Flood::new(Csr::path(40));
        let mut of_one = mover(&mut steps, (0..40).collect(), 1);
        of_one.in_batches(10);
        assert_eq!((of_one.count, of_one.left), (9, 0));
        assert!(steps.of.iter().copied().eq([0; 10].into_iter().chain(10..40)));
    }

    #[test]
    fn what_no_longer_holds_is_left() {
        // Of pairs no node has a neighbor that moved.
        let pairs: Vec<(u32, u32)> = (0..5).map(|k| (2 * k, 2 * k + 1)).collect();
        let pairs = Csr::unweighted(10, &pairs, Direction::Undirected);
        for (holds, count) in [(true, 5), (false, 0)] {
            let mut steps = Flood { holds, ..Flood::new(pairs.clone()) };
            let mut mover = mover(&mut steps, (0..10).collect(), 100);
            mover.in_batches(10);
            assert_eq!((mover.count, mover.left), (count, 90), "{holds}");
        }
    }

    #[test]
    fn fewer_than_a_batch_wait_for_their_turn() {
        let mut steps = Flood::new(Csr::path(5));
        let mut mover = mover(&mut steps, (0..5).collect(), 100);
        mover.in_batches(6);
        assert_eq!((mover.count, mover.queue.len(), mover.left), (0, 5, 100));
    }
}
