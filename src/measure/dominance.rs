//! Which nodes no best set needs, because another would do at least as well in their place.

use crate::graph::Csr;

/// Nodes in the order in which sets are built from them, and who must be in a set before each may be.
///
/// Where each neighbor of `v` other than `u` is a neighbor of `u`, removing `u` leaves a graph that fits into what removing `v`
/// leaves, with `v` in the place of `u`. So no fewer pairs are parted and no path is shorter: a set with `v` and without `u` is
/// never better than the same set with `u` for `v`. Of twins the lower number goes first. Hence there is a best set that
/// holds, with each node, all that dominate it; a leaf, dominated by its neighbor and all of that one's neighbors,
/// is seldom in one.
pub(super) struct Dominance {
    /// The nodes that may be in a best set, of most neighbors first.
    pub(super) order: Vec<u32>,
    /// By place in `order`: who must be in the set already.
    before: Vec<Vec<u32>>,
    /// By node: its place in `order`, if it has one.
    place: Vec<Option<usize>>,
}

impl Dominance {
    /// For sets of `size` allowed nodes of an undirected graph.
    pub(super) fn of(csr: &Csr, allowed: &[bool], size: usize) -> Self {
        let mut order: Vec<u32> = csr.nodes().filter(|&u| allowed[u as usize]).collect();
        order.sort_by_key(|&u| (std::cmp::Reverse(csr.neighbors(u).len()), u));
        let isolates = order.partition_point(|&u| !csr.neighbors(u).is_empty());
        let place = vec![None; csr.node_count()];
        let mut kept = Self { order: Vec::new(), before: Vec::new(), place };
        for (place, &v) in order.iter().enumerate() {
            let before = if place < isolates {
                dominators(csr, allowed, v, size)
            } else {
                order[..place.min(size)].to_vec()
            };
            if before.len() < size {
                kept.place[v as usize] = Some(kept.order.len());
                kept.order.push(v);
                kept.before.push(before);
            }
        }
        kept
    }

    /// Whether all that dominate a node of the order are in a set that holds it.
    pub(super) fn is_open_to(&self, node: u32, set: &[u32]) -> bool {
        self.place[node as usize].is_some_and(|place| self.may_join(place, set))
    }

    /// Whether the node at that place may join a set that already holds `chosen`.
    pub(super) fn may_join(&self, place: usize, chosen: &[u32]) -> bool {
        self.before[place].iter().all(|u| chosen.contains(u))
    }
}

/// Up to `enough` allowed nodes that dominate `v`, which has a neighbor.
fn dominators(csr: &Csr, allowed: &[bool], v: u32, enough: usize) -> Vec<u32> {
    let own = csr.neighbors(v);
    let degree = |u: u32| csr.neighbors(u).len();
    let Some(&near) = own.iter().min_by_key(|&&w| degree(w)) else { return Vec::new() };
    let first = |u: u32| degree(u) > own.len() || (degree(u) == own.len() && u < v);
    let covers = |u: u32| own.iter().all(|&w| w == u || csr.neighbors(u).binary_search(&w).is_ok());
    let candidates = csr.neighbors(near).iter().copied().chain([near]);
    candidates
        .filter(|&u| u != v && allowed[u as usize] && first(u) && covers(u))
        .take(enough)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn of_a_star_only_the_hub_is_needed() {
        let one = Dominance::of(&Csr::star(6), &[true; 6], 1);
        assert_eq!(one.order, [0]);
        let two = Dominance::of(&Csr::star(6), &[true; 6], 2);
        assert_eq!(two.order, [0, 1], "one leaf stands for all, once the hub is gone");
        assert!(two.may_join(1, &[0]) && !two.may_join(1, &[]));
    }

    #[test]
    fn who_may_not_be_taken_dominates_nobody() {
        let mut allowed = [true; 4];
        allowed[0] = false;
        assert_eq!(Dominance::of(&Csr::star(4), &allowed, 1).order, [1]);
    }

    #[test]
    fn of_twins_the_lower_comes_first() {
        // In a square 0 and 2 have the same neighbors, and so have 1 and 3.
        let square = Csr::cycle(4);
        let one = Dominance::of(&square, &[true; 4], 1);
        assert_eq!(one.order, [0, 1]);
        assert!(one.is_open_to(0, &[]) && !one.is_open_to(2, &[0]), "2 has no place");
        let two = Dominance::of(&square, &[true; 4], 2);
        assert_eq!(two.order, [0, 1, 2, 3]);
        assert!(two.is_open_to(2, &[0, 2]) && !two.is_open_to(2, &[1, 2]));
        assert!(two.is_open_to(3, &[1]) && !two.is_open_to(3, &[0]));
    }

    #[test]
    fn who_is_tied_to_one_more_dominates() {
        // A triangle with a tail: 2 has the neighbors of 0 and of 1, and one more; 0 is before 1.
        let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 0), (2, 3)], Direction::Undirected);
        let dominators = |v, enough| dominators(&csr, &[true; 4], v, enough);
        assert!(dominators(2, 9).is_empty());
        assert_eq!(dominators(0, 9), [2]);
        let mut of_one = dominators(1, 9);
        of_one.sort_unstable();
        assert_eq!(of_one, [0, 2]);
        assert_eq!(dominators(1, 1).len(), 1);
        let mut of_tail = dominators(3, 9);
        of_tail.sort_unstable();
        assert_eq!(of_tail, [0, 1, 2], "all who are tied to 2, and 2");
    }

    #[test]
    fn of_lone_nodes_the_lowest_come_first() {
        let lone = Csr::unweighted(3, &[], Direction::Undirected);
        assert_eq!(Dominance::of(&lone, &[true; 3], 1).order, [0]);
        let two = Dominance::of(&lone, &[true; 3], 2);
        assert_eq!((two.order.clone(), two.before.clone()), (vec![0, 1], vec![vec![], vec![0]]));
    }
}
