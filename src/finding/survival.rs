//! How long something takes when some are not seen to the end; where days are known, Kaplan and Meier's curve.

use super::SurvivalPoint;
use super::quantile::NORMAL_975;

/// How long it took, in whole days: at least and at most; without a most, it had not happened by the least.
///
/// Where both ends are a month, few pairs of their days lie nearly two months apart and many about one: a length fits the better, the more
/// pairs give it. The number of pairs climbs by one a day over `slope` days, stays, and falls again by one a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time {
    pub(super) least: u32,
    pub(super) most: Option<u32>,
    /// How many days of the climb lie before `least`, because a time is not below 0.
    pub(super) before: u32,
    /// Over how many days it climbs, and falls: those of the shorter of the two ends, but one.
    pub(super) slope: u32,
}

impl Time {
    /// From some day of one interval to some day of another, or to no day up to the first of the other if it has not happened; intervals are
    /// their first and last days.
    pub(super) fn between(from: [i32; 2], to: [i32; 2], happened: bool) -> Self {
        let days = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let [first, own, other] =
            [days(from[1], to[0]), days(from[0], from[1]), days(to[0], to[1])];
        let part = |days: i64| u32::try_from(days).unwrap_or(0);
        Self {
            least: part(first),
            most: happened.then_some(part(days(from[0], to[1]))),
            before: part(-first),
            slope: part(if happened { own.min(other) } else { own }),
        }
    }

    /// The days on which the number of pairs begins to climb, to stay, and to fall, and that after the last; each but the last two also of a time
    /// that has not happened.
    pub(super) fn bends(self) -> [u32; 4] {
        let stays = self.least.saturating_add(self.slope.saturating_sub(self.before));
        if let Some(most) = self.most {
            let end = most.saturating_add(1);
            // Of one month and the same month the number of pairs falls from the first day on.
            let falls = end.saturating_sub(self.slope).max(self.least);
            [self.least, stays.min(falls), falls, end]
        } else {
            // It is not on the last day seen that it happened.
            let climbs = self.least.saturating_add(u32::from(self.before == 0));
            [climbs, stays.saturating_add(1), u32::MAX, u32::MAX]
        }
    }
}

/// Whether every time that ended is known to the day: then the estimate has a closed form.
pub(super) fn is_exact(times: &[Time]) -> bool {
    times.iter().all(|time| match time.most {
        Some(most) => most == time.least,
        None => time.slope == 0,
    })
}

/// The Kaplan–Meier curve of times known to the day: a point at each day on which it happened.
///
/// # Source
///
/// E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53:457–481, 1958; Greenwood's variance, and its
/// interval on the log(−log) scale (Kalbfleisch & Prentice 1980, §1.3), which stays in [0, 1]. `d` is
/// `events`, `n` is `at_risk`.
pub(super) fn kaplan_meier(times: &[Time]) -> Vec<SurvivalPoint> {
    let mut sorted = times.to_vec();
    sorted.sort_by_key(|time| time.least);
    let (mut survival, mut greenwood, mut at_risk) = (1.0, 0.0, sorted.len());
    let mut curve = Vec::new();
    for tied in sorted.chunk_by(|a, b| a.least == b.least) {
        let events = tied.iter().filter(|time| time.most.is_some()).count();
        if events > 0 {
            let (d, n) = (events as f64, at_risk as f64);
            survival *= 1.0 - d / n;
            greenwood += d / (n * (n - d));
            let interval = log_log_interval(survival, greenwood);
            let days = f64::from(tied[0].least);
            curve.push(SurvivalPoint { days, at_risk: n, events: d, survival, interval });
        }
        at_risk -= tied.len();
    }
    curve
}

fn log_log_interval(survival: f64, greenwood: f64) -> [f64; 2] {
    if survival <= 0.0 || survival >= 1.0 {
        return [survival; 2];
    }
    let log = libm::log(survival);
    let error = NORMAL_975 * greenwood.sqrt() / log.abs();
    let at = |sign: f64| libm::exp(log * libm::exp(sign * error));
    [at(1.0), at(-1.0)]
}

#[cfg(test)]
mod tests {
    use super::super::turnbull::{happened_by, median, turnbull};
    use super::*;

    /// Freireich et al. 1963, as Gehan 1965 prints it: weeks of remission under 6-MP.
    const TREATED: [(u32, bool); 21] = [
        (6, true),
        (6, true),
        (6, true),
        (6, false),
        (7, true),
        (9, false),
        (10, true),
        (10, false),
        (11, false),
        (13, true),
        (16, true),
        (17, false),
        (19, false),
        (20, false),
        (22, true),
        (23, true),
        (25, false),
        (32, false),
        (32, false),
        (34, false),
        (35, false),
    ];

    fn treated() -> Vec<Time> {
        TREATED
            .map(|(least, happened)| Time {
                least,
                most: happened.then_some(least),
                ..Time::default()
            })
            .to_vec()
    }

    #[test]
    fn the_leukemia_trial_comes_out_as_published() {
        let curve = kaplan_meier(&treated());
        let published = [
            (6.0, 0.8571),
            (7.0, 0.8067),
            (10.0, 0.7529),
            (13.0, 0.6902),
            (16.0, 0.6275),
            (22.0, 0.5378),
            (23.0, 0.4482),
        ];
        for (point, (days, survival)) in curve.iter().zip(published) {
            assert!(
                (point.days - days).abs() < 1e-9 && (point.survival - survival).abs() < 5e-5,
                "{point:?}"
            );
        }
        let [low, high] = curve[0].interval;
        assert!((low - 0.6197).abs() < 5e-5 && (high - 0.9516).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn turnbull_is_kaplan_and_meier_where_days_are_known() {
        let times = treated();
        let chance = turnbull(&times, &vec![1.0; times.len()], 1e-9);
        for point in kaplan_meier(&times) {
            let day = TREATED.iter().map(|(day, _)| *day).find(|&day| f64::from(day) >= point.days);
            let happened = happened_by(&chance, day.expect("a day of the trial"));
            assert!((1.0 - happened - point.survival).abs() < 1e-6, "{point:?} {happened}");
        }
        assert_eq!(median(&chance), Some(23.0));
    }

    #[test]
    fn what_is_not_known_to_the_day_is_not_exact() {
        let open = |slope| Time { least: 3, most: None, slope, ..Time::default() };
        let until = |most| Time { least: 3, most: Some(most), ..Time::default() };
        assert!(is_exact(&[until(3), open(0)]) && is_exact(&[]));
        assert!(!is_exact(&[until(3), until(4)]) && !is_exact(&[open(2), until(3)]));
    }

    #[test]
    fn the_number_of_pairs_bends_where_it_should() {
        let same = Time::between([0, 30], [0, 30], true);
        assert_eq!((same.least, same.most, same.before, same.slope), (0, Some(30), 30, 30));
        assert_eq!(same.bends(), [0, 0, 1, 31]);
        let next = Time::between([0, 30], [31, 58], true);
        assert_eq!((next.least, next.most, next.slope), (1, Some(58), 27));
        assert_eq!(next.bends(), [1, 28, 32, 59]);
        assert_eq!(Time::between([4, 4], [9, 9], true).bends(), [5, 5, 6, 6]);
    }

    #[test]
    fn of_nothing_seen_there_is_no_curve() {
        assert!(kaplan_meier(&[]).is_empty());
    }
}
