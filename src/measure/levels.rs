//! Which nodes lie how far from up to 256 sources, kept level by level.

use std::ops::ControlFlow;

use super::hops::{LANES, Lanes, Sweep};
use super::length::Paths;

/// How many sources share a batch: rows of eight floats fill a line of the cache.
pub(super) const BATCH: usize = 8;

/// How many entries a node may have on average before a group is taken apart. In a network each node
/// lies at a few distances from 256 sources; along a chain it lies at 256.
const MOST_ENTRIES: usize = 16;

/// The levels of one group of sources.
#[derive(Default)]
pub(super) struct Levels {
    /// Where each level, from 1 on, ends in `entries`.
    ends: Vec<usize>,
    entries: Vec<(u32, Lanes)>,
}

/// The levels of eight sources: nodes, each with a bit for each source that far away.
#[derive(Default)]
pub(super) struct BatchLevels {
    ends: Vec<usize>,
    pub(super) entries: Vec<(u32, u8)>,
}

impl Levels {
    /// Walks from `sources`; breaks off where the levels would take too much room, which does not
    /// happen to eight sources.
    fn walk(&mut self, sweep: &mut Sweep, paths: &Paths<'_>, sources: &[u32]) -> ControlFlow<()> {
        let most = if sources.len() > BATCH {
            MOST_ENTRIES * paths.csr.node_count() + 4 * LANES
        } else {
            usize::MAX
        };
        self.ends.clear();
        self.entries.clear();
        sweep.run(paths, sources.iter().copied(), |level, v, lanes| {
            if self.entries.len() == most {
                return ControlFlow::Break(());
            }
            if self.ends.len() < level as usize {
                self.ends.push(0);
            }
            self.entries.push((v, lanes));
            self.ends[level as usize - 1] = self.entries.len();
            ControlFlow::Continue(())
        })
    }

    /// Calls `work` with each eight of `sources`, in order, and their levels.
    pub(super) fn batches(
        &mut self,
        sweep: &mut Sweep,
        paths: &Paths<'_>,
        sources: &[u32],
        mut work: impl FnMut(&[u32], &BatchLevels),
    ) {
        let mut eight = BatchLevels::default();
        let whole = self.walk(sweep, paths, sources).is_continue();
        for (place, batch) in sources.chunks(BATCH).enumerate() {
            if whole {
                eight.take(self, place);
            } else {
                let walked = self.walk(sweep, paths, batch);
                debug_assert!(walked.is_continue(), "eight sources have room");
                eight.take(self, 0);
            }
            work(batch, &eight);
        }
    }
}

impl BatchLevels {
    /// The levels of the sources from `8 * place` on.
    fn take(&mut self, levels: &Levels, place: usize) {
        self.ends.clear();
        self.entries.clear();
        let mut start = 0;
        for &end in &levels.ends {
            let eight =
                levels.entries[start..end].iter().map(|(v, lanes)| (*v, lanes.eight(place)));
            self.entries.extend(eight.filter(|(_, lanes)| *lanes != 0));
            self.ends.push(self.entries.len());
            start = end;
        }
        // Other sources of the group may go on when these eight have seen all.
        while self.ends.last().is_some_and(|_| {
            let before = self.ends.len().checked_sub(2).map_or(0, |at| self.ends[at]);
            before == self.entries.len()
        }) {
            self.ends.pop();
        }
    }

    /// The same levels without some of the nodes.
    pub(super) fn without(&self, left_out: &[bool]) -> Self {
        let mut kept = Self::default();
        for level in 1..=self.deepest() {
            let inside = self.at(level).iter().filter(|(v, _)| !left_out[*v as usize]);
            kept.entries.extend(inside);
            kept.ends.push(kept.entries.len());
        }
        kept
    }

    /// How far the farthest node lies from its source.
    pub(super) fn deepest(&self) -> usize {
        self.ends.len()
    }

    /// The nodes at a distance from 1 to [`deepest`](Self::deepest).
    pub(super) fn at(&self, level: usize) -> &[(u32, u8)] {
        let start = if level == 1 { 0 } else { self.ends[level - 2] };
        &self.entries[start..self.ends[level - 1]]
    }
}
