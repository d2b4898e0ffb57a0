//! Distances from one node, by hops or by weight.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::length::{Length, Paths, is_as_short};

/// The position of a node that was not settled.
const UNSETTLED: u32 = u32::MAX;

/// What one search found, and the room it worked in. Clearing costs what the search touched, not
/// the size of the graph.
pub(super) struct Search {
    /// The distance of each node from the source; infinite where no path leads.
    pub(super) distance: Vec<f64>,
    /// The nodes in the order in which their distance became final, nearest first.
    pub(super) order: Vec<u32>,
    position: Vec<u32>,
    /// Distances as bits: numbers of 0 or more sort the same way as their bits do.
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Search {
    pub(super) fn new(node_count: usize) -> Self {
        Self {
            distance: vec![f64::INFINITY; node_count],
            order: Vec::new(),
            position: vec![UNSETTLED; node_count],
            heap: BinaryHeap::new(),
        }
    }

    /// Finds the distances of all nodes that a path from `source` leads to.
    pub(super) fn run(&mut self, paths: &Paths<'_>, source: u32) {
        if paths.length == Length::Hops {
            self.clear();
            self.breadth_first(paths, source);
        } else {
            self.start([source]);
            while self.settle_next(paths, |_, _, _| {}).is_some() {}
        }
    }

    /// Makes ready for a search from any of `sources`, to be taken node by node with [`settle_next`](Self::settle_next).
    pub(super) fn start(&mut self, sources: impl IntoIterator<Item = u32>) {
        self.clear();
        for source in sources {
            self.distance[source as usize] = 0.0;
            self.heap.push(Reverse((0.0_f64.to_bits(), source)));
        }
    }

    /// The distance of the node that is settled next; infinite when there is none.
    pub(super) fn next_distance(&mut self) -> f64 {
        while let Some(&Reverse((bits, u))) = self.heap.peek() {
            if self.position[u as usize] == UNSETTLED {
                return f64::from_bits(bits);
            }
            self.heap.pop();
        }
        f64::INFINITY
    }

    /// Settles the nearest node that waits, and says which; calls `visit` with it, each node one step further, and how far that is.
    pub(super) fn settle_next(
        &mut self,
        paths: &Paths<'_>,
        mut visit: impl FnMut(u32, u32, f64),
    ) -> Option<u32> {
        self.next_distance();
        let Reverse((bits, u)) = self.heap.pop()?;
        self.settle(u);
        for (v, length) in paths.steps(u) {
            let through = f64::from_bits(bits) + length;
            visit(u, v, through);
            if through < self.distance[v as usize] {
                self.distance[v as usize] = through;
                self.heap.push(Reverse((through.to_bits(), v)));
            }
        }
        Some(u)
    }

    /// Whether the distance of a node is final.
    pub(super) fn is_settled(&self, v: u32) -> bool {
        self.position[v as usize] != UNSETTLED
    }

    /// Whether the step from `v` of `length` to `w` is the last of a shortest path to `w`.
    ///
    /// `v` must have been settled first: a step too short to change a distance would otherwise
    /// make a cycle of equals.
    pub(super) fn is_last_step(&self, v: u32, length: f64, w: u32) -> bool {
        self.position[v as usize] < self.position[w as usize]
            && self.position[w as usize] != UNSETTLED
            && is_as_short(self.distance[v as usize] + length, self.distance[w as usize])
    }

    /// Where in [`order`](Self::order) a settled node stands; of a node that was not settled, the highest number.
    pub(super) fn rank(&self, v: u32) -> u32 {
        self.position[v as usize]
    }

    fn clear(&mut self) {
        let waiting = self.heap.drain().map(|Reverse((_, v))| v);
        for v in self.order.drain(..).chain(waiting) {
            self.distance[v as usize] = f64::INFINITY;
            self.position[v as usize] = UNSETTLED;
        }
    }

    fn settle(&mut self, v: u32) {
        self.position[v as usize] =
            u32::try_from(self.order.len()).expect("nodes are numbered by 32 bits");
        self.order.push(v);
    }

    fn breadth_first(&mut self, paths: &Paths<'_>, source: u32) {
        self.distance[source as usize] = 0.0;
        self.settle(source);
        let mut head = 0;
        while let Some(&u) = self.order.get(head) {
            head += 1;
            let next = self.distance[u as usize] + 1.0;
            for &v in paths.next(u) {
                if self.position[v as usize] == UNSETTLED {
                    self.distance[v as usize] = next;
                    self.settle(v);
                }
            }
        }
    }
}
