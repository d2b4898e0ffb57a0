//! The set from which most is reached, or which is nearest to all.

use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::key_covering::exact;
use super::key_players::{Found, KeyGoal, Quest};
use super::key_walk::Walk;
use super::scored::Scored;
use super::{Along, Centrality as _, Harmonic};
use crate::error::Result;
use crate::graph::Csr;

/// How many nodes are tried side by side; what one finds serves the next so many, whatever the threads.
pub(super) const WAVE: usize = 16;

/// What all nodes are worth to a set of nodes, in sum.
pub(super) fn reached(csr: &Csr, goal: KeyGoal, set: &[u32]) -> f64 {
    let mut walk = Walk::new(csr.node_count());
    walk.reached(csr, goal, set).map(|(_, worth)| worth).sum()
}

pub(super) fn find(quest: &Quest<'_>) -> Result<Found> {
    let alone = alone(quest)?;
    let mut set = greedy(quest, &alone);
    exchange(quest, &alone, &mut set);
    if !quest.exact {
        return Ok(Found { nodes: set.nodes, proven: false });
    }
    exact(quest, &alone, set)
}

/// A set, what each node is worth to it, and the sum.
#[derive(Clone)]
pub(super) struct Set {
    pub(super) nodes: Vec<u32>,
    pub(super) worth: Vec<f64>,
    pub(super) sum: f64,
}

impl Set {
    pub(super) fn of(quest: &Quest<'_>, nodes: Vec<u32>) -> Self {
        let n = quest.csr.node_count();
        let mut walk = Walk::new(n);
        let mut worth = vec![0.0; n];
        for (v, own) in walk.reached(quest.csr, quest.goal, &nodes) {
            worth[v as usize] = own;
        }
        let sum = worth.iter().sum();
        Self { nodes, worth, sum }
    }
}

/// What each allowed node is worth alone, the best first.
fn alone(quest: &Quest<'_>) -> Result<Vec<Scored>> {
    let csr = quest.csr;
    let all: Vec<f64> = if quest.goal == KeyGoal::Nearness {
        let harmonic = Harmonic { along: Along::Outgoing, ..Harmonic::default() };
        harmonic.scores(csr)?.iter().map(|others| 1.0 + others).collect()
    } else {
        let nothing = vec![0.0; csr.node_count()];
        let gain = |walk: &mut Walk, u| walk.gain(csr, quest.goal, u, &nothing);
        csr.nodes().into_par_iter().map_init(|| Walk::new(csr.node_count()), gain).collect()
    };
    let mut alone: Vec<Scored> = csr
        .nodes()
        .filter(|&u| quest.allowed[u as usize])
        .map(|node| Scored { score: all[node as usize], node })
        .collect();
    alone.sort_by(|a, b| b.cmp(a));
    Ok(alone)
}

/// Node after node the one that adds most. What a node adds only falls as the set grows, so a node is looked at again only when it
/// stands first (M. Minoux, "Accelerated greedy algorithms for maximizing submodular set functions", 1978).
fn greedy(quest: &Quest<'_>, alone: &[Scored]) -> Set {
    let mut heap: BinaryHeap<Scored> = alone.iter().copied().collect();
    let mut walk = Walk::new(quest.csr.node_count());
    let mut set = Set::of(quest, Vec::new());
    while set.nodes.len() < quest.size {
        let Some(first) = heap.pop() else { break };
        let gain = walk.gain(quest.csr, quest.goal, first.node, &set.worth);
        let fresh = Scored { score: gain, ..first };
        if heap.peek().is_none_or(|second| fresh >= *second) {
            set.nodes.push(first.node);
            set = Set::of(quest, set.nodes);
        } else {
            heap.push(fresh);
        }
    }
    set
}

/// Exchanges of one for another, the best first, until none helps or the effort is spent.
fn exchange(quest: &Quest<'_>, alone: &[Scored], set: &mut Set) {
    let mut steps = 0;
    while steps < quest.effort {
        let mut better: Option<(f64, usize, u32)> = None;
        for at in 0..set.nodes.len() {
            let mut others = set.nodes.clone();
            others.swap_remove(at);
            let others = Set::of(quest, others);
            let beat = better.map_or(set.sum, |one| one.0);
            if let Some((sum, node)) = best_beside(quest, alone, &others, beat, &mut steps) {
                better = Some((sum, at, node));
            }
        }
        let Some((_, at, node)) = better else { break };
        set.nodes[at] = node;
        *set = Set::of(quest, std::mem::take(&mut set.nodes));
    }
}

/// Sums of floats in another order differ in their last bits; an exchange must do more than that.
pub(super) const ROUNDING: f64 = 1.0 + 1e-12;

/// The node that makes the others reach most, if that is more than `beat`.
fn best_beside(
    quest: &Quest<'_>,
    alone: &[Scored],
    others: &Set,
    beat: f64,
    steps: &mut u64,
) -> Option<(f64, u32)> {
    let csr = quest.csr;
    let mut best: Option<(f64, u32)> = None;
    for wave in alone.chunks(WAVE) {
        let most = best.map_or(beat * ROUNDING, |one| one.0);
        if others.sum + wave[0].score <= most {
            break;
        }
        *steps += wave.len() as u64 * (csr.node_count() + csr.arc_count()) as u64;
        let gain = |walk: &mut Walk, one: &Scored| {
            others.sum + walk.gain(csr, quest.goal, one.node, &others.worth)
        };
        let sums: Vec<f64> =
            wave.par_iter().map_init(|| Walk::new(csr.node_count()), gain).collect();
        for (&sum, one) in sums.iter().zip(wave) {
            if sum > best.map_or(beat * ROUNDING, |one| one.0) {
                best = Some((sum, one.node));
            }
        }
    }
    best
}
