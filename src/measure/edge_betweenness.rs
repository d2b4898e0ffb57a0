//! Which ties lie on the shortest paths between others.

use super::betweenness_sums::{Wider, group_size, side_by_side};
use super::blocks::fold;
use super::brandes::{Accumulation, Given};
use super::brandes_batch::Batch;
use super::dag::AnySteps;
use super::hops::Sweep;
use super::length::Paths;
use super::levels::Levels;
use super::{Along, Length};
use crate::error::Result;
use crate::graph::Csr;

/// Betweenness of edges: which ties the shortest paths run over.
///
/// The score of an edge is the sum, over pairs of nodes, of the share of shortest paths between them that run over it. Its own ends
/// are a pair, too. An undirected graph counts each pair once, a directed one each ordered pair. A tie between two groups
/// scores high because there are few others, in the records at least.
///
/// - **Shape**: one score per edge, by the node it starts from, then the node it leads to; an undirected edge once, from the smaller node.
/// - **Unit**: pairs of nodes; with `normalized`, the share of all pairs, in `[0, 1]`.
/// - **Cost**: by hops `O(nm)` time, by weight `O(n (m + n log n))`; `O(m)` memory per block of sources, 16 blocks at once.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a graph without edges has no scores; an edge that is longer than a way around scores 0.
///
/// # Errors
///
/// If an edge has a length outside `[1e-100, 1e100]`; so, with weights, if one is 0 or less.
///
/// # Examples
///
/// Over the middle edge of a path of four run all paths from one half to the other:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{EdgeBetweenness, EdgeScore};
///
/// let scores = EdgeBetweenness::default().scores(&Csr::path(4))?;
/// assert_eq!(scores[1], EdgeScore { from: 1, to: 2, score: 4.0 });
/// assert_eq!(scores[0].score, 3.0);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// U. Brandes, "On variants of shortest-path betweenness centrality and their generic computation", Social Networks
/// 30(2):136-145, 2008, algorithm 7 (section 3.5); symbols as in [`Betweenness`](super::Betweenness). M. Girvan, M. E. J. Newman, PNAS
/// 99(12):7821-7826, 2002, for the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EdgeBetweenness {
    /// What the length of a path is. Hops by default.
    pub length: Length,
    /// Divide by the number of pairs of nodes. Off by default.
    pub normalized: bool,
}

/// An edge and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EdgeScore {
    /// The node it starts from; the smaller one where edges run both ways.
    pub from: u32,
    /// The node it leads to.
    pub to: u32,
    /// Its score.
    pub score: f64,
}

impl EdgeBetweenness {
    /// One score per edge, in the order of the rows.
    ///
    /// # Errors
    ///
    /// If an edge has a length that is out of range.
    pub fn scores(&self, csr: &Csr) -> Result<Vec<EdgeScore>> {
        let paths = Paths::new(csr, self.length, Along::Outgoing)?;
        let arcs = Arcs::new(csr);
        let sums = match paths.length {
            Length::Hops => by_hops(&paths, &arcs),
            Length::Weight | Length::Reciprocal | Length::Certainty => by_length(&paths, &arcs),
        };
        let n = csr.node_count() as f64;
        let scale = match (self.normalized, csr.is_directed()) {
            (true, _) => n * (n - 1.0),
            (false, true) => 1.0,
            (false, false) => 2.0,
        };
        let score = |(from, to): (u32, u32)| {
            let back = if csr.is_directed() { 0.0 } else { sums[arcs.place(to, from)] };
            EdgeScore { from, to, score: (sums[arcs.place(from, to)] + back) / scale }
        };
        let each = csr.nodes().flat_map(|u| csr.neighbors(u).iter().map(move |&v| (u, v)));
        Ok(each.filter(|&(u, v)| csr.is_directed() || u < v).map(score).collect())
    }
}

/// Where the sum of each edge stands: in the order of the rows.
pub(super) struct Arcs<'a> {
    csr: &'a Csr,
    starts: Vec<usize>,
}

impl<'a> Arcs<'a> {
    fn new(csr: &'a Csr) -> Self {
        let lengths = csr.nodes().map(|u| csr.neighbors(u).len());
        let starts = lengths.scan(0, |end, length| {
            let start = *end;
            *end += length;
            Some(start)
        });
        Self { csr, starts: starts.collect() }
    }

    /// Where the row of a node starts.
    #[inline(always)]
    pub(super) fn start(&self, u: u32) -> usize {
        self.starts[u as usize]
    }

    fn place(&self, u: u32, v: u32) -> usize {
        let row = self.csr.neighbors(u);
        self.starts[u as usize] + row.partition_point(|&w| w < v)
    }

    fn add(&self, u: u32, given: Given, row: &mut [f64]) {
        if let Given::Edge(v, part) = given {
            row[self.place(u, v)] += part;
        }
    }
}

fn by_hops(paths: &Paths<'_>, arcs: &Arcs<'_>) -> Vec<f64> {
    let n = paths.csr.node_count();
    let sources = side_by_side(paths.csr);
    let wide = Wider::new(*paths);
    let room = || (Sweep::new(n), Levels::default(), Batch::new(n));
    let groups: Vec<&[u32]> = sources.chunks(group_size(sources.len())).collect();
    fold(groups.len(), paths.csr.arc_count(), room, |(sweep, levels, batch), block, row| {
        for group in &groups[block] {
            levels.batches(sweep, paths, group, |sources, eight| {
                let too_many = batch.add_to_edges(paths, (sources, eight), arcs, row);
                wide.add(sources, too_many, None, |u, given| arcs.add(u, given, row));
            });
        }
    })
}

fn by_length(paths: &Paths<'_>, arcs: &Arcs<'_>) -> Vec<f64> {
    let steps = AnySteps::new(paths);
    let room = || Accumulation::new(&steps);
    let n = paths.csr.node_count();
    fold(n, paths.csr.arc_count(), room, |accumulation, block, row| {
        for source in block {
            let source = u32::try_from(source).expect("nodes are numbered by 32 bits");
            accumulation.add(source, None, |u, given| arcs.add(u, given, row));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    fn of(csr: &Csr, normalized: bool) -> Vec<(u32, u32, f64)> {
        let found = EdgeBetweenness { length: Length::Weight, normalized }.scores(csr).unwrap();
        found.into_iter().map(|edge| (edge.from, edge.to, edge.score)).collect()
    }

    #[test]
    fn pairs_across_an_edge_are_counted_both_ways_where_it_has_no_direction() {
        assert_eq!(of(&Csr::path(4), false), [(0, 1, 3.0), (1, 2, 4.0), (2, 3, 3.0)]);
        assert_eq!(of(&Csr::path(4), true), [(0, 1, 0.5), (1, 2, 2.0 / 3.0), (2, 3, 0.5)]);
        let directed = Csr::unweighted(3, &[(0, 1), (1, 2)], Direction::Directed);
        assert_eq!(of(&directed, false), [(0, 1, 2.0), (1, 2, 2.0)]);
        assert_eq!(of(&directed, true), [(0, 1, 1.0 / 3.0), (1, 2, 1.0 / 3.0)]);
        let back = Csr::unweighted(3, &[(2, 1), (1, 0)], Direction::Directed);
        assert_eq!(of(&back, false), [(1, 0, 2.0), (2, 1, 2.0)]);
    }

    #[test]
    fn an_edge_that_is_longer_than_the_way_around_is_on_no_path() {
        let triangle =
            |far| Csr::new(3, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, far)], Direction::Undirected);
        assert_eq!(of(&triangle(3.0), false), [(0, 1, 2.0), (0, 2, 0.0), (1, 2, 2.0)]);
        assert_eq!(of(&triangle(2.0), false), [(0, 1, 1.5), (0, 2, 0.5), (1, 2, 1.5)]);
    }

    #[test]
    fn edges_have_places_in_the_order_of_the_rows() {
        let csr = Csr::star(4);
        let arcs = Arcs::new(&csr);
        assert_eq!([0, 1, 2, 3].map(|u| arcs.start(u)), [0, 3, 4, 5]);
        assert_eq!([arcs.place(0, 1), arcs.place(0, 3), arcs.place(2, 0)], [0, 2, 4]);
    }

    #[test]
    fn edges_by_hops_and_by_length_are_the_same() {
        // Of 0 - 1 - 2 and seven more on 2 each edge parts so many from the rest, both ways.
        let leaves = (3..10).map(|leaf| (2, leaf));
        let pairs: Vec<(u32, u32)> = [(0, 1), (1, 2)].into_iter().chain(leaves).collect();
        let csr = Csr::unweighted(10, &pairs, Direction::Undirected);
        let (paths, arcs) =
            (Paths::new(&csr, Length::Hops, Along::Outgoing).unwrap(), Arcs::new(&csr));
        for sums in [by_hops, by_length] {
            let sums = sums(&paths, &arcs);
            let over = |u, v| sums[arcs.place(u, v)];
            let found =
                vec![over(0, 1), over(1, 0), over(1, 2), over(2, 1), over(2, 5), over(5, 2)];
            assert_eq!(found, [9.0, 9.0, 16.0, 16.0, 9.0, 9.0]);
        }
    }
}
