//! The exact search for the set from which most is reached.

use rayon::prelude::*;

use super::key_players::{Found, Quest};
use super::key_reaching::{ROUNDING, Set, WAVE};
use super::key_walk::Walk;
use super::scored::Scored;
use crate::error::{Error, Result};
use crate::wide::widest;

/// The most numbers that the rows of an exact search may hold: half a gigabyte.
const MOST: usize = 1 << 26;

/// Branch and bound: what a node adds to a set bounds what it adds to a larger one.
pub(super) fn exact(quest: &Quest<'_>, alone: &[Scored], start: Set) -> Result<Found> {
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
    fn of(quest: &Quest<'_>, alone: &[Scored]) -> Self {
        let n = quest.csr.node_count();
        let mut values = vec![0.0; n * alone.len()];
        values.par_chunks_mut(n.max(1)).zip(alone).for_each_init(
            || Walk::new(n),
            |walk, (row, one)| {
                for (v, own) in walk.reached(quest.csr, quest.goal, &[one.node]) {
                    row[v as usize] = own;
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
    fn with(&mut self, set: &Set, candidates: &[Scored], at: usize) {
        let missing = self.quest.size - set.nodes.len();
        let most: f64 = candidates[at..].iter().take(missing).map(|one| one.score).sum();
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
        if missing == 2 {
            return self.close(&larger, &candidates[at + 1..]);
        }
        let mut later = Vec::with_capacity(candidates.len() - at - 1);
        for one in &candidates[at + 1..] {
            let gain = self.gain(self.rows.of_node(one.node), &larger.worth);
            later.push(Scored { score: gain, node: one.node });
        }
        later.sort_by(|a, b| b.cmp(a));
        for place in 0..later.len() {
            self.with(&larger, &later, place);
        }
    }

    /// The last node, of those that added enough to the smaller set; these stand in the order of what they added.
    fn close(&mut self, set: &Set, last: &[Scored]) {
        let mut best: Option<Scored> = None;
        let mut beat = self.best.sum * ROUNDING;
        for one in last {
            if set.sum + one.score <= beat {
                break;
            }
            let gain = self.gain(self.rows.of_node(one.node), &set.worth);
            if set.sum + gain > beat {
                beat = set.sum + gain;
                best = Some(Scored { score: gain, node: one.node });
            }
        }
        let Some(one) = best else { return };
        let row = self.rows.of_node(one.node);
        let worth = set.worth.iter().zip(row).map(|(&a, &b)| a.max(b)).collect();
        let nodes = set.nodes.iter().copied().chain([one.node]).collect();
        self.best = Set { nodes, worth, sum: set.sum + one.score };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::KeyGoal;

    /// Three stars: 0 with four leaves, 5 with three, 9 with two; and a pair, 12 – 13.
    fn stars() -> Csr {
        let pairs =
            [(0, 1), (0, 2), (0, 3), (0, 4), (5, 6), (5, 7), (5, 8), (9, 10), (9, 11), (12, 13)];
        Csr::unweighted(14, &pairs, Direction::Undirected)
    }

    fn quest(csr: &Csr, size: usize, effort: u64) -> Quest<'_> {
        let goal = KeyGoal::Reach { steps: 1 };
        let allowed = vec![true; csr.node_count()];
        Quest { csr, goal, size, allowed, effort, exact: true }
    }

    /// How many each node reaches, the best first.
    fn alone(csr: &Csr) -> Vec<Scored> {
        let score = |node: u32| 1.0 + csr.neighbors(node).len() as f64;
        let mut alone: Vec<Scored> =
            csr.nodes().map(|node| Scored { score: score(node), node }).collect();
        alone.sort_by(|a, b| b.cmp(a));
        alone
    }

    #[test]
    fn a_start_that_reaches_one_less_than_the_best_is_bettered() {
        let csr = stars();
        for (start, want) in [
            (&[5][..], &[0][..]),
            (&[0, 9], &[0, 5]),
            (&[0, 5, 12], &[0, 5, 9]),
            (&[0, 5, 9, 1], &[0, 5, 9, 12]),
        ] {
            let quest = quest(&csr, start.len(), u64::MAX);
            let start = Set::of(&quest, start.to_vec());
            let found = exact(&quest, &alone(&csr), start).unwrap();
            assert_eq!((found.nodes, found.proven), (want.to_vec(), true));
        }
    }

    #[test]
    fn the_best_start_stays() {
        let csr = stars();
        for start in [&[0][..], &[5, 0], &[9, 5, 0]] {
            let quest = quest(&csr, start.len(), u64::MAX);
            let found = exact(&quest, &alone(&csr), Set::of(&quest, start.to_vec())).unwrap();
            assert_eq!((found.nodes, found.proven), (start.to_vec(), true));
        }
    }

    #[test]
    fn a_search_without_effort_proves_nothing() {
        let csr = stars();
        let quest = quest(&csr, 2, 0);
        let found = exact(&quest, &alone(&csr), Set::of(&quest, vec![0, 9])).unwrap();
        assert!(!found.proven);
    }

    #[test]
    fn what_would_take_too_many_numbers_is_refused() {
        let csr = Csr::new(8193, &[], Direction::Undirected);
        let quest = quest(&csr, 1, u64::MAX);
        // Of 2^26 numbers there might be just enough room.
        let start = Set::of(&quest, vec![0]);
        let error = exact(&quest, &alone(&csr)[..8192], start).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("among 8192 of 8193 nodes"), "{error}");
    }

    #[test]
    fn what_is_added_is_what_a_row_has_more() {
        // Nineteen places: two times eight lanes and a rest of three.
        let row: Vec<f64> = (0..19).map(f64::from).collect();
        for (worth, want) in [(0.0, 171.0), (17.0, 1.0), (9.5, 40.5), (18.0, 0.0)] {
            let got = added(&row, &[worth; 19]);
            assert!((got - want).abs() < 1e-12, "{worth}: {got}, not {want}");
        }
    }

    #[test]
    fn rows_are_of_their_nodes() {
        let csr = Csr::path(3);
        let rows = Rows::of(&quest(&csr, 1, 0), &alone(&csr)[..2]);
        assert_eq!(rows.of_node(1).to_vec(), vec![1.0, 1.0, 1.0]);
        assert_eq!(rows.of_node(0).to_vec(), vec![1.0, 1.0, 0.0]);
    }
}
