//! What a graph is like as a whole: triangles, transitivity, assortativity.

use super::forward::Forward;
use super::reading::undirected;
use crate::graph::Csr;

/// Triangles: how many sets of three nodes are all tied to each other.
///
/// A directed graph is read as undirected, opposite edges as one. Weights do not count. A record
/// that names many people at once makes many triangles by itself.
///
/// - **Shape**: one number.
/// - **Unit**: triangles.
/// - **Cost**: `O(m √m)` time, `O(m)` memory.
/// - **Order**: a whole number, the same for any number of threads.
/// - **Edge cases**: fewer than three nodes have none.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::triangles;
///
/// assert_eq!(triangles(&Csr::complete(5)), 10);
/// ```
///
/// # Source
///
/// T. Schank, D. Wagner, "Finding, counting and listing all triangles in large graphs", WEA 2005,
/// LNCS 3503:606-609, algorithm "forward": each edge runs to the end of higher degree.
#[must_use]
pub fn triangles(csr: &Csr) -> u64 {
    Forward::new(&undirected(csr)).triangles()
}

/// Global transitivity: the share of chains of three nodes that close to a triangle.
///
/// Three times the triangles over the pairs of neighbors of each node. A directed graph is read as
/// undirected. It describes the graph, not a person.
///
/// - **Shape**: one number, or none.
/// - **Unit**: a share, in `[0, 1]`.
/// - **Cost**: that of [`triangles`].
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: none where no node has two neighbors.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::transitivity;
///
/// assert_eq!(transitivity(&Csr::complete(4)), Some(1.0));
/// assert_eq!(transitivity(&Csr::star(4)), Some(0.0));
/// assert_eq!(transitivity(&Csr::path(2)), None);
/// ```
///
/// # Source
///
/// M. E. J. Newman, D. J. Watts, S. H. Strogatz, "Random graph models of social networks", PNAS
/// 99(suppl. 1):2566-2572, 2002, equation 4.
#[must_use]
pub fn transitivity(csr: &Csr) -> Option<f64> {
    let csr = undirected(csr);
    let pairs = |u| {
        let degree = csr.neighbors(u).len() as u64;
        degree * degree.saturating_sub(1) / 2
    };
    let chains: u64 = csr.nodes().map(pairs).sum();
    (chains > 0).then(|| 3.0 * triangles(&csr) as f64 / chains as f64)
}

/// Degree assortativity: whether nodes of many ties are tied to their like.
///
/// The correlation of the degrees at the two ends of an edge. A directed graph is read as
/// undirected. Social networks tend to be above 0; networks of cases, built around a few central
/// names, below.
///
/// - **Shape**: one number, or none.
/// - **Unit**: a correlation, in `[-1, 1]`.
/// - **Cost**: `O(n + m)` time; a directed graph is copied.
/// - **Order**: whole numbers are added, so the same to the bit for any number of threads.
/// - **Edge cases**: none where all edges join nodes of one same degree, or there are none.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::degree_assortativity;
///
/// assert_eq!(degree_assortativity(&Csr::star(4)), Some(-1.0));
/// assert_eq!(degree_assortativity(&Csr::cycle(4)), None);
/// ```
///
/// # Source
///
/// M. E. J. Newman, "Assortative mixing in networks", Phys. Rev. Lett. 89:208701, 2002, equation 4,
/// multiplied out to whole numbers.
#[must_use]
pub fn degree_assortativity(csr: &Csr) -> Option<f64> {
    let csr = undirected(csr);
    let degree = |u: u32| csr.neighbors(u).len() as i128;
    let ends: i128 = csr.nodes().map(degree).sum();
    let squares: i128 = csr.nodes().map(|u| degree(u).pow(2)).sum();
    let cubes: i128 = csr.nodes().map(|u| degree(u).pow(3)).sum();
    let around = |u| csr.neighbors(u).iter().map(|&v| degree(v)).sum::<i128>();
    let products: i128 = csr.nodes().map(|u| degree(u) * around(u)).sum();
    let variance = ends * cubes - squares * squares;
    (variance > 0).then(|| (ends * products - squares * squares) as f64 / variance as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    #[test]
    fn figures_are_those_of_small_graphs() {
        let kite = [(0, 1), (1, 2), (2, 0), (2, 3)];
        let back = [(0, 1), (1, 2), (2, 0), (2, 3), (1, 0)];
        for (csr, count, share, assorted) in [
            // One triangle, and three chains of two around its tied corner.
            (Csr::unweighted(4, &kite, Direction::Undirected), 1, Some(0.6), Some(-5.0 / 7.0)),
            (Csr::unweighted(4, &back, Direction::Directed), 1, Some(0.6), Some(-5.0 / 7.0)),
            (Csr::complete(5), 10, Some(1.0), None),
            (Csr::cycle(6), 0, Some(0.0), None),
            (Csr::star(4), 0, Some(0.0), Some(-1.0)),
            // Of its edges two have ends of degrees 1 and 2, and one of 2 and 2.
            (Csr::path(4), 0, Some(0.0), Some(-0.5)),
            (Csr::path(2), 0, None, None),
        ] {
            assert_eq!(triangles(&csr), count);
            let close = |got: Option<f64>, want: Option<f64>| match (got, want) {
                (Some(got), Some(want)) => (got - want).abs() < 1e-12,
                (got, want) => got.is_none() && want.is_none(),
            };
            let got = (transitivity(&csr), degree_assortativity(&csr));
            assert!(
                close(got.0, share) && close(got.1, assorted),
                "{got:?}, not {share:?} and {assorted:?}"
            );
        }
    }
}
