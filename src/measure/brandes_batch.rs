//! Brandes' accumulation from eight sources at once.
//!
//! The levels are known beforehand. A node at distance `d` from a source takes the counts of all its
//! neighbors: those that lie nearer have one, those as far or farther have none yet, because the
//! counts of a level are set only when all of it is done. So no distance is looked at on the way,
//! and a neighbor is one line of the cache and two vector additions. The shares are handed back in the same way.

use super::edge_betweenness::Arcs;
use super::length::Paths;
use super::levels::{BATCH, BatchLevels};
use super::path_count::is_exact;
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
        let too_many = |lane: usize| u8::from(!is_exact(most.0[lane])) << lane;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::hops::Sweep;
    use crate::measure::length::{Along, Length};
    use crate::measure::levels::Levels;

    /// Levels and what eight sources at most give, where `sources` are those of a batch.
    fn added(csr: &Csr, sources: &[u32], standing: Standing<'_>) -> (u8, Vec<f64>) {
        let paths = Paths::new(csr, Length::Hops, Along::Outgoing).unwrap();
        let n = csr.node_count();
        let (mut batch, mut row, mut too_many) = (Batch::new(n), vec![0.0; n], 0);
        Levels::default().batches(&mut Sweep::new(n), &paths, sources, |sources, levels| {
            // Twice: nothing may be left of the first time.
            batch.add(&paths, (sources, levels), standing, &mut vec![0.0; n]);
            too_many |= batch.add(&paths, (sources, levels), standing, &mut row);
        });
        (too_many, row)
    }

    #[test]
    fn a_diamond_hands_back_halves() {
        // Two ways from 0 to 3, and on to 4, which stands for two.
        let pairs = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)];
        let csr = Csr::unweighted(5, &pairs, Direction::Undirected);
        assert_eq!(added(&csr, &[0], None), (0, vec![0.0, 1.0, 1.0, 1.0, 0.0]));
        assert_eq!(added(&csr, &[4], None), (0, vec![0.0, 0.5, 0.5, 3.0, 0.0]));
        assert_eq!(added(&csr, &[0, 4], None), (0, vec![0.0, 1.5, 1.5, 4.0, 0.0]));
        let standing = [3.0, 1.0, 1.0, 1.0, 2.0];
        assert_eq!(added(&csr, &[0], Some(&standing)), (0, vec![0.0, 4.5, 4.5, 6.0, 0.0]));
    }

    #[test]
    fn levels_are_gathered_from_few_edges_on_either_side() {
        // From 0 over 1 to a hub of fifty, and from each leaf the same way back.
        let leaves = (3..53).map(|leaf| (2, leaf));
        let pairs: Vec<(u32, u32)> = [(0, 1), (1, 2)].into_iter().chain(leaves).collect();
        let csr = Csr::unweighted(53, &pairs, Direction::Undirected);
        let from = |sources| added(&csr, sources, None).1[..4].to_vec();
        assert_eq!(from(&[0]), [0.0, 51.0, 50.0, 0.0]);
        assert_eq!(from(&[3]), [0.0, 1.0, 51.0, 0.0]);
        assert_eq!(from(&[1, 0, 3]), [0.0, 52.0, 151.0, 0.0]);
    }

    #[test]
    fn sources_of_too_many_paths_are_named_and_add_nothing() {
        // From either end of 970 squares in a row, and not from the middle, lead more than 1e290 paths.
        let square = |k: u32| {
            let at = 3 * k;
            [(at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3)]
        };
        let pairs: Vec<(u32, u32)> = (0..970).flat_map(square).collect();
        let csr = Csr::unweighted(2911, &pairs, Direction::Undirected);
        let (too_many, row) = added(&csr, &[1455, 0, 2910], None);
        assert_eq!(too_many, 0b110);
        // Of the 1455 nodes on either side of the middle all but the next two lie behind one of these, half of them each.
        assert!((row[1456] - 1453.0 / 2.0).abs() < 1e-6, "{}", row[1456]);
    }

    #[test]
    fn paths_through_members_are_a_share_of_all() {
        // Of the two ways between 0 and 3 one goes through 1; to 4 too. 2 and 1 are no pair, for 1 is a member.
        let pairs = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)];
        let csr = Csr::unweighted(5, &pairs, Direction::Undirected);
        let paths = Paths::new(&csr, Length::Hops, Along::Outgoing).unwrap();
        let (mut batch, mut around) = (Batch::new(5), Batch::new(5));
        let mut passed = |member: &[u32], sources: &[u32]| {
            let mut members = [false; 5];
            for &u in member {
                members[u as usize] = true;
            }
            let mut sum = None;
            Levels::default().batches(&mut Sweep::new(5), &paths, sources, |sources, levels| {
                sum = batch.passed(&paths, (sources, levels), &mut around, &members);
            });
            sum
        };
        assert_eq!(passed(&[1], &[0]), Some(1.0));
        assert_eq!(passed(&[1, 2], &[0]), Some(2.0));
        assert_eq!(passed(&[1], &[0, 2, 3, 4]), Some(2.0));
        assert_eq!(passed(&[4], &[0]), Some(0.0));
    }
}
