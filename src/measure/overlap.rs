//! How likely it is that two draws from one urn have so much in common.

/// P(X ≥ `shared`), where X is how much two random sets of `a` and `b` out of `all` have in common: hypergeometric.
///
/// Terms fall past the middle, so the sum ends where they add nothing.
pub(super) fn hypergeometric(shared: u32, a: u32, b: u32, all: u32) -> f64 {
    let least = u64::from(a) + u64::from(b);
    let least = u32::try_from(least.saturating_sub(u64::from(all))).unwrap_or(u32::MAX);
    if shared <= least {
        return 1.0;
    }
    if shared > a.min(b) {
        return 0.0;
    }
    let choose = |n: u32, k: u32| {
        let log = |n: u32| libm::lgamma(f64::from(n) + 1.0);
        log(n) - log(k) - log(n - k)
    };
    let first = choose(b, shared) + choose(all - b, a - shared) - choose(all, a);
    let [a, b, all] = [a, b, all].map(f64::from);
    let (mut term, mut sum, mut k) = (libm::exp(first), 0.0, f64::from(shared));
    while term > sum * 1e-18 && k <= a.min(b) {
        sum += term;
        term *= (a - k) * (b - k) / ((k + 1.0) * (all - a - b + k + 1.0));
        k += 1.0;
    }
    sum.min(1.0)
}

/// What many independent trials come to, where `classes` says how many of them succeed with which chance.
#[derive(Clone, Debug)]
pub(super) struct Trials<'a> {
    pub(super) classes: &'a [(u32, f64)],
}

/// Above so many steps of the exact sum, the refined normal distribution takes its place.
const EXACT_STEPS: usize = 2_000_000;

impl Trials<'_> {
    /// P(X ≥ `least`), where X is how many succeed, and whether it is exact.
    ///
    /// A class of trials is binomial. Classes are added one by one to the chances of 0, 1, … `least` − 1 and of `least` or more, all
    /// of them sums of positive numbers, so that a tail of 1e-200 has as many right digits as one of .1.
    pub(super) fn at_least(&self, least: u32) -> (f64, bool) {
        let steps = (least as usize).saturating_mul(least as usize);
        if steps.saturating_mul(self.classes.len()) > EXACT_STEPS {
            return (self.refined_normal(least), false);
        }
        let count = least as usize;
        let mut below = vec![0.0; count];
        let Some(none) = below.first_mut() else { return (1.0, true) };
        *none = 1.0;
        let mut reached = 0.0;
        for &(trials, chance) in self.classes.iter().filter(|class| class.1 > 0.0) {
            let (exactly, or_more) = binomial(trials, chance, count);
            reached += (0..count).map(|k| below[k] * or_more[count - k]).sum::<f64>();
            for k in (0..count).rev() {
                below[k] = (0..=k).map(|j| below[j] * exactly[k - j]).sum();
            }
        }
        (reached.min(1.0), true)
    }

    /// Source: Volkova (1996), Theory Probab. Appl. 40:791: the normal distribution, put right by the third moment.
    fn refined_normal(&self, least: u32) -> f64 {
        let (mut mean, mut variance, mut third) = (0.0, 0.0, 0.0);
        for &(trials, p) in self.classes {
            let trials = f64::from(trials);
            mean += trials * p;
            variance += trials * p * (1.0 - p);
            third += trials * p * (1.0 - p) * (1.0 - 2.0 * p);
        }
        if variance <= 0.0 {
            return if f64::from(least) <= mean + 0.5 { 1.0 } else { 0.0 };
        }
        let deviation = libm::sqrt(variance);
        let x = (f64::from(least) - 0.5 - mean) / deviation;
        let density = libm::exp(-x * x / 2.0) / libm::sqrt(2.0 * std::f64::consts::PI);
        let skew = third / (deviation * variance);
        let tail = 0.5 * libm::erfc(x / std::f64::consts::SQRT_2);
        (tail + skew * (x * x - 1.0) * density / 6.0).clamp(0.0, 1.0)
    }
}

/// The chances of exactly 0 … `count` − 1 and of 0 … `count` or more successes.
fn binomial(trials: u32, chance: f64, count: usize) -> (Vec<f64>, Vec<f64>) {
    let exactly = |k: u32| -> f64 {
        if k > trials {
            return 0.0;
        }
        if chance >= 1.0 {
            return if k == trials { 1.0 } else { 0.0 };
        }
        let log = |n: u32| libm::lgamma(f64::from(n) + 1.0);
        let ways = log(trials) - log(k) - log(trials - k);
        let odds = f64::from(k) * libm::log(chance) + f64::from(trials - k) * libm::log1p(-chance);
        libm::exp(ways + odds)
    };
    let mean = f64::from(trials) * chance;
    let number = |k: usize| u32::try_from(k).unwrap_or(u32::MAX);
    let below: Vec<f64> = (0..count).map(|k| exactly(number(k))).collect();
    let mut or_more = vec![0.0; count + 1];
    // Past the mean, terms are summed until they add nothing; up to it, the chance is what is left of 1.
    or_more[count] = if (count as f64) <= mean {
        (1.0 - below.iter().sum::<f64>()).max(0.0)
    } else {
        let (mut sum, mut k) = (0.0, number(count));
        while k <= trials {
            let term = exactly(k);
            sum += term;
            if term <= sum * 1e-18 {
                break;
            }
            k += 1;
        }
        sum
    };
    for k in (0..count).rev() {
        or_more[k] = (or_more[k + 1] + below[k]).min(1.0);
    }
    (below, or_more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_three_and_two_of_three_have_two_in_common_one_time_in_three() {
        assert!((hypergeometric(2, 2, 2, 3) - 1.0 / 3.0).abs() < 1e-14);
        assert!((hypergeometric(1, 2, 2, 3) - 1.0).abs() < 1e-14, "they cannot miss each other");
        assert!((hypergeometric(3, 3, 3, 10) - 1.0 / 120.0).abs() < 1e-14);
        assert!(hypergeometric(3, 2, 3, 10).abs() < 1e-300, "more than one of them has");
    }

    #[test]
    fn trials_are_as_each_way_of_succeeding_has_them() {
        let chances = [0.1, 0.5, 0.5, 0.9, 1.0, 0.0, 0.3];
        let classes = [(1, 0.1), (2, 0.5), (1, 0.9), (1, 1.0), (1, 0.0), (1, 0.3)];
        for least in 0..=8_u32 {
            let all = 0..1_u32 << chances.len();
            let way = |way: u32| -> f64 {
                let one = |(at, p): (usize, &f64)| if way >> at & 1 == 1 { *p } else { 1.0 - p };
                chances.iter().enumerate().map(one).product()
            };
            let want: f64 = all.filter(|way| way.count_ones() >= least).map(way).sum();
            let (got, exact) = Trials { classes: &classes }.at_least(least);
            assert!(exact && (got - want).abs() < 1e-14, "{least}: {got} {want}");
        }
    }

    #[test]
    fn the_refined_normal_is_near_what_is_exact() {
        let classes = [(400, 0.05), (300, 0.2), (50, 0.7)];
        let trials = Trials { classes: &classes };
        for least in [90, 115, 130, 150] {
            let (exact, normal) = (trials.at_least(least).0, trials.refined_normal(least));
            assert!((exact - normal).abs() < 1e-3, "{least}: {exact} {normal}");
        }
    }

    #[test]
    fn a_far_tail_keeps_its_digits() {
        let got = Trials { classes: &[(40, 1e-6)] }.at_least(40).0;
        assert!((libm::log10(got) + 240.0).abs() < 1e-9, "{got}");
    }

    #[test]
    fn a_long_sum_is_left_to_the_normal_distribution() {
        // A thousand successes of two classes, or 1414 of one, take no more than two million steps; one more does.
        let two = [(10, 0.5), (20, 0.25)];
        for (classes, least, exact) in [
            (&two[..], 1000, true),
            (&two, 1001, false),
            (&two[..1], 1414, true),
            (&two[..1], 1415, false),
        ] {
            let (chance, is_exact) = Trials { classes }.at_least(least);
            assert_eq!(is_exact, exact, "{least}");
            assert!(chance < 1e-300, "there are no more than thirty trials");
        }
        assert!(Trials { classes: &two }.at_least(u32::MAX).0 < 1e-300);
        // Just 5,000 heads of 10,000 tosses come in .00798 of all cases; so many or more in half of all and half of those.
        let (chance, is_exact) = Trials { classes: &[(10_000, 0.5)] }.at_least(5000);
        assert!(!is_exact && (chance - 0.503_989).abs() < 1e-5, "{chance}");
    }

    #[test]
    fn sure_trials_are_as_many_as_there_are() {
        for (least, want) in [(0, 1.0), (3, 1.0), (4, 0.0)] {
            let trials = Trials { classes: &[(3, 1.0), (9, 0.0)] };
            assert!((trials.at_least(least).0 - want).abs() < 1e-15, "{least}");
            assert!((trials.refined_normal(least) - want).abs() < 1e-15, "{least}");
        }
    }
}
