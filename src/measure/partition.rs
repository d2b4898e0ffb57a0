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
