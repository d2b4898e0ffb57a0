//! Whether a ranking would stand if the records were a little other.

use rayon::prelude::*;

use super::concordance::{Concordance, standings};
use super::{Centrality, Perturbation};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::random::Random;

/// How far a centrality, and with it each node's rank, depends on errors in a graph.
///
/// The graph at hand is not the network itself: rows are wrong, ties and people are missing. So graphs are drawn as they might have been
/// recorded, the measure is taken on each, and the rankings are held against that of the graph at hand. This is how much the ranking would
/// change again by *such* errors; it does not say that the graph at hand is right, and of errors of another sort it says nothing.
///
/// - **Shape**: [`Robust`]: two figures for the ranking as a whole, and for each node asked about an interval of ranks.
/// - **Unit**: shares of pairs of nodes; ranks from 1.
/// - **Cost**: `draws` times the measure, in parallel; memory for as many graphs as there are threads, and `draws` ranks a node asked about.
/// - **Order**: the same to the bit for any number of threads; all choices come from `seed`.
/// - **Edge cases**: a node missing in a draw has no rank there; one missing in all has no interval. Scores that differ by less than
///   10⁻⁹ of their size tie, and where nodes tie each may be the first or the last of them, so intervals are wide.
///
/// # Errors
///
/// If a share or chance does not lie in `[0, 1]`, there is no draw, or the measure fails on a graph drawn.
///
/// # Examples
///
/// With a tenth of its twenty ties missing the hub of a star is still the first, and its leaves are all alike:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Degree, Perturbation, Robustness};
///
/// let star = Csr::star(21);
/// let options = Robustness { draws: 50, ..Robustness::new(Perturbation::EdgesMissing(0.1)) };
/// let found = options.of(&Degree::default(), &star, &[0, 1])?;
/// assert_eq!(found.ranks, [Some([1, 1]), Some([2, 21])]);
/// assert_eq!(found.reliability, Some(1.0), "the hub is above each leaf in each draw");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// C. Martin, P. Niemeyer, "Influence of measurement errors on networks: estimating the robustness of centrality measures", Network
/// Science 7(2):180-195, 2019: `tau` here is their robustness, Kendall's `tau_b` between the measure on the graph measured and on that graph
/// with an error applied once more, averaged over draws. `reliability` is the sensitivity of their arXiv:1704.01045: the
/// chance that of two nodes drawn the more central one is the more central one in the other graph as well. Intervals are our own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Robustness<'a> {
    /// What may be wrong.
    pub perturbation: Perturbation<'a>,
    /// How many graphs are drawn. 200 by default.
    pub draws: usize,
    /// How many of the draws an interval holds, as a share. 0.9 by default: from the 5 % quantile to the 95 %.
    pub level: f64,
    /// The seed of all random choices. 0 by default.
    pub seed: u64,
}

/// How far a ranking depends on errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Robust {
    /// The chance that of two nodes the more central one stays the more central one, on average over draws; a tie does not keep an
    /// order. None where all nodes tie.
    pub reliability: Option<f64>,
    /// Kendall's `tau_b` between the graph and those drawn, on average; 1 if all stay in order, 0 if the order is lost. None where all
    /// nodes tie, in the graph or in each draw.
    pub tau: Option<f64>,
    /// The standard deviation of `tau` over draws; none with fewer than two.
    pub tau_deviation: Option<f64>,
    /// For each node asked about, the lowest and highest rank of the interval; 1 is the most central.
    pub ranks: Vec<Option<[usize; 2]>>,
}

/// What one draw gives.
struct Draw {
    agreement: Concordance,
    /// The best and worst rank of each node asked about.
    ranks: Vec<Option<[u32; 2]>>,
}

impl<'a> Robustness<'a> {
    /// The defaults, for one sort of error.
    #[must_use]
    pub fn new(perturbation: Perturbation<'a>) -> Self {
        Self { perturbation, draws: 200, level: 0.9, seed: 0 }
    }

    /// How far `measure` depends on errors in `csr`, with an interval of ranks for each of `nodes`.
    ///
    /// # Errors
    ///
    /// If a share or chance does not lie in `[0, 1]`, there is no draw, or the measure fails.
    ///
    /// # Panics
    ///
    /// If one of `nodes` is not in the graph.
    pub fn of(
        &self,
        measure: &(dyn Centrality + Sync),
        csr: &Csr,
        nodes: &[u32],
    ) -> Result<Robust> {
        self.perturbation.check(csr)?;
        if self.draws == 0 {
            return Err(Error::usage("`draws` must be at least 1"));
        }
        if !(0.0..=1.0).contains(&self.level) {
            return Err(Error::usage("`level` must lie in [0, 1]"));
        }
        let observed = standings(&measure.scores(csr)?);
        let draw = |draw: u64| self.draw(draw, measure, csr, (&observed, nodes));
        let draws: Vec<Draw> =
            (0..self.draws as u64).into_par_iter().map(draw).collect::<Result<_>>()?;
        let kept: Vec<f64> = draws.iter().filter_map(|draw| draw.agreement.share_kept()).collect();
        let tau: Vec<f64> = draws.iter().filter_map(|draw| draw.agreement.tau()).collect();
        Ok(Robust {
            reliability: mean(&kept),
            tau: mean(&tau),
            tau_deviation: deviation(&tau),
            ranks: (0..nodes.len()).map(|at| self.interval(&draws, at)).collect(),
        })
    }

    fn draw(
        &self,
        draw: u64,
        measure: &(dyn Centrality + Sync),
        csr: &Csr,
        (observed, nodes): (&[u32], &[u32]),
    ) -> Result<Draw> {
        let drawn = self.perturbation.drawn(csr, &mut Random::new(self.seed, draw));
        let found = standings(&measure.scores(&drawn.csr)?);
        // Nodes keep their order, so those left of the first ranking stand as those of the second.
        let left = observed.iter().zip(&drawn.number).filter(|(_, number)| number.is_some());
        let before: Vec<u32> = left.map(|(&standing, _)| standing).collect();
        let agreement = Concordance::of(&before, &found);
        let ranks = Ranks::of(&found);
        let rank = |&node: &u32| {
            drawn.number[node as usize].map(|at| ranks.of_standing(found[at as usize]))
        };
        Ok(Draw { agreement, ranks: nodes.iter().map(rank).collect() })
    }

    /// From the low quantile of the best ranks to the high quantile of the worst.
    fn interval(&self, draws: &[Draw], at: usize) -> Option<[usize; 2]> {
        let tail = (1.0 - self.level) / 2.0;
        let of_end = |end: usize, share: f64| {
            let mut ranks: Vec<u32> =
                draws.iter().filter_map(|draw| Some(draw.ranks[at]?[end])).collect();
            ranks.sort_unstable();
            let last = ranks.len().checked_sub(1)?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 ≤ share ≤ 1"
            )]
            let place = libm::round(share * last as f64) as usize;
            Some(ranks[place.min(last)] as usize)
        };
        Some([of_end(0, tail)?, of_end(1, 1.0 - tail)?])
    }
}

/// How many nodes stand at or below each standing.
struct Ranks {
    up_to: Vec<u32>,
}

impl Ranks {
    fn of(standings: &[u32]) -> Self {
        let highest = standings.iter().max().map_or(0, |&highest| highest as usize);
        let mut up_to = vec![0; highest + 2];
        for &standing in standings {
            up_to[standing as usize + 1] += 1;
        }
        for at in 0..=highest {
            up_to[at + 1] += up_to[at];
        }
        Self { up_to }
    }

    /// The best and the worst rank of who stands there, with those who stand there too.
    fn of_standing(&self, standing: u32) -> [u32; 2] {
        let all = self.up_to.last().map_or(0, |&all| all);
        let [below, up_to] = [standing, standing + 1].map(|at| self.up_to[at as usize]);
        [all - up_to + 1, all - below]
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some(libm::sqrt(squares / (values.len() as f64 - 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_deviations_are_those_of_samples() {
        let close = |got: Option<f64>, want: f64| got.is_some_and(|got| (got - want).abs() < 1e-12);
        assert!(mean(&[]).is_none() && deviation(&[]).is_none() && deviation(&[4.0]).is_none());
        assert!(close(mean(&[4.0]), 4.0) && close(mean(&[1.0, 2.0, 6.0]), 3.0));
        assert!(close(deviation(&[1.0, 3.0, 5.0]), 2.0), "the root of 8 / 2");
        assert!(close(deviation(&[2.0, 4.0]), libm::sqrt(2.0)));
    }

    #[test]
    fn who_ties_may_be_the_first_or_the_last_of_them() {
        // Two stand at 0, one at 1, none at 2, and three at 3.
        let ranks = Ranks::of(&[0, 3, 1, 3, 0, 3]);
        assert_eq!([0, 1, 3].map(|standing| ranks.of_standing(standing)), [[5, 6], [4, 4], [1, 3]]);
    }

    #[test]
    fn an_interval_leaves_out_as_many_draws_at_either_end() {
        let draws = |ranks: &[Option<[u32; 2]>]| -> Vec<Draw> {
            let draw =
                |&ranks| Draw { agreement: Concordance::of(&[], &[]), ranks: vec![None, ranks] };
            ranks.iter().map(draw).collect()
        };
        // The best rank of draw k is k, the worst 100 + k, in no order; two draws have neither.
        let mut ranks: Vec<_> = (0..=20).map(|k| Some([k * 8 % 21, 100 + k * 5 % 21])).collect();
        ranks.extend([None, None]);
        let draws = draws(&ranks);
        for (level, want) in [(0.9, [1, 119]), (1.0, [0, 120]), (0.5, [5, 115]), (0.0, [10, 110])] {
            let options = Robustness { level, ..Robustness::new(Perturbation::EdgesMissing(0.0)) };
            assert_eq!(options.interval(&draws, 1), Some(want), "{level}");
            assert_eq!(options.interval(&draws, 0), None);
        }
    }
}
