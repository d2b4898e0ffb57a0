//! What two hands have in common by chance.

use super::model::Shares;
use super::ties::{COUNT, LEVELS, Marks, OTHER, SAME, Tie};
use crate::measure::shared;
use crate::odds::normalize;
use crate::random::Random;

/// So many pairs of all are of two hands and alike by mere coincidence, at least.
const COINCIDENCES: f64 = 1.0 / 32.0;
/// How many pairs of texts are drawn.
const DRAWN: usize = 20_000;

/// What two hands have in common by chance.
///
/// Of texts: how many turns of phrase two texts share when each is drawn from all that are written, so that nobody
/// copied. The draws give mean and variance of a negative binomial distribution, because what hardly ever happens is never drawn. Of
/// the rest: hardly a pair in all, because numbers are long. A phone that a few advertisements share may be that of one hand or of
/// people who share it; by itself the data cannot tell, so a share is a tie, with the doubt that one tie leaves.
#[derive(Clone, Debug, Default)]
pub(super) struct Chance {
    /// How many turns of phrase were shared in each draw.
    shared: Vec<f64>,
    /// How many turns of phrase a text has, on average.
    length: f64,
}

impl Chance {
    pub(super) fn of(marks: &[&Marks], seed: u64) -> Self {
        let written: Vec<&[u64]> =
            marks.iter().map(|one| one.of(Tie::Text)).filter(|own| !own.is_empty()).collect();
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
    pub(super) fn shares(&self, total: f64) -> Shares {
        let least = COINCIDENCES / total.max(1.0);
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
        for shares in &mut u {
            normalize(shares);
        }
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
        let square = |off: f64| off * off;
        let spread = self.shared.iter().map(|shared| square(shared - mean)).sum::<f64>() / count;
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
    #[test]
    fn how_alike_two_texts_are_is_how_many_turns_they_share_of_so_many() {
        // One turn shared in each draw, of texts of two: Poisson of mean 1. A Jaccard index of .6 and of .4 takes two of them, of .25 to .03 one.
        let chance = Chance { shared: vec![1.0; 1000], length: 2.0 };
        let text = chance.shares(1e6)[0];
        let none = 1.0 / std::f64::consts::E;
        for (share, want) in
            text.into_iter().zip([1.0 - 2.0 * none, 0.0, none, 0.0, 0.0, 0.0, none])
        {
            assert!((share - want).abs() < 2e-3, "{text:?}");
        }
    }

    #[test]
    fn hardly_a_pair_in_all_shares_a_number_by_chance() {
        let shares = Chance::default().shares(100.0);
        for own in &shares[1..] {
            assert!((own[usize::from(SAME)] - 1.0 / 3200.0).abs() < 1e-12);
            assert!((own[usize::from(OTHER)] - 3199.0 / 3200.0).abs() < 1e-12);
        }
        for own in shares {
            assert!((own.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        // Texts that never share anything are as much alike as numbers at least.
        let apart = Chance { shared: vec![0.0; 20_000], length: 40.0 };
        assert!((apart.shares(100.0)[0][0] - 1.0 / 3200.0).abs() < 1e-6);
    }

    #[test]
    fn texts_are_drawn_from_all_that_are_written() {
        let text =
            |shingles: &[u64]| Marks::new(shingles.to_vec(), std::array::from_fn(|_| vec![]));
        let (one, other, none) = (text(&[7]), text(&[7]), text(&[]));
        let same = Chance::of(&[&one, &none, &other], 1);
        assert!((same.length - 1.0).abs() < 1e-12);
        assert!(same.shared.iter().all(|&shared| (shared - 1.0).abs() < 1e-12));
        let alone = Chance::of(&[&one, &none], 1);
        assert!(alone.shared.is_empty() && alone.length.abs() < 1e-12);
        // Of two turns each text has one: two draws are alike half of the time.
        let (a, b) = (text(&[7]), text(&[8]));
        let half = Chance::of(&[&a, &b], 1);
        let mean = half.shared.iter().sum::<f64>() / half.shared.len() as f64;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }
}
