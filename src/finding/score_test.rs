//! Whether some groups wait longer than others, where times may be intervals.

use super::gamma::upper_tail;
use super::log_rank::log_rank;
use super::survival::{Time, is_exact};
use super::turnbull::{Cell, turnbull};

/// What a test of several groups found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Test {
    /// Which test it was.
    pub(super) name: &'static str,
    pub(super) chi_squared: f64,
    /// The chance of as large a χ², were all to wait alike.
    pub(super) p: f64,
}

/// The log-rank test where every time is known to the day, and its generalisation where some are intervals; none for
/// fewer than two groups, or where nobody's time says anything.
pub(super) fn compare(groups: &[Vec<Time>]) -> Option<Test> {
    if groups.iter().all(|times| is_exact(times)) {
        let (chi_squared, p) = log_rank(groups)?;
        return Some(Test { name: "log-rank test", chi_squared, p });
    }
    let (chi_squared, p) = score_test(groups)?;
    Some(Test { name: "log-rank test of intervals, by permutation variance", chi_squared, p })
}

/// The score test of proportional hazards when times are intervals.
///
/// Each time has a score from the curve of all together: how much earlier it lies than was to be expected. A group's sum is set
/// against the variance that it has when the scores fall to groups by chance.
///
/// # Source
///
/// D. M. Finkelstein, Biometrics 42:845–854, 1986 (the scores); M. P. Fay, Biometrics 52:811–822, 1996 (the variance by
/// permutation). For times known to the day the scores are those of the log-rank test.
fn score_test(groups: &[Vec<Time>]) -> Option<(f64, f64)> {
    let groups: Vec<&Vec<Time>> = groups.iter().filter(|times| !times.is_empty()).collect();
    let free = groups.len().checked_sub(1).filter(|&free| free > 0)?;
    let all: Vec<Time> = groups.iter().flat_map(|times| times.iter().copied()).collect();
    let cells = turnbull(&all, &vec![1.0; all.len()], 1e-9);
    let left = Left::of(&cells);
    let scores = |times: &[Time]| times.iter().map(|&time| left.score(time)).sum::<f64>();
    let n = all.len() as f64;
    let mean = scores(&all) / n;
    let square = |off: f64| off * off;
    let variance = all.iter().map(|&time| square(left.score(time) - mean)).sum::<f64>() / (n - 1.0);
    if variance <= 1e-12 {
        return None;
    }
    let part = |times: &&Vec<Time>| {
        let size = times.len() as f64;
        square(scores(times) - size * mean) / size
    };
    let chi: f64 = groups.iter().map(part).sum::<f64>() / variance;
    Some((chi, upper_tail(chi / 2.0, free as f64 / 2.0, 1.0)))
}

/// For how many it has not happened yet, by cell.
struct Left {
    starts: Vec<u32>,
    /// One more than there are cells: before the first, and after each.
    left: Vec<f64>,
}

impl Left {
    fn of(cells: &[Cell]) -> Self {
        let mut left = vec![1.0];
        let mut now: f64 = 1.0;
        for cell in cells {
            now = (now - cell.chance).max(0.0);
            left.push(now);
        }
        Self { starts: cells.iter().map(|cell| cell.first).collect(), left }
    }

    /// The share left before `day`; cells begin and end wherever a time does.
    fn before(&self, day: u32) -> f64 {
        self.left[self.starts.partition_point(|&start| start < day)]
    }

    fn score(&self, time: Time) -> f64 {
        // Of a share that is 0 nothing is left to lose: x ln x goes to 0.
        let entropy = |share: f64| if share > 0.0 { share * libm::log(share) } else { 0.0 };
        let (from, to) = match time.most {
            Some(most) => (self.before(time.least), self.before(most.saturating_add(1))),
            None => (self.before(time.least.saturating_add(1)), 0.0),
        };
        if from - to < 1e-9 {
            return 1.0 + libm::log(from.max(1e-9));
        }
        (entropy(from) - entropy(to)) / (from - to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(ends: &[(u32, u32)]) -> Vec<Time> {
        ends.iter()
            .map(|&(least, most)| Time { least, most: Some(most), ..Time::default() })
            .collect()
    }

    /// The same statistic by trying every way to fill the first of two groups.
    fn slow(first: &[Time], second: &[Time]) -> f64 {
        let all: Vec<Time> = first.iter().chain(second).copied().collect();
        let cells = turnbull(&all, &vec![1.0; all.len()], 1e-9);
        let left = Left::of(&cells);
        let scores: Vec<f64> = all.iter().map(|&time| left.score(time)).collect();
        let ways = (0..1_u32 << all.len()).filter(|way| way.count_ones() as usize == first.len());
        let sums: Vec<f64> = ways
            .map(|way| (0..all.len()).filter(|at| way >> at & 1 == 1).map(|at| scores[at]).sum())
            .collect();
        let mean = sums.iter().sum::<f64>() / sums.len() as f64;
        let variance = sums.iter().map(|sum| (sum - mean).powi(2)).sum::<f64>() / sums.len() as f64;
        let own: f64 = scores[..first.len()].iter().sum();
        (own - mean).powi(2) / variance
    }

    #[test]
    fn the_variance_is_that_over_all_ways_to_deal_the_scores() {
        let first = between(&[(0, 31), (2, 2), (5, 40), (1, 9)]);
        let mut second = between(&[(20, 60), (33, 33), (12, 70)]);
        second.push(Time { least: 25, most: None, ..Time::default() });
        let (chi, p) = score_test(&[first.clone(), second.clone()]).expect("two groups");
        assert!((chi - slow(&first, &second)).abs() < 1e-9, "{chi}");
        assert!(chi > 3.0 && p < 0.1, "{chi} {p}");
    }

    #[test]
    fn on_days_it_says_nearly_what_the_log_rank_test_says() {
        // Freireich et al. (1963), as in `log_rank`.
        let happened = |days: &[u32]| between(&days.iter().map(|&d| (d, d)).collect::<Vec<_>>());
        let mut treated = happened(&[6, 6, 6, 7, 10, 13, 16, 22, 23]);
        let watched = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        treated.extend(watched.map(|least| Time { least, most: None, ..Time::default() }));
        let placebo =
            happened(&[1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]);
        let (chi, _) = score_test(&[treated, placebo]).expect("two groups");
        assert!((chi - 16.8).abs() < 1.5, "{chi}");
    }

    #[test]
    fn equal_groups_do_not_differ() {
        let own = between(&[(0, 31), (4, 4), (40, 90)]);
        let (chi, p) = score_test(&[own.clone(), own.clone(), own]).expect("three groups");
        assert!(chi < 1e-12 && (p - 1.0).abs() < 1e-9, "{chi} {p}");
        assert_eq!(score_test(&[between(&[(1, 2)])]), None);
    }
    #[test]
    fn a_score_is_what_the_curve_loses_meanwhile() {
        let cell = |first, days, chance| Cell { first, days, chance };
        // A quarter is gone by day 2, a half by day 5, three quarters by day 6; on day 6 itself nobody goes.
        let cells = [cell(0, 2, 0.25), cell(2, 3, 0.25), cell(5, 1, 0.25), cell(6, 1, 0.0)];
        let left = Left::of(&cells);
        let score = |least, most| left.score(Time { least, most, ..Time::default() });
        let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-12, "{got} {want}");
        // From ¾ to ½: (¾ ln ¾ - ½ ln ½) / ¼.
        close(score(2, Some(4)), libm::log(27.0 / 16.0));
        // From 1 to ¼: (0 - ¼ ln ¼) / ¾.
        close(score(0, Some(5)), libm::log(4.0) / 3.0);
        // Not yet after day 4, when a half is left, to 0.
        close(score(4, None), libm::log(0.5));
        // Where nobody goes, it is the slope of x ln x at what is left.
        close(score(6, Some(6)), 1.0 + libm::log(0.25));
    }

    #[test]
    fn nobody_is_compared_where_all_scores_are_equal_and_days_have_a_test_of_their_own() {
        let alike = between(&[(1, 4), (1, 4)]);
        assert_eq!(score_test(&[alike.clone(), alike]), None);
        let days = [between(&[(1, 1), (2, 2)]), between(&[(5, 5), (9, 9)])];
        assert_eq!(compare(&days).expect("two groups").name, "log-rank test");
        let months = [between(&[(1, 3), (2, 2)]), between(&[(5, 5), (9, 9)])];
        let name = "log-rank test of intervals, by permutation variance";
        assert_eq!(compare(&months).expect("two groups").name, name);
    }
}
