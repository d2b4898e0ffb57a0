//! What closeness and harmonic centrality add up: a term for each distance.

use std::ops::Range;

use rayon::prelude::*;

use super::blocks::fold;
use super::hops::{LANES, Sweep};
use super::length::{Length, Paths};
use super::search::Search;

/// For each node, how many other nodes a path joins it to, and the sum of `term(distance)` over
/// them.
pub(super) fn distance_sums(
    paths: &Paths<'_>,
    term: impl Fn(f64) -> f64 + Sync,
) -> Vec<(f64, f64)> {
    match paths.length {
        Length::Hops => by_hops(&paths.reversed(), term),
        Length::Weight | Length::Reciprocal | Length::Certainty => by_length(paths, term),
    }
}

/// Walks from all sources and adds up at the nodes visited, so `paths` run the other way.
fn by_hops(paths: &Paths<'_>, term: impl Fn(f64) -> f64 + Sync) -> Vec<(f64, f64)> {
    let n = paths.csr.node_count();
    let totals = fold(n.div_ceil(LANES), 2 * n, |batches, row| {
        let (reached, sums) = row.split_at_mut(n);
        let mut sweep = Sweep::new(n);
        for batch in batches {
            sweep.run(paths, sources(batch, n), |v, count, level| {
                reached[v as usize] += f64::from(count);
                sums[v as usize] += f64::from(count) * term(f64::from(level));
            });
        }
    });
    let (reached, sums) = totals.split_at(n);
    reached.iter().copied().zip(sums.iter().copied()).collect()
}

fn sources(batch: usize, n: usize) -> Range<u32> {
    let node = |i: usize| u32::try_from(i).expect("nodes are numbered by 32 bits");
    node(batch * LANES)..node(((batch + 1) * LANES).min(n))
}

/// Searches from each node; its sum is its own, so no order across nodes matters.
fn by_length(paths: &Paths<'_>, term: impl Fn(f64) -> f64 + Sync) -> Vec<(f64, f64)> {
    paths
        .csr
        .nodes()
        .into_par_iter()
        .map_init(
            || Search::new(paths.csr.node_count()),
            |search, u| {
                search.run(paths, u, None);
                let others = &search.order[1..];
                let sum = others.iter().map(|&v| term(search.distance[v as usize])).sum();
                (others.len() as f64, sum)
            },
        )
        .collect()
}
