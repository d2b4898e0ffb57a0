//! How well a graph hangs together, and what of that is left once some nodes are gone.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::blocks::blocks;
use super::hops::{LANES, Sweep};
use super::length::{Along, Length, Paths};
use super::reading::undirected;
use super::{Communities as _, Components};
use crate::error::{Error, Result};
use crate::graph::{Csr, Direction};

/// How well a graph hangs together: how many pairs of nodes a path joins, and how long the paths are.
///
/// It is counted once for all pairs, so that fragmentation, distance-weighted fragmentation, efficiency and reach come from
/// the same numbers. A directed graph is read as undirected, and weights do not count. Of a network of records it tells how
/// well the records hang together.
///
/// - **Shape**: one number of pairs for each length of path.
/// - **Unit**: unordered pairs of nodes.
/// - **Cost**: `O(nm)` bit operations, 256 sources at a time; `O(n)` memory a block of sources.
/// - **Order**: whole numbers are added, so the same to the bit for any number of threads.
/// - **Edge cases**: with fewer than two nodes there is no pair: nothing is joined, and the fragmentation is 1.
///
/// # Examples
///
/// Without its hub nothing of a star is joined; without a leaf, all of it is:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::Cohesion;
///
/// let star = Csr::star(5);
/// assert_eq!(Cohesion::without(&star, &[0])?.fragmentation(), 1.0);
/// assert_eq!(Cohesion::without(&star, &[4])?.fragmentation(), 0.0);
/// assert_eq!(Cohesion::of(&star).pairs_at, [4, 6], "four at one step, six at two");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// S. P. Borgatti, "Identifying sets of key players in a social network", Comput. Math. Organ. Theory 12:21-34, 2006,
/// equations 4 (`F`) and 9 (`D_F`); V. Latora, M. Marchiori, "Efficient behavior of small-world networks", Phys. Rev.
/// Lett. 87:198701, 2001 (`E`, which is `1 - D_F`). `n` there is the number of nodes that are left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohesion {
    /// How many nodes there are.
    pub nodes: usize,
    /// How many edges there are; opposite edges are one.
    pub edges: usize,
    /// How many components there are.
    pub components: usize,
    /// How many nodes are in the largest of them.
    pub largest: usize,
    /// How many pairs are joined by a shortest path of one edge, of two, and so on.
    pub pairs_at: Vec<u64>,
}

impl Cohesion {
    /// The cohesion of the whole graph.
    #[must_use]
    pub fn of(csr: &Csr) -> Self {
        Self::counted(&undirected(csr), 0)
    }

    /// The cohesion of what is left of a graph once `removed` are gone.
    ///
    /// # Errors
    ///
    /// If one of `removed` is no node of the graph.
    pub fn without(csr: &Csr, removed: &[u32]) -> Result<Self> {
        let gone = marked(csr, removed)?;
        let count = gone.iter().filter(|&&gone| gone).count();
        Ok(Self::counted(&left(csr, &gone), count))
    }

    /// Of an undirected graph in which `gone` nodes are no more, which are left as nodes without edges.
    fn counted(csr: &Csr, gone: usize) -> Self {
        let parts = Components.partition(csr).expect("components need no option");
        let nodes = csr.node_count() - gone;
        Self {
            nodes,
            edges: csr.edge_count(),
            components: parts.group_count() - gone,
            largest: parts.sizes().iter().copied().max().unwrap_or(0).min(nodes),
            pairs_at: pairs_at(csr),
        }
    }

    /// Fragmentation `F`: the share of pairs that no path joins.
    #[must_use]
    pub fn fragmentation(&self) -> f64 {
        let joined: u64 = self.pairs_at.iter().sum();
        1.0 - joined as f64 / self.pairs().max(1.0)
    }

    /// Distance-weighted fragmentation `D_F`: 1 less the mean of 1 / distance over all pairs.
    #[must_use]
    pub fn distance_fragmentation(&self) -> f64 {
        1.0 - self.efficiency()
    }

    /// Global efficiency: the mean of 1 / distance over all pairs, where pairs that no path joins count 0.
    #[must_use]
    pub fn efficiency(&self) -> f64 {
        nearness(&self.pairs_at) / self.pairs().max(1.0)
    }

    /// How many others a node has within so many steps, on average.
    #[must_use]
    pub fn mean_within(&self, steps: usize) -> f64 {
        let pairs: u64 = self.pairs_at.iter().take(steps).sum();
        2.0 * pairs as f64 / (self.nodes.max(1) as f64)
    }

    fn pairs(&self) -> f64 {
        let nodes = self.nodes as f64;
        nodes * (nodes - 1.0) / 2.0
    }
}

/// The sum of 1 / distance over pairs.
pub(super) fn nearness(pairs_at: &[u64]) -> f64 {
    (1_u32..).zip(pairs_at).map(|(distance, &pairs)| pairs as f64 / f64::from(distance)).sum()
}

/// How many pairs of an undirected graph lie at each distance, from 1.
pub(super) fn pairs_at(csr: &Csr) -> Vec<u64> {
    let n = csr.node_count();
    let paths = Paths::new(csr, Length::Hops, Along::Outgoing).expect("a hop is as long as any");
    let rows: Vec<Vec<u64>> = blocks(n.div_ceil(LANES))
        .map(|batches| {
            let mut sweep = Sweep::new(n);
            let mut row = Vec::new();
            for batch in batches {
                let node = |i: usize| u32::try_from(i).expect("nodes are numbered by 32 bits");
                let sources = node(batch * LANES)..node(((batch + 1) * LANES).min(n));
                let walked = sweep.run(&paths, sources, |level, _, lanes| {
                    add(&mut row, level, lanes.count());
                    ControlFlow::<()>::Continue(())
                });
                debug_assert!(walked.is_continue(), "nothing ends the walk");
            }
            row
        })
        .collect();
    let mut total = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in rows {
        for (sum, more) in total.iter_mut().zip(row) {
            *sum += more;
        }
    }
    // Each pair was met from both of its ends.
    total.iter().map(|ordered| ordered / 2).collect()
}

#[inline(always)]
fn add(row: &mut Vec<u64>, level: u32, count: u32) {
    let at = level as usize - 1;
    if at >= row.len() {
        row.resize(at + 1, 0);
    }
    row[at] += u64::from(count);
}

/// By node: whether it is one of `nodes`.
pub(super) fn marked(csr: &Csr, nodes: &[u32]) -> Result<Vec<bool>> {
    let mut marked = vec![false; csr.node_count()];
    for &node in nodes {
        let Some(mark) = marked.get_mut(node as usize) else {
            return Err(Error::usage(format!(
                "no node {node}: the graph has {} nodes",
                csr.node_count()
            )));
        };
        *mark = true;
    }
    Ok(marked)
}

/// The undirected graph without the edges of nodes that are `gone`; the numbers of nodes stay.
pub(super) fn left(csr: &Csr, gone: &[bool]) -> Csr {
    let csr = undirected(csr);
    let kept = |u: u32| !gone[u as usize];
    let pairs: Vec<(u32, u32)> = csr
        .nodes()
        .filter(|&u| kept(u))
        .flat_map(|u| csr.neighbors(u).iter().map(move |&v| (u, v)))
        .filter(|&(u, v)| u < v && kept(v))
        .collect();
    Csr::unweighted(csr.node_count(), &pairs, Direction::Undirected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_four_is_counted() {
        let path = Cohesion::of(&Csr::path(4));
        let counts =
            Cohesion { nodes: 4, edges: 3, components: 1, largest: 4, pairs_at: vec![3, 2, 1] };
        assert_eq!(path, counts);
        let figures = [
            path.fragmentation(),
            path.efficiency(),
            path.distance_fragmentation(),
            path.mean_within(0),
            path.mean_within(1),
            path.mean_within(2),
            path.mean_within(9),
        ];
        // 3 / 1 + 2 / 2 + 1 / 3 of six pairs.
        let wanted = [0.0, 13.0 / 18.0, 5.0 / 18.0, 0.0, 1.5, 2.5, 3.0];
        let off = figures.iter().zip(wanted).map(|(one, other)| (one - other).abs());
        assert!(off.fold(0.0, f64::max) < 1e-12, "{figures:?}");
    }

    #[test]
    fn a_node_that_is_gone_counts_no_more() {
        let left = Cohesion::without(&Csr::path(5), &[1]).unwrap();
        let counts =
            Cohesion { nodes: 4, edges: 2, components: 2, largest: 3, pairs_at: vec![2, 1] };
        assert_eq!(left, counts);
        assert!((left.fragmentation() - 0.5).abs() < 1e-12, "three of six pairs are joined");
        let none = Cohesion::without(&Csr::path(2), &[0, 1, 0]).unwrap();
        assert_eq!((none.nodes, none.components, none.largest), (0, 0, 0));
        assert!((none.fragmentation() - 1.0).abs() < 1e-12 && none.mean_within(1) == 0.0);
        let error = Cohesion::without(&Csr::path(5), &[5]).unwrap_err();
        assert_eq!(error.to_string(), "no node 5: the graph has 5 nodes");
    }

    #[test]
    fn more_nodes_than_are_walked_from_at_once_are_all_counted() {
        // 600 nodes in a row and three in another: pairs at distance k are 600 - k and 3 - k.
        let row = (0..599).map(|u| (u, u + 1));
        let pairs: Vec<(u32, u32)> = row.chain([(600, 601), (601, 602)]).collect();
        let found = pairs_at(&Csr::unweighted(603, &pairs, Direction::Undirected));
        assert_eq!(found.len(), 599);
        assert_eq!([found[0], found[1], found[2], found[598]], [601, 599, 597, 1]);
        assert_eq!(found.iter().sum::<u64>(), 600 * 599 / 2 + 3);
    }
}
