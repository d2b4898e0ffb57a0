//! Brandes' accumulation: what one source adds to the betweenness of all nodes.
//!
//! Paths are counted outward in the order of distance, then their shares are handed back in the
//! reverse order. No list of predecessors is kept: whether an edge is the last of a shortest path
//! is seen from the distances of its ends.

use super::length::{Length, Paths};
use super::path_count::{PathCount, Wide};
use super::search::Search;

/// The depth of a node that was not reached.
const UNREACHED: u32 = u32::MAX;

/// The room that sources are worked in, one after the other.
pub(super) struct Accumulation<'a> {
    paths: &'a Paths<'a>,
    depth: Vec<u32>,
    count: Vec<f64>,
    /// `(1 + dependency) / count` of each node already handed back.
    share: Vec<f64>,
    order: Vec<u32>,
    /// Made on first use: by hops it is needed only where paths are too many for a float.
    search: Option<Search>,
}

impl<'a> Accumulation<'a> {
    pub(super) fn new(paths: &'a Paths<'a>) -> Self {
        let hops = match paths.length {
            Length::Hops => paths.csr.node_count(),
            Length::Weight | Length::Reciprocal | Length::Certainty => 0,
        };
        Self {
            paths,
            depth: vec![UNREACHED; hops],
            count: vec![0.0; hops],
            share: vec![0.0; hops],
            order: Vec::new(),
            search: None,
        }
    }

    /// Adds to `row` the dependency of `source` on each other node.
    pub(super) fn add(&mut self, source: u32, row: &mut [f64]) {
        if self.paths.length != Length::Hops {
            return self.add_by_search(source, row);
        }
        self.count_by_hops(source);
        if self.order.iter().all(|&v| self.count[v as usize].is_exact()) {
            self.hand_back(row);
        } else {
            self.add_by_search(source, row);
        }
        self.clear();
    }

    fn count_by_hops(&mut self, source: u32) {
        self.depth[source as usize] = 0;
        self.count[source as usize] = 1.0;
        self.order.push(source);
        let mut head = 0;
        while let Some(&u) = self.order.get(head) {
            head += 1;
            let (next, count) = (self.depth[u as usize] + 1, self.count[u as usize]);
            for &v in self.paths.next(u) {
                let depth = &mut self.depth[v as usize];
                if *depth == UNREACHED {
                    *depth = next;
                    self.order.push(v);
                }
                if *depth == next {
                    self.count[v as usize] += count;
                }
            }
        }
    }

    fn hand_back(&mut self, row: &mut [f64]) {
        for (i, &u) in self.order.iter().enumerate().rev() {
            let next = self.depth[u as usize] + 1;
            let mut shares = 0.0;
            for &v in self.paths.next(u) {
                let share = self.share[v as usize];
                shares += if self.depth[v as usize] == next { share } else { 0.0 };
            }
            let count = self.count[u as usize];
            let dependency = count * shares;
            self.share[u as usize] = (1.0 + dependency) / count;
            if i > 0 {
                row[u as usize] += dependency;
            }
        }
    }

    fn clear(&mut self) {
        for u in self.order.drain(..) {
            self.depth[u as usize] = UNREACHED;
            self.count[u as usize] = 0.0;
        }
    }

    fn add_by_search(&mut self, source: u32, row: &mut [f64]) {
        let n = self.paths.csr.node_count();
        let search = self.search.get_or_insert_with(|| Search::new(n));
        search.run(self.paths, source, None);
        if !hand_back_by::<f64>(self.paths, search, row) {
            hand_back_by::<Wide>(self.paths, search, row);
        }
    }
}

/// How many shortest paths lead to each node reached, in the order they were settled in.
fn counts<C: PathCount>(paths: &Paths<'_>, search: &Search) -> Vec<C> {
    let mut counts = vec![C::NONE; search.order.len()];
    counts[0] = C::ONE;
    for (place, &u) in search.order.iter().enumerate() {
        for (v, length) in paths.steps(u) {
            if search.is_last_step(u, length, v) {
                let later = search.place(v);
                counts[later] = counts[later].plus(counts[place]);
            }
        }
    }
    counts
}

/// Hands the shares back, farthest node first, and adds them to `row`; says `false` and adds
/// nothing if the paths are too many for `C`.
fn hand_back_by<C: PathCount>(paths: &Paths<'_>, search: &Search, row: &mut [f64]) -> bool {
    let counts = counts::<C>(paths, search);
    if !counts.iter().all(|count| count.is_exact()) {
        return false;
    }
    let mut dependency = vec![0.0; counts.len()];
    for (place, &u) in search.order.iter().enumerate().rev() {
        for (v, length) in paths.steps(u) {
            if search.is_last_step(u, length, v) {
                let later = search.place(v);
                let share = counts[place].share_of(counts[later]);
                dependency[place] += share * (1.0 + dependency[later]);
            }
        }
        if place > 0 {
            row[u as usize] += dependency[place];
        }
    }
    true
}
