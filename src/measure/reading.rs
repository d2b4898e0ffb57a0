//! How a directed graph is read by a measure that knows no direction.

use std::borrow::Cow;

use super::Along;
use crate::error::{Error, Result};
use crate::graph::{Csr, Direction};

/// The graph with each edge running both ways, without a copy where it is so already.
pub(super) fn undirected(csr: &Csr) -> Cow<'_, Csr> {
    if csr.is_directed() { Cow::Owned(csr.to_undirected()) } else { Cow::Borrowed(csr) }
}

/// The graph without edges that weigh 0, without a copy where there are none.
pub(super) fn without_zeros(csr: &Csr) -> Cow<'_, Csr> {
    let none = |u: u32| csr.edges_of(u).all(|(_, weight)| weight.abs() > 0.0);
    if csr.nodes().all(none) {
        return Cow::Borrowed(csr);
    }
    let all = csr.nodes().flat_map(|u| csr.edges_of(u).map(move |(v, weight)| (u, v, weight)));
    let once = all.filter(|&(u, v, weight)| weight.abs() > 0.0 && (csr.is_directed() || u < v));
    let direction = if csr.is_directed() { Direction::Directed } else { Direction::Undirected };
    Cow::Owned(Csr::new(csr.node_count(), &once.collect::<Vec<_>>(), direction))
}

/// The weight of all edges, each counted at both of its ends.
pub(super) fn ends_weight(csr: &Csr) -> f64 {
    csr.nodes().flat_map(|u| csr.edges_of(u)).map(|(_, weight)| weight).sum()
}

/// The weight of the edges that lead from each node, or to it; fails where weights are negative or too large to be added.
pub(super) fn strengths(csr: &Csr, along: Along, measure: &str) -> Result<Vec<f64>> {
    check_not_negative(csr, measure)?;
    let strength = |u: u32| -> f64 {
        match along {
            Along::Outgoing => csr.edges_of(u).map(|(_, weight)| weight).sum(),
            Along::Incoming => csr.in_edges_of(u).map(|(_, weight)| weight).sum(),
        }
    };
    let strengths: Vec<f64> = csr.nodes().map(strength).collect();
    match strengths.iter().position(|total| !total.is_finite()) {
        None => Ok(strengths),
        Some(u) => Err(Error::usage(format!(
            "{measure} cannot add the weights of node {u}: they are too large"
        ))),
    }
}

/// Fails on the first edge whose weight is below 0.
pub(super) fn check_not_negative(csr: &Csr, measure: &str) -> Result<()> {
    for u in csr.nodes() {
        if let Some((v, weight)) = csr.edges_of(u).find(|&(_, weight)| weight < 0.0) {
            return Err(Error::usage(format!(
                "{measure} needs weights of 0 or more: the edge from node {u} to node {v} weighs \
                 {weight}"
            )));
        }
    }
    Ok(())
}
