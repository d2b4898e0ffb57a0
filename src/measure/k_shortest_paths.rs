//! The shortest path, the next, and so on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::length::{Paths, is_as_short};
use super::path_search::checked;
use super::spur::{Rest, Spur};
use super::{Along, Length};
use crate::error::Result;
use crate::graph::Csr;

/// The `k` shortest paths that go over no node twice: how else two nodes are tied, if the shortest path says little.
///
/// From one set of nodes to another a path leaves the first set once and ends at the first node of the second. By
/// [`Length::Certainty`] these are the `k` most probable chains.
///
/// - **Shape**: [`RankedPath`]s, the shortest first; equally short ones in lexicographic order of their nodes.
/// - **Unit**: lengths are in hops or in the unit of the length.
/// - **Cost**: at worst `O(k l (m + n log n))` time for paths of `l` nodes; a search back from the ends gives lower bounds that lead
///   all others, and what such a bound rules out is not searched. `O(n + k l)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: fewer paths than `k` are all there are. From a node to itself there is one path, of that node alone.
///
/// # Errors
///
/// If a node is not in the graph, one of the sets is empty, or an edge has a length outside `[1e-100, 1e100]`.
///
/// # Examples
///
/// A square with a diagonal:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::KShortestPaths;
///
/// let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 3), (3, 0), (1, 3)], Direction::Undirected);
/// let found = KShortestPaths { k: 3, ..KShortestPaths::default() }.between(&csr, &[0], &[2])?;
/// let nodes: Vec<_> = found.iter().map(|path| path.nodes.as_slice()).collect();
/// assert_eq!(nodes, [&[0, 1, 2][..], &[0, 3, 2], &[0, 1, 3, 2]]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// J. Y. Yen, "Finding the K shortest loopless paths in a network", Management Science 17(11):712-716, 1971; E. L. Lawler, "A procedure
/// for computing the K best solutions to discrete optimization problems …", Management Science 18(7):401-405, 1972: no set of paths is
/// searched twice. A set is one `Branch` here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KShortestPaths {
    /// How many paths. 10 by default.
    pub k: usize,
    /// What the length of a path is. Hops by default.
    pub length: Length,
}

impl Default for KShortestPaths {
    fn default() -> Self {
        Self { k: 10, length: Length::Hops }
    }
}

/// A path and its length.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedPath {
    /// The sum of the lengths of its edges.
    pub length: f64,
    /// Its nodes from end to end.
    pub nodes: Vec<u32>,
}

impl KShortestPaths {
    /// The shortest paths from any of `from` to any of `to`.
    ///
    /// # Errors
    ///
    /// If a node is not in the graph, one of the sets is empty, or an edge has a length outside `[1e-100, 1e100]`.
    pub fn between(&self, csr: &Csr, from: &[u32], to: &[u32]) -> Result<Vec<RankedPath>> {
        let paths = Paths::new(csr, self.length, Along::Outgoing)?;
        let (from, to) = (checked(csr, from)?, checked(csr, to)?);
        let mut branches = Branches {
            paths,
            spur: Spur::new(paths, &from, &to),
            from,
            told: Vec::new(),
            all: Vec::new(),
            open: BinaryHeap::new(),
            remembered: 0,
        };
        branches.root();
        while branches.told.len() < self.k && branches.tell() {}
        let ranked = |told: Told| RankedPath { length: told.length, nodes: told.nodes };
        Ok(branches.told.into_iter().map(ranked).collect())
    }
}

/// A path that was told.
struct Told {
    length: f64,
    nodes: Vec<u32>,
    /// Its nodes in order, each with its place on the path.
    places: Vec<(u32, usize)>,
}

/// A set of paths: those that begin as one told before does, up to some place, and go on otherwise.
struct Branch {
    /// The path, and the place of the last node in common; none if paths begin elsewhere.
    stem: Option<(usize, usize)>,
    /// How long the stem is.
    gone: f64,
    /// The nodes with which paths of this set do not go on.
    barred: Vec<u32>,
    /// Whether it was sought how long the first path of the set is.
    known: bool,
    /// That path from the end of the stem on, unless it is not known or forgotten.
    rest: Option<Rest>,
}

impl Branch {
    fn new(stem: Option<(usize, usize)>, gone: f64, barred: Vec<u32>) -> Self {
        Self { stem, gone, barred, known: false, rest: None }
    }
}

/// How many nodes of paths are remembered that may be told later. Long paths with as many ways around would take room that goes
/// with the square of their length; what is forgotten is sought again when its turn comes.
const REMEMBERED: usize = 1 << 20;

/// All paths but those told, in sets that have none in common.
struct Branches<'a> {
    paths: Paths<'a>,
    spur: Spur<'a>,
    from: Vec<u32>,
    told: Vec<Told>,
    all: Vec<Branch>,
    /// The sets, by the length of their first path or a lower bound of it.
    open: BinaryHeap<Reverse<(u64, usize)>>,
    /// The nodes of all paths remembered.
    remembered: usize,
}

impl Branches<'_> {
    fn root(&mut self) {
        self.add(Branch::new(None, 0.0, Vec::new()));
    }

    /// Adds a set, unless there is no path in it for sure.
    fn add(&mut self, branch: Branch) {
        let bound = self
            .starts(&branch)
            .iter()
            .map(|&(v, gone)| gone + self.spur.left(v))
            .fold(f64::INFINITY, f64::min);
        if bound.is_finite() {
            self.open.push(Reverse((bound.to_bits(), self.all.len())));
            self.all.push(branch);
        }
    }

    /// The nodes with which paths of a set can go on after the stem, each with the length up to it.
    fn starts(&self, branch: &Branch) -> Vec<(u32, f64)> {
        let free = |v: &u32| !branch.barred.contains(v);
        match branch.stem {
            None => self.from.iter().copied().filter(free).map(|v| (v, 0.0)).collect(),
            Some((path, place)) => {
                let told = &self.told[path];
                self.paths
                    .steps(told.nodes[place])
                    .filter(|(v, _)| free(v) && !is_barred(&self.from, Some((told, place)), *v))
                    .map(|(v, length)| (v, branch.gone + length))
                    .collect()
            }
        }
    }

    /// Tells the next path; says `false` if there is none.
    fn tell(&mut self) -> bool {
        let (mut shortest, mut first) = (f64::INFINITY, None);
        let mut others = Vec::new();
        while let Some(&Reverse((bits, at))) = self.open.peek()
            && is_as_short(f64::from_bits(bits), shortest)
        {
            self.open.pop();
            if !self.all[at].known {
                self.seek(at);
                continue;
            }
            shortest = shortest.min(f64::from_bits(bits));
            self.recall(at);
            let later = match first {
                Some((_, best)) if self.nodes(best).lt(self.nodes(at)) => Some((bits, at)),
                _ => first.replace((bits, at)),
            };
            if let Some(later) = later {
                self.forget_if_many(later.1);
                others.push(Reverse(later));
            }
        }
        self.open.extend(others);
        if let Some((_, at)) = first {
            self.split(at);
        }
        first.is_some()
    }

    /// Seeks the first path of a set; a set without one is not looked at again.
    fn seek(&mut self, at: usize) {
        if let Some(rest) = self.first_of(at) {
            self.open.push(Reverse((rest.0.to_bits(), at)));
            self.remembered += rest.1.len();
            self.all[at].known = true;
            self.all[at].rest = Some(rest);
            self.forget_if_many(at);
        }
    }

    /// Has the first path of a set at hand.
    fn recall(&mut self, at: usize) {
        if self.all[at].rest.is_none() {
            let rest = self.first_of(at);
            self.remembered += rest.as_ref().map_or(0, |rest| rest.1.len());
            self.all[at].rest = rest;
        }
    }

    fn forget_if_many(&mut self, at: usize) {
        if self.remembered > REMEMBERED {
            self.forget(at);
        }
    }

    fn forget(&mut self, at: usize) -> Option<Rest> {
        let rest = self.all[at].rest.take();
        self.remembered -= rest.as_ref().map_or(0, |rest| rest.1.len());
        rest
    }

    fn first_of(&mut self, at: usize) -> Option<Rest> {
        let starts = self.starts(&self.all[at]);
        let stem = self.all[at].stem.map(|(path, place)| (&self.told[path], place));
        let from = &self.from;
        self.spur.shortest(&starts, |v| is_barred(from, stem, v))
    }

    /// The nodes of the first path of a set.
    fn nodes(&self, at: usize) -> impl Iterator<Item = u32> + '_ {
        let branch = &self.all[at];
        let stem = branch.stem.map_or(&[][..], |(path, place)| &self.told[path].nodes[..=place]);
        let rest = branch.rest.as_ref().map_or(&[][..], |rest| &rest.1);
        stem.iter().chain(rest).copied()
    }

    /// Tells the first path of a set, and makes sets of the others in it.
    fn split(&mut self, at: usize) {
        let nodes: Vec<u32> = self.nodes(at).collect();
        let mut places: Vec<(u32, usize)> = nodes.iter().copied().zip(0..).collect();
        places.sort_unstable();
        let Some((length, _)) = self.forget(at) else { return };
        let branch = &mut self.all[at];
        let (stem, gone, mut barred) =
            (branch.stem, branch.gone, std::mem::take(&mut branch.barred));
        let path = self.told.len();
        let mut place = stem.map_or(0, |(_, place)| place + 1);
        barred.push(nodes[place]);
        self.told.push(Told { length, nodes, places });
        self.add(Branch::new(stem, gone, barred));
        let mut gone = match stem {
            None => 0.0,
            Some(_) => gone + self.step(path, place - 1),
        };
        while place + 1 < self.told[path].nodes.len() {
            let barred = vec![self.told[path].nodes[place + 1]];
            self.add(Branch::new(Some((path, place)), gone, barred));
            gone += self.step(path, place);
            place += 1;
        }
    }

    /// The length of the step after a place of a told path.
    fn step(&self, path: usize, place: usize) -> f64 {
        let nodes = &self.told[path].nodes;
        let [u, v] = [nodes[place], nodes[place + 1]];
        self.paths.steps(u).find(|step| step.0 == v).map_or(f64::INFINITY, |step| step.1)
    }
}

/// Whether a path that begins as one told before, up to a place, may not go over `v` afterwards.
fn is_barred(from: &[u32], stem: Option<(&Told, usize)>, v: u32) -> bool {
    let before = |(told, place): (&Told, usize)| {
        let at = told.places.binary_search_by_key(&v, |&(node, _)| node);
        at.is_ok_and(|at| told.places[at].1 <= place)
    };
    from.binary_search(&v).is_ok() || stem.is_some_and(before)
}
