//! Draws from the distributions that the generator needs.

use crate::random::Random;

/// A stream of draws.
pub(super) struct Chance(Random);

impl Chance {
    /// The stream of a seed; streams of one seed do not meet.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        Self(Random::new(seed, stream))
    }

    /// True with probability `p`.
    pub(super) fn yes(&mut self, p: f64) -> bool {
        self.0.unit() < p
    }

    /// A whole number below `end`; 0 where there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let drawn = self.0.below(end.max(1) as u64);
        usize::try_from(drawn).unwrap_or(0)
    }

    /// A number in [0, 1).
    pub(super) fn unit(&mut self) -> f64 {
        self.0.unit()
    }

    /// A whole number of days from `first` to `last`.
    pub(super) fn days(&mut self, first: i32, last: i32) -> i32 {
        let span = usize::try_from(last - first).map_or(1, |span| span + 1);
        first + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// One of `items`, each with equal chance.
    pub(super) fn of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// One of `items`, if there is any.
    pub(super) fn any<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        if items.is_empty() { None } else { Some(self.of(items)) }
    }

    /// The place of a weight, with a chance in proportion to it.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        let mut rest = self.0.unit() * total;
        for (place, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest < 0.0 {
                return place;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Standard normal, by the method of Box and Muller.
    pub(super) fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.0.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.0.unit())
    }

    /// The exponential of a normal with mean `mu` and deviation `sigma`.
    pub(super) fn lognormal(&mut self, mu: f64, sigma: f64) -> f64 {
        libm::exp(mu + sigma * self.normal())
    }

    /// A waiting time with that mean.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.0.unit())
    }

    /// How many failures come before the first success, `mean` on average.
    pub(super) fn geometric(&mut self, mean: f64) -> usize {
        let stays = mean / (1.0 + mean);
        let mut count = 0;
        while count < 1000 && self.yes(stays) {
            count += 1;
        }
        count
    }

    /// How many of rare things happen, `mean` on average.
    pub(super) fn poisson(&mut self, mean: f64) -> usize {
        let least = libm::exp(-mean);
        let (mut count, mut product) = (0, self.0.unit());
        while product > least && count < 1000 {
            count += 1;
            product *= self.0.unit();
        }
        count
    }

    /// Shares that add up to 1, around `counts`, by the Dirichlet distribution.
    pub(super) fn dirichlet<const N: usize>(&mut self, counts: [usize; N]) -> [f64; N] {
        let gammas = counts.map(|count| (0..count).map(|_| self.exponential(1.0)).sum::<f64>());
        let total: f64 = gammas.iter().sum();
        gammas.map(|gamma| gamma / total.max(f64::MIN_POSITIVE))
    }

    /// Puts `items` in random order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        self.0.shuffle(items);
    }
}

/// Ranks drawn with a chance in proportion to rank^−s.
#[derive(Debug)]
pub(super) struct Zipf {
    cumulative: Vec<f64>,
}

impl Zipf {
    /// Over `count` ranks with exponent `s`.
    pub(super) fn new(count: usize, s: f64) -> Self {
        let mut total = 0.0;
        let weight = |rank: usize| libm::pow(rank as f64, -s);
        let cumulative = (1..=count.max(1)).map(|rank| {
            total += weight(rank);
            total
        });
        Self { cumulative: cumulative.collect() }
    }

    /// A rank, counted from 0.
    pub(super) fn draw(&self, chance: &mut Chance) -> usize {
        let total = self.cumulative.last().copied().unwrap_or(1.0);
        let drawn = chance.unit() * total;
        self.cumulative.partition_point(|&sum| sum <= drawn).min(self.cumulative.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(draw: impl FnMut(usize) -> f64) -> f64 {
        (0..20_000).map(draw).sum::<f64>() / 20_000.0
    }

    #[test]
    fn means_are_those_asked_for() {
        let mut chance = Chance::new(1, 0);
        assert!((mean(|_| chance.normal())).abs() < 0.03);
        assert!((mean(|_| chance.exponential(3.0)) - 3.0).abs() < 0.1);
        assert!((mean(|_| chance.geometric(1.5) as f64) - 1.5).abs() < 0.06);
        assert!((mean(|_| chance.poisson(2.0) as f64) - 2.0).abs() < 0.05);
        let half = mean(|_| f64::from(chance.lognormal(2.0, 1.5) < libm::exp(2.0)));
        assert!((half - 0.5).abs() < 0.02);
    }

    #[test]
    fn the_first_rank_is_drawn_as_often_as_its_share() {
        let zipf = Zipf::new(4, 1.0);
        let mut chance = Chance::new(2, 0);
        let first = mean(|_| f64::from(zipf.draw(&mut chance) == 0));
        assert!((first - 12.0 / 25.0).abs() < 0.02, "{first}");
    }

    #[test]
    fn shares_add_up_to_one() {
        let shares = Chance::new(3, 0).dirichlet([7, 8, 4, 1]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
