//! Which nodes of one side share more of the other side than chance would give them.

use rayon::prelude::*;

use super::bipartite_configuration::BipartiteConfiguration;
use super::false_discovery::{bonferroni, false_discovery};
use super::overlap::hypergeometric;
use super::two_sides::{Classes, Question, Sides, check_sides};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// What chance would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Null {
    /// Each left node draws as many right nodes as it has, all with equal chance: the statistically validated network. It takes
    /// right nodes to be alike, so those with many ties make their holders look related.
    #[default]
    Hypergeometric,
    /// Right nodes are drawn as often as they are tied, too: the bipartite configuration model.
    Configuration,
}

/// Pairs of nodes of the left side of a two-mode graph, by how much they share of the right side and how likely chance alone gives them as much.
///
/// A projection as it is ties everybody who was ever in one large file. Here each pair has a chance, and is a finding
/// only where that is small in the face of how many pairs there are. All pairs of left nodes with a tie are tests, also those that share nothing.
///
/// What it is **not**: a sign of who did what. People who live together share addresses, colleagues share files.
///
/// - **Shape**: pairs that share something, the surest first, then in node order. Weights do not count.
/// - **Unit**: shared right nodes, chances.
/// - **Cost**: `O(Σ d²)` over the degrees `d` of right nodes, of which those above `hub` are left out; no dense matrix. A chance
///   is worked out once for all pairs of the same degrees that share as much.
/// - **Order**: the same for any number of threads.
/// - **Edge cases**: with fewer than two left nodes there is no pair, and nothing is found.
///
/// # Examples
///
/// Nodes 0 and 1 are tied to the same two of eight (3 and 4); node 2 to all of the other six. Two pairs of eight
/// fall together with the chance 1/28, and with three tests that is 3/28.
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::Projection;
///
/// let pairs = [(0, 3), (0, 4), (1, 3), (1, 4), (2, 5), (2, 6), (2, 7), (2, 8), (2, 9), (2, 10)];
/// let csr = Csr::unweighted(11, &pairs, Direction::Undirected);
/// let left: Vec<bool> = (0..11).map(|node| node < 3).collect();
/// let found = Projection::default().of(&csr, &left)?;
/// assert_eq!((found.pairs[0].nodes, found.pairs[0].shared), ([0, 1], 2));
/// assert!((found.pairs[0].p - 1.0 / 28.0).abs() < 1e-12);
/// assert!((found.pairs[0].q - 3.0 / 28.0).abs() < 1e-12);
/// assert!(found.is_underpowered(), "no pair could share enough to be a finding");
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// M. Tumminello, S. Miccichè, F. Lillo, J. Piilo, R. N. Mantegna, "Statistically validated networks in bipartite complex systems", `PLoS
/// ONE` 6(3):e17994, 2011; F. Saracco, M. J. Straka, R. Di Clemente, A. Gabrielli, G. Caldarelli, T. Squartini, "Inferring monopartite
/// projections of bipartite networks: an entropy-based approach", New J. Phys. 19:053022, 2017 (V-motifs are `shared`); Y. Benjamini,
/// Y. Hochberg, J. R. Stat. Soc. B 57(1):289-300, 1995. Counting row by row: F. G. Gustavson, ACM Trans. Math. Softw. 4(3):250-269, 1978.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// What chance would do.
    pub null: Null,
    /// The level at which a pair is a finding, in `(0, 1)`. 0.05 by default.
    pub level: f64,
    /// Right nodes with more ties than this are left out, and counted. 1,000 by default.
    pub hub: usize,
}

impl Default for Projection {
    fn default() -> Self {
        Self { null: Null::default(), level: 0.05, hub: 1000 }
    }
}

/// Two left nodes that share something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedPair {
    /// The two, in order.
    pub nodes: [u32; 2],
    /// How many right nodes they share.
    pub shared: u32,
    /// The chance of sharing as many or more.
    pub p: f64,
    /// The rate of false discovery at which the pair would be a finding.
    pub q: f64,
}

/// What a projection came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Projected {
    /// All pairs that share something, the surest first.
    pub pairs: Vec<SharedPair>,
    /// How many pairs there are in all.
    pub tests: u64,
    /// The level that was asked for.
    pub level: f64,
    /// How many pairs would pass Bonferroni's threshold if they shared all they can; none where that was not worked out.
    pub within_reach: Option<u64>,
    /// Whether pairs would be findings by their rate of false discovery if all of them shared all they can; none as above.
    pub any_within_reach: Option<bool>,
    /// Right nodes that were left out because they have too many ties.
    pub hubs: usize,
    /// How many of the chances are not exact, but from a refined normal distribution.
    pub approximate: usize,
}

impl Projected {
    /// The threshold of a single chance, by Bonferroni.
    #[must_use]
    pub fn bonferroni(&self) -> f64 {
        bonferroni(self.level, self.tests)
    }

    /// The pairs whose rate of false discovery is at most the level.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.q <= self.level).count()
    }

    /// The pairs whose chance is at most Bonferroni's threshold.
    #[must_use]
    pub fn findings_by_bonferroni(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.p <= self.bonferroni()).count()
    }

    /// Whether no pair could have been a finding, however much it had shared: then that nothing is found says nothing.
    #[must_use]
    pub fn is_underpowered(&self) -> bool {
        self.any_within_reach == Some(false)
    }
}

impl Projection {
    /// The pairs of nodes that `left` marks.
    ///
    /// # Errors
    ///
    /// If `level` is not in `(0, 1)`, `left` is not as long as the graph has nodes, or an edge joins two nodes of one
    /// side; [`ErrorKind::NotConverged`](crate::ErrorKind::NotConverged) if no configuration model has these degrees.
    pub fn of(&self, csr: &Csr, left: &[bool]) -> Result<Projected> {
        self.check(csr, left)?;
        let sides = Sides::of(csr, left, self.hub);
        let chances = Chances::new(self.null, &sides)?;
        let mut pairs = sides.pairs();
        let question = |pair: &SharedPair| sides.question(pair);
        let mut questions: Vec<Question> = pairs.par_iter().map(question).collect();
        questions.par_sort_unstable();
        questions.dedup();
        let answers: Vec<(f64, bool)> =
            questions.par_iter().map(|&(a, b, shared)| chances.at_least(shared, a, b)).collect();
        let answer = |pair: &SharedPair| {
            let at = questions.binary_search(&sides.question(pair));
            at.map_or((1.0, true), |at| answers[at])
        };
        let of_pairs: Vec<(f64, bool)> = pairs.par_iter().map(answer).collect();
        let ps: Vec<f64> = of_pairs.iter().map(|one| one.0).collect();
        let tests = two_of(sides.left.len() as u64);
        for ((pair, p), q) in pairs.iter_mut().zip(&ps).zip(false_discovery(&ps, tests)) {
            (pair.p, pair.q) = (*p, q);
        }
        pairs.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.nodes.cmp(&b.nodes)));
        let reach = self.reach(&sides.left_classes, &chances, tests);
        Ok(Projected {
            pairs,
            tests,
            level: self.level,
            within_reach: reach.map(|reach| reach.0),
            any_within_reach: reach.map(|reach| reach.1),
            hubs: sides.hubs,
            approximate: of_pairs.iter().filter(|one| !one.1).count(),
        })
    }

    fn check(&self, csr: &Csr, left: &[bool]) -> Result<()> {
        self.check_level()?;
        check_sides(csr, left, "a projection")
    }

    pub(super) fn check_level(&self) -> Result<()> {
        if self.level > 0.0 && self.level < 1.0 {
            return Ok(());
        }
        Err(Error::usage(format!("`level` must lie in (0, 1), got {}", self.level)))
    }

    /// How many pairs would pass Bonferroni's threshold if they shared all they can, and whether any would pass by
    /// false discovery; none where there are too many sorts of pairs to ask for each.
    pub(super) fn reach(
        &self,
        classes: &[(u32, u32)],
        chances: &Chances,
        tests: u64,
    ) -> Option<(u64, bool)> {
        const MOST: usize = 20_000;
        if classes.len() * classes.len() > MOST {
            return None;
        }
        let all: Vec<(u32, u32)> =
            (0..).take(classes.len()).flat_map(|b| (0..=b).map(move |a| (a, b))).collect();
        let mut best: Vec<(f64, u64)> = all
            .into_par_iter()
            .map(|(a, b)| {
                let (one, other) = (classes[a as usize], classes[b as usize]);
                let many = if a == b {
                    two_of(u64::from(one.1))
                } else {
                    u64::from(one.1) * u64::from(other.1)
                };
                (chances.at_least(one.0.min(other.0), a, b).0, many)
            })
            .collect();
        best.sort_by(|a, b| a.0.total_cmp(&b.0));
        let threshold = bonferroni(self.level, tests);
        let within = best.iter().filter(|one| one.0 <= threshold).map(|one| one.1).sum();
        let mut rank = 0;
        let any = best.iter().any(|&(p, many)| {
            rank += many;
            many > 0 && p * tests as f64 <= self.level * rank as f64
        });
        Some((within, any))
    }
}

pub(super) fn two_of(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

/// Where chances come from.
#[derive(Debug)]
pub(super) enum Chances {
    Hypergeometric { degrees: Vec<u32>, all: u32 },
    Configuration(BipartiteConfiguration),
}

impl Chances {
    fn new(null: Null, sides: &Sides) -> Result<Self> {
        Self::of_classes(null, Classes { left: &sides.left_classes, right: &sides.right_classes })
    }

    pub(super) fn of_classes(null: Null, classes: Classes<'_>) -> Result<Self> {
        let Classes { left, right } = classes;
        Ok(match null {
            Null::Hypergeometric => Self::Hypergeometric {
                degrees: left.iter().map(|class| class.0).collect(),
                all: right.iter().map(|class| class.1).sum(),
            },
            Null::Configuration => Self::Configuration(BipartiteConfiguration::fit(left, right)?),
        })
    }

    /// The chance that nodes of two classes share `shared` or more, and whether it is exact.
    pub(super) fn at_least(&self, shared: u32, a: u32, b: u32) -> (f64, bool) {
        let (a, b) = (a as usize, b as usize);
        match self {
            Self::Hypergeometric { degrees, all } => {
                (hypergeometric(shared, degrees[a], degrees[b], *all), true)
            }
            Self::Configuration(model) => model.chance(shared, a, b),
        }
    }
}
