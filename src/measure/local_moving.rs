//! Moving single nodes to the group where they raise the quality most, until none does.

use rayon::prelude::*;

use super::moves::{Moves, Offer};
use super::network::Network;
use super::objective::Objective;
use super::pace::Pace;
use super::queue::Queue;
use super::tally::{Tallies, Tally};
use crate::random::Random;

/// How many nodes a thread takes at a time.
const SHARE: usize = 64;

/// Fewer nodes than that are not worth a batch.
const FEW: usize = 512;

/// Moves nodes between the groups of `labels` until no single move raises the quality, or the pace ends it. Says whether
/// any moved.
///
/// Each node is visited once in random order, and again whenever a neighbor has left for another
/// group. Labels lie below the number of nodes; empty groups are used for nodes better off alone.
pub(super) fn move_nodes<O: Objective>(
    network: &Network<O>,
    labels: &mut [u32],
    pace: &Pace,
    random: &mut Random,
) -> bool {
    let mut queue = Queue::new(pace.order(network.node_count(), random));
    let mut moves = Moves::new(network, labels);
    let mut left = pace.arcs;
    let mut moved = false;
    if pace.batch > 1 {
        let mut batches = Batches::new(network.node_count());
        while left > 0 && queue.len() >= FEW.min(pace.batch) {
            let batch = queue.take(pace.batch);
            left = left.saturating_sub(batch.iter().map(|&u| effort(network, u)).sum());
            moved |= batches.move_batch(&mut moves, &mut queue, &batch);
        }
    }
    moved | move_singly(&mut moves, &mut queue, left)
}

/// What it takes to look at a node, in arcs.
fn effort<O: Objective>(network: &Network<O>, u: u32) -> usize {
    network.neighbors(u).len().max(1)
}

/// Moves node after node, each with the groups as the last one left them.
fn move_singly<O: Objective>(moves: &mut Moves<O>, queue: &mut Queue, mut left: usize) -> bool {
    let mut tally = Tally::new(moves.network.node_count());
    let mut moved = false;
    while left > 0
        && let Some(u) = queue.pop()
    {
        left = left.saturating_sub(effort(moves.network, u));
        let Some(offer) = moves.offer(u, &mut tally) else {
            continue;
        };
        let group = moves.put(&offer);
        moved = true;
        for &v in moves.network.neighbors(u) {
            if moves.labels[v as usize] != group {
                queue.push(v);
            }
        }
    }
    moved
}

/// Moves of many nodes as one: all find their best groups as the batch found the groups, and of neighbors that
/// would move only the first may.
///
/// So a move in a batch gains what it would gain alone, but for what the moves before it did to the mass of the two groups; where that
/// leaves no gain, the node waits again. Batches are the same whatever the number of threads.
struct Batches {
    tallies: Tallies,
    /// By node, its place among those of a batch that would move.
    turn: Vec<u32>,
}

impl Batches {
    fn new(node_count: usize) -> Self {
        Self { tallies: Tallies::new(node_count), turn: vec![u32::MAX; node_count] }
    }

    /// Moves nodes that were taken from the queue. Says whether any moved.
    fn move_batch<O: Objective>(
        &mut self,
        moves: &mut Moves<O>,
        queue: &mut Queue,
        batch: &[u32],
    ) -> bool {
        let offers = self.offers(moves, batch);
        for (at, offer) in (0..).zip(&offers) {
            self.turn[offer.node as usize] = at;
        }
        let stirred: Vec<Option<Vec<u32>>> = offers
            .par_iter()
            .with_min_len(SHARE)
            .map(|offer| stirred(moves, queue, offer, &self.turn))
            .collect();
        let mut moved = false;
        for (offer, stirred) in offers.iter().zip(stirred) {
            self.turn[offer.node as usize] = u32::MAX;
            if let Some(stirred) = stirred.filter(|_| moves.still_gains(offer)) {
                moves.put(offer);
                moved = true;
                stirred.into_iter().for_each(|v| queue.push(v));
            } else {
                queue.push(offer.node);
            }
        }
        moved
    }

    /// Where the nodes of a batch would move.
    fn offers<O: Objective>(&self, moves: &Moves<O>, batch: &[u32]) -> Vec<Offer> {
        let offers = |share: &[u32]| -> Vec<Offer> {
            self.tallies
                .with(|tally| share.iter().filter_map(|&u| moves.offer(u, tally)).collect())
        };
        batch.par_chunks(SHARE).flat_map_iter(offers).collect()
    }
}

/// The neighbors that must be looked at again once a node has moved; none if a neighbor would move before it.
fn stirred<O: Objective>(
    moves: &Moves<O>,
    queue: &Queue,
    offer: &Offer,
    turn: &[u32],
) -> Option<Vec<u32>> {
    let neighbors = moves.network.neighbors(offer.node);
    let own = turn[offer.node as usize];
    let mut stirred = Vec::new();
    for &v in neighbors {
        if turn[v as usize] < own {
            return None;
        }
        if !queue.waits(v) && moves.labels[v as usize] != offer.group {
            stirred.push(v);
        }
    }
    Some(stirred)
}
