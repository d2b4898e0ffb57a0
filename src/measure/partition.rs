//! Which group each node is in.

use super::components::components;
use crate::graph::Csr;

/// A division of the nodes into groups; each node is in one.
///
/// Groups are numbered from 0 by size, largest first; equal sizes by their smallest node. So the
/// same division has the same numbers, whatever found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    groups: Vec<u32>,
    sizes: Vec<usize>,
}

impl Partition {
    /// A partition from any label per node.
    ///
    /// # Panics
    ///
    /// If a label is not below the number of nodes.
    #[must_use]
    pub fn from_labels(labels: &[u32]) -> Self {
        let mut sizes = vec![0_usize; labels.len()];
        let mut first = vec![usize::MAX; labels.len()];
        for (node, &label) in labels.iter().enumerate() {
            sizes[label as usize] += 1;
            first[label as usize] = first[label as usize].min(node);
        }
        let mut order: Vec<u32> = (0..).take(labels.len()).collect();
        order.retain(|&label| sizes[label as usize] > 0);
        order.sort_by_key(|&label| {
            (std::cmp::Reverse(sizes[label as usize]), first[label as usize])
        });
        let mut number = vec![0; labels.len()];
        for (new, &label) in (0..).zip(&order) {
            number[label as usize] = new;
        }
        Self {
            groups: labels.iter().map(|&label| number[label as usize]).collect(),
            sizes: order.iter().map(|&label| sizes[label as usize]).collect(),
        }
    }

    /// A partition from the smallest node of the group of each node.
    pub(super) fn from_smallest(labels: Vec<u32>) -> Self {
        let mut sizes = vec![0_u32; labels.len()];
        for &label in &labels {
            sizes[label as usize] += 1;
        }
        let mut order: Vec<u32> =
            (0..).zip(&labels).filter(|(u, label)| u == *label).map(|(u, _)| u).collect();
        order.sort_by_key(|&label| std::cmp::Reverse(sizes[label as usize]));
        let counts = order.iter().map(|&label| sizes[label as usize] as usize).collect();
        let mut number = sizes;
        for (new, &label) in (0..).zip(&order) {
            number[label as usize] = new;
        }
        let mut groups = labels;
        for group in &mut groups {
            *group = number[*group as usize];
        }
        Self { groups, sizes: counts }
    }

    /// The group of each node, in node order.
    #[must_use]
    pub fn groups(&self) -> &[u32] {
        &self.groups
    }

    /// How many nodes each group holds, largest first.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// How many groups there are.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.sizes.len()
    }

    /// The nodes of each group, sorted, in the order of the groups.
    #[must_use]
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members: Vec<Vec<u32>> =
            self.sizes.iter().map(|&size| Vec::with_capacity(size)).collect();
        for (node, &group) in (0..).zip(&self.groups) {
            members[group as usize].push(node);
        }
        members
    }

    /// How many nodes the largest component of a graph has, if they are all in one group here.
    ///
    /// In a large component this is what a method leaves behind that has **collapsed**: it found no division better than none, and says
    /// nothing of who belongs together.
    ///
    /// # Panics
    ///
    /// If the partition is not one of the graph's nodes.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::graph::Csr;
    /// use kluwen::measure::Partition;
    ///
    /// assert_eq!(Partition::from_labels(&[0; 4]).undivided(&Csr::path(4)), Some(4));
    /// assert_eq!(Partition::from_labels(&[0, 0, 1, 1]).undivided(&Csr::path(4)), None);
    /// ```
    #[must_use]
    pub fn undivided(&self, csr: &Csr) -> Option<usize> {
        assert_eq!(self.groups.len(), csr.node_count(), "a group for each node");
        let largest = largest_component(csr);
        self.has_together(&largest).then_some(largest.len())
    }

    /// Whether some nodes, at least one, are all in one group.
    pub(super) fn has_together(&self, nodes: &[u32]) -> bool {
        let group = |&node: &u32| self.groups[node as usize];
        nodes.first().is_some_and(|first| nodes.iter().all(|node| group(node) == group(first)))
    }
}

/// The nodes of the largest component; of equals, that with the lowest node.
pub(super) fn largest_component(csr: &Csr) -> Vec<u32> {
    Partition::from_smallest(components(csr)).members().into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_by_size_and_equals_by_their_smallest_node() {
        let of = |labels: &[u32]| {
            let partition = Partition::from_labels(labels);
            (partition.groups, partition.sizes)
        };
        assert_eq!(of(&[3, 1, 3, 0, 1, 0, 0]), (vec![1, 2, 1, 0, 2, 0, 0], vec![3, 2, 2]));
        assert_eq!(of(&[]), (vec![], vec![]));
    }

    #[test]
    fn the_smallest_nodes_of_groups_say_the_same() {
        let by_smallest = Partition::from_smallest(vec![0, 1, 2, 1, 0, 2, 2]);
        assert_eq!(by_smallest, Partition::from_labels(&[6, 5, 4, 5, 6, 4, 4]));
        assert_eq!(
            (by_smallest.groups(), by_smallest.sizes()),
            (&[1, 2, 0, 2, 1, 0, 0][..], &[3, 2, 2][..])
        );
        assert_eq!(by_smallest.group_count(), 3);
        assert_eq!(by_smallest.members(), [vec![2, 5, 6], vec![0, 4], vec![1, 3]]);
    }

    #[test]
    fn the_largest_component_is_undivided_if_it_is_in_one_group() {
        let pairs = [(0, 1), (2, 3), (3, 4), (5, 6), (6, 7)];
        let csr = Csr::unweighted(8, &pairs, crate::graph::Direction::Undirected);
        assert_eq!(largest_component(&csr), [2, 3, 4], "of two the one with the lowest node");
        let of = |labels: &[u32]| Partition::from_labels(labels).undivided(&csr);
        assert_eq!(of(&[0, 1, 2, 2, 2, 3, 4, 5]), Some(3));
        assert_eq!(of(&[0; 8]), Some(3));
        assert_eq!(of(&[0, 0, 2, 2, 3, 5, 5, 5]), None);
        let none = Csr::new(0, &[], crate::graph::Direction::Undirected);
        assert_eq!(Partition::from_labels(&[]).undivided(&none), None);
    }
}
