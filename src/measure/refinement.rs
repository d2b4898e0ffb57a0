//! Leiden's refinement: the groups are taken apart and put together again within their bounds.

use super::network::{Network, Tally};
use super::objective::{Mass as _, Objective};
use crate::random::Random;

/// Well-connected parts of the groups of `labels`: each part is connected and lies in one group.
///
/// Every node starts alone. In random order each node still alone, and well connected to the rest
/// of its group, joins one of the parts beside it that are well connected too; the more it gains
/// the likelier, with `randomness` as temperature in units of the mean edge weight.
pub(super) fn refine<O: Objective>(
    network: &Network<O>,
    labels: &[u32],
    randomness: f64,
    random: &mut Random,
) -> Vec<u32> {
    let mut parts = Parts::new(network, labels);
    let mut order: Vec<u32> = network.nodes().collect();
    random.shuffle(&mut order);
    let temperature = randomness * network.unit;
    for u in order {
        if parts.size[u as usize] == 1 && parts.is_well_connected(u, u) {
            parts.weigh(u);
            let part = parts.choose(u, temperature, random);
            parts.put(u, part);
        }
    }
    parts.part
}

/// The parts as they grow. A part has the number of the node it grew from.
struct Parts<'a, O: Objective> {
    network: &'a Network<O>,
    labels: &'a [u32],
    part: Vec<u32>,
    mass: Vec<O::Mass>,
    size: Vec<u32>,
    /// The weight of the edges from a part to the rest of its group.
    outward: Vec<f64>,
    group_mass: Vec<O::Mass>,
    /// What all groups have for a border together.
    group_border: f64,
    /// What all parts have.
    border: f64,
    tally: Tally,
    /// The parts that a node can join, each with what it gains.
    gains: Vec<(u32, f64)>,
}

impl<'a, O: Objective> Parts<'a, O> {
    fn new(network: &'a Network<O>, labels: &'a [u32]) -> Self {
        let n = network.node_count();
        let group_mass = network.masses(labels);
        let outward = |u: u32| {
            let inside = |&(v, _): &(u32, f64)| labels[v as usize] == labels[u as usize];
            let edges = network.edges_of(u).filter(inside);
            edges.map(|(_, weight)| weight).sum()
        };
        Self {
            network,
            labels,
            part: network.nodes().collect(),
            mass: network.mass.clone(),
            size: vec![1; n],
            outward: network.nodes().map(outward).collect(),
            group_border: group_mass.iter().map(|mass| mass.border()).sum(),
            group_mass,
            border: network.mass.iter().map(|mass| mass.border()).sum(),
            tally: Tally::new(n),
            gains: Vec::new(),
        }
    }

    /// Whether `part`, in the group of `u`, is tied to the rest of the group as the quality asks.
    fn is_well_connected(&self, part: u32, u: u32) -> bool {
        let (mass, outward) = (self.mass[part as usize], self.outward[part as usize]);
        let group = self.group_mass[self.labels[u as usize] as usize];
        let rest = group.enclosing(-outward).less(mass);
        let border = self.group_border - group.border() + mass.border() + rest.border();
        self.network.objective.gain(mass, rest, outward, border) >= 0.0
    }

    /// Finds the parts that `u` can join without loss, its own among them.
    fn weigh(&mut self, u: u32) {
        self.tally.clear();
        for (v, weight) in self.network.edges_of(u) {
            if self.labels[v as usize] == self.labels[u as usize] {
                self.tally.add(self.part[v as usize], weight);
            }
        }
        let node = self.network.mass[u as usize];
        self.gains.clear();
        self.gains.push((u, 0.0));
        for &part in self.tally.groups() {
            let (mass, between) = (self.mass[part as usize], self.tally.weight(part));
            let gain = self.network.objective.gain(node, mass, between, self.border);
            if gain >= 0.0 && between > 0.0 && self.is_well_connected(part, u) {
                self.gains.push((part, gain));
            }
        }
    }

    /// One of the parts weighed, with chances in proportion to `exp(gain / temperature)`.
    fn choose(&mut self, u: u32, temperature: f64, random: &mut Random) -> u32 {
        if self.gains.len() == 1 {
            return u;
        }
        let most = self.gains.iter().fold(0.0, |most: f64, &(_, gain)| most.max(gain));
        let mut total = 0.0;
        for (_, gain) in &mut self.gains {
            total += libm::exp((*gain - most) / temperature);
            *gain = total;
        }
        let drawn = random.unit() * total;
        let hit = self.gains.iter().find(|&&(_, upto)| drawn < upto);
        hit.map_or(u, |&(part, _)| part)
    }

    fn put(&mut self, u: u32, part: u32) {
        if part == u {
            return;
        }
        let between = self.tally.weight(part);
        let both = self.mass[part as usize].and(self.mass[u as usize]).enclosing(between);
        self.border +=
            both.border() - self.mass[part as usize].border() - self.mass[u as usize].border();
        self.mass[part as usize] = both;
        self.outward[part as usize] += self.outward[u as usize] - 2.0 * between;
        self.size[part as usize] += self.size[u as usize];
        self.size[u as usize] = 0;
        self.part[u as usize] = part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;
    use crate::measure::objective::Even;

    fn refined(csr: &Csr, resolution: f64) -> Vec<u32> {
        let mass = vec![1.0; csr.node_count()];
        let network = Network::new(csr, 1.0, mass, Even { density: resolution });
        let one_group = vec![0; csr.node_count()];
        refine(&network, &one_group, 0.01, &mut Random::new(0, 0))
    }

    #[test]
    fn a_node_tied_too_loosely_to_its_group_stays_alone() {
        // An end of the path has one tie to a rest of two nodes: less than 0.9 each.
        assert_eq!(refined(&Csr::path(3), 0.9), [0, 1, 2]);
    }

    #[test]
    fn a_dense_group_becomes_one_part() {
        let parts = refined(&Csr::complete(4), 0.5);
        assert!(parts.iter().all(|part| *part == parts[0]), "{parts:?}");
    }
}
