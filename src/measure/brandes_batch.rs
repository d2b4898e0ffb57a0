//! Brandes' accumulation from eight sources at once.
//!
//! The levels are known beforehand. A node at distance `d` from a source takes the counts of all its
//! neighbors: those that lie nearer have one, those as far or farther have none yet, because the
//! counts of a level are set only when all of it is done. So no distance is looked at on the way,
//! and a neighbor is one line of the cache and two vector additions. The shares are handed back in the same way.

use super::edge_betweenness::Arcs;
use super::length::Paths;
use super::levels::{BATCH, BatchLevels};
use super::path_count::PathCount;
use super::rows::{Row, sum_of};
use crate::wide::widest;

/// How many nodes each node stands for; 1 where nothing was folded into it.
pub(super) type Standing<'a> = Option<&'a [f64]>;

/// The room that batches are worked in, one after the other; between them all of it is 0.
pub(super) struct Batch {
    count: Vec<Row>,
    /// `(1 + dependency) / count` of each node already handed back.
    share: Vec<Row>,
    /// What was handed on to a node by neighbors of the level before.
    handed: Vec<Row>,
    /// The sources for which a node lies on the level at work.
    here: Vec<u8>,
    /// The rows of the level at work.
    level: Vec<Row>,
}

impl Batch {
    pub(super) fn new(node_count: usize) -> Self {
        let none = || vec![Row::default(); node_count];
        Self {
            count: none(),
            share: none(),
            handed: none(),
            here: vec![0; node_count],
            level: Vec::new(),
        }
    }

    /// Adds to `row` the dependencies of at most eight `sources` on each other node. Returns the bits
    /// of those whose paths are too many for a float; they add nothing.
    pub(super) fn add(
        &mut self,
        paths: &Paths<'_>,
        (sources, levels): (&[u32], &BatchLevels),
        standing: Standing<'_>,
        row: &mut [f64],
    ) -> u8 {
        widest(|| {
            let too_many = self.count_out(paths, sources, levels);
            self.hand_back(paths, (sources, levels), standing, !too_many, row);
            self.clear(sources, levels);
            too_many
        })
    }

    /// The same for edges: adds to `row`, at the places of `arcs`, what each edge hands back.
    pub(super) fn add_to_edges(
        &mut self,
        paths: &Paths<'_>,
        (sources, levels): (&[u32], &BatchLevels),
        arcs: &Arcs<'_>,
        row: &mut [f64],
    ) -> u8 {
        widest(|| {
            let too_many = self.count_out(paths, sources, levels);
            self.hand_back_over_edges(paths, (sources, levels), (arcs, !too_many), row);
            self.clear(sources, levels);
            too_many
        })
    }

    #[inline(always)]
    fn hand_back_over_edges(
        &mut self,
        paths: &Paths<'_>,
        (sources, levels): (&[u32], &BatchLevels),
        (arcs, counted): (&Arcs<'_>, u8),
        row: &mut [f64],
    ) {
        for depth in (1..=levels.deepest()).rev() {
            self.level.clear();
            for &(u, lanes) in levels.at(depth) {
                let count = self.count[u as usize];
                let row = &mut row[arcs.start(u)..];
                let shares = self.over_edges(paths.next(u), count.of(lanes & counted), row);
                // Those of too many paths stay 0, or they would spoil the sums of the others.
                let share = shares.times(&count).share_of(1.0, &count);
                self.level.push(share.of(lanes & counted));
            }
            for (&(u, _), share) in levels.at(depth).iter().zip(&self.level) {
                self.share[u as usize].add(share);
            }
        }
        for (lane, &source) in sources.iter().enumerate() {
            let mut count = Row::default();
            count.0[lane] = 1.0;
            let row = &mut row[arcs.start(source)..];
            self.over_edges(paths.next(source), count.of(counted), row);
        }
    }

    /// Adds to `row` what comes over each edge of a node with such counts; returns the sum of its neighbors' shares.
    #[inline(always)]
    fn over_edges(&self, nodes: &[u32], count: Row, row: &mut [f64]) -> Row {
        let mut shares = Row::default();
        for (part, &v) in row.iter_mut().zip(nodes) {
            let share = &self.share[v as usize];
            shares.add(share);
            *part += count.times(share).total();
        }
        shares
    }

    #[inline(always)]
    fn count_out(&mut self, paths: &Paths<'_>, sources: &[u32], levels: &BatchLevels) -> u8 {
        for (lane, &source) in sources.iter().enumerate() {
            self.count[source as usize].0[lane] = 1.0;
        }
        let mut most = Row::default();
        for depth in 1..=levels.deepest() {
            if depth == 1 {
                self.step_out(levels);
                continue;
            }
            let from = levels.at(depth - 1);
            self.gather(&paths.reversed(), From::Count, from, levels.at(depth));
            for (&(v, lanes), found) in levels.at(depth).iter().zip(&self.level) {
                let count = found.of(lanes);
                most = most.max(&count);
                self.count[v as usize].add(&count);
            }
        }
        let too_many = |lane: usize| u8::from(!most.0[lane].is_exact()) << lane;
        (0..BATCH).fold(0, |lanes, lane| lanes | too_many(lane))
    }

    /// One path leads to each neighbor of a source.
    #[inline(always)]
    fn step_out(&mut self, levels: &BatchLevels) {
        for &(v, lanes) in levels.at(1) {
            self.count[v as usize].add(&Row([1.0; BATCH]).of(lanes));
        }
    }

    /// The sum, over pairs of a source and another node outside a group, of the share of shortest paths through its members; none
    /// if paths are too many for a float. In `around` only those paths are counted that go around the group.
    pub(super) fn passed(
        &mut self,
        paths: &Paths<'_>,
        (sources, levels): (&[u32], &BatchLevels),
        around: &mut Self,
        member: &[bool],
    ) -> Option<f64> {
        let outside = levels.without(member);
        let sum = widest(|| {
            let too_many = self.count_out(paths, sources, levels);
            around.count_out(paths, sources, &outside);
            let mut sum = 0.0;
            for &(v, lanes) in &outside.entries {
                let share = around.count[v as usize].part_beyond(&self.count[v as usize]);
                sum += share.of(lanes).total();
            }
            (too_many == 0).then_some(sum)
        });
        self.clear(sources, levels);
        around.clear(sources, levels);
        sum
    }

    #[inline(always)]
    fn hand_back(
        &mut self,
        paths: &Paths<'_>,
        (sources, levels): (&[u32], &BatchLevels),
        standing: Standing<'_>,
        counted: u8,
        row: &mut [f64],
    ) {
        let weight = |v: u32| standing.map_or(1.0, |standing| standing[v as usize]);
        let mut factor = Row::default();
        for (lane, &source) in sources.iter().enumerate() {
            factor.0[lane] = weight(source);
        }
        for depth in (1..=levels.deepest()).rev() {
            let at = levels.at(depth);
            if depth < levels.deepest() {
                self.gather(paths, From::Share, levels.at(depth + 1), at);
            } else {
                self.level.clear();
                self.level.resize(at.len(), Row::default());
            }
            for (&(u, lanes), shares) in at.iter().zip(&self.level) {
                let count = &self.count[u as usize];
                let dependency = shares.times(count);
                let share = dependency.share_of(weight(u), count);
                self.share[u as usize].add(&share.of(lanes));
                row[u as usize] += dependency.times(&factor).of(lanes & counted).total();
            }
        }
    }

    /// Fills `level` with a row for each node of `to`: the sum over its neighbors by `back`, in the lanes of `to`
    /// those of the level `from`. Where that has few edges they are followed from there.
    #[inline(always)]
    fn gather(&mut self, back: &Paths<'_>, of: From, from: &[(u32, u8)], to: &[(u32, u8)]) {
        self.level.clear();
        let rows = match of {
            From::Count => &self.count,
            From::Share => &self.share,
        };
        let ahead = back.reversed();
        if 2 * edges(&ahead, from) >= edges(back, to) {
            for &(v, _) in to {
                self.level.push(sum_of(rows, back.next(v)));
            }
            return;
        }
        for &(v, lanes) in to {
            self.here[v as usize] = lanes;
        }
        for &(u, _) in from {
            for &v in ahead.next(u) {
                if self.here[v as usize] != 0 {
                    self.handed[v as usize].add(&rows[u as usize]);
                }
            }
        }
        for &(v, _) in to {
            self.level.push(std::mem::take(&mut self.handed[v as usize]));
            self.here[v as usize] = 0;
        }
    }

    #[inline(always)]
    fn clear(&mut self, sources: &[u32], levels: &BatchLevels) {
        for &source in sources {
            self.count[source as usize] = Row::default();
        }
        for &(v, _) in &levels.entries {
            self.count[v as usize] = Row::default();
            self.share[v as usize] = Row::default();
        }
    }
}

/// What is gathered: counts outward, or shares on the way back.
#[derive(Clone, Copy)]
enum From {
    Count,
    Share,
}

#[inline(always)]
fn edges(paths: &Paths<'_>, nodes: &[(u32, u8)]) -> usize {
    let mut edges = 0;
    for &(u, _) in nodes {
        edges += paths.next(u).len();
    }
    edges
}
