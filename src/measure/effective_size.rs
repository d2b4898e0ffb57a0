//! To how many different circles a node leads.

use super::investment::Investment;
use super::shared_neighbors::SharedNeighbors;
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::Csr;

/// Burt's effective size: how many neighbors a node has, less those it could as well reach through the others.
///
/// Somebody with ten ties into one clique has about one, somebody with ten ties to strangers has ten. The number of
/// neighbors `j`, less `Σ_q p(i, q) m(j, q)` of each: `p(i, q)` is the share that the tie to `q` has in all ties of `i`,
/// `m(j, q)` the tie from `j` to `q` as a share of `j`'s strongest; both directions are added up.
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: nodes, in `[1, degree]`; of an undirected graph without weights the degree less the mean degree of the
///   neighbors among themselves. With `efficiency` the share of the degree that this is, in `(0, 1]`.
/// - **Cost**: `O(m √m log n)` time, `O(n)` memory a thread; a directed graph is copied.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: an isolated node scores 0, one of one tie 1.
///
/// # Errors
///
/// If a weight is below 0, or the weights of a node add up to more than a float holds.
///
/// # Examples
///
/// In a clique every neighbor but one is superfluous, in a star none:
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Centrality, EffectiveSize};
///
/// let size = EffectiveSize::default();
/// assert_eq!(size.scores(&Csr::complete(5))?, [1.0; 5]);
/// assert_eq!(size.scores(&Csr::star(5))?, [4.0, 1.0, 1.0, 1.0, 1.0]);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// R. S. Burt, "Structural Holes", Harvard University Press 1992, chapter 2, equations 2.1 and 2.2: `p_iq` and `m_jq`
/// there are those above. S. P. Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections
/// 20(1):35-38, 1997, has the form without weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EffectiveSize {
    /// Divide by the number of neighbors: Burt's efficiency. Off by default.
    pub efficiency: bool,
}

impl Centrality for EffectiveSize {
    fn name(&self) -> &'static str {
        if self.efficiency { "efficiency" } else { "effective size" }
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let investment = Investment::new(csr, self.name())?;
        let strongest: Vec<f64> = (investment.csr.nodes())
            .map(|u| investment.csr.edges_of(u).fold(0.0, |most, (_, weight)| weight.max(most)))
            .collect();
        let size = |shared: &mut SharedNeighbors<'_>, u| {
            let degree = investment.csr.neighbors(u).len().max(1) as f64;
            let size = size(&investment, &strongest, shared, u);
            if self.efficiency { size / degree } else { size }
        };
        Ok(Scores::new(investment.of_nodes(size)))
    }
}

fn size(
    investment: &Investment<'_>,
    strongest: &[f64],
    shared: &mut SharedNeighbors<'_>,
    u: u32,
) -> f64 {
    let row = investment.csr.neighbors(u);
    let mut redundant = 0.0;
    shared.visit(u, |triangle| {
        let (via, at) = triangle.via;
        let most = strongest[row[triangle.to] as usize];
        if most > 0.0 {
            let tie = investment.weight(via, triangle.to_from_via);
            redundant += investment.share(u, at) * (tie / most);
        }
    });
    row.len() as f64 - redundant
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn neighbors_who_know_each_other_are_less_than_two() {
        // Of the three ties of 0 a third goes to 1 and to 2, who know each other as well as anybody.
        let edges = [(0, 1), (1, 2), (2, 0), (0, 3)];
        let csr = Csr::unweighted(5, &edges, Direction::Undirected);
        let [size, efficiency] = [false, true]
            .map(|efficiency| EffectiveSize { efficiency }.scores(&csr).unwrap().to_vec());
        for (u, wanted) in [7.0 / 3.0, 1.0, 1.0, 1.0, 0.0].into_iter().enumerate() {
            assert!((size[u] - wanted).abs() < 1e-12, "{size:?}");
        }
        for (u, wanted) in [7.0 / 9.0, 0.5, 0.5, 1.0, 0.0].into_iter().enumerate() {
            assert!((efficiency[u] - wanted).abs() < 1e-12, "{efficiency:?}");
        }
    }

    #[test]
    fn a_tie_is_weighed_against_the_strongest_of_who_is_reached() {
        // 1 and 2 are tied by 1, and to 0 by 2 and by 4: of 0, 2/6 × 1/4 + 4/6 × 1/2 are redundant.
        let edges = [(0, 1, 2.0), (1, 2, 1.0), (0, 2, 4.0)];
        let csr = Csr::new(3, &edges, Direction::Undirected);
        let size = EffectiveSize::default().scores(&csr).unwrap();
        assert!((size[0] - (2.0 - 1.0 / 12.0 - 1.0 / 3.0)).abs() < 1e-12, "{size:?}");
    }

    #[test]
    fn the_name_says_whether_it_is_divided() {
        let names = [false, true].map(|efficiency| EffectiveSize { efficiency }.name());
        assert_eq!(names, ["effective size", "efficiency"]);
    }

    #[test]
    fn ties_of_no_weight_make_nobody_redundant() {
        let edges = [(0, 1, 1.0), (1, 2, 0.0), (0, 2, 0.0)];
        let csr = Csr::new(3, &edges, Direction::Undirected);
        assert_eq!(EffectiveSize::default().scores(&csr).unwrap(), [2.0, 2.0, 2.0]);
    }
}
