//! The groups as they are while nodes move, and what a node would gain elsewhere.

use super::network::Network;
use super::objective::{Border, Mass as _, Objective};
use super::tally::Tally;

/// The groups while nodes move.
pub(super) struct Moves<'a, O: Objective> {
    pub(super) network: &'a Network<'a, O>,
    pub(super) labels: &'a mut [u32],
    mass: Vec<O::Mass>,
    size: Vec<u32>,
    empty: Vec<u32>,
    /// What all groups have for a border together.
    border: f64,
}

/// In place of a group: any empty one.
const ALONE: u32 = u32::MAX;

/// The group where a node raises the quality most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    pub(super) node: u32,
    pub(super) group: u32,
    /// What its edges within its group weigh.
    own: f64,
    /// What its edges to the other group weigh.
    there: f64,
    /// What all its edges weigh.
    strength: f64,
}

impl<'a, O: Objective> Moves<'a, O> {
    pub(super) fn new(network: &'a Network<'a, O>, labels: &'a mut [u32]) -> Self {
        let n = network.node_count();
        let mass: Vec<O::Mass> = network.masses(labels).into_iter().map(O::Mass::settled).collect();
        let mut size = vec![0_u32; n];
        for &label in labels.iter() {
            size[label as usize] += 1;
        }
        let empty = network.nodes().filter(|&c| size[c as usize] == 0).collect();
        let border = mass.iter().map(|mass| mass.border()).sum();
        Self { network, labels, mass, size, empty, border }
    }

    /// The group in which `u` raises the quality most, if that is another than its own.
    pub(super) fn better(&self, u: u32, tally: &mut Tally) -> Option<Offer> {
        tally.clear();
        let mut strength = 0.0;
        self.network.each_edge(u, |v, weight| {
            tally.add(self.labels[v as usize], weight);
            strength += weight;
        });
        let own = self.labels[u as usize];
        let node = self.network.mass[u as usize];
        let stays = Offer { node: u, group: own, own: tally.weight(own), there: 0.0, strength };
        let rest = self.without(&stays);
        let border = self.border_without(&stays, rest);
        let gain = |mass, between| self.network.objective.gain(node, mass, between, border);
        let stay = gain(rest, stays.own);
        let (mut best, mut most) = (own, stay);
        for &group in tally.groups() {
            if group != own {
                let gain = gain(self.mass[group as usize], tally.weight(group));
                if gain > most {
                    (best, most) = (group, gain);
                }
            }
        }
        if most < 0.0 && self.size[own as usize] > 1 {
            (best, most) = (ALONE, 0.0);
        }
        let there = if best == ALONE { 0.0 } else { tally.weight(best) };
        let moves = best != own && most > stay + self.network.objective.least_gain(strength);
        moves.then_some(Offer { group: best, there, ..stays })
    }

    /// Whether an offer is still one, though others have moved between the two groups.
    pub(super) fn still_gains(&self, offer: &Offer) -> bool {
        let node = self.network.mass[offer.node as usize];
        let rest = self.without(offer);
        let border = self.border_without(offer, rest);
        let gain = |mass, between| self.network.objective.gain(node, mass, between, border);
        let stay = gain(rest, offer.own);
        let least = self.network.objective.least_gain(offer.strength);
        if offer.group == ALONE {
            return self.size[self.labels[offer.node as usize] as usize] > 1 && 0.0 > stay + least;
        }
        gain(self.mass[offer.group as usize], offer.there) > stay + least
    }

    /// What the group of a node weighs without it.
    fn without(&self, offer: &Offer) -> O::Mass {
        let own = self.labels[offer.node as usize];
        if self.size[own as usize] == 1 {
            // What is left of the mass is rounding.
            return O::Mass::default();
        }
        let (all, node) = (self.mass[own as usize], self.network.mass[offer.node as usize]);
        all.enclosing(-offer.own).less(node).settled()
    }

    /// What all groups have for a border, as if the node were alone.
    fn border_without(&self, offer: &Offer, rest: O::Mass) -> Border {
        let own = self.labels[offer.node as usize];
        let node = self.network.mass[offer.node as usize];
        let own = self.mass[own as usize].border();
        self.network.objective.border(self.border - own + node.border() + rest.border())
    }

    /// Puts a node into another group, and says into which.
    pub(super) fn put(&mut self, offer: &Offer) -> u32 {
        let u = offer.node as usize;
        let own = self.labels[u];
        let group = match (offer.group, self.empty.last()) {
            // As many groups as nodes: where one has two nodes, another is empty.
            (ALONE, Some(&empty)) => empty,
            (group, _) => group,
        };
        let left = self.without(offer);
        let node = self.network.mass[u];
        let joined = self.mass[group as usize].and(node).enclosing(offer.there).settled();
        for (place, mass) in [(own, left), (group, joined)] {
            self.border += mass.border() - self.mass[place as usize].border();
            self.mass[place as usize] = mass;
        }
        self.size[own as usize] -= 1;
        self.size[group as usize] += 1;
        self.labels[u] = group;
        if self.empty.last() == Some(&group) {
            self.empty.pop();
        }
        if self.size[own as usize] == 0 {
            self.empty.push(own);
        }
        group
    }
}
