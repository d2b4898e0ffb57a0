//! How deep in the dense middle a node sits.

use super::reading::undirected;
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Core numbers: the largest `k` such that a node stays when all with fewer than `k` ties go.
///
/// A node of core number `k` is in a group whose members each have `k` or more ties within it. A
/// directed graph is read as undirected, opposite edges as one. Being in a dense core says that
/// many records name the same people together, not who leads them.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: edges.
/// - **Cost**: `O(n + m)` time, `O(n)` memory; a directed graph is copied.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: isolated nodes score 0.
///
/// # Errors
///
/// None.
///
/// # Examples
///
/// A triangle with a tail:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Centrality, CoreNumbers};
///
/// let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 0), (2, 3)], Direction::Undirected);
/// assert_eq!(CoreNumbers.scores(&csr)?, [2.0, 2.0, 2.0, 1.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// V. Batagelj, M. Zaveršnik, "An O(m) algorithm for cores decomposition of networks", 2003,
/// arXiv:cs/0310049, algorithm 1. `vert` there is `order` here, `pos` is `position`, `bin` is
/// `start`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoreNumbers;

impl Centrality for CoreNumbers {
    fn name(&self) -> &'static str {
        "core"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let csr = undirected(csr);
        let mut peeling = Peeling::new(&csr);
        peeling.run(&csr);
        Ok(Scores::new(peeling.degree.into_iter().map(|k| k as f64).collect()))
    }
}

/// Nodes sorted by the degree they have left, and where each degree begins.
struct Peeling {
    /// The edges left to nodes not yet peeled; of a peeled node, its core number.
    degree: Vec<usize>,
    order: Vec<u32>,
    position: Vec<usize>,
    start: Vec<usize>,
}

impl Peeling {
    fn new(csr: &Csr) -> Self {
        let degree: Vec<usize> = csr.nodes().map(|u| csr.neighbors(u).len()).collect();
        let most = degree.iter().max().map_or(0, |&most| most);
        let mut start = vec![0; most + 2];
        for &k in &degree {
            start[k + 1] += 1;
        }
        for k in 0..=most {
            start[k + 1] += start[k];
        }
        let mut next = start.clone();
        let mut order = vec![0; degree.len()];
        let mut position = vec![0; degree.len()];
        for u in csr.nodes() {
            let slot = &mut next[degree[u as usize]];
            order[*slot] = u;
            position[u as usize] = *slot;
            *slot += 1;
        }
        Self { degree, order, position, start }
    }

    fn run(&mut self, csr: &Csr) {
        for peeled in 0..self.order.len() {
            let u = self.order[peeled];
            for &v in csr.neighbors(u) {
                if self.degree[v as usize] > self.degree[u as usize] {
                    self.lower(v);
                }
            }
        }
    }

    /// Takes one edge from `v`: it changes places with the first of its degree, where the degree
    /// below now ends.
    fn lower(&mut self, v: u32) {
        let k = self.degree[v as usize];
        let (from, to) = (self.position[v as usize], self.start[k]);
        let first = self.order[to];
        self.order.swap(from, to);
        self.position[first as usize] = from;
        self.position[v as usize] = to;
        self.start[k] += 1;
        self.degree[v as usize] -= 1;
    }
}
