//! One side of a two-mode graph, tied by what its nodes share.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::reading::undirected;
use super::two_sides::check_sides;
use crate::error::Result;
use crate::graph::{Csr, SortedRows};

/// How much a node of the other side ties two that share it; `k` nodes are tied to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SharedWeight {
    /// 1: the weight of a tie is how many are shared. This is the default.
    #[default]
    Count,
    /// `1 / (k - 1)`: what many share ties them little, and each node's ties sum to what it shares with anybody.
    Newman,
}

/// The one-mode projection: nodes of one side, two tied if they share a node of the other.
///
/// A file that names forty people ties each to all of the others; `hub` leaves such files out. For which of the ties are more than chance
/// see [`Projection`](super::Projection).
///
/// - **Shape**: a weighted undirected graph of the nodes of one side, in their order.
/// - **Unit**: nodes shared, or Newman's weight.
/// - **Cost**: `O(Σ d²)` time over the degrees `d` of the other side's nodes, on all threads; the memory of the result and of one number a node and thread.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: nodes that share nothing are in the graph, tied to nobody.
///
/// # Examples
///
/// Nodes 0 and 1 share 3 and 4, nodes 1 and 2 share 4:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::OneMode;
///
/// let csr = Csr::unweighted(5, &[(0, 3), (1, 3), (0, 4), (1, 4), (2, 4)], Direction::Undirected);
/// let projected = OneMode::default().of(&csr, &[true, true, true, false, false])?;
/// assert_eq!(projected.edges_of(1).collect::<Vec<_>>(), [(0, 2.0), (2, 1.0)]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. E. J. Newman, "Scientific collaboration networks. II", Phys. Rev. E 64:016132, 2001, section V for the weight. Row by row with one dense
/// row of sums: F. G. Gustavson, ACM Trans. Math. Softw. 4(3):250-269, 1978.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneMode {
    /// How much a shared node ties. 1 by default.
    pub weight: SharedWeight,
    /// Nodes of the other side with more ties than this are left out. None are by default.
    pub hub: usize,
}

impl Default for OneMode {
    fn default() -> Self {
        Self { weight: SharedWeight::default(), hub: usize::MAX }
    }
}

/// How many nodes are projected at a time.
const BLOCK: usize = 1 << 10;

impl OneMode {
    /// The projection on the nodes that `side` marks. Directions and weights do not count.
    ///
    /// # Errors
    ///
    /// If `side` is not as long as the graph has nodes, or an edge joins two nodes of one side.
    pub fn of(&self, csr: &Csr, side: &[bool]) -> Result<Csr> {
        check_sides(csr, side, "a projection")?;
        // Where all edges run from the side to the other one, its rows and those the other way are what is needed.
        let runs_back = |u: u32| !side[u as usize] && !csr.neighbors(u).is_empty();
        let csr = if csr.is_directed() && csr.nodes().any(runs_back) {
            undirected(csr)
        } else {
            Cow::Borrowed(csr)
        };
        let shared = Held::of(&csr, side, self);
        let blocks: Vec<Range<usize>> = (0..shared.nodes.len())
            .step_by(BLOCK)
            .map(|first| first..(first + BLOCK).min(shared.nodes.len()))
            .collect();
        let rows = blocks
            .into_par_iter()
            .map_init(|| vec![0.0; shared.nodes.len()], |sums, block| shared.rows(block, sums));
        let rows: Vec<SortedRows> = rows.collect();
        Ok(Csr::of_sorted_rows(&rows))
    }
}

/// The two sides, as the projection walks them.
struct Held<'a> {
    csr: &'a Csr,
    /// The nodes of the side.
    nodes: Vec<u32>,
    /// By node of the other side: where its holders end in `holders`; nothing between for a hub.
    ends: Vec<usize>,
    /// Places in `nodes`.
    holders: Vec<u32>,
    weight: SharedWeight,
}

impl<'a> Held<'a> {
    fn of(csr: &'a Csr, side: &[bool], options: &OneMode) -> Self {
        let nodes: Vec<u32> = csr.nodes().filter(|&u| side[u as usize]).collect();
        let mut place = vec![0_u32; csr.node_count()];
        for (at, &u) in (0..).zip(&nodes) {
            place[u as usize] = at;
        }
        let mut holders = Vec::with_capacity(csr.edge_count());
        let mut ends = Vec::with_capacity(csr.node_count());
        for v in csr.nodes() {
            let row = csr.in_neighbors(v);
            if !side[v as usize] && row.len() <= options.hub {
                holders.extend(row.iter().map(|&u| place[u as usize]));
            }
            ends.push(holders.len());
        }
        Self { csr, nodes, ends, holders, weight: options.weight }
    }

    fn holders(&self, v: u32) -> &[u32] {
        let v = v as usize;
        &self.holders[if v == 0 { 0 } else { self.ends[v - 1] }..self.ends[v]]
    }

    /// The rows of a block of nodes; `sums` is all zeros, and is so again.
    fn rows(&self, block: Range<usize>, sums: &mut [f64]) -> SortedRows {
        let (mut rows, mut touched) = (SortedRows::default(), Vec::new());
        for at in block {
            for &v in self.csr.neighbors(self.nodes[at]) {
                let holders = self.holders(v);
                let weight = match self.weight {
                    SharedWeight::Count => 1.0,
                    SharedWeight::Newman => 1.0 / (holders.len() as f64 - 1.0),
                };
                for &other in holders {
                    let sum = &mut sums[other as usize];
                    if *sum <= 0.0 {
                        touched.push(other);
                    }
                    *sum += weight;
                }
            }
            touched.sort_unstable();
            for other in touched.drain(..) {
                let sum = std::mem::take(&mut sums[other as usize]);
                if other as usize != at {
                    rows.targets.push(other);
                    rows.weights.push(sum);
                }
            }
            rows.ends.push(rows.targets.len());
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn who_is_held_by_one_is_tied_by_how_much_they_share() {
        // Three people; the first two share file 3, all of them file 4, and the second is alone in file 5.
        let pairs = [(0, 3), (1, 3), (0, 4), (1, 4), (2, 4), (1, 5)];
        let back = pairs.map(|(u, v)| (v, u));
        let side = [true, true, true, false, false, false];
        let graphs = [
            Csr::unweighted(6, &pairs, Direction::Undirected),
            Csr::unweighted(6, &pairs, Direction::Directed),
            Csr::unweighted(6, &back, Direction::Directed),
        ];
        for (weight, hub, want) in [
            (SharedWeight::Count, usize::MAX, &[(0, 1, 2.0), (0, 2, 1.0), (1, 2, 1.0)][..]),
            (SharedWeight::Newman, usize::MAX, &[(0, 1, 1.5), (0, 2, 0.5), (1, 2, 0.5)]),
            (SharedWeight::Count, 3, &[(0, 1, 2.0), (0, 2, 1.0), (1, 2, 1.0)]),
            (SharedWeight::Count, 2, &[(0, 1, 1.0)]),
            (SharedWeight::Newman, 1, &[]),
        ] {
            for csr in &graphs {
                let found = OneMode { weight, hub }.of(csr, &side).unwrap();
                let row = |u| found.edges_of(u).map(move |(v, weight)| (u, v, weight));
                let edges: Vec<(u32, u32, f64)> =
                    found.nodes().flat_map(row).filter(|edge| edge.0 < edge.1).collect();
                assert_eq!(edges, want, "{weight:?} {hub}");
                assert_eq!((found.node_count(), found.edge_count()), (3, want.len()));
            }
        }
        // Of the files the first two share two people, and the third one with each.
        let files = side.map(|person| !person);
        let found = OneMode::default().of(&graphs[1], &files).unwrap();
        let rows = [0, 1, 2].map(|u| found.edges_of(u).collect::<Vec<_>>());
        assert_eq!(rows, [[(1, 2.0), (2, 1.0)], [(0, 2.0), (2, 1.0)], [(0, 1.0), (1, 1.0)]]);
    }

    #[test]
    fn blocks_of_nodes_fit_together() {
        // Of two thousand people 21 share one file, the first and the last among them.
        let pairs: Vec<(u32, u32)> = (0..21).map(|k| (100 * k - k.min(1), 2000)).collect();
        let csr = Csr::unweighted(2001, &pairs, Direction::Undirected);
        let side: Vec<bool> = (0..2001).map(|u| u < 2000).collect();
        let found = OneMode::default().of(&csr, &side).unwrap();
        assert_eq!((found.node_count(), found.edge_count()), (2000, 210));
        assert_eq!(found.neighbors(1999).len(), 20);
        assert_eq!(found.neighbors(1999)[..3], [0, 99, 199]);
    }
}
