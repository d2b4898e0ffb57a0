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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::objective::{Even, Flow, Visits};

    /// A network of nodes of mass 1, where a group gains what its edges weigh less `density` for each pair.
    fn even(csr: &Csr, density: f64) -> Network<'_, Even> {
        Network::new(csr, 1.0, vec![1.0; csr.node_count()], Even { density })
    }

    fn best<O: Objective>(moves: &Moves<'_, O>, u: u32) -> Option<(u32, f64, f64, f64)> {
        let offer = moves.better(u, &mut Tally::new(moves.network.node_count()))?;
        Some((offer.group, offer.own, offer.there, offer.strength))
    }

    #[test]
    fn a_node_is_offered_the_group_where_it_gains_most() {
        let edges = [(0, 1, 1.0), (0, 2, 3.0), (0, 3, 2.0), (0, 4, 2.0)];
        let csr = Csr::new(6, &edges, Direction::Undirected);
        for (density, labels, want) in [
            (0.5, [0, 1, 2, 3, 4, 5], Some((2, 0.0, 3.0, 8.0))),
            // Together 3 and 4 weigh 4, less one half for each of them.
            (0.5, [0, 1, 2, 3, 3, 5], Some((3, 0.0, 4.0, 8.0))),
            // For 1.5 each that is 1, and 2 alone is 1.5.
            (1.5, [0, 1, 2, 3, 3, 5], Some((2, 0.0, 3.0, 8.0))),
            (0.5, [2, 1, 2, 3, 4, 5], None),
            (0.5, [1, 1, 2, 3, 4, 5], Some((2, 1.0, 3.0, 8.0))),
            // Nobody is worth 4, and to stay with 1 costs 3.
            (4.0, [0, 1, 2, 3, 4, 5], None),
            (4.0, [1, 1, 2, 3, 4, 5], Some((ALONE, 1.0, 0.0, 8.0))),
            // To join 2 gains nothing, neither does to be alone.
            (3.0, [0, 1, 2, 3, 4, 5], None),
        ] {
            let (network, mut labels) = (even(&csr, density), labels);
            let moves = Moves::new(&network, &mut labels);
            assert_eq!(best(&moves, 0), want, "{density} {:?}", moves.labels);
        }
    }

    #[test]
    fn who_has_no_edge_to_his_group_leaves_it_for_an_empty_one() {
        let csr = Csr::new(3, &[], Direction::Undirected);
        let (network, mut labels) = (even(&csr, 1.0), [0; 3]);
        let mut moves = Moves::new(&network, &mut labels);
        let mut tally = Tally::new(3);
        let offers = [0, 1, 2].map(|u| moves.better(u, &mut tally).unwrap());
        assert!(offers.iter().all(|offer| offer.group == ALONE && moves.still_gains(offer)));
        assert_eq!(moves.put(&offers[0]), 2, "the last of the empty groups");
        assert!(moves.still_gains(&offers[1]) && !moves.still_gains(&offers[0]));
        assert_eq!(moves.put(&offers[1]), 1);
        assert!(!moves.still_gains(&offers[2]), "he is alone by now");
        assert_eq!(
            (&*moves.labels, &moves.size, &moves.empty),
            (&[2, 1, 0][..], &vec![1; 3], &vec![])
        );
    }

    #[test]
    fn to_be_alone_is_no_gain_for_who_loses_nothing_where_he_is() {
        let csr = Csr::new(2, &[(0, 1, 1.0)], Direction::Undirected);
        for (density, want) in [(0.5, false), (1.0, false), (1.5, true)] {
            let (network, mut labels) = (even(&csr, density), [0; 2]);
            let moves = Moves::new(&network, &mut labels);
            let offer = Offer { node: 0, group: ALONE, own: 1.0, there: 0.0, strength: 1.0 };
            assert_eq!(moves.still_gains(&offer), want, "{density}");
        }
    }

    #[test]
    fn an_offer_ends_when_others_have_made_the_group_too_large() {
        let csr = Csr::new(5, &[(0, 4, 2.5)], Direction::Undirected);
        let (network, mut labels) = (even(&csr, 1.0), [0, 1, 2, 3, 4]);
        let mut moves = Moves::new(&network, &mut labels);
        let offer = moves.better(0, &mut Tally::new(5)).unwrap();
        let join = |node| Offer { node, group: 4, own: 0.0, there: 0.0, strength: 0.0 };
        // The edge weighs 2.5, and each who is there takes 1 of it.
        let still = [1, 2, 3].map(|node| {
            let still = moves.still_gains(&offer);
            moves.put(&join(node));
            still
        });
        assert_eq!(still, [true, true, false]);
    }

    #[test]
    fn a_node_takes_its_mass_along_and_leaves_an_empty_group_behind() {
        let csr = Csr::path(3);
        let (network, mut labels) = (even(&csr, 0.1), [0, 1, 2]);
        let mut moves = Moves::new(&network, &mut labels);
        let to = |node, group| Offer { node, group, own: 0.0, there: 1.0, strength: 1.0 };
        assert_eq!(moves.put(&to(0, 1)), 1);
        assert_eq!(moves.mass, vec![0.0, 2.0, 1.0]);
        assert_eq!((&moves.size, &moves.empty), (&vec![0, 2, 1], &vec![0]));
        assert_eq!(moves.put(&to(2, 1)), 1);
        assert_eq!(moves.mass, vec![0.0, 3.0, 0.0]);
        assert_eq!((&moves.size, &moves.empty), (&vec![0, 3, 0], &vec![0, 2]));
        assert_eq!(moves.put(&to(1, 2)), 2, "an empty group is one by its number, too");
        assert_eq!((&moves.size, &moves.empty), (&vec![0, 2, 1], &vec![0]));
    }

    #[test]
    fn the_border_of_all_groups_is_kept() {
        // In a triangle a walk is at each node a third of the time, and each edge is a sixth of all ends.
        let csr = Csr::complete(3);
        let third = 1.0 / 3.0;
        let network = Network::new(&csr, 1.0 / 6.0, vec![Visits::new(third, third); 3], Flow);
        let mut labels = [0, 1, 2];
        let mut moves = Moves::new(&network, &mut labels);
        let mut borders = vec![moves.border];
        // The edges to the group that is left and to the one that is joined.
        for (node, group, own, there) in [(0, 1, 0.0, 1.0), (2, 1, 0.0, 2.0), (1, ALONE, 2.0, 0.0)]
        {
            let [own, there] = [own, there].map(|edges| edges / 6.0);
            moves.put(&Offer { node, group, own, there, strength: third });
            borders.push(moves.border);
        }
        // A pair of them has two edges to the third, which has two as well.
        let want = [1.0, 2.0 / 3.0, 0.0, 2.0 / 3.0];
        let close = borders.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-12);
        assert!(close, "{borders:?}");
    }
}
