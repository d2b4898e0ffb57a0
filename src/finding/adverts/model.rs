//! How likely two advertisements are of one hand: what each likeness says, fitted without labels.

use super::chance::Chance;
use super::ties::{COUNT, MISSING, OTHER, Pattern, SAME, Tie};
use crate::identity::falling;
use crate::odds::{logit, normalize, sigmoid};

/// Shares of the levels of each tie.
pub(super) type Shares = [[f64; COUNT]; Tie::ALL.len()];

/// A fitted model: for each tie how often pairs of one hand (`m`) and of two (`u`) are how alike, and how many pairs are of one hand.
///
/// Source: Fellegi & Sunter (1969), JASA 64:1183; expectation maximization over all pairs, of which those that share nothing count as two
/// hands, and `u` from [`Chance`].
#[derive(Clone, Debug)]
pub(super) struct Model {
    ln_m: Shares,
    ln_u: Shares,
    prior: f64,
}

/// What is expected of one hand, worth so many pairs.
const PRIOR_PAIRS: f64 = 20.0;
const ROUNDS: usize = 25;
/// For each advertisement so many pairs of one hand are expected before the data speak: one in twenty has another of its hand. A share of
/// the pairs would fall with the square of the advertisements, and drown a hand that is alone among strangers.
const LONE_PAIRS: f64 = 1.0 / 40.0;
/// Whoever goes by another phone or image may well be the same hand: what differs says at most so much, as a natural logarithm.
const LEAST: f64 = -1.0;
/// One in so many pairs that are alike by one thing alone is of two hands: texts are copied, phones are shared. Of what more advertisements
/// have it is more, by the root of how many others do: there are great hands, and greater agencies.
const ONE_IN: f64 = 16.0;

impl Model {
    /// Fits it to compared pairs, each of which stands for `scale`, and to pairs that share what they share by chance.
    pub(super) fn fit(pairs: &[Pattern], scale: f64, chance: &Chance, ads: f64) -> Self {
        let total = ads * (ads - 1.0) / 2.0;
        let expected = expected();
        let mut model = Self {
            ln_m: logs(&expected),
            ln_u: logs(&chance.shares(total)),
            prior: prior(0.5 * ads, total),
        };
        for _ in 0..ROUNDS {
            let mut m = expected.map(|shares| shares.map(|share| PRIOR_PAIRS * share));
            let mut of_one_hand = 0.0;
            for &pattern in pairs {
                let chance = scale * sigmoid(model.logit(pattern));
                of_one_hand += chance;
                add(&mut m, pattern, chance);
            }
            for shares in &mut m {
                normalize(shares);
            }
            model.ln_m = model.in_order(&m);
            model.prior = prior(of_one_hand + LONE_PAIRS * ads, total);
        }
        model
    }

    /// Less likeness never says more, and what differs never speaks for one hand: levels out of order share one weight.
    fn in_order(&self, m: &Shares) -> Shares {
        let mut ln_m = logs(m);
        for (tie, shares) in ln_m.iter_mut().enumerate() {
            let count = if tie == 0 { COUNT } else { usize::from(OTHER) + 1 };
            let u = self.ln_u[tie].map(libm::exp);
            let mut level = 0;
            for run in falling(&m[tie][..count], &u[..count]) {
                let weight = libm::log(run.m / run.u);
                let is_last = level + run.length == count;
                let weight = if is_last { weight.clamp(LEAST, 0.0) } else { weight };
                let places = level..level + run.length;
                for (share, ln_u) in shares[places.clone()].iter_mut().zip(&self.ln_u[tie][places])
                {
                    *share = ln_u + weight;
                }
                level += run.length;
            }
        }
        ln_m
    }

    fn weight(&self, pattern: Pattern, tie: Tie) -> f64 {
        match pattern.level(tie) {
            MISSING => 0.0,
            level => {
                let at = (tie as usize, usize::from(level));
                self.ln_m[at.0][at.1] - self.ln_u[at.0][at.1]
            }
        }
    }

    /// The logarithm of the odds before the doubt is taken.
    fn logit(&self, pattern: Pattern) -> f64 {
        self.prior + Tie::ALL.map(|tie| self.weight(pattern, tie)).iter().sum::<f64>()
    }

    /// The logarithm of the odds that two advertisements are of one hand, and the same without what is known before comparing.
    ///
    /// Where one tie alone speaks for it a doubt stays, however rare the tie is, and the more the more have it; what differs speaks
    /// against one hand and not against the doubt.
    pub(super) fn odds(&self, pattern: Pattern) -> (f64, f64) {
        let odds = self.logit(pattern);
        if pattern.grounds().count() > 1 {
            return (odds, odds - self.prior);
        }
        let against: f64 = Tie::ALL.map(|tie| self.weight(pattern, tie).min(0.0)).iter().sum();
        let mistaken = f64::from(pattern.others()).sqrt() / (ONE_IN - 1.0);
        let doubt = libm::log1p(libm::exp((odds - against).min(700.0)) * mistaken);
        (odds - doubt, odds - doubt - self.prior)
    }
}

/// The logarithm of the odds that two of all pairs are of one hand.
fn prior(of_one_hand: f64, total: f64) -> f64 {
    logit((of_one_hand / total.max(1.0)).clamp(f64::MIN_POSITIVE, 0.5))
}

/// What is expected of one hand before the data speak.
fn expected() -> Shares {
    let mut shares = [[0.0; COUNT]; Tie::ALL.len()];
    shares[0] = [0.35, 0.15, 0.10, 0.10, 0.10, 0.08, 0.12];
    for own in &mut shares[1..] {
        own[usize::from(SAME)] = 0.5;
        own[usize::from(OTHER)] = 0.5;
    }
    shares
}

fn add(sums: &mut Shares, pattern: Pattern, weight: f64) {
    for (own, level) in sums.iter_mut().zip(pattern.levels()) {
        if level != MISSING {
            own[usize::from(level)] += weight;
        }
    }
}

fn logs(shares: &Shares) -> Shares {
    crate::odds::logs(shares, 1e-300)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::adverts::ties::Marks;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-9, "{got}, expected {want}");
    }

    /// Of two who have the same phone, or not, the same handle, or not, and texts of one word each; as many have each value as is said.
    fn pattern(phones: [u64; 2], handles: [u64; 2], texts: [u64; 2], holders: usize) -> Pattern {
        let one = |value: u64| if value > 0 { vec![value] } else { vec![] };
        let [a, b] = [0, 1].map(|at| {
            let values = [one(phones[at]), one(handles[at]), vec![], vec![], vec![]];
            let mut marks = Marks::new(one(texts[at]), values);
            for (tie, value) in [(Tie::Phone, phones[at]), (Tie::Handle, handles[at])] {
                marks.count_holders(tie, &vec![value; holders]);
            }
            marks
        });
        a.compare(&b)
    }

    /// A model in which a phone is worth 15, a handle 3, and another text 1/e; one pair in ten is of one hand.
    fn model() -> Model {
        let ln_u = [[0.0; COUNT]; Tie::ALL.len()];
        let mut ln_m = ln_u;
        ln_m[Tie::Phone as usize][usize::from(SAME)] = libm::log(15.0);
        ln_m[Tie::Handle as usize][usize::from(SAME)] = libm::log(3.0);
        ln_m[Tie::Text as usize][COUNT - 1] = -1.0;
        Model { ln_m, ln_u, prior: -libm::log(9.0) }
    }

    #[test]
    fn two_grounds_multiply_the_odds() {
        let (odds, evidence) = model().odds(pattern([1, 1], [2, 2], [0, 0], 2));
        close(odds, libm::log(45.0 / 9.0));
        close(evidence, libm::log(45.0));
        let (odds, _) = model().odds(pattern([1, 1], [2, 2], [3, 4], 2));
        close(odds, libm::log(5.0) - 1.0);
    }

    #[test]
    fn of_one_ground_a_doubt_stays_and_the_more_the_more_have_it() {
        let of = |model: &Model, pattern| model.odds(pattern).0;
        let flat = Model { prior: 0.0, ..model() };
        // Odds of 15, and one in 16 is of two hands: 15 / (1 + 15/15).
        close(of(&flat, pattern([1, 1], [0, 0], [0, 0], 2)), libm::log(7.5));
        // Four others have it, so it is as often again: 15 / (1 + 2 · 15/15).
        close(of(&flat, pattern([1, 1], [0, 0], [0, 0], 5)), libm::log(5.0));
        // What differs speaks against one hand and not against the doubt.
        close(of(&flat, pattern([1, 1], [0, 0], [3, 4], 2)), libm::log(7.5) - 1.0);
        // Odds of 15/9: 5/3 / (1 + 1/9).
        let (odds, evidence) = model().odds(pattern([1, 1], [0, 0], [0, 0], 2));
        close(odds, libm::log(1.5));
        close(evidence, libm::log(13.5));
    }

    #[test]
    fn the_prior_is_the_share_of_pairs_of_one_hand_and_at_most_a_half() {
        close(prior(1.0, 5.0), libm::log(0.25));
        close(prior(4.0, 5.0), 0.0);
        close(prior(0.2, 0.0), libm::log(0.25));
        assert!(prior(0.0, 5.0).is_finite());
    }

    #[test]
    fn what_is_missing_is_not_counted() {
        let mut sums = [[0.0; COUNT]; Tie::ALL.len()];
        add(&mut sums, pattern([1, 1], [2, 3], [0, 0], 2), 0.25);
        add(&mut sums, pattern([1, 2], [0, 0], [7, 7], 2), 0.5);
        let (same, other) = (usize::from(SAME), usize::from(OTHER));
        let mut want = [[0.0; COUNT]; Tie::ALL.len()];
        want[Tie::Phone as usize][same] = 0.25;
        want[Tie::Phone as usize][other] = 0.5;
        want[Tie::Handle as usize][other] = 0.25;
        want[Tie::Text as usize][0] = 0.5;
        assert_eq!(sums, want);
        let expected = expected();
        for shares in expected {
            close(shares.iter().sum(), 1.0);
        }
    }

    #[test]
    fn many_pairs_of_one_hand_raise_what_a_pair_is_worth() {
        let chance = Chance::default();
        let alike = vec![pattern([1, 1], [2, 2], [0, 0], 2); 400];
        let fitted = Model::fit(&alike, 1.0, &chance, 100.0);
        let alone = Model::fit(&[], 1.0, &chance, 100.0);
        // Of 4950 pairs 400 are of one hand, and 2.5 expected before.
        close(alone.prior, logit(2.5 / 4950.0));
        assert!((fitted.prior - logit(402.5 / 4950.0)).abs() < 1e-6, "{}", fitted.prior);
        let worth = |model: &Model| model.weight(pattern([1, 1], [0, 0], [0, 0], 2), Tie::Phone);
        assert!(worth(&fitted) > worth(&alone));
        // What differs says no more than one unit against.
        let against = fitted.weight(pattern([1, 2], [0, 0], [0, 0], 2), Tie::Phone);
        close(against, -1.0);
    }
}
