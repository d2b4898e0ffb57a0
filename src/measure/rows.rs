//! Rows of eight floats, one for each source of a batch, and sums of them over neighbors.

use super::levels::BATCH;

/// One number for each source of a batch: a line of the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub(super) struct Row(pub(super) [f64; BATCH]);

// Loops and not iterators: what is not inlined whole is not made for wide vectors.
#[allow(clippy::needless_range_loop)]
impl Row {
    #[inline(always)]
    pub(super) fn add(&mut self, other: &Self) {
        for lane in 0..BATCH {
            self.0[lane] += other.0[lane];
        }
    }

    #[inline(always)]
    pub(super) fn times(mut self, other: &Self) -> Self {
        for lane in 0..BATCH {
            self.0[lane] *= other.0[lane];
        }
        self
    }

    /// `(own + self) / whole`, number by number.
    #[inline(always)]
    pub(super) fn share_of(mut self, own: f64, whole: &Self) -> Self {
        for lane in 0..BATCH {
            self.0[lane] = (own + self.0[lane]) / whole.0[lane];
        }
        self
    }

    /// `1 - self / whole`, number by number.
    #[inline(always)]
    pub(super) fn part_beyond(mut self, whole: &Self) -> Self {
        for lane in 0..BATCH {
            self.0[lane] = 1.0 - self.0[lane] / whole.0[lane];
        }
        self
    }

    #[inline(always)]
    pub(super) fn max(mut self, other: &Self) -> Self {
        for lane in 0..BATCH {
            self.0[lane] = if other.0[lane] > self.0[lane] { other.0[lane] } else { self.0[lane] };
        }
        self
    }

    /// The numbers of the sources that have a bit, and 0 for the others, whatever stood there.
    #[inline(always)]
    pub(super) fn of(mut self, lanes: u8) -> Self {
        for lane in 0..BATCH {
            self.0[lane] = if lanes & (1 << lane) == 0 { 0.0 } else { self.0[lane] };
        }
        self
    }

    /// The sum of the eight, always in the same order.
    #[inline(always)]
    pub(super) fn total(self) -> f64 {
        let n = self.0;
        ((n[0] + n[4]) + (n[2] + n[6])) + ((n[1] + n[5]) + (n[3] + n[7]))
    }
}

/// The sum of the rows of `nodes`. Two sums run side by side, or each addition would wait for the
/// one before it.
#[inline(always)]
pub(super) fn sum_of(rows: &[Row], nodes: &[u32]) -> Row {
    let (mut even, mut odd) = (Row::default(), Row::default());
    let mut pairs = nodes.chunks_exact(2);
    for pair in &mut pairs {
        even.add(&rows[pair[0] as usize]);
        odd.add(&rows[pair[1] as usize]);
    }
    if let [last] = pairs.remainder() {
        even.add(&rows[*last as usize]);
    }
    even.add(&odd);
    even
}

#[cfg(test)]
mod tests {
    use super::*;

    const UP: Row = Row([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    const TWOS: Row = Row([2.0; 8]);

    #[test]
    fn rows_are_worked_out_number_by_number() {
        let mut sum = UP;
        sum.add(&TWOS);
        assert_eq!(sum, Row([3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]));
        assert_eq!(UP.times(&TWOS), Row([2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0]));
        assert_eq!(UP.share_of(1.0, &TWOS), Row([1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5]));
        assert_eq!(UP.part_beyond(&TWOS), Row([0.5, 0.0, -0.5, -1.0, -1.5, -2.0, -2.5, -3.0]));
        assert_eq!(UP.max(&Row([4.5; 8])), Row([4.5, 4.5, 4.5, 4.5, 5.0, 6.0, 7.0, 8.0]));
        assert_eq!(UP.of(0b1000_0110), Row([0.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0, 8.0]));
        assert!((UP.total() - 36.0).abs() < 1e-12);
    }

    #[test]
    fn rows_of_nodes_are_summed_be_they_even_or_odd() {
        let rows = [1.0, 10.0, 100.0, 1000.0].map(|one| Row([one; 8]));
        for (nodes, want) in [
            (&[][..], 0.0),
            (&[2], 100.0),
            (&[0, 3], 1001.0),
            (&[3, 1, 0], 1011.0),
            (&[1, 1, 2, 2], 220.0),
        ] {
            assert_eq!(sum_of(&rows, nodes), Row([want; 8]), "{nodes:?}");
        }
    }
}
