//! The set whose removal leaves the others farthest apart.

use rayon::prelude::*;

use super::cohesion::{left, nearness, pairs_at};
use super::dominance::Dominance;
use super::key_players::{Found, Quest};
use super::routing::traffic;
use crate::graph::Csr;

/// How many removals are tried side by side before the best of them is compared with a bound; the same for any number of threads.
const WAVE: usize = 8;

/// Bounds are sums of floats; what they are too low by is far less.
const ROUNDING: f64 = 1.0 + 1e-9;

pub(super) fn find(quest: &Quest<'_>) -> Found {
    let mut search = Search {
        quest,
        dominance: Dominance::of(quest.csr, &quest.allowed, quest.size),
        best: Set { nodes: Vec::new(), nearness: f64::INFINITY },
        steps: 0,
    };
    search.greedy();
    search.exchange();
    let proven = quest.exact && {
        search.steps = 0;
        let candidates = search.dominance.order.clone();
        search.extend(quest.csr, &mut Vec::new(), &candidates)
    };
    Found { nodes: search.best.nodes, proven }
}

/// A set, and the nearness of what is left without it.
struct Set {
    nodes: Vec<u32>,
    nearness: f64,
}

struct Search<'a> {
    quest: &'a Quest<'a>,
    dominance: Dominance,
    best: Set,
    steps: u64,
}

/// A graph of what is left, and the most that the removal of each node can take from its nearness.
struct Left {
    csr: Csr,
    nearness: f64,
    takes: Vec<f64>,
}

impl Search<'_> {
    fn greedy(&mut self) {
        while self.best.nodes.len() < self.quest.size {
            let left = self.without(self.quest.csr, &self.best.nodes.clone());
            let chosen = &self.best.nodes;
            let candidates: Vec<u32> = self.open(chosen).collect();
            let (nearness, node) = self
                .best_of(&left, &candidates, f64::INFINITY)
                .expect("as many nodes are allowed as the set is to have");
            self.best.nodes.push(node);
            self.best.nearness = nearness;
        }
    }

    /// Exchanges of one for another, the best first, until none helps or the effort is spent.
    fn exchange(&mut self) {
        while self.steps < self.quest.effort {
            let mut better: Option<(f64, usize, u32)> = None;
            for at in 0..self.best.nodes.len() {
                let mut others = self.best.nodes.clone();
                others.swap_remove(at);
                let left = self.without(self.quest.csr, &others);
                let candidates: Vec<u32> = self.open(&others).collect();
                let beat = better.map_or(self.best.nearness, |one| one.0);
                if let Some((nearness, node)) = self.best_of(&left, &candidates, beat) {
                    better = Some((nearness, at, node));
                }
            }
            let Some((nearness, at, node)) = better else { break };
            self.best.nodes[at] = node;
            self.best.nearness = nearness;
        }
    }

    fn open<'b>(&'b self, chosen: &'b [u32]) -> impl Iterator<Item = u32> + 'b {
        self.quest.csr.nodes().filter(|&u| self.quest.allowed[u as usize] && !chosen.contains(&u))
    }

    /// All sets of what is chosen and of candidates, but those that a bound says cannot be better; says whether the effort
    /// sufficed. As deep as sets are large.
    fn extend(&mut self, csr: &Csr, chosen: &mut Vec<u32>, candidates: &[u32]) -> bool {
        if self.steps > self.quest.effort {
            return false;
        }
        let left = self.look(csr.clone());
        let missing = self.quest.size - chosen.len();
        let mut order = candidates.to_vec();
        order.sort_by(|&u, &v| {
            left.takes[v as usize].total_cmp(&left.takes[u as usize]).then(u.cmp(&v))
        });
        if missing == 1 {
            order.retain(|&u| self.may_close(chosen, u));
            if let Some((nearness, node)) = self.best_of(&left, &order, self.best.nearness) {
                self.best = Set { nodes: chosen.iter().copied().chain([node]).collect(), nearness };
            }
            return true;
        }
        for (at, &node) in order.iter().enumerate() {
            let most: f64 = order[at..].iter().take(missing).map(|&u| left.takes[u as usize]).sum();
            if left.nearness - most * ROUNDING >= self.best.nearness {
                return true;
            }
            let mut gone = vec![false; csr.node_count()];
            gone[node as usize] = true;
            chosen.push(node);
            let sufficed =
                self.extend(&super::cohesion::left(csr, &gone), chosen, &order[at + 1..]);
            chosen.pop();
            if !sufficed {
                return false;
            }
        }
        true
    }

    /// Whether a set holds all that dominate its nodes.
    fn may_close(&self, chosen: &[u32], last: u32) -> bool {
        let all: Vec<u32> = chosen.iter().copied().chain([last]).collect();
        all.iter().all(|&u| self.dominance.is_open_to(u, &all))
    }

    /// The removal of one candidate that leaves least nearness, if that is below `beat`.
    ///
    /// Candidates are tried from the one that can take most, until what one can take is too little.
    fn best_of(&mut self, left: &Left, candidates: &[u32], beat: f64) -> Option<(f64, u32)> {
        let mut order = candidates.to_vec();
        order.sort_by(|&u, &v| {
            left.takes[v as usize].total_cmp(&left.takes[u as usize]).then(u.cmp(&v))
        });
        let mut best: Option<(f64, u32)> = None;
        for wave in order.chunks(WAVE) {
            let least = best.map_or(beat, |one| one.0);
            if left.nearness - left.takes[wave[0] as usize] * ROUNDING >= least {
                break;
            }
            self.steps += wave.len() as u64 * count_steps(&left.csr);
            let tried: Vec<f64> =
                wave.par_iter().map(|&u| nearness_without(&left.csr, u)).collect();
            for (&nearness, &node) in tried.iter().zip(wave) {
                if nearness < best.map_or(beat, |one| one.0) {
                    best = Some((nearness, node));
                }
            }
        }
        best
    }

    fn without(&mut self, csr: &Csr, gone: &[u32]) -> Left {
        let mut mask = vec![false; csr.node_count()];
        for &u in gone {
            mask[u as usize] = true;
        }
        self.look(left(csr, &mask))
    }

    fn look(&mut self, csr: Csr) -> Left {
        self.steps += 2 * csr.node_count() as u64 * (csr.node_count() + csr.arc_count()) as u64;
        let takes = traffic(&csr, |distance| 1.0 / f64::from(distance));
        Left { nearness: nearness(&pairs_at(&csr)), takes, csr }
    }
}

fn nearness_without(csr: &Csr, node: u32) -> f64 {
    let mut gone = vec![false; csr.node_count()];
    gone[node as usize] = true;
    nearness(&pairs_at(&left(csr, &gone)))
}

/// About what counting all distances takes: some eight levels, 256 sources at once.
fn count_steps(csr: &Csr) -> u64 {
    let batches = csr.node_count() as u64 / 256 + 1;
    8 * batches * (csr.node_count() + csr.arc_count()) as u64
}
