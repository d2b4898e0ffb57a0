//! Whether some groups wait longer than others.

use super::gamma::upper_tail;
use super::linear::solve;
use super::survival::Time;

/// The log-rank test of several groups: its χ² and the chance of as large a one, were all to wait alike; none for fewer than two groups with anything
/// seen.
///
/// Times are known to the day; one that had not happened counts until it was last watched.
///
/// Source: Mantel (1966), Cancer Chemother. Rep. 50:163; Peto & Peto (1972), JRSS A 135:185. Per day `d` is how many it happened to, `n` how
/// many were waiting, and the variance is that of the multivariate hypergeometric distribution.
pub(super) fn log_rank(groups: &[Vec<Time>]) -> Option<(f64, f64)> {
    let groups: Vec<&Vec<Time>> = groups.iter().filter(|times| !times.is_empty()).collect();
    let free = groups.len().checked_sub(1).filter(|&free| free > 0)?;
    let sorted = |of: &dyn Fn(&Time) -> bool| -> Vec<Vec<u32>> {
        let own = |times: &&Vec<Time>| {
            let own = times.iter().filter(|time| of(time)).map(|time| time.least);
            let mut own: Vec<u32> = own.collect();
            own.sort_unstable();
            own
        };
        groups.iter().map(own).collect()
    };
    let (all, seen) = (sorted(&|_| true), sorted(&|time| time.most.is_some()));
    let mut days: Vec<u32> = seen.iter().flatten().copied().collect();
    days.sort_unstable();
    days.dedup();
    let mut excess = vec![0.0; free];
    let mut variance = vec![vec![0.0; free]; free];
    for day in days {
        let before = |times: &Vec<u32>, day| times.partition_point(|&time| time < day);
        let waiting: Vec<f64> =
            all.iter().map(|times| (times.len() - before(times, day)) as f64).collect();
        let happened: Vec<f64> =
            seen.iter().map(|times| (before(times, day + 1) - before(times, day)) as f64).collect();
        let (n, d) = (waiting.iter().sum::<f64>(), happened.iter().sum::<f64>());
        let spread = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
        for i in 0..free {
            excess[i] += happened[i] - d * waiting[i] / n;
            for j in 0..free {
                let same = if i == j { 1.0 } else { 0.0 };
                variance[i][j] += spread * waiting[i] / n * (same - waiting[j] / n);
            }
        }
    }
    let solved = solve(variance, excess.clone())?;
    let chi: f64 = excess.iter().zip(solved).map(|(a, b)| a * b).sum();
    Some((chi, upper_tail(chi / 2.0, free as f64 / 2.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(seen: &[u32], watched: &[u32]) -> Vec<Time> {
        let happened =
            seen.iter().map(|&day| Time { least: day, most: Some(day), ..Time::default() });
        happened
            .chain(watched.iter().map(|&day| Time { least: day, most: None, ..Time::default() }))
            .collect()
    }

    #[test]
    fn leukaemia_in_remission_is_as_published() {
        // Freireich et al. (1963): weeks in remission, under 6-MP and under a placebo.
        let treated = times(
            &[6, 6, 6, 7, 10, 13, 16, 22, 23],
            &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
        );
        let placebo =
            times(&[1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], &[]);
        let (chi, p) = log_rank(&[treated, placebo]).expect("two groups");
        assert!((chi - 16.7929).abs() < 5e-5 && (p - 4.17e-5).abs() < 1e-7, "{chi} {p}");
    }

    #[test]
    fn one_group_or_equal_groups_differ_by_nothing() {
        let own = times(&[1, 4, 9], &[12]);
        assert_eq!(log_rank(&[own.clone(), Vec::new()]), None);
        let (chi, p) = log_rank(&[own.clone(), own.clone(), own]).expect("three groups");
        assert!(chi.abs() < 1e-9 && (p - 1.0).abs() < 1e-9);
    }
}
