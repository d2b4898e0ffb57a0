//! How many shortest paths there are, when that is more than a float holds.

/// Above this many paths a float loses bits of their reciprocals.
const MANY: f64 = 1e290;

/// Whether a count is small enough for shares of it to be right to the last bits.
pub(super) fn is_exact(count: f64) -> bool {
    count < MANY
}

/// A float with the range of a 64-bit exponent: `fraction * 2^exponent`, `fraction` in `[1, 2)` or 0.
///
/// A chain of 1100 squares, tied corner to corner, has more shortest paths from end to end than
/// `f64::MAX`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wide {
    fraction: f64,
    exponent: i64,
}

impl Wide {
    // Counts are never below 1, so adding to this 0 of exponent 0 needs no case of its own.
    pub(super) const NONE: Self = Self { fraction: 0.0, exponent: 0 };
    pub(super) const ONE: Self = Self { fraction: 1.0, exponent: 0 };

    pub(super) fn plus(self, other: Self) -> Self {
        let (large, small) =
            if other.exponent > self.exponent { (other, self) } else { (self, other) };
        let fraction = large.fraction + scaled(small.fraction, small.exponent - large.exponent);
        if fraction < 2.0 {
            Self { fraction, ..large }
        } else {
            Self { fraction: fraction / 2.0, exponent: large.exponent + 1 }
        }
    }

    /// `self / whole`, at most 1 where `self` is a part of `whole`.
    pub(super) fn share_of(self, whole: Self) -> f64 {
        scaled(self.fraction / whole.fraction, self.exponent - whole.exponent)
    }
}

/// `fraction * 2^exponent`; 0 where that is smaller than any float.
fn scaled(fraction: f64, exponent: i64) -> f64 {
    let exponent = i32::try_from(exponent.max(-2000)).unwrap_or(i32::MAX);
    libm::scalbn(fraction, exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubling_two_thousand_times_loses_nothing() {
        let mut counts = vec![Wide::ONE];
        for k in 0..2000 {
            counts.push(counts[k].plus(counts[k]));
        }
        let shares: Vec<f64> =
            [1999, 1998, 0].iter().map(|&k: &usize| counts[k].share_of(counts[2000])).collect();
        assert_eq!(shares, [0.5, 0.25, 0.0]);
    }

    #[test]
    fn sums_are_those_of_floats_where_floats_suffice() {
        let three = Wide::ONE.plus(Wide::ONE).plus(Wide::ONE);
        let four = Wide::NONE.plus(three).plus(Wide::ONE).plus(Wide::NONE);
        assert_eq!(three.share_of(four).to_bits(), 0.75_f64.to_bits());
        assert_eq!(Wide::ONE.plus(three), four);
    }

    #[test]
    fn a_float_holds_counts_below_ten_to_the_290() {
        assert!(is_exact(1.0) && is_exact(9.9e289));
        assert!(!is_exact(1e290) && !is_exact(f64::INFINITY) && !is_exact(f64::NAN));
    }
}
