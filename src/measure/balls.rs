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
