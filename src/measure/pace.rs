//! In what order, how many at a time and for how long nodes move.

use super::network::Network;
use super::objective::Objective;
use crate::random::Random;

/// From so many arcs on, a network is large: threads share its batches and its levels are not exhausted.
const LARGE: usize = 1 << 18;

/// The largest batch.
const BATCH: usize = 4096;

/// A network is cut into at least so many batches.
const BATCHES: usize = 16;

/// Nodes with numbers in a row, whose edges stand together in memory, follow each other in runs of so many.
const RUN: usize = 64;

/// How moves go about a network.
#[derive(Debug)]
pub(super) struct Pace {
    /// How many nodes move as one.
    pub(super) batch: usize,
    /// How many arcs are looked at before moves end, whatever is left to gain.
    pub(super) arcs: usize,
    /// How many nodes with numbers in a row follow each other.
    run: usize,
}

impl Pace {
    /// The pace for a network of that size, in the `iteration`th round of levels.
    pub(super) fn of<O: Objective>(network: &Network<O>, iteration: usize) -> Self {
        let arcs = network.arc_count();
        if arcs < LARGE {
            return Self { batch: 1, arcs: usize::MAX, run: 1 };
        }
        let nodes = network.node_count();
        let passes = std::env::var("PASSES").ok().and_then(|x| x.parse().ok()).unwrap_or(if iteration == 0 { 5 } else { 2 });
        Self {
            batch: std::env::var("BATCH").ok().and_then(|x| x.parse().ok()).unwrap_or((nodes / BATCHES).clamp(1, BATCH)),
            arcs: passes * arcs,
            run: (nodes / (BATCHES * RUN)).clamp(1, RUN),
        }
    }

    /// The nodes, in a random order of runs.
    pub(super) fn order(&self, node_count: usize, random: &mut Random) -> Vec<u32> {
        let mut runs: Vec<u32> = (0..).take(node_count.div_ceil(self.run)).collect();
        random.shuffle(&mut runs);
        if self.run == 1 {
            return runs;
        }
        let nodes = |run: u32| {
            let start = run as usize * self.run;
            start..(start + self.run).min(node_count)
        };
        runs.into_iter().flat_map(nodes).map(|u| u as u32).collect()
    }
}
