//! The graph that Louvain, Leiden and the map equation climb: nodes are groups of nodes, with a mass.

use std::ops::Range;

use rayon::prelude::*;

use super::blocks::blocks;
use super::members::{Members, number};
use super::objective::{Mass, Objective};
use super::tally::{Tallies, Tally};
use crate::graph::{Csr, WeightRow};

/// A graph of groups. Edges inside a group are left out: moving the group moves them along.
pub(super) struct Network<'a, O: Objective> {
    rows: Rows<'a>,
    /// What weights are multiplied by.
    scale: f64,
    /// What each node adds to the mass of its group.
    pub(super) mass: Vec<O::Mass>,
    /// What is to be made high.
    pub(super) objective: O,
    /// The mean weight of an edge of the first graph: what gains are compared with.
    pub(super) unit: f64,
}

/// Where the edges stand: the first network has those of its graph, without a copy.
enum Rows<'a> {
    Graph(&'a Csr),
    /// By node, in which piece its edges stand; and the pieces, which hold nodes in a row.
    Own {
        piece: Vec<u32>,
        pieces: Vec<Piece>,
    },
}

/// The rows of some nodes, as a thread made them: to copy them into one would take as long as to make them.
struct Piece {
    first: u32,
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl<'a, O: Objective> Network<'a, O> {
    /// The first network of an undirected graph, its weights multiplied by `scale`: each node a group of that mass.
    pub(super) fn new(csr: &'a Csr, scale: f64, mass: Vec<O::Mass>, objective: O) -> Self {
        let ends: f64 = blocks(csr.node_count())
            .map(|block| block.map(|u| row_weight(csr, u)).sum())
            .collect::<Vec<f64>>()
            .iter()
            .sum();
        let unit = scale * ends / (csr.arc_count() as f64).max(1.0);
        Self { rows: Rows::Graph(csr), scale, mass, objective, unit }
    }

    pub(super) fn node_count(&self) -> usize {
        self.mass.len()
    }

    pub(super) fn arc_count(&self) -> usize {
        match &self.rows {
            Rows::Graph(csr) => csr.arc_count(),
            Rows::Own { pieces, .. } => pieces.iter().map(|piece| piece.targets.len()).sum(),
        }
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = u32> + use<O> {
        (0..).take(self.node_count())
    }

    /// The neighbors of `u` and the weights of the edges there, before scaling; no weights where each is 1.
    #[inline]
    fn row(&self, u: u32) -> (&[u32], Option<WeightRow<'_>>) {
        match &self.rows {
            Rows::Graph(csr) => (csr.neighbors(u), csr.weights(u)),
            Rows::Own { piece, pieces } => {
                let piece = &pieces[piece[u as usize] as usize];
                let at = (u - piece.first) as usize;
                let row = piece.starts[at]..piece.starts[at + 1];
                (&piece.targets[row.clone()], Some(WeightRow::Long(&piece.weights[row])))
            }
        }
    }

    pub(super) fn neighbors(&self, u: u32) -> &[u32] {
        self.row(u).0
    }

    /// Calls `each` with every neighbor of `u` and the weight of the edge.
    #[inline]
    pub(super) fn each_edge(&self, u: u32, mut each: impl FnMut(u32, f64)) {
        match self.row(u) {
            (neighbors, Some(weights)) => {
                weights.each(neighbors, |v, weight| each(v, self.scale * weight));
            }
            (neighbors, None) => neighbors.iter().for_each(|&v| each(v, self.scale)),
        }
    }

    /// What the groups that `labels` puts the nodes in weigh, by label.
    pub(super) fn masses(&self, labels: &[u32]) -> Vec<O::Mass> {
        let mut masses = vec![O::Mass::default(); self.node_count()];
        for (&label, &more) in labels.iter().zip(&self.mass) {
            masses[label as usize] = masses[label as usize].and(more);
        }
        if O::Mass::ENCLOSES {
            let inside: Vec<Vec<f64>> = blocks(self.node_count())
                .map(|block| block.map(|u| self.inside(u, labels)).collect())
                .collect();
            for (&label, inside) in labels.iter().zip(inside.into_iter().flatten()) {
                masses[label as usize] = masses[label as usize].enclosing(inside);
            }
        }
        masses
    }

    /// What the edges weigh from a node to lower ones of its group.
    fn inside(&self, u: usize, labels: &[u32]) -> f64 {
        let mut inside = 0.0;
        self.each_edge(number(u), |v, weight| {
            if (v as usize) < u && labels[v as usize] == labels[u] {
                inside += weight;
            }
        });
        inside
    }

    /// The network whose nodes are groups of nodes.
    pub(super) fn aggregated(&self, groups: &Members) -> Network<'static, O> {
        let tallies = Tallies::new(groups.count());
        let made: Vec<(Piece, Vec<O::Mass>)> = groups
            .blocks()
            .into_par_iter()
            .map(|block| tallies.with(|tally| self.piece(groups, block, tally)))
            .collect();
        let mut mass = Vec::with_capacity(groups.count());
        let mut piece = Vec::with_capacity(groups.count());
        let mut pieces = Vec::with_capacity(made.len());
        for (at, (made, masses)) in (0..).zip(made) {
            mass.extend_from_slice(&masses);
            piece.resize(mass.len(), at);
            pieces.push(made);
        }
        let rows = Rows::Own { piece, pieces };
        Network { rows, scale: 1.0, mass, objective: self.objective, unit: self.unit }
    }

    /// The rows of some of the groups, and what these weigh.
    fn piece(
        &self,
        groups: &Members,
        block: Range<usize>,
        tally: &mut Tally,
    ) -> (Piece, Vec<O::Mass>) {
        let nodes = &groups.nodes()[groups.places(&block)];
        let most = nodes.iter().map(|&u| self.neighbors(u).len()).sum();
        let mut piece = Piece {
            first: number(block.start),
            starts: vec![0],
            targets: Vec::with_capacity(most),
            weights: Vec::with_capacity(most),
        };
        let mut masses = Vec::with_capacity(block.len());
        for group in block {
            tally.clear();
            let mut mass = O::Mass::default();
            for &u in groups.of(group) {
                mass = mass.and(self.mass[u as usize]);
                self.each_edge(u, |v, weight| tally.add(groups.group(v), weight));
            }
            let own = number(group);
            masses.push(mass.enclosing(tally.weight(own) / 2.0).settled());
            for &other in tally.groups().iter().filter(|&&other| other != own) {
                piece.targets.push(other);
                piece.weights.push(tally.weight(other));
            }
            piece.starts.push(piece.targets.len());
        }
        (piece, masses)
    }
}

/// What the edges of a node weigh.
pub(super) fn row_weight(csr: &Csr, u: usize) -> f64 {
    csr.edges_of(number(u)).map(|(_, weight)| weight).sum()
}
