//! How a node divides what it gives among those it is tied to, both directions together.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Along;
use super::reading::{check_not_negative, strengths};
use super::shared_neighbors::SharedNeighbors;
use crate::error::Result;
use crate::graph::{Csr, Direction};

/// The ties of a graph with both directions of each added up, as Burt reads them.
pub(super) struct Investment<'a> {
    pub(super) csr: Cow<'a, Csr>,
    /// The weight of all ties of each node.
    pub(super) strength: Vec<f64>,
}

impl<'a> Investment<'a> {
    /// # Errors
    ///
    /// If a weight is below 0, or the weights of a node add up to more than a float holds.
    pub(super) fn new(csr: &'a Csr, measure: &str) -> Result<Self> {
        check_not_negative(csr, measure)?;
        let csr = both_ways(csr);
        let strength = strengths(&csr, Along::Outgoing, measure)?;
        Ok(Self { csr, strength })
    }

    /// The weight of the tie at a place in the row of `u`.
    #[inline]
    pub(super) fn weight(&self, u: u32, place: usize) -> f64 {
        self.csr.weights(u).map_or(1.0, |weights| weights.at(place))
    }

    /// The share of the ties of `u` that the tie at a place in its row has.
    #[inline]
    pub(super) fn share(&self, u: u32, place: usize) -> f64 {
        match self.strength[u as usize] {
            total if total > 0.0 => self.weight(u, place) / total,
            _ => 0.0,
        }
    }

    /// A number for each node, worked out side by side from what its neighbors share with it.
    pub(super) fn of_nodes(
        &self,
        score: impl Fn(&mut SharedNeighbors<'_>, u32) -> f64 + Sync + Send,
    ) -> Vec<f64> {
        let start = || SharedNeighbors::new(&self.csr);
        self.csr.nodes().into_par_iter().with_min_len(64).map_init(start, &score).collect()
    }
}

/// The graph with opposite edges as one, whose weight is the sum of theirs; without weights each counts 1.
fn both_ways(csr: &Csr) -> Cow<'_, Csr> {
    if !csr.is_directed() {
        return Cow::Borrowed(csr);
    }
    let edges: Vec<_> =
        csr.nodes().flat_map(|u| csr.edges_of(u).map(move |(v, weight)| (u, v, weight))).collect();
    Cow::Owned(Csr::new(csr.node_count(), &edges, Direction::Undirected))
}
