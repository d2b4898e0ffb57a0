//! The shortest paths between two nodes, counted and listed.

use super::length::Paths;
use super::search::Search;
use super::{Along, Length};
use crate::error::{Error, Result};
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
///   listed; `O(n)` memory.
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
/// 1:269-271, 1959, problem 2; by hops it is breadth-first search.
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
    /// All shortest paths between two nodes, counted, and the first of them listed.
    ///
    /// # Errors
    ///
    /// If a node is not in the graph, or an edge has a length outside `[1e-100, 1e100]`.
    pub fn between(&self, csr: &Csr, from: u32, to: u32) -> Result<PathsBetween> {
        let paths = Paths::new(csr, self.length, Along::Outgoing)?;
        check_node(csr, from)?;
        check_node(csr, to)?;
        let mut search = Search::new(csr.node_count());
        search.run(&paths, from, Some(to));
        let distance = search.distance[to as usize];
        if distance.is_infinite() {
            return Ok(PathsBetween::default());
        }
        let counts = counts_to(&paths, &search, to);
        Ok(PathsBetween {
            distance: Some(distance),
            count: counts[0],
            paths: Listing::new(&paths, &search, &counts).list(to, self.limit),
        })
    }

    /// The distance from a node to each node, none where no path leads.
    ///
    /// # Errors
    ///
    /// If the node is not in the graph, or an edge has a length outside `[1e-100, 1e100]`.
    pub fn distances(&self, csr: &Csr, from: u32) -> Result<Vec<Option<f64>>> {
        let paths = Paths::new(csr, self.length, Along::Outgoing)?;
        check_node(csr, from)?;
        let mut search = Search::new(csr.node_count());
        search.run(&paths, from, None);
        let reached = |distance: f64| distance.is_finite().then_some(distance);
        Ok(search.distance.into_iter().map(reached).collect())
    }
}

fn check_node(csr: &Csr, node: u32) -> Result<()> {
    if csr.nodes().contains(&node) {
        return Ok(());
    }
    Err(Error::usage(format!("no node {node}: the graph has {} nodes", csr.node_count())))
}

/// How many shortest paths lead from each settled node to `to`, in the order they were settled in.
fn counts_to(paths: &Paths<'_>, search: &Search, to: u32) -> Vec<u128> {
    let last = search.place(to);
    let back = paths.reversed();
    let mut counts = vec![0_u128; last + 1];
    counts[last] = 1;
    for (place, &w) in search.order[..=last].iter().enumerate().rev() {
        let onward = counts[place];
        if onward == 0 {
            continue;
        }
        for (v, length) in back.steps(w) {
            if search.is_last_step(v, length, w) {
                let earlier = &mut counts[search.place(v)];
                *earlier = earlier.saturating_add(onward);
            }
        }
    }
    counts
}

/// A walk through the shortest paths in lexicographic order.
struct Listing<'a> {
    paths: &'a Paths<'a>,
    search: &'a Search,
    counts: &'a [u128],
}

impl<'a> Listing<'a> {
    fn new(paths: &'a Paths<'a>, search: &'a Search, counts: &'a [u128]) -> Self {
        Self { paths, search, counts }
    }

    /// The first `limit` paths to `to`. Every step taken leads there, so nothing is walked in vain.
    fn list(&self, to: u32, limit: usize) -> Vec<Vec<u32>> {
        let mut listed = Vec::new();
        let mut path = vec![self.search.order[0]];
        let mut choices = vec![self.onward(path[0])];
        while let Some(open) = choices.last_mut() {
            if listed.len() == limit {
                break;
            }
            if path.last() == Some(&to) {
                listed.push(path.clone());
                open.clear();
            }
            if let Some(next) = open.pop() {
                path.push(next);
                choices.push(self.onward(next));
            } else {
                choices.pop();
                path.pop();
            }
        }
        listed
    }

    /// The nodes after `u` on shortest paths, the smallest last.
    fn onward(&self, u: u32) -> Vec<u32> {
        let mut next: Vec<u32> = self
            .paths
            .steps(u)
            .filter(|&(v, length)| self.search.is_last_step(u, length, v) && self.leads_on(v))
            .map(|(v, _)| v)
            .collect();
        next.reverse();
        next
    }

    fn leads_on(&self, v: u32) -> bool {
        self.counts.get(self.search.place(v)).is_some_and(|&count| count > 0)
    }
}
