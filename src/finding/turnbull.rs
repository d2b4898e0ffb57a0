//! Turnbull's estimate: how long something takes when dates are not known to the day.

use super::survival::Time;

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
/// iteration starts from equal chances. A length that more pairs of days give counts more. It ends when no chance moves by `settled` or more.
///
/// - **Cost**: `O(times)` a round, at most [`ROUNDS`] rounds, however long the times are.
///
/// # Source
///
/// B. W. Turnbull, J. R. Stat. Soc. B 38:290–295, 1976: the self-consistency algorithm, which for
/// times known to the day settles at Kaplan and Meier's estimate. V. De Gruttola, S. W. Lagakos, Biometrics 45:1–11, 1989, for times of which
/// both ends are intervals; here the first end is as likely on each of its days.
pub(super) fn turnbull(times: &[Time], weights: &[f64], settled: f64) -> Vec<Cell> {
    let mut cells = cells(times);
    let total: f64 = weights.iter().sum();
    let all: f64 = 1.0 + cells.iter().map(|cell| f64::from(cell.days)).sum::<f64>();
    // The last chance is that of later than all days.
    let mut chance: Vec<f64> =
        cells.iter().map(|cell| f64::from(cell.days) / all).chain([1.0 / all]).collect();
    let spans: Vec<Span> = times.iter().map(|time| Span::of(*time, &cells)).collect();
    let middles: Vec<f64> = cells.iter().map(Cell::middle).chain([0.0]).collect();
    for _ in 0..ROUNDS {
        let next = one_round(&spans, weights, &chance, &middles, total);
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

/// The days from 0 to the last, cut wherever the number of pairs of days that give a time can bend.
fn cells(times: &[Time]) -> Vec<Cell> {
    let last = |time: &Time| time.most.unwrap_or(time.least).saturating_add(1);
    let end = times.iter().map(last).max().unwrap_or(0);
    let bends = times.iter().flat_map(|time| time.bends()).map(|day| day.min(end));
    let mut cuts: Vec<u32> = bends.chain([0]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|cut| Cell { first: cut[0], days: cut[1] - cut[0], chance: 0.0 }).collect()
}

impl Cell {
    fn middle(&self) -> f64 {
        f64::from(self.first) + (f64::from(self.days) - 1.0) / 2.0
    }
}

/// The cells in which a time can have happened: those of the climb, those between, and those of the fall; after all cells is later than all.
#[derive(Clone, Copy, Debug)]
struct Span {
    ends: [usize; 4],
    /// For each of the three, how many pairs of days give it: so many, and so many more a day.
    pairs: [(f64, f64); 3],
}

impl Span {
    fn of(time: Time, cells: &[Cell]) -> Self {
        let at = |day: u32| cells.partition_point(|cell| cell.first < day);
        let [climbs, stays, falls, end] = time.bends();
        let ends = match time.most {
            Some(_) => [at(climbs), at(stays), at(falls), at(end)],
            None => [at(climbs), at(stays), cells.len() + 1, cells.len() + 1],
        };
        let [least, before, slope] = [time.least, time.before, time.slope].map(f64::from);
        // A time that has not happened is longer than the least: its climb begins a day later.
        let first = if time.most.is_some() { 1.0 } else { 0.0 };
        let last = f64::from(time.most.unwrap_or(0)) + 1.0;
        Self { ends, pairs: [(first + before - least, 1.0), (slope + 1.0, 0.0), (last, -1.0)] }
    }

    fn parts(&self) -> impl Iterator<Item = (usize, usize, f64, f64)> + '_ {
        let ends = self.ends.windows(2).zip(self.pairs);
        ends.filter(|(end, _)| end[0] < end[1])
            .map(|(end, (pairs, more))| (end[0], end[1], pairs, more))
    }
}

/// Shares each time out over the cells in which it can have happened, by how likely each is so far and by how many pairs of days give it.
fn one_round(
    spans: &[Span],
    weights: &[f64],
    chance: &[f64],
    middles: &[f64],
    total: f64,
) -> Vec<f64> {
    // Sums of the chances before each cell, and of the chances times the middle days.
    let mut before = vec![(0.0, 0.0); chance.len() + 1];
    for (cell, (chance, middle)) in chance.iter().zip(middles).enumerate() {
        let (plain, by_day) = before[cell];
        before[cell + 1] = (plain + chance, by_day + chance * middle);
    }
    let mut claims = vec![(0.0, 0.0); chance.len() + 1];
    for (span, weight) in spans.iter().zip(weights) {
        let part = |(from, to, pairs, more): (usize, usize, f64, f64)| {
            let (plain, by_day) = (before[to].0 - before[from].0, before[to].1 - before[from].1);
            (pairs * plain + more * by_day).max(0.0)
        };
        let mass: f64 = span.parts().map(part).sum();
        if mass > 0.0 {
            for (from, to, pairs, more) in span.parts() {
                let claim = (pairs * weight / mass, more * weight / mass);
                claims[from] = (claims[from].0 + claim.0, claims[from].1 + claim.1);
                claims[to] = (claims[to].0 - claim.0, claims[to].1 - claim.1);
            }
        }
    }
    let (mut plain, mut by_day) = (0.0, 0.0);
    chance
        .iter()
        .zip(middles)
        .zip(&claims)
        .map(|((chance, middle), claim)| {
            (plain, by_day) = (plain + claim.0, by_day + claim.1);
            // What is left of claims that have ended is rounding.
            (chance * (plain + by_day * middle) / total).max(0.0)
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
    use super::super::survival::is_exact;
    use super::*;

    #[test]
    fn a_time_between_two_days_says_nothing_of_which() {
        let times = [Time { least: 2, most: Some(5), ..Time::default() }];
        let cells = turnbull(&times, &[1.0], 1e-9);
        let by = [(1, 0.0), (2, 0.25), (3, 0.5), (5, 1.0), (9, 1.0)];
        assert!(by.iter().all(|&(day, share)| (happened_by(&cells, day) - share).abs() < 1e-9));
        assert_eq!(median(&cells), Some(3.0));
    }

    #[test]
    fn a_wide_interval_leans_to_where_others_are_known() {
        let exact = Time { least: 3, most: Some(3), ..Time::default() };
        let times = [exact, exact, exact, Time { least: 0, most: Some(30), ..Time::default() }];
        let chance = turnbull(&times, &[1.0; 4], 1e-9);
        assert!(happened_by(&chance, 3) - happened_by(&chance, 2) > 0.99, "{chance:?}");
    }

    /// The same, day by day: how many pairs of days give each length.
    fn slow(pairs: &[([i32; 2], [i32; 2], bool)], last: usize) -> Vec<f64> {
        let fits = |&(from, to, happened): &([i32; 2], [i32; 2], bool), length: usize| {
            let length = i32::try_from(length).expect("a short time");
            let starts = (from[0]..=from[1]).filter(|start| {
                let end = start + length;
                if happened { (to[0]..=to[1]).contains(&end) } else { end > to[0] }
            });
            starts.count() as f64
        };
        // The place after the last day is that of later than all.
        let mut chance = vec![1.0 / (last + 2) as f64; last + 2];
        for _ in 0..20_000 {
            let mut next = vec![0.0; chance.len()];
            for pair in pairs {
                let later = if pair.2 { 0.0 } else { f64::from(pair.0[1] - pair.0[0] + 1) };
                let fit = |at: usize| if at <= last { fits(pair, at) } else { later };
                let all: f64 = (0..chance.len()).map(|at| fit(at) * chance[at]).sum();
                for (at, next) in next.iter_mut().enumerate() {
                    *next += fit(at) * chance[at] / all / pairs.len() as f64;
                }
            }
            chance = next;
        }
        chance
    }

    #[test]
    fn months_count_by_the_pairs_of_their_days() {
        let pairs = [
            ([0, 30], [0, 30], true),
            ([0, 30], [31, 58], true),
            ([4, 4], [31, 58], true),
            ([0, 30], [12, 12], true),
            ([3, 3], [9, 9], true),
            ([5, 5], [12, 12], true),
            ([40, 40], [52, 52], true),
            ([31, 58], [60, 60], false),
            ([31, 58], [45, 45], false),
            ([2, 2], [30, 30], false),
        ];
        let times: Vec<Time> =
            pairs.iter().map(|&(from, to, happened)| Time::between(from, to, happened)).collect();
        let cells = turnbull(&times, &vec![1.0; times.len()], 1e-12);
        let want = slow(&pairs, 58);
        for day in [5, 7, 12, 20, 30, 45, 58] {
            let by: f64 = want[..=day as usize].iter().sum();
            let got = happened_by(&cells, day);
            // Days of one cell share alike here, and each has its own chance there.
            assert!((got - by).abs() < 0.02, "{day}: {got} {by}");
        }
    }

    #[test]
    fn where_each_day_is_told_apart_it_is_counting_pairs_of_days() {
        let day = |day: i32| ([0, 0], [day, day], true);
        let mut pairs: Vec<_> = (0..=6).map(day).collect();
        pairs.extend([([0, 2], [3, 5], true), ([0, 2], [1, 4], true), ([0, 1], [4, 4], false)]);
        let times: Vec<Time> =
            pairs.iter().map(|&(from, to, happened)| Time::between(from, to, happened)).collect();
        assert!(is_exact(&times[..7]) && !is_exact(&times));
        let cells = turnbull(&times, &vec![1.0; times.len()], 1e-12);
        let want = slow(&pairs, 6);
        for day in 0..=6 {
            let by: f64 = want[..=day as usize].iter().sum();
            assert!((happened_by(&cells, day) - by).abs() < 1e-6, "{day}: {cells:?} {by}");
        }
    }

    #[test]
    fn a_time_that_counts_twice_is_two_times() {
        let early = Time::between([0, 2], [3, 5], true);
        let late = Time::between([0, 1], [6, 9], true);
        let twice = turnbull(&[early, late], &[2.0, 1.0], 1e-12);
        let two = turnbull(&[early, early, late], &[1.0; 3], 1e-12);
        assert_eq!(twice.len(), two.len());
        for (one, other) in twice.iter().zip(&two) {
            assert!((one.chance - other.chance).abs() < 1e-9, "{twice:?} {two:?}");
        }
        let cell = Cell { first: 3, days: 5, chance: 0.0 };
        assert!((cell.middle() - 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_length_that_fits_on_all_days_of_february_has_so_many_pairs() {
        let next = Time::between([0, 30], [31, 58], true);
        assert_eq!(Span::of(next, &[]).pairs[1].0.to_bits(), 28.0_f64.to_bits());
    }

    #[test]
    fn a_long_time_costs_no_more_than_a_short_one() {
        let times = [
            Time { least: 0, most: Some(u32::MAX - 1), ..Time::default() },
            Time { least: 5, most: None, ..Time::default() },
        ];
        assert!(turnbull(&times, &[1.0; 2], 1e-9).len() <= 4);
    }

    #[test]
    fn nothing_seen_is_nothing_said() {
        assert!(happened_by(&[], 7).abs() < 1e-12);
        assert_eq!(median(&[]), None);
    }
    #[test]
    fn half_is_reached_within_a_cell_by_as_much_as_it_lacks() {
        let cell = |first, days, chance| Cell { first, days, chance };
        // A quarter lacks of a half in ten days: the fifth of them, day 8.
        let cells = [cell(0, 4, 0.25), cell(4, 10, 0.5), cell(14, 1, 0.25)];
        assert_eq!(median(&cells), Some(8.0));
        assert!((happened_by(&cells, 8) - 0.5).abs() < 1e-12);
        assert_eq!(median(&[cell(0, 4, 0.5), cell(4, 4, 0.5)]), Some(3.0), "at the end of a cell");
        assert_eq!(median(&[cell(7, 1, 1.0)]), Some(7.0));
        assert_eq!(median(&[cell(0, 4, 0.25), cell(4, 4, 0.2)]), None, "less than half in all");
    }
}
