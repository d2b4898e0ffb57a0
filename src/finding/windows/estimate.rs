//! How long something took: an estimate with its intervals, from times of which some are not known to the day.

use rayon::prelude::*;

use super::{Grooming, SurvivalPoint};
use crate::finding::proportion::wilson;
use crate::finding::quantile::{NORMAL_975, quantile};
use crate::finding::survival::{Time, is_exact, kaplan_meier};
use crate::finding::turnbull::{Cell, happened_by, median, turnbull};
use crate::random::Random;

/// The estimate from some times.
#[derive(Clone, Debug, Default)]
pub(super) struct Estimate {
    pub(super) method: &'static str,
    pub(super) victims: usize,
    pub(super) events: usize,
    pub(super) median: Option<f64>,
    pub(super) median_interval: [Option<f64>; 2],
    pub(super) week: Option<(f64, [f64; 2])>,
    pub(super) month: Option<(f64, [f64; 2])>,
    pub(super) curve: Vec<SurvivalPoint>,
}

/// The share that was exploited by a day, and its interval; each apart.
pub(super) fn apart(share: Option<(f64, [f64; 2])>) -> (Option<f64>, Option<[f64; 2]>) {
    (share.map(|one| one.0), share.map(|one| one.1))
}

impl Estimate {
    pub(super) fn of(options: &Grooming, mut times: Vec<Time>) -> Self {
        let counted = Self {
            victims: times.len(),
            events: times.iter().filter(|time| time.most.is_some()).count(),
            ..Self::default()
        };
        if times.is_empty() {
            return counted;
        }
        times.sort_unstable();
        if is_exact(&times) { counted.exact(&times) } else { counted.inexact(options, &times) }
    }

    /// Kaplan and Meier's estimate with Greenwood's interval.
    fn exact(self, times: &[Time]) -> Self {
        let curve = kaplan_meier(times);
        let half = |reading: &dyn Fn(&SurvivalPoint) -> f64| {
            curve.iter().find(|point| reading(point) <= 0.5).map(|point| point.days)
        };
        let by = |day: u32| {
            let points = curve.iter().take_while(|point| point.days <= f64::from(day));
            let (share, own) = points.last().map_or((0.0, [0.0; 2]), |point| {
                (1.0 - point.survival, [1.0 - point.interval[1], 1.0 - point.interval[0]])
            });
            Some((share, never_nothing(own, share, watched(times, day))))
        };
        Self {
            method: "Kaplan–Meier, intervals by Greenwood",
            median: half(&|point| point.survival),
            median_interval: [half(&|point| point.interval[0]), half(&|point| point.interval[1])],
            week: by(7),
            month: by(30),
            curve,
            ..self
        }
    }

    /// Turnbull's estimate, with intervals from victims drawn anew.
    fn inexact(self, options: &Grooming, times: &[Time]) -> Self {
        const SETTLED: f64 = 1e-9;
        // An interval is no finer than its draws: they need not settle as far.
        const DRAWS_SETTLED: f64 = 1e-6;
        let all = turnbull(times, &vec![1.0; times.len()], SETTLED);
        let drawn: Vec<Drawn> = (0..options.draws as u64)
            .into_par_iter()
            .map(|draw| weights(times.len(), Random::new(options.seed, draw)))
            .map(|weights| Drawn::of(&turnbull(times, &weights, DRAWS_SETTLED)))
            .collect();
        let by = |day: u32, of: fn(&Drawn) -> f64| {
            let share = happened_by(&all, day);
            Some((share, on_log_log_scale(&drawn, of, share, times.len())))
        };
        let ends = interval(&drawn, |drawn| drawn.median, f64::INFINITY);
        Self {
            method: "Turnbull, intervals by drawing victims anew",
            median: median(&all),
            median_interval: ends.map(|end| end.is_finite().then_some(end)),
            week: by(7, |drawn| drawn.week),
            month: by(30, |drawn| drawn.month),
            curve: curve(times, &all, &drawn),
            ..self
        }
    }
}

/// How many were watched until a day, or to the end before it.
fn watched(times: &[Time], day: u32) -> usize {
    times.iter().filter(|time| time.most.is_some() || time.least >= day).count()
}

/// Greenwood's interval has no width where all or none were exploited; that of a share of as many has.
fn never_nothing([low, high]: [f64; 2], share: f64, victims: usize) -> [f64; 2] {
    let count = if share <= 0.0 { 0 } else { victims };
    if low < high { [low, high] } else { wilson(count, victims).unwrap_or([0.0, 1.0]) }
}

/// How often each victim is drawn, when as many are drawn as there are.
fn weights(count: usize, mut random: Random) -> Vec<f64> {
    let mut weights = vec![0.0; count];
    for _ in 0..count {
        let at = usize::try_from(random.below(count as u64)).expect("it is below a length");
        weights[at] += 1.0;
    }
    weights
}

/// What one draw of the victims gave.
struct Drawn {
    week: f64,
    month: f64,
    /// A median that the draw does not reach is later than all.
    median: f64,
    /// By cell: the share for whom it had happened by its end.
    by_cell: Vec<f64>,
}

impl Drawn {
    fn of(cells: &[Cell]) -> Self {
        let mut happened = 0.0;
        let by_cell = cells.iter().map(|cell| {
            happened += cell.chance;
            happened
        });
        Self {
            by_cell: by_cell.collect(),
            week: happened_by(cells, 7),
            month: happened_by(cells, 30),
            median: median(cells).unwrap_or(f64::INFINITY),
        }
    }
}

/// The 95 % interval of a share from what the draws gave, on the scale of log(−log(1 − share)).
///
/// On that scale the draws spread nearly evenly to either side (Kalbfleisch & Prentice 1980, §1.3), where their quantiles would be too near
/// when victims are few. A draw of nobody or of all counts as a quarter of a victim; so many victims have about `n` / (`n` − 1) of the spread
/// of their draws.
fn on_log_log_scale(
    drawn: &[Drawn],
    of: fn(&Drawn) -> f64,
    share: f64,
    victims: usize,
) -> [f64; 2] {
    let n = victims as f64;
    let edge = 0.25 / n;
    let there = |share: f64| libm::log(-libm::log1p(-share.clamp(edge, 1.0 - edge)));
    let back = |value: f64| -libm::expm1(-libm::exp(value));
    let values: Vec<f64> = drawn.iter().map(|one| there(of(one))).collect();
    let draws = values.len() as f64;
    if draws < 2.0 || n < 2.0 {
        return [0.0, 1.0];
    }
    let mean = values.iter().sum::<f64>() / draws;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let half = NORMAL_975 * (squares / (draws - 1.0) * n / (n - 1.0)).sqrt();
    let middle = there(share);
    let [low, high] = [back(middle - half), back(middle + half)];
    never_nothing([low.min(share), high.max(share)], share, victims)
}

/// The 2.5 % and 97.5 % quantile of what the draws gave; `only` where there are none.
fn interval(drawn: &[Drawn], of: impl Fn(&Drawn) -> f64, only: f64) -> [f64; 2] {
    let mut values: Vec<f64> = drawn.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    if values.is_empty() {
        [only; 2]
    } else {
        [0.025, 0.975].map(|share| *quantile(&values, share))
    }
}

/// A point at the last of each run of days on which it can have happened.
fn curve(times: &[Time], cells: &[Cell], drawn: &[Drawn]) -> Vec<SurvivalPoint> {
    const NOTHING: f64 = 1e-6;
    let watched: Vec<u32> =
        times.iter().filter(|time| time.most.is_none()).map(|time| time.least).collect();
    let (mut happened, count) = (0.0, times.len() as f64);
    let mut points = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let gone = watched.partition_point(|&until| until < cell.first);
        let at_risk = (count * (1.0 - happened) - gone as f64).max(0.0);
        happened += cell.chance;
        if cell.chance <= NOTHING {
            continue;
        }
        let [low, high] = interval(drawn, |drawn| drawn.by_cell[at], happened);
        points.push(SurvivalPoint {
            days: f64::from(cell.first + cell.days - 1),
            at_risk,
            events: count * cell.chance,
            survival: (1.0 - happened).max(0.0),
            interval: [(1.0 - high).max(0.0), (1.0 - low).min(1.0)],
        });
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(least: u32, most: Option<u32>) -> Time {
        Time { least, most, ..Time::default() }
    }

    /// Of four, one after 5 days and one after 10; the others were watched for 6 days and for 20.
    fn four() -> Vec<Time> {
        vec![time(20, None), time(10, Some(10)), time(6, None), time(5, Some(5))]
    }

    fn near(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-4, "{got}, expected {want}");
    }

    fn all_near(got: [f64; 2], want: [f64; 2]) {
        near(got[0], want[0]);
        near(got[1], want[1]);
    }

    #[test]
    fn where_days_are_known_it_is_kaplan_and_meiers_estimate_with_greenwoods_interval() {
        let found = Estimate::of(&Grooming::default(), four());
        assert_eq!(found.method, "Kaplan–Meier, intervals by Greenwood");
        assert_eq!((found.victims, found.events), (4, 2));
        // Three of four are left after 5 days, and half of those two who were still watched after 10.
        assert_eq!(found.curve.len(), 2);
        let (week, own) = found.week.expect("somebody was watched");
        near(week, 0.25);
        // On the scale of log(−log): variance 1/12, √ of it over ln ¾ is 1.00345.
        all_near(own, [0.03945, 0.87205]);
        near(found.month.expect("somebody was watched").0, 0.625);
        assert_eq!(found.median, Some(10.0));
        assert_eq!(found.median_interval, [Some(5.0), None]);
    }

    #[test]
    fn where_months_are_known_it_is_turnbulls_and_of_nobody_there_is_none() {
        let times = vec![time(2, Some(5)), time(2, Some(5)), time(40, None)];
        let options = Grooming { draws: 20, seed: 1 };
        let found = Estimate::of(&options, times);
        assert_eq!(found.method, "Turnbull, intervals by drawing victims anew");
        assert_eq!((found.victims, found.events), (3, 2));
        near(found.week.expect("somebody was watched").0, 2.0 / 3.0);
        // Half of three is three quarters of the two: the third of four days.
        assert_eq!(found.median, Some(4.0));
        let none = Estimate::of(&options, Vec::new());
        assert_eq!((none.method, none.victims, none.median), ("", 0, None));
        assert!(none.week.is_none() && none.curve.is_empty());
    }

    #[test]
    fn who_was_not_watched_until_a_day_does_not_count_by_then() {
        assert_eq!(watched(&four(), 6), 4);
        assert_eq!(watched(&four(), 7), 3);
        assert_eq!(watched(&four(), 21), 2);
    }

    #[test]
    fn an_interval_without_width_is_that_of_a_share_of_as_many() {
        all_near(never_nothing([0.2, 0.4], 0.3, 10), [0.2, 0.4]);
        // Wilson's of none and of all of ten: z² / (10 + z²) = 3.8415 / 13.8415.
        all_near(never_nothing([0.0, 0.0], 0.0, 10), [0.0, 0.27753]);
        all_near(never_nothing([1.0, 1.0], 1.0, 10), [0.72247, 1.0]);
        all_near(never_nothing([0.0, 0.0], 0.0, 0), [0.0, 1.0]);
    }

    fn draw(week: f64, by_cell: &[f64]) -> Drawn {
        Drawn { week, month: 0.0, median: 0.0, by_cell: by_cell.to_vec() }
    }

    #[test]
    fn draws_spread_on_the_scale_of_log_minus_log() {
        // Shares left of 1/e and e^-e stand at 0 and 1 there: a variance of ½, times 5/4 for five victims. From 0 that is
        // 1.96 · √0.625 = 1.5495 to either side.
        let left = |x: f64| 1.0 - libm::exp(-x);
        let drawn = [draw(left(1.0), &[]), draw(left(std::f64::consts::E), &[])];
        let week = |one: &Drawn| one.week;
        all_near(on_log_log_scale(&drawn, week, left(1.0), 5), [0.19132, 0.99099]);
        all_near(on_log_log_scale(&drawn[..1], week, left(1.0), 5), [0.0, 1.0]);
        all_near(on_log_log_scale(&drawn, week, left(1.0), 1), [0.0, 1.0]);
    }

    #[test]
    fn an_interval_leaves_out_one_draw_in_forty_on_either_side() {
        let drawn: Vec<Drawn> = (0..=40).rev().map(|at| draw(f64::from(at), &[])).collect();
        all_near(interval(&drawn, |one| one.week, 7.0), [1.0, 39.0]);
        all_near(interval(&[], |one| one.week, 7.0), [7.0, 7.0]);
    }

    #[test]
    fn a_draw_tells_what_had_happened_by_then() {
        let cell = |first, days, chance| Cell { first, days, chance };
        // Two days of four by day 7, and all but a quarter by day 30.
        let drawn = Drawn::of(&[cell(6, 4, 0.5), cell(10, 11, 0.25)]);
        near(drawn.week, 0.25);
        near(drawn.month, 0.75);
        near(drawn.median, 9.0);
        assert_eq!(drawn.by_cell, [0.5, 0.75]);
        assert!(Drawn::of(&[cell(6, 4, 0.25)]).median.is_infinite());
    }

    #[test]
    fn as_many_are_drawn_as_there_are() {
        let drawn = weights(7, Random::new(3, 4));
        assert_eq!(drawn.len(), 7);
        near(drawn.iter().sum(), 7.0);
        assert_ne!(drawn, vec![1.0; 7], "some twice and some not at all");
    }

    #[test]
    fn the_curve_falls_at_the_end_of_each_run_of_days() {
        let cell = |first, days, chance| Cell { first, days, chance };
        let cells = [cell(0, 2, 0.0), cell(2, 3, 0.5), cell(5, 5, 0.25)];
        let times = [time(1, None), time(2, Some(4)), time(5, Some(9)), time(8, None)];
        let drawn = [draw(0.0, &[0.0, 0.4, 0.6]), draw(0.0, &[0.0, 0.6, 0.8])];
        let found = curve(&times, &cells, &drawn);
        let told: Vec<[f64; 4]> =
            found.iter().map(|one| [one.days, one.at_risk, one.events, one.survival]).collect();
        // One was last watched on day 1: three are at risk of four, and then one, because two are gone.
        assert_eq!(told, [[4.0, 3.0, 2.0, 0.5], [9.0, 1.0, 1.0, 0.25]]);
        all_near(found[0].interval, [0.4, 0.6]);
        all_near(found[1].interval, [0.2, 0.4]);
        all_near(curve(&times, &cells, &[])[0].interval, [0.5, 0.5]);
    }
}
