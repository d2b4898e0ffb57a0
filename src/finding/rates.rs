//! How many victims somebody recruits for each case he is in, shrunken towards what is usual.

use serde::Serialize;

use super::gamma::{quantile, upper_tail};

/// Victims recruited for each case that somebody is on record in.
///
/// A companion of the recurrence, not a part of it: three victims in two cases say more than six in
/// forty. The number of victims is read as Poisson, rates as gamma over all who may have recruited anybody.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// In how many cases he is on record.
    pub cases: usize,
    /// Victims a case, shrunken.
    pub mean: f64,
    /// The chance that it is more than one.
    pub above_one: f64,
    /// The rate that it exceeds with a chance of 95 %.
    pub lower: f64,
}

/// The rate of each, from expected victims and numbers of cases.
///
/// The prior has the mean of the data, and of the shapes 1/16, 1/8, … 64 the one under which the numbers are likeliest.
pub(super) fn rates(of: &[(f64, usize)]) -> Vec<Rate> {
    let numbers: Vec<(f64, f64)> = of.iter().map(|&(x, e)| (x, e as f64)).collect();
    let Some(Prior { shape, usual }) = prior(&numbers) else {
        let none =
            |one: &(f64, usize)| Rate { cases: one.1, mean: 0.0, above_one: 0.0, lower: 0.0 };
        return of.iter().map(none).collect();
    };
    let rate = |&(x, e): &(f64, usize)| {
        let (a, b) = (shape + x, shape / usual + e as f64);
        Rate {
            cases: e,
            mean: a / b,
            above_one: upper_tail(1.0, a, b),
            lower: quantile(0.05, a, b),
        }
    };
    of.iter().map(rate).collect()
}

/// What rates are before anything is known of one: gamma, of this shape and mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Prior {
    pub(super) shape: f64,
    pub(super) usual: f64,
}

/// The likeliest prior of numbers, each with how long or how often it was counted; none where there is nothing to count.
pub(super) fn prior(of: &[(f64, f64)]) -> Option<Prior> {
    let (count, exposure) = of.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if exposure <= 0.0 || count <= 0.0 {
        return None;
    }
    let usual = count / exposure;
    let shapes = (-4..=6).map(|power| libm::exp2(f64::from(power)));
    let likeliest = shapes
        .map(|shape| (of.iter().map(|&one| log_likelihood(one, shape, usual)).sum::<f64>(), shape))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    Some(Prior { shape: likeliest.map_or(1.0, |one| one.1), usual })
}

/// Of the negative binomial distribution that Poisson numbers with gamma rates have.
fn log_likelihood((x, e): (f64, f64), shape: f64, usual: f64) -> f64 {
    let rate = shape / usual;
    if e <= 0.0 {
        return 0.0;
    }
    libm::lgamma(x + shape) - libm::lgamma(shape)
        + shape * libm::log(rate / (rate + e))
        + x * libm::log(e / (rate + e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_cases_with_many_victims_come_before_many_cases_with_few() {
        let mut of = vec![(3.0, 2), (6.0, 40)];
        of.extend(vec![(0.0, 1); 20]);
        of.extend(vec![(1.0, 1); 10]);
        of.extend(vec![(4.0, 2); 3]);
        let rates = rates(&of);
        assert!(rates[0].above_one > 0.3 && rates[1].above_one < 1e-3, "{:?}", &rates[..2]);
        assert!(rates[0].mean < 1.5, "it is drawn towards the usual");
    }

    #[test]
    fn numbers_are_as_likely_as_the_negative_binomial_has_them() {
        // But for 1/x!, which no prior changes: s (s + 1) … (s + x − 1) · pˢ (1 − p)ˣ with p = r / (r + e), r = s / usual.
        for shape in [0.5, 1.0, 2.0, 7.0] {
            for (x, e) in [(0, 3.0), (1, 2.0), (3, 2.0), (6, 0.5)] {
                let p = shape / 1.5 / (shape / 1.5 + e);
                let rising: f64 = (0..x).map(|k| shape + f64::from(k)).product();
                let want = (rising * p.powf(shape) * (1.0 - p).powi(x)).ln();
                let got = log_likelihood((f64::from(x), e), shape, 1.5);
                assert!((got - want).abs() < 1e-9, "{shape} {x} {e}: {got} {want}");
            }
        }
    }

    #[test]
    fn without_anybody_there_is_no_rate() {
        assert_eq!(rates(&[(0.0, 3)])[0].mean.to_bits(), 0.0_f64.to_bits());
        assert!(rates(&[]).is_empty());
    }
}
