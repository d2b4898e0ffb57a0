//! Who is in the dense middle of a two-mode graph, with a demand on either side.

use super::Scores;
use super::reading::undirected;
use super::two_sides::check_sides;
use crate::error::{Error, Result};
use crate::graph::Csr;

/// The (α, β)-cores of a two-mode graph: what stays when left nodes of fewer than `alpha` ties and right nodes of fewer than `beta` go, again and again.
///
/// The core numbers of a graph of one kind ask the same of all. Here people who are in `alpha` or more case files are kept together with case files of
/// `beta` or more such people: the middle in which the same names meet again and again. A file of many names alone makes no core.
///
/// - **Shape**: one score per node, in node order: the greatest `beta` for which it stays; or whether it stays for one `beta`.
/// - **Unit**: edges.
/// - **Cost**: `O(n + m)` time and `O(n)` memory for one `alpha`.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a node that goes for each `beta` from 1 on scores 0. Weights and directions do not count.
///
/// # Examples
///
/// Two people share three case files, a third is in one of them:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::TwoModeCores;
///
/// let pairs = [(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5), (2, 5)];
/// let csr = Csr::unweighted(6, &pairs, Direction::Undirected);
/// let left = [true, true, true, false, false, false];
/// let twice = TwoModeCores { alpha: 2 };
/// assert_eq!(twice.scores(&csr, &left)?, [2.0, 2.0, 0.0, 2.0, 2.0, 2.0]);
/// assert_eq!(TwoModeCores { alpha: 1 }.scores(&csr, &left)?, [3.0, 3.0, 3.0, 2.0, 2.0, 3.0]);
/// assert_eq!(twice.core(&csr, &left, 2)?, [true, true, false, true, true, true]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// B. Liu, L. Yuan, X. Lin, L. Qin, W. Zhang, J. Zhou, "Efficient (α, β)-core computation: an index-based approach", WWW 2019:1130-1141, definition 1 and, for the
/// greatest `beta` of each node, section 4; the upper side there is left here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoModeCores {
    /// The fewest ties of a left node. 2 by default.
    pub alpha: usize,
}

impl Default for TwoModeCores {
    fn default() -> Self {
        Self { alpha: 2 }
    }
}

impl TwoModeCores {
    /// By node, the greatest `beta` for which it stays, where `left` says which side it is on.
    ///
    /// # Errors
    ///
    /// If `alpha` is 0, `left` is not as long as the graph has nodes, or an edge joins two nodes of one side.
    pub fn scores(&self, csr: &Csr, left: &[bool]) -> Result<Scores> {
        let csr = undirected(csr);
        self.check(&csr, left)?;
        let mut peeling = Peeling::new(&csr, left, self.alpha);
        peeling.up_to(usize::MAX);
        Ok(Scores::new(peeling.best.into_iter().map(|beta| beta as f64).collect()))
    }

    /// Whether each node is in the core of `alpha` and this `beta`.
    ///
    /// # Errors
    ///
    /// If `alpha` or `beta` is 0, `left` is not as long as the graph has nodes, or an edge joins two nodes of one side.
    pub fn core(&self, csr: &Csr, left: &[bool], beta: usize) -> Result<Vec<bool>> {
        if beta == 0 {
            return Err(Error::usage("`beta` must be 1 or more"));
        }
        let csr = undirected(csr);
        self.check(&csr, left)?;
        let mut peeling = Peeling::new(&csr, left, self.alpha);
        peeling.up_to(beta);
        Ok(peeling.stays)
    }

    fn check(self, csr: &Csr, left: &[bool]) -> Result<()> {
        if self.alpha == 0 {
            return Err(Error::usage("`alpha` must be 1 or more"));
        }
        check_sides(csr, left, "two_mode_core")
    }
}

/// What is left of a two-mode graph.
struct Peeling<'a> {
    csr: &'a Csr,
    left: &'a [bool],
    alpha: usize,
    /// The ties to nodes that stay.
    degree: Vec<usize>,
    stays: Vec<bool>,
    /// The greatest `beta` that a node was still there for.
    best: Vec<usize>,
    /// Right nodes by the ties they had when they were put there; one may stand in several.
    of_degree: Vec<Vec<u32>>,
    going: Vec<u32>,
}

impl<'a> Peeling<'a> {
    fn new(csr: &'a Csr, left: &'a [bool], alpha: usize) -> Self {
        let degree: Vec<usize> = csr.nodes().map(|u| csr.neighbors(u).len()).collect();
        let most = degree.iter().max().map_or(0, |&most| most);
        let mut of_degree = vec![Vec::new(); most + 1];
        for u in csr.nodes().filter(|&u| !left[u as usize]) {
            of_degree[degree[u as usize]].push(u);
        }
        let n = csr.node_count();
        let (stays, best, going) = (vec![true; n], vec![0; n], Vec::new());
        Self { csr, left, alpha, degree, stays, best, of_degree, going }
    }

    /// Takes away, for each `beta` up to that, what is not in its core.
    fn up_to(&mut self, beta: usize) {
        let csr = self.csr;
        for u in csr.nodes().filter(|&u| self.left[u as usize]) {
            if self.degree[u as usize] < self.alpha {
                self.leave(u, 0);
            }
        }
        self.spread(0);
        for beta in 1..=beta.min(self.of_degree.len()) {
            for u in std::mem::take(&mut self.of_degree[beta - 1]) {
                if self.stays[u as usize] && self.degree[u as usize] < beta {
                    self.leave(u, beta);
                }
            }
            self.spread(beta);
        }
    }

    /// A node goes because it is not in the core of `beta`.
    fn leave(&mut self, u: u32, beta: usize) {
        self.stays[u as usize] = false;
        self.best[u as usize] = beta.saturating_sub(1);
        self.going.push(u);
    }

    /// Takes the ties of those who went from their neighbours, of whom some then go as well.
    fn spread(&mut self, beta: usize) {
        let csr = self.csr;
        while let Some(u) = self.going.pop() {
            for &v in csr.neighbors(u) {
                if !self.stays[v as usize] {
                    continue;
                }
                self.degree[v as usize] -= 1;
                let degree = self.degree[v as usize];
                let least = if self.left[v as usize] { self.alpha } else { beta };
                if degree < least {
                    self.leave(v, beta);
                } else if !self.left[v as usize] {
                    self.of_degree[degree].push(v);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn who_has_too_few_ties_goes_and_takes_others_along() {
        let row = (Csr::path(5), [true, false, true, false, true].to_vec());
        // Two left nodes share three right ones; a third has one of these, and one of its own.
        let pairs = [(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5), (2, 5), (2, 6)];
        let files = Csr::unweighted(7, &pairs, Direction::Undirected);
        let files = (files, [true, true, true, false, false, false, false].to_vec());
        for ((csr, left), alpha, want) in [
            (&row, 1, &[2, 2, 2, 2, 2][..]),
            (&row, 2, &[0, 1, 1, 1, 0]),
            (&row, 3, &[0, 0, 0, 0, 0]),
            (&files, 1, &[3, 3, 3, 2, 2, 3, 1]),
            // For a beta of 2 the file of one goes, and with it the third.
            (&files, 2, &[2, 2, 1, 2, 2, 2, 1]),
            (&files, 3, &[2, 2, 0, 2, 2, 2, 0]),
        ] {
            let cores = TwoModeCores { alpha };
            let scores = cores.scores(csr, left).unwrap();
            let want_scores: Vec<f64> = want.iter().map(|&beta: &usize| beta as f64).collect();
            assert_eq!(scores.to_vec(), want_scores, "{alpha}");
            for beta in 1..5 {
                let stays = cores.core(csr, left, beta).unwrap();
                assert!(
                    stays.iter().zip(want).all(|(&stays, &best)| stays == (best >= beta)),
                    "{alpha} {beta}"
                );
            }
        }
    }

    #[test]
    fn demands_of_nothing_are_refused() {
        let (csr, left) = (Csr::path(2), [true, false]);
        let error = TwoModeCores { alpha: 0 }.scores(&csr, &left).unwrap_err().to_string();
        assert_eq!(error, "`alpha` must be 1 or more");
        let error = TwoModeCores { alpha: 1 }.core(&csr, &left, 0).unwrap_err().to_string();
        assert_eq!(error, "`beta` must be 1 or more");
    }
}
