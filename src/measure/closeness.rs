//! How near a node is to those who can reach it.

use super::distance_sums::distance_sums;
use super::length::Paths;
use super::{Along, Centrality, Length, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// What closeness makes of nodes that no path joins; `r` others are reached, `d` is the sum of
/// their distances, and there are `n` nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ClosenessVariant {
    /// `(r / d) (r / (n - 1))`: a node that reaches few scores little. This is the default.
    #[default]
    WassermanFaust,
    /// `r / d`: each component is measured by itself, so scores of nodes in different components
    /// cannot be compared.
    ComponentWise,
}

/// Closeness centrality: how short the paths between a node and the others are on average.
///
/// The score is one over the mean distance, corrected for the nodes that no path joins as the
/// variant says. In a connected graph the variants agree. A person who is close to all others in
/// the records need not know them, or anyone of importance.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: one over the length of a path; in `[0, 1]` by hops.
/// - **Cost**: by hops `O(nm)` bit operations, 256 sources at a time; by weight
///   `O(n (m + n log n))`. `O(n)` memory per block of sources, 16 blocks at once.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a node that no path joins to another scores 0.
///
/// # Errors
///
/// If an edge has a length outside `[1e-100, 1e100]`; so, with weights, if one is 0 or less.
///
/// # Examples
///
/// The middle of a path of three is one step from both others:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, Closeness};
///
/// let scores = Closeness::default().scores(&Csr::path(3))?;
/// assert_eq!(scores, [2.0 / 3.0, 1.0, 2.0 / 3.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks
/// 1(3):215-239, 1978; S. Wasserman, K. Faust, "Social Network Analysis", Cambridge 1994, page
/// 201, for the correction. The sweep of many sources is that of M. Then et al., "The more the
/// merrier: efficient multi-source graph traversal", PVLDB 8(4):449-460, 2014.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closeness {
    /// What the length of a path is. Hops by default.
    pub length: Length,
    /// Which way paths run in a directed graph. Incoming by default.
    pub along: Along,
    /// What to make of nodes that no path joins. Wasserman and Faust's correction by default.
    pub variant: ClosenessVariant,
}

impl Centrality for Closeness {
    fn name(&self) -> &'static str {
        "closeness"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let paths = Paths::new(csr, self.length, self.along)?;
        let others = csr.node_count() as f64 - 1.0;
        let score = |(reached, sum): (f64, f64)| match self.variant {
            _ if reached < 1.0 => 0.0,
            ClosenessVariant::WassermanFaust => reached / sum * (reached / others),
            ClosenessVariant::ComponentWise => reached / sum,
        };
        let sums = distance_sums(&paths, |distance| distance);
        Ok(Scores::new(sums.into_iter().map(score).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn who_reaches_few_scores_less_in_the_whole_and_not_in_the_component() {
        // A path of three and a lone node.
        let csr = Csr::unweighted(4, &[(0, 1), (1, 2)], Direction::Undirected);
        let scores = |variant| {
            let closeness = Closeness { variant, ..Closeness::default() };
            closeness.scores(&csr).unwrap().to_vec()
        };
        let near = |found: Vec<f64>, wanted: [f64; 4]| {
            let off = found.iter().zip(wanted).map(|(one, other)| (one - other).abs());
            assert!(off.fold(0.0, f64::max) < 1e-15, "{found:?}");
        };
        near(scores(ClosenessVariant::WassermanFaust), [4.0 / 9.0, 2.0 / 3.0, 4.0 / 9.0, 0.0]);
        near(scores(ClosenessVariant::ComponentWise), [2.0 / 3.0, 1.0, 2.0 / 3.0, 0.0]);
        assert_eq!(Closeness::default().name(), "closeness");
    }
}
