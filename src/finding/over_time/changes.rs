//! Where a monthly count changes its level.

/// Counts with the height of their months, and how much they vary.
#[derive(Clone, Debug)]
pub(super) struct Levels {
    /// Sums of the counts before each month.
    counts: Vec<f64>,
    /// Sums of the heights of the months before each month.
    heights: Vec<f64>,
    /// How many times as much as Poisson's they vary from one month to the next.
    pub(super) spread: f64,
}

/// A level lasts so many months, or it is none.
pub(super) const SHORTEST: usize = 3;
/// What each further level costs, in units of the spread times the logarithm of the number of months.
pub(super) const PENALTY: f64 = 4.0;

impl Levels {
    /// Of counts and of how high each month is by its season, about 1.
    pub(super) fn of(counts: &[u32], heights: &[f64]) -> Self {
        let sums = |values: &mut dyn Iterator<Item = f64>| {
            let mut sum = 0.0;
            let mut sums = vec![0.0];
            sums.extend(values.map(|value| {
                sum += value;
                sum
            }));
            sums
        };
        Self {
            counts: sums(&mut counts.iter().map(|&count| f64::from(count))),
            heights: sums(&mut heights.iter().copied()),
            spread: spread(counts, heights),
        }
    }

    /// The mean of the months from one to before another, per month of usual height.
    pub(super) fn rate(&self, from: usize, to: usize) -> f64 {
        self.events(from, to) / (self.heights[to] - self.heights[from])
    }

    pub(super) fn events(&self, from: usize, to: usize) -> f64 {
        self.counts[to] - self.counts[from]
    }

    /// Minus twice the log-likelihood of one level, but for what is the same in all divisions.
    fn cost(&self, from: usize, to: usize) -> f64 {
        let events = self.events(from, to);
        if events > 0.0 { -2.0 * events * libm::log(self.rate(from, to)) } else { 0.0 }
    }

    /// The months at which a new level begins: the division with the least cost and penalty.
    ///
    /// # Source
    ///
    /// B. Jackson et al., IEEE Signal Processing Letters 12:105–108, 2005 (optimal partitioning, exact); PELT (R. Killick et al., J.
    /// Am. Stat. Assoc. 107:1590–1598, 2012) is the same with pruning, which a few hundred months do not need.
    pub(super) fn changes(&self) -> Vec<usize> {
        let months = self.counts.len() - 1;
        let penalty = PENALTY * self.spread * libm::log(months.max(2) as f64);
        let (mut least, mut from) = (vec![f64::INFINITY; months + 1], vec![0; months + 1]);
        least[0] = -penalty;
        for to in SHORTEST..=months {
            for start in 0..=to - SHORTEST {
                let cost = least[start] + self.cost(start, to) + penalty;
                if cost < least[to] {
                    (least[to], from[to]) = (cost, start);
                }
            }
        }
        let (mut at, mut changes) = (months, Vec::new());
        while from[at] > 0 {
            at = from[at];
            changes.push(at);
        }
        changes.reverse();
        changes
    }
}

/// How much more than Poisson's counts of neighbouring months differ; at least 1.
///
/// Of two counts with one level the second is binomial, given their sum. The largest twentieth is left out, so that changes of level do not
/// hide themselves.
fn spread(counts: &[u32], heights: &[f64]) -> f64 {
    let mut parts: Vec<f64> = counts
        .windows(2)
        .zip(heights.windows(2))
        .filter(|(pair, _)| pair[0] + pair[1] > 0)
        .map(|(pair, heights)| {
            let (sum, own) = (f64::from(pair[0] + pair[1]), heights[1] / (heights[0] + heights[1]));
            let off = f64::from(pair[1]) - sum * own;
            off * off / (sum * own * (1.0 - own))
        })
        .collect();
    parts.sort_by(f64::total_cmp);
    parts.truncate(parts.len() - parts.len() / 20);
    if parts.is_empty() {
        return 1.0;
    }
    (parts.iter().sum::<f64>() / parts.len() as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every division, one by one.
    fn slow(levels: &Levels, months: usize) -> Vec<usize> {
        let penalty = PENALTY * levels.spread * (months as f64).ln();
        let divisions = (0..1_u32 << (months - 1)).map(|bits| -> Vec<usize> {
            (1..months).filter(|at| bits >> (at - 1) & 1 == 1).collect()
        });
        let cost = |changes: &Vec<usize>| {
            let ends: Vec<usize> =
                [0].into_iter().chain(changes.iter().copied()).chain([months]).collect();
            let short = ends.windows(2).any(|two| two[1] - two[0] < SHORTEST);
            let sum: f64 = ends.windows(2).map(|two| levels.cost(two[0], two[1])).sum();
            if short { f64::INFINITY } else { sum + penalty * changes.len() as f64 }
        };
        divisions.min_by(|a, b| cost(a).total_cmp(&cost(b))).expect("there is one")
    }

    #[test]
    fn the_division_is_the_best_of_all() {
        let series: [[u32; 12]; 4] = [
            [9, 11, 10, 8, 1, 0, 1, 2, 0, 14, 12, 13],
            [3, 2, 4, 3, 2, 3, 4, 2, 3, 3, 2, 4],
            [0, 0, 0, 0, 0, 0, 9, 7, 8, 9, 0, 0],
            [0, 1, 40, 0, 0, 1, 0, 0, 30, 28, 33, 0],
        ];
        for counts in series {
            let heights: Vec<f64> = (0..12).map(|at| 1.0 + 0.2 * f64::from(at % 3)).collect();
            let levels = Levels::of(&counts, &heights);
            assert_eq!(levels.changes(), slow(&levels, 12), "{counts:?}");
        }
    }

    #[test]
    fn a_fall_is_found_where_it_is_and_a_season_is_none() {
        let fall: Vec<u32> = (0..48).map(|at| if at < 30 { 12 } else { 1 }).collect();
        assert_eq!(Levels::of(&fall, &[1.0; 48]).changes(), [30]);
        let season: Vec<u32> = (0..48).map(|at| if at % 12 < 6 { 20 } else { 5 }).collect();
        let heights: Vec<f64> = season.iter().map(|&count| f64::from(count) / 12.5).collect();
        assert!(Levels::of(&season, &heights).changes().is_empty());
    }

    #[test]
    fn nothing_changes_in_nothing() {
        assert!(Levels::of(&[], &[]).changes().is_empty());
        assert!(Levels::of(&[0; 40], &[1.0; 40]).changes().is_empty());
        assert!(Levels::of(&[7], &[1.0]).changes().is_empty());
    }
}
