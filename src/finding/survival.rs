//! How long something takes when some are not seen to the end, and dates are not known to the day.

use super::SurvivalPoint;

/// How long it took, in whole days: at least and at most; without a most, it had not happened by the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time {
    pub(super) least: u32,
    pub(super) most: Option<u32>,
}

/// The 97.5 % quantile of the normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// Whether every time that ended is known to the day: then the estimate has a closed form.
pub(super) fn is_exact(times: &[Time]) -> bool {
    times.iter().all(|time| time.most.is_none_or(|most| most == time.least))
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

/// Days in a row that the data do not tell apart, and the chance that it happens on one of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    /// The first of the days.
    pub(super) first: u32,
    /// How many there are.
    pub(super) days: u32,
    /// The chance of all of them together; each day shares alike.
    pub(super) chance: f64,
}

/// Turnbull's estimate: the chance of each run of days that the data tell apart, in order.
///
/// What is left to 1 has not happened by the last day. `weights` says how often each time counts.
/// Where the data do not say on which day of an interval it happened, its days share alike, because the
/// iteration starts from equal chances. It ends when no chance moves by `settled` or more.
///
/// - **Cost**: `O(times)` a round, at most [`ROUNDS`] rounds, however long the times are.
///
/// # Source
///
/// B. W. Turnbull, J. R. Stat. Soc. B 38:290–295, 1976: the self-consistency algorithm, which for
/// times known to the day settles at Kaplan and Meier's estimate.
pub(super) fn turnbull(times: &[Time], weights: &[f64], settled: f64) -> Vec<Cell> {
    let mut cells = cells(times);
    let total: f64 = weights.iter().sum();
    let all: f64 = 1.0 + cells.iter().map(|cell| f64::from(cell.days)).sum::<f64>();
    // The last chance is that of later than all days.
    let mut chance: Vec<f64> =
        cells.iter().map(|cell| f64::from(cell.days) / all).chain([1.0 / all]).collect();
    let spans: Vec<(usize, usize)> = times.iter().map(|time| span(*time, &cells)).collect();
    for _ in 0..ROUNDS {
        let next = one_round(&spans, weights, &chance, total);
        let moved = chance.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        chance = next;
        if moved < settled {
            break;
        }
    }
    for (cell, chance) in cells.iter_mut().zip(chance) {
        cell.chance = chance;
    }
    cells
}

/// The most rounds of [`turnbull`].
const ROUNDS: usize = 5_000;

/// The days from 0 to the last, cut wherever a time can begin or end.
fn cells(times: &[Time]) -> Vec<Cell> {
    let ends = times.iter().flat_map(|time| {
        let after = time.most.unwrap_or(time.least).saturating_add(1);
        [time.least, after]
    });
    let mut cuts: Vec<u32> = ends.chain([0]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|cut| Cell { first: cut[0], days: cut[1] - cut[0], chance: 0.0 }).collect()
}

/// The first and last cell in which it can have happened; the number of cells stands for later than all.
fn span(time: Time, cells: &[Cell]) -> (usize, usize) {
    let at = |day: u32| cells.partition_point(|cell| cell.first < day);
    match time.most {
        Some(most) => (at(time.least), at(most.saturating_add(1)) - 1),
        None => (at(time.least.saturating_add(1)), cells.len()),
    }
}

/// Shares each time out over the cells in which it can have happened, by how likely each is so far.
fn one_round(spans: &[(usize, usize)], weights: &[f64], chance: &[f64], total: f64) -> Vec<f64> {
    let mut before = vec![0.0; chance.len() + 1];
    for (cell, chance) in chance.iter().enumerate() {
        before[cell + 1] = before[cell] + chance;
    }
    let mut claims = vec![0.0; chance.len() + 1];
    for (&(first, last), weight) in spans.iter().zip(weights) {
        let mass = before[last + 1] - before[first];
        if mass > 0.0 {
            claims[first] += weight / mass;
            claims[last + 1] -= weight / mass;
        }
    }
    let mut claimed = 0.0;
    chance
        .iter()
        .zip(&claims)
        .map(|(chance, claim)| {
            claimed += claim;
            // What is left of claims that have ended is rounding.
            (chance * claimed / total).max(0.0)
        })
        .collect()
}

/// The share for whom it had happened by the end of `day`.
pub(super) fn happened_by(cells: &[Cell], day: u32) -> f64 {
    let part = |cell: &Cell| {
        let gone = (day + 1).saturating_sub(cell.first).min(cell.days);
        cell.chance * f64::from(gone) / f64::from(cell.days)
    };
    cells.iter().map(part).sum()
}

/// The first day by which it had happened for half; none if it never had.
pub(super) fn median(cells: &[Cell]) -> Option<f64> {
    // Self-consistency settles at a half from either side.
    const HALF: f64 = 0.5 - 1e-9;
    let mut happened = 0.0;
    let cell = cells.iter().find(|cell| {
        happened += cell.chance;
        happened >= HALF
    })?;
    let missing = HALF - (happened - cell.chance);
    let days = (missing / cell.chance * f64::from(cell.days)).ceil().max(1.0);
    Some(f64::from(cell.first) + days - 1.0)
}

#[cfg(test)]
mod tests {
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
        TREATED.map(|(least, happened)| Time { least, most: happened.then_some(least) }).to_vec()
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
    fn a_time_between_two_days_says_nothing_of_which() {
        let times = [Time { least: 2, most: Some(5) }];
        let cells = turnbull(&times, &[1.0], 1e-9);
        let by = [(1, 0.0), (2, 0.25), (3, 0.5), (5, 1.0), (9, 1.0)];
        assert!(by.iter().all(|&(day, share)| (happened_by(&cells, day) - share).abs() < 1e-9));
        assert_eq!(median(&cells), Some(3.0));
    }

    #[test]
    fn a_wide_interval_leans_to_where_others_are_known() {
        let exact = Time { least: 3, most: Some(3) };
        let times = [exact, exact, exact, Time { least: 0, most: Some(30) }];
        let chance = turnbull(&times, &[1.0; 4], 1e-9);
        assert!(happened_by(&chance, 3) - happened_by(&chance, 2) > 0.99, "{chance:?}");
    }

    #[test]
    fn a_long_time_costs_no_more_than_a_short_one() {
        let times = [Time { least: 0, most: Some(u32::MAX - 1) }, Time { least: 5, most: None }];
        assert!(turnbull(&times, &[1.0; 2], 1e-9).len() <= 4);
    }

    #[test]
    fn nothing_seen_is_nothing_said() {
        assert!(kaplan_meier(&[]).is_empty());
        assert!(happened_by(&[], 7).abs() < 1e-12);
        assert_eq!(median(&[]), None);
    }
}
