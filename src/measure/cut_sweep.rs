//! What the removal of each single node cuts off, for all nodes in one sweep.

use crate::graph::Csr;

/// The place of a node that the sweep has not come to.
const UNSEEN: u32 = u32::MAX;

/// The place of a node that is gone: behind all others, so that nothing leads back over it.
const GONE: u32 = u32::MAX - 1;

/// A depth-first sweep that tells of each node how many pairs its removal would part, and the room it works in.
///
/// A child's subtree falls off with its node if no edge leads from it to above the node (Hopcroft and Tarjan's articulation
/// points); what is left of the component stays in one piece. No recursion: a path of a million nodes is walked.
pub(super) struct CutSweep {
    place: Vec<u32>,
    /// The foremost place that an edge from the subtree leads to.
    low: Vec<u32>,
    size: Vec<u32>,
    parent: Vec<u32>,
    order: Vec<u32>,
    stack: Vec<(u32, u32)>,
    /// By node: the pairs within what would fall off, and its nodes.
    off_pairs: Vec<u64>,
    off_nodes: Vec<u32>,
    /// By node: how many pairs are no longer joined without it, its own among them; 0 where it is gone already.
    pub(super) parted: Vec<u64>,
    /// By node: how many nodes the largest piece would have that is left of its component.
    pub(super) largest_piece: Vec<u32>,
}

impl CutSweep {
    pub(super) fn new(node_count: usize) -> Self {
        Self {
            place: vec![UNSEEN; node_count],
            low: vec![0; node_count],
            size: vec![0; node_count],
            parent: vec![0; node_count],
            order: Vec::with_capacity(node_count),
            stack: Vec::new(),
            off_pairs: vec![0; node_count],
            off_nodes: vec![0; node_count],
            parted: vec![0; node_count],
            largest_piece: vec![0; node_count],
        }
    }

    /// Sweeps an undirected graph without the nodes that are `gone`; says how many pairs are joined in it.
    pub(super) fn run(&mut self, csr: &Csr, gone: &[bool]) -> u64 {
        self.begin(gone);
        self.parted.fill(0);
        let mut joined = 0;
        for root in csr.nodes() {
            if self.place[root as usize] == UNSEEN {
                let first = self.order.len();
                self.walk(csr, root);
                joined += self.settle(root, first);
            }
        }
        joined
    }

    /// Makes ready for looking at single components of a graph without the nodes that are `gone`.
    pub(super) fn begin(&mut self, gone: &[bool]) {
        self.order.clear();
        for (place, &gone) in self.place.iter_mut().zip(gone) {
            *place = if gone { GONE } else { UNSEEN };
        }
    }

    /// Sweeps the component of a node and gives its nodes: none where that was done since the last [`forget`](Self::forget), or
    /// the node is gone.
    pub(super) fn component(&mut self, csr: &Csr, root: u32) -> &[u32] {
        let first = self.order.len();
        if self.place[root as usize] == UNSEEN {
            self.walk(csr, root);
            self.settle(root, first);
        }
        &self.order[first..]
    }

    /// Lets the components that were swept be swept again.
    pub(super) fn forget(&mut self) {
        for u in self.order.drain(..) {
            if self.place[u as usize] != GONE {
                self.place[u as usize] = UNSEEN;
            }
        }
    }

    /// Takes a node away, between sweeps.
    pub(super) fn remove(&mut self, u: u32) {
        self.place[u as usize] = GONE;
    }

    fn walk(&mut self, csr: &Csr, root: u32) {
        self.enter(root, root);
        while let Some(top) = self.stack.last_mut() {
            let (u, cursor) = *top;
            top.1 += 1;
            if let Some(&v) = csr.neighbors(u).get(cursor as usize) {
                let place = self.place[v as usize];
                if place == UNSEEN {
                    self.enter(v, u);
                } else if v != self.parent[u as usize] {
                    self.low[u as usize] = self.low[u as usize].min(place);
                }
            } else {
                self.stack.pop();
                if u != root {
                    self.leave(u);
                }
            }
        }
    }

    fn enter(&mut self, u: u32, parent: u32) {
        let place = u32::try_from(self.order.len()).expect("nodes are numbered by 32 bits");
        let at = u as usize;
        (self.place[at], self.low[at], self.parent[at]) = (place, place, parent);
        (self.size[at], self.off_pairs[at], self.off_nodes[at]) = (1, 0, 0);
        self.largest_piece[at] = 0;
        self.order.push(u);
        self.stack.push((u, 0));
    }

    fn leave(&mut self, u: u32) {
        let (child, parent) = (u as usize, self.parent[u as usize] as usize);
        self.size[parent] += self.size[child];
        self.low[parent] = self.low[parent].min(self.low[child]);
        if self.low[child] >= self.place[parent] {
            self.off_pairs[parent] += pairs(self.size[child]);
            self.off_nodes[parent] += self.size[child];
            self.largest_piece[parent] = self.largest_piece[parent].max(self.size[child]);
        }
    }

    /// Once a component is walked, its size is known, and so what is left without each node.
    fn settle(&mut self, root: u32, first: usize) -> u64 {
        let size = self.size[root as usize];
        for &v in &self.order[first..] {
            let v = v as usize;
            let rest = size - 1 - self.off_nodes[v];
            self.parted[v] = pairs(size) - self.off_pairs[v] - pairs(rest);
            self.largest_piece[v] = self.largest_piece[v].max(rest);
        }
        pairs(size)
    }
}

/// How many pairs there are among so many nodes.
pub(super) fn pairs(count: u32) -> u64 {
    let count = u64::from(count);
    count * count.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_path_parts_most() {
        let mut sweep = CutSweep::new(5);
        assert_eq!(sweep.run(&Csr::path(5), &[false; 5]), 10);
        assert_eq!(sweep.parted, [4, 7, 8, 7, 4]);
        assert_eq!(sweep.largest_piece, [4, 3, 2, 3, 4]);
        assert_eq!(sweep.run(&Csr::path(5), &[false, true, false, false, false]), 3);
        assert_eq!(sweep.parted, [0, 0, 2, 3, 2]);
    }

    #[test]
    fn a_ring_holds_without_any_one() {
        let mut sweep = CutSweep::new(6);
        sweep.run(&Csr::cycle(6), &[false; 6]);
        assert_eq!(sweep.parted, [5; 6]);
    }

    #[test]
    fn pairs_are_half_of_all_choices_of_two() {
        assert_eq!([0, 1, 2, 5].map(pairs), [0, 0, 1, 10]);
        assert_eq!(pairs(u32::MAX), 9_223_372_030_412_324_865);
    }

    #[test]
    fn a_component_is_given_once_until_it_is_forgotten() {
        let csr = Csr::path(5);
        let mut sweep = CutSweep::new(5);
        sweep.begin(&[false, false, true, false, false]);
        assert_eq!(sweep.component(&csr, 3), [3, 4]);
        assert!(sweep.component(&csr, 4).is_empty(), "it was swept");
        assert!(sweep.component(&csr, 2).is_empty(), "it is gone");
        assert_eq!(sweep.component(&csr, 1), [1, 0]);
        sweep.forget();
        assert_eq!(sweep.component(&csr, 4), [4, 3]);
        assert!(sweep.component(&csr, 2).is_empty(), "what is gone stays so");
    }

    #[test]
    fn a_node_taken_away_parts_the_component() {
        let csr = Csr::path(5);
        let mut sweep = CutSweep::new(5);
        sweep.begin(&[false; 5]);
        assert_eq!(sweep.component(&csr, 0), [0, 1, 2, 3, 4]);
        sweep.remove(1);
        sweep.forget();
        assert_eq!(sweep.component(&csr, 4), [4, 3, 2]);
        assert_eq!(sweep.largest_piece[2..], [2, 1, 2]);
    }

    #[test]
    fn a_hub_of_two_rings_parts_them() {
        // Rings of three and of four that share node 0: without it two and three nodes are left.
        let edges = [(0, 1), (1, 2), (2, 0), (0, 3), (3, 4), (4, 5), (5, 0)];
        let csr = Csr::unweighted(6, &edges, crate::graph::Direction::Undirected);
        let mut sweep = CutSweep::new(6);
        assert_eq!(sweep.run(&csr, &[false; 6]), 15);
        assert_eq!(sweep.parted, [15 - 1 - 3, 5, 5, 5, 5, 5]);
        assert_eq!(sweep.largest_piece, [3, 5, 5, 5, 5, 5]);
    }
}
