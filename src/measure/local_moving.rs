//! Moving single nodes to the group where they raise the quality most, until none does.

use super::mover::{self, Steps};
use super::moves::{Moves, Offer};
use super::network::Network;
use super::objective::Objective;
use super::pace::Pace;
use super::tally::Tally;
use crate::random::Random;

/// Moves nodes between the groups of `labels` until no single move raises the quality, or the pace ends it. Says how often one
/// moved.
///
/// Labels lie below the number of nodes; empty groups are used for nodes better off alone.
pub(super) fn move_nodes<O: Objective>(
    network: &Network<O>,
    labels: &mut [u32],
    pace: &Pace,
    random: &mut Random,
) -> usize {
    mover::run(&mut Moves::new(network, labels), pace, random)
}

impl<O: Objective> Steps for Moves<'_, O> {
    type Offer = Offer;

    fn node_count(&self) -> usize {
        self.network.node_count()
    }

    fn neighbors(&self, u: u32) -> &[u32] {
        self.network.neighbors(u)
    }

    fn label(&self, u: u32) -> u32 {
        self.labels[u as usize]
    }

    fn offer(&self, u: u32, tally: &mut Tally) -> Option<Offer> {
        self.better(u, tally)
    }

    fn node(offer: &Offer) -> u32 {
        offer.node
    }

    fn holds(&self, offer: &Offer) -> bool {
        self.still_gains(offer)
    }

    fn take(&mut self, offer: &Offer) -> u32 {
        self.put(offer)
    }
}
