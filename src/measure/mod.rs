//! Which nodes matter, which belong together?
//!
//! Kernels on [`Csr`]: nodes and edges in, numbers out. Nothing here knows a person. Every
//! result is the same to the bit for any number of threads.

mod blocks;

use std::ops::Deref;

use crate::error::Result;
use crate::graph::Csr;

/// A measure that gives each node a number.
pub trait Centrality {
    /// The name on the command line and in tables.
    fn name(&self) -> &'static str;

    /// One score per node, in node order.
    ///
    /// # Errors
    ///
    /// If an option is out of its range, or an iteration does not settle.
    fn scores(&self, csr: &Csr) -> Result<Scores>;
}

/// A method that puts each node into one group.
pub trait Communities {
    /// The name on the command line and in tables.
    fn name(&self) -> &'static str;

    /// The group of each node.
    ///
    /// # Errors
    ///
    /// If an option is out of its range.
    fn partition(&self, csr: &Csr) -> Result<Partition>;
}

/// One number per node, in node order.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores(Vec<f64>);

impl Scores {
    /// Scores from one number per node.
    #[must_use]
    pub fn new(values: Vec<f64>) -> Self {
        Self(values)
    }

    /// Nodes from the highest score down; equal scores by node number.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::measure::Scores;
    ///
    /// assert_eq!(Scores::new(vec![1.0, 3.0, 1.0]).ranked(), [1, 0, 2]);
    /// ```
    #[must_use]
    pub fn ranked(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by(|&u, &v| self.0[v].total_cmp(&self.0[u]).then(u.cmp(&v)));
        order
    }
}

impl Deref for Scores {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl<const N: usize> PartialEq<[f64; N]> for Scores {
    fn eq(&self, other: &[f64; N]) -> bool {
        self.0 == other
    }
}

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
            (
                std::cmp::Reverse(sizes[label as usize]),
                first[label as usize],
            )
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
        let mut members: Vec<Vec<u32>> = self
            .sizes
            .iter()
            .map(|&size| Vec::with_capacity(size))
            .collect();
        for (node, &group) in (0..).zip(&self.groups) {
            members[group as usize].push(node);
        }
        members
    }
}
