//! Betweenness from a sample of shortest paths, within a stated error.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::chernoff::Plan;
use super::length::Paths;
use super::two_sided::TwoSided;
use super::{Along, Centrality, Length, Scores};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::random::Random;

/// How many draws one thread makes before it takes more.
const DRAWS: u64 = 256;

/// Which draw is the first of the pilot: its draws are others than those that count.
const PILOT: u64 = 1 << 63;

/// The most draws of one run; the counts are of 32 bits.
const MOST: u64 = 1 << 31;

/// Betweenness by hops from a sample of shortest paths, within a stated error.
///
/// A draw takes two nodes at random and one of the shortest paths between them at random; the share of
/// draws in which a node lies on the path is its betweenness, as [`Betweenness`](super::Betweenness) has it, but for chance. Draws go
/// on until, with a probability of `1 - failure`, *every* node's share is within `error` of the truth. Nodes whose shares are
/// nearer to each other than twice the error may stand in the wrong order. Exact scores cost little in
/// networks of a few thousand nodes.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: pairs of nodes; with `normalized`, the share of all pairs, in `[0, 1]`. The error is of the share.
/// - **Cost**: about `log(1 / failure) b / error²` draws, `b` the greatest share, each a search from both
///   ends that in networks with hubs looks at few edges. `O(n)` memory a thread.
/// - **Order**: the same to the bit for a seed, on any number of threads: each draw has random numbers of its own.
/// - **Edge cases**: a node on no shortest path scores 0; a graph of fewer than three nodes scores 0.
///
/// # Errors
///
/// If `error` or `failure` does not lie between 0 and 1, or the error is so small that 2³¹ draws do not do.
///
/// # Examples
///
/// Of the ends of a random pair one is the hub of a star of 40 in a draw of 20; in all other draws it lies between:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{ApproximateBetweenness, Centrality};
///
/// let options = ApproximateBetweenness { error: 0.05, normalized: true, ..Default::default() };
/// let scores = options.scores(&Csr::star(40))?;
/// assert!((scores[0] - 1.0).abs() <= 0.05);
/// assert_eq!(scores[1], 0.0);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. Borassi, E. Natale, "KADABRA is an adaptive algorithm for betweenness via random approximation", ACM J. Exp. Algorithmics
/// 24:1.2, 2019: the search from both ends (section 3) and failures shared out by a first sample (section 4.2); their `lambda` is `error`,
/// `delta` is `failure`, `tau` is the number of draws. The bound is another: where theirs rests on an estimated constant for the
/// most draws, ours is Chernoff's for each node and each time we look (H. Chernoff, Ann. Math. Statist. 23(4):493-507,
/// 1952), and the failures of all nodes and all looks add up to at most `failure`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ApproximateBetweenness {
    /// How far from the truth a score may be, as a share of all pairs. 0.01 by default.
    pub error: f64,
    /// The probability that some node's score is farther from the truth. 0.1 by default.
    pub failure: f64,
    /// What the random choices come from. 0 by default.
    pub seed: u64,
    /// Divide by the number of pairs of other nodes. Off by default.
    pub normalized: bool,
}

impl Default for ApproximateBetweenness {
    fn default() -> Self {
        Self { error: 0.01, failure: 0.1, seed: 0, normalized: false }
    }
}

impl Centrality for ApproximateBetweenness {
    fn name(&self) -> &'static str {
        "betweenness"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        self.check()?;
        let n = csr.node_count();
        if n < 3 {
            return Ok(Scores::new(vec![0.0; n]));
        }
        let (counts, draws) = self.draw(csr)?;
        let others = n as f64 - 1.0;
        let pairs = match (self.normalized, csr.is_directed()) {
            (true, _) => n as f64 / (n as f64 - 2.0),
            (false, true) => n as f64 * others,
            (false, false) => n as f64 * others / 2.0,
        };
        let score = |count: u32| f64::from(count) / draws as f64 * pairs;
        Ok(Scores::new(counts.into_iter().map(score).collect()))
    }
}

impl ApproximateBetweenness {
    fn check(&self) -> Result<()> {
        for (name, value) in [("error", self.error), ("failure", self.failure)] {
            if !(value > 0.0 && value < 1.0) {
                return Err(Error::usage(format!("`{name}` must lie between 0 and 1")));
            }
        }
        Ok(())
    }

    /// Draws until the error is kept: on how many paths each node lay, and of how many draws.
    fn draw(&self, csr: &Csr) -> Result<(Vec<u32>, u64)> {
        let paths = Paths::new(csr, Length::Hops, Along::Outgoing)?;
        let n = csr.node_count() as f64;
        // A draw's pair may have the node as an end, a pair that the share is of may not.
        let error = self.error * (n - 2.0) / n;
        let pilot_draws = draws(10.0 / error).ok_or_else(|| self.too_small())?;
        let pilot = self.counts(&paths, PILOT..PILOT + pilot_draws);
        let plan = Plan::new(&pilot, pilot_draws as f64, error, self.failure);
        let mut total = pilot;
        total.fill(0);
        let mut drawn = 0;
        for look in 0.. {
            let Some(until) = draws(plan.draws(look)) else { break };
            let more = self.counts(&paths, drawn..until);
            total.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
            drawn = until;
            if plan.is_kept(look, &total, drawn as f64) {
                return Ok((total, drawn));
            }
        }
        Err(self.too_small())
    }

    /// On how many of some draws each node lay between the ends.
    fn counts(&self, paths: &Paths<'_>, draws: Range<u64>) -> Vec<u32> {
        let n = paths.csr.node_count();
        let counts: Vec<AtomicU32> = (0..n).map(|_| AtomicU32::new(0)).collect();
        let parts = (draws.end - draws.start).div_ceil(DRAWS);
        (0..parts).into_par_iter().for_each_init(
            || TwoSided::new(*paths),
            |room, part| {
                let start = draws.start + part * DRAWS;
                for draw in start..(start + DRAWS).min(draws.end) {
                    let mut random = Random::new(self.seed, draw);
                    let ends = two_of(n, &mut random);
                    // Whole numbers: their sum is the same in any order.
                    room.draw(ends, &mut random, |v| {
                        counts[v as usize].fetch_add(1, Ordering::Relaxed);
                    });
                }
            },
        );
        counts.into_iter().map(AtomicU32::into_inner).collect()
    }

    fn too_small(&self) -> Error {
        Error::usage(format!(
            "`error` {} needs more than 2^31 draws; exact scores cost less",
            self.error
        ))
    }
}

/// Two different nodes, each pair in each order with equal chance.
pub(super) fn two_of(n: usize, random: &mut Random) -> [u32; 2] {
    let node = |v: u64| u32::try_from(v).expect("nodes are numbered by 32 bits");
    let first = random.below(n as u64);
    let second = random.below(n as u64 - 1);
    [node(first), node(second + u64::from(second >= first))]
}

/// A number of draws; none where it is more than can be counted.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 2^31
fn draws(number: f64) -> Option<u64> {
    (number <= MOST as f64).then(|| number.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn shares_lie_between_nothing_and_all() {
        let said = |error, failure| {
            let options = ApproximateBetweenness { error, failure, ..Default::default() };
            options.scores(&Csr::path(2)).map(|_| ()).map_err(|error| error.to_string())
        };
        assert_eq!(said(0.5, 0.5), Ok(()));
        for off in [0.0, 1.0, -0.5, f64::NAN] {
            assert_eq!(said(off, 0.5), Err("`error` must lie between 0 and 1".to_owned()));
            assert_eq!(said(0.5, off), Err("`failure` must lie between 0 and 1".to_owned()));
        }
    }

    #[test]
    fn an_error_that_is_too_small_is_refused() {
        let options = ApproximateBetweenness { error: 1e-10, ..Default::default() };
        assert_eq!(
            options.scores(&Csr::star(4)).unwrap_err().to_string(),
            "`error` 0.0000000001 needs more than 2^31 draws; exact scores cost less"
        );
    }

    #[test]
    fn pairs_are_counted_by_direction_or_as_a_share() {
        // Through the hub go 6 pairs of leaves; in the directed star 3, from one leaf to the others.
        let directed = Csr::unweighted(5, &[(1, 0), (0, 2), (0, 3), (0, 4)], Direction::Directed);
        let star = Csr::star(5);
        for (csr, normalized, wanted, off) in [
            (&star, false, 6.0, 0.3),
            (&star, true, 1.0, 0.05),
            (&directed, false, 3.0, 0.6),
            (&directed, true, 0.25, 0.05),
        ] {
            let options = ApproximateBetweenness { error: 0.05, normalized, ..Default::default() };
            let scores = options.scores(csr).unwrap();
            assert!((scores[0] - wanted).abs() <= off, "{} for {wanted}", scores[0]);
            assert!(scores[1..].iter().all(|score| *score == 0.0));
        }
    }

    #[test]
    fn two_nodes_have_none_between() {
        for n in [0, 1, 2] {
            let scores = ApproximateBetweenness::default().scores(&Csr::path(n)).unwrap();
            assert_eq!(scores.to_vec(), vec![0.0; n as usize]);
        }
    }

    #[test]
    fn draws_are_the_same_however_they_are_parted() {
        let csr = Csr::path(3);
        let paths = Paths::new(&csr, Length::Hops, Along::Outgoing).unwrap();
        let counts = |draws| ApproximateBetweenness::default().counts(&paths, draws);
        let [whole, first, rest] = [counts(7..900), counts(7..300), counts(300..900)];
        assert_eq!([whole[0], whole[2]], [0, 0]);
        assert_eq!(whole[1], first[1] + rest[1]);
        assert!((200..400).contains(&whole[1]), "the middle lies between a third: {whole:?}");
        assert_eq!(counts(7..7), [0, 0, 0]);
    }

    #[test]
    fn each_pair_in_each_order_comes_up() {
        let mut random = Random::new(1, 0);
        let met: std::collections::BTreeSet<[u32; 2]> =
            (0..200).map(|_| two_of(3, &mut random)).collect();
        assert!(met.iter().eq(&[[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]]));
    }

    #[test]
    fn draws_are_whole_and_at_most_two_to_the_31() {
        let most = 2_147_483_648;
        let table = [(0.0, Some(0)), (2.0, Some(2)), (2.1, Some(3)), (2_147_483_648.0, Some(most))];
        for (number, wanted) in table {
            assert_eq!(draws(number), wanted, "{number}");
        }
        assert_eq!(draws(2_147_483_648.5), None);
        assert_eq!(draws(f64::INFINITY), None);
    }

    #[test]
    fn three_nodes_are_enough() {
        let options =
            ApproximateBetweenness { error: 0.05, normalized: true, ..Default::default() };
        let scores = options.scores(&Csr::path(3)).unwrap();
        assert!((scores[1] - 1.0).abs() <= 0.05, "{scores:?}");
        assert_eq!(options.name(), "betweenness");
    }
}
