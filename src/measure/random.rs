//! Random choices that are the same on every platform and in every version.
//!
//! The stream is that of PCG-64 (XSL RR 128/64); what is drawn from it is written here, so that no
//! other crate's change moves a result.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// A stream of random choices.
pub(super) struct Random(Pcg64);

impl Random {
    /// The stream of a seed; streams of one seed do not meet.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        Self(Pcg64::new(u128::from(seed), u128::from(stream)))
    }

    /// A whole number below `bound`, each with equal chance.
    ///
    /// # Source
    ///
    /// D. Lemire, "Fast random integer generation in an interval", ACM Trans. Model. Comput. Simul.
    /// 29(1):3, 2019, algorithm 5.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "there is a number below the bound");
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.0.next_u64()) * u128::from(bound);
            let low = product & u128::from(u64::MAX);
            if low >= u128::from(threshold) {
                return u64::try_from(product >> 64).expect("the high half fits 64 bits");
            }
        }
    }

    /// A number in `[0, 1)` with 53 random bits.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Puts `items` in random order, each order with equal chance (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let chosen = usize::try_from(self.below(last as u64 + 1)).expect("below a length");
            items.swap(last, chosen);
        }
    }
}
