//! The set whose removal leaves the fewest pairs joined.

use rayon::prelude::*;

use super::cut_sweep::CutSweep;
use super::dominance::Dominance;
use super::key_players::{Found, Quest};
use super::routing::traffic;
use crate::graph::Csr;

/// How many first nodes are tried side by side. What one finds serves the next so many, whatever the threads.
const WAVE: usize = 16;

pub(super) fn find(quest: &Quest<'_>) -> Found {
    let start = greedy(quest);
    if quest.exact {
        Search::new(quest).run(start)
    } else {
        Found { nodes: start.nodes, proven: false }
    }
}

/// A set, and how many pairs are joined without it.
#[derive(Clone)]
struct Set {
    nodes: Vec<u32>,
    joined: u64,
}

/// Node after node the one that parts most; then exchanges of one for another, the best first, until none helps.
fn greedy(quest: &Quest<'_>) -> Set {
    let n = quest.csr.node_count();
    let mut cutter = Cutter { sweep: CutSweep::new(n), gone: vec![false; n], steps: 0 };
    let mut set = Set { nodes: Vec::with_capacity(quest.size), joined: u64::MAX };
    while set.nodes.len() < quest.size {
        let (joined, next) = cutter.best(quest, None);
        set.nodes.push(next);
        set.joined = joined;
        cutter.gone[next as usize] = true;
    }
    while cutter.steps < quest.effort {
        let mut better: Option<(u64, usize, u32)> = None;
        for (at, &own) in set.nodes.iter().enumerate() {
            cutter.gone[own as usize] = false;
            let (joined, next) = cutter.best(quest, None);
            cutter.gone[own as usize] = true;
            if joined < better.map_or(set.joined, |one| one.0) {
                better = Some((joined, at, next));
            }
        }
        let Some((joined, at, next)) = better else { break };
        cutter.gone[set.nodes[at] as usize] = false;
        cutter.gone[next as usize] = true;
        set.nodes[at] = next;
        set.joined = joined;
    }
    set
}

/// The nodes that are gone, and the sweep that says what else would part most.
struct Cutter {
    sweep: CutSweep,
    gone: Vec<bool>,
    steps: u64,
}

impl Cutter {
    /// The node that leaves the fewest pairs joined, of those given or of all allowed, and how many it leaves.
    fn best(&mut self, quest: &Quest<'_>, among: Option<&[u32]>) -> (u64, u32) {
        self.steps += sweep_steps(quest.csr);
        let joined = self.sweep.run(quest.csr, &self.gone);
        let mut best = (u64::MAX, 0);
        let mut offer = |v: u32| {
            let at = v as usize;
            if quest.allowed[at] && !self.gone[at] && joined - self.sweep.parted[at] < best.0 {
                best = (joined - self.sweep.parted[at], v);
            }
        };
        match among {
            Some(nodes) => nodes.iter().copied().for_each(&mut offer),
            None => quest.csr.nodes().for_each(&mut offer),
        }
        best
    }
}

fn sweep_steps(csr: &Csr) -> u64 {
    (csr.node_count() + csr.arc_count()) as u64
}

/// All sets that no other dominates, but those that a bound says cannot be better.
struct Search<'a> {
    quest: &'a Quest<'a>,
    dominance: Dominance,
    /// By place in the order of the sets: the most that the node can part.
    parts: Vec<f64>,
    /// By place: the most that any node from there on can part.
    parts_from: Vec<f64>,
    whole: u64,
}

impl<'a> Search<'a> {
    fn new(quest: &'a Quest<'a>) -> Self {
        let dominance = Dominance::of(quest.csr, &quest.allowed, quest.size);
        let traffic = traffic(quest.csr, |_| 1.0);
        let parts: Vec<f64> = dominance.order.iter().map(|&u| traffic[u as usize]).collect();
        let mut parts_from = parts.clone();
        for place in (1..parts_from.len()).rev() {
            parts_from[place - 1] = parts_from[place - 1].max(parts_from[place]);
        }
        let n = quest.csr.node_count();
        let whole = CutSweep::new(n).run(quest.csr, &vec![false; n]);
        Self { quest, dominance, parts, parts_from, whole }
    }

    fn run(&self, start: Set) -> Found {
        let mut best = start;
        let mut steps = 0;
        if self.quest.size == 1 {
            self.branch(0, &mut best);
            return Found { nodes: best.nodes, proven: true };
        }
        let places: Vec<usize> = (0..self.dominance.order.len()).collect();
        for wave in places.chunks(WAVE) {
            let found: Vec<(u64, Set)> = wave
                .par_iter()
                .map(|&place| {
                    let mut own = best.clone();
                    (self.branch(place, &mut own), own)
                })
                .collect();
            for (more, own) in found {
                steps += more;
                if own.joined < best.joined {
                    best = own;
                }
            }
            if steps > self.quest.effort {
                return Found { nodes: best.nodes, proven: false };
            }
        }
        Found { nodes: best.nodes, proven: true }
    }

    /// The sets whose first node stands at that place, or all where a set is of one; says how many steps it took.
    fn branch(&self, place: usize, best: &mut Set) -> u64 {
        let n = self.quest.csr.node_count();
        let mut branch = Branch {
            search: self,
            cutter: Cutter { sweep: CutSweep::new(n), gone: vec![false; n], steps: 0 },
            chosen: Vec::with_capacity(self.quest.size),
            best,
        };
        if self.quest.size == 1 {
            branch.extend(0, 0.0);
        } else {
            branch.with(place, 0.0);
        }
        branch.cutter.steps
    }
}

/// A set that grows, and the best one so far.
struct Branch<'a, 'b> {
    search: &'a Search<'a>,
    cutter: Cutter,
    chosen: Vec<u32>,
    best: &'b mut Set,
}

impl Branch<'_, '_> {
    /// All sets of what is chosen and nodes from that place on. As deep as sets are large.
    fn extend(&mut self, from: usize, parts: f64) {
        if self.chosen.len() + 1 == self.search.quest.size {
            return self.close(from);
        }
        for place in from..self.search.dominance.order.len() {
            self.with(place, parts);
        }
    }

    /// The same with the node at that place, if such sets can be better than the best.
    fn with(&mut self, place: usize, parts: f64) {
        /// Bounds are sums of floats; what they are too low by is far less.
        const ROUNDING: f64 = 1.0 + 1e-9;
        let search = self.search;
        let parts = parts + search.parts[place];
        let missing = (search.quest.size - self.chosen.len() - 1) as f64;
        let more = search.parts_from.get(place + 1).copied().unwrap_or(0.0);
        let needed = (search.whole - self.best.joined.min(search.whole)) as f64;
        let hopeless = (parts + missing * more) * ROUNDING <= needed;
        if hopeless || !search.dominance.may_join(place, &self.chosen) {
            return;
        }
        let node = search.dominance.order[place];
        self.chosen.push(node);
        self.cutter.gone[node as usize] = true;
        self.extend(place + 1, parts);
        self.cutter.gone[node as usize] = false;
        self.chosen.pop();
    }

    /// The last node, by one sweep for all that it may be.
    fn close(&mut self, from: usize) {
        let dominance = &self.search.dominance;
        let may = |&place: &usize| dominance.may_join(place, &self.chosen);
        let last: Vec<u32> =
            (from..dominance.order.len()).filter(may).map(|place| dominance.order[place]).collect();
        if last.is_empty() {
            return;
        }
        let (joined, node) = self.cutter.best(self.search.quest, Some(&last));
        if joined < self.best.joined {
            self.best.joined = joined;
            self.best.nodes.clone_from(&self.chosen);
            self.best.nodes.push(node);
        }
    }
}
