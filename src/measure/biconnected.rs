//! Which nodes and edges hold a graph together.

use std::ops::Range;

use super::reading::undirected;
use crate::graph::Csr;

/// An edge whose removal divides its component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CutTie {
    /// The two nodes, the lower one first.
    pub ends: [u32; 2],
    /// How many nodes are then on the side of each of the two.
    pub sides: [u32; 2],
}

/// Biconnected components: which nodes stay together whichever one node is taken away.
///
/// Two edges are of one **block** where some cycle holds both. Blocks meet in **cut nodes**; a block of one edge is a **cut
/// tie**, without which its component falls apart. A directed graph is read as undirected. Weights do not count.
///
/// - **Cost**: `O(n + m)` time on one thread without recursion, 20 bytes a node; a directed graph is copied.
/// - **Order**: nodes in node order, ties by their ends, blocks by size and then by their lowest nodes.
/// - **Edge cases**: an isolated node is in no block.
///
/// # Examples
///
/// Two triangles that share a node, and a tail:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::Biconnected;
///
/// let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2), (4, 5)];
/// let found = Biconnected::of(&Csr::unweighted(6, &edges, Direction::Undirected));
/// assert_eq!(found.cut_nodes(), [2, 4]);
/// assert_eq!(found.cut_ties()[0].ends, [4, 5]);
/// assert_eq!(found.blocks(), [vec![0, 1, 2], vec![2, 3, 4], vec![4, 5]]);
/// assert_eq!(found.pieces(2), [vec![3, 4, 5], vec![0, 1]]);
/// ```
///
/// # Source
///
/// J. Hopcroft, R. Tarjan, "Algorithm 447: Efficient algorithms for graph manipulation", Comm. ACM 16(6):372-378, 1973.
/// `NUMBER` there is the place in the order of the search
/// here, `LOWPOINT` is `low`.
#[derive(Clone, Debug)]
pub struct Biconnected {
    /// Each component in the order in which a search in depth meets its nodes.
    order: Vec<Place>,
    /// The place of each node in it.
    place: Vec<u32>,
    /// The first place of each component.
    roots: Vec<u32>,
}

/// A node in the order of the search; nodes are named by their places.
#[derive(Clone, Copy, Debug)]
struct Place {
    node: u32,
    /// From where the search came; of the first of a component, its own place.
    parent: u32,
    /// The first place that an edge leads to from here or from below in the tree of the search.
    low: u32,
    /// How many places are below this one, itself among them: they follow it. While the search runs, how many neighbors of
    /// the node it has looked at.
    size: u32,
}

impl Biconnected {
    /// Searches a graph once.
    #[must_use]
    pub fn of(csr: &Csr) -> Self {
        let csr = undirected(csr);
        let n = csr.node_count();
        let mut found =
            Self { order: Vec::with_capacity(n), place: vec![UNSEEN; n], roots: Vec::new() };
        for root in csr.nodes() {
            if found.place[root as usize] == UNSEEN {
                let place = found.reach(root, None);
                found.roots.push(place);
                found.search_from(&csr, place);
            }
        }
        found.sum_up();
        found
    }

    /// Searches in depth from a place that has just been reached.
    fn search_from(&mut self, csr: &Csr, root: u32) {
        let mut here = root;
        loop {
            let Place { node, parent, mut low, size: looked_at } = self.order[here as usize];
            let row = &csr.neighbors(node)[looked_at as usize..];
            let unseen = row.iter().position(|&v| {
                let place = self.place[v as usize];
                // `UNSEEN` is the largest number of all.
                if place != parent {
                    low = low.min(place);
                }
                place == UNSEEN
            });
            let at = &mut self.order[here as usize];
            at.low = low;
            if let Some(skipped) = unseen {
                at.size += number(skipped) + 1;
                here = self.reach(row[skipped], Some(here));
            } else if here == root {
                return;
            } else {
                here = parent;
            }
        }
    }

    fn reach(&mut self, node: u32, from: Option<u32>) -> u32 {
        let place = number(self.order.len());
        self.place[node as usize] = place;
        self.order.push(Place { node, parent: from.unwrap_or(place), low: place, size: 0 });
        place
    }

    /// Hands sizes and lowest places up the tree of the search.
    fn sum_up(&mut self) {
        for place in &mut self.order {
            place.size = 1;
        }
        for at in (0..self.order.len()).rev() {
            let place = self.order[at];
            if place.parent as usize != at {
                let parent = &mut self.order[place.parent as usize];
                parent.low = parent.low.min(place.low);
                parent.size += place.size;
            }
        }
    }

    /// The nodes whose removal divides their component, in node order.
    #[must_use]
    pub fn cut_nodes(&self) -> Vec<u32> {
        let cut_off = self.cut_off();
        (0..).zip(cut_off).filter(|&(_, cut_off)| cut_off > 0).map(|(u, _)| u).collect()
    }

    /// How many nodes of its component the removal of each node cuts off from the largest piece left, in node order.
    #[must_use]
    pub fn cut_off(&self) -> Vec<u32> {
        // By place: how many nodes hang on it alone, and in how large a piece at most.
        let mut hanging = vec![(0, 0); self.order.len()];
        for (_, place) in self.children().filter(|(_, place)| place.is_severed()) {
            let (all, most) = &mut hanging[place.parent as usize];
            *all += place.size;
            *most = place.size.max(*most);
        }
        let mut cut_off = vec![0; self.order.len()];
        let mut others = 0;
        for ((at, place), (all, most)) in (0..).zip(&self.order).zip(hanging) {
            if place.parent == at {
                others = place.size - 1;
            }
            cut_off[place.node as usize] = others - most.max(others - all);
        }
        cut_off
    }

    /// The edges whose removal divides their component, by their ends.
    #[must_use]
    pub fn cut_ties(&self) -> Vec<CutTie> {
        let mut ties: Vec<CutTie> = Vec::new();
        let mut whole = 0;
        for (at, place) in (0..).zip(&self.order) {
            if place.parent == at {
                whole = place.size;
            } else if place.low == at {
                let (u, v) = (self.order[place.parent as usize].node, place.node);
                let (above, below) = (whole - place.size, place.size);
                ties.push(if u < v {
                    CutTie { ends: [u, v], sides: [above, below] }
                } else {
                    CutTie { ends: [v, u], sides: [below, above] }
                });
            }
        }
        ties.sort_unstable_by_key(|tie| tie.ends);
        ties
    }

    /// The pieces that the component of `u` falls into without it, each sorted, the largest first, equal ones by their
    /// lowest nodes.
    ///
    /// # Panics
    ///
    /// If the graph has no node `u`.
    #[must_use]
    pub fn pieces(&self, u: u32) -> Vec<Vec<u32>> {
        let (hanging, rest) = self.ranges(u);
        let mut pieces: Vec<Vec<u32>> =
            hanging.into_iter().map(|range| self.nodes(range).collect()).collect();
        pieces.push(rest.into_iter().flat_map(|range| self.nodes(range)).collect());
        in_order(pieces)
    }

    /// How many nodes the pieces have that the component of `u` falls into without it, the largest first.
    ///
    /// # Panics
    ///
    /// If the graph has no node `u`.
    #[must_use]
    pub fn piece_sizes(&self, u: u32) -> Vec<u32> {
        let (hanging, rest) = self.ranges(u);
        let mut sizes: Vec<u32> = hanging.iter().map(|range| range.end - range.start).collect();
        sizes.push(rest.iter().map(|range| range.end - range.start).sum());
        sizes.retain(|&size| size > 0);
        sizes.sort_unstable_by(|one, other| other.cmp(one));
        sizes
    }

    /// The nodes that the removal of `u` cuts off from the largest piece left, piece by piece; of equally large pieces, one
    /// is left. They need not all be asked for.
    ///
    /// # Panics
    ///
    /// If the graph has no node `u`.
    pub fn cut_off_by(&self, u: u32) -> impl Iterator<Item = u32> + '_ {
        let (mut hanging, rest) = self.ranges(u);
        let size = |range: &Range<u32>| range.end - range.start;
        let most = (0..hanging.len()).max_by_key(|&at| size(&hanging[at]));
        let rest_size = rest.iter().map(size).sum();
        if let Some(most) = most.filter(|&most| size(&hanging[most]) > rest_size) {
            hanging.remove(most);
            hanging.extend(rest);
        }
        hanging.into_iter().flat_map(|range| self.nodes(range))
    }

    /// The places around `u`, in its component: pieces that hang on it alone, and the ranges of the rest.
    fn ranges(&self, u: u32) -> (Vec<Range<u32>>, Vec<Range<u32>>) {
        let here = self.place[u as usize];
        let (first, end) = self.component(here);
        let before = first..here;
        let (mut hanging, mut rest) = (Vec::new(), vec![before]);
        let mut child = here + 1;
        while child < here + self.order[here as usize].size {
            let place = self.order[child as usize];
            let past = child + place.size;
            if place.is_severed() {
                hanging.push(child..past);
            } else {
                rest.push(child..past);
            }
            child = past;
        }
        rest.push(child..end);
        (hanging, rest)
    }

    fn nodes(&self, places: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        self.order[places.start as usize..places.end as usize].iter().map(|place| place.node)
    }

    /// The nodes of each block, sorted, the largest block first, equal ones by their nodes.
    #[must_use]
    pub fn blocks(&self) -> Vec<Vec<u32>> {
        let mut blocks: Vec<Vec<u32>> = Vec::new();
        let mut block = vec![0; self.order.len()];
        for (at, place) in self.children() {
            let parent = place.parent as usize;
            block[at] = if place.is_severed() {
                blocks.push(vec![self.order[parent].node]);
                blocks.len() - 1
            } else {
                block[parent]
            };
            blocks[block[at]].push(place.node);
        }
        in_order(blocks)
    }

    /// The places that the search came to from another.
    fn children(&self) -> impl Iterator<Item = (usize, &Place)> + '_ {
        self.order.iter().enumerate().filter(|&(at, place)| place.parent as usize != at)
    }

    /// The first place of the component of a place, and the one after its last.
    fn component(&self, at: u32) -> (u32, u32) {
        let root = self.roots[self.roots.partition_point(|&root| root <= at) - 1];
        (root, root + self.order[root as usize].size)
    }
}

impl Place {
    /// Whether all that is below hangs on the parent alone.
    fn is_severed(&self) -> bool {
        self.low >= self.parent
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("nodes are numbered by 32 bits")
}

/// Not yet seen by the search; no place, for the last place is one below the number of nodes.
const UNSEEN: u32 = u32::MAX;

/// Lists of nodes that are not empty, each sorted; the longest first, equal ones by their nodes.
fn in_order(mut lists: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    lists.retain(|list| !list.is_empty());
    for list in &mut lists {
        list.sort_unstable();
    }
    lists.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    lists
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    /// Two triangles that share node 2, a tail from 4 to 5, a pair and a lone node.
    fn found() -> Biconnected {
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2), (4, 5), (6, 7)];
        Biconnected::of(&Csr::unweighted(9, &edges, Direction::Undirected))
    }

    #[test]
    fn cut_nodes_cut_off_all_but_the_largest_piece() {
        assert_eq!(found().cut_nodes(), [2, 4]);
        assert_eq!(found().cut_off(), [0, 0, 2, 0, 1, 0, 0, 0, 0]);
    }

    #[test]
    fn pieces_are_what_is_left_of_the_component() {
        assert_eq!(found().pieces(2), [vec![3, 4, 5], vec![0, 1]]);
        assert_eq!(found().pieces(4), [vec![0, 1, 2, 3], vec![5]]);
        assert_eq!(found().pieces(1), [[0, 2, 3, 4, 5]]);
        assert_eq!(found().pieces(6), [[7]]);
        assert!(found().pieces(8).is_empty());
    }

    #[test]
    fn sizes_of_pieces_leave_out_empty_ones() {
        let sizes = [2, 4, 1, 7, 8].map(|u| found().piece_sizes(u));
        assert_eq!(sizes, [vec![3, 2], vec![4, 1], vec![5], vec![1], vec![]]);
    }

    #[test]
    fn all_but_the_largest_piece_is_cut_off() {
        let cut_off_by = |u| {
            let mut nodes: Vec<u32> = found().cut_off_by(u).collect();
            nodes.sort_unstable();
            nodes
        };
        assert_eq!(cut_off_by(2), [0, 1], "what hangs on it is larger");
        assert_eq!(cut_off_by(4), [5], "the rest is larger");
        assert!(cut_off_by(1).is_empty() && cut_off_by(8).is_empty());
    }

    #[test]
    fn of_two_equal_pieces_that_of_the_first_node_is_left() {
        let found = Biconnected::of(&Csr::path(3));
        assert!(found.cut_off_by(1).eq([2]));
    }

    #[test]
    fn cut_ties_say_how_many_are_on_either_side() {
        let tie = |ends, sides| CutTie { ends, sides };
        assert_eq!(found().cut_ties(), [tie([4, 5], [5, 1]), tie([6, 7], [1, 1])]);
        let bent = Csr::unweighted(3, &[(0, 2), (2, 1)], Direction::Undirected);
        let ties = Biconnected::of(&bent).cut_ties();
        assert_eq!(ties, [tie([0, 2], [1, 2]), tie([1, 2], [1, 2])]);
    }

    #[test]
    fn blocks_meet_in_cut_nodes() {
        assert_eq!(found().blocks(), [vec![0, 1, 2], vec![2, 3, 4], vec![4, 5], vec![6, 7]]);
    }

    #[test]
    fn a_component_is_a_range_of_places() {
        let found = found();
        let ranges = [0, 5, 6, 7, 8].map(|place| found.component(place));
        assert_eq!(ranges, [(0, 6), (0, 6), (6, 8), (6, 8), (8, 9)]);
    }
}
