//! Nodes in the order of their groups.

use std::ops::Range;

/// How many blocks groups are cut into; a constant, so that results do not depend on threads.
const BLOCKS: usize = 64;

/// The nodes by group: those of a group stand together, in node order.
pub(super) struct Members<'a> {
    groups: &'a [u32],
    first: Vec<usize>,
    nodes: Vec<u32>,
}

impl<'a> Members<'a> {
    /// The members of the groups `0..count`; `groups` has the group of each node.
    pub(super) fn new(groups: &'a [u32], count: usize) -> Self {
        let mut first = vec![0; count + 1];
        for &group in groups {
            first[group as usize + 1] += 1;
        }
        for group in 0..count {
            first[group + 1] += first[group];
        }
        let mut next = first.clone();
        let mut nodes = vec![0; groups.len()];
        for (u, &group) in (0..).zip(groups) {
            nodes[next[group as usize]] = u;
            next[group as usize] += 1;
        }
        Self { groups, first, nodes }
    }

    pub(super) fn count(&self) -> usize {
        self.first.len() - 1
    }

    /// The group of each node.
    pub(super) fn groups(&self) -> &[u32] {
        self.groups
    }

    /// The group of a node.
    #[inline]
    pub(super) fn group(&self, u: u32) -> u32 {
        self.groups[u as usize]
    }

    /// The nodes of a group.
    pub(super) fn of(&self, group: usize) -> &[u32] {
        &self.nodes[self.first[group]..self.first[group + 1]]
    }

    /// All nodes, by group.
    pub(super) fn nodes(&self) -> &[u32] {
        &self.nodes
    }

    /// Where each node stands among [`nodes`](Self::nodes).
    pub(super) fn place_of_nodes(&self) -> Vec<u32> {
        let mut place = vec![0; self.nodes.len()];
        for (at, &u) in (0..).zip(&self.nodes) {
            place[u as usize] = at;
        }
        place
    }

    /// Which of [`nodes`](Self::nodes) are in these groups.
    pub(super) fn places(&self, groups: &Range<usize>) -> Range<usize> {
        self.first[groups.start]..self.first[groups.end]
    }

    /// The groups, cut into blocks of about as many nodes each.
    pub(super) fn blocks(&self) -> Vec<Range<usize>> {
        let most = self.nodes.len().div_ceil(BLOCKS).max(1);
        let mut blocks = Vec::with_capacity(BLOCKS);
        let mut start = 0;
        for group in 1..=self.count() {
            let full = self.first[group] - self.first[start] >= most;
            if full || group == self.count() {
                blocks.push(start..group);
                start = group;
            }
        }
        blocks
    }
}

/// The number of a node or group.
pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("nodes are numbered by 32 bits")
}

/// Numbers the labels from 0 in the order in which they appear, and says how many there are. Labels lie below their number.
pub(super) fn renumber(labels: &mut [u32]) -> usize {
    let mut number = vec![u32::MAX; labels.len()];
    let mut count = 0;
    for label in labels {
        let number = &mut number[*label as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *label = *number;
    }
    count as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_each_group_once() {
        let groups: Vec<u32> = (0..1000).map(|u| u * u % 300).collect();
        let members = Members::new(&groups, 300);
        let blocks = members.blocks();
        assert!(blocks.len() >= 30 && blocks.len() <= BLOCKS, "{}", blocks.len());
        assert!(blocks.windows(2).all(|two| two[0].end == two[1].start));
        assert_eq!((blocks[0].start, blocks[blocks.len() - 1].end), (0, 300));
        assert!(Members::new(&[], 0).blocks().is_empty());
    }
}
