//! A graph of half the nodes that looks alike from afar.

use super::ties::Ties;
use crate::random::Random;

/// A coarser graph and which of its nodes each finer node is part of.
pub(super) struct Coarser {
    pub(super) ties: Ties,
    pub(super) parent: Vec<u32>,
}

/// What no node has been joined to.
const NONE: u32 = u32::MAX;

/// Joins nodes in pairs, along edges where that can be, else two that share a neighbor.
///
/// Of a connected graph of two nodes and more at most three quarters are left: whoever is not joined has a neighbor who is, and of two
/// such with one neighbor one would have been joined to the other.
///
/// Edges alone would join one leaf of a star and leave the others; two leaves of one hub are as near to each other as nodes
/// can be that have no edge.
///
/// # Source
///
/// G. Karypis, V. Kumar, "A fast and high quality multilevel scheme for partitioning irregular graphs", SIAM J. Sci. Comput.
/// 20(1):359-392, 1998, section 3.1 (heavy edges); D. `LaSalle` et al., "Improving graph partitioning for modern graphs and
/// architectures", IA3 2015, section 3 (two hops).
pub(super) fn coarser(ties: &Ties, random: &mut Random) -> Coarser {
    let mut mate = vec![NONE; ties.len()];
    match_along_edges(ties, &visiting_order(ties, random), &mut mate);
    match_around_neighbors(ties, &mut mate);
    let (parent, count) = numbered(&mate);
    Coarser { ties: joined(ties, &mate, &parent, count), parent }
}

/// Nodes of few edges first, because they have the least choice; those of equally many in random order.
fn visiting_order(ties: &Ties, random: &mut Random) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(ties.len()).collect();
    random.shuffle(&mut order);
    order.sort_by_key(|&u| ties.degree(u as usize));
    order
}

/// Each node takes the free neighbor that is tied to it by most edges for its mass.
fn match_along_edges(ties: &Ties, order: &[u32], mate: &mut [u32]) {
    for &u in order {
        if mate[u as usize] != NONE {
            continue;
        }
        let mut best = (0.0, NONE);
        for (v, strength) in ties.row(u as usize) {
            let value = strength / ties.masses()[v];
            if mate[v] == NONE && value > best.0 {
                best = (value, u32::try_from(v).unwrap_or(NONE));
            }
        }
        if best.1 != NONE {
            mate[u as usize] = best.1;
            mate[best.1 as usize] = u;
        }
    }
}

/// Pairs the free neighbors of each node with one another.
fn match_around_neighbors(ties: &Ties, mate: &mut [u32]) {
    for center in 0..ties.len() {
        let mut waiting = NONE;
        for &v in ties.neighbors(center) {
            if mate[v as usize] != NONE {
                continue;
            }
            if waiting == NONE {
                waiting = v;
            } else {
                mate[v as usize] = waiting;
                mate[waiting as usize] = v;
                waiting = NONE;
            }
        }
    }
}

/// The coarse node of each node, and how many there are.
fn numbered(mate: &[u32]) -> (Vec<u32>, usize) {
    let mut parent = vec![NONE; mate.len()];
    let mut next = 0;
    for u in 0..mate.len() {
        if parent[u] == NONE {
            parent[u] = next;
            if mate[u] != NONE {
                parent[mate[u] as usize] = next;
            }
            next += 1;
        }
    }
    (parent, next as usize)
}

fn joined(ties: &Ties, mate: &[u32], parent: &[u32], count: usize) -> Ties {
    let mut masses = vec![0.0; count];
    for (u, &p) in parent.iter().enumerate() {
        masses[p as usize] += ties.masses()[u];
    }
    // Where in the row that is being made a coarse neighbor stands, if its mark is that of the row.
    let mut place = vec![(NONE, 0_usize); count];
    let firsts = (0..mate.len()).filter(|&u| mate[u] == NONE || (mate[u] as usize) > u);
    let rows = firsts.map(move |u| {
        let own = parent[u];
        let mut row: Vec<(u32, f32)> = Vec::new();
        let both = [Some(u), (mate[u] != NONE).then_some(mate[u] as usize)];
        for (v, strength) in both.into_iter().flatten().flat_map(|u| ties.row(u)) {
            let target = parent[v];
            if target == own {
                continue;
            }
            let slot = &mut place[target as usize];
            if slot.0 != own {
                *slot = (own, row.len());
                row.push((target, 0.0));
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a count of edges, which may be rounded"
            )]
            {
                row[slot.1].1 += strength as f32;
            }
        }
        row.into_iter()
    });
    Ties::from_rows(rows, masses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;

    fn ties(csr: &Csr) -> Ties {
        let nodes: Vec<u32> = csr.nodes().collect();
        Ties::of(csr, &nodes, &nodes)
    }

    fn rows(ties: &Ties) -> Vec<Vec<(usize, f64)>> {
        (0..ties.len()).map(|u| ties.row(u).collect()).collect()
    }

    #[test]
    fn nodes_of_few_edges_choose_first() {
        let order = visiting_order(&ties(&Csr::star(9)), &mut Random::new(0, 0));
        assert_eq!(order[8], 0, "the hub comes last");
        assert_ne!(order[..8], [1, 2, 3, 4, 5, 6, 7, 8], "leaves come in random order");
        let order = visiting_order(&ties(&Csr::path(4)), &mut Random::new(0, 0));
        assert!(order[..2].contains(&0) && order[..2].contains(&3), "{order:?}");
    }

    #[test]
    fn a_node_joins_the_free_neighbor_of_most_edges_for_its_mass() {
        // 0 is tied to 1 by two edges, and to 2 and 3, of twice the mass, by three and five.
        let rows =
            [vec![(1, 2.0), (2, 3.0), (3, 5.0)], vec![(0, 2.0)], vec![(0, 3.0)], vec![(0, 5.0)]];
        let ties = Ties::from_rows(rows.into_iter().map(Vec::into_iter), vec![1.0, 1.0, 2.0, 2.0]);
        for (order, want) in [
            (&[0, 1, 2, 3][..], [3, NONE, NONE, 0]),
            (&[2, 0, 1, 3], [2, NONE, 0, NONE]),
            (&[1, 3], [1, 0, NONE, NONE]),
        ] {
            let mut mate = [NONE; 4];
            match_along_edges(&ties, order, &mut mate);
            assert_eq!(mate, want, "{order:?}");
        }
        let mut mate = [NONE, NONE, NONE, 3];
        match_along_edges(&ties, &[0], &mut mate);
        assert_eq!(mate, [1, 0, NONE, 3], "who is taken cannot be joined");
    }

    #[test]
    fn free_neighbors_of_a_node_are_paired() {
        let star = ties(&Csr::star(6));
        let mut mate = [NONE; 6];
        match_around_neighbors(&star, &mut mate);
        assert_eq!(mate, [NONE, 2, 1, 4, 3, NONE]);
        let mut mate = [1, 0, NONE, NONE, NONE, NONE];
        match_around_neighbors(&star, &mut mate);
        assert_eq!(mate, [1, 0, 3, 2, 5, 4]);
    }

    #[test]
    fn pairs_are_numbered_by_their_first_nodes() {
        assert_eq!(numbered(&[3, NONE, 4, 0, 2]), (vec![0, 1, 2, 0, 2], 3));
    }

    #[test]
    fn a_pair_has_the_mass_and_the_edges_of_both() {
        // Around a square two pairs have two edges, and along a path of four one.
        let (mate, parent) = ([1, 0, 3, 2], [0, 0, 1, 1]);
        for (csr, strength, mass) in [(Csr::cycle(4), 2.0, 6.0), (Csr::path(4), 1.0, 5.0)] {
            let coarse = joined(&ties(&csr), &mate, &parent, 2);
            assert_eq!(rows(&coarse), [[(1, strength)], [(0, strength)]]);
            assert_eq!(coarse.masses().to_vec(), vec![mass; 2]);
        }
        // Of a path of four with its middle joined the ends are left.
        let coarse = joined(&ties(&Csr::path(4)), &[NONE, 2, 1, NONE], &[0, 1, 1, 2], 3);
        assert_eq!(rows(&coarse), [vec![(1, 1.0)], vec![(0, 1.0), (2, 1.0)], vec![(1, 1.0)]]);
        assert_eq!(coarse.masses().to_vec(), vec![2.0, 6.0, 2.0]);
    }

    #[test]
    fn a_star_becomes_a_hub_with_a_leaf_and_pairs_of_leaves() {
        let coarse = coarser(&ties(&Csr::star(8)), &mut Random::new(0, 0));
        // A leaf takes the hub, six others pair.
        assert_eq!(coarse.ties.len(), 4);
        let mut sizes = [0; 4];
        coarse.parent.iter().for_each(|&p| sizes[p as usize] += 1);
        assert_eq!(sizes, [2; 4], "{:?}", coarse.parent);
        assert_eq!((coarse.parent[0], coarse.ties.degree(0)), (0, 3));
        assert!(rows(&coarse.ties)[0].iter().all(|&(_, strength)| (strength - 2.0).abs() < 1e-9));
    }

    #[test]
    fn a_row_of_pairs_is_half_as_long() {
        let coarse = coarser(&ties(&Csr::path(64)), &mut Random::new(1, 0));
        // Between two pairs there is room for one node at most.
        assert!((32..=43).contains(&coarse.ties.len()), "{}", coarse.ties.len());
        let pairs = coarse.parent.chunk_by(|a, b| a == b);
        assert_eq!(
            pairs.count(),
            coarse.ties.len(),
            "each joins two in a row: {:?}",
            coarse.parent
        );
    }
}
