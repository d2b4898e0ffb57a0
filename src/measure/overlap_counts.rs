//! The chances of a projection whose pairs were counted elsewhere.

use super::false_discovery::false_discovery_of;
use super::projection::{Chances, Projection, two_of};
use super::two_sides::Classes;
use crate::error::Result;

/// How many pairs of left nodes of which degrees share how much: all that chances depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverlapCounts {
    /// Degrees of left nodes in order, and how many nodes have each; without hubs on the right, and without nodes that have no tie then.
    pub left: Vec<(u32, u32)>,
    /// The same of right nodes.
    pub right: Vec<(u32, u32)>,
    /// Two degrees, the lesser first, how much is shared, and how many pairs share as much.
    pub pairs: Vec<(u32, u32, u32, u64)>,
}

/// What pairs of the same degrees that share as much have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedChance {
    /// The chance of sharing as many or more.
    pub p: f64,
    /// The rate of false discovery at which such a pair would be a finding.
    pub q: f64,
    /// Whether the chance is exact, and not from a refined normal distribution.
    pub is_exact: bool,
}

/// What pairs that were counted come to: of their graph, [`Projection::of`] gives the same.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedPairs {
    /// Of each of [`OverlapCounts::pairs`], in their order.
    pub chances: Vec<SharedChance>,
    /// How many pairs there are in all.
    pub tests: u64,
    /// How many pairs would pass Bonferroni's threshold if they shared all they can; none where that was not worked out.
    pub within_reach: Option<u64>,
    /// Whether pairs would be findings by their rate of false discovery if all of them shared all they can; none as above.
    pub any_within_reach: Option<bool>,
}

impl Projection {
    /// What the pairs of a graph come to that was counted; `hub` is not looked at.
    ///
    /// - **Cost**: one chance a row, and a sort.
    ///
    /// # Errors
    ///
    /// If `level` is not in `(0, 1)`; [`ErrorKind::NotConverged`](crate::ErrorKind::NotConverged) if no configuration model has these degrees.
    pub fn of_counts(&self, counts: &OverlapCounts) -> Result<CountedPairs> {
        self.check_level()?;
        let chances =
            Chances::of_classes(self.null, Classes { left: &counts.left, right: &counts.right })?;
        let class = |degree: u32| {
            let at = counts.left.partition_point(|class| class.0 < degree);
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        let found: Vec<(f64, bool)> = counts
            .pairs
            .iter()
            .map(|&(few, many, shared, _)| chances.at_least(shared, class(few), class(many)))
            .collect();
        let nodes: u64 = counts.left.iter().map(|class| u64::from(class.1)).sum();
        let tests = two_of(nodes);
        let weighed: Vec<(f64, u64)> =
            found.iter().zip(&counts.pairs).map(|(one, pairs)| (one.0, pairs.3)).collect();
        let rates = false_discovery_of(&weighed, tests);
        let both = found.into_iter().zip(rates);
        let reach = self.reach(&counts.left, &chances, tests);
        Ok(CountedPairs {
            chances: both.map(|((p, is_exact), q)| SharedChance { p, q, is_exact }).collect(),
            tests,
            within_reach: reach.map(|reach| reach.0),
            any_within_reach: reach.map(|reach| reach.1),
        })
    }
}
