//! Where a walk along the edges spends its time.

use rayon::prelude::*;

use super::blocks::sum;
use super::reading::strengths;
use super::settling::{check_damping, check_tolerance, reachable};
use super::undirected_walk::UndirectedWalk;
use super::{Along, Centrality, Scores};
use crate::error::{ErrorKind, Result};
use crate::graph::Csr;

/// What the walk does at a node without outgoing edges. `x` is the rank, `d` the damping, `n` the
/// number of nodes, `D` the set of such nodes, `P` the chance of each step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dangling {
    /// It goes to any node with equal chance:
    /// `x(v) = d (Σ_u x(u) P(u, v) + Σ_{u in D} x(u) / n) + (1 - d) / n`. This is the default, as
    /// in igraph and networkx.
    #[default]
    Uniform,
    /// It stays, as if the node had an edge to itself:
    /// `x(v) = d (Σ_u x(u) P(u, v) + [v in D] x(v)) + (1 - d) / n`.
    Stay,
}

/// Whether the weights of edges count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weights {
    /// They do: an edge of weight 2 counts as two of weight 1. This is the default.
    #[default]
    Used,
    /// They do not: each edge counts 1.
    Ignored,
}

/// PageRank: the share of time that a random walk along the edges spends at each node.
///
/// With chance `damping` the walk follows an outgoing edge, chosen by weight; else it starts again
/// at any node. In an undirected graph the score follows the degree closely. It is a view of the
/// records: nodes that many records name rank high, professionals among them.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: a share; the scores sum to 1.
/// - **Cost**: `O(n + m)` time a round; at the default damping 170 rounds reach the default tolerance where edges run one way, 50 or
///   fewer where they run both ways. `O(n)` memory, with weights on directed graphs `O(m)`.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: nodes without outgoing edges do as `dangling` says; a node whose outgoing
///   edges all weigh 0 has none. Without edges all nodes score `1 / n`.
///
/// # Errors
///
/// If `damping` is not in `[0, 1)`, `tolerance` is negative, a weight is negative or the weights
/// of a node add up to more than a float holds; [`ErrorKind::NotConverged`] if `rounds` do not
/// suffice.
///
/// # Examples
///
/// The hub of a star of four has `(1 + 3 d) / 4 (1 + d)` of the time:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, PageRank};
///
/// let scores = PageRank { damping: 0.5, ..PageRank::default() }.scores(&Csr::star(4))?;
/// assert!((scores[0] - 2.5 / 6.0).abs() < 1e-12);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank citation ranking: bringing order to
/// the web", Stanford University 1999; A. N. Langville, C. D. Meyer, "Deeper inside PageRank",
/// Internet Mathematics 1(3):335-380, 2004, sections 3 and 4. A round shrinks the l1 distance to the
/// solution by `d` or more, so after a round that moves the ranks by `r` that distance is at most
/// `r d / (1 - d)`: the bound that `tolerance` is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageRank {
    /// The chance that the walk goes on, in `[0, 1)`. 0.85 by default.
    pub damping: f64,
    /// The iteration stops when the sum of the errors of all scores is at most this. 1e-12 by
    /// default.
    ///
    /// Rounding allows no bound below about `16 ε d / (1 - d)²`, 1.4e-13 at the default damping and 4e-11
    /// at .99; where that is more, it is taken.
    pub tolerance: f64,
    /// The most rounds made. 10,000 by default, enough for a damping of .99.
    pub rounds: usize,
    /// What the walk does at a node without outgoing edges. Anywhere by default.
    pub dangling: Dangling,
    /// Whether weights count. They do by default.
    pub weights: Weights,
}

impl Default for PageRank {
    fn default() -> Self {
        Self {
            damping: 0.85,
            tolerance: 1e-12,
            rounds: 10_000,
            dangling: Dangling::Uniform,
            weights: Weights::Used,
        }
    }
}

impl Centrality for PageRank {
    fn name(&self) -> &'static str {
        "pagerank"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        self.check()?;
        if csr.node_count() == 0 {
            return Ok(Scores::new(Vec::new()));
        }
        let strengths = self.strengths(csr)?;
        if csr.is_directed()
            || !strengths.iter().flatten().all(|&strength| can_be_inverted(strength))
        {
            return self.iterate(&Walk::new(csr, strengths)).map(Scores::new);
        }
        self.solve(csr, strengths).map(Scores::new)
    }
}

/// Whether one over a strength, and a square over it, are numbers. Where some are not, ranks are found by walking, which only ever
/// compares weights of one node.
fn can_be_inverted(strength: f64) -> bool {
    strength <= 0.0 || (1e-100..=1e100).contains(&strength)
}

impl PageRank {
    fn check(&self) -> Result<()> {
        check_damping("damping", self.damping)?;
        check_tolerance(self.tolerance)
    }

    /// The tolerance, or what rounding allows where that is more.
    fn reachable(&self) -> f64 {
        reachable(self.tolerance, self.damping)
    }

    /// The weight of the edges that lead from each node; none where weights do not count.
    fn strengths(&self, csr: &Csr) -> Result<Option<Vec<f64>>> {
        match self.weights {
            Weights::Used if csr.is_weighted() => {
                strengths(csr, Along::Outgoing, self.name()).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Both ways: a walk that is stuck has no edge at all, so whatever it does the others' ranks keep their proportions.
    fn solve(&self, csr: &Csr, strengths: Option<Vec<f64>>) -> Result<Vec<f64>> {
        let walk = UndirectedWalk::new(csr, self.damping, strengths);
        let solved = walk.solve(self.reachable(), self.rounds);
        if solved.bound > self.reachable() {
            let (measure, rounds) = (self.name(), solved.rounds);
            return Err(ErrorKind::NotConverged { measure, rounds, residual: solved.bound }.into());
        }
        Ok(match self.dangling {
            Dangling::Uniform => solved.ranks,
            Dangling::Stay => walk.staying(solved.ranks),
        })
    }

    fn iterate(&self, walk: &Walk<'_>) -> Result<Vec<f64>> {
        let n = walk.csr.node_count();
        let mut ranks = vec![1.0 / n as f64; n];
        let mut bound = f64::INFINITY;
        for _ in 0..self.rounds {
            let next = walk.step(&ranks, self);
            let moved = sum(n, |v| (next[v] - ranks[v]).abs());
            ranks = next;
            bound = moved * self.damping / (1.0 - self.damping);
            if bound <= self.reachable() {
                return Ok(ranks);
            }
        }
        Err(ErrorKind::NotConverged { measure: self.name(), rounds: self.rounds, residual: bound }
            .into())
    }
}

/// The chances of each step.
struct Walk<'a> {
    csr: &'a Csr,
    /// What a rank is multiplied by for an edge of weight 1; 0 where there are no edges to follow.
    share: Vec<f64>,
    /// By weight: the chance of each step into `v`, at `starts[v]..starts[v + 1]`.
    chances: Option<Chances>,
}

struct Chances {
    starts: Vec<usize>,
    values: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(csr: &'a Csr, strengths: Option<Vec<f64>>) -> Self {
        let Some(strengths) = strengths else {
            let share = |u| reciprocal(csr.neighbors(u).len() as f64);
            return Self { csr, share: csr.nodes().map(share).collect(), chances: None };
        };
        Self {
            csr,
            share: strengths.iter().map(|&total| f64::from(total > 0.0)).collect(),
            chances: Some(Chances::new(csr, &strengths)),
        }
    }

    /// One round: the ranks after each walk has made one step.
    fn step(&self, ranks: &[f64], options: &PageRank) -> Vec<f64> {
        let n = self.csr.node_count();
        let stuck = |u: usize| if self.share[u] > 0.0 { 0.0 } else { ranks[u] };
        let spread = match options.dangling {
            Dangling::Uniform => sum(n, stuck) / n as f64,
            Dangling::Stay => 0.0,
        };
        let start = (1.0 - options.damping) / n as f64;
        let parts: Vec<f64> = (0..n)
            .into_par_iter()
            .with_min_len(1 << 12)
            .map(|u| ranks[u] * self.share[u])
            .collect();
        self.csr
            .nodes()
            .into_par_iter()
            .with_min_len(1 << 10)
            .map(|v| {
                let stays = match options.dangling {
                    Dangling::Uniform => spread,
                    Dangling::Stay => stuck(v as usize),
                };
                options.damping * (self.arriving(v, &parts) + stays) + start
            })
            .collect()
    }

    fn arriving(&self, v: u32, parts: &[f64]) -> f64 {
        let from = self.csr.in_neighbors(v);
        match &self.chances {
            None => from.iter().map(|&u| parts[u as usize]).sum(),
            Some(chances) => {
                from.iter().zip(chances.of(v)).map(|(&u, chance)| parts[u as usize] * chance).sum()
            }
        }
    }
}

impl Chances {
    fn new(csr: &Csr, strength: &[f64]) -> Self {
        let mut starts = Vec::with_capacity(csr.node_count() + 1);
        let mut values = Vec::with_capacity(csr.arc_count());
        for v in csr.nodes() {
            starts.push(values.len());
            let chance = |(u, weight): (u32, f64)| match strength[u as usize] {
                total if total > 0.0 => weight / total,
                _ => 0.0,
            };
            values.extend(csr.in_edges_of(v).map(chance));
        }
        starts.push(values.len());
        Self { starts, values }
    }

    fn of(&self, v: u32) -> &[f64] {
        &self.values[self.starts[v as usize]..self.starts[v as usize + 1]]
    }
}

fn reciprocal(count: f64) -> f64 {
    if count > 0.0 { 1.0 / count } else { 0.0 }
}
