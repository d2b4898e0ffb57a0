//! Graphs whose communities are known: the benchmark of Lancichinetti, Fortunato and Radicchi.
//!
//! A. Lancichinetti, S. Fortunato, F. Radicchi, Phys. Rev. E 78:046110, 2008: degrees from a power law (exponent 2, at most 50, 20 on average),
//! sizes of communities from one (exponent 1), and of each node's ties a share `mixing` leads out of its community. Ties are drawn at random, then those that stand twice or
//! lead where they should not are exchanged.

use kluwen::graph::{Csr, Direction};
use kluwen::measure::Partition;

use crate::dice::Dice;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    pub(crate) nodes: u32,
    /// The least and the greatest size of a community.
    pub(crate) sizes: [u32; 2],
    pub(crate) mixing: f64,
    pub(crate) seed: u64,
}

const DEGREES: [f64; 2] = [9.95, 50.0];

impl Planted {
    pub(crate) fn graph(self) -> (Csr, Partition) {
        let mut random = Dice::new(self.seed);
        let mut degrees: Vec<(u32, u32)> = (0..self.nodes)
            .map(|_| whole(power(&mut random, 2.0, DEGREES)))
            .map(|degree| (degree, whole(f64::from(degree) * (1.0 - self.mixing))))
            .collect();
        degrees.sort_unstable_by(|a, b| b.cmp(a));
        let labels = self.labels(&degrees, &mut random);
        let inside: Vec<u32> = degrees.iter().map(|&(_, inside)| inside).collect();
        let outside: Vec<u32> = degrees.iter().map(|&(all, inside)| all - inside).collect();
        let mut pairs = Vec::new();
        for community in 0..=labels.iter().copied().max().unwrap_or(0) {
            let own = |&node: &u32| labels[node as usize] == community;
            let stubs = stubs(&inside, (0..self.nodes).filter(own));
            pairs.extend(wired(stubs, |u, v| u != v, &mut random));
        }
        let apart = |u: u32, v: u32| labels[u as usize] != labels[v as usize];
        pairs.extend(wired(stubs(&outside, 0..self.nodes), apart, &mut random));
        let csr = Csr::unweighted(self.nodes as usize, &pairs, Direction::Undirected);
        (csr, Partition::from_labels(&labels))
    }

    /// By node, the community, in which there is room for its inner ties.
    fn labels(&self, degrees: &[(u32, u32)], random: &mut Dice) -> Vec<u32> {
        let [least, most] = self.sizes.map(f64::from);
        let mut room: Vec<u32> = Vec::new();
        let mut all = 0;
        while all < self.nodes {
            let size = whole(power(random, 1.0, [least, most])).min(self.nodes - all);
            all += size;
            // What is left over is spread over the others.
            if size >= self.sizes[0] || room.is_empty() {
                room.push(size);
            } else {
                (0..size as usize).for_each(|at| room[at % 2] += 1);
            }
        }
        let sizes = room.clone();
        degrees
            .iter()
            .map(|&(_, inside)| {
                let fits = |at: &usize| room[*at] > 0 && sizes[*at] > inside;
                let open: Vec<usize> = (0..room.len()).filter(fits).collect();
                let some = || (0..room.len()).filter(|&at| room[at] > 0).collect();
                let open: Vec<usize> = if open.is_empty() { some() } else { open };
                let at = open[random.below(open.len())];
                room[at] -= 1;
                u32::try_from(at).unwrap()
            })
            .collect()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
fn whole(x: f64) -> u32 {
    x.round() as u32
}

/// From a power law with that exponent between two ends.
fn power(random: &mut Dice, exponent: f64, [low, high]: [f64; 2]) -> f64 {
    let u = random.unit();
    if (exponent - 1.0).abs() < 1e-9 {
        return low * libm::pow(high / low, u);
    }
    let e = 1.0 - exponent;
    let power = |x: f64| libm::pow(x, e);
    libm::pow(power(low) + u * (power(high) - power(low)), 1.0 / e)
}

fn stubs(counts: &[u32], nodes: impl Iterator<Item = u32>) -> Vec<u32> {
    nodes.flat_map(|node| vec![node; counts[node as usize] as usize]).collect()
}

/// Ties between stubs: those that may not be change ends with others, again and again; what is left over is dropped.
fn wired(
    mut stubs: Vec<u32>,
    may: impl Fn(u32, u32) -> bool,
    random: &mut Dice,
) -> Vec<(u32, u32)> {
    for at in (1..stubs.len()).rev() {
        stubs.swap(at, random.below(at + 1));
    }
    let mut pairs: Vec<(u32, u32)> = stubs.chunks_exact(2).map(|two| (two[0], two[1])).collect();
    for _ in 0..200 {
        let mut seen = std::collections::BTreeSet::new();
        let bad: Vec<usize> = (0..pairs.len())
            .filter(|&at| {
                let (u, v) = pairs[at];
                !may(u, v) || !seen.insert((u.min(v), u.max(v)))
            })
            .collect();
        if bad.is_empty() {
            break;
        }
        for at in bad {
            let other = random.below(pairs.len());
            let ((a, b), (c, d)) = (pairs[at], pairs[other]);
            (pairs[at], pairs[other]) = ((a, d), (c, b));
        }
    }
    pairs.retain(|&(u, v)| may(u, v));
    pairs
}
