//! The immutable compact graph that is measured: sorted rows, both directions.

mod arcs;
mod rows;
mod weights;

use std::ops::Range;

use arcs::{Ends, Wide};
use rows::Rows;
pub(crate) use rows::SortedRows;
pub(super) use weights::Held;
pub use weights::WeightRow;

/// Whether an edge runs both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Each edge runs both ways; it is one edge, stored in the rows of both its ends.
    #[default]
    Undirected,
    /// Each edge runs from its first node to its second.
    Directed,
}

/// An immutable graph in compressed sparse rows.
///
/// Nodes are `0..node_count`. Neighbors of a node are sorted and distinct: parallel edges are
/// one edge whose weight is their sum, because ten calls between two phones are not ten paths.
/// An edge from a node to itself is left out and counted in [`loops`](Self::loops).
///
/// - **Shape**: rows of 32-bit neighbors, out and in; an undirected graph stores its rows once.
/// - **Cost**: 4 bytes an arc and direction; where there are weights 4 more if that holds each of them without loss, else 8; 8 a node.
///   Linear time to make, on all threads.
///
/// # Examples
///
/// ```
/// use kluwen::graph::{Csr, Direction};
///
/// let csr = Csr::new(3, &[(0, 1, 2.0), (0, 1, 1.0), (1, 2, 1.0)], Direction::Undirected);
/// assert_eq!(csr.edge_count(), 2);
/// assert_eq!(csr.neighbors(1), [0, 2]);
/// assert_eq!(csr.edges_of(1).collect::<Vec<_>>(), [(0, 3.0), (2, 1.0)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Csr {
    out: Rows,
    incoming: Option<Rows>,
    edges: usize,
    loops: usize,
}

/// An edge: its two nodes and its weight.
pub type Edge = (u32, u32, f64);

/// How many edges are sorted at a time.
const BLOCK: usize = 1 << 16;

impl Csr {
    /// A weighted graph of `node_count` nodes from a list of edges in any order.
    ///
    /// # Panics
    ///
    /// If an edge names a node that is not below `node_count`, or a weight is not finite.
    #[must_use]
    pub fn new(node_count: usize, edges: &[Edge], direction: Direction) -> Self {
        let fits = |&(u, v, w): &Edge| {
            (u as usize) < node_count && (v as usize) < node_count && w.is_finite()
        };
        assert!(
            edges.iter().all(fits),
            "each edge joins two nodes of the graph by a finite weight"
        );
        let short = edges.iter().all(|&(_, _, weight)| f32::exactly(weight).is_some());
        let blocks = || edges.chunks(BLOCK).map(Wide).collect::<Vec<_>>();
        let rows = |ends| {
            let short = short.then(|| Rows::from_blocks::<f32, _>(node_count, blocks(), ends));
            short.flatten().unwrap_or_else(|| {
                Rows::from_blocks::<f64, _>(node_count, blocks(), ends).expect("no sum is too wide")
            })
        };
        let loops = edges.iter().filter(|(u, v, _)| u == v).count();
        Self::from_rows(rows, direction, loops)
    }

    /// A graph without weights from a list of pairs; every edge counts 1, however often it is named.
    ///
    /// # Panics
    ///
    /// If a pair names a node that is not below `node_count`.
    #[must_use]
    pub fn unweighted(node_count: usize, pairs: &[(u32, u32)], direction: Direction) -> Self {
        let fits = |&(u, v): &(u32, u32)| (u as usize) < node_count && (v as usize) < node_count;
        assert!(pairs.iter().all(fits), "each edge joins two nodes of the graph");
        let rows = |ends| {
            let blocks = pairs.chunks(BLOCK).collect();
            Rows::from_blocks::<(), _>(node_count, blocks, ends).expect("without weights, no sums")
        };
        let loops = pairs.iter().filter(|(u, v)| u == v).count();
        Self::from_rows(rows, direction, loops)
    }

    /// A graph of blocks of edges; `None` if the weights of parallel edges add up to what `W` does not hold.
    pub(super) fn from_blocks<W: Held>(
        node_count: usize,
        blocks: Vec<Vec<(u32, u32, W)>>,
        direction: Direction,
    ) -> Option<Self> {
        let loops = blocks.iter().flatten().filter(|(u, v, _)| u == v).count();
        if direction == Direction::Undirected {
            // Each block is given back as soon as it is sorted.
            let out = Rows::from_blocks(node_count, blocks, Ends::Both)?;
            let edges = out.targets.len() / 2;
            return Some(Self { out, incoming: None, edges, loops });
        }
        let rows = |ends| {
            let blocks = blocks.iter().map(Vec::as_slice).collect();
            Rows::from_blocks::<W, &[(u32, u32, W)]>(node_count, blocks, ends)
        };
        let (out, incoming) = (rows(Ends::First)?, rows(Ends::Second)?);
        let edges = out.targets.len();
        Some(Self { out, incoming: Some(incoming), edges, loops })
    }

    /// An undirected graph of blocks of rows that are sorted, one after another: each edge stands in the rows of both its ends.
    pub(crate) fn of_sorted_rows(blocks: &[SortedRows]) -> Self {
        let out = Rows::of_sorted(blocks);
        let edges = out.targets.len() / 2;
        Self { out, incoming: None, edges, loops: 0 }
    }

    fn from_rows(rows: impl Fn(Ends) -> Rows, direction: Direction, loops: usize) -> Self {
        let (out, incoming, ends) = match direction {
            Direction::Directed => (rows(Ends::First), Some(rows(Ends::Second)), 1),
            Direction::Undirected => (rows(Ends::Both), None, 2),
        };
        let edges = out.targets.len() / ends;
        Self { out, incoming, edges, loops }
    }

    /// The same edges without their weights.
    #[must_use]
    pub fn without_weights(mut self) -> Self {
        self.out.weights = None;
        if let Some(rows) = &mut self.incoming {
            rows.weights = None;
        }
        self
    }

    /// How many nodes there are.
    #[must_use]
    #[inline]
    pub fn node_count(&self) -> usize {
        self.out.offsets.len() - 1
    }

    /// How many edges there are; an undirected edge counts once.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges
    }

    /// How many entries the rows hold: an undirected edge stands in two rows.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.out.targets.len()
    }

    /// How many edges from a node to itself were left out.
    #[must_use]
    pub fn loops(&self) -> usize {
        self.loops
    }

    /// Whether edges run one way only.
    #[must_use]
    pub fn is_directed(&self) -> bool {
        self.incoming.is_some()
    }

    /// Whether edges have weights; without, each counts 1.
    #[must_use]
    pub fn is_weighted(&self) -> bool {
        self.out.weights.is_some()
    }

    /// All nodes, in order.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² nodes; the graph cannot name more.
    #[must_use]
    pub fn nodes(&self) -> Range<u32> {
        0..u32::try_from(self.node_count()).expect("nodes are numbered by 32 bits")
    }

    /// The nodes that `u` has an edge to, sorted.
    #[must_use]
    #[inline]
    pub fn neighbors(&self, u: u32) -> &[u32] {
        self.out.row(u)
    }

    /// The weights of the edges to [`neighbors`](Self::neighbors), in the same order.
    #[must_use]
    #[inline]
    pub fn weights(&self, u: u32) -> Option<WeightRow<'_>> {
        self.out.row_weights(u)
    }

    /// The nodes that have an edge to `u`, sorted; the neighbors where edges run both ways.
    #[must_use]
    #[inline]
    pub fn in_neighbors(&self, u: u32) -> &[u32] {
        self.incoming.as_ref().unwrap_or(&self.out).row(u)
    }

    /// The weights of the edges from [`in_neighbors`](Self::in_neighbors), in the same order.
    #[must_use]
    #[inline]
    pub fn in_weights(&self, u: u32) -> Option<WeightRow<'_>> {
        self.incoming.as_ref().unwrap_or(&self.out).row_weights(u)
    }

    /// The neighbors of `u` with the weight of each edge, 1 where there are no weights.
    pub fn edges_of(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.out.weighted_row(u)
    }

    /// The in-neighbors of `u` with the weight of each edge, 1 where there are no weights.
    pub fn in_edges_of(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.incoming.as_ref().unwrap_or(&self.out).weighted_row(u)
    }

    /// The same graph with each edge running both ways; weights of opposite edges add up.
    #[must_use]
    pub fn to_undirected(&self) -> Self {
        if !self.is_directed() {
            return self.clone();
        }
        let edges: Vec<Edge> =
            self.nodes().flat_map(|u| self.edges_of(u).map(move |(v, w)| (u, v, w))).collect();
        let flat = Self::new(self.node_count(), &edges, Direction::Undirected);
        let flat = if self.is_weighted() { flat } else { flat.without_weights() };
        Self { loops: self.loops, ..flat }
    }

    /// The edges that lead from nodes with `from` to others, as a directed graph: of a two-mode graph, all of them from one side to the
    /// other.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::graph::Csr;
    ///
    /// let oriented = Csr::path(3).oriented(|node| node != 1);
    /// assert_eq!((oriented.neighbors(0), oriented.neighbors(1), oriented.neighbors(2)), (&[1][..], &[][..], &[1][..]));
    /// ```
    #[must_use]
    pub fn oriented(&self, from: impl Fn(u32) -> bool) -> Self {
        let leads = |u: u32, v: u32| from(u) && !from(v);
        let edges: Vec<Edge> = self
            .nodes()
            .flat_map(|u| self.edges_of(u).map(move |(v, w)| (u, v, w)))
            .filter(|&(u, v, _)| leads(u, v))
            .collect();
        let directed = Self::new(self.node_count(), &edges, Direction::Directed);
        if self.is_weighted() { directed } else { directed.without_weights() }
    }
}
