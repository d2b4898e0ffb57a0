//! Breadth-first searches from 256 sources at once, one bit a source.

use std::ops::ControlFlow;

use super::length::Paths;
use crate::wide::widest;

/// Words of one node's bits.
const WORDS: usize = 4;

/// How many sources share one sweep.
pub(super) const LANES: usize = 64 * WORDS;

/// One bit for each source of a sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(32))]
pub(super) struct Lanes([u64; WORDS]);

/// The state of a sweep: which sources have reached each node, and which did so last.
pub(super) struct Sweep {
    seen: Vec<Lanes>,
    front: Vec<Lanes>,
    next: Vec<Lanes>,
    /// The nodes with a bit in `front`.
    active: Vec<u32>,
    /// The nodes with a bit in `next`.
    reached: Vec<u32>,
    /// The nodes with a bit in `seen`, so that clearing costs what the sweep touched.
    touched: Vec<u32>,
    /// A bit for each source of this run.
    all: Lanes,
}

impl Sweep {
    pub(super) fn new(node_count: usize) -> Self {
        let none = || vec![Lanes::default(); node_count];
        Self {
            seen: none(),
            front: none(),
            next: none(),
            active: Vec::new(),
            reached: Vec::new(),
            touched: Vec::new(),
            all: Lanes::default(),
        }
    }

    /// Walks from each of `sources`, at most [`LANES`], and calls `visit` with a distance above 0, a node, and
    /// the sources that lie that far from it. Distances come in order; a break ends the walk.
    pub(super) fn run<B>(
        &mut self,
        paths: &Paths<'_>,
        sources: impl IntoIterator<Item = u32>,
        mut visit: impl FnMut(u32, u32, Lanes) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.start(sources);
        widest(|| self.walk(paths, &mut visit))
    }

    fn start(&mut self, sources: impl IntoIterator<Item = u32>) {
        self.clear();
        for (lane, source) in sources.into_iter().enumerate() {
            self.all.set(lane);
            let seen = &mut self.seen[source as usize];
            if seen.is_empty() {
                self.active.push(source);
                self.touched.push(source);
            }
            seen.set(lane);
            self.front[source as usize] = *seen;
        }
    }

    fn clear(&mut self) {
        for u in self.touched.drain(..) {
            self.seen[u as usize] = Lanes::default();
            self.front[u as usize] = Lanes::default();
            self.next[u as usize] = Lanes::default();
        }
        self.active.clear();
        self.reached.clear();
        self.all = Lanes::default();
    }

    #[inline(always)]
    fn walk<B>(
        &mut self,
        paths: &Paths<'_>,
        visit: &mut impl FnMut(u32, u32, Lanes) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let mut level = 0;
        while !self.active.is_empty() {
            level += 1;
            self.advance(paths);
            self.turn();
            for &v in &self.active {
                visit(level, v, self.front[v as usize])?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Finds the nodes one step farther: from the front outward while it has few edges, else from
    /// each node that some source has not reached yet, which needs no branch an edge.
    #[inline(always)]
    fn advance(&mut self, paths: &Paths<'_>) {
        let mut edges = 0;
        for &u in &self.active {
            edges += paths.next(u).len();
        }
        if 3 * edges > paths.csr.arc_count() {
            self.pull(&paths.reversed());
        } else {
            self.push(paths);
        }
    }

    #[inline(always)]
    fn push(&mut self, paths: &Paths<'_>) {
        for &u in &self.active {
            let front = self.front[u as usize];
            for &v in paths.next(u) {
                let new = front.without(self.seen[v as usize]);
                if new.is_empty() {
                    continue;
                }
                let next = &mut self.next[v as usize];
                if next.is_empty() {
                    self.reached.push(v);
                }
                *next = next.with(new);
            }
        }
    }

    #[inline(always)]
    fn pull(&mut self, paths: &Paths<'_>) {
        for v in paths.csr.nodes() {
            let missing = self.all.without(self.seen[v as usize]);
            if missing.is_empty() {
                continue;
            }
            let mut found = Lanes::default();
            for some in paths.next(v).chunks(16) {
                for &u in some {
                    found = found.with(self.front[u as usize]);
                }
                if missing.without(found).is_empty() {
                    break;
                }
            }
            let new = found.common(missing);
            if !new.is_empty() {
                self.next[v as usize] = new;
                self.reached.push(v);
            }
        }
    }

    /// Makes the nodes just reached the new front.
    #[inline(always)]
    fn turn(&mut self) {
        for u in self.active.drain(..) {
            self.front[u as usize] = Lanes::default();
        }
        for &v in &self.reached {
            let new = std::mem::take(&mut self.next[v as usize]);
            let seen = &mut self.seen[v as usize];
            if seen.is_empty() {
                self.touched.push(v);
            }
            *seen = seen.with(new);
            self.front[v as usize] = new;
        }
        std::mem::swap(&mut self.active, &mut self.reached);
    }
}

impl Lanes {
    /// How many of the sources.
    #[inline(always)]
    pub(super) fn count(self) -> u32 {
        let mut count = 0;
        for word in self.0 {
            count += word.count_ones();
        }
        count
    }

    /// Eight of the sources: those from `8 * batch` on.
    #[inline(always)]
    pub(super) fn eight(self, batch: usize) -> u8 {
        self.0[batch / 8].to_le_bytes()[batch % 8]
    }

    /// Whether it is one of the sources.
    pub(super) fn has(self, lane: usize) -> bool {
        self.0[lane / 64] >> (lane % 64) & 1 == 1
    }

    /// The sources that are of one but not of both.
    #[inline(always)]
    pub(super) fn either(mut self, other: Self) -> Self {
        for word in 0..WORDS {
            self.0[word] ^= other.0[word];
        }
        self
    }

    #[inline(always)]
    fn set(&mut self, lane: usize) {
        self.0[lane / 64] |= 1 << (lane % 64);
    }

    #[inline(always)]
    pub(super) fn is_empty(self) -> bool {
        self.0 == [0; WORDS]
    }

    #[inline(always)]
    fn without(mut self, other: Self) -> Self {
        for word in 0..WORDS {
            self.0[word] &= !other.0[word];
        }
        self
    }

    #[inline(always)]
    fn with(mut self, other: Self) -> Self {
        for word in 0..WORDS {
            self.0[word] |= other.0[word];
        }
        self
    }

    #[inline(always)]
    pub(super) fn common(mut self, other: Self) -> Self {
        for word in 0..WORDS {
            self.0[word] &= other.0[word];
        }
        self
    }
}
