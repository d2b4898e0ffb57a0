//! Components of a graph that grows.

use super::Partition;
use super::components::components;
use crate::graph::Csr;

/// Connected components that take in edge after edge: what [`Components`](super::Components) says of the graph so far.
///
/// Edges can only be added; where one goes, start again from the graph without it.
///
/// - **Cost**: `O(log n)` an edge at most and far less as a rule, `O(n)` for a partition; 8 bytes a node.
/// - **Order**: the groups do not depend on the order of the edges.
///
/// # Examples
///
/// ```
/// use kluwen::measure::GrowingComponents;
///
/// let mut growing = GrowingComponents::new(4);
/// assert!(growing.join(0, 1) && growing.join(3, 1));
/// assert!(!growing.join(0, 3), "they were joined already");
/// assert_eq!(growing.group_count(), 2);
/// assert_eq!(growing.partition().groups(), [0, 0, 1, 0]);
/// ```
///
/// # Source
///
/// R. E. Tarjan, J. van Leeuwen, "Worst-case analysis of set union algorithms", J. ACM 31(2):245-281, 1984: union by size
/// with path halving.
#[derive(Clone, Debug)]
pub struct GrowingComponents {
    parent: Vec<u32>,
    /// The size of the group, at its root.
    size: Vec<u32>,
    groups: usize,
}

impl GrowingComponents {
    /// Nodes without an edge.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² nodes.
    #[must_use]
    pub fn new(node_count: usize) -> Self {
        let end = u32::try_from(node_count).expect("nodes are numbered by 32 bits");
        Self { parent: (0..end).collect(), size: vec![1; node_count], groups: node_count }
    }

    /// A graph to begin with; directed edges join both ways.
    #[must_use]
    pub fn of(csr: &Csr) -> Self {
        let parent = components(csr);
        let mut size = vec![0; parent.len()];
        for &root in &parent {
            size[root as usize] += 1;
        }
        let groups = size.iter().filter(|&&size| size > 0).count();
        Self { parent, size, groups }
    }

    /// Adds an edge; says whether it joined two groups.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    pub fn join(&mut self, u: u32, v: u32) -> bool {
        let (one, other) = (self.root(u), self.root(v));
        if one == other {
            return false;
        }
        let size = |root: u32| self.size[root as usize];
        let (small, large) = if size(one) < size(other) { (one, other) } else { (other, one) };
        self.parent[small as usize] = large;
        self.size[large as usize] += self.size[small as usize];
        self.groups -= 1;
        true
    }

    /// Whether some path joins the two nodes.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    pub fn are_joined(&mut self, u: u32, v: u32) -> bool {
        self.root(u) == self.root(v)
    }

    /// How many nodes are joined to `u`, itself among them.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    pub fn size_of(&mut self, u: u32) -> u32 {
        let root = self.root(u);
        self.size[root as usize]
    }

    /// How many groups there are.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.groups
    }

    /// The group of each node so far.
    pub fn partition(&mut self) -> Partition {
        let labels: Vec<u32> = (0..).take(self.parent.len()).map(|u| self.root(u)).collect();
        Partition::from_labels(&labels)
    }

    fn root(&mut self, mut u: u32) -> u32 {
        while self.parent[u as usize] != u {
            let above = self.parent[self.parent[u as usize] as usize];
            self.parent[u as usize] = above;
            u = above;
        }
        u
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn the_smaller_group_goes_under_the_larger() {
        let mut growing = GrowingComponents::new(6);
        // Each step: the edge, and whose root stays.
        for (u, v, root) in [(0, 1, 0), (2, 0, 0), (3, 4, 3), (4, 1, 0), (5, 3, 0)] {
            assert!(growing.join(u, v), "{u} {v}");
            assert_eq!([u, v].map(|u| growing.root(u)), [root; 2], "{u} {v}");
        }
        assert_eq!((growing.group_count(), growing.size_of(4)), (1, 6));
    }

    #[test]
    fn sizes_and_groups_are_those_of_the_graph_so_far() {
        let csr = Csr::unweighted(7, &[(6, 4), (1, 2), (2, 3)], Direction::Directed);
        let mut growing = GrowingComponents::of(&csr);
        assert_eq!(growing.group_count(), 4);
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|u| growing.size_of(u)), [1, 3, 3, 3, 2, 1, 2]);
        assert!(growing.are_joined(1, 3) && !growing.are_joined(1, 4));
        assert!(!growing.join(3, 1) && growing.join(4, 3));
        assert_eq!((growing.group_count(), growing.size_of(6)), (3, 5));
        assert_eq!(growing.partition().groups(), [1, 0, 0, 0, 0, 2, 0]);
    }
}
