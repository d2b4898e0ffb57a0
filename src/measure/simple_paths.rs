//! All ways that are not too long.

use std::collections::VecDeque;

use super::length::Paths;
use super::path_search::checked;
use super::{Along, Length};
use crate::error::Result;
use crate::graph::Csr;

/// Paths of at most so many steps: in what ways, short or not, two nodes are tied.
///
/// A path goes over no node twice. From one set of nodes to another it leaves the first set once and ends at the first node of
/// the second. Most of the ways between two people are long and say little; a few more steps can make millions of them, so
/// the number is limited.
///
/// - **Shape**: [`PathsUpTo`]: paths as lists of nodes from end to end, in lexicographic order, and whether these are all.
/// - **Unit**: `steps` are edges, whatever they weigh.
/// - **Cost**: at most `steps` × edges of work between one path and the next, however many dead ends there are; `O(n)` memory.
/// - **Order**: the same for any number of threads.
/// - **Edge cases**: from a node to itself there is one path, of that node alone.
///
/// # Examples
///
/// A square with a diagonal:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::SimplePaths;
///
/// let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 3), (3, 0), (1, 3)], Direction::Undirected);
/// let found = SimplePaths { steps: 2, ..SimplePaths::default() }.between(&csr, &[0], &[2])?;
/// assert_eq!(found.paths, [[0, 1, 2], [0, 3, 2]]);
/// assert!(found.complete);
/// let found = SimplePaths { steps: 3, limit: 3 }.between(&csr, &[0], &[2])?;
/// assert_eq!(found.paths[1], [0, 1, 3, 2]);
/// assert!(!found.complete, "[0, 3, 1, 2] is left out");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// Y. Peng, Y. Zhang, X. Lin, W. Zhang, L. Qin, J. Zhou, "Towards bridging theory and practice: hop-constrained s-t simple path
/// enumeration", PVLDB 13(4):463-476, 2019, algorithm 2 (BC-DFS). `k` there is `steps` here, `bar` is `at_least`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimplePaths {
    /// The most edges of a path. 4 by default.
    pub steps: usize,
    /// The most paths listed. 1000 by default.
    pub limit: usize,
}

impl Default for SimplePaths {
    fn default() -> Self {
        Self { steps: 4, limit: 1000 }
    }
}

/// Paths of at most so many steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathsUpTo {
    /// The paths in lexicographic order of their nodes, up to the limit.
    pub paths: Vec<Vec<u32>>,
    /// Whether there are no more; if not, the limit cut them off.
    pub complete: bool,
}

impl SimplePaths {
    /// The paths from any of `from` to any of `to`.
    ///
    /// # Errors
    ///
    /// If a node is not in the graph, or one of the sets is empty.
    pub fn between(&self, csr: &Csr, from: &[u32], to: &[u32]) -> Result<PathsUpTo> {
        let (from, to) = (checked(csr, from)?, checked(csr, to)?);
        let paths = Paths::new(csr, Length::Hops, Along::Outgoing)?;
        let mut walk = Walk::new(&paths, self.steps, &from, &to);
        let mut found = PathsUpTo { paths: Vec::new(), complete: true };
        for &source in &from {
            walk.start(source);
            while let Some(path) = walk.next_path() {
                if found.paths.len() == self.limit {
                    found.complete = false;
                    return Ok(found);
                }
                found.paths.push(path);
            }
        }
        Ok(found)
    }
}

/// A node on the path that is being tried.
struct Frame {
    node: u32,
    /// Which of its neighbors comes next.
    next: usize,
    /// The fewest steps in which the end was reached from it; more than `steps` if it was not.
    reached: usize,
}

/// A walk in depth that remembers of each node how many steps it takes at least to the end without the nodes of the path.
struct Walk<'a> {
    paths: &'a Paths<'a>,
    steps: usize,
    at_least: Vec<usize>,
    is_from: Vec<bool>,
    is_end: Vec<bool>,
    on_path: Vec<bool>,
    path: Vec<Frame>,
    /// A path of one node that is still to be told.
    alone: Option<u32>,
}

impl<'a> Walk<'a> {
    fn new(paths: &'a Paths<'a>, steps: usize, from: &[u32], to: &[u32]) -> Self {
        let n = paths.csr.node_count();
        // No path has more steps than that, and numbers stay small.
        let steps = steps.min(n);
        let among = |nodes: &[u32]| {
            let mut is_among = vec![false; n];
            for &v in nodes {
                is_among[v as usize] = true;
            }
            is_among
        };
        let mut walk = Self {
            paths,
            steps,
            at_least: vec![steps + 1; n],
            is_from: among(from),
            is_end: among(to),
            on_path: vec![false; n],
            path: Vec::new(),
            alone: None,
        };
        walk.lower(to.iter().map(|&v| (v, 0)).collect());
        walk
    }

    fn start(&mut self, source: u32) {
        if self.is_end[source as usize] {
            self.alone = Some(source);
        } else if self.at_least[source as usize] <= self.steps {
            self.push(source);
        }
    }

    fn push(&mut self, node: u32) {
        self.on_path[node as usize] = true;
        self.path.push(Frame { node, next: 0, reached: self.steps + 1 });
    }

    /// The next path in order.
    fn next_path(&mut self) -> Option<Vec<u32>> {
        if let Some(node) = self.alone.take() {
            return Some(vec![node]);
        }
        let paths = self.paths;
        while let Some(frame) = self.path.last_mut() {
            let next = paths.next(frame.node).get(frame.next).copied();
            frame.next += 1;
            match next.filter(|&v| self.leads_on(v)) {
                Some(v) if self.is_end[v as usize] => {
                    if let Some(frame) = self.path.last_mut() {
                        frame.reached = 1;
                    }
                    return Some(self.path.iter().map(|frame| frame.node).chain([v]).collect());
                }
                Some(v) => self.push(v),
                None if next.is_none() => self.pop(),
                None => {}
            }
        }
        None
    }

    /// Whether the path may go on with `v`.
    fn leads_on(&self, v: u32) -> bool {
        let taken = self.path.len();
        !self.on_path[v as usize]
            && !self.is_from[v as usize]
            && taken + self.at_least[v as usize] <= self.steps
    }

    /// Takes the last node off the path, and keeps what was learned of it: that the end is not within the steps that were left, or
    /// in how many it is.
    fn pop(&mut self) {
        let Some(Frame { node, reached, .. }) = self.path.pop() else { return };
        self.on_path[node as usize] = false;
        if reached > self.steps {
            self.at_least[node as usize] = self.steps + 1 - self.path.len();
        } else {
            // Others may have been held up by this node alone, so all before it are looked at.
            self.at_least[node as usize] = usize::MAX;
            self.lower(VecDeque::from([(node, reached)]));
        }
        if let Some(before) = self.path.last_mut() {
            before.reached = before.reached.min(reached + 1);
        }
    }

    /// Lowers what nodes need at least, and with them those before them.
    fn lower(&mut self, mut open: VecDeque<(u32, usize)>) {
        let back = self.paths.reversed();
        while let Some((v, steps)) = open.pop_front() {
            if self.at_least[v as usize] <= steps {
                continue;
            }
            self.at_least[v as usize] = steps;
            let before = back.next(v).iter().filter(|&&w| !self.on_path[w as usize]);
            open.extend(before.map(|&w| (w, steps + 1)));
        }
    }
}
