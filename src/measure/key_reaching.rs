//! The set from which most is reached, or which is nearest to all.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::key_players::{Found, KeyGoal, Quest};
use super::{Along, Centrality as _, Harmonic};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::wide::widest;

/// How many nodes are tried side by side; what one finds serves the next so many, whatever the threads.
const WAVE: usize = 16;

/// The most numbers that the rows of an exact search may hold: half a gigabyte.
const MOST: usize = 1 << 26;

/// What all nodes are worth to a set of nodes, in sum.
pub(super) fn reached(csr: &Csr, goal: KeyGoal, set: &[u32]) -> f64 {
    let mut walk = Walk::new(csr.node_count());
    walk.run(csr, goal, set);
    walk.order.iter().map(|&v| goal.worth(walk.depth[v as usize])).sum()
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
struct Set {
    nodes: Vec<u32>,
    worth: Vec<f64>,
    sum: f64,
}

impl Set {
    fn of(quest: &Quest<'_>, nodes: Vec<u32>) -> Self {
        let n = quest.csr.node_count();
        let mut walk = Walk::new(n);
        let mut worth = vec![0.0; n];
        walk.run(quest.csr, quest.goal, &nodes);
        for &v in &walk.order {
            worth[v as usize] = quest.goal.worth(walk.depth[v as usize]);
        }
        let sum = worth.iter().sum();
        Self { nodes, worth, sum }
    }
}

/// What each allowed node is worth alone, the best first.
fn alone(quest: &Quest<'_>) -> Result<Vec<Candidate>> {
    let csr = quest.csr;
    let all: Vec<f64> = if quest.goal == KeyGoal::Nearness {
        let harmonic = Harmonic { along: Along::Outgoing, ..Harmonic::default() };
        harmonic.scores(csr)?.iter().map(|others| 1.0 + others).collect()
    } else {
        let nothing = vec![0.0; csr.node_count()];
        let gain = |walk: &mut Walk, u| walk.gain(csr, quest.goal, u, &nothing);
        csr.nodes().into_par_iter().map_init(|| Walk::new(csr.node_count()), gain).collect()
    };
    let mut alone: Vec<Candidate> = csr
        .nodes()
        .filter(|&u| quest.allowed[u as usize])
        .map(|node| Candidate { gain: all[node as usize], node })
        .collect();
    alone.sort_by(|a, b| b.cmp(a));
    Ok(alone)
}

/// A node and what it would add. The greater adds more, or is of lower number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    gain: f64,
    node: u32,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Node after node the one that adds most. What a node adds only falls as the set grows, so a node is looked at again only when it
/// stands first (M. Minoux, "Accelerated greedy algorithms for maximizing submodular set functions", 1978).
fn greedy(quest: &Quest<'_>, alone: &[Candidate]) -> Set {
    let mut heap: BinaryHeap<Candidate> = alone.iter().copied().collect();
    let mut walk = Walk::new(quest.csr.node_count());
    let mut set = Set::of(quest, Vec::new());
    while set.nodes.len() < quest.size {
        let Some(first) = heap.pop() else { break };
        let gain = walk.gain(quest.csr, quest.goal, first.node, &set.worth);
        let fresh = Candidate { gain, ..first };
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
fn exchange(quest: &Quest<'_>, alone: &[Candidate], set: &mut Set) {
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
const ROUNDING: f64 = 1.0 + 1e-12;

/// The node that makes the others reach most, if that is more than `beat`.
fn best_beside(
    quest: &Quest<'_>,
    alone: &[Candidate],
    others: &Set,
    beat: f64,
    steps: &mut u64,
) -> Option<(f64, u32)> {
    let csr = quest.csr;
    let mut best: Option<(f64, u32)> = None;
    for wave in alone.chunks(WAVE) {
        let most = best.map_or(beat * ROUNDING, |one| one.0);
        if others.sum + wave[0].gain <= most {
            break;
        }
        *steps += wave.len() as u64 * (csr.node_count() + csr.arc_count()) as u64;
        let gain = |walk: &mut Walk, one: &Candidate| {
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

/// Branch and bound: what a node adds to a set bounds what it adds to a larger one.
fn exact(quest: &Quest<'_>, alone: &[Candidate], start: Set) -> Result<Found> {
    let n = quest.csr.node_count();
    if n.saturating_mul(alone.len()) > MOST {
        return Err(Error::limit(
            format!("an exact search among {} of {n} nodes", alone.len()),
            "search greedily",
        ));
    }
    let rows = Rows::of(quest, alone);
    let mut best = start;
    let mut steps = 0;
    for first in (0..alone.len()).step_by(WAVE) {
        let wave = first..(first + WAVE).min(alone.len());
        let found: Vec<Branch<'_>> = wave
            .into_par_iter()
            .map(|at| {
                let mut branch = Branch { rows: &rows, quest, best: best.clone(), steps: 0 };
                branch.with(&Set::of(quest, Vec::new()), alone, at);
                branch
            })
            .collect();
        let found: Vec<(Set, u64)> = found.into_iter().map(|one| (one.best, one.steps)).collect();
        for (own, more) in found {
            steps += more;
            if own.sum > best.sum * ROUNDING {
                best = own;
            }
        }
        if steps > quest.effort {
            return Ok(Found { nodes: best.nodes, proven: false });
        }
    }
    Ok(Found { nodes: best.nodes, proven: true })
}

/// What each node is worth to each candidate.
struct Rows {
    width: usize,
    values: Vec<f64>,
    /// By node: its row.
    row: Vec<usize>,
}

impl Rows {
    fn of(quest: &Quest<'_>, alone: &[Candidate]) -> Self {
        let n = quest.csr.node_count();
        let mut values = vec![0.0; n * alone.len()];
        values.par_chunks_mut(n.max(1)).zip(alone).for_each_init(
            || Walk::new(n),
            |walk, (row, one)| {
                walk.run(quest.csr, quest.goal, &[one.node]);
                for &v in &walk.order {
                    row[v as usize] = quest.goal.worth(walk.depth[v as usize]);
                }
            },
        );
        let mut row = vec![usize::MAX; n];
        for (at, one) in alone.iter().enumerate() {
            row[one.node as usize] = at;
        }
        Self { width: n, values, row }
    }

    fn of_node(&self, node: u32) -> &[f64] {
        let row = self.row[node as usize];
        &self.values[row * self.width..(row + 1) * self.width]
    }
}

struct Branch<'a> {
    rows: &'a Rows,
    quest: &'a Quest<'a>,
    best: Set,
    steps: u64,
}

impl Branch<'_> {
    /// All sets of `set`, the candidate at that place and later ones, but those that cannot be better. As deep as sets are large.
    fn with(&mut self, set: &Set, candidates: &[Candidate], at: usize) {
        let missing = self.quest.size - set.nodes.len();
        let most: f64 = candidates[at..].iter().take(missing).map(|one| one.gain).sum();
        if set.sum + most <= self.best.sum * ROUNDING {
            return;
        }
        let row = self.rows.of_node(candidates[at].node);
        let worth: Vec<f64> = set.worth.iter().zip(row).map(|(&a, &b)| a.max(b)).collect();
        let mut nodes = set.nodes.clone();
        nodes.push(candidates[at].node);
        let larger = Set { sum: set.sum + self.gain(row, &set.worth), worth, nodes };
        if missing == 1 {
            if larger.sum > self.best.sum * ROUNDING {
                self.best = larger;
            }
            return;
        }
        let mut later = Vec::with_capacity(candidates.len() - at - 1);
        let mut highest = f64::NEG_INFINITY;
        for one in &candidates[at + 1..] {
            // Whoever adds too little beside the best that may follow cannot be of a better set.
            let gain = self.gain(self.rows.of_node(one.node), &larger.worth);
            highest = highest.max(gain);
            later.push(Candidate { gain, node: one.node });
        }
        if missing == 2 {
            return self.close(&larger, &later, highest);
        }
        later.sort_by(|a, b| b.cmp(a));
        for place in 0..later.len() {
            self.with(&larger, &later, place);
        }
    }

    /// The last node of a set is known by what it adds.
    fn close(&mut self, set: &Set, last: &[Candidate], highest: f64) {
        if set.sum + highest <= self.best.sum * ROUNDING {
            return;
        }
        let Some(one) = last.iter().max() else { return };
        let mut nodes = set.nodes.clone();
        nodes.push(one.node);
        let row = self.rows.of_node(one.node);
        let worth = set.worth.iter().zip(row).map(|(&a, &b)| a.max(b)).collect();
        self.best = Set { nodes, worth, sum: set.sum + one.gain };
    }

    fn gain(&mut self, row: &[f64], worth: &[f64]) -> f64 {
        self.steps += row.len() as u64 / 4;
        widest(|| added(row, worth))
    }
}

/// The sum of what `row` has more than `worth`, in eight lanes so that it is the same whatever the processor.
#[inline(always)]
fn added(row: &[f64], worth: &[f64]) -> f64 {
    let mut lanes = [0.0_f64; 8];
    let (rows, worths) = (row.chunks_exact(8), worth.chunks_exact(8));
    let rest: f64 =
        rows.remainder().iter().zip(worths.remainder()).map(|(a, b)| (a - b).max(0.0)).sum();
    for (row, worth) in rows.zip(worths) {
        for (lane, (a, b)) in lanes.iter_mut().zip(row.iter().zip(worth)) {
            *lane += (a - b).max(0.0);
        }
    }
    lanes.iter().sum::<f64>() + rest
}

/// The depth of a node that was not reached.
const UNREACHED: u32 = u32::MAX;

/// A breadth-first walk from a set, as far as the goal looks.
struct Walk {
    depth: Vec<u32>,
    order: Vec<u32>,
}

impl Walk {
    fn new(n: usize) -> Self {
        Self { depth: vec![UNREACHED; n], order: Vec::new() }
    }

    fn run(&mut self, csr: &Csr, goal: KeyGoal, from: &[u32]) {
        for u in self.order.drain(..) {
            self.depth[u as usize] = UNREACHED;
        }
        let farthest = if let KeyGoal::Reach { steps } = goal { steps } else { UNREACHED };
        for &u in from {
            if self.depth[u as usize] == UNREACHED {
                self.depth[u as usize] = 0;
                self.order.push(u);
            }
        }
        let mut head = 0;
        while let Some(&u) = self.order.get(head) {
            head += 1;
            let next = self.depth[u as usize] + 1;
            if next > farthest {
                return;
            }
            for &v in csr.neighbors(u) {
                if self.depth[v as usize] == UNREACHED {
                    self.depth[v as usize] = next;
                    self.order.push(v);
                }
            }
        }
    }

    /// What a node adds to a set to which each is worth that much.
    fn gain(&mut self, csr: &Csr, goal: KeyGoal, node: u32, worth: &[f64]) -> f64 {
        self.run(csr, goal, &[node]);
        let more = |&v: &u32| (goal.worth(self.depth[v as usize]) - worth[v as usize]).max(0.0);
        self.order.iter().map(more).sum()
    }
}
