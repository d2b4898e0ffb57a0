//! Random choices that are the same on every platform and in every version.
//!
//! The stream is that of PCG-64 (XSL RR 128/64); what is drawn from it is written here, so that no
//! other crate's change moves a result.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// A stream of random choices.
pub(crate) struct Random(Pcg64);

impl Random {
    /// The stream of a seed; streams of one seed do not meet.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        Self(Pcg64::new(u128::from(seed), u128::from(stream)))
    }

    /// A whole number below `bound`, each with equal chance.
    ///
    /// # Source
    ///
    /// D. Lemire, "Fast random integer generation in an interval", ACM Trans. Model. Comput. Simul.
    /// 29(1):3, 2019, algorithm 5.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
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
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Puts `items` in random order, each order with equal chance (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let chosen = usize::try_from(self.below(last as u64 + 1)).expect("below a length");
            items.swap(last, chosen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The expected values come from another implementation of the generator and the draws.

    #[test]
    fn the_stream_is_that_of_pcg_64() {
        let mut random = Random::new(42, 54);
        let drawn = [(); 3].map(|()| random.0.next_u64());
        assert_eq!(drawn, [0x86b1_da1d_7206_2b68, 0x1304_aa46_c985_3d39, 0xa367_0e9e_0dd5_0358]);
    }

    #[test]
    fn draws_are_fixed_for_a_seed_and_a_stream() {
        let mut random = Random::new(7, 1);
        assert_eq!([(); 6].map(|()| random.below(1000)), [877, 532, 87, 281, 518, 887]);
        let bits = Random::new(7, 1).unit().to_bits();
        assert_eq!(bits, 0.877_870_714_797_892_9_f64.to_bits());
        let mut items = [0, 1, 2, 3, 4, 5, 6, 7];
        Random::new(7, 1).shuffle(&mut items);
        assert_eq!(items, [4, 5, 6, 2, 1, 0, 3, 7]);
    }

    #[test]
    fn each_number_below_a_bound_is_drawn_about_as_often() {
        let mut random = Random::new(0, 0);
        let mut counts = [0; 6];
        for _ in 0..6000 {
            counts[usize::try_from(random.below(6)).expect("below 6")] += 1;
        }
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
    }
}
