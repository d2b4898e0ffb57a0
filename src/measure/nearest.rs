//! Who is nearest to all others, without looking at all from everywhere.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::blocks::fold;
use super::hops::{LANES, Lanes, Sweep};
use super::length::Paths;
use super::{Along, Length};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::random::Random;

/// How many walks there are at the first look.
const FIRST: usize = 1024;

/// The few nodes of the highest harmonic centrality, with their exact scores, without the scores of all.
///
/// Walks by hops from nodes drawn at random tell within what each score lies. Whoever cannot be among the first is dropped, and
/// those left are scored exactly as [`Harmonic`](super::Harmonic) does. With a probability of `1 - failure` nobody is missed. In a small
/// network, or one in which all are as near, there is nothing to save and everybody is scored.
///
/// - **Shape**: `count` nodes with their scores, or all if there are fewer; the highest first, equal ones by node number.
/// - **Unit**: one over a number of hops, summed.
/// - **Cost**: about `O(m (k + c))` bit operations, 256 at a time, for `k` walks and `c` nodes that are not dropped, `k` about as many as `c`.
/// - **Order**: the same to the bit for a seed, on any number of threads.
/// - **Edge cases**: a node that no path joins to another scores 0.
///
/// # Errors
///
/// If `failure` does not lie between 0 and 1.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::NearestToAll;
///
/// let nearest = NearestToAll { count: 1, ..Default::default() };
/// assert_eq!(nearest.find(&Csr::star(5))?, [(0, 4.0)]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// The scheme of K. Okamoto, W. Chen, X.-Y. Li, "Ranking of closeness centrality for large-scale social networks", FAW 2008 (LNCS
/// 5059:186-195): sampled scores leave candidates, which are scored exactly. In place of their bound that of A. Maurer, M.
/// Pontil, "Empirical Bernstein bounds and sample-variance penalization", COLT 2009, theorem 4, for each node and look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearestToAll {
    /// How many nodes are asked for. 20 by default.
    pub count: usize,
    /// Which way paths run in a directed graph. Incoming by default.
    pub along: Along,
    /// The probability that one of them is missed. One in a million by default.
    pub failure: f64,
    /// What the random choices come from. 0 by default.
    pub seed: u64,
}

impl Default for NearestToAll {
    fn default() -> Self {
        Self { count: 20, along: Along::default(), failure: 1e-6, seed: 0 }
    }
}

impl NearestToAll {
    /// The nodes with their scores, the highest first.
    ///
    /// # Errors
    ///
    /// If `failure` does not lie between 0 and 1.
    pub fn find(&self, csr: &Csr) -> Result<Vec<(u32, f64)>> {
        if !(self.failure > 0.0 && self.failure < 1.0) {
            return Err(Error::usage("`failure` must lie between 0 and 1"));
        }
        let paths = Paths::new(csr, Length::Hops, self.along)?;
        let candidates = self.candidates(&paths);
        let mut scored: Vec<(u32, f64)> = candidates
            .chunks(LANES)
            .collect::<Vec<_>>()
            .into_par_iter()
            .flat_map_iter(|some| exact(&paths, some))
            .collect();
        scored.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        scored.truncate(self.count);
        Ok(scored)
    }

    /// Those who may be among the first, when to look at them costs less than to walk on.
    fn candidates(&self, paths: &Paths<'_>) -> Vec<u32> {
        let n = paths.csr.node_count();
        let mut samples = Samples::new(n, self.seed);
        let looks = (n / FIRST).max(1).ilog2() + 1;
        let mut left: Vec<u32> = paths.csr.nodes().collect();
        for look in 0..looks {
            let walks = FIRST << look;
            if left.len() <= samples.walks.max(FIRST) {
                break;
            }
            samples.walk_on(&paths.reversed(), walks);
            let evidence = libm::log(4.0 * n as f64 * f64::from(looks) / self.failure);
            left = samples.first(self.count, evidence, &left);
        }
        left
    }
}

/// What walks from nodes drawn at random say of each node's `1 / hops`.
struct Samples {
    walks: usize,
    random: Random,
    /// The sums, then the sums of squares.
    sums: Vec<f64>,
}

impl Samples {
    fn new(node_count: usize, seed: u64) -> Self {
        Self { walks: 0, random: Random::new(seed, 0), sums: vec![0.0; 2 * node_count] }
    }

    /// Walks until there are so many walks in all.
    fn walk_on(&mut self, back: &Paths<'_>, walks: usize) {
        let n = self.sums.len() / 2;
        let draw = |_| u32::try_from(self.random.below(n as u64)).expect("below 2^32");
        let sources: Vec<u32> = (self.walks..walks).map(draw).collect();
        let groups: Vec<&[u32]> = sources.chunks(LANES).collect();
        let more = fold(
            groups.len(),
            2 * n,
            || Sweep::new(n),
            |sweep, block, row| {
                let (sums, squares) = row.split_at_mut(n);
                for group in &groups[block] {
                    let _ = sweep.run(back, group.iter().copied(), |level, v, lanes| {
                        let near = 1.0 / f64::from(level);
                        let count = f64::from(lanes.count());
                        sums[v as usize] += count * near;
                        squares[v as usize] += count * near * near;
                        ControlFlow::<()>::Continue(())
                    });
                }
            },
        );
        self.sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        self.walks = walks;
    }

    /// Those of `left` whose mean may be as high as that of the `count` highest must be.
    fn first(&self, count: usize, evidence: f64, left: &[u32]) -> Vec<u32> {
        let mut lowest: Vec<f64> = left.iter().map(|&u| self.range(u, evidence)[0]).collect();
        if lowest.len() <= count || count == 0 {
            return left.to_vec();
        }
        lowest.sort_by(|one, other| other.total_cmp(one));
        let bar = lowest[count - 1];
        left.iter().copied().filter(|&u| self.range(u, evidence)[1] >= bar).collect()
    }

    /// Within what a node's mean lies.
    fn range(&self, u: u32, evidence: f64) -> [f64; 2] {
        let walks = self.walks as f64;
        let mean = self.sums[u as usize] / walks;
        let square = self.sums[self.sums.len() / 2 + u as usize];
        let variance = ((square - walks * mean * mean) / (walks - 1.0)).max(0.0);
        let error =
            (2.0 * variance * evidence / walks).sqrt() + 7.0 * evidence / (3.0 * (walks - 1.0));
        [mean - error, mean + error]
    }
}

/// The harmonic centralities of at most 256 nodes.
fn exact(paths: &Paths<'_>, nodes: &[u32]) -> Vec<(u32, f64)> {
    let mut scores = vec![0.0; nodes.len()];
    let mut counter = Counter::default();
    let mut far = 0;
    let mut add = |counter: &mut Counter, far: u32| {
        for (lane, score) in scores.iter_mut().enumerate() {
            *score += f64::from(counter.of(lane)) / f64::from(far.max(1));
        }
        *counter = Counter::default();
    };
    let mut sweep = Sweep::new(paths.csr.node_count());
    let _ = sweep.run(paths, nodes.iter().copied(), |level, _, lanes| {
        if level != far {
            add(&mut counter, far);
            far = level;
        }
        counter.add(lanes);
        ControlFlow::<()>::Continue(())
    });
    add(&mut counter, far);
    nodes.iter().copied().zip(scores).collect()
}

/// A count for each of 256 sources: plane `k` holds the bits worth `2^k`.
#[derive(Default)]
struct Counter([Lanes; 32]);

impl Counter {
    fn add(&mut self, lanes: Lanes) {
        let mut carry = lanes;
        for plane in &mut self.0 {
            if carry.is_empty() {
                return;
            }
            let next = plane.common(carry);
            *plane = plane.either(carry);
            carry = next;
        }
    }

    fn of(&self, lane: usize) -> u32 {
        (0_u32..).zip(&self.0).map(|(bit, plane)| u32::from(plane.has(lane)) << bit).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(csr: &Csr) -> Paths<'_> {
        Paths::new(csr, Length::Hops, Along::Incoming).unwrap()
    }

    fn close(got: &[f64], want: &[f64]) -> bool {
        got.len() == want.len() && got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-9)
    }

    fn samples(walks: usize, sums: &[f64]) -> Samples {
        Samples { walks, random: Random::new(0, 0), sums: sums.to_vec() }
    }

    #[test]
    fn walks_add_up_over_looks() {
        // Each walk along an edge from one end comes to the other after one step, and in a path of three from one end to the other after two.
        let (pair, row) = (Csr::path(2), Csr::path(3));
        let mut of_pair = Samples::new(2, 5);
        for walks in [300, 1000] {
            of_pair.walk_on(&paths(&pair), walks);
            assert_eq!(of_pair.walks, walks);
            let [one, other] = [of_pair.sums[0], of_pair.sums[1]];
            assert!((one + other - walks as f64).abs() < 1e-9, "{:?}", of_pair.sums);
            assert!(close(&of_pair.sums[2..], &[one, other]), "squares of one are one");
            assert!((0.4..0.6).contains(&(one / walks as f64)), "{one} of {walks}");
        }
        let mut of_row = Samples::new(3, 0);
        of_row.walk_on(&paths(&row), 600);
        let middle = of_row.sums[1];
        // Whoever did not begin in the middle began at an end: 1 for the middle, 1/2 for the other end; from the middle 1 for both.
        let ends = 2.0 * (600.0 - middle) + 0.5 * middle;
        assert!((of_row.sums[0] + of_row.sums[2] - ends).abs() < 1e-9, "{:?}", of_row.sums);
        let squares = 2.0 * (600.0 - middle) + 0.25 * middle;
        assert!((of_row.sums[3] + of_row.sums[5] - squares).abs() < 1e-9, "{:?}", of_row.sums);
    }

    #[test]
    fn a_mean_lies_within_what_its_variance_allows() {
        // Four walks of mean 1/2 and variance 1/4: the root of 2 · 1/4 · 2 / 4, and 14 / 9.
        let error = 0.5 + 14.0 / 9.0;
        let four = samples(4, &[9.0, 2.0, 9.0, 1.75]);
        assert!(close(&four.range(1, 2.0), &[0.5 - error, 0.5 + error]));
        // All walks alike have none.
        let alike = samples(8, &[4.0, 2.0]);
        assert!(close(&alike.range(0, 3.0), &[-0.5, 1.5]));
    }

    #[test]
    fn who_may_be_among_the_first_is_kept() {
        // Means of 0.9, 0.1, 0.85 and 0.5, all walks alike, and an error of 7 · 3 / (3 · 70) = 0.1.
        let means = [0.9, 0.1, 0.85, 0.5];
        let sums: Vec<f64> = means.iter().map(|mean| 71.0 * mean).collect();
        let squares = means.iter().map(|mean| 71.0 * mean * mean);
        let samples = samples(71, &sums.iter().copied().chain(squares).collect::<Vec<_>>());
        for (count, left, want) in [
            (1, &[0, 1, 2, 3][..], &[0, 2][..]),
            (2, &[0, 1, 2, 3], &[0, 2]),
            (3, &[0, 1, 2, 3], &[0, 2, 3]),
            (1, &[1, 3], &[3]),
            (2, &[1, 3], &[1, 3]),
            (0, &[1, 3], &[1, 3]),
        ] {
            assert_eq!(samples.first(count, 3.0, left), want, "{count} of {left:?}");
        }
    }

    #[test]
    fn nobody_is_dropped_of_few_and_leaves_are_of_many() {
        let nearest = NearestToAll { count: 1, ..NearestToAll::default() };
        let few = Csr::star(1024);
        assert_eq!(nearest.candidates(&paths(&few)).len(), 1024);
        let many = Csr::star(1025);
        assert_eq!(nearest.candidates(&paths(&many)), [0]);
        assert_eq!(nearest.find(&many).unwrap(), [(0, 1024.0)]);
    }

    #[test]
    fn exact_scores_are_sums_of_one_over_hops() {
        let row = Csr::path(4);
        let scores: Vec<f64> = exact(&paths(&row), &[2, 0]).iter().map(|one| one.1).collect();
        assert!(close(&scores, &[2.5, 11.0 / 6.0]), "{scores:?}");
        assert!(exact(&paths(&row), &[]).is_empty());
    }

    #[test]
    fn a_counter_counts_each_source_by_itself() {
        let mut counter = Counter::default();
        // Each leaf of a star is one step from the hub.
        let star = Csr::star(257);
        for leaves in [1, 2, 3, 64, 65, 130, 255, 256] {
            let _ = Sweep::new(257).run(&paths(&star), 1..=leaves, |level, v, lanes| {
                if (level, v) == (1, 0) {
                    counter.add(lanes);
                }
                ControlFlow::<()>::Continue(())
            });
        }
        let want = [
            (0, 8),
            (1, 7),
            (2, 6),
            (3, 5),
            (63, 5),
            (64, 4),
            (65, 3),
            (129, 3),
            (130, 2),
            (254, 2),
            (255, 1),
        ];
        assert_eq!(want.map(|(lane, _)| (lane, counter.of(lane))), want);
    }
}
