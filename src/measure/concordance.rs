//! How far two sets of scores put nodes in the same order.

/// How far apart two scores may lie, relative to their size, and count as equal: what rounding makes.
const TOLERANCE: f64 = 1e-9;

/// The standing of each score: 0 for the lowest, the same for scores that differ by rounding only.
pub(super) fn standings(scores: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(scores.len()).collect();
    let score = |node: u32| scores[node as usize];
    order.sort_unstable_by(|&a, &b| score(a).total_cmp(&score(b)).then(a.cmp(&b)));
    let mut standings = vec![0; scores.len()];
    let mut standing = 0;
    for pair in order.windows(2) {
        let [low, high] = [pair[0], pair[1]].map(score);
        standing += u32::from(high - low > TOLERANCE * low.abs().max(high.abs()));
        standings[pair[1] as usize] = standing;
    }
    standings
}

/// Pairs of nodes, by what two rankings say of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Concordance {
    /// Pairs that the first ranking puts in an order.
    pub(super) ordered: u64,
    /// Pairs that the second does.
    pub(super) ordered_by_other: u64,
    /// Pairs that both put in the same order.
    pub(super) kept: u64,
    /// Pairs that they put in opposite orders.
    pub(super) reversed: u64,
}

impl Concordance {
    /// Of two standings of the same nodes, in `O(n log n)`.
    ///
    /// Source: W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data", J. Am. Stat. Assoc. 61:436-439, 1966.
    pub(super) fn of(one: &[u32], other: &[u32]) -> Self {
        let mut both: Vec<(u32, u32)> = one.iter().copied().zip(other.iter().copied()).collect();
        both.sort_unstable();
        let pairs = |n: usize| n as u64 * (n as u64).saturating_sub(1) / 2;
        let whole = pairs(both.len());
        let tied_by_one: u64 = both.chunk_by(|a, b| a.0 == b.0).map(|run| pairs(run.len())).sum();
        let tied_by_both: u64 = both.chunk_by(|a, b| a == b).map(|run| pairs(run.len())).sum();
        let mut seconds: Vec<u32> = both.iter().map(|pair| pair.1).collect();
        let reversed = inversions(&mut seconds);
        let tied_by_other: u64 = seconds.chunk_by(|a, b| a == b).map(|run| pairs(run.len())).sum();
        Self {
            ordered: whole - tied_by_one,
            ordered_by_other: whole - tied_by_other,
            kept: whole + tied_by_both - tied_by_one - tied_by_other - reversed,
            reversed,
        }
    }

    /// The share of pairs in the first order that keep it; none without such pairs.
    pub(super) fn share_kept(self) -> Option<f64> {
        (self.ordered > 0).then(|| self.kept as f64 / self.ordered as f64)
    }

    /// Kendall's `tau_b`; none where one of the rankings has all tied.
    pub(super) fn tau(self) -> Option<f64> {
        let scale = libm::sqrt(self.ordered as f64) * libm::sqrt(self.ordered_by_other as f64);
        (scale > 0.0).then(|| (self.kept as f64 - self.reversed as f64) / scale)
    }
}

/// Sorts, and counts the pairs that stood in the wrong order: merges of runs twice as long each time.
fn inversions(values: &mut Vec<u32>) -> u64 {
    let mut merged = Vec::with_capacity(values.len());
    let (mut count, mut width) = (0, 1);
    while width < values.len() {
        merged.clear();
        for run in values.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (Some((&low, more)), Some((&high, rest))) =
                (left.split_first(), right.split_first())
            {
                if high < low {
                    count += left.len() as u64;
                    merged.push(high);
                    right = rest;
                } else {
                    merged.push(low);
                    left = more;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(values, &mut merged);
        width *= 2;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn counting_by_merging_is_counting_pairs() {
        let mut random = Random::new(3, 0);
        for n in 0..40_usize {
            let mut draw = || u32::try_from(random.below(7)).unwrap_or(0);
            let one: Vec<u32> = (0..n).map(|_| draw()).collect();
            let other: Vec<u32> = (0..n).map(|_| draw()).collect();
            let mut want = Concordance::default();
            for a in 0..n {
                for b in 0..a {
                    let (x, y) = (one[a].cmp(&one[b]), other[a].cmp(&other[b]));
                    want.ordered += u64::from(x.is_ne());
                    want.ordered_by_other += u64::from(y.is_ne());
                    want.kept += u64::from(x.is_ne() && x == y);
                    want.reversed += u64::from(x.is_ne() && x == y.reverse());
                }
            }
            assert_eq!(Concordance::of(&one, &other), want);
        }
    }

    #[test]
    fn what_rounding_makes_is_no_order() {
        assert_eq!(standings(&[0.3, 0.1 + 0.2, 0.0, 5.0]), [1, 1, 0, 2]);
        assert!(standings(&[]).is_empty());
    }

    #[test]
    fn tau_of_five_ranks() {
        // Of ten pairs two are reversed: (8 - 2) / 10.
        let found = Concordance::of(&[0, 1, 2, 3, 4], &[1, 0, 2, 4, 3]);
        assert!((found.tau().unwrap_or(0.0) - 0.6).abs() < 1e-12);
        assert!((found.share_kept().unwrap_or(0.0) - 0.8).abs() < 1e-12);
        assert_eq!(Concordance::of(&[0, 0], &[0, 1]).tau(), None);
    }

    #[test]
    fn values_that_stand_behind_greater_ones_are_inverted() {
        let table: [(&[u32], u64); 6] = [
            (&[], 0),
            (&[1], 0),
            (&[1, 2, 2, 3], 0),
            (&[3, 2, 1], 3),
            (&[2, 1, 1], 2),
            (&[5, 1, 4, 2, 3], 6),
        ];
        for (values, wanted) in table {
            let mut sorted = values.to_vec();
            assert_eq!(inversions(&mut sorted), wanted, "{values:?}");
            assert!(sorted.is_sorted());
        }
    }

    #[test]
    fn of_ties_neither_order_counts() {
        // Pairs 0-1, 0-2, 1-2: the first ties 0 and 1, the other 1 and 2, and 0-2 is kept.
        let found = Concordance::of(&[0, 0, 1], &[0, 1, 1]);
        let wanted = Concordance { ordered: 2, ordered_by_other: 2, kept: 1, reversed: 0 };
        assert_eq!(found, wanted);
        assert!((found.tau().unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(found.share_kept(), Some(0.5));
        let none = Concordance::of(&[0, 0], &[0, 1]);
        assert_eq!((none.share_kept(), none.ordered_by_other), (None, 1));
        let back = Concordance::of(&[0, 1], &[1, 0]);
        assert_eq!((back.share_kept(), back.tau()), (Some(0.0), Some(-1.0)));
    }

    #[test]
    fn scores_below_zero_are_told_apart_too() {
        assert_eq!(standings(&[-1.0, -1.0 - 1e-12, -2.0, 0.0]), [1, 1, 0, 2]);
        assert_eq!(standings(&[1.0, 1.0 + 1e-8]), [0, 1]);
    }
}
