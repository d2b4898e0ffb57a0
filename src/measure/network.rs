//! The graph that Louvain, Leiden and the map equation climb: nodes are groups of nodes, with a mass.

use super::objective::{Mass, Objective};
use crate::graph::Csr;

/// A graph of groups. Edges inside a group are left out: moving the group moves them along.
pub(super) struct Network<O: Objective> {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
    /// What each node adds to the mass of its group.
    pub(super) mass: Vec<O::Mass>,
    /// What is to be made high.
    pub(super) objective: O,
    /// The mean weight of an edge of the first graph: what gains are compared with.
    pub(super) unit: f64,
}

impl<O: Objective> Network<O> {
    /// The first network of an undirected graph, its weights multiplied by `scale`: each node a group of that mass.
    pub(super) fn new(csr: &Csr, scale: f64, mass: Vec<O::Mass>, objective: O) -> Self {
        let mut starts = vec![0];
        let mut targets = Vec::with_capacity(csr.arc_count());
        let mut weights = Vec::with_capacity(csr.arc_count());
        for u in csr.nodes() {
            targets.extend_from_slice(csr.neighbors(u));
            weights.extend(csr.edges_of(u).map(|(_, weight)| scale * weight));
            starts.push(targets.len());
        }
        let ends: f64 = weights.iter().sum();
        let unit = ends / (weights.len() as f64).max(1.0);
        Self { starts, targets, weights, mass, objective, unit }
    }

    pub(super) fn node_count(&self) -> usize {
        self.mass.len()
    }

    pub(super) fn arc_count(&self) -> usize {
        self.targets.len()
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = u32> + use<O> {
        (0..).take(self.node_count())
    }

    pub(super) fn edges_of(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let row = self.starts[u as usize]..self.starts[u as usize + 1];
        self.targets[row.clone()].iter().copied().zip(self.weights[row].iter().copied())
    }

    /// What the groups that `labels` puts the nodes in weigh, by label.
    pub(super) fn masses(&self, labels: &[u32]) -> Vec<O::Mass> {
        let mut masses = vec![O::Mass::default(); self.node_count()];
        for (&label, &more) in labels.iter().zip(&self.mass) {
            masses[label as usize] = masses[label as usize].and(more);
        }
        if O::Mass::ENCLOSES {
            for u in self.nodes() {
                let label = labels[u as usize];
                let inside =
                    self.edges_of(u).filter(|&(v, _)| v < u && labels[v as usize] == label);
                let weight = inside.map(|(_, weight)| weight).sum();
                masses[label as usize] = masses[label as usize].enclosing(weight);
            }
        }
        masses
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
        let mut mass = self.masses(labels);
        mass.truncate(count);
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
