//! One step along all edges at once: what each node gets from those next to it.

use rayon::prelude::*;

use super::Along;
use super::gather::{gathered, weighted};
use crate::graph::Csr;
use crate::wide::widest;

/// By node, the sum of weight times `from` over its in-neighbours (`Incoming`) or its neighbours (`Outgoing`).
///
/// The sum of a node is taken by one thread in the order of its row, so that it is the same to the bit on any number of threads.
pub(super) fn pull(csr: &Csr, along: Along, from: &[f64]) -> Vec<f64> {
    const BLOCK: usize = 1 << 9;
    let mut sums = vec![0.0; csr.node_count()];
    sums.par_chunks_mut(BLOCK).enumerate().for_each(|(block, sums)| {
        widest(|| {
            for (sum, v) in sums.iter_mut().zip(block * BLOCK..) {
                let v = u32::try_from(v).expect("nodes are numbered by 32 bits");
                *sum = pull_one(csr, along, v, from);
            }
        });
    });
    sums
}

/// The same for one node.
#[inline(always)]
pub(super) fn pull_one(csr: &Csr, along: Along, v: u32, from: &[f64]) -> f64 {
    let (row, weights) = match along {
        Along::Incoming => (csr.in_neighbors(v), csr.in_weights(v)),
        Along::Outgoing => (csr.neighbors(v), csr.weights(v)),
    };
    match weights {
        None => gathered(row, from),
        Some(weights) => weighted(row, weights, from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn long_rows_are_added_whole() {
        let star = Csr::star(40);
        let from: Vec<f64> = (0..40).map(f64::from).collect();
        let got = pull(&star, Along::Incoming, &from);
        assert!((got[0] - 780.0).abs() < 1e-12 && got[1].abs() < 1e-300);
    }

    #[test]
    fn a_directed_edge_carries_one_way() {
        let csr = Csr::new(2, &[(0, 1, 3.0)], Direction::Directed);
        let (came, goes) = ([2.0, 5.0], Along::Outgoing);
        assert!((pull(&csr, Along::Incoming, &came)[1] - 6.0).abs() < 1e-12);
        assert!((pull(&csr, goes, &came)[0] - 15.0).abs() < 1e-12);
    }
}
