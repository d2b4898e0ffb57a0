//! Removals looked at backwards: nodes come back one by one, and pieces only grow.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::dismantling::Task;
use super::scored::Scored;
use crate::graph::Csr;

/// The size of the largest component before any removal and after each.
pub(super) fn curve(csr: &Csr, removed: &[u32]) -> Vec<usize> {
    let mut pieces = Pieces::without(csr, removed);
    let mut sizes = vec![pieces.largest];
    for &u in removed.iter().rev() {
        pieces.put_back(csr, u);
        sizes.push(pieces.largest);
    }
    sizes.reverse();
    sizes
}

/// The removals that are left, in their order, once all were put back that make no component larger than the limit: those that
/// join least for their cost first.
pub(super) fn reinserted(task: &Task<'_>, removed: &[u32]) -> Vec<u32> {
    let mut pieces = Pieces::without(task.csr, removed);
    let mut heap: BinaryHeap<Reverse<Scored>> =
        removed.iter().map(|&node| Reverse(scored(task, &mut pieces, node))).collect();
    while let Some(node) = next(task, &mut pieces, &mut heap) {
        if pieces.joined(task.csr, node) <= task.limit {
            pieces.put_back(task.csr, node);
        }
    }
    removed.iter().copied().filter(|&node| pieces.gone[node as usize]).collect()
}

/// The node that joins least. What one joins only grows, so it is looked at again only when it stands first.
fn next(
    task: &Task<'_>,
    pieces: &mut Pieces,
    heap: &mut BinaryHeap<Reverse<Scored>>,
) -> Option<u32> {
    while let Some(Reverse(first)) = heap.pop() {
        let now = scored(task, pieces, first.node);
        if now == first {
            return Some(first.node);
        }
        heap.push(Reverse(now));
    }
    None
}

fn scored(task: &Task<'_>, pieces: &mut Pieces, node: u32) -> Scored {
    let joined = pieces.joined(task.csr, node) as f64;
    Scored { score: joined / task.costs[node as usize], node }
}

/// The components of what is left, as a forest with the size of each at its root (union by index, path halving).
struct Pieces {
    parent: Vec<u32>,
    size: Vec<usize>,
    gone: Vec<bool>,
    largest: usize,
    roots: Vec<u32>,
}

impl Pieces {
    fn without(csr: &Csr, removed: &[u32]) -> Self {
        let n = csr.node_count();
        let mut pieces = Self {
            parent: csr.nodes().collect(),
            size: vec![1; n],
            gone: vec![true; n],
            largest: 0,
            roots: Vec::new(),
        };
        let mut kept = vec![true; n];
        for &u in removed {
            kept[u as usize] = false;
        }
        for u in csr.nodes().filter(|&u| kept[u as usize]) {
            pieces.put_back(csr, u);
        }
        pieces
    }

    fn root(&mut self, mut u: u32) -> u32 {
        while self.parent[u as usize] != u {
            self.parent[u as usize] = self.parent[self.parent[u as usize] as usize];
            u = self.parent[u as usize];
        }
        u
    }

    /// How large the component would be that a node comes back into.
    fn joined(&mut self, csr: &Csr, u: u32) -> usize {
        let mut roots = std::mem::take(&mut self.roots);
        roots.clear();
        for &v in csr.neighbors(u) {
            if !self.gone[v as usize] {
                roots.push(self.root(v));
            }
        }
        roots.sort_unstable();
        roots.dedup();
        let size = 1 + roots.iter().map(|&root| self.size[root as usize]).sum::<usize>();
        self.roots = roots;
        size
    }

    fn put_back(&mut self, csr: &Csr, u: u32) {
        self.gone[u as usize] = false;
        let mut own = u;
        for &v in csr.neighbors(u) {
            if !self.gone[v as usize] {
                let other = self.root(v);
                if other != own {
                    own = self.join(own, other);
                }
            }
        }
        self.largest = self.largest.max(self.size[own as usize]);
    }

    /// Puts the smaller tree under the larger.
    fn join(&mut self, a: u32, b: u32) -> u32 {
        let (over, under) =
            if self.size[a as usize] >= self.size[b as usize] { (a, b) } else { (b, a) };
        self.parent[under as usize] = over;
        self.size[over as usize] += self.size[under as usize];
        over
    }
}
