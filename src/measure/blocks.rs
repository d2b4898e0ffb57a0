//! The only file that adds floats across threads: fixed blocks, folded in a fixed order.

use std::ops::Range;

use rayon::prelude::*;

/// The most blocks that a range is cut into; a constant, so that sums do not depend on threads.
const BLOCKS: usize = 64;

/// `0..n` cut into at most 64 blocks of nearly equal size.
pub(super) fn blocks(n: usize) -> impl IndexedParallelIterator<Item = Range<usize>> {
    let count = BLOCKS.min(n);
    (0..count)
        .into_par_iter()
        .map(move |k| (k * n / count)..((k + 1) * n / count))
}

/// The sum of `term` over `0..n`, the same to the bit for any number of threads.
pub(super) fn sum(n: usize, term: impl Fn(usize) -> f64 + Sync) -> f64 {
    let parts: Vec<f64> = blocks(n).map(|block| block.map(&term).sum()).collect();
    parts.iter().sum()
}
