//! What closeness and harmonic centrality add up: a term for each distance.

use std::ops::{ControlFlow, Range};

use rayon::prelude::*;

use super::blocks::fold;
use super::dag::{AnySteps, Dag, Distance, Steps};
use super::hops::{LANES, Sweep};
use super::length::{Length, Paths};

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
    let room = || Sweep::new(n);
    let totals = fold(n.div_ceil(LANES), 2 * n, room, |sweep, batches, row| {
        let (reached, sums) = row.split_at_mut(n);
        for batch in batches {
            let mut far = (0, 0.0);
            let visited = sweep.run(paths, sources(batch, n), |level, v, lanes| {
                if far.0 != level {
                    far = (level, term(f64::from(level)));
                }
                let count = f64::from(lanes.count());
                reached[v as usize] += count;
                sums[v as usize] += count * far.1;
                ControlFlow::<()>::Continue(())
            });
            debug_assert!(visited.is_continue(), "nothing ends the walk");
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
    match AnySteps::new(paths) {
        AnySteps::Whole(steps) => by_steps(&steps, term),
        AnySteps::Real(steps) => by_steps(&steps, term),
    }
}

fn by_steps<D: Distance>(steps: &Steps<D>, term: impl Fn(f64) -> f64 + Sync) -> Vec<(f64, f64)> {
    let nodes = u32::try_from(steps.node_count()).expect("nodes are numbered by 32 bits");
    let sums = |dag: &mut Dag<D>, u: u32| {
        dag.run(steps, u);
        let others = &dag.order[1..];
        let sum = others.iter().map(|&v| term(dag.distance[v as usize].number())).sum();
        (others.len() as f64, sum)
    };
    (0..nodes).into_par_iter().map_init(|| Dag::new(steps), sums).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction, Edge};
    use crate::measure::Along;

    /// From 0 over 1 to 2 and, farther, from 0 to 3; 4 is apart.
    const EDGES: [Edge; 3] = [(0, 1, 1.0), (1, 2, 2.0), (0, 3, 4.0)];

    #[test]
    fn nodes_reached_are_counted_and_their_distances_summed() {
        let csr = Csr::new(5, &EDGES, Direction::Directed);
        let sums = |length, along| {
            distance_sums(&Paths::new(&csr, length, along).unwrap(), |distance| distance)
        };
        let out = [(3.0, 4.0), (1.0, 1.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)];
        assert_eq!(sums(Length::Hops, Along::Outgoing), out);
        let incoming = [(0.0, 0.0), (1.0, 1.0), (2.0, 3.0), (1.0, 1.0), (0.0, 0.0)];
        assert_eq!(sums(Length::Hops, Along::Incoming), incoming);
        let out = [(3.0, 8.0), (1.0, 2.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)];
        assert_eq!(sums(Length::Weight, Along::Outgoing), out);
        // One over 1, 2 and 4: lengths that are not whole.
        let out = [(3.0, 1.0 + 1.5 + 0.25), (1.0, 0.5), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)];
        assert_eq!(sums(Length::Reciprocal, Along::Outgoing), out);
    }

    #[test]
    fn more_nodes_than_are_walked_from_at_once_all_count() {
        // Each of a ring of 600 has two at every distance below 300 and one across.
        let ring = Csr::cycle(600);
        let paths = Paths::new(&ring, Length::Hops, Along::Outgoing).unwrap();
        assert_eq!(distance_sums(&paths, |_| 1.0), [(599.0, 599.0); 600]);
        let sum = 2.0 * (299.0 * 300.0 / 2.0) + 300.0;
        assert_eq!(distance_sums(&paths, |distance| distance), [(599.0, sum); 600]);
        assert_eq!([0, 1, 2].map(|batch| sources(batch, 600)), [0..256, 256..512, 512..600]);
    }
}
