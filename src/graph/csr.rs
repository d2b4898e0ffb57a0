//! The immutable compact graph that is measured: sorted rows, both directions.

use std::ops::Range;

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
/// - **Cost**: 4 bytes an arc and direction, 8 more where there are weights, 8 a node.
///
/// # Examples
///
/// ```
/// use kluwen::graph::{Csr, Direction};
///
/// let csr = Csr::new(3, &[(0, 1, 2.0), (0, 1, 1.0), (1, 2, 1.0)], Direction::Undirected);
/// assert_eq!(csr.edge_count(), 2);
/// assert_eq!(csr.neighbors(1), [0, 2]);
/// assert_eq!(csr.weights(1), Some(&[3.0, 1.0][..]));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Csr {
    out: Rows,
    incoming: Option<Rows>,
    edges: usize,
    loops: usize,
}

/// One direction of a graph.
#[derive(Clone, Debug, PartialEq)]
struct Rows {
    /// `offsets[u]..offsets[u + 1]` is the row of `u`.
    offsets: Vec<usize>,
    targets: Vec<u32>,
    weights: Option<Vec<f64>>,
}

/// An edge: its two nodes and its weight.
pub type Edge = (u32, u32, f64);

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
        let loops = edges.iter().filter(|(u, v, _)| u == v).count();
        match direction {
            Direction::Directed => {
                let out = Rows::from_arcs(node_count, arcs(edges));
                let incoming = out.transposed();
                let edges = out.targets.len();
                Self { out, incoming: Some(incoming), edges, loops }
            }
            Direction::Undirected => {
                let both = arcs(edges).chain(arcs(edges).map(|(u, v, w)| (v, u, w)));
                let out = Rows::from_arcs(node_count, both);
                let edges = out.targets.len() / 2;
                Self { out, incoming: None, edges, loops }
            }
        }
    }

    /// A graph without weights from a list of pairs; every edge counts 1, however often it is named.
    ///
    /// # Panics
    ///
    /// If a pair names a node that is not below `node_count`.
    #[must_use]
    pub fn unweighted(node_count: usize, pairs: &[(u32, u32)], direction: Direction) -> Self {
        let edges: Vec<Edge> = pairs.iter().map(|&(u, v)| (u, v, 1.0)).collect();
        Self::new(node_count, &edges, direction).without_weights()
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
    pub fn neighbors(&self, u: u32) -> &[u32] {
        self.out.row(u)
    }

    /// The weights of the edges to [`neighbors`](Self::neighbors), in the same order.
    #[must_use]
    pub fn weights(&self, u: u32) -> Option<&[f64]> {
        self.out.row_weights(u)
    }

    /// The nodes that have an edge to `u`, sorted; the neighbors where edges run both ways.
    #[must_use]
    pub fn in_neighbors(&self, u: u32) -> &[u32] {
        self.incoming.as_ref().unwrap_or(&self.out).row(u)
    }

    /// The weights of the edges from [`in_neighbors`](Self::in_neighbors), in the same order.
    #[must_use]
    pub fn in_weights(&self, u: u32) -> Option<&[f64]> {
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

/// The edges that join two different nodes.
fn arcs(edges: &[Edge]) -> impl Iterator<Item = Edge> + Clone + '_ {
    edges.iter().copied().filter(|(u, v, _)| u != v)
}

impl Rows {
    /// Counting sort by target, then by source: rows come out sorted in linear time.
    fn from_arcs(node_count: usize, arcs: impl Iterator<Item = Edge> + Clone) -> Self {
        let by_target = scatter(node_count, arcs, |&(_, v, _)| v);
        let by_source = scatter(node_count, by_target.into_iter(), |&(u, _, _)| u);
        Self::merged(node_count, &by_source)
    }

    /// Rows from arcs sorted by source and target; the weights of equal arcs are added.
    fn merged(node_count: usize, arcs: &[Edge]) -> Self {
        let mut offsets = vec![0; node_count + 1];
        let mut targets = Vec::with_capacity(arcs.len());
        let mut weights = Vec::with_capacity(arcs.len());
        let mut equal = Vec::new();
        for run in arcs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (u, v, _) = run[0];
            offsets[u as usize + 1] += 1;
            targets.push(v);
            weights.push(sum_in_any_order(run, &mut equal));
        }
        for u in 0..node_count {
            offsets[u + 1] += offsets[u];
        }
        Self { offsets, targets, weights: Some(weights) }
    }

    fn transposed(&self) -> Self {
        let node_count = self.offsets.len() - 1;
        let reversed = (0..node_count).flat_map(|u| {
            let u = u32::try_from(u).expect("nodes are numbered by 32 bits");
            self.weighted_row(u).map(move |(v, w)| (v, u, w))
        });
        Self::merged(node_count, &scatter(node_count, reversed, |&(u, _, _)| u))
    }

    fn range(&self, u: u32) -> Range<usize> {
        self.offsets[u as usize]..self.offsets[u as usize + 1]
    }

    fn row(&self, u: u32) -> &[u32] {
        &self.targets[self.range(u)]
    }

    fn row_weights(&self, u: u32) -> Option<&[f64]> {
        self.weights.as_ref().map(|weights| &weights[self.range(u)])
    }

    fn weighted_row(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone + '_ {
        let weights = self.row_weights(u);
        let weight = move |i: usize| weights.map_or(1.0, |weights| weights[i]);
        self.row(u).iter().enumerate().map(move |(i, &v)| (v, weight(i)))
    }
}

/// The sum of the weights of a run, the same to the bit however the run is ordered.
fn sum_in_any_order(run: &[Edge], sorted: &mut Vec<f64>) -> f64 {
    if let [only] = run {
        return only.2;
    }
    sorted.clear();
    sorted.extend(run.iter().map(|edge| edge.2));
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.iter().sum()
}

/// A stable counting sort of `arcs` by `key`.
fn scatter(
    node_count: usize,
    arcs: impl Iterator<Item = Edge> + Clone,
    key: impl Fn(&Edge) -> u32,
) -> Vec<Edge> {
    let mut next = vec![0_usize; node_count + 1];
    for arc in arcs.clone() {
        next[key(&arc) as usize + 1] += 1;
    }
    for u in 0..node_count {
        next[u + 1] += next[u];
    }
    let mut sorted = vec![(0, 0, 0.0); next[node_count]];
    for arc in arcs {
        let slot = &mut next[key(&arc) as usize];
        sorted[*slot] = arc;
        *slot += 1;
    }
    sorted
}
