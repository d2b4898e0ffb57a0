//! Where walks end, the longer counting the less.

use super::blocks::sum;
use super::leading::Leading;
use super::perron::{Aim, Patience, mix};
use super::pull::pull;
use super::reading::without_zeros;
use super::settling::check_tolerance;
use super::{Along, Centrality, Scores};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// How much less a walk counts for each edge more.
///
/// A walk may count only as long as walks of all lengths together stay finite: below one over the spectral radius of the graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attenuation {
    /// This share, in `[0, 1)`, of one over the spectral radius; of 1 in a directed graph without a cycle, where any number would do.
    Share(f64),
    /// This number.
    Fixed(f64),
}

/// How far below the limit a number must be, as a share: the radius is known no better.
const ROUNDED: f64 = 1e-9;

impl Default for Attenuation {
    /// 0.85 of the most that is possible.
    fn default() -> Self {
        Self::Share(0.85)
    }
}

impl Attenuation {
    /// The number, for graphs of that spectral radius at most.
    pub(super) fn below(self, radius: f64) -> Result<f64> {
        match self {
            Self::Share(share) if !(0.0..1.0).contains(&share) => {
                Err(Error::usage(format!("the share of `alpha` must lie in [0, 1), got {share}")))
            }
            Self::Share(share) if radius > 0.0 => Ok(share / radius),
            Self::Share(share) => Ok(share),
            Self::Fixed(alpha) if !(0.0..=f64::MAX).contains(&alpha) => {
                Err(Error::usage(format!("`alpha` must be 0 or more, got {alpha}")))
            }
            Self::Fixed(alpha) if alpha * radius >= 1.0 - ROUNDED => Err(Error::usage(format!(
                "`alpha` must be below {:.6}, one over the spectral radius of this graph, got {alpha}: walks would add up \
                 without end",
                1.0 / radius
            ))),
            Self::Fixed(alpha) => Ok(alpha),
        }
    }
}

/// Katz centrality: how many walks end at a node, each edge of a walk making it count `alpha` times as much.
///
/// `x(v) = alpha Σ_u A(u, v) x(u) + beta`. With a small `alpha` it is the (in-)degree, near the limit it is [`Eigenvector`](super::Eigenvector);
/// unlike that it scores everybody. A high score says that much on record leads to a node, at first or second hand.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: walks times `beta`. Other tools divide by the length of all; the ranks are the same.
/// - **Cost**: that of [`Eigenvector`](super::Eigenvector) for the spectral radius, then `O(n + m)` time a round, 170 rounds at the defaults; `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a node that nothing leads to scores `beta`.
///
/// # Errors
///
/// If `alpha` is not below one over the spectral radius, which the message names, `beta` or `tolerance` is negative, or a weight is;
/// [`ErrorKind::NotConverged`] if `rounds` do not suffice.
///
/// # Examples
///
/// The hub `h` and the leaves `l` of a star of five: `h = 4 l / 4 + 1` and `l = h / 4 + 1`.
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Attenuation, Centrality, Katz};
///
/// let katz = Katz { alpha: Attenuation::Fixed(0.25), ..Katz::default() };
/// let scores = katz.scores(&Csr::star(5))?;
/// assert!((scores[0] - 8.0 / 3.0).abs() < 1e-10 && (scores[1] - 5.0 / 3.0).abs() < 1e-10);
/// // The spectral radius of the star is the root of 4.
/// let far = Katz { alpha: Attenuation::Fixed(0.5), ..Katz::default() };
/// assert!(far.scores(&Csr::star(5)).unwrap_err().to_string().contains("below 0.500000"));
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// L. Katz, "A new status index derived from sociometric analysis", Psychometrika 18(1):39-43, 1953: `a` there is `alpha` here; the walk of no
/// edge counts here, too, as in M. E. J. Newman, "Networks", 2010, equation 7.7.
///
/// [`ErrorKind::NotConverged`]: crate::error::ErrorKind::NotConverged
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Katz {
    /// What each edge multiplies a walk by. 0.85 of the most that is possible by default.
    pub alpha: Attenuation,
    /// What each node has of itself. 1 by default.
    pub beta: f64,
    /// The iteration stops when the sum of the errors of all scores is at most this share of the sum of the scores. 1e-12 by default.
    pub tolerance: f64,
    /// The most rounds made. 10,000 by default.
    pub rounds: usize,
}

impl Default for Katz {
    fn default() -> Self {
        Self { alpha: Attenuation::default(), beta: 1.0, tolerance: 1e-12, rounds: 10_000 }
    }
}

impl Centrality for Katz {
    fn name(&self) -> &'static str {
        "katz"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        check_tolerance(self.tolerance)?;
        if !(0.0..=f64::MAX).contains(&self.beta) {
            return Err(Error::usage(format!("`beta` must be 0 or more, got {}", self.beta)));
        }
        let patience = Patience {
            measure: self.name(),
            aim: Aim::Value,
            tolerance: self.tolerance,
            rounds: self.rounds,
        };
        let csr = without_zeros(csr);
        let alpha = self.alpha.below(Leading::of(&csr, patience)?.value)?;
        let start = vec![self.beta; csr.node_count()];
        walks(&csr, Along::Incoming, alpha, start, patience).map(Scores::new)
    }
}

/// The solution of `x = alpha A x + start`, where `A` takes what comes in or what goes out.
pub(super) fn walks(
    csr: &Csr,
    along: Along,
    alpha: f64,
    start: Vec<f64>,
    patience: Patience,
) -> Result<Vec<f64>> {
    let n = csr.node_count();
    // All terms are positive, so the sum of what is left out is told by how fast the terms fall.
    let (mut x, mut term) = (start.clone(), start);
    let mut before = sum(n, |v| term[v]);
    let mut left = f64::INFINITY;
    for _ in 0..patience.rounds {
        if before <= 0.0 {
            return Ok(x);
        }
        term = pull(csr, along, &term);
        mix(&mut term, alpha, []);
        mix(&mut x, 1.0, [(1.0, &term)]);
        let now = sum(n, |v| term[v]);
        let falls = now / before;
        left = now * falls / (1.0 - falls) / sum(n, |v| x[v]);
        if falls < 1.0 && left <= patience.reachable() * 1e-2 {
            return Ok(x);
        }
        before = now;
    }
    Err(patience.spent(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attenuation_is_below_one_over_the_radius() {
        for (attenuation, radius, want) in [
            (Attenuation::Share(0.5), 2.0, 0.25),
            (Attenuation::Share(0.5), 0.0, 0.5),
            (Attenuation::Share(0.0), 3.0, 0.0),
            (Attenuation::Fixed(0.25), 2.0, 0.25),
            (Attenuation::Fixed(0.499_999_99), 2.0, 0.499_999_99),
            (Attenuation::Fixed(9.0), 0.0, 9.0),
        ] {
            let got = attenuation.below(radius).unwrap();
            assert_eq!(got.to_bits(), f64::to_bits(want), "{attenuation:?} {radius}");
        }
        for (attenuation, radius, want) in [
            (Attenuation::Share(1.0), 2.0, "the share of `alpha` must lie in [0, 1), got 1"),
            (Attenuation::Share(-0.1), 2.0, "the share of `alpha` must lie in [0, 1), got -0.1"),
            (Attenuation::Fixed(-0.1), 2.0, "`alpha` must be 0 or more, got -0.1"),
            (Attenuation::Fixed(f64::INFINITY), 0.0, "`alpha` must be 0 or more, got inf"),
            (Attenuation::Fixed(0.25), 4.0, "`alpha` must be below 0.250000, one over"),
            (Attenuation::Fixed(0.249_999_999_9), 4.0, "`alpha` must be below 0.250000, one over"),
        ] {
            let error = attenuation.below(radius).unwrap_err().to_string();
            assert!(error.starts_with(want), "{attenuation:?}: {error}");
        }
    }
}
