//! Rings around somebody: how many links away everybody is.

use std::collections::BTreeSet;

use crate::finding::Map;
use crate::identity::EntityId;
use crate::output::drawing::sign::rank;

/// Whom the rings are around: those asked for who are on the map, else the first ranked, else whoever has most ties.
pub(super) fn centers(map: &Map, around: &[EntityId]) -> Vec<usize> {
    let wanted: BTreeSet<EntityId> = around.iter().copied().collect();
    let nodes = || map.nodes.iter().enumerate();
    let asked: Vec<usize> = nodes()
        .filter(|(_, node)| node.entity.is_some_and(|entity| wanted.contains(&entity)))
        .map(|(place, _)| place)
        .collect();
    if !asked.is_empty() {
        return asked;
    }
    let ranked = nodes().filter_map(|(place, node)| Some((rank(node)?.0, place)));
    if let Some((_, first)) = ranked.min() {
        return vec![first];
    }
    let mut ties = vec![0_usize; map.nodes.len()];
    for end in map.edges.iter().flat_map(|tie| [tie.from, tie.to]) {
        if let Some(ties) = ties.get_mut(end) {
            *ties += 1;
        }
    }
    let most =
        ties.into_iter().enumerate().max_by_key(|&(place, ties)| (ties, std::cmp::Reverse(place)));
    most.map(|(place, _)| place).into_iter().collect()
}
