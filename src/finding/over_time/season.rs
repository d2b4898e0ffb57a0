//! Season and trend of monthly counts.

use serde::Serialize;

use super::month::Month;
use crate::finding::linear::solve;
use crate::finding::quantile::NORMAL_975;

/// How a monthly count goes with the years and within a year.
///
/// A log-linear regression on time and on one wave a year. Where counts vary more than Poisson's do, they are
/// negative binomial, so that the intervals are as wide as they must be.
///
/// # Source
///
/// P. `McCullagh`, J. A. Nelder, *Generalized Linear Models*, 1989, §6.2, by iterated weighted least squares; N. E. Breslow, Applied
/// Statistics 33:38–44, 1984, for the dispersion by moments.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SeasonAndTrend {
    /// By which factor a count grows in a year.
    pub yearly: f64,
    /// The 95 % interval of that.
    pub yearly_interval: [f64; 2],
    /// The month of the year in which counts are highest, from 1.
    pub peak_month: u8,
    /// How many times the yearly mean that month's count is.
    pub peak: f64,
    /// The chance of as marked a season, were there none.
    pub season_p: f64,
    /// By how much counts vary beyond Poisson: the variance is μ + dispersion × μ².
    pub dispersion: f64,
}

const TERMS: usize = 4;
/// A season is taken for one when chance makes as marked a one this rarely.
const MARKED: f64 = 0.01;

impl SeasonAndTrend {
    /// The fit of counts from `first` on; none where it does not settle.
    pub(super) fn of(first: Month, counts: &[u32]) -> Option<Self> {
        const ROUNDS: usize = 20;
        let rows = design(first, counts.len());
        let (mut dispersion, mut fit) = (0.0, Fit::of(&rows, counts, 0.0)?);
        for _ in 0..ROUNDS {
            let next = dispersion_by_moments(counts, &fit.means);
            let settled = (next - dispersion).abs() < 1e-9 * (1.0 + next);
            dispersion = next;
            if settled {
                break;
            }
            fit = Fit::of(&rows, counts, dispersion)?;
        }
        fit.told(dispersion)
    }

    /// How many times as high each month of the year is, where there is a season.
    pub(super) fn months(&self) -> [f64; 12] {
        if self.season_p >= MARKED {
            return [1.0; 12];
        }
        let mut of_year = 0.0;
        let peak = f64::from(self.peak_month) - 1.0;
        let heights = [(); 12].map(|()| {
            let height = libm::exp(libm::log(self.peak) * libm::cos(angle(of_year - peak)));
            of_year += 1.0;
            height
        });
        let mean = heights.iter().sum::<f64>() / 12.0;
        heights.map(|height| height / mean)
    }
}

fn angle(months: f64) -> f64 {
    std::f64::consts::TAU * months / 12.0
}

/// One, the years from the middle, and a wave a year.
fn design(first: Month, months: usize) -> Vec<[f64; TERMS]> {
    let middle = (months as f64 - 1.0) / 2.0;
    (0..months)
        .map(|at| {
            let wave = angle(f64::from(first.of_year()) + at as f64);
            [1.0, (at as f64 - middle) / 12.0, libm::cos(wave), libm::sin(wave)]
        })
        .collect()
}

struct Fit {
    terms: [f64; TERMS],
    means: Vec<f64>,
    /// The information: the inverse of the covariance.
    information: Vec<Vec<f64>>,
}

impl Fit {
    fn of(rows: &[[f64; TERMS]], counts: &[u32], dispersion: f64) -> Option<Self> {
        const ROUNDS: usize = 100;
        const FAR: f64 = 30.0;
        let mut linear: Vec<f64> =
            counts.iter().map(|&count| libm::log(f64::from(count) + 0.5)).collect();
        let mut terms = [f64::INFINITY; TERMS];
        for _ in 0..ROUNDS {
            let (information, right) = normal_equations(rows, counts, &linear, dispersion);
            let next: [f64; TERMS] = solve(information.clone(), right)?.try_into().ok()?;
            let moved = next.iter().zip(terms).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            terms = next;
            linear = rows
                .iter()
                .map(|row| row.iter().zip(terms).map(|(x, b)| x * b).sum::<f64>().clamp(-FAR, FAR))
                .collect();
            if moved < 1e-10 {
                let means = linear.iter().map(|&one| libm::exp(one)).collect();
                return Some(Self { terms, means, information });
            }
        }
        None
    }

    fn told(&self, dispersion: f64) -> Option<SeasonAndTrend> {
        let column = |at: usize| {
            let mut unit = vec![0.0; TERMS];
            unit[at] = 1.0;
            solve(self.information.clone(), unit)
        };
        let [_, trend, cosine, sine] = self.terms;
        let error = column(1)?[1].max(0.0).sqrt();
        let (own, other) = (column(2)?, column(3)?);
        let inverse =
            solve(vec![vec![own[2], own[3]], vec![other[2], other[3]]], vec![cosine, sine])?;
        let chi = cosine * inverse[0] + sine * inverse[1];
        let peak = libm::atan2(sine, cosine).rem_euclid(std::f64::consts::TAU);
        let month = (peak / angle(1.0)).round().rem_euclid(12.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 11")]
        let peak_month = month as u8 + 1;
        Some(SeasonAndTrend {
            yearly: libm::exp(trend),
            yearly_interval: [-1.0, 1.0].map(|end| libm::exp(trend + end * NORMAL_975 * error)),
            peak_month,
            peak: libm::exp(libm::hypot(cosine, sine)),
            season_p: libm::exp(-chi.max(0.0) / 2.0),
            dispersion,
        })
    }
}

fn normal_equations(
    rows: &[[f64; TERMS]],
    counts: &[u32],
    linear: &[f64],
    dispersion: f64,
) -> (Vec<Vec<f64>>, Vec<f64>) {
    let (mut information, mut right) = (vec![vec![0.0; TERMS]; TERMS], vec![0.0; TERMS]);
    for ((row, &count), &linear) in rows.iter().zip(counts).zip(linear) {
        let mean = libm::exp(linear);
        let weight = mean / (1.0 + dispersion * mean);
        let working = linear + (f64::from(count) - mean) / mean;
        for (i, x) in row.iter().enumerate() {
            right[i] += weight * x * working;
            for (j, y) in row.iter().enumerate() {
                information[i][j] += weight * x * y;
            }
        }
    }
    (information, right)
}

/// The dispersion at which counts vary about their means as much as they should.
fn dispersion_by_moments(counts: &[u32], means: &[f64]) -> f64 {
    const MOST: f64 = 1e3;
    let free = counts.len() as f64 - TERMS as f64;
    let beyond = |dispersion: f64| {
        let part = |(&count, mean): (&u32, &f64)| {
            let off = f64::from(count) - mean;
            off * off / (mean + dispersion * mean * mean)
        };
        counts.iter().zip(means).map(part).sum::<f64>() > free
    };
    if !beyond(0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, MOST);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if beyond(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten years from January: 20 a month, a tenth more each year, half as many again in July.
    fn planted() -> Vec<u32> {
        let count = |at: u32| {
            let years = (f64::from(at) - 59.5) / 12.0;
            let wave = angle(f64::from(at) - 6.0).cos();
            20.0 * 1.1_f64.powf(years) * (1.5_f64.ln() * wave).exp()
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
        (0..120).map(|at| count(at).round() as u32).collect()
    }

    #[test]
    fn what_was_planted_is_fitted() {
        let fit = SeasonAndTrend::of(Month(2010 * 12), &planted()).expect("it settles");
        assert!((fit.yearly - 1.1).abs() < 0.005 && fit.peak_month == 7, "{fit:?}");
        assert!((fit.peak - 1.5).abs() < 0.01 && fit.season_p < 1e-9, "{fit:?}");
        assert!(fit.dispersion < 1e-12 && fit.yearly_interval[0] > 1.0, "{fit:?}");
        let months = fit.months();
        assert!((months[6] / months[0] - 2.25).abs() < 0.05, "{months:?}");
    }

    #[test]
    fn at_the_fit_no_other_terms_are_likelier() {
        let counts: Vec<u32> = planted().iter().map(|count| count * count / 20).collect();
        let rows = design(Month(0), counts.len());
        let fit = Fit::of(&rows, &counts, 0.0).expect("it settles");
        let likelihood = |terms: [f64; TERMS]| -> f64 {
            let one = |(row, &count): (&[f64; TERMS], &u32)| {
                let linear: f64 = row.iter().zip(terms).map(|(x, b)| x * b).sum();
                f64::from(count) * linear - linear.exp()
            };
            rows.iter().zip(&counts).map(one).sum()
        };
        let best = likelihood(fit.terms);
        for term in 0..TERMS {
            for step in [-1e-3, 1e-3] {
                let mut other = fit.terms;
                other[term] += step;
                assert!(likelihood(other) < best);
            }
        }
    }

    #[test]
    fn counts_that_jump_about_have_wide_intervals() {
        let wild: Vec<u32> = (0..60).map(|at| [0, 40, 3, 0, 17][at % 5]).collect();
        let fit = SeasonAndTrend::of(Month(0), &wild).expect("it settles");
        assert!(fit.dispersion > 0.5, "{fit:?}");
        assert!(fit.yearly_interval[1] / fit.yearly_interval[0] > 1.3, "{fit:?}");
    }
    #[test]
    fn months_are_as_high_as_their_wave_and_twelve_in_all() {
        let mut fit = SeasonAndTrend {
            yearly: 1.0,
            yearly_interval: [1.0, 1.0],
            peak_month: 7,
            peak: std::f64::consts::E,
            season_p: 0.0099,
            dispersion: 0.0,
        };
        let months = fit.months();
        // e to the cosine, over its mean of 1.266066 (Bessel's I of order 0 at 1).
        for (month, height) in [(6, 2.14703), (0, 0.29057), (3, 0.78985), (9, 0.78985)] {
            assert!((months[month] - height).abs() < 1e-5, "{month}: {months:?}");
        }
        assert!((months.iter().sum::<f64>() - 12.0).abs() < 1e-9);
        fit.season_p = 0.01;
        assert!(fit.months().iter().all(|month| (month - 1.0).abs() < 1e-12), "no marked season");
    }

    #[test]
    fn rows_have_the_years_from_the_middle_and_where_the_year_stands() {
        // April to June: a quarter of the year gone, a third, and five twelfths.
        let rows = design(Month(2010 * 12 + 3), 3);
        let root = 3.0_f64.sqrt() / 2.0;
        let want =
            [[1.0, -1.0 / 12.0, 0.0, 1.0], [1.0, 0.0, -0.5, root], [1.0, 1.0 / 12.0, -root, 0.5]];
        for (row, want) in rows.iter().zip(want) {
            assert!(row.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12), "{row:?} {want:?}");
        }
    }

    #[test]
    fn the_equations_of_one_month_are_worked_by_hand() {
        // A mean of 1 and a dispersion of 1 weigh a half; 5 counted is 4 above.
        let (information, right) = normal_equations(&[[1.0, 2.0, 0.0, -1.0]], &[5], &[0.0], 1.0);
        assert_eq!(right, [2.0, 4.0, 0.0, -2.0]);
        assert_eq!(information[0], [0.5, 1.0, 0.0, -0.5]);
        assert_eq!(information[1], [1.0, 2.0, 0.0, -1.0]);
        // Without dispersion a mean of 2 weighs 2, and 5 is one and a half times 2 above: 2 · (ln 2 + 1.5).
        let (information, right) =
            normal_equations(&[[1.0, 0.0, 0.0, 0.0]], &[5], &[libm::log(2.0)], 0.0);
        assert!((right[0] - 2.0 * (std::f64::consts::LN_2 + 1.5)).abs() < 1e-12, "{right:?}");
        assert!((information[0][0] - 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_dispersion_is_what_makes_counts_vary_as_much_as_they_do() {
        // Eight counts six off a mean of 10 with four terms: 8 · 36 / (10 + 100 d) = 4.
        let means = [10.0; 8];
        let found = dispersion_by_moments(&[4, 16, 4, 16, 4, 16, 4, 16], &means);
        assert!((found - 0.62).abs() < 1e-9, "{found}");
        let even = dispersion_by_moments(&[8, 12, 8, 12, 8, 12, 8, 12], &means);
        assert!(even.abs() < 1e-12, "two off is less than chance: {even}");
    }

    #[test]
    fn what_does_not_vary_has_neither_season_nor_trend() {
        let fit = SeasonAndTrend::of(Month(0), &[20; 36]).expect("it settles");
        assert!((fit.yearly - 1.0).abs() < 1e-9 && (fit.peak - 1.0).abs() < 1e-9, "{fit:?}");
        assert!((fit.season_p - 1.0).abs() < 1e-9 && fit.dispersion.abs() < 1e-12, "{fit:?}");
        let [low, high] = fit.yearly_interval;
        assert!(low < 1.0 && (low * high - 1.0).abs() < 1e-9, "{fit:?}");
        assert_eq!(
            SeasonAndTrend::of(Month(0), &[20; 3]),
            None,
            "three months say nothing of four terms"
        );
    }
}
