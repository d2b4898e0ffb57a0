//! The connected pieces of groups.

use std::ops::Range;

use rayon::prelude::*;

use super::members::{Members, renumber};

/// Makes each connected piece of a group a group of its own, named after its lowest node.
pub(super) fn separate<'a>(labels: &mut [u32], neighbors: impl Fn(u32) -> &'a [u32] + Sync) {
    let count = renumber(labels);
    let members = Members::new(labels, count);
    let place = members.place_of_nodes();
    let found: Vec<Vec<u32>> = members
        .blocks()
        .into_par_iter()
        .map(|block| pieces(&members, &place, members.places(&block), &neighbors))
        .collect();
    let mut pieces = vec![0; place.len()];
    for (&u, piece) in members.nodes().iter().zip(found.into_iter().flatten()) {
        pieces[u as usize] = piece;
    }
    labels.copy_from_slice(&pieces);
}

/// The lowest node of the piece of each node of some groups, in the order of the members.
fn pieces<'a>(
    members: &Members,
    place: &[u32],
    places: Range<usize>,
    neighbors: &impl Fn(u32) -> &'a [u32],
) -> Vec<u32> {
    let nodes = &members.nodes()[places.clone()];
    let mut piece = vec![u32::MAX; nodes.len()];
    let mut open = Vec::new();
    for (at, &first) in nodes.iter().enumerate() {
        if piece[at] != u32::MAX {
            continue;
        }
        piece[at] = first;
        open.push(first);
        while let Some(u) = open.pop() {
            for &v in neighbors(u) {
                if members.group(v) != members.group(u) {
                    continue;
                }
                let piece = &mut piece[place[v as usize] as usize - places.start];
                if *piece == u32::MAX {
                    *piece = first;
                    open.push(v);
                }
            }
        }
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;

    #[test]
    fn a_group_in_two_pieces_becomes_two_groups() {
        let csr = Csr::path(4);
        let mut labels = vec![0, 1, 0, 0];
        separate(&mut labels, |u| csr.neighbors(u));
        assert_eq!(labels, [0, 1, 2, 2]);
    }
}
