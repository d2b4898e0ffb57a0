//! The shortest way on from the middle of a path.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::length::{Paths, is_as_short};
use super::search::Search;

/// The rest of a path, and how long that is.
pub(super) type Rest = (f64, Vec<u32>);

/// A search to the nearest of some ends, led by lower bounds of the distance to them.
///
/// # Source
///
/// P. E. Hart, N. J. Nilsson, B. Raphael, "A formal basis for the heuristic determination of minimum cost paths", IEEE Trans. Syst. Sci.
/// Cybern. 4(2):100-107, 1968. `g` there is `gone` here, `h` is `left`.
pub(super) struct Spur<'a> {
    paths: Paths<'a>,
    /// Distances to the ends, of the nodes that are nearer to them than the nearest beginning.
    back: Search,
    /// The distance of the nearest beginning: no other node is further than that, as far as is known.
    farthest: f64,
    is_end: Vec<bool>,
    gone: Vec<f64>,
    /// When a node was settled, counted from 1; 0 before.
    turn: Vec<u32>,
    settled: Vec<u32>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

impl<'a> Spur<'a> {
    /// For paths from any of `from` to any of `to`.
    pub(super) fn new(paths: Paths<'a>, from: &[u32], to: &[u32]) -> Self {
        let n = paths.csr.node_count();
        let mut back = Search::new(n);
        back.start(to.iter().copied());
        let reversed = paths.reversed();
        let mut farthest = f64::INFINITY;
        while farthest.is_infinite() && back.next_distance().is_finite() {
            let next = back.next_distance();
            if back
                .settle_next(&reversed, |_, _, _| {})
                .is_some_and(|v| from.binary_search(&v).is_ok())
            {
                farthest = next;
            }
        }
        let mut is_end = vec![false; n];
        for &v in to {
            is_end[v as usize] = true;
        }
        Self {
            paths,
            back,
            farthest,
            is_end,
            gone: vec![f64::INFINITY; n],
            turn: vec![0; n],
            settled: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    pub(super) fn is_end(&self, v: u32) -> bool {
        self.is_end[v as usize]
    }

    /// At least so long is the way from `v` to the nearest end; infinite only if there is none.
    pub(super) fn left(&self, v: u32) -> f64 {
        self.back.distance[v as usize].min(self.farthest)
    }

    /// The shortest path that begins with one of `starts`, each so long already, goes over no node that is `barred`, and stops at
    /// the first end; of equally short ones the first in lexicographic order.
    pub(super) fn shortest(
        &mut self,
        starts: &[(u32, f64)],
        barred: impl Fn(u32) -> bool,
    ) -> Option<Rest> {
        self.clear();
        for &(v, length) in starts {
            self.reach(v, length);
        }
        let (mut shortest, mut ends) = (f64::INFINITY, Vec::new());
        while let Some(&Reverse((bits, u))) = self.heap.peek()
            && is_as_short(f64::from_bits(bits), shortest)
        {
            self.heap.pop();
            if self.turn[u as usize] > 0 {
                continue;
            }
            self.settled.push(u);
            self.turn[u as usize] = u32::try_from(self.settled.len()).unwrap_or(u32::MAX);
            let gone = self.gone[u as usize];
            if self.is_end(u) {
                shortest = shortest.min(gone);
                ends.push(u);
                continue;
            }
            for (v, length) in self.paths.steps(u) {
                let through = gone + length;
                if through < self.gone[v as usize] && !barred(v) {
                    self.reach(v, through);
                }
            }
        }
        ends.retain(|&v| is_as_short(self.gone[v as usize], shortest));
        shortest.is_finite().then(|| (shortest, self.first_in_order(starts, &ends)))
    }

    fn clear(&mut self) {
        let waiting = self.heap.drain().map(|Reverse((_, v))| v);
        for v in self.settled.drain(..).chain(waiting) {
            self.gone[v as usize] = f64::INFINITY;
            self.turn[v as usize] = 0;
        }
    }

    fn reach(&mut self, v: u32, gone: f64) {
        let whole = gone + self.left(v);
        if whole.is_finite() && gone < self.gone[v as usize] {
            self.gone[v as usize] = gone;
            self.heap.push(Reverse((whole.to_bits(), v)));
        }
    }

    /// The first of the shortest paths from `starts` to `ends`: backwards all nodes on them, then onwards by the smallest.
    fn first_in_order(&self, starts: &[(u32, f64)], ends: &[u32]) -> Vec<u32> {
        let back = self.paths.reversed();
        let mut steps: Vec<(u32, u32)> = Vec::new();
        let mut on_path = ends.to_vec();
        let mut seen: BTreeSet<u32> = ends.iter().copied().collect();
        let mut at = 0;
        while let Some(&w) = on_path.get(at) {
            at += 1;
            for (v, _) in back.steps(w).filter(|&(v, length)| self.is_step(v, length, w)) {
                steps.push((v, w));
                if seen.insert(v) {
                    on_path.push(v);
                }
            }
        }
        steps.sort_unstable();
        let mut path: Vec<u32> = starts
            .iter()
            .filter(|&&(v, gone)| seen.contains(&v) && is_as_short(gone, self.gone[v as usize]))
            .map(|&(v, _)| v)
            .min()
            .into_iter()
            .collect();
        while let Some(&u) = path.last() {
            let next = steps.partition_point(|&(v, _)| v < u);
            match steps.get(next) {
                Some(&(v, w)) if v == u => path.push(w),
                _ => break,
            }
        }
        path
    }

    /// Whether the step from `v` to `w` is on a shortest path to `w`. Steps go up by distance and then by turn, so that none
    /// too short to count makes a cycle.
    fn is_step(&self, v: u32, length: f64, w: u32) -> bool {
        let key = |v: u32| (self.gone[v as usize].to_bits(), self.turn[v as usize]);
        self.turn[v as usize] > 0
            && !self.is_end(v)
            && key(v) < key(w)
            && is_as_short(self.gone[v as usize] + length, self.gone[w as usize])
    }
}
