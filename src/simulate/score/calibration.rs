//! Whether announced chances come true: counts that can be added up over many runs.

use serde::Serialize;

use super::ranking::share;

/// Announced chances and what came of them, from .2 up.
///
/// - **Shape**: eight bins of width .1; the last holds 1 too.
///
/// # Examples
///
/// ```
/// use kluwen::simulate::score::Calibration;
///
/// let mut calibration = Calibration::default();
/// calibration.add(0.9, true);
/// calibration.add(0.9, false);
/// // Announced .9, came true in one of two.
/// assert!((calibration.expected_error().unwrap() - 0.4).abs() < 1e-12);
/// // (.01 + .81) / 2.
/// assert!((calibration.brier().unwrap() - 0.41).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Calibration {
    /// The bins, from .2 up.
    pub bins: [Bin; 8],
    /// The sum of squared errors.
    pub squares: f64,
}

/// What was announced within a bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bin {
    /// How many.
    pub count: usize,
    /// The sum of their announced chances.
    pub announced: f64,
    /// How many came true.
    pub came_true: usize,
}

impl Calibration {
    /// Adds one; a chance under .2 is passed over.
    pub fn add(&mut self, announced: f64, came_true: bool) {
        // Bounds as they are written, so that .3 is in the bin that begins with it.
        let place = (1..=8).take_while(|&n| announced >= bound(n - 1)).count();
        let Some(bin) = place.checked_sub(1).and_then(|place| self.bins.get_mut(place)) else {
            return;
        };
        bin.count += 1;
        bin.announced += announced;
        bin.came_true += usize::from(came_true);
        let error = announced - f64::from(u8::from(came_true));
        self.squares += error * error;
    }

    /// Adds the counts of another run.
    pub fn merge(&mut self, other: &Self) {
        for (own, bin) in self.bins.iter_mut().zip(&other.bins) {
            own.count += bin.count;
            own.announced += bin.announced;
            own.came_true += bin.came_true;
        }
        self.squares += other.squares;
    }

    /// How many were added.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bins.iter().map(|bin| bin.count).sum()
    }

    /// The mean squared error.
    #[must_use]
    pub fn brier(&self) -> Option<f64> {
        share(self.squares, self.count())
    }

    /// The mean distance between what a bin announced and what came of it, by its count (ECE).
    #[must_use]
    pub fn expected_error(&self) -> Option<f64> {
        let gap = |bin: &Bin| (bin.announced - bin.came_true as f64).abs();
        share(self.bins.iter().map(gap).sum(), self.count())
    }

    /// Where bin `place` begins.
    #[must_use]
    pub fn begins(place: usize) -> f64 {
        bound(place)
    }
}

fn bound(place: usize) -> f64 {
    // A quotient is the number nearest to the tenth as it is written; a sum of tenths need not be.
    (2 + place) as f64 / 10.0
}

/// A list cut at a threshold: what it announced, and what was in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Cut {
    /// From which recurrence.
    pub threshold: f64,
    /// How many are listed.
    pub listed: usize,
    /// Who of them truly recruits again and again.
    pub hits: usize,
    /// Who of them is detectable as such.
    pub detected: usize,
    /// How many are detectable.
    pub detectable: usize,
    /// How many errors the list announced: Σ(1 − recurrence).
    pub announced_errors: f64,
}

impl Cut {
    /// The share of the listed who truly recruit again and again.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.hits as f64, self.listed)
    }

    /// The share of the detectable who are listed.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.detected as f64, self.detectable)
    }

    /// The share of errors that was announced.
    #[must_use]
    pub fn announced(&self) -> Option<f64> {
        share(self.announced_errors, self.listed)
    }

    /// The share of errors.
    #[must_use]
    pub fn actual(&self) -> Option<f64> {
        self.precision().map(|precision| 1.0 - precision)
    }

    /// Adds the counts of another run.
    pub fn merge(&mut self, other: &Self) {
        self.listed += other.listed;
        self.hits += other.hits;
        self.detected += other.detected;
        self.detectable += other.detectable;
        self.announced_errors += other.announced_errors;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_the_bin_that_begins_with_it() {
        let mut calibration = Calibration::default();
        for announced in [0.19, 0.2, 0.3, 0.95, 1.0, f64::NAN] {
            calibration.add(announced, true);
        }
        let counts = calibration.bins.map(|bin| bin.count);
        assert_eq!(counts, [1, 1, 0, 0, 0, 0, 0, 2]);
    }

    #[test]
    fn the_error_is_worked_by_hand() {
        let mut one = Calibration::default();
        for (announced, came_true) in [(0.25, false), (0.25, true), (0.75, true), (0.85, true)] {
            one.add(announced, came_true);
        }
        // |.5 − 1| + |.75 − 1| + |.85 − 1| over four.
        let error = one.expected_error().expect("four were added");
        assert!((error - 0.9 / 4.0).abs() < 1e-12, "{error}");
        let mut both = one.clone();
        both.merge(&one);
        assert_eq!(both.count(), 8);
        assert!((both.brier().expect("some") - one.brier().expect("some")).abs() < 1e-12);
    }
    #[test]
    fn a_cut_adds_up_over_runs() {
        let mut cut = Cut {
            threshold: 0.5,
            listed: 4,
            hits: 3,
            detected: 2,
            detectable: 5,
            announced_errors: 0.5,
        };
        cut.merge(&Cut { listed: 4, hits: 1, detected: 2, detectable: 3, ..cut });
        let want =
            Cut { listed: 8, hits: 4, detected: 4, detectable: 8, announced_errors: 1.0, ..cut };
        assert_eq!(cut, want);
        let shares = [cut.precision(), cut.recall(), cut.announced(), cut.actual()];
        assert_eq!(shares, [Some(0.5), Some(0.5), Some(0.125), Some(0.5)]);
        assert_eq!(Cut::default().precision(), None);
    }
}
