//! Moving single nodes to the group where they raise the quality most, until none does.

use std::collections::VecDeque;

use super::network::{Network, Tally};
use super::objective::{Mass as _, Objective};
use crate::random::Random;

/// Moves nodes between the groups of `labels` until no single move raises the quality. Says whether
/// any moved.
///
/// Each node is visited once in random order, and again whenever a neighbor has left for another
/// group. Labels lie below the number of nodes; empty groups are used for nodes better off alone.
pub(super) fn move_nodes<O: Objective>(
    network: &Network<O>,
    labels: &mut [u32],
    random: &mut Random,
) -> bool {
    let mut order: Vec<u32> = network.nodes().collect();
    random.shuffle(&mut order);
    let mut queue = VecDeque::from(order);
    let mut waiting = vec![true; network.node_count()];
    let mut moving = Moving::new(network, labels);
    let mut moved = false;
    while let Some(u) = queue.pop_front() {
        waiting[u as usize] = false;
        let Some(group) = moving.better_group(u) else {
            continue;
        };
        moving.put(u, group);
        moved = true;
        for (v, _) in network.edges_of(u) {
            if !waiting[v as usize] && moving.labels[v as usize] != group {
                waiting[v as usize] = true;
                queue.push_back(v);
            }
        }
    }
    moved
}

/// The groups as they are while nodes move.
struct Moving<'a, O: Objective> {
    network: &'a Network<O>,
    labels: &'a mut [u32],
    mass: Vec<O::Mass>,
    size: Vec<u32>,
    empty: Vec<u32>,
    /// What all groups have for a border together.
    border: f64,
    tally: Tally,
}

impl<'a, O: Objective> Moving<'a, O> {
    fn new(network: &'a Network<O>, labels: &'a mut [u32]) -> Self {
        let n = network.node_count();
        let mass = network.masses(labels);
        let mut size = vec![0_u32; n];
        for &label in labels.iter() {
            size[label as usize] += 1;
        }
        let empty = network.nodes().filter(|&c| size[c as usize] == 0).collect();
        let border = mass.iter().map(|mass| mass.border()).sum();
        Self { network, labels, mass, size, empty, border, tally: Tally::new(n) }
    }

    /// The group in which `u` raises the quality most, if that is another than its own.
    fn better_group(&mut self, u: u32) -> Option<u32> {
        self.tally.clear();
        let mut strength = 0.0;
        for (v, weight) in self.network.edges_of(u) {
            self.tally.add(self.labels[v as usize], weight);
            strength += weight;
        }
        let own = self.labels[u as usize];
        let (node, rest) = (self.network.mass[u as usize], self.without(u));
        // As if the node were alone.
        let border = self.border - self.mass[own as usize].border() + node.border() + rest.border();
        let gain =
            |mass, group| self.network.objective.gain(node, mass, self.tally.weight(group), border);
        let stay = gain(rest, own);
        let (mut best, mut most) = (own, stay);
        for &group in self.tally.groups() {
            if group != own {
                let gain = gain(self.mass[group as usize], group);
                if gain > most {
                    (best, most) = (group, gain);
                }
            }
        }
        if most < 0.0 && self.size[own as usize] > 1 {
            (best, most) = (*self.empty.last()?, 0.0);
        }
        (best != own && most > stay + self.network.objective.least_gain(strength)).then_some(best)
    }

    /// What the group of `u`, whose edges are in the tally, weighs without it.
    fn without(&self, u: u32) -> O::Mass {
        let own = self.labels[u as usize];
        if self.size[own as usize] == 1 {
            // What is left of the mass is rounding.
            return O::Mass::default();
        }
        let (all, node) = (self.mass[own as usize], self.network.mass[u as usize]);
        all.enclosing(-self.tally.weight(own)).less(node)
    }

    /// Puts `u`, whose edges are in the tally, into another group.
    fn put(&mut self, u: u32, group: u32) {
        let own = self.labels[u as usize];
        let node = self.network.mass[u as usize];
        let left = self.without(u);
        let joined = self.mass[group as usize].and(node).enclosing(self.tally.weight(group));
        for (place, mass) in [(own, left), (group, joined)] {
            self.border += mass.border() - self.mass[place as usize].border();
            self.mass[place as usize] = mass;
        }
        self.size[own as usize] -= 1;
        self.size[group as usize] += 1;
        self.labels[u as usize] = group;
        if self.empty.last() == Some(&group) {
            self.empty.pop();
        }
        if self.size[own as usize] == 0 {
            self.empty.push(own);
        }
    }
}
