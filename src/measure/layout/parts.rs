//! The components of a graph, one after another.

use crate::graph::Csr;
use crate::measure::components::components;

/// The nodes of each component, and where in its component each node stands.
pub(super) struct Parts {
    members: Vec<u32>,
    starts: Vec<usize>,
    place: Vec<u32>,
}

impl Parts {
    pub(super) fn of(csr: &Csr) -> Self {
        let labels = components(csr);
        let mut members: Vec<u32> = csr.nodes().collect();
        members.sort_by_key(|&u| labels[u as usize]);
        let mut starts = Vec::new();
        let mut place = vec![0; members.len()];
        let mut next = 0;
        for (at, &u) in members.iter().enumerate() {
            // The label of a component is its smallest node, which comes first.
            if labels[u as usize] == u {
                starts.push(at);
                next = 0;
            }
            place[u as usize] = next;
            next += 1;
        }
        starts.push(members.len());
        Self { members, starts, place }
    }

    /// The nodes of each component.
    pub(super) fn each(&self) -> Vec<&[u32]> {
        self.starts.windows(2).map(|ends| &self.members[ends[0]..ends[1]]).collect()
    }

    /// Where in its component each node stands.
    pub(super) fn place(&self) -> &[u32] {
        &self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn components_stand_one_after_another_by_their_smallest_nodes() {
        let csr = Csr::unweighted(6, &[(0, 3), (1, 4), (4, 5)], Direction::Undirected);
        let parts = Parts::of(&csr);
        assert_eq!(parts.each(), [&[0, 3][..], &[1, 4, 5], &[2]]);
        assert_eq!(parts.place(), [0, 0, 0, 1, 1, 2]);
        assert!(Parts::of(&Csr::new(0, &[], Direction::Undirected)).each().is_empty());
    }
}
