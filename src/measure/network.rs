//! The graph that Louvain and Leiden climb: nodes are groups of nodes, with a mass.
//!
//! Both qualities have one form, `Σ_c [e_c - density M_c² / 2]`, where `e_c` is the weight inside a
//! group and `M_c` its mass. For modularity the mass of a node is its strength and `density` is
//! `γ / 2m` (and the sum is `m` times the modularity); for CPM the mass is the number of nodes and
//! `density` is `γ` (and the sum is the CPM but for a constant). So one set of moves serves both.

use super::Quality;
use crate::graph::Csr;

/// A graph of groups. Edges inside a group are left out: moving the group moves them along.
pub(super) struct Network {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
    /// What each node adds to the mass of its group.
    pub(super) mass: Vec<f64>,
    /// The weight that a group must have inside for each pair of masses.
    pub(super) density: f64,
    /// The mean weight of an edge of the first graph: what gains are compared with.
    pub(super) unit: f64,
}

impl Network {
    /// The first network of an undirected graph: each node a group.
    pub(super) fn new(csr: &Csr, quality: &Quality) -> Self {
        let mut starts = vec![0];
        let mut targets = Vec::with_capacity(csr.arc_count());
        let mut weights = Vec::with_capacity(csr.arc_count());
        for u in csr.nodes() {
            targets.extend_from_slice(csr.neighbors(u));
            weights.extend(csr.edges_of(u).map(|(_, weight)| weight));
            starts.push(targets.len());
        }
        let strength = |u: usize| weights[starts[u]..starts[u + 1]].iter().sum();
        let ends: f64 = weights.iter().sum();
        let (mass, density) = match *quality {
            Quality::Modularity { resolution } => (
                (0..csr.node_count()).map(strength).collect(),
                if ends > 0.0 { resolution / ends } else { 0.0 },
            ),
            Quality::Cpm { resolution } => (vec![1.0; csr.node_count()], resolution),
        };
        Self {
            unit: ends / (weights.len() as f64).max(1.0),
            starts,
            targets,
            weights,
            mass,
            density,
        }
    }

    pub(super) fn node_count(&self) -> usize {
        self.mass.len()
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = u32> + use<> {
        (0..).take(self.node_count())
    }

    pub(super) fn edges_of(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let row = self.starts[u as usize]..self.starts[u as usize + 1];
        self.targets[row.clone()].iter().copied().zip(self.weights[row].iter().copied())
    }

    /// The network whose nodes are the groups `0..count` that `labels` puts the nodes in.
    pub(super) fn aggregated(&self, labels: &[u32], count: usize) -> Self {
        let (first, members) = members(labels, count);
        let mut tally = Tally::new(count);
        let mut starts = vec![0];
        let (mut targets, mut weights) = (Vec::new(), Vec::new());
        for (group, row) in (0_u32..).zip(first.windows(2)) {
            tally.clear();
            for &u in &members[row[0]..row[1]] {
                for (v, weight) in self.edges_of(u) {
                    tally.add(labels[v as usize], weight);
                }
            }
            for &other in tally.groups().iter().filter(|&&other| other != group) {
                targets.push(other);
                weights.push(tally.weight(other));
            }
            starts.push(targets.len());
        }
        let mut mass = vec![0.0; count];
        for (&label, more) in labels.iter().zip(&self.mass) {
            mass[label as usize] += more;
        }
        Self { starts, targets, weights, mass, ..*self }
    }
}

/// The nodes by label, and where those of each label begin.
fn members(labels: &[u32], count: usize) -> (Vec<usize>, Vec<u32>) {
    let mut first = vec![0; count + 1];
    for &label in labels {
        first[label as usize + 1] += 1;
    }
    for label in 0..count {
        first[label + 1] += first[label];
    }
    let mut next = first.clone();
    let mut members = vec![0; labels.len()];
    for (u, &label) in (0..).zip(labels) {
        members[next[label as usize]] = u;
        next[label as usize] += 1;
    }
    (first, members)
}

/// The weight of the edges from somewhere to each group, for the few groups that have any.
pub(super) struct Tally {
    /// Below 0 where a group has no edge.
    weights: Vec<f64>,
    groups: Vec<u32>,
}

impl Tally {
    pub(super) fn new(group_count: usize) -> Self {
        Self { weights: vec![-1.0; group_count], groups: Vec::new() }
    }

    pub(super) fn clear(&mut self) {
        for group in self.groups.drain(..) {
            self.weights[group as usize] = -1.0;
        }
    }

    pub(super) fn add(&mut self, group: u32, weight: f64) {
        let sum = &mut self.weights[group as usize];
        if *sum < 0.0 {
            *sum = weight;
            self.groups.push(group);
        } else {
            *sum += weight;
        }
    }

    /// The groups with an edge, in the order in which they were met.
    pub(super) fn groups(&self) -> &[u32] {
        &self.groups
    }

    /// The weight of the edges to `group`, 0 where there are none.
    pub(super) fn weight(&self, group: u32) -> f64 {
        self.weights[group as usize].max(0.0)
    }
}
