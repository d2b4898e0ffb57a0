//! Leiden's refinement: the groups are taken apart and put together again within their bounds.

use std::ops::Range;

use rayon::prelude::*;

use super::members::{Members, number};
use super::network::Network;
use super::objective::{Mass as _, Objective};
use super::tally::Tally;
use crate::random::Random;

/// Well-connected parts of groups, numbered from 0, those of a group in a row; and how many there are. Each part is connected and
/// lies in one group.
///
/// Every node starts alone. In random order each node still alone, and well connected to the rest
/// of its group, joins one of the parts beside it that are well connected too; the more it gains
/// the likelier, with `randomness` as temperature in units of the mean edge weight. What happens in one group is nothing to
/// another, so that threads share them.
pub(super) fn refine<O: Objective>(
    network: &Network<O>,
    groups: &Members,
    randomness: f64,
    random: &mut Random,
) -> (Vec<u32>, usize) {
    let seed = random.below(u64::MAX);
    let place = groups.place_of_nodes();
    let temperature = randomness * network.unit;
    let borders = Borders {
        groups: network.masses(groups.groups()).iter().map(|mass| mass.border()).sum(),
        parts: network.mass.iter().map(|mass| mass.border()).sum(),
    };
    let grown: Vec<Vec<u32>> = groups
        .blocks()
        .into_par_iter()
        .enumerate()
        .map(|(at, block)| {
            let mut random = Random::new(seed, at as u64);
            let mut parts = Parts::new(network, groups, &place, &block, borders);
            for group in block {
                parts.grow(group, temperature, &mut random);
            }
            parts.part
        })
        .collect();
    numbered(groups.nodes(), &grown)
}

/// The number of the part of each node, and how many parts there are. In `grown` stand, block after block in the order of `nodes`, the
/// places in their block that parts grew from.
fn numbered(nodes: &[u32], grown: &[Vec<u32>]) -> (Vec<u32>, usize) {
    let mut parts = vec![0; nodes.len()];
    let mut count = 0;
    let mut rest = nodes;
    for block in grown {
        let mut number = vec![u32::MAX; block.len()];
        let (own, others) = rest.split_at(block.len());
        rest = others;
        for (&u, &part) in own.iter().zip(block) {
            let number = &mut number[part as usize];
            if *number == u32::MAX {
                *number = count;
                count += 1;
            }
            parts[u as usize] = *number;
        }
    }
    (parts, count as usize)
}

/// The parts of some groups as they grow. Nodes go by their places in the block, and a part by that of the node it grew from.
struct Parts<'a, O: Objective> {
    network: &'a Network<'a, O>,
    groups: &'a Members<'a>,
    /// By node, its place among all.
    place: &'a [u32],
    /// The first place of the block.
    first: u32,
    part: Vec<u32>,
    mass: Vec<O::Mass>,
    size: Vec<u32>,
    /// The weight of the edges from a part to the rest of its group.
    outward: Vec<f64>,
    borders: Borders,
    tally: Tally,
    /// The parts that a node can join, each with what it gains.
    gains: Vec<(u32, f64)>,
}

/// What groups and parts have for a border.
#[derive(Clone, Copy)]
struct Borders {
    /// What all groups have together.
    groups: f64,
    /// What all parts have; those of other blocks as they were at first.
    parts: f64,
}

/// The group that is being put together: which places are in it, and what it weighs.
struct Whole<M> {
    places: Range<u32>,
    mass: M,
}

impl<'a, O: Objective> Parts<'a, O> {
    fn new(
        network: &'a Network<'a, O>,
        groups: &'a Members<'a>,
        place: &'a [u32],
        block: &Range<usize>,
        borders: Borders,
    ) -> Self {
        let places = groups.places(block);
        let nodes = &groups.nodes()[places.clone()];
        Self {
            network,
            groups,
            place,
            first: number(places.start),
            part: (0..).take(nodes.len()).collect(),
            mass: nodes.iter().map(|&u| network.mass[u as usize]).collect(),
            size: vec![1; nodes.len()],
            outward: vec![0.0; nodes.len()],
            borders,
            tally: Tally::new(nodes.len()),
            gains: Vec::new(),
        }
    }

    /// Puts the nodes of a group together.
    fn grow(&mut self, group: usize, temperature: f64, random: &mut Random) {
        let places = self.groups.places(&(group..group + 1));
        let start = number(places.start) - self.first;
        if places.len() < 2 {
            return;
        }
        let whole = self.whole(start..start + number(places.len()));
        let mut order: Vec<u32> = whole.places.clone().collect();
        random.shuffle(&mut order);
        for at in order {
            if self.size[at as usize] == 1 && self.is_well_connected(at, &whole) {
                self.weigh(at, &whole);
                let part = self.choose(at, temperature, random);
                self.put(at, part);
            }
        }
    }

    /// Measures a group and the ties of its nodes within it.
    fn whole(&mut self, places: Range<u32>) -> Whole<O::Mass> {
        let mut mass = O::Mass::default();
        for at in places.clone() {
            let mut outward = 0.0;
            self.each_inside(at, &places, |_, weight| outward += weight);
            self.outward[at as usize] = outward;
            mass = mass.and(self.mass[at as usize]).enclosing(outward / 2.0);
        }
        Whole { places, mass }
    }

    /// Calls `each` with the place of every neighbor in the same group and the weight of the edge.
    #[inline]
    fn each_inside(&self, at: u32, places: &Range<u32>, mut each: impl FnMut(u32, f64)) {
        let u = self.groups.nodes()[(self.first + at) as usize];
        self.network.each_edge(u, |v, weight| {
            let beside = self.place[v as usize].wrapping_sub(self.first);
            if places.contains(&beside) {
                each(beside, weight);
            }
        });
    }

    /// Whether a part is tied to the rest of its group as the quality asks.
    fn is_well_connected(&self, part: u32, whole: &Whole<O::Mass>) -> bool {
        let (mass, outward) = (self.mass[part as usize], self.outward[part as usize]);
        let rest = whole.mass.enclosing(-outward).less(mass).settled();
        let border = self.borders.groups - whole.mass.border() + mass.border() + rest.border();
        let objective = self.network.objective;
        objective.gain(mass, rest, outward, objective.border(border)) >= 0.0
    }

    /// Finds the parts that a node can join without loss, its own among them.
    fn weigh(&mut self, at: u32, whole: &Whole<O::Mass>) {
        let mut tally = std::mem::replace(&mut self.tally, Tally::new(0));
        tally.clear();
        self.each_inside(at, &whole.places, |v, weight| tally.add(self.part[v as usize], weight));
        let node = self.mass[at as usize];
        let border = self.network.objective.border(self.borders.parts);
        self.gains.clear();
        self.gains.push((at, 0.0));
        for &part in tally.groups() {
            let (mass, between) = (self.mass[part as usize], tally.weight(part));
            let gain = self.network.objective.gain(node, mass, between, border);
            if gain >= 0.0 && between > 0.0 && self.is_well_connected(part, whole) {
                self.gains.push((part, gain));
            }
        }
        self.tally = tally;
    }

    /// One of the parts weighed, with chances in proportion to `exp(gain / temperature)`.
    fn choose(&mut self, at: u32, temperature: f64, random: &mut Random) -> u32 {
        /// `exp` of less is nothing beside the 1 of the best.
        const NOTHING: f64 = -50.0;
        if self.gains.len() == 1 {
            return at;
        }
        let most = self.gains.iter().fold(0.0, |most: f64, &(_, gain)| most.max(gain));
        let mut total = 0.0;
        for (_, gain) in &mut self.gains {
            let power = (*gain - most) / temperature;
            total += if power < NOTHING { 0.0 } else { libm::exp(power) };
            *gain = total;
        }
        let drawn = random.unit() * total;
        let hit = self.gains.iter().find(|&&(_, upto)| drawn < upto);
        hit.map_or(at, |&(part, _)| part)
    }

    fn put(&mut self, at: u32, part: u32) {
        if part == at {
            return;
        }
        let between = self.tally.weight(part);
        let both =
            self.mass[part as usize].and(self.mass[at as usize]).enclosing(between).settled();
        self.borders.parts +=
            both.border() - self.mass[part as usize].border() - self.mass[at as usize].border();
        self.mass[part as usize] = both;
        self.outward[part as usize] += self.outward[at as usize] - 2.0 * between;
        self.size[part as usize] += self.size[at as usize];
        self.size[at as usize] = 0;
        self.part[at as usize] = part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::objective::{Even, Flow, Visits};

    fn refined(csr: &Csr, resolution: f64) -> Vec<u32> {
        let mass = vec![1.0; csr.node_count()];
        let network = Network::new(csr, 1.0, mass, Even { density: resolution });
        let one_group = vec![0; csr.node_count()];
        refine(&network, &Members::new(&one_group, 1), 0.01, &mut Random::new(0, 0)).0
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

    /// Shares of all ends of edges as the map equation has them: `strengths` and weights out of `all`.
    fn walked<'a>(csr: &'a Csr, strengths: &[f64], all: f64) -> Network<'a, Flow> {
        let mass = strengths.iter().map(|own| Visits::new(own / all, own / all)).collect();
        Network::new(csr, 1.0 / all, mass, Flow)
    }

    #[test]
    fn a_part_takes_on_what_joins_it() {
        // In a triangle of edges of a sixth each has a third of all ends.
        let csr = Csr::complete(3);
        let network = walked(&csr, &[2.0; 3], 6.0);
        let members = Members::new(&[0; 3], 1);
        let place = members.place_of_nodes();
        let borders = Borders { groups: 0.0, parts: 1.0 };
        let mut parts = Parts::new(&network, &members, &place, &(0..1), borders);
        let whole = parts.whole(0..3);
        let close = |got: f64, want: f64| (got - want).abs() < 1e-12;
        assert!(close(whole.mass.border(), 0.0));
        assert!(parts.outward.iter().all(|&outward| close(outward, 1.0 / 3.0)));
        // Two have two edges to the third; three have none to others.
        for (at, left) in [(1, 1.0 / 3.0), (2, 0.0)] {
            parts.weigh(at, &whole);
            parts.put(at, 0);
            assert!(close(parts.outward[0], left), "{at}: {}", parts.outward[0]);
            assert!(close(parts.mass[0].border(), left), "{at}: {:?}", parts.mass[0]);
            assert!(close(parts.borders.parts, 2.0 * left), "{at}: {}", parts.borders.parts);
        }
        assert_eq!((parts.part, parts.size), (vec![0; 3], vec![3, 0, 0]));
    }

    #[test]
    fn a_part_is_well_connected_if_its_group_is_better_with_it() {
        // Node 1 has more of its ties outside its group, 0, 1 and 3, than within: without it a step is told in 0.09 bits less.
        let outward = ([(0, 3, 10.0), (1, 2, 5.0), (1, 3, 3.0)], [0, 0, 1, 0]);
        // Nodes 0 and 2 are both tied to 1 of the other group; still a step takes 0.4 bits less where they are together.
        let inward = ([(0, 1, 1.0), (0, 2, 1.0), (1, 2, 3.0)], [0, 1, 0, 2]);
        for ((edges, groups), strengths, all, border, part, want) in [
            (outward, [10.0, 8.0, 5.0, 13.0], 36.0, 10.0, 1, false),
            (outward, [10.0, 8.0, 5.0, 13.0], 36.0, 10.0, 2, true),
            (inward, [2.0, 4.0, 4.0, 0.0], 10.0, 8.0, 0, true),
            (inward, [2.0, 4.0, 4.0, 0.0], 10.0, 8.0, 1, true),
        ] {
            let csr = Csr::new(4, &edges, Direction::Undirected);
            let network = walked(&csr, &strengths, all);
            let members = Members::new(&groups, 3);
            let place = members.place_of_nodes();
            let borders = Borders { groups: border / all, parts: 1.0 };
            let mut parts = Parts::new(&network, &members, &place, &(0..1), borders);
            let whole = parts.whole(0..number(members.of(0).len()));
            assert_eq!(parts.is_well_connected(part, &whole), want, "{edges:?} {part}");
        }
    }

    #[test]
    fn what_gains_more_is_drawn_more_often() {
        let csr = Csr::path(3);
        let network = walked(&csr, &[1.0, 2.0, 1.0], 4.0);
        let members = Members::new(&[0; 3], 1);
        let place = members.place_of_nodes();
        let borders = Borders { groups: 0.0, parts: 1.0 };
        let mut parts = Parts::new(&network, &members, &place, &(0..1), borders);
        let mut random = Random::new(1, 0);
        let mut times = |gains: &[(u32, f64)], temperature| {
            let mut times = [0; 3];
            for _ in 0..1000 {
                parts.gains = gains.to_vec();
                times[parts.choose(0, temperature, &mut random) as usize] += 1;
            }
            times
        };
        assert_eq!(times(&[(0, 0.0)], 1.0), [1000, 0, 0]);
        assert_eq!(times(&[(0, 0.0), (1, 1.0), (2, 3.0)], 0.01), [0, 0, 1000]);
        // For a temperature of 2 twice the logarithm of three is three times as likely, and no more.
        let [stay, less, more] = times(&[(0, 0.0), (2, 2.197_224_577), (1, 0.0)], 2.0);
        assert!((150..250).contains(&stay) && (150..250).contains(&less), "{stay} {less}");
        assert!((550..650).contains(&more), "{more}");
    }

    #[test]
    fn parts_are_numbered_block_by_block() {
        let (parts, count) = numbered(&[2, 0, 4, 1, 3], &[vec![1, 1, 2], vec![], vec![0, 1]]);
        assert_eq!((parts, count), (vec![0, 2, 0, 3, 1], 4));
    }
}
