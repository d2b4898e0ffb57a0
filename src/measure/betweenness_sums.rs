//! The sums of dependencies that betweenness is, by hops or by length.

use super::Along;
use std::sync::OnceLock;

use super::blocks::fold;
use super::brandes::{Accumulation, Given};
use super::brandes_batch::{Batch, Standing};
use super::dag::AnySteps;
use super::folding::Folded;
use super::hops::{LANES, Sweep};
use super::length::{Length, Paths};
use super::levels::{BATCH, Levels};
use crate::error::Result;
use crate::graph::Csr;

/// For each node, the sum over ordered pairs of others of the share of shortest paths through it.
pub(super) fn betweenness_sums(csr: &Csr, length: Length) -> Result<Vec<f64>> {
    let paths = Paths::new(csr, length, Along::Outgoing)?;
    if csr.is_directed() {
        return Ok(dependencies(&paths, &side_by_side(csr), None));
    }
    let Folded { core, nodes, standing, mut between } = Folded::new(csr);
    let paths = Paths::new(&core, length, Along::Outgoing)?;
    let sources = side_by_side(&core);
    let sums = dependencies(&paths, &sources, Some(&standing));
    for (&u, sum) in nodes.iter().zip(sums) {
        between[u as usize] += sum;
    }
    Ok(between)
}

/// The nodes that have a neighbor, each near those before it: sources that share a batch then have most
/// nodes at the same distances, and there is less to do.
pub(super) fn side_by_side(core: &Csr) -> Vec<u32> {
    let mut found = vec![false; core.node_count()];
    let mut order = Vec::with_capacity(core.node_count());
    let mut head = 0;
    for start in core.nodes().filter(|&u| !core.neighbors(u).is_empty()) {
        if !std::mem::replace(&mut found[start as usize], true) {
            order.push(start);
        }
        while let Some(&u) = order.get(head) {
            head += 1;
            for &v in core.neighbors(u) {
                if !std::mem::replace(&mut found[v as usize], true) {
                    order.push(v);
                }
            }
        }
    }
    order
}

/// The sum of the dependencies of `sources` on each node.
pub(super) fn dependencies(paths: &Paths<'_>, sources: &[u32], standing: Standing<'_>) -> Vec<f64> {
    match paths.length {
        Length::Hops => by_hops(paths, sources, standing),
        Length::Weight | Length::Reciprocal | Length::Certainty => {
            by_length(paths, sources, standing)
        }
    }
}

fn by_hops(paths: &Paths<'_>, sources: &[u32], standing: Standing<'_>) -> Vec<f64> {
    let n = paths.csr.node_count();
    let wide = Wider::new(*paths);
    let room = || (Sweep::new(n), Levels::default(), Batch::new(n));
    let groups: Vec<&[u32]> = sources.chunks(group_size(sources.len())).collect();
    fold(groups.len(), n, room, |(sweep, levels, batch), block, row| {
        for group in &groups[block] {
            levels.batches(sweep, paths, group, |sources, eight| {
                let too_many = batch.add(paths, (sources, eight), standing, row);
                wide.add(sources, too_many, standing, |u, given| {
                    if let Given::Node(dependency) = given {
                        row[u as usize] += dependency;
                    }
                });
            });
        }
    })
}

/// How many sources share a walk: as many as can, but that there is work for some threads.
pub(super) fn group_size(sources: usize) -> usize {
    sources.div_ceil(16).next_multiple_of(BATCH).clamp(BATCH, LANES)
}

/// What takes over from a batch where paths are too many for a float; made when that comes up.
pub(super) struct Wider<'a> {
    paths: Paths<'a>,
    steps: OnceLock<AnySteps>,
}

impl<'a> Wider<'a> {
    pub(super) fn new(paths: Paths<'a>) -> Self {
        Self { paths, steps: OnceLock::new() }
    }

    /// Adds what those of `sources` give that have a bit in `lanes`.
    pub(super) fn add(
        &self,
        sources: &[u32],
        lanes: u8,
        standing: Standing<'_>,
        mut give: impl FnMut(u32, Given),
    ) {
        if lanes == 0 {
            return;
        }
        let mut accumulation =
            Accumulation::new(self.steps.get_or_init(|| AnySteps::new(&self.paths)));
        for (lane, &source) in sources.iter().enumerate() {
            if lanes & (1 << lane) != 0 {
                accumulation.add(source, standing, &mut give);
            }
        }
    }
}

fn by_length(paths: &Paths<'_>, sources: &[u32], standing: Standing<'_>) -> Vec<f64> {
    let n = paths.csr.node_count();
    let steps = AnySteps::new(paths);
    let room = || Accumulation::new(&steps);
    fold(sources.len(), n, room, |accumulation, block, row| {
        for &source in &sources[block] {
            accumulation.add(source, standing, |u, given| {
                if let Given::Node(dependency) = given {
                    row[u as usize] += dependency;
                }
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn sources_side_by_side_are_those_with_ties_in_the_order_of_a_search() {
        let csr = Csr::unweighted(7, &[(1, 5), (5, 3), (1, 6), (2, 4)], Direction::Undirected);
        assert_eq!(side_by_side(&csr), [1, 5, 6, 3, 2, 4]);
    }

    #[test]
    fn groups_are_whole_batches_for_sixteen_threads_or_more() {
        let table =
            [(0, 8), (1, 8), (128, 8), (129, 16), (256, 16), (4096, 256), (4097, 256), (9999, 256)];
        for (sources, wanted) in table {
            assert_eq!(group_size(sources), wanted, "{sources}");
        }
    }

    #[test]
    fn a_hub_behind_a_chain_is_between_by_hops_and_by_length() {
        // 0 - 1 - 2, and seven more on 2: behind 1 are eight of them, behind 2 seven.
        let leaves = (3..10).map(|leaf| (2, leaf));
        let pairs: Vec<(u32, u32)> = [(0, 1), (1, 2)].into_iter().chain(leaves).collect();
        let csr = Csr::unweighted(10, &pairs, Direction::Undirected);
        let paths = Paths::new(&csr, Length::Hops, Along::Outgoing).unwrap();
        let mut standing = vec![1.0; 10];
        (standing[0], standing[9]) = (2.0, 4.0);
        for sums in [by_hops, by_length] {
            let from = |sources: &[u32], standing| sums(&paths, sources, standing)[..4].to_vec();
            assert_eq!(from(&[0], None), [0.0, 8.0, 7.0, 0.0]);
            // From 3 all but 2 lie behind 2, and 0 behind 1.
            assert_eq!(from(&[3], None), [0.0, 1.0, 8.0, 0.0]);
            assert_eq!(from(&[0, 3], None), [0.0, 9.0, 15.0, 0.0]);
            assert_eq!(from(&[0], Some(&standing)), [0.0, 22.0, 20.0, 0.0]);
            // All pairs in order: of those without 1, 0 and eight others both ways; without 2, 2 × 7 and 7 × 6.
            let all: Vec<u32> = (0..10).collect();
            assert_eq!(from(&all, None), [0.0, 16.0, 28.0 + 42.0, 0.0]);
        }
    }

    #[test]
    fn lanes_say_from_which_sources_a_wide_count_is_made() {
        let csr = Csr::path(4);
        let paths = Paths::new(&csr, Length::Hops, Along::Outgoing).unwrap();
        let wide = Wider::new(paths);
        let counted = |lanes| {
            let mut row = vec![0.0; 4];
            wide.add(&[0, 1, 3], lanes, None, |u, given| {
                if let Given::Node(dependency) = given {
                    row[u as usize] += dependency;
                }
            });
            row
        };
        assert_eq!(counted(0b000), [0.0, 0.0, 0.0, 0.0]);
        assert_eq!(counted(0b001), [0.0, 2.0, 1.0, 0.0]);
        assert_eq!(counted(0b010), [0.0, 0.0, 1.0, 0.0]);
        assert_eq!(counted(0b101), [0.0, 3.0, 3.0, 0.0]);
    }
}
