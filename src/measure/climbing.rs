//! What Louvain, Leiden and the map equation share: level upon level of moves, from several starts.

use rayon::prelude::*;

use super::Partition;
use super::local_moving::move_nodes;
use super::members::Members;
use super::network::Network;
use super::objective::Objective;
use super::pace::Pace;
use super::refinement::refine;
use crate::error::{Error, Result};
use crate::random::Random;

/// How many arcs' worth of starts a small graph is given.
const ARCS: usize = 500_000;

/// From so many arcs on, one start of two iterations is enough by default: borders differ little there from start to start.
const MANY_ARCS: usize = 1_000_000;

/// Several climbs, of which the best counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Climbs {
    pub(super) seed: u64,
    pub(super) starts: Option<usize>,
    pub(super) iterations: Option<usize>,
    /// With it groups are refined (Leiden), without it not (Louvain).
    pub(super) randomness: Option<f64>,
}

impl Climbs {
    /// Whether the options are in range.
    pub(super) fn check(&self) -> Result<()> {
        if self.starts == Some(0) {
            return Err(Error::usage("`starts` must be 1 or more"));
        }
        if self.iterations == Some(0) {
            return Err(Error::usage("`iterations` must be 1 or more"));
        }
        let randomness = self.randomness.unwrap_or(1.0);
        if (f64::MIN_POSITIVE..=f64::MAX).contains(&randomness) {
            return Ok(());
        }
        Err(Error::usage(format!("`randomness` must be above 0, got {randomness}")))
    }

    /// The partition of highest `value`; of equals, that of the first start.
    pub(super) fn best<O: Objective>(
        &self,
        network: &Network<O>,
        value: impl Fn(&Partition) -> f64 + Sync,
    ) -> Partition {
        let start = |start| {
            let labels = self.climb(network, &mut Random::new(self.seed, start));
            Partition::from_labels(&labels)
        };
        let count = self.starts.unwrap_or_else(|| usual_starts(network.arc_count()));
        if count == 1 {
            return start(0);
        }
        let found: Vec<(f64, Partition)> = (0..count as u64)
            .into_par_iter()
            .map(|at| {
                let partition = start(at);
                (value(&partition), partition)
            })
            .collect();
        let better = |best: (f64, Partition), next: (f64, Partition)| {
            if next.0 > best.0 { next } else { best }
        };
        let best = found.into_iter().reduce(better);
        best.expect("there is a start").1
    }

    /// Iteration upon iteration, until nothing moves.
    fn climb<O: Objective>(&self, network: &Network<O>, random: &mut Random) -> Vec<u32> {
        let mut labels: Vec<u32> = network.nodes().collect();
        let usual = if network.arc_count() < MANY_ARCS { 10 } else { 2 };
        for iteration in 0..self.iterations.unwrap_or(usual) {
            let climb = Climb { iteration, randomness: self.randomness };
            if !climb.run(network, &mut labels, random) {
                break;
            }
        }
        labels
    }
}

/// How many starts a graph is given by default.
fn usual_starts(arcs: usize) -> usize {
    if arcs < MANY_ARCS { (ARCS / arcs.max(1)).clamp(5, 100) } else { 1 }
}

/// One iteration.
struct Climb {
    /// Which it is.
    iteration: usize,
    randomness: Option<f64>,
}

impl Climb {
    /// Moves nodes, makes each group a node, and so on until nothing changes. Says whether a node moved.
    ///
    /// With `randomness` the groups are refined first and the parts become the nodes (Leiden);
    /// without, the groups themselves do (Louvain).
    fn run<O: Objective>(
        &self,
        base: &Network<O>,
        labels: &mut Vec<u32>,
        random: &mut Random,
    ) -> bool {
        let mut place: Vec<u32> = base.nodes().collect();
        let mut groups = std::mem::take(labels);
        let mut level: Option<Network<O>> = None;
        let mut moved = false;
        loop {
            let network = level.as_ref().unwrap_or(base);
            moved |= move_nodes(network, &mut groups, &Pace::of(network, self.iteration), random);
            let group_count = renumber(&mut groups);
            let (parts, part_count) = match self.randomness {
                Some(randomness) => {
                    refine(network, &Members::new(&groups, group_count), randomness, random)
                }
                None => (groups.clone(), group_count),
            };
            if group_count == network.node_count() || part_count == network.node_count() {
                if self.randomness.is_some() && group_count < network.node_count() {
                    separate(network, &mut groups);
                }
                break;
            }
            let mut upper = vec![0; part_count];
            for (&part, &group) in parts.iter().zip(&groups) {
                upper[part as usize] = group;
            }
            for u in &mut place {
                *u = parts[*u as usize];
            }
            level = Some(network.aggregated(&Members::new(&parts, part_count)));
            groups = upper;
        }
        *labels = place.iter().map(|&u| groups[u as usize]).collect();
        moved
    }
}

/// Numbers the labels from 0 in the order in which they appear, and says how many there are.
fn renumber(labels: &mut [u32]) -> usize {
    let mut number = vec![u32::MAX; labels.len()];
    let mut count = 0;
    for label in labels {
        let number = &mut number[*label as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *label = *number;
    }
    count as usize
}

/// Makes each connected piece of a group a group of its own, which never lowers the quality.
///
/// The climb ends when no parts merge. A group that lost a node on that last level, and its
/// connection with it, has not been refined since; its nodes are parts, which are connected.
fn separate<O: Objective>(network: &Network<O>, labels: &mut [u32]) {
    let mut piece = vec![u32::MAX; labels.len()];
    let mut open = Vec::new();
    for first in network.nodes() {
        if piece[first as usize] != u32::MAX {
            continue;
        }
        piece[first as usize] = first;
        open.push(first);
        while let Some(u) = open.pop() {
            for &v in network.neighbors(u) {
                if piece[v as usize] == u32::MAX && labels[v as usize] == labels[u as usize] {
                    piece[v as usize] = first;
                    open.push(v);
                }
            }
        }
    }
    labels.copy_from_slice(&piece);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;
    use crate::measure::objective::Even;

    /// No graph is known on which a climb ends so; the guarantee does not rest on that.
    #[test]
    fn a_group_in_two_pieces_becomes_two_groups() {
        let network = Network::new(&Csr::path(4), 1.0, vec![1.0; 4], Even { density: 0.5 });
        let mut labels = vec![0, 1, 0, 0];
        separate(&network, &mut labels);
        assert_eq!(labels, [0, 1, 2, 2]);
    }
}
