//! How good an order is: measures of a list of hits and errors.

/// A list from the top: whether each entry is a hit, and how many hits there are to find.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// From the top: a hit, or an error.
    pub hits: Vec<bool>,
    /// How many there are to find, in the list or not.
    pub positives: usize,
}

impl Ranking {
    /// The mean, over all there is to find, of the share of hits down to each find; nothing for what is
    /// not in the list.
    ///
    /// - **Shape**: a number in [0, 1]; none where there is nothing to find.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::simulate::score::Ranking;
    ///
    /// // Finds at 1 and 3, one of three is missed: (1/1 + 2/3 + 0) / 3.
    /// let ranking = Ranking { hits: vec![true, false, true], positives: 3 };
    /// assert!((ranking.average_precision().unwrap() - 5.0 / 9.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn average_precision(&self) -> Option<f64> {
        let (mut found, mut sum) = (0.0, 0.0);
        for (before, _) in self.hits.iter().enumerate().filter(|(_, hit)| **hit) {
            found += 1.0;
            sum += found / (before + 1) as f64;
        }
        share(sum, self.positives)
    }

    /// The share of hits among the first `count`; a list that is shorter has errors after its end.
    #[must_use]
    pub fn precision_at(&self, count: usize) -> Option<f64> {
        share(self.found_in(count), count)
    }

    /// The share of what is to be found that is among the first `count`.
    #[must_use]
    pub fn recall_at(&self, count: usize) -> Option<f64> {
        share(self.found_in(count), self.positives)
    }

    /// The share of hits among as many as there are to find.
    #[must_use]
    pub fn r_precision(&self) -> Option<f64> {
        self.precision_at(self.positives)
    }

    fn found_in(&self, count: usize) -> f64 {
        self.hits.iter().take(count).filter(|hit| **hit).count() as f64
    }
}

/// A part of a whole; none where there is no whole.
pub(super) fn share(part: f64, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part / whole as f64)
}

/// The chance that somebody to be found has a higher score than somebody who is not; a tie counts half.
///
/// - **Shape**: a number in [0, 1]; none where either kind is absent.
/// - **Cost**: n log n.
#[must_use]
pub fn area_under_curve(scored: &[(f64, bool)]) -> Option<f64> {
    let mut order = scored.to_vec();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins) = (0.0, 0.0);
    for tied in order.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let hits = tied.iter().filter(|(_, hit)| *hit).count() as f64;
        let others = tied.len() as f64 - hits;
        wins += hits * (below + others / 2.0);
        below += others;
    }
    let hits = scored.iter().filter(|(_, hit)| *hit).count();
    share(wins, hits).and_then(|mean| share(mean, scored.len() - hits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_cut_short_has_errors_after_its_end() {
        let ranking = Ranking { hits: vec![true, true], positives: 4 };
        assert_eq!(ranking.precision_at(10), Some(0.2));
        assert_eq!(ranking.r_precision(), Some(0.5));
        assert_eq!(ranking.recall_at(1), Some(0.25));
        assert_eq!(ranking.average_precision(), Some(0.5));
        assert_eq!(Ranking::default().average_precision(), None);
    }

    #[test]
    fn the_area_is_that_of_comparing_all_pairs() {
        let scored: Vec<(f64, bool)> =
            (0..60_u32).map(|n| (f64::from(n * 37 % 11), n % 7 < 2)).collect();
        let (mut wins, mut pairs) = (0.0, 0.0);
        for (one, _) in scored.iter().filter(|(_, hit)| *hit) {
            for (other, _) in scored.iter().filter(|(_, hit)| !*hit) {
                pairs += 1.0;
                let order = one.total_cmp(other);
                wins += if order.is_gt() { 1.0 } else { f64::from(order.is_eq()) / 2.0 };
            }
        }
        let area = area_under_curve(&scored).expect("both kinds are there");
        assert!((area - wins / pairs).abs() < 1e-12);
        assert_eq!(area_under_curve(&[(1.0, true)]), None);
    }
}
