//! Many questions about shortest paths to one graph.

use std::fmt;

use super::balls::HopBalls;
use super::length::Paths;
use super::length_balls::LengthBalls;
use super::path_dag::{Members, PathDag};
use super::{Along, Length, PathsBetween, ShortestPaths};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// Shortest paths of one graph, for many questions: a question costs what it looks at, not the size of the graph.
///
/// Two searches grow towards each other, and only what lies between them is counted and listed; so where a few hubs
/// are tied to nearly everybody, most of the graph is not looked at.
///
/// - **Shape, unit, edge cases**: those of [`ShortestPaths`].
/// - **Cost**: `O(n + m)` time to make one, `O(n)` memory; a question at most `O(n + m)` time by hops and `O(m + n log n)` by
///   weight, and most often the root of that.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::ShortestPaths;
///
/// let hexagon = Csr::cycle(6);
/// let mut search = ShortestPaths::default().search(&hexagon)?;
/// assert_eq!(search.distance(0, 2)?, Some(2.0));
/// assert_eq!(search.between(0, 3)?.count, 2);
/// assert_eq!(search.between_any(&[0, 1], &[3, 5])?.paths, [[0, 5]], "the nearest two of both sets");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// I. Pohl, "Bi-directional search", Machine Intelligence 6:127-140, 1971.
pub struct PathSearch<'a> {
    both: [Paths<'a>; 2],
    limit: usize,
    balls: Kind,
    members: Members,
}

/// How distances are found.
enum Kind {
    Hops(HopBalls),
    Lengths(LengthBalls),
}

impl fmt::Debug for PathSearch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (length, limit) = (self.both[0].length, self.limit);
        f.debug_struct("PathSearch")
            .field("length", &length)
            .field("limit", &limit)
            .finish_non_exhaustive()
    }
}

impl<'a> PathSearch<'a> {
    pub(super) fn new(csr: &'a Csr, options: ShortestPaths) -> Result<Self> {
        let paths = Paths::new(csr, options.length, Along::Outgoing)?;
        let n = csr.node_count();
        let balls = match paths.length {
            Length::Hops => Kind::Hops(HopBalls::new(n)),
            _ => Kind::Lengths(LengthBalls::new(n)),
        };
        let both = [paths, paths.reversed()];
        Ok(Self { both, limit: options.limit, balls, members: Members::new(n) })
    }

    /// All shortest paths between two nodes, counted, and the first of them listed.
    ///
    /// # Errors
    ///
    /// If a node is not in the graph.
    pub fn between(&mut self, from: u32, to: u32) -> Result<PathsBetween> {
        self.between_any(&[from], &[to])
    }

    /// All shortest paths from any of `from` to any of `to`: of those pairs that are nearest to each other.
    ///
    /// A node in both sets is a path of its own, of length 0.
    ///
    /// # Errors
    ///
    /// If a node is not in the graph, or one of the sets is empty.
    pub fn between_any(&mut self, from: &[u32], to: &[u32]) -> Result<PathsBetween> {
        let (from, to) = self.ends(from, to)?;
        let common = in_both(&from, &to);
        if !common.is_empty() {
            let count = common.len() as u128;
            let paths = common.into_iter().take(self.limit).map(|node| vec![node]).collect();
            return Ok(PathsBetween { distance: Some(0.0), count, paths });
        }
        let Some(distance) = self.meet(&from, &to, true) else {
            return Ok(PathsBetween::default());
        };
        let Self { both, members, .. } = self;
        let dag = match &self.balls {
            Kind::Hops(balls) => PathDag::new(both, balls, members),
            Kind::Lengths(balls) => PathDag::new(both, balls, members),
        };
        Ok(PathsBetween {
            distance: Some(distance),
            count: dag.count(&from, members),
            paths: dag.list(&from, members, self.limit),
        })
    }

    /// The distance from one node to another, none where no path leads.
    ///
    /// # Errors
    ///
    /// If a node is not in the graph.
    pub fn distance(&mut self, from: u32, to: u32) -> Result<Option<f64>> {
        let (from, to) = self.ends(&[from], &[to])?;
        Ok(if from == to { Some(0.0) } else { self.meet(&from, &to, false) })
    }

    fn meet(&mut self, from: &[u32], to: &[u32], all: bool) -> Option<f64> {
        match &mut self.balls {
            Kind::Hops(balls) => balls.meet(&self.both, [from, to], all),
            Kind::Lengths(balls) => balls.meet(&self.both, [from, to], all),
        }
    }

    fn ends(&self, from: &[u32], to: &[u32]) -> Result<(Vec<u32>, Vec<u32>)> {
        let csr = self.both[0].csr;
        Ok((checked(csr, from)?, checked(csr, to)?))
    }
}

/// A set of nodes, sorted, each once.
pub(super) fn checked(csr: &Csr, nodes: &[u32]) -> Result<Vec<u32>> {
    if nodes.is_empty() {
        return Err(Error::usage("a path needs a node to begin at and one to end at"));
    }
    if let Some(node) = nodes.iter().find(|&node| !csr.nodes().contains(node)) {
        let count = csr.node_count();
        return Err(Error::usage(format!("no node {node}: the graph has {count} nodes")));
    }
    let mut nodes = nodes.to_vec();
    nodes.sort_unstable();
    nodes.dedup();
    Ok(nodes)
}

/// What two sorted sets have in common.
pub(super) fn in_both(one: &[u32], other: &[u32]) -> Vec<u32> {
    one.iter().copied().filter(|node| other.binary_search(node).is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    fn by_weight(edges: &[(u32, u32, f64)], from: &[u32], to: &[u32]) -> PathsBetween {
        let csr = Csr::new(6, edges, Direction::Undirected);
        let options = ShortestPaths { length: Length::Weight, limit: 2 };
        options.search(&csr).unwrap().between_any(from, to).unwrap()
    }

    #[test]
    fn ways_that_differ_by_rounding_are_as_short() {
        let edges =
            [(0, 1, 0.1), (1, 2, 0.2), (0, 2, 0.3), (0, 3, 0.15), (3, 2, 0.15), (0, 4, 5.0)];
        let found = by_weight(&edges, &[0], &[2]);
        assert!((found.distance.unwrap() - 0.3).abs() < 1e-12);
        assert_eq!(
            (found.count, found.paths),
            (3, vec![vec![0, 1, 2], vec![0, 2]]),
            "two are listed"
        );
    }

    #[test]
    fn of_sets_the_nearest_two_are_joined() {
        let row = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)];
        for (from, to, distance, count, paths) in [
            (&[0, 1][..], &[3, 4][..], Some(2.0), 1, vec![vec![1, 2, 3]]),
            (&[2, 0], &[2, 4], Some(0.0), 1, vec![vec![2]]),
            (&[0, 4], &[2, 2], Some(2.0), 2, vec![vec![0, 1, 2], vec![4, 3, 2]]),
            (&[0], &[5], None, 0, vec![]),
        ] {
            let found = by_weight(&row, from, to);
            assert_eq!(found, PathsBetween { distance, count, paths }, "{from:?} {to:?}");
        }
    }

    #[test]
    fn a_distance_is_that_of_a_path_and_none_where_there_is_none() {
        let csr = Csr::new(4, &[(0, 1, 2.0), (1, 2, 3.0), (0, 2, 9.0)], Direction::Directed);
        for (length, want) in [(Length::Hops, 1.0), (Length::Weight, 5.0)] {
            let mut search = ShortestPaths { length, limit: 1 }.search(&csr).unwrap();
            let mut distance = |from, to| search.distance(from, to).unwrap().map(f64::to_bits);
            assert_eq!(distance(0, 2), Some(f64::to_bits(want)), "{length:?}");
            assert_eq!(distance(1, 1), Some(0.0_f64.to_bits()));
            assert_eq!((distance(2, 0), distance(0, 3)), (None, None));
            assert!(format!("{search:?}").contains(&format!("{length:?}")));
        }
    }

    #[test]
    fn ends_that_are_not_there_are_refused() {
        let csr = Csr::path(3);
        let message = |nodes: &[u32]| checked(&csr, nodes).unwrap_err().to_string();
        assert_eq!(message(&[]), "a path needs a node to begin at and one to end at");
        assert_eq!(message(&[0, 3]), "no node 3: the graph has 3 nodes");
        assert_eq!(checked(&csr, &[2, 0, 2]).unwrap(), [0, 2]);
        assert_eq!(in_both(&[0, 2, 5], &[1, 2, 5]), [2, 5]);
    }
}
