//! How many draws do, so that many shares are all within an error of the truth.

use rayon::prelude::*;

/// How many more draws there are at each look than at the one before.
const GROWTH: f64 = 1.25;

/// When to look whether the error is kept, and what chance of failure each node has.
///
/// By Chernoff's bound a share found in `t` draws is as unlike the truth as `ln(2 / f) / t` (in relative entropy) with a
/// probability of at most `f`. Node `v` has at look `k`, from 0, the part `share[v] / 2^(k + 1)` of the failures. These add
/// up to 1, so that whichever look is the last, some node's share is out of its bound with at most the probability of
/// failure. The parts come from a pilot of other draws: nodes that need many draws get most.
pub(super) struct Plan {
    error: f64,
    failure: f64,
    shares: Vec<f64>,
    first: f64,
}

impl Plan {
    /// A plan from how often each node came up in a pilot.
    pub(super) fn new(pilot: &[u32], pilot_draws: f64, error: f64, failure: f64) -> Self {
        let n = pilot.len() as f64;
        let need: Vec<f64> =
            pilot.iter().map(|&count| unlike(wary(count, pilot_draws), error)).collect();
        let seen: Vec<f64> = pilot
            .iter()
            .zip(&need)
            .filter(|(count, _)| **count > 0)
            .map(|(_, need)| *need)
            .collect();
        let draws = draws_for(&seen, failure / 8.0);
        let shares: Vec<f64> = pilot
            .iter()
            .zip(&need)
            .map(|(&count, need)| {
                let own = if count > 0 { 8.0 / failure * libm::exp(-draws * need) } else { 0.0 };
                0.5 / n + 0.5 * own
            })
            .collect();
        let mut plan = Self { error, failure, shares, first: 0.0 };
        plan.first = (0..pilot.len())
            .map(|v| plan.evidence(0, plan.shares[v]) / need[v])
            .fold(1.0, f64::max);
        plan
    }

    /// How many draws there are in all at a look.
    pub(super) fn draws(&self, look: i32) -> f64 {
        (self.first * libm::pow(GROWTH, f64::from(look))).ceil()
    }

    /// Whether all shares are within the error at a look.
    pub(super) fn is_kept(&self, look: i32, counts: &[u32], draws: f64) -> bool {
        let kept = |(count, share): (&u32, &f64)| {
            draws * unlike(f64::from(*count) / draws, self.error) >= self.evidence(look, *share)
        };
        counts.par_iter().zip(&self.shares).with_min_len(1 << 10).all(kept)
    }

    /// `ln(2 / f)` for the probability `f` with which a node of that share may be out of its bound.
    fn evidence(&self, look: i32, share: f64) -> f64 {
        libm::log(libm::scalbn(4.0, look) / (self.failure * share))
    }
}

/// The share that a count speaks for, moved towards one half, where most draws are needed, by what chance may have done.
fn wary(count: u32, draws: f64) -> f64 {
    let share = f64::from(count) / draws;
    let chance = (f64::from(count).sqrt() + 1.0) / draws;
    if share < 0.5 { (share + chance).min(0.5) } else { (share - chance).max(0.5) }
}

/// After how many draws the chances that `need` per draw leaves add up to `total`; none are as few as 0.
fn draws_for(need: &[f64], total: f64) -> f64 {
    let chance = |draws: f64| need.iter().map(|need| libm::exp(-draws * need)).sum::<f64>();
    let (mut low, mut high) = (0.0, 1.0);
    while chance(high) > total {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if chance(middle) > total { low = middle } else { high = middle }
    }
    high
}

/// The relative entropy of a share and of one that is `error` off, the nearer of the two sides; infinite where neither can be.
pub(super) fn unlike(share: f64, error: f64) -> f64 {
    entropy(share, share + error).min(entropy(share, share - error))
}

/// The relative entropy of a coin of chance `p` to one of chance `q`.
fn entropy(p: f64, q: f64) -> f64 {
    if q <= 0.0 || q >= 1.0 {
        return f64::INFINITY;
    }
    let term = |p: f64, q: f64| if p > 0.0 { p * libm::log(p / q) } else { 0.0 };
    term(p, q) + term(1.0 - p, 1.0 - q)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_entropy_is_that_of_coins() {
        assert!((unlike(0.5, 0.25) - 0.5 * libm::log(4.0 / 3.0)).abs() < 1e-15);
        assert!((unlike(0.0, 0.5) - libm::log(2.0)).abs() < 1e-15);
        assert!(unlike(0.5, 0.6).is_infinite());
    }

    #[test]
    fn failures_of_all_nodes_and_looks_add_up_to_the_failure() {
        let plan = Plan::new(&[900, 40, 3, 0, 0, 0, 1], 1000.0, 0.01, 0.1);
        let failure = |look: i32| -> f64 {
            plan.shares.iter().map(|share| 2.0 * libm::exp(-plan.evidence(look, *share))).sum()
        };
        let all: f64 = (0..60).map(failure).sum();
        assert!((0.09..=0.1 + 1e-12).contains(&all), "{all}");
    }

    #[test]
    fn a_look_that_comes_out_as_the_pilot_is_the_last() {
        let plan = Plan::new(&[600, 40, 0], 1000.0, 0.01, 0.1);
        let draws = plan.draws(0);
        let counts = [0.6, 0.04, 0.0].map(|share: f64| floor(share * draws));
        assert!(plan.is_kept(0, &counts, draws));
        assert!(!plan.is_kept(0, &counts, draws / 3.0));
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn floor(x: f64) -> u32 {
        x as u32
    }

    #[test]
    fn shares_are_moved_towards_one_half_by_a_deviation_and_a_draw() {
        let table = [
            (0, 0.01),
            (25, 0.31),
            (36, 0.43),
            (49, 0.5),
            (50, 0.5),
            (64, 0.55),
            (81, 0.71),
            (100, 0.89),
        ];
        for (count, wanted) in table {
            let found = wary(count, 100.0);
            assert!((found - wanted).abs() < 1e-12, "{count}: {found}");
        }
    }

    #[test]
    fn entropy_is_without_bounds_at_either_end() {
        assert!(entropy(0.5, 0.0).is_infinite() && entropy(0.5, 1.0).is_infinite());
        assert!((entropy(1.0, 0.5) - libm::log(2.0)).abs() < 1e-15);
        // A fourth of ln 1/2 and three fourths of ln 3/2.
        let wanted = 0.75 * libm::log(3.0) - libm::log(2.0);
        assert!((entropy(0.25, 0.5) - wanted).abs() < 1e-15);
        assert!((unlike(0.25, 0.25) - wanted).abs() < 1e-15, "below, nothing is left");
    }

    #[test]
    fn draws_halve_the_chances_by_their_need() {
        let half = libm::log(2.0);
        let table: [(&[f64], f64, f64); 5] = [
            (&[half], 0.25, 2.0),
            (&[half, half], 0.25, 3.0),
            (&[half / 100.0], 0.5, 100.0),
            (&[half, 2.0 * half], 0.75, 1.0),
            (&[], 0.1, 0.0),
        ];
        for (need, total, wanted) in table {
            let found = draws_for(need, total);
            assert!((found - wanted).abs() < 1e-6, "{need:?} to {total}: {found}");
        }
    }

    #[test]
    fn looks_are_farther_and_farther_apart_and_ask_for_more() {
        let plan = Plan { error: 0.1, failure: 0.5, shares: vec![0.25], first: 10.0 };
        let draws: Vec<f64> = (0..3).map(|look| plan.draws(look)).collect();
        assert_eq!(draws, [10.0, 13.0, 16.0]);
        assert!((plan.evidence(0, 0.25) - libm::log(32.0)).abs() < 1e-15);
        assert!((plan.evidence(2, 0.25) - libm::log(128.0)).abs() < 1e-15);
    }

    #[test]
    fn the_first_look_is_when_a_share_like_the_pilot_would_do() {
        // No node came up in four draws: each has half of a fourth of the failures, and ln 64 to show at .1308 a draw.
        let plan = Plan::new(&[0; 4], 4.0, 0.25, 0.5);
        assert_eq!(plan.shares, [0.125; 4]);
        assert!((plan.first - 31.793).abs() < 1e-3, "{}", plan.first);
        assert!((plan.draws(0) - 32.0).abs() < 1e-12);
    }

    #[test]
    fn all_shares_must_be_kept() {
        let plan = Plan { error: 0.25, failure: 0.5, shares: vec![0.25; 2], first: 1.0 };
        // ln 32 at .1438 a draw for a half, and at .2877 for none: after 25 draws and after 13.
        assert!(plan.is_kept(0, &[0, 0], 13.0) && !plan.is_kept(0, &[0, 0], 12.0));
        assert!(plan.is_kept(0, &[0, 13], 26.0) && !plan.is_kept(0, &[0, 12], 24.0));
    }

    #[test]
    fn half_of_the_failures_is_for_all_and_half_for_those_seen() {
        let one = Plan::new(&[50, 0], 100.0, 0.01, 0.1).shares;
        assert!((one[0] - 0.75).abs() < 1e-9 && (one[1] - 0.25).abs() < 1e-12, "{one:?}");
        let two = Plan::new(&[7, 7, 0, 0], 100.0, 0.01, 0.1).shares;
        assert!((two[1] - 0.375).abs() < 1e-9 && (two[3] - 0.125).abs() < 1e-12, "{two:?}");
    }
}
