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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Csr, Direction};
    use crate::measure::objective::Even;

    #[test]
    fn moves_are_steps() {
        let csr = Csr::path(3);
        let network = Network::new(&csr, 1.0, vec![1.0; 3], Even { density: 0.1 });
        let mut labels = [2, 0, 1];
        let mut moves = Moves::new(&network, &mut labels);
        assert_eq!((Steps::node_count(&moves), Steps::neighbors(&moves, 1)), (3, &[0, 2][..]));
        assert_eq!([0, 1, 2].map(|u| moves.label(u)), [2, 0, 1]);
        let offer = moves.offer(0, &mut Tally::new(3)).expect("to join 1 is a gain");
        assert!(Moves::<'_, Even>::node(&offer) == 0 && moves.holds(&offer));
        assert_eq!((moves.take(&offer), moves.label(0)), (0, 0));
        assert!(moves.offer(0, &mut Tally::new(3)).is_none());
    }

    #[test]
    fn nodes_move_to_who_they_are_tied_to_most() {
        // A square with strong sides 0 – 1 and 2 – 3, and a leaf of 3.
        let edges = [(0, 1, 5.0), (1, 2, 1.0), (2, 3, 5.0), (3, 0, 1.0), (3, 4, 3.0)];
        let csr = Csr::new(5, &edges, Direction::Undirected);
        let network = Network::new(&csr, 1.0, vec![1.0; 5], Even { density: 1.2 });
        for seed in 0..10 {
            let mut labels = [0, 1, 2, 3, 4];
            let random = &mut Random::new(seed, 0);
            let moved = move_nodes(&network, &mut labels, &Pace::thorough(), random);
            assert!(moved >= 3, "{seed}: {moved}");
            let (pair, triangle) = labels.split_at(2);
            let is_one = |group: &[u32]| group.iter().all(|&label| label == group[0]);
            assert!(is_one(pair) && is_one(triangle), "{seed}: {labels:?}");
            assert_ne!(pair[0], triangle[0], "{seed}: {labels:?}");
            assert_eq!(move_nodes(&network, &mut labels, &Pace::thorough(), random), 0);
        }
    }
}
