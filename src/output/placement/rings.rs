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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::sketch::contact;
    use crate::finding::{MapNode, Part};

    fn map(ranks: [Option<usize>; 4], ties: &[(usize, usize)]) -> Map {
        let node = |(number, rank): (u32, Option<usize>)| MapNode {
            entity: Some(EntityId::from_number(number)),
            recurrence: rank.map(|rank| (rank, 0.5)),
            ..MapNode::new("E1".into(), Part::Client)
        };
        let edge = |&(from, to): &(usize, usize)| contact(from, to);
        Map {
            nodes: (0..).zip(ranks).map(node).collect(),
            edges: ties.iter().map(edge).collect(),
            ..Map::default()
        }
    }

    #[test]
    fn rings_are_around_those_asked_for_then_the_first_ranked_then_whoever_has_most_ties() {
        let asked = [3, 1, 99].map(EntityId::from_number);
        let ranked = map([None, Some(2), Some(1), None], &[(0, 3), (0, 1)]);
        assert_eq!(centers(&ranked, &asked), [1, 3]);
        assert_eq!(centers(&ranked, &asked[2..]), [2]);
        let tied = map([None; 4], &[(0, 1), (2, 1), (1, 9), (2, 3), (3, 2)]);
        // Three ties each at the second and the third: of equals the first.
        assert_eq!(centers(&tied, &[]), [1]);
        assert_eq!(centers(&map([None; 4], &[]), &[]), [0]);
        assert_eq!(centers(&Map::default(), &[]), [0_usize; 0]);
    }
}
