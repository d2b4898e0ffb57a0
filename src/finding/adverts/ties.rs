//! How likely two advertisements are of one hand: what each likeness says, fitted without labels.

use crate::identity::falling;
use crate::measure::jaccard;
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
            ln_u: logs(&chance.shares()),
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
            m.iter_mut().for_each(normalize);
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

fn normalize(shares: &mut [f64; COUNT]) {
    let total: f64 = shares.iter().sum();
    for share in shares {
        *share /= total;
    }
}

fn logs(shares: &Shares) -> Shares {
    shares.map(|own| own.map(|share| libm::log(share.max(1e-12))))
}

pub(super) fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

fn logit(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

/// How many texts are drawn.
const DRAWN: usize = 50_000;

/// What two hands have in common by chance.
///
/// Of texts: texts beside texts of as many turns of phrase, each drawn from all that are written, so that nobody copied. Of
/// the rest: nothing. A phone that a few advertisements share may be that of one hand or of people who share it; by itself
/// the data cannot tell, so a share is a tie, with the doubt that one tie leaves.
#[derive(Clone, Debug, Default)]
pub(super) struct Chance {
    texts: Vec<Pattern>,
}

impl Chance {
    pub(super) fn of(marks: &[&Marks], seed: u64) -> Self {
        Self { texts: Self::texts(marks, &mut Random::new(seed, 8)) }
    }

    /// By tie and level: how often two hands are so alike; what was never drawn, half as often as if it had been once.
    fn shares(&self) -> Shares {
        let mut u = [[0.0; COUNT]; Tie::ALL.len()];
        for (tie, shares) in u.iter_mut().enumerate() {
            let last = if tie == 0 { COUNT - 1 } else { usize::from(OTHER) };
            shares[..last].fill(0.5 / last as f64);
            shares[last] = DRAWN as f64;
        }
        u[0][COUNT - 1] = 1.0;
        for &pattern in &self.texts {
            add(&mut u, pattern, 1.0);
        }
        u.iter_mut().for_each(normalize);
        u
    }

    fn texts(marks: &[&Marks], random: &mut Random) -> Vec<Pattern> {
        let written: Vec<&Vec<u64>> =
            marks.iter().map(|one| &one.shingles).filter(|own| !own.is_empty()).collect();
        let pool: Vec<u64> = written.iter().copied().flatten().copied().collect();
        if written.len() < 2 {
            return Vec::new();
        }
        let mut below = |end: usize| usize::try_from(random.below(end as u64)).unwrap_or(0);
        let mut drawn = || {
            let length = written[below(written.len())].len();
            let mut shingles: Vec<u64> = (0..length).map(|_| pool[below(pool.len())]).collect();
            shingles.sort_unstable();
            shingles.dedup();
            Marks { shingles, ..Marks::default() }
        };
        (0..DRAWN).map(|_| drawn().compare(&drawn())).collect()
    }
}
