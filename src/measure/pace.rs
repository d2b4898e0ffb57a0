//! In what order, how many at a time and for how long nodes move.

use crate::random::Random;

/// A graph of fewer arcs is not large.
const LARGE: usize = 1 << 18;

/// The largest batch.
const BATCH: usize = 1024;

/// A graph is cut into at least so many batches, so that a batch knows the groups nearly as they are.
const BATCHES: usize = 64;

/// A batch of fewer arcs is not worth waking threads for.
const BATCH_ARCS: usize = 1 << 13;

/// Nodes with numbers in a row, whose edges stand together in memory, follow each other in runs of at most so many.
const RUN: usize = 64;

/// A graph is cut into at least so many runs.
const RUNS: usize = 1024;

/// How nodes are looked at.
#[derive(Debug)]
pub(super) struct Pace {
    /// How many nodes threads look at together.
    pub(super) batch: usize,
    /// How many arcs are looked at before all ends, whatever is left to gain.
    pub(super) arcs: usize,
    /// How many nodes with numbers in a row follow each other.
    pub(super) run: usize,
}

impl Pace {
    /// Node after node in random order, until nothing is left to gain.
    pub(super) fn thorough() -> Self {
        Self { batch: 1, arcs: usize::MAX, run: 1 }
    }

    /// The pace for a graph of so many nodes and arcs; a large one is looked at `passes` times.
    pub(super) fn of(nodes: usize, arcs: usize, passes: usize) -> Self {
        if arcs < LARGE {
            return Self::thorough();
        }
        let batch = (nodes / BATCHES).clamp(1, BATCH);
        let worth_it = batch * (arcs / nodes) >= BATCH_ARCS;
        Self {
            batch: if worth_it { batch } else { 1 },
            arcs: passes.saturating_mul(arcs),
            run: (nodes / RUNS).clamp(1, RUN),
        }
    }

    /// The nodes, in a random order of runs.
    pub(super) fn order(&self, node_count: usize, random: &mut Random) -> Vec<u32> {
        let mut runs: Vec<u32> =
            (0..).step_by(self.run).take(node_count.div_ceil(self.run)).collect();
        random.shuffle(&mut runs);
        if self.run == 1 {
            return runs;
        }
        let nodes = |first: u32| (first..).take(self.run.min(node_count - first as usize));
        runs.into_iter().flat_map(nodes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_stands_once_in_the_order() {
        for (nodes, arcs) in [(10, 20), (70_001, 1 << 20)] {
            let pace = Pace::of(nodes, arcs, 1);
            let mut order = pace.order(nodes, &mut Random::new(0, 0));
            assert!(order.windows(2).any(|two| two[1] < two[0]), "it is not that of the numbers");
            order.sort_unstable();
            assert!(order.iter().map(|&u| u as usize).eq(0..nodes));
        }
    }

    #[test]
    fn large_graphs_are_looked_at_in_batches_and_runs() {
        let pace = |nodes, arcs, passes| {
            let pace = Pace::of(nodes, arcs, passes);
            (pace.batch, pace.arcs, pace.run)
        };
        assert_eq!(pace(1000, 262_143, 5), (1, usize::MAX, 1), "a graph of few arcs is not large");
        // A batch is a 64th of the nodes, if it has 8192 arcs: 15 nodes of 262 arcs have not, 31 of 275 have.
        assert_eq!(pace(1000, 262_144, 5), (1, 5 * 262_144, 1));
        assert_eq!(pace(2000, 550_000, 2), (31, 1_100_000, 1));
        assert_eq!(
            pace(32_000, 262_144, 1),
            (1, 262_144, 31),
            "500 nodes of eight arcs are too few"
        );
        assert_eq!(
            pace(131_072, 1 << 20, 1),
            (1024, 1 << 20, 64),
            "1024 nodes of eight arcs are enough"
        );
        assert_eq!(pace(131_073, 1 << 20, 1), (1, 1 << 20, 64), "of seven they are not");
        assert_eq!(pace(10_000_000, 100_000_000, 1), (1024, 100_000_000, 64));
        assert_eq!(pace(20, 1 << 18, usize::MAX), (1, usize::MAX, 1));
    }

    #[test]
    fn nodes_in_a_row_follow_each_other_in_runs() {
        let pace = Pace { batch: 1, arcs: usize::MAX, run: 4 };
        let order = pace.order(10, &mut Random::new(1, 0));
        let mut runs: Vec<&[u32]> = order.chunk_by(|a, b| a + 1 == *b && b % 4 > 0).collect();
        runs.sort_unstable();
        assert_eq!(runs, [&[0, 1, 2, 3][..], &[4, 5, 6, 7], &[8, 9]]);
    }
}
