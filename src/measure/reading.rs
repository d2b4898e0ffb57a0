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

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(csr: &Csr) -> Vec<(u32, u32, f64)> {
        csr.nodes().flat_map(|u| csr.edges_of(u).map(move |(v, weight)| (u, v, weight))).collect()
    }

    #[test]
    fn edges_that_weigh_nothing_are_left_out() {
        let some = [(0, 1, 0.0), (1, 2, 2.0), (2, 0, -1.0), (2, 1, 0.5)];
        let directed = without_zeros(&Csr::new(3, &some, Direction::Directed)).into_owned();
        assert_eq!(edges(&directed), [(1, 2, 2.0), (2, 0, -1.0), (2, 1, 0.5)]);
        let both_ways = without_zeros(&Csr::new(3, &some[..3], Direction::Undirected)).into_owned();
        assert_eq!(edges(&both_ways), [(0, 2, -1.0), (1, 2, 2.0), (2, 0, -1.0), (2, 1, 2.0)]);
        assert_eq!((both_ways.edge_count(), both_ways.is_directed()), (2, false));
        assert!(matches!(without_zeros(&Csr::path(3)), Cow::Borrowed(_)));
    }

    #[test]
    fn strengths_are_of_what_leaves_or_comes() {
        let csr = Csr::new(3, &[(0, 1, 2.0), (0, 2, 3.0), (2, 1, 4.0)], Direction::Directed);
        let of = |along| strengths(&csr, along, "m").unwrap();
        assert_eq!(of(Along::Outgoing), vec![5.0, 0.0, 4.0]);
        assert_eq!(of(Along::Incoming), vec![0.0, 6.0, 3.0]);
        assert!((ends_weight(&csr) - 9.0).abs() < 1e-12);
        assert!((ends_weight(&Csr::path(3)) - 4.0).abs() < 1e-12, "from either end");
        let message = |edges: &[(u32, u32, f64)]| {
            let csr = Csr::new(3, edges, Direction::Directed);
            strengths(&csr, Along::Incoming, "the m").unwrap_err().to_string()
        };
        assert_eq!(
            message(&[(0, 1, 0.0), (2, 1, -0.5)]),
            "the m needs weights of 0 or more: the edge from node 2 to node 1 weighs -0.5"
        );
        assert_eq!(
            message(&[(0, 1, 1e308), (2, 1, 1e308)]),
            "the m cannot add the weights of node 1: they are too large"
        );
    }
}
