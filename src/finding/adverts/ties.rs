//! How likely two advertisements are of one hand: what each likeness says, fitted without labels.

use crate::identity::falling;
use crate::measure::{jaccard, shared};
use crate::odds::{logit, normalize, sigmoid};
use crate::random::Random;

/// What two advertisements are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    Text,
    Phone,
    Handle,
    Payer,
    Image,
    Victim,
}

impl Tie {
    pub(super) const ALL: [Self; 6] =
        [Self::Text, Self::Phone, Self::Handle, Self::Payer, Self::Image, Self::Victim];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Phone => "phone",
            Self::Handle => "handle",
            Self::Payer => "payer or poster",
            Self::Image => "image",
            Self::Victim => "victim",
        }
    }
}

/// The least Jaccard index of each level of likeness of two texts, the most alike first; below the last is the lowest level.
const LEVELS: [f64; 7] = [0.6, 0.4, 0.25, 0.15, 0.08, 0.03, 0.0];
const COUNT: usize = LEVELS.len();
/// Of other ties: the same, and not the same.
const SAME: u8 = 0;
const OTHER: u8 = 1;
/// Nothing to compare.
const MISSING: u8 = u8::MAX;

/// What two advertisements have in common, by tie.
pub(super) type Pattern = [u8; Tie::ALL.len()];

/// What is compared of an advertisement: for each tie numbers, sorted; two are the same if they share one. Of the text, its shingles.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) shingles: Vec<u64>,
    pub(super) values: [Vec<u64>; Tie::ALL.len() - 1],
}

impl Marks {
    pub(super) fn of(&self, tie: Tie) -> &[u64] {
        match tie {
            Tie::Text => &self.shingles,
            other => &self.values[other as usize - 1],
        }
    }

    pub(super) fn of_mut(&mut self, tie: Tie) -> &mut Vec<u64> {
        match tie {
            Tie::Text => &mut self.shingles,
            other => &mut self.values[other as usize - 1],
        }
    }

    pub(super) fn compare(&self, other: &Self) -> Pattern {
        Tie::ALL.map(|tie| {
            let (a, b) = (self.of(tie), other.of(tie));
            if a.is_empty() || b.is_empty() {
                return MISSING;
            }
            let alike = jaccard(a, b);
            if tie == Tie::Text {
                let level = LEVELS.iter().position(|&least| alike >= least).unwrap_or(COUNT - 1);
                u8::try_from(level).unwrap_or(OTHER)
            } else if alike > 0.0 {
                SAME
            } else {
                OTHER
            }
        })
    }
}

/// Shares of the levels of each tie.
type Shares = [[f64; COUNT]; Tie::ALL.len()];

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
/// Whoever goes by another phone or image may well be the same hand: what differs says at most so much, as a natural logarithm.
const LEAST: f64 = -1.0;
/// One in so many pairs that are alike by one thing alone is of two hands: texts are copied, phones are shared.
const ONE_IN: f64 = 16.0;
/// Texts that are alike at one of the first so many levels are a tie of their own.
const ALIKE: u8 = 4;

impl Model {
    /// Fits it to compared pairs, each of which stands for `scale`, and to pairs that share what they share by chance.
    pub(super) fn fit(pairs: &[Pattern], scale: f64, chance: &Chance, total: f64) -> Self {
        let expected = expected();
        let mut model = Self {
            ln_m: logs(&expected),
            ln_u: logs(&chance.shares(total)),
            prior: logit((1.0 / (1.0 + total.sqrt())).min(0.5)),
        };
        for _ in 0..ROUNDS {
            let mut m = expected.map(|shares| shares.map(|share| PRIOR_PAIRS * share));
            let mut of_one_hand = 0.0;
            for &pattern in pairs {
                let chance = scale * sigmoid(model.logit(pattern));
                of_one_hand += chance;
                add(&mut m, pattern, chance);
            }
            m.iter_mut().for_each(|shares| normalize(shares));
            model.ln_m = model.in_order(&m);
            model.prior = logit(((of_one_hand + 0.5) / (total + 2.0)).min(0.5));
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
        match pattern[tie as usize] {
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

    /// What speaks for one hand: ties that are the same, and texts that are much alike.
    pub(super) fn grounds(pattern: Pattern) -> impl Iterator<Item = Tie> {
        Tie::ALL.into_iter().filter(move |&tie| {
            let level = pattern[tie as usize];
            if tie == Tie::Text { level < ALIKE } else { level == SAME }
        })
    }

    /// The logarithm of the odds that two advertisements are of one hand, and the same without what is known before comparing.
    ///
    /// Where one tie alone speaks for it a doubt stays, however rare the tie is; what differs speaks against one hand and not
    /// against the doubt.
    pub(super) fn odds(&self, pattern: Pattern) -> (f64, f64) {
        let odds = self.logit(pattern);
        if Self::grounds(pattern).count() > 1 {
            return (odds, odds - self.prior);
        }
        let against: f64 = Tie::ALL.map(|tie| self.weight(pattern, tie).min(0.0)).iter().sum();
        let doubt = libm::log1p(libm::exp((odds - against).min(700.0)) / (ONE_IN - 1.0));
        (odds - doubt, odds - doubt - self.prior)
    }
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
    for (own, level) in sums.iter_mut().zip(pattern) {
        if level != MISSING {
            own[usize::from(level)] += weight;
        }
    }
}

fn logs(shares: &Shares) -> Shares {
    crate::odds::logs(shares, 1e-300)
}

/// How many pairs of texts are drawn.
const DRAWN: usize = 20_000;

/// What two hands have in common by chance.
///
/// Of texts: how many turns of phrase two texts share when each is drawn from all that are written, so that nobody
/// copied. The draws give mean and variance of a negative binomial distribution, because what hardly ever happens is never drawn. Of
/// the rest: half a pair in all. A phone that a few advertisements share may be that of one hand or of people who share it; by itself
/// the data cannot tell, so a share is a tie, with the doubt that one tie leaves.
#[derive(Clone, Debug, Default)]
pub(super) struct Chance {
    /// How many turns of phrase were shared in each draw.
    shared: Vec<f64>,
    /// How many turns of phrase a text has, on average.
    length: f64,
}

impl Chance {
    pub(super) fn of(marks: &[&Marks], seed: u64) -> Self {
        let written: Vec<&Vec<u64>> =
            marks.iter().map(|one| &one.shingles).filter(|own| !own.is_empty()).collect();
        let pool: Vec<u64> = written.iter().copied().flatten().copied().collect();
        if written.len() < 2 {
            return Self::default();
        }
        let length = pool.len() as f64 / written.len() as f64;
        let mut random = Random::new(seed, 8);
        let mut below = |end: usize| usize::try_from(random.below(end as u64)).unwrap_or(0);
        let mut drawn = || {
            let length = written[below(written.len())].len();
            let mut shingles: Vec<u64> = (0..length).map(|_| pool[below(pool.len())]).collect();
            shingles.sort_unstable();
            shingles.dedup();
            shingles
        };
        let shared = (0..DRAWN).map(|_| shared(&drawn(), &drawn()).count() as f64).collect();
        Self { shared, length }
    }

    /// By tie and level: how often two hands are so alike, where there are `total` pairs.
    fn shares(&self, total: f64) -> Shares {
        let least = 0.5 / total.max(1.0);
        let mut u = [[0.0; COUNT]; Tie::ALL.len()];
        for shares in &mut u[1..] {
            shares[usize::from(SAME)] = least;
            shares[usize::from(OTHER)] = 1.0 - least;
        }
        let mut alike_or_more = 0.0;
        for (level, share) in u[0].iter_mut().enumerate() {
            let reached = self.reaches(LEVELS[level]).max(least * (level + 1) as f64);
            *share = reached - alike_or_more;
            alike_or_more = reached;
        }
        u.iter_mut().for_each(|shares| normalize(shares));
        u
    }

    /// The chance that two texts of usual length are at least so much alike.
    fn reaches(&self, jaccard: f64) -> f64 {
        if jaccard <= 0.0 {
            return 1.0;
        }
        let count = self.shared.len().max(1) as f64;
        // Half a turn in all draws at least, so that nothing is impossible.
        let mean = (self.shared.iter().sum::<f64>() + 0.5) / count;
        let spread = self.shared.iter().map(|shared| (shared - mean).powi(2)).sum::<f64>() / count;
        // Of two texts of n turns, k shared make a Jaccard index of k / (2n - k).
        let least = (2.0 * self.length * jaccard / (1.0 + jaccard)).ceil().max(1.0);
        at_least(least, mean, spread)
    }
}

/// P(X ≥ `least`) of the negative binomial distribution with this mean and variance; of Poisson's, where the variance is no larger.
fn at_least(least: f64, mean: f64, variance: f64) -> f64 {
    let size = mean * mean / (variance - mean).max(mean * 1e-3);
    let log = |x: f64| {
        libm::lgamma(x + size) - libm::lgamma(size) - libm::lgamma(x + 1.0)
            + size * libm::log(size / (size + mean))
            + x * libm::log(mean / (size + mean))
    };
    let far = least + 20.0 + 10.0 * variance.max(mean).sqrt();
    let mut sum = 0.0;
    let mut x = least;
    while x <= far {
        sum += libm::exp(log(x));
        x += 1.0;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_counting() {
        // Poisson of mean 1: 1 - 2/e of two or more.
        assert!((at_least(2.0, 1.0, 1.0) - (1.0 - 2.0 / std::f64::consts::E)).abs() < 2e-3);
        // Geometric of mean 1: P(X ≥ 3) = 1/8.
        assert!((at_least(3.0, 1.0, 2.0) - 0.125).abs() < 1e-4);
    }
}
