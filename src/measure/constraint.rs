//! Whether those a node is tied to leave it a choice.

use super::investment::Investment;
use super::shared_neighbors::SharedNeighbors;
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Burt's constraint: how far all ties of a node lead back to the same few others.
///
/// Low is who stands between people that do not know each other and can choose whom to pass on to whom: a broker of
/// hand-overs, or a social worker. High is who is closed in by one tight group, or has one tie only. The sum over
/// neighbors `j` of `(p(i, j) + Σ_q p(i, q) p(q, j))²`, where `p(i, j)` is the share that the tie has in all ties of `i`,
/// both directions added up.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: none. `1 / k` for `k` equal neighbors that are not tied to each other, at most 1.125 without weights.
/// - **Cost**: `O(m √m log n)` time, `O(n)` memory a thread; a directed graph is copied.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: an isolated node scores 0, the empty sum; that does not make it a broker. One whose ties all weigh 0
///   scores 0.
///
/// # Errors
///
/// If a weight is below 0, or the weights of a node add up to more than a float holds.
///
/// # Examples
///
/// The hub of a star of five has four ties of a quarter each; a leaf has one tie:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, Constraint};
///
/// assert_eq!(Constraint.scores(&Csr::star(5))?, [0.25, 1.0, 1.0, 1.0, 1.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// R. S. Burt, "Structural Holes", Harvard University Press 1992, chapter 2, equations 2.3 and 2.4: `p_ij` there is `p(i, j)`
/// here, `z_ij + z_ji` the weight of a tie in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Constraint;

impl Centrality for Constraint {
    fn name(&self) -> &'static str {
        "constraint"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let investment = Investment::new(csr, self.name())?;
        let sum =
            |shared: &mut SharedNeighbors<'_>, u| by_neighbor(&investment, shared, u).iter().sum();
        Ok(Scores::new(investment.of_nodes(sum)))
    }
}

/// Burt's hierarchy: how far the [constraint](Constraint) of a node comes from one single other.
///
/// Coleman and Theil's index of disorder: 0 where all neighbors constrain it alike, 1 where one does alone.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: none, in `[0, 1]`.
/// - **Cost**, **order**: those of [`Constraint`].
/// - **Edge cases**: a node of one tie scores 1, one without ties 0.
///
/// # Errors
///
/// Those of [`Constraint`].
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, Hierarchy};
///
/// assert_eq!(Hierarchy.scores(&Csr::star(3))?, [0.0, 1.0, 1.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// R. S. Burt, "Structural Holes", Harvard University Press 1992, chapter 2, equation 2.9: `c_ij` there is what neighbor
/// `j` adds to the constraint of `i`, `C` their sum, `N` the number of neighbors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hierarchy;

impl Centrality for Hierarchy {
    fn name(&self) -> &'static str {
        "hierarchy"
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let investment = Investment::new(csr, self.name())?;
        let disorder =
            |shared: &mut SharedNeighbors<'_>, u| disorder(&by_neighbor(&investment, shared, u));
        Ok(Scores::new(investment.of_nodes(disorder)))
    }
}

/// What each neighbor of `u` adds to its constraint.
fn by_neighbor(investment: &Investment<'_>, shared: &mut SharedNeighbors<'_>, u: u32) -> Vec<f64> {
    let degree = investment.csr.neighbors(u).len();
    let mut bound: Vec<f64> = (0..degree).map(|place| investment.share(u, place)).collect();
    shared.visit(u, |triangle| {
        let (via, at) = triangle.via;
        let there = investment.share(u, at);
        bound[triangle.to] += there * investment.share(via, triangle.to_from_via);
    });
    for bound in &mut bound {
        *bound *= *bound;
    }
    bound
}

/// Coleman and Theil's index of some shares of a sum.
fn disorder(parts: &[f64]) -> f64 {
    let count = parts.len() as f64;
    let total: f64 = parts.iter().sum();
    if parts.len() < 2 || total <= 0.0 {
        return f64::from(u8::from(total > 0.0));
    }
    let term = |part: &f64| {
        let ratio = part / (total / count);
        if ratio > 0.0 { ratio * libm::log(ratio) } else { 0.0 }
    };
    // Rounding may leave equal parts a hair below 0.
    (parts.iter().map(term).sum::<f64>() / (count * libm::log(count))).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn parts_are_in_disorder_as_far_as_they_differ() {
        // Of 3 and 1 the ratios to the mean are 1.5 and .5: (1.5 ln 1.5 + .5 ln .5) / (2 ln 2).
        let table: [(&[f64], f64); 8] = [
            (&[], 0.0),
            (&[5.0], 1.0),
            (&[0.0], 0.0),
            (&[0.0, 0.0], 0.0),
            (&[2.0, 2.0, 2.0], 0.0),
            (&[1.0, 0.0], 1.0),
            (&[0.0, 0.0, 9.0], 1.0),
            (&[3.0, 1.0], 0.188_721_875_540_867),
        ];
        for (parts, wanted) in table {
            let found = disorder(parts);
            assert!((found - wanted).abs() < 1e-12, "{parts:?}: {found}");
        }
    }

    #[test]
    fn a_neighbor_binds_by_itself_and_by_those_in_common() {
        // A triangle with a tail on 0: of its three ties, 1 and 2 also give half of theirs to each other.
        let csr = Csr::unweighted(4, &[(0, 1), (1, 2), (2, 0), (0, 3)], Direction::Undirected);
        let constraint = Constraint.scores(&csr).unwrap();
        // (1/3 + 1/3 × 1/2) ² twice, and (1/3) ².
        assert!((constraint[0] - 11.0 / 18.0).abs() < 1e-12, "{constraint:?}");
        // Of 1: (1/2 + 1/2 × 1/2) ² by 0, and (1/2 + 1/2 × 1/3) ² by 2.
        assert!((constraint[1] - (9.0 / 16.0 + 4.0 / 9.0)).abs() < 1e-12, "{constraint:?}");
        assert!((constraint[3] - 1.0).abs() < 1e-12, "{constraint:?}");
        let hierarchy = Hierarchy.scores(&csr).unwrap();
        assert!((hierarchy[3] - 1.0).abs() < 1e-12, "a single tie binds alone");
        assert_eq!([Constraint.name(), Hierarchy.name()], ["constraint", "hierarchy"]);
    }
}
