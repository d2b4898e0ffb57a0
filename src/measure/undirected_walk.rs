//! PageRank where edges run both ways: a symmetric system, solved by conjugate gradients.

use rayon::prelude::*;

use super::gather::{gathered, weighted};
use crate::graph::Csr;
use crate::wide::widest;

/// Nodes that one thread works on at a time; a constant, so that sums do not depend on threads.
const BLOCK: usize = 1 << 9;

/// What a solution came to.
pub(super) struct Solved {
    /// One rank a node; they sum to 1.
    pub(super) ranks: Vec<f64>,
    /// At most so far from the true ranks, all differences added.
    pub(super) bound: f64,
    /// How often all edges were walked.
    pub(super) rounds: usize,
}

/// The walk on an undirected graph, as a symmetric system.
///
/// With strengths `S` and weights `W` the ranks `x` solve `(I - d W S⁻¹) x = b`. For the ranks by strength, `y = S⁻¹ x`, this is
/// `(S - d W) y = b`, symmetric and positive definite. Conjugate gradients, with `S` as what it is measured by, shrink the error by
/// `(1 - √(1 - d²)) / d` a round or faster, .56 at a damping of .85, where walking alone shrinks it by `d`.
///
/// # Source
///
/// M. R. Hestenes, E. Stiefel, "Methods of conjugate gradients for solving linear systems", J. Res. Natl. Bur. Stand. 49(6):409-436, 1952,
/// section 3.
pub(super) struct UndirectedWalk<'a> {
    csr: &'a Csr,
    damping: f64,
    weighted: bool,
    /// The strength of each node.
    strengths: Vec<f64>,
    /// One over the strength; 0 where there is nothing to follow.
    inverses: Vec<f64>,
}

/// The vectors of the iteration, one number a node.
struct State {
    /// The ranks by strength.
    solution: Vec<f64>,
    residual: Vec<f64>,
    direction: Vec<f64>,
    image: Vec<f64>,
    /// The squares of the residuals by strength, added.
    square: f64,
    /// The residuals, added.
    left: f64,
}

impl<'a> UndirectedWalk<'a> {
    pub(super) fn new(csr: &'a Csr, damping: f64, strengths: Option<Vec<f64>>) -> Self {
        let weighted = strengths.is_some();
        let degrees = || csr.nodes().map(|u| csr.neighbors(u).len() as f64).collect();
        let strengths: Vec<f64> = strengths.unwrap_or_else(degrees);
        let inverse = |&strength: &f64| if strength > 0.0 { 1.0 / strength } else { 0.0 };
        let inverses = strengths.iter().map(inverse).collect();
        Self { csr, damping, weighted, strengths, inverses }
    }

    /// Ranks for walks that start at each node with equal chance, to within `tolerance` or as near as `most` rounds come.
    pub(super) fn solve(&self, tolerance: f64, most: usize) -> Solved {
        let start = (1.0 - self.damping) / self.csr.node_count() as f64;
        let mut ranks = self.guess(start);
        let mut rounds = 0;
        loop {
            let mut state = self.state(&ranks, start);
            rounds += 1;
            let total: f64 = ranks.iter().sum();
            // Without the error of the solution, the sum would be the true one; scaling to a sum of 1 at most doubles it.
            let bound = 2.0 * state.left / (1.0 - self.damping) / total;
            if bound <= tolerance || rounds >= most {
                for rank in &mut ranks {
                    *rank /= total;
                }
                return Solved { ranks, bound, rounds };
            }
            // A little less than what is asked for: the residual that is kept up differs from the true one in its last digits.
            let enough = 0.9 * tolerance * total * (1.0 - self.damping) / 2.0;
            while state.left > enough && rounds + 1 < most && state.square > 0.0 {
                self.advance(&mut state);
                rounds += 1;
            }
            self.take(&state, &mut ranks);
        }
    }

    /// Where the walk is most of the time: in proportion to the strength.
    fn guess(&self, start: f64) -> Vec<f64> {
        let all: f64 = self.strengths.iter().sum();
        let followed = self.strengths.iter().filter(|strength| **strength > 0.0).count();
        let followed = followed as f64 / self.strengths.len() as f64;
        let share = |strength: &f64| match strength {
            strength if *strength > 0.0 => start + self.damping * followed * (strength / all),
            _ => start,
        };
        self.strengths.iter().map(share).collect()
    }

    /// The state that goes on from `ranks`: its residual is the true one.
    fn state(&self, ranks: &[f64], start: f64) -> State {
        let over = |values: &[f64]| -> Vec<f64> {
            values.iter().zip(&self.inverses).map(|(value, inverse)| value * inverse).collect()
        };
        let solution = over(ranks);
        let (residual, image) = (vec![0.0; ranks.len()], vec![0.0; ranks.len()]);
        let direction = solution.clone();
        let mut state = State { solution, residual, direction, image, square: 0.0, left: 0.0 };
        self.apply(&mut state);
        for (u, inverse) in self.inverses.iter().enumerate() {
            if *inverse > 0.0 {
                state.residual[u] = start - state.image[u];
            }
            state.square += state.residual[u] * state.residual[u] * inverse;
            state.left += state.residual[u].abs();
        }
        state.direction = over(&state.residual);
        state
    }

    /// Fills in the image of the direction, and returns their product.
    fn apply(&self, state: &mut State) -> f64 {
        let direction = state.direction.as_slice();
        let products: Vec<f64> = state
            .image
            .par_chunks_mut(BLOCK)
            .enumerate()
            .map(|(block, image)| widest(|| self.block(block * BLOCK, image, direction)))
            .collect();
        products.iter().sum()
    }

    #[inline(always)]
    fn block(&self, first: usize, image: &mut [f64], direction: &[f64]) -> f64 {
        let mut product = 0.0;
        for (at, image) in image.iter_mut().enumerate() {
            let u = first + at;
            let node = u32::try_from(u).expect("nodes are numbered by 32 bits");
            let row = self.csr.neighbors(node);
            let weights = if self.weighted { self.csr.weights(node) } else { None };
            let arriving = match weights {
                Some(weights) => weighted(row, weights, direction),
                None => gathered(row, direction),
            };
            *image = self.strengths[u] * direction[u] - self.damping * arriving;
            product += direction[u] * *image;
        }
        product
    }

    /// One round: a step along the direction, and the next direction.
    fn advance(&self, state: &mut State) {
        let step = state.square / self.apply(state);
        let State { solution, residual, direction, image, .. } = state;
        let parts: Vec<(f64, f64)> = solution
            .par_chunks_mut(BLOCK)
            .zip(residual.par_chunks_mut(BLOCK))
            .zip(direction.par_chunks(BLOCK).zip(image.par_chunks(BLOCK)))
            .zip(self.inverses.par_chunks(BLOCK))
            .map(|(((solution, residual), (direction, image)), inverses)| {
                let (mut square, mut left) = (0.0, 0.0);
                for at in 0..solution.len() {
                    solution[at] += step * direction[at];
                    residual[at] -= step * image[at];
                    square += residual[at] * residual[at] * inverses[at];
                    left += residual[at].abs();
                }
                (square, left)
            })
            .collect();
        let square: f64 = parts.iter().map(|part| part.0).sum();
        let ratio = square / state.square;
        (state.square, state.left) = (square, parts.iter().map(|part| part.1).sum());
        direction
            .par_chunks_mut(BLOCK)
            .zip(residual.par_chunks(BLOCK).zip(self.inverses.par_chunks(BLOCK)))
            .for_each(|(direction, (residual, inverses))| {
                for at in 0..direction.len() {
                    direction[at] = residual[at] * inverses[at] + ratio * direction[at];
                }
            });
    }

    /// The ranks if a walk at a node without an edge stays there: such a node keeps the `1 / n` that started there.
    pub(super) fn staying(&self, ranks: Vec<f64>) -> Vec<f64> {
        let even = 1.0 / ranks.len() as f64;
        let followed = |u: usize| self.strengths[u] > 0.0;
        let count = (0..ranks.len()).filter(|&u| followed(u)).count();
        let held: f64 = (0..ranks.len()).filter(|&u| followed(u)).map(|u| ranks[u]).sum();
        let share = count as f64 * even;
        let kept = |(u, rank)| if followed(u) { rank / held * share } else { even };
        ranks.into_iter().enumerate().map(kept).collect()
    }

    /// Takes the solution over into the ranks of all nodes that have something to follow.
    fn take(&self, state: &State, ranks: &mut [f64]) {
        for ((rank, solution), strength) in
            ranks.iter_mut().zip(&state.solution).zip(&self.strengths)
        {
            if *strength > 0.0 {
                *rank = solution * strength;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    fn close(got: &[f64], want: &[f64]) -> bool {
        got.len() == want.len() && got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-10)
    }

    /// A star of three, of which one leaf is tied twice as strongly, and one alone.
    fn uneven() -> (Csr, Vec<f64>) {
        (Csr::new(4, &[(0, 1, 2.0), (0, 2, 1.0)], Direction::Undirected), vec![3.0, 2.0, 1.0, 0.0])
    }

    #[test]
    fn a_guess_is_a_share_by_strength() {
        let star = Csr::star(5);
        let walk = UndirectedWalk::new(&star, 0.85, None);
        assert!(close(&walk.guess(0.03), &[0.455, 0.136_25, 0.136_25, 0.136_25, 0.136_25]));
        let (csr, strengths) = uneven();
        let walk = UndirectedWalk::new(&csr, 0.8, Some(strengths));
        // Of three in four, by halves, thirds and sixths.
        assert!(close(&walk.guess(0.05), &[0.35, 0.25, 0.15, 0.05]));
    }

    #[test]
    fn ranks_solve_the_walk() {
        let star = Csr::star(5);
        let solved = UndirectedWalk::new(&star, 0.5, None).solve(1e-12, 100);
        // A hub of 0.1 + 4/2 of a leaf, a leaf of 0.1 + 1/8 of the hub.
        assert!(close(&solved.ranks, &[0.4, 0.15, 0.15, 0.15, 0.15]), "{:?}", solved.ranks);
        assert!(solved.bound <= 1e-12 && solved.rounds > 1 && solved.rounds < 10);
        let (csr, strengths) = uneven();
        let solved = UndirectedWalk::new(&csr, 0.5, Some(strengths)).solve(1e-12, 100);
        // 1/8 + (a + b) / 2 for the hub h, 1/8 + h / 3 and 1/8 + h / 6 for the leaves, 1/8 alone: 1/3, 17/72, 13/72 and 9/72 of 63/72.
        let want = [24.0 / 63.0, 17.0 / 63.0, 13.0 / 63.0, 9.0 / 63.0];
        assert!(close(&solved.ranks, &want), "{:?}", solved.ranks);
    }

    #[test]
    fn a_walk_ends_with_its_rounds() {
        let star = Csr::star(5);
        let solved = UndirectedWalk::new(&star, 0.5, None).solve(1e-12, 1);
        // The guess: 0.1 and half of the half, or of the eighth.
        assert!(
            close(&solved.ranks, &[0.35, 0.1625, 0.1625, 0.1625, 0.1625]),
            "{:?}",
            solved.ranks
        );
        // The hub lacks 0.075, and each leaf has 0.01875 too much.
        assert_eq!(solved.rounds, 1);
        assert!(
            close(&[solved.bound], &[2.0 * (0.075 + 4.0 * 0.018_75) / 0.5]),
            "{}",
            solved.bound
        );
    }

    #[test]
    fn who_has_no_ties_stays_with_an_even_share() {
        let (csr, strengths) = uneven();
        let walk = UndirectedWalk::new(&csr, 0.85, Some(strengths));
        assert!(close(&walk.staying(vec![0.4, 0.2, 0.2, 0.2]), &[0.375, 0.1875, 0.1875, 0.25]));
    }
}
