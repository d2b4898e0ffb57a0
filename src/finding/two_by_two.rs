//! How two shares compare: risk ratio, odds ratio, and how likely chance alone makes as much of a difference.

use super::quantile::NORMAL_975;

/// Counts of the two: `here` of `here_of`, and `there` of `there_of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TwoByTwo {
    pub(super) here: usize,
    pub(super) here_of: usize,
    pub(super) there: usize,
    pub(super) there_of: usize,
}

/// No ratio is told to be farther from 1.
const FARTHEST: f64 = 1e6;

impl TwoByTwo {
    /// The cells with ½ added to each where one is empty (Haldane 1956), so that no ratio is 0 or without end.
    fn cells(self) -> [f64; 4] {
        let empty = |count, of| count == 0 || count == of;
        let add = if empty(self.here, self.here_of) || empty(self.there, self.there_of) {
            0.5
        } else {
            0.0
        };
        let of = |count: usize| count as f64 + 2.0 * add;
        [self.here as f64 + add, of(self.here_of), self.there as f64 + add, of(self.there_of)]
    }

    /// How many times as large the share here is, with the 95 % score interval; none where one of the two has nobody.
    ///
    /// Source: Miettinen & Nurminen (1985), Statistics in Medicine 4:213, after Koopman (1984): x₁, n₁ are `here` and x₀, n₀ `there`. The
    /// usual interval of the logarithm covers too much at small counts.
    pub(super) fn risk_ratio(self) -> Option<(f64, [f64; 2])> {
        if self.here_of == 0 || self.there_of == 0 {
            return None;
        }
        let [a, n, c, m] = self.cells();
        let ratio = (a / n) / (c / m);
        let score = |log: f64| score_of_ratio([a, n, c, m], libm::exp(log));
        let middle = libm::log(ratio);
        let far = libm::log(FARTHEST);
        let low = falls_to(score, NORMAL_975, -far, middle);
        let high = falls_to(score, -NORMAL_975, middle, far);
        Some((ratio, [libm::exp(low), libm::exp(high)]))
    }

    /// How many times as large the odds here are, with the exact 95 % interval (mid-p); none where one of the two has nobody.
    ///
    /// Source: Cornfield (1956), Proc. Third Berkeley Symposium 4:135, for the interval from Fisher's noncentral hypergeometric distribution;
    /// Lancaster (1961), JASA 56:223, for mid-p, without which it would cover too much.
    pub(super) fn odds_ratio(self) -> Option<(f64, [f64; 2])> {
        if self.here_of == 0 || self.there_of == 0 {
            return None;
        }
        let [a, n, c, m] = self.cells();
        let ratio = (a / (n - a)) / (c / (m - c));
        let far = libm::log(FARTHEST);
        // The chance of as many or more grows with the odds ratio, and that of fewer falls.
        let above = |log: f64| -self.mid_p(log);
        let low = if self.here == self.least() { -far } else { falls_to(above, -0.025, -far, far) };
        let high = if self.here == self.most() { far } else { falls_to(above, -0.975, -far, far) };
        Some((ratio, [libm::exp(low), libm::exp(high)]))
    }

    /// The chance that as many or more are here were there no difference, half of just as many taken off (mid-p).
    pub(super) fn chance_of_as_many(self) -> f64 {
        self.mid_p(0.0)
    }

    fn total(self) -> usize {
        self.here + self.there
    }

    fn least(self) -> usize {
        self.total().saturating_sub(self.there_of)
    }

    fn most(self) -> usize {
        self.total().min(self.here_of)
    }

    /// P(X > here) + ½ P(X = here), where X is how many of all are here, given both margins and the logarithm of the odds ratio.
    fn mid_p(self, log_odds: f64) -> f64 {
        let choose = |n: usize, k: usize| {
            let gamma = |count: usize| libm::lgamma(count as f64 + 1.0);
            gamma(n) - gamma(k) - gamma(n - k)
        };
        let log = |x: usize| {
            choose(self.here_of, x) + choose(self.there_of, self.total() - x) + x as f64 * log_odds
        };
        let logs: Vec<(usize, f64)> = (self.least()..=self.most()).map(|x| (x, log(x))).collect();
        let most = logs.iter().map(|one| one.1).fold(f64::NEG_INFINITY, f64::max);
        let (mut above, mut all) = (0.0, 0.0);
        for (x, log) in logs {
            let weight = libm::exp(log - most);
            all += weight;
            above += match x.cmp(&self.here) {
                std::cmp::Ordering::Greater => weight,
                std::cmp::Ordering::Equal => 0.5 * weight,
                std::cmp::Ordering::Less => 0.0,
            };
        }
        above / all
    }
}

/// How many standard errors the difference is from what a risk ratio of `ratio` has it: falls as the ratio grows.
fn score_of_ratio([a, n, c, m]: [f64; 4], ratio: f64) -> f64 {
    let all = n + m;
    // The likeliest share there, given the ratio: the smaller root of a quadratic.
    let (square, linear) = (all * ratio, -(n * ratio + a + m + c * ratio));
    let root = (linear * linear - 4.0 * square * (a + c)).max(0.0).sqrt();
    let there = ((-linear - root) / (2.0 * square)).clamp(0.0, 1.0);
    let here = (there * ratio).min(1.0);
    let variance = here * (1.0 - here) / n + ratio * ratio * there * (1.0 - there) / m;
    (a / n - ratio * c / m) / (variance * all / (all - 1.0)).max(1e-300).sqrt()
}

/// Where a falling function comes down to `value`, between two numbers.
fn falls_to(function: impl Fn(f64) -> f64, value: f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if function(middle) > value {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(here: usize, here_of: usize, there: usize, there_of: usize) -> TwoByTwo {
        TwoByTwo { here, here_of, there, there_of }
    }

    #[test]
    fn the_risk_ratio_of_five_of_six_against_nineteen_of_forty_three() {
        let (ratio, [low, high]) = table(5, 6, 19, 43).risk_ratio().expect("both have some");
        assert!((ratio - (5.0 / 6.0) / (19.0 / 43.0)).abs() < 1e-12);
        assert!(low > 0.9 && low < 1.3 && high > 2.5 && high < 3.4, "{low} {high}");
    }

    #[test]
    fn of_equal_risks_the_score_is_that_of_one_share_for_all() {
        let share = 24.0 / 49.0;
        let variance = share * (1.0 - share) * (1.0 / 6.0 + 1.0 / 43.0) * 49.0 / 48.0;
        let want = (5.0 / 6.0 - 19.0 / 43.0) / f64::sqrt(variance);
        assert!((score_of_ratio([5.0, 6.0, 19.0, 43.0], 1.0) - want).abs() < 1e-12);
    }

    #[test]
    fn the_ends_of_the_odds_ratio_solve_their_equations() {
        let tea = table(3, 4, 1, 4);
        let (ratio, [low, high]) = tea.odds_ratio().expect("both have some");
        assert!((ratio - 9.0).abs() < 1e-12);
        assert!((tea.mid_p(libm::log(low)) - 0.025).abs() < 1e-9);
        assert!((tea.mid_p(libm::log(high)) - 0.975).abs() < 1e-9);
        // Fisher's lady: 17 of 70 ways give as many or more, of which 16 give just as many.
        assert!((tea.chance_of_as_many() - 9.0 / 70.0).abs() < 1e-12);
        // Of 120 ways one gives three and 21 give two.
        assert!((table(2, 3, 1, 7).chance_of_as_many() - 11.5 / 120.0).abs() < 1e-12);
        // So many ways that no number holds them.
        let many = table(300, 1000, 260, 1000).chance_of_as_many();
        assert!((0.02..0.03).contains(&many), "{many}");
    }

    #[test]
    fn what_is_empty_or_full_has_ratios_that_end() {
        for one in [table(0, 5, 3, 9), table(5, 5, 0, 9), table(0, 5, 0, 9), table(5, 5, 9, 9)] {
            for found in [one.risk_ratio(), one.odds_ratio()] {
                let (ratio, [low, high]) = found.expect("both have some");
                assert!(low <= ratio && ratio <= high && high.is_finite(), "{one:?} {found:?}");
            }
        }
        assert_eq!(table(0, 0, 3, 9).risk_ratio(), None);
        assert_eq!(table(3, 9, 0, 0).odds_ratio(), None);
    }

    /// The chance of `k` of `n`.
    fn binomial(k: usize, n: usize, share: f64) -> f64 {
        let gamma = |count: usize| libm::lgamma(count as f64 + 1.0);
        let log = gamma(n) - gamma(k) - gamma(n - k)
            + k as f64 * libm::log(share)
            + (n - k) as f64 * libm::log(1.0 - share);
        libm::exp(log)
    }

    #[test]
    fn intervals_of_the_risk_ratio_hold_it_as_often_as_they_say() {
        let mut covered = Vec::new();
        for (n, m) in [(15, 60), (30, 30), (20, 200)] {
            for (here, there) in [(0.3, 0.3), (0.5, 0.4), (0.7, 0.45), (0.2, 0.4)] {
                let mut sum = 0.0;
                for a in 0..=n {
                    for c in 0..=m {
                        let found = table(a, n, c, m).risk_ratio().expect("both have some");
                        let holds = found.1[0] <= here / there && here / there <= found.1[1];
                        let chance = binomial(a, n, here) * binomial(c, m, there);
                        sum += if holds { chance } else { 0.0 };
                    }
                }
                covered.push(sum);
            }
        }
        assert!(covered.iter().all(|share| (0.93..0.97).contains(share)), "{covered:?}");
    }
}
