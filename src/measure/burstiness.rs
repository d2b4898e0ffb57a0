//! Whether events come in bursts, by chance, or as by the clock.

/// How unevenly events come: of each two that follow one another, how many days lie between.
///
/// With `r` the standard deviation of these gaps over their mean, the coefficient of Goh and Barabási is `(r − 1) / (r + 1)`. Of few
/// events it cannot come near 1, however they crowd. The corrected one allows for that: of `n` gaps it is −1 where all gaps are one, 0 at the `r` that
/// days thrown at random give, `√((n − 1) / (n + 1))`, and 1 where all gaps but one are of no day.
///
/// What it is **not**: a sign of guilt, or of a plan. Work on one case file puts dates close together too, and of five events even a coefficient far from
/// 0 may well be chance.
///
/// - **Unit**: none; both lie in `[−1, 1]`.
/// - **Cost**: `O(n log n)`.
/// - **Edge cases**: none for fewer than three events, or if all are of one day.
///
/// # Examples
///
/// ```
/// use kluwen::measure::Burstiness;
///
/// let clockwork = Burstiness::of(&[0, 7, 14, 21]).expect("three gaps");
/// assert_eq!((clockwork.coefficient, clockwork.corrected), (-1.0, -1.0));
/// let crowded = Burstiness::of(&[40, 0, 0, 0, 0]).expect("gaps of 0, 0, 0 and 40 days");
/// assert!((crowded.corrected - 1.0).abs() < 1e-12 && crowded.coefficient < 0.27);
/// assert_eq!(Burstiness::of(&[3, 3, 3]), None);
/// ```
///
/// # Source
///
/// K.-I. Goh, A.-L. Barabási, "Burstiness and memory in complex systems", EPL 81:48002, 2008; E.-K. Kim, H.-H. Jo, "Measuring burstiness for finite event
/// sequences", Phys. Rev. E 94:032311, 2016. Their `n` events have `n` gaps, since time is a circle there; ours is a line, and `n` is the number of gaps, for
/// which the three fixed points above hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burstiness {
    /// How many events there are.
    pub events: usize,
    /// The coefficient of Goh and Barabási.
    pub coefficient: f64,
    /// The same, corrected for the number of events.
    pub corrected: f64,
}

impl Burstiness {
    /// Of the days of events, in any order; none for fewer than three events, or if all are of one day.
    #[must_use]
    pub fn of(days: &[i32]) -> Option<Self> {
        let mut days: Vec<i64> = days.iter().copied().map(i64::from).collect();
        days.sort_unstable();
        let gaps: Vec<f64> = days.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
        let count = gaps.len() as f64;
        let mean = gaps.iter().sum::<f64>() / count;
        if gaps.len() < 2 || mean <= 0.0 {
            return None;
        }
        let square = |gap: &f64| (gap - mean) * (gap - mean);
        let ratio = libm::sqrt(gaps.iter().map(square).sum::<f64>() / count) / mean;
        let (more, less) = (libm::sqrt(count + 1.0), libm::sqrt(count - 1.0));
        Some(Self {
            events: days.len(),
            coefficient: (ratio - 1.0) / (ratio + 1.0),
            corrected: (more * ratio - less) / ((more - 2.0) * ratio + less),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(days: &[i32]) -> (usize, f64, f64) {
        let found = Burstiness::of(days).unwrap();
        (found.events, found.coefficient, found.corrected)
    }

    #[test]
    fn gaps_of_one_and_three_days_are_half_as_uneven_as_their_mean() {
        let (events, coefficient, corrected) = of(&[4, 0, 1]);
        assert_eq!(events, 3);
        assert!((coefficient + 1.0 / 3.0).abs() < 1e-12, "{coefficient}");
        // (√3 / 2 - 1) / ((√3 - 2) / 2 + 1), which is 1 - 2 / √3.
        assert!((corrected - (1.0 - 2.0 / libm::sqrt(3.0))).abs() < 1e-12, "{corrected}");
    }

    #[test]
    fn gaps_of_one_two_and_six_days() {
        // A mean of 3 and squares of 4, 1 and 9: a deviation of √(14 / 3), which is r of .720082.
        let (events, coefficient, corrected) = of(&[0, 1, 3, 9]);
        assert_eq!(events, 4);
        assert!((coefficient + 0.162_735).abs() < 1e-6, "{coefficient}");
        // (2 r - √2) / √2.
        assert!((corrected - 0.018_350).abs() < 1e-6, "{corrected}");
    }

    #[test]
    fn two_events_or_one_day_say_nothing() {
        for days in [&[][..], &[1], &[1, 5], &[3, 3, 3]] {
            assert_eq!(Burstiness::of(days), None);
        }
    }

    #[test]
    fn days_may_lie_as_far_apart_as_they_can() {
        let (_, coefficient, corrected) = of(&[i32::MIN, i32::MIN, i32::MAX]);
        assert!(coefficient.abs() < 1e-12 && (corrected - 1.0).abs() < 1e-12);
    }
}
