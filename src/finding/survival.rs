//! The Kaplan–Meier estimate of how long something takes when some are not seen to the end.

use super::SurvivalPoint;

/// How long it took, or how long it was watched without happening.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Time {
    pub(super) days: f64,
    pub(super) happened: bool,
}

/// The 97.5 % quantile of the normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The curve: a point at each time at which it happened.
///
/// # Source
///
/// E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53:457–481, 1958; Greenwood's variance, and its interval on the
/// log(−log) scale (Kalbfleisch & Prentice 1980, §1.3), which stays in [0, 1]. `d` is `events`, `n` is `at_risk`.
pub(super) fn kaplan_meier(times: &[Time]) -> Vec<SurvivalPoint> {
    let mut sorted = times.to_vec();
    sorted.sort_by(|a, b| a.days.total_cmp(&b.days));
    let (mut survival, mut greenwood, mut at_risk) = (1.0, 0.0, sorted.len());
    let mut curve = Vec::new();
    for tied in sorted.chunk_by(|a, b| a.days.total_cmp(&b.days).is_eq()) {
        let events = tied.iter().filter(|time| time.happened).count();
        if events > 0 {
            let (d, n) = (events as f64, at_risk as f64);
            survival *= 1.0 - d / n;
            greenwood += d / (n * (n - d));
            let interval = log_log_interval(survival, greenwood);
            curve.push(SurvivalPoint {
                days: tied[0].days,
                at_risk,
                events,
                survival,
                interval,
            });
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

/// The share for whom it had happened by `days`, with its interval; none before any time is known.
pub(super) fn happened_by(curve: &[SurvivalPoint], days: f64) -> (f64, [f64; 2]) {
    let point = curve.iter().take_while(|point| point.days <= days).last();
    point.map_or((0.0, [0.0, 0.0]), |point| {
        (
            1.0 - point.survival,
            [1.0 - point.interval[1], 1.0 - point.interval[0]],
        )
    })
}

/// The first time at which at most half remain, by the given reading of each point.
pub(super) fn median(
    curve: &[SurvivalPoint],
    reading: impl Fn(&SurvivalPoint) -> f64,
) -> Option<f64> {
    curve
        .iter()
        .find(|point| reading(point) <= 0.5)
        .map(|point| point.days)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Freireich et al. 1963, as Gehan 1965 prints it: weeks of remission under 6-MP.
    const TREATED: [(f64, bool); 21] = [
        (6.0, true),
        (6.0, true),
        (6.0, true),
        (6.0, false),
        (7.0, true),
        (9.0, false),
        (10.0, true),
        (10.0, false),
        (11.0, false),
        (13.0, true),
        (16.0, true),
        (17.0, false),
        (19.0, false),
        (20.0, false),
        (22.0, true),
        (23.0, true),
        (25.0, false),
        (32.0, false),
        (32.0, false),
        (34.0, false),
        (35.0, false),
    ];

    #[test]
    fn the_leukemia_trial_comes_out_as_published() {
        let times = TREATED.map(|(days, happened)| Time { days, happened });
        let curve = kaplan_meier(&times);
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
        assert_eq!(median(&curve, |point| point.survival), Some(23.0));
        let [low, high] = curve[0].interval;
        assert!(
            (low - 0.6197).abs() < 5e-5 && (high - 0.9516).abs() < 5e-5,
            "{low} {high}"
        );
    }

    #[test]
    fn nothing_seen_is_nothing_said() {
        assert!(kaplan_meier(&[]).is_empty());
        assert_eq!(happened_by(&[], 7.0), (0.0, [0.0, 0.0]));
    }
}
