//! What Louvain, Leiden and the map equation share: level upon level of moves, from several starts.

use rayon::prelude::*;

use super::Partition;
use super::local_moving::move_nodes;
use super::members::{Members, renumber};
use super::network::Network;
use super::objective::Objective;
use super::pace::Pace;
use super::refinement::refine;
use super::separating::separate;
use crate::error::{Error, Result};
use crate::random::Random;

/// How many arcs' worth of starts a small graph is given.
const ARCS: usize = 500_000;

/// From so many arcs on, one start of two iterations is enough by default, borders differing little from start to start, and what
/// brings little is left out.
const MANY_ARCS: usize = 1_000_000;

/// Several climbs, of which the best counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Climbs {
    pub(super) seed: u64,
    pub(super) starts: Option<usize>,
    pub(super) iterations: Option<usize>,
    /// Whether no group is better for a node of one edge than that of its neighbor.
    pub(super) leaves_stay: bool,
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
        let folded = self.leaves_stay.then(|| folded(network)).flatten();
        let large = network.arc_count() >= MANY_ARCS;
        let start = |start| {
            let mut random = Random::new(self.seed, start);
            let labels = match &folded {
                Some((parts, upper)) => {
                    let groups = self.climb(upper, large, &mut random);
                    parts.iter().map(|&part| groups[part as usize]).collect()
                }
                None => self.climb(network, large, &mut random),
            };
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
    fn climb<O: Objective>(
        &self,
        network: &Network<O>,
        large: bool,
        random: &mut Random,
    ) -> Vec<u32> {
        let mut labels: Vec<u32> = network.nodes().collect();
        let usual = if large { 2 } else { 10 };
        for iteration in 0..self.iterations.unwrap_or(usual) {
            let climb = Climb { iteration, large, randomness: self.randomness };
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

/// A network in which each node of one edge is part of its neighbor, where there are many, and of which node each is part.
fn folded<O: Objective>(network: &Network<O>) -> Option<(Vec<u32>, Network<'static, O>)> {
    let leaf = |u: u32| network.neighbors(u).len() == 1;
    let leaves = network.nodes().filter(|&u| leaf(u)).count();
    if network.arc_count() < MANY_ARCS || leaves * 8 < network.arc_count() {
        return None;
    }
    let part = |u: u32| match network.neighbors(u) {
        &[v] if !leaf(v) || v < u => v,
        _ => u,
    };
    let mut parts: Vec<u32> = network.nodes().map(part).collect();
    let count = renumber(&mut parts);
    let upper = network.aggregated(&Members::new(&parts, count));
    Some((parts, upper))
}

/// One iteration.
struct Climb {
    /// Which it is.
    iteration: usize,
    large: bool,
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
            let pace = self.pace(network);
            let moves = move_nodes(network, &mut groups, &pace, random);
            moved |= moves > 0;
            if level.is_none() && self.is_settled(network, moves) {
                if self.randomness.is_some() {
                    separate(&mut groups, |u| network.neighbors(u));
                }
                *labels = groups;
                return false;
            }
            let group_count = renumber(&mut groups);
            let (parts, part_count) = match self.randomness {
                Some(randomness) => {
                    refine(network, &Members::new(&groups, group_count), randomness, random)
                }
                None => (groups.clone(), group_count),
            };
            if group_count == network.node_count() || part_count == network.node_count() {
                // A group that lost a node on this last level, and its connection with it, has not been refined since.
                if self.randomness.is_some() && group_count < network.node_count() {
                    separate(&mut groups, |u| network.neighbors(u));
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

    /// Later iterations begin from good groups, and those before the last need not be the best.
    fn pace<O: Objective>(&self, network: &Network<O>) -> Pace {
        if !self.large {
            return Pace::thorough();
        }
        let passes = if self.iteration == 0 { 5 } else { 3 };
        Pace::of(network.node_count(), network.arc_count(), passes)
    }

    /// Whether so few nodes of a large graph move, after a first iteration, that another would bring next to nothing.
    fn is_settled<O: Objective>(&self, network: &Network<O>, moves: usize) -> bool {
        self.iteration > 0 && self.large && moves < network.node_count() / 200
    }
}
