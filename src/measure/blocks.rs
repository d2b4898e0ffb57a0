//! The only file that adds floats across threads: fixed blocks, folded in a fixed order.

use std::ops::Range;

use rayon::prelude::*;

/// The most blocks that a range is cut into; a constant, so that sums do not depend on threads.
const BLOCKS: usize = 64;

/// How many rows of [`fold`] stand in memory at once. They are added in block order whatever the
/// wave, so this bounds memory and changes no sum.
const WAVE: usize = 16;

/// `0..n` cut into at most 64 blocks of nearly equal size.
pub(super) fn blocks(n: usize) -> impl IndexedParallelIterator<Item = Range<usize>> {
    let count = BLOCKS.min(n);
    (0..count).into_par_iter().map(move |k| (k * n / count)..((k + 1) * n / count))
}

/// The sum of `term` over `0..n`, the same to the bit for any number of threads.
pub(super) fn sum(n: usize, term: impl Fn(usize) -> f64 + Sync) -> f64 {
    let parts: Vec<f64> = blocks(n).map(|block| block.map(&term).sum()).collect();
    parts.iter().sum()
}

/// Several such sums in one pass.
pub(super) fn sums<const N: usize>(n: usize, terms: impl Fn(usize) -> [f64; N] + Sync) -> [f64; N] {
    let add = |mut sums: [f64; N], more: [f64; N]| {
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        sums
    };
    let parts: Vec<[f64; N]> =
        blocks(n).map(|block| block.map(&terms).fold([0.0; N], add)).collect();
    parts.into_iter().fold([0.0; N], add)
}

/// The sum of one row of `width` numbers per block of `0..n`, the same to the bit for any number
/// of threads. `fill` adds what its block gives to a row of zeros. `room` to work in goes from one
/// block to another of the same thread: what a block gives must not depend on what it finds there.
pub(super) fn fold<R>(
    n: usize,
    width: usize,
    room: impl Fn() -> R + Sync + Send,
    fill: impl Fn(&mut R, Range<usize>, &mut [f64]) + Sync,
) -> Vec<f64> {
    let mut total = vec![0.0; width];
    let count = BLOCKS.min(n);
    for first in (0..count).step_by(WAVE) {
        let wave = first..(first + WAVE).min(count);
        let rows: Vec<Vec<f64>> = blocks(n)
            .skip(first)
            .take(wave.len())
            .map_init(&room, |room, block| {
                let mut row = vec![0.0; width];
                fill(room, block, &mut row);
                row
            })
            .collect();
        add_rows(&mut total, &rows);
    }
    total
}

/// Adds each of `rows` to `total`, column by column, in the order of the rows.
fn add_rows(total: &mut [f64], rows: &[Vec<f64>]) {
    total
        .par_iter_mut()
        .enumerate()
        .with_min_len(1 << 12)
        .for_each(|(column, sum)| *sum = rows.iter().fold(*sum, |sum, row| sum + row[column]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fold_adds_each_item_once() {
        let counted = fold(
            1000,
            3,
            || (),
            |(), block, row| {
                for item in block {
                    row[item % 3] += 1.0;
                }
            },
        );
        assert_eq!(counted, [334.0, 333.0, 333.0]);
    }

    #[test]
    fn nothing_folds_to_zeros() {
        assert_eq!(fold(0, 2, || (), |(), _, row| row.fill(1.0)), [0.0, 0.0], "no block, no term");
    }

    #[test]
    fn blocks_follow_each_other_and_none_is_empty() {
        let three: Vec<Range<usize>> = blocks(3).collect();
        assert_eq!(three, [0..1, 1..2, 2..3]);
        let many: Vec<Range<usize>> = blocks(130).collect();
        assert_eq!((many.len(), many[0].clone(), many[63].clone()), (64, 0..2, 127..130));
        assert!(many.windows(2).all(|two| two[0].end == two[1].start));
        assert_eq!(blocks(0).len(), 0);
    }

    #[test]
    fn a_sum_has_each_term_once() {
        // 1 + 2 + ... + 100, and with it 100 ones.
        let term = |at: usize| (at + 1) as f64;
        assert!((sum(100, term) - 5050.0).abs() < 1e-9);
        let both = sums(100, |at| [term(at), 1.0]);
        assert_eq!(both.to_vec(), [5050.0, 100.0]);
        assert_eq!(sums(0, |_| [1.0]).to_vec(), [0.0]);
    }

    #[test]
    fn more_blocks_than_a_wave_are_added_to_the_same_row() {
        let counted = fold(64, 1, || (), |(), block, row| row[0] += block.len() as f64);
        assert_eq!(counted, [64.0]);
    }
}
