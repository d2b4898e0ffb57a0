//! Trees that hang on a graph, folded into the nodes they hang on.
//!
//! From a tree to all else there is one way, so what its nodes lie between is known from sizes alone. What
//! is left, the core, is smaller, and its nodes stand for as many as were folded into them.

use super::components::joined;
use crate::graph::{Csr, Direction, Edge};

/// No node.
const NONE: u32 = u32::MAX;

/// An undirected graph without the trees that hang on it.
pub(super) struct Folded {
    /// What is left, its nodes in the order of [`nodes`](Self::nodes).
    pub(super) core: Csr,
    /// The node that each node of the core is.
    pub(super) nodes: Vec<u32>,
    /// How many nodes each node of the core stands for, itself among them.
    pub(super) standing: Vec<f64>,
    /// For each node of the graph, between how many ordered pairs it lies of which at least one is
    /// of a tree that hangs on it, or for a node of a tree, between how many in all.
    pub(super) between: Vec<f64>,
}

/// What is known of each node while leaves are taken off.
struct Trees {
    /// The node that a folded node hangs on.
    hangs_on: Vec<u32>,
    /// In the order in which they were folded, leaves first.
    folded: Vec<u32>,
    /// How many nodes each stands for.
    size: Vec<u64>,
    /// The sum of the squares of the sizes of what was folded into each.
    squares: Vec<u128>,
}

impl Folded {
    /// Folds leaf after leaf; the core's nodes come in the order of their ties, the most first, so
    /// that what is looked at most lies together.
    pub(super) fn new(csr: &Csr) -> Self {
        let trees = Trees::new(csr);
        let mut nodes: Vec<u32> =
            csr.nodes().filter(|&u| trees.hangs_on[u as usize] == NONE).collect();
        nodes.sort_by_key(|&u| std::cmp::Reverse(csr.neighbors(u).len()));
        let core = part(csr, &nodes);
        let standing = nodes.iter().map(|&u| trees.size[u as usize] as f64).collect();
        let between = trees.between(csr);
        Self { core, nodes, standing, between }
    }
}

/// The graph of some of the nodes, in their order.
fn part(csr: &Csr, nodes: &[u32]) -> Csr {
    let mut place = vec![NONE; csr.node_count()];
    for (at, &u) in (0_u32..).zip(nodes) {
        place[u as usize] = at;
    }
    let kept = |u: u32| csr.edges_of(u).filter(move |&(v, _)| u < v);
    let edges: Vec<Edge> = nodes
        .iter()
        .flat_map(|&u| kept(u).map(move |(v, weight)| (u, v, weight)))
        .filter(|&(_, v, _)| place[v as usize] != NONE)
        .map(|(u, v, weight)| (place[u as usize], place[v as usize], weight))
        .collect();
    let part = Csr::new(nodes.len(), &edges, Direction::Undirected);
    if csr.is_weighted() { part } else { part.without_weights() }
}

impl Trees {
    fn new(csr: &Csr) -> Self {
        let n = csr.node_count();
        let mut ties: Vec<usize> = csr.nodes().map(|u| csr.neighbors(u).len()).collect();
        let mut trees = Self {
            hangs_on: vec![NONE; n],
            folded: Vec::new(),
            size: vec![1; n],
            squares: vec![0; n],
        };
        let mut leaves: Vec<u32> = csr.nodes().filter(|&u| ties[u as usize] == 1).collect();
        while let Some(leaf) = leaves.pop() {
            let left = |&&v: &&u32| trees.hangs_on[v as usize] == NONE;
            // The last two nodes of a tree are both leaves; the later one has nothing left to hang on.
            let Some(&on) = csr.neighbors(leaf).iter().find(left) else { continue };
            trees.fold(leaf, on);
            ties[on as usize] -= 1;
            if ties[on as usize] == 1 {
                leaves.push(on);
            }
        }
        trees
    }

    fn fold(&mut self, leaf: u32, on: u32) {
        let size = self.size[leaf as usize];
        self.hangs_on[leaf as usize] = on;
        self.folded.push(leaf);
        self.size[on as usize] += size;
        self.squares[on as usize] += u128::from(size) * u128::from(size);
    }

    /// What [`Folded::between`] holds: without the node itself its trees and all else fall apart, and it lies
    /// between any two of different parts.
    fn between(&self, csr: &Csr) -> Vec<f64> {
        let whole = component_sizes(csr);
        let square = |count: u64| u128::from(count) * u128::from(count);
        let of = |u: u32| {
            let (size, whole) = (self.size[u as usize], whole[u as usize]);
            let (below, above) = (size - 1, whole - size);
            let apart = square(below) - self.squares[u as usize];
            apart + 2 * u128::from(below) * u128::from(above)
        };
        csr.nodes().map(|u| of(u) as f64).collect()
    }
}

/// How many nodes the component of each node has.
pub(super) fn component_sizes(csr: &Csr) -> Vec<u64> {
    let first = joined(csr, |_, _| true);
    let mut sizes = vec![0; csr.node_count()];
    for &first in &first {
        sizes[first as usize] += 1;
    }
    first.iter().map(|&first| sizes[first as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_folds_into_one_node_that_stands_for_all() {
        let folded = Folded::new(&Csr::path(5));
        assert_eq!((folded.core.node_count(), folded.core.edge_count()), (1, 0));
        assert_eq!(folded.standing, [5.0]);
        assert_eq!(folded.between, [0.0, 6.0, 8.0, 6.0, 0.0]);
    }

    #[test]
    fn a_tail_folds_into_the_cycle_it_hangs_on() {
        let pairs = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)];
        let folded = Folded::new(&Csr::unweighted(5, &pairs, Direction::Undirected));
        assert_eq!((folded.nodes, folded.standing), (vec![2, 0, 1], vec![3.0, 1.0, 1.0]));
        assert_eq!(folded.between, [0.0, 0.0, 8.0, 6.0, 0.0]);
    }

    #[test]
    fn two_trees_on_one_node_are_apart() {
        // On node 0 of a triangle hang a leaf and a tail of two.
        let pairs = [(0, 1), (1, 2), (2, 0), (0, 3), (0, 4), (4, 5)];
        let folded = Folded::new(&Csr::unweighted(7, &pairs, Direction::Undirected));
        assert_eq!(folded.nodes, [0, 1, 2, 6]);
        assert_eq!(folded.standing, [4.0, 1.0, 1.0, 1.0]);
        // 0 lies between 3 and the tail, both ways, and between these three and the other two; 4 between 5 and four.
        assert_eq!(folded.between, [4.0 + 12.0, 0.0, 0.0, 0.0, 8.0, 0.0, 0.0]);
    }

    #[test]
    fn a_part_keeps_weights_and_only_edges_within() {
        let edges = [(0, 1, 2.0), (1, 2, 3.0), (2, 3, 4.0), (0, 3, 5.0)];
        let csr = Csr::new(4, &edges, Direction::Undirected);
        let of_three = part(&csr, &[3, 1, 0]);
        let rows: Vec<Vec<(u32, f64)>> =
            of_three.nodes().map(|u| of_three.edges_of(u).collect()).collect();
        assert_eq!(rows, [vec![(2, 5.0)], vec![(2, 2.0)], vec![(0, 5.0), (1, 2.0)]]);
        assert!(of_three.is_weighted() && !part(&Csr::path(4), &[0, 1]).is_weighted());
    }

    #[test]
    fn every_node_is_told_the_size_of_its_component() {
        let csr = Csr::unweighted(6, &[(0, 5), (5, 2), (1, 4)], Direction::Undirected);
        assert_eq!(component_sizes(&csr), [3, 2, 3, 1, 2, 3]);
    }
}
