//! Two searches that grow towards each other until they meet.

use super::length::Paths;

/// The search from where paths begin.
pub(super) const FROM: usize = 0;
/// The search back from where they end.
pub(super) const TO: usize = 1;

/// What two searches have found when they met: each a ball of nodes whose distance to its own end is final, and the
/// edges on shortest paths that lead from one ball to the other.
pub(super) trait Balls {
    /// Where shortest paths leave the ball of `FROM` and enter that of `TO`.
    fn crossings(&self) -> &[(u32, u32)];

    /// The place of a node in its ball: nodes nearer to the end have a lower one, those on one path never the same.
    fn depth(&self, side: usize, v: u32) -> u32;

    /// The nodes of its ball that are next to `v` on shortest paths between `v` and the end.
    fn nearer(&self, both: &[Paths<'_>; 2], side: usize, v: u32) -> impl Iterator<Item = u32>;
}

/// Breadth-first searches. Nothing is cleared between two of them: marks of an earlier one are too low to count.
pub(super) struct HopBalls {
    /// By node and side: `base` and one more than the depth, or no more than `base` if it was not seen.
    marks: Vec<[u32; 2]>,
    base: u32,
    depth: [u32; 2],
    fronts: [Vec<u32>; 2],
    /// How many steps lead on from each front.
    volumes: [usize; 2],
    next: Vec<u32>,
    crossings: Vec<(u32, u32)>,
}

impl HopBalls {
    pub(super) fn new(node_count: usize) -> Self {
        Self {
            marks: vec![[0; 2]; node_count],
            base: 0,
            depth: [0; 2],
            fronts: [Vec::new(), Vec::new()],
            volumes: [0; 2],
            next: Vec::new(),
            crossings: Vec::new(),
        }
    }

    /// The distance between two sets of nodes that have none in common; with `all`, all crossings are found, and one
    /// otherwise. The side from which fewer steps lead on goes first, so that a hub waits for the other side to come near.
    pub(super) fn meet(
        &mut self,
        both: &[Paths<'_>; 2],
        ends: [&[u32]; 2],
        all: bool,
    ) -> Option<f64> {
        self.start(ends);
        for side in [FROM, TO] {
            self.volumes[side] = self.fronts[side].iter().map(|&v| both[side].next(v).len()).sum();
        }
        while self.crossings.is_empty() {
            let side = usize::from(self.volumes[TO] < self.volumes[FROM]);
            if self.fronts[side].is_empty() {
                return None;
            }
            self.advance(&both[side], side, all);
        }
        Some(f64::from(self.depth[FROM]) + f64::from(self.depth[TO]))
    }

    fn start(&mut self, ends: [&[u32]; 2]) {
        let used = self.depth[FROM].max(self.depth[TO]) + 1;
        let deepest = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        self.base = match self.base.checked_add(used) {
            Some(base) if base.checked_add(deepest).is_some() => base,
            _ => {
                self.marks.fill([0; 2]);
                0
            }
        };
        self.depth = [0; 2];
        self.crossings.clear();
        for (side, nodes) in ends.into_iter().enumerate() {
            self.fronts[side].clear();
            self.fronts[side].extend_from_slice(nodes);
            for &v in nodes {
                self.marks[v as usize][side] = self.base + 1;
            }
        }
    }

    /// Takes one side a step further. Where it meets the other one, no node beyond is needed.
    fn advance(&mut self, paths: &Paths<'_>, side: usize, all: bool) {
        let (base, other) = (self.base, 1 - side);
        self.depth[side] += 1;
        let mark = base + 1 + self.depth[side];
        self.next.clear();
        for &u in &self.fronts[side] {
            for &v in paths.next(u) {
                let marks = &mut self.marks[v as usize];
                if marks[other] > base {
                    self.crossings.push(if side == FROM { (u, v) } else { (v, u) });
                    if !all {
                        return;
                    }
                } else if marks[side] <= base {
                    marks[side] = mark;
                    self.next.push(v);
                }
            }
        }
        std::mem::swap(&mut self.fronts[side], &mut self.next);
        self.volumes[side] = self.fronts[side].iter().map(|&v| paths.next(v).len()).sum();
    }
}

impl Balls for HopBalls {
    fn crossings(&self) -> &[(u32, u32)] {
        &self.crossings
    }

    fn depth(&self, side: usize, v: u32) -> u32 {
        self.marks[v as usize][side]
    }

    fn nearer(&self, both: &[Paths<'_>; 2], side: usize, v: u32) -> impl Iterator<Item = u32> {
        let nearer = self.depth(side, v) - 1;
        let wanted = if nearer > self.base { nearer } else { u32::MAX };
        both[1 - side].next(v).iter().copied().filter(move |&w| self.depth(side, w) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::length::{Along, Length};

    fn both(csr: &Csr) -> [Paths<'_>; 2] {
        let out = Paths::new(csr, Length::Hops, Along::Outgoing).unwrap();
        [out, out.reversed()]
    }

    /// Two ways from 0 to 3, and a tail from 3 to 4.
    fn diamond() -> Csr {
        let pairs = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)];
        Csr::unweighted(6, &pairs, Direction::Undirected)
    }

    #[test]
    fn balls_meet_at_the_distance_of_their_ends() {
        let csr = diamond();
        let mut balls = HopBalls::new(6);
        let mut meet = |from: &[u32], to: &[u32]| balls.meet(&both(&csr), [from, to], true);
        assert_eq!(meet(&[0], &[4]), Some(3.0));
        assert_eq!(meet(&[4], &[0]), Some(3.0));
        assert_eq!(meet(&[0], &[1]), Some(1.0));
        assert_eq!(meet(&[0, 1], &[4, 5]), Some(2.0));
        assert_eq!(meet(&[0], &[5]), None);
        assert_eq!(meet(&[5], &[0]), None);
        assert_eq!(meet(&[], &[0]), None);
    }

    #[test]
    fn all_crossings_are_found_or_one() {
        let csr = Csr::cycle(4);
        let mut balls = HopBalls::new(4);
        let mut crossings = |ends: [&[u32]; 2], all| {
            balls.meet(&both(&csr), ends, all);
            let mut found = balls.crossings().to_vec();
            found.sort_unstable();
            found
        };
        assert_eq!(crossings([&[0, 1], &[2, 3]], true), [(0, 3), (1, 2)]);
        assert_eq!(crossings([&[0, 1], &[2, 3]], false).len(), 1);
        assert_eq!(crossings([&[0], &[1]], true), [(0, 1)]);
    }

    #[test]
    fn crossings_run_from_the_one_end_to_the_other() {
        let csr = Csr::path(2);
        let mut balls = HopBalls::new(2);
        for (from, to) in [(0, 1), (1, 0)] {
            balls.meet(&both(&csr), [&[from], &[to]], true);
            assert_eq!(balls.crossings(), [(from, to)]);
        }
    }

    #[test]
    fn nearer_nodes_are_those_a_step_towards_the_end() {
        let csr = diamond();
        let both = both(&csr);
        let mut balls = HopBalls::new(6);
        balls.start([&[0], &[4]]);
        balls.advance(&both[FROM], FROM, true);
        balls.advance(&both[TO], TO, true);
        let of = |side, v| balls.nearer(&both, side, v).collect::<Vec<u32>>();
        assert_eq!(of(FROM, 1), [0]);
        assert_eq!(of(TO, 3), [4]);
        assert!(of(FROM, 0).is_empty(), "it is the end");
        let places = [0, 1, 2].map(|v| balls.depth(FROM, v) - balls.base);
        assert_eq!(places, [1, 2, 2]);
        assert!(balls.depth(FROM, 3) <= balls.base, "not seen");
    }

    #[test]
    fn marks_are_wiped_before_their_numbers_run_out() {
        let csr = diamond();
        let mut balls = HopBalls::new(6);
        balls.base = u32::MAX - 7;
        assert_eq!(balls.meet(&both(&csr), [&[0], &[4]], true), Some(3.0));
        assert_eq!(balls.base, u32::MAX - 6, "six more fit");
        assert_eq!(balls.meet(&both(&csr), [&[0], &[4]], true), Some(3.0));
        assert_eq!(balls.base, 0);
        assert_eq!(balls.meet(&both(&csr), [&[1], &[2]], true), Some(2.0));
        assert!(balls.base > 0 && balls.base < 7, "no more than was used");
    }
}
