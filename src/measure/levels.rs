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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::graph::Csr;
    use crate::measure::{Along, Length};

    fn paths(csr: &Csr) -> Paths<'_> {
        Paths::new(csr, Length::Hops, Along::Outgoing).unwrap()
    }

    /// Of a batch its sources, and the nodes at 1, 2, … steps, each with its bits.
    type Told = (Vec<u32>, Vec<Vec<(u32, u8)>>);

    fn batches(csr: &Csr, sources: &[u32]) -> Vec<Told> {
        let mut found = Vec::new();
        let mut sweep = Sweep::new(csr.node_count());
        Levels::default().batches(&mut sweep, &paths(csr), sources, |batch, levels| {
            let level = |level| {
                let mut nodes = levels.at(level).to_vec();
                nodes.sort_unstable();
                nodes
            };
            found.push((batch.to_vec(), (1..=levels.deepest()).map(level).collect()));
        });
        found
    }

    #[test]
    fn many_sources_along_a_chain_are_taken_apart_and_few_are_not() {
        let chain = Csr::path(600);
        let mut sweep = Sweep::new(600);
        let mut walk = |csr: &Csr, sources: std::ops::Range<u32>| {
            let sources: Vec<u32> = sources.collect();
            Levels::default().walk(&mut sweep, &paths(csr), &sources).is_continue()
        };
        assert!(!walk(&chain, 100..356), "each node lies at 256 distances");
        assert!(walk(&chain, 100..108), "there is room for eight");
        assert!(walk(&Csr::star(600), 0..256), "each node lies at two distances or three");
    }

    #[test]
    fn levels_are_those_of_each_eight_sources_whether_taken_apart_or_not() {
        for (n, first, last) in [(400, 72, 328), (40, 3, 23)] {
            let sources: Vec<u32> = (first..last).collect();
            let found = batches(&Csr::path(n), &sources);
            assert_eq!(found.len(), sources.len().div_ceil(8), "{n}");
            for (batch, levels) in found {
                let farthest = batch.iter().map(|&s| s.max(n - 1 - s)).max().unwrap();
                assert_eq!(levels.len(), farthest as usize, "{n} {batch:?}");
                for (steps, nodes) in (1..).zip(levels) {
                    let mut want = BTreeMap::new();
                    for (lane, &s) in batch.iter().enumerate() {
                        let ends = [s.checked_sub(steps), Some(s + steps).filter(|&v| v < n)];
                        for v in ends.into_iter().flatten() {
                            *want.entry(v).or_insert(0) |= 1 << lane;
                        }
                    }
                    assert!(nodes.into_iter().eq(want), "{n} {batch:?} {steps}");
                }
            }
        }
    }

    #[test]
    fn eight_who_have_seen_all_go_no_deeper_than_they_must() {
        // Eight leaves and then the hub, which is one step from all.
        let found = batches(&Csr::star(10), &[1, 2, 3, 4, 5, 6, 7, 8, 0]);
        let leaves: Vec<(u32, u8)> = (1..10).map(|v| (v, 1)).collect();
        assert_eq!(found[1], (vec![0], vec![leaves]));
        let bits = |v: u32| if v < 9 { 0xff ^ 1 << (v - 1) } else { 0xff };
        let two: Vec<(u32, u8)> = (1..10).map(|v| (v, bits(v))).collect();
        assert_eq!(found[0].1, [vec![(0, 0xff)], two]);
    }

    #[test]
    fn levels_without_some_nodes_keep_their_distances() {
        let csr = Csr::path(4);
        let mut all = Vec::new();
        Levels::default().batches(&mut Sweep::new(4), &paths(&csr), &[0], |_, levels| {
            let rest = levels.without(&[false, false, true, false]);
            all = (1..=rest.deepest()).map(|level| rest.at(level).to_vec()).collect();
        });
        assert_eq!(all, [vec![(1, 1)], vec![], vec![(3, 1)]]);
    }
}
