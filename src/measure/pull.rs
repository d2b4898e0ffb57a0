//! One step along all edges at once: what each node gets from those next to it.

use rayon::prelude::*;

use super::Along;
use crate::graph::Csr;
use crate::wide::widest;

/// By node, the sum of weight times `from` over its in-neighbours (`Incoming`) or its neighbours (`Outgoing`).
///
/// The sum of a node is taken by one thread in the order of its row, so that it is the same to the bit on any number of threads.
pub(super) fn pull(csr: &Csr, along: Along, from: &[f64]) -> Vec<f64> {
    csr.nodes()
        .into_par_iter()
        .with_min_len(1 << 9)
        .map(|v| pull_one(csr, along, v, from))
        .collect()
}

/// The same for one node.
#[inline]
pub(super) fn pull_one(csr: &Csr, along: Along, v: u32, from: &[f64]) -> f64 {
    let (row, weights) = match along {
        Along::Incoming => (csr.in_neighbors(v), csr.in_weights(v)),
        Along::Outgoing => (csr.neighbors(v), csr.weights(v)),
    };
    match weights {
        None if row.len() < SHORT => row.iter().map(|&u| from[u as usize]).sum(),
        None => widest(|| plain(row, from)),
        Some(weights) => row.iter().zip(weights).map(|(&u, w)| w * from[u as usize]).sum(),
    }
}

/// Below this a row is added one by one.
const SHORT: usize = 16;

/// Four sums side by side, so that an addition need not wait for the one before.
#[inline(always)]
fn plain(row: &[u32], from: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let fours = row.chunks_exact(4);
    let rest: f64 = fours.remainder().iter().map(|&u| from[u as usize]).sum();
    for four in fours {
        for (sum, &u) in sums.iter_mut().zip(four) {
            *sum += from[u as usize];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
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
