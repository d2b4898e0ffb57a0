//! The shortest paths between two nodes, counted and listed.

use super::length::Paths;
use super::path_search::checked;
use super::search::Search;
use super::{Along, Length, PathSearch};
use crate::error::Result;
use crate::graph::Csr;

/// Shortest paths: how two nodes are tied, through whom, and in how many ways.
///
/// All shortest paths are counted, at most `limit` are listed. Paths run along the edges of a
/// directed graph. A path is a chain of records, and as strong as its weakest one: it does not say
/// that anything passed along it.
///
/// - **Shape**: [`PathsBetween`]: a distance, a count, and paths as lists of nodes from end to end,
///   in lexicographic order of their nodes.
/// - **Unit**: the distance is in hops or in the unit of the length.
/// - **Cost**: `O(n + m)` time by hops, `O(m + n log n)` by weight, and the nodes on the paths
///   listed; `O(n)` memory. Many questions to one graph are quicker with [`search`](Self::search).
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: from a node to itself there is one path, of that node alone and length 0.
///   Where no path leads there is no distance and the count is 0.
///
/// # Errors
///
/// If a node is not in the graph, or an edge has a length outside `[1e-100, 1e100]`.
///
/// # Examples
///
/// The two ways across a square:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::ShortestPaths;
///
/// let across = ShortestPaths::default().between(&Csr::cycle(4), 0, 2)?;
/// assert_eq!(across.distance, Some(2.0));
/// assert_eq!(across.count, 2);
/// assert_eq!(across.paths, [[0, 1, 2], [0, 3, 2]]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik
/// 1:269-271, 1959, problem 2; by hops it is breadth-first search. Both from two ends at once, as [`PathSearch`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortestPaths {
    /// What the length of a path is. Hops by default.
    pub length: Length,
    /// The most paths listed. 100 by default.
    pub limit: usize,
}

impl Default for ShortestPaths {
    fn default() -> Self {
        Self { length: Length::Hops, limit: 100 }
    }
}

/// The shortest paths from one node to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathsBetween {
    /// How long each of them is; none where no path leads.
    pub distance: Option<f64>,
    /// How many there are; `u128::MAX` stands for that many or more.
    pub count: u128,
    /// The first of them in lexicographic order of their nodes, up to the limit.
    pub paths: Vec<Vec<u32>>,
}

impl ShortestPaths {
    /// A search that is made ready once, for many questions to one graph.
    ///
    /// # Errors
    ///
    /// If an edge has a length outside `[1e-100, 1e100]`.
    pub fn search<'a>(&self, csr: &'a Csr) -> Result<PathSearch<'a>> {
        PathSearch::new(csr, *self)
    }

    /// All shortest paths between two nodes, counted, and the first of them listed.
    ///
    /// # Errors
    ///
    /// If a node is not in the graph, or an edge has a length outside `[1e-100, 1e100]`.
    pub fn between(&self, csr: &Csr, from: u32, to: u32) -> Result<PathsBetween> {
        self.search(csr)?.between(from, to)
    }

    /// The distance from a node to each node, none where no path leads.
    ///
    /// # Errors
    ///
    /// If the node is not in the graph, or an edge has a length outside `[1e-100, 1e100]`.
    pub fn distances(&self, csr: &Csr, from: u32) -> Result<Vec<Option<f64>>> {
        let paths = Paths::new(csr, self.length, Along::Outgoing)?;
        checked(csr, &[from])?;
        let mut search = Search::new(csr.node_count());
        search.run(&paths, from);
        let reached = |distance: f64| distance.is_finite().then_some(distance);
        Ok(search.distance.into_iter().map(reached).collect())
    }
}
