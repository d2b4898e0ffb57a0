//! Breadth-first searches from 256 sources at once, one bit a source.

use std::ops::Range;

use super::length::Paths;
use crate::wide::widest;

/// Words of one node's bits.
const WORDS: usize = 4;

/// How many sources share one sweep.
pub(super) const LANES: usize = 64 * WORDS;

type Lanes = [u64; WORDS];

/// The state of a sweep: which sources have reached each node, and which did so last.
pub(super) struct Sweep {
    seen: Vec<Lanes>,
    front: Vec<Lanes>,
    next: Vec<Lanes>,
    /// The nodes with a bit in `front`.
    active: Vec<u32>,
    /// The nodes with a bit in `next`.
    reached: Vec<u32>,
}

impl Sweep {
    pub(super) fn new(node_count: usize) -> Self {
        Self {
            seen: vec![[0; WORDS]; node_count],
            front: vec![[0; WORDS]; node_count],
            next: vec![[0; WORDS]; node_count],
            active: Vec::new(),
            reached: Vec::new(),
        }
    }

    /// Walks from each of `sources`, at most [`LANES`], and calls `visit` with each node, a
    /// distance above 0, and how many of the sources lie that far from the node.
    pub(super) fn run(
        &mut self,
        paths: &Paths<'_>,
        sources: Range<u32>,
        mut visit: impl FnMut(u32, u32, u32),
    ) {
        self.start(sources);
        widest(|| self.walk(paths, &mut visit));
    }

    #[inline(always)]
    fn walk(&mut self, paths: &Paths<'_>, visit: &mut impl FnMut(u32, u32, u32)) {
        let mut level = 0;
        while !self.active.is_empty() {
            level += 1;
            self.advance(paths);
            for &v in &self.reached {
                visit(v, count(&self.next[v as usize]), level);
            }
            self.turn();
        }
    }

    fn start(&mut self, sources: Range<u32>) {
        self.seen.fill([0; WORDS]);
        for (lane, source) in sources.enumerate() {
            self.seen[source as usize][lane / 64] |= 1 << (lane % 64);
            self.front[source as usize] = self.seen[source as usize];
            self.active.push(source);
        }
    }

    /// Hands the bits of the front to the neighbors that have not seen them.
    #[inline(always)]
    fn advance(&mut self, paths: &Paths<'_>) {
        for &u in &self.active {
            let front = self.front[u as usize];
            for &v in paths.next(u) {
                let new = without(&front, &self.seen[v as usize]);
                if new == [0; WORDS] {
                    continue;
                }
                let next = &mut self.next[v as usize];
                if *next == [0; WORDS] {
                    self.reached.push(v);
                }
                add(next, &new);
            }
        }
    }

    /// Makes the nodes just reached the new front.
    fn turn(&mut self) {
        for u in self.active.drain(..) {
            self.front[u as usize] = [0; WORDS];
        }
        for &v in &self.reached {
            let new = std::mem::take(&mut self.next[v as usize]);
            add(&mut self.seen[v as usize], &new);
            self.front[v as usize] = new;
        }
        std::mem::swap(&mut self.active, &mut self.reached);
    }
}

#[inline(always)]
fn without(lanes: &Lanes, other: &Lanes) -> Lanes {
    std::array::from_fn(|word| lanes[word] & !other[word])
}

#[inline(always)]
fn add(lanes: &mut Lanes, other: &Lanes) {
    for (word, more) in lanes.iter_mut().zip(other) {
        *word |= more;
    }
}

#[inline(always)]
fn count(lanes: &Lanes) -> u32 {
    lanes.iter().map(|word| word.count_ones()).sum()
}
