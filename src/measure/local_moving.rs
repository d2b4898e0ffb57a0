//! Moving single nodes to the group where they raise the quality most, until none does.

use std::collections::VecDeque;

use super::network::{Network, Tally};
use crate::random::Random;

/// A move must gain this share of a node's strength. It is far above what rounding can feign, so
/// the moves come to an end.
const LEAST_GAIN: f64 = 1e-10;

/// Moves nodes between the groups of `labels` until no single move raises the quality. Says whether
/// any moved.
///
/// Each node is visited once in random order, and again whenever a neighbor has left for another
/// group. Labels lie below the number of nodes; empty groups are used for nodes better off alone.
pub(super) fn move_nodes(network: &Network, labels: &mut [u32], random: &mut Random) -> bool {
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
struct Moving<'a> {
    network: &'a Network,
    labels: &'a mut [u32],
    mass: Vec<f64>,
    size: Vec<u32>,
    empty: Vec<u32>,
    tally: Tally,
}

impl<'a> Moving<'a> {
    fn new(network: &'a Network, labels: &'a mut [u32]) -> Self {
        let n = network.node_count();
        let (mut mass, mut size) = (vec![0.0; n], vec![0_u32; n]);
        for (&label, more) in labels.iter().zip(&network.mass) {
            mass[label as usize] += more;
            size[label as usize] += 1;
        }
        let empty = network.nodes().filter(|&c| size[c as usize] == 0).collect();
        Self { network, labels, mass, size, empty, tally: Tally::new(n) }
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
        let mass = self.network.mass[u as usize];
        let price = self.network.density * mass;
        let stay = self.tally.weight(own) - price * (self.mass[own as usize] - mass);
        let (mut best, mut most) = (own, stay);
        for &group in self.tally.groups() {
            let gain = self.tally.weight(group) - price * self.mass[group as usize];
            if group != own && gain > most {
                (best, most) = (group, gain);
            }
        }
        if most < 0.0 && self.size[own as usize] > 1 {
            (best, most) = (*self.empty.last()?, 0.0);
        }
        (best != own && most > stay + LEAST_GAIN * strength).then_some(best)
    }

    fn put(&mut self, u: u32, group: u32) {
        let own = self.labels[u as usize];
        let mass = self.network.mass[u as usize];
        self.mass[own as usize] -= mass;
        self.mass[group as usize] += mass;
        self.size[own as usize] -= 1;
        self.size[group as usize] += 1;
        self.labels[u as usize] = group;
        if self.empty.last() == Some(&group) {
            self.empty.pop();
        }
        if self.size[own as usize] == 0 {
            // What is left of the mass is rounding.
            self.mass[own as usize] = 0.0;
            self.empty.push(own);
        }
    }
}
