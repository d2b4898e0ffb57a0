//! What Louvain and Leiden share: level upon level of moves, from several starts.

use rayon::prelude::*;

use super::local_moving::move_nodes;
use super::network::Network;
use super::reading::undirected;
use super::refinement::refine;
use super::{Partition, Quality};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::random::Random;

/// How many arcs' worth of starts a small graph is given.
const ARCS: usize = 500_000;

/// Several climbs and the best of them.
pub(super) struct Starts {
    pub(super) quality: Quality,
    pub(super) seed: u64,
    pub(super) count: Option<usize>,
}

impl Starts {
    /// The partition of highest quality that `climb` comes to; of equals, that of the first start.
    pub(super) fn best(
        &self,
        csr: &Csr,
        climb: impl Fn(&Network, &mut Random) -> Vec<u32> + Sync,
    ) -> Result<Partition> {
        if self.count == Some(0) {
            return Err(Error::usage("`starts` must be 1 or more"));
        }
        self.quality.check(csr)?;
        let csr = undirected(csr);
        let usual = (ARCS / csr.arc_count().max(1)).clamp(5, 100);
        let count = self.count.unwrap_or(usual);
        let network = Network::new(&csr, &self.quality);
        let found: Vec<(f64, Partition)> = (0..count as u64)
            .into_par_iter()
            .map(|start| {
                let labels = climb(&network, &mut Random::new(self.seed, start));
                let partition = Partition::from_labels(&labels);
                (self.quality.value_of(&csr, &partition), partition)
            })
            .collect();
        let better = |best: (f64, Partition), next: (f64, Partition)| {
            if next.0 > best.0 { next } else { best }
        };
        let best = found.into_iter().reduce(better);
        Ok(best.expect("there is a start").1)
    }
}

/// Moves nodes, makes each group a node, and so on until nothing changes: one iteration. Says
/// whether a node moved.
///
/// With `randomness` the groups are refined first and the parts become the nodes (Leiden);
/// without, the groups themselves do (Louvain).
pub(super) fn climb(
    base: &Network,
    labels: &mut Vec<u32>,
    randomness: Option<f64>,
    random: &mut Random,
) -> bool {
    let mut place: Vec<u32> = base.nodes().collect();
    let mut groups = std::mem::take(labels);
    let mut level: Option<Network> = None;
    let mut moved = false;
    loop {
        let network = level.as_ref().unwrap_or(base);
        moved |= move_nodes(network, &mut groups, random);
        let group_count = renumber(&mut groups);
        let mut parts = match randomness {
            Some(randomness) => refine(network, &groups, randomness, random),
            None => groups.clone(),
        };
        let part_count = renumber(&mut parts);
        if group_count == network.node_count() || part_count == network.node_count() {
            break;
        }
        let mut upper = vec![0; part_count];
        for (&part, &group) in parts.iter().zip(&groups) {
            upper[part as usize] = group;
        }
        for u in &mut place {
            *u = parts[*u as usize];
        }
        level = Some(network.aggregated(&parts, part_count));
        groups = upper;
    }
    *labels = place.iter().map(|&u| groups[u as usize]).collect();
    moved
}

/// Numbers the labels from 0 in the order in which they appear, and says how many there are.
fn renumber(labels: &mut [u32]) -> usize {
    let mut number = vec![u32::MAX; labels.len()];
    let mut count = 0;
    for label in labels {
        let number = &mut number[*label as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *label = *number;
    }
    count as usize
}
