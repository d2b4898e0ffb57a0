//! Whether a graph is more than its degrees: the same ties, exchanged.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::against_chance::AgainstChance;
use crate::error::Result;
use crate::graph::{Csr, Direction, Edge};
use crate::random::Random;

/// Compares what a graph reaches with what graphs reach in which each node has as many ties and they lead elsewhere.
///
/// Two edges exchange their ends, again and again; weights go with edges. So a random graph of the same degrees is drawn, and a modularity that
/// such graphs reach, too, is no sign of groups.
///
/// - **Cost**: `draws` × `swaps` × edges exchanges, and the measure on each graph, in parallel. Above two million edges × draws there are fewer
///   draws; where not even five are left, none is made.
/// - **Order**: the same to the bit for any number of threads; random choices come from `seed`.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::{Communities, Leiden, Quality, Rewiring};
///
/// let ring = Csr::ring_of_cliques(6, 5);
/// let reached = |csr: &Csr| Quality::default().value(csr, &Leiden::default().partition(csr)?);
/// let found = Rewiring::default().test(&ring, &[0; 30], reached)?;
/// assert!(found.z > Some(5.0) && found.p < Some(0.05));
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// S. Maslov, K. Sneppen, "Specificity and stability in topology of protein networks", Science 296:910-913, 2002; R. Guimerà, M. Sales-Pardo, L. A. N. Amaral,
/// "Modularity from fluctuations in random graphs and complex networks", Phys. Rev. E 70:025101, 2004.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rewiring {
    /// How many graphs are drawn. 30 by default.
    pub draws: usize,
    /// How many exchanges are tried for each edge. 10 by default.
    pub swaps: usize,
    /// The seed of all random choices. 0 by default.
    pub seed: u64,
}

impl Default for Rewiring {
    fn default() -> Self {
        Self { draws: 30, swaps: 10, seed: 0 }
    }
}

/// What a graph reaches, and what rewired ones do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// What the graph itself reaches.
    pub observed: f64,
    /// What the rewired graphs reach on average; none without draws.
    pub expected: Option<f64>,
    /// How many standard deviations the graph is above that; none where they do not vary.
    pub z: Option<f64>,
    /// The chance of as much or more, `(1 + k) / (1 + draws)`.
    pub p: Option<f64>,
    /// How many graphs were drawn.
    pub draws: usize,
}

impl Rewiring {
    /// What `measure` is on an undirected graph, beside rewired ones. Ends change places only with ends on nodes of the same of `sorts`, so that sides stay apart.
    ///
    /// # Errors
    ///
    /// Those of `measure`.
    ///
    /// # Panics
    ///
    /// If there is no sort for each node.
    pub fn test(
        &self,
        csr: &Csr,
        sorts: &[u8],
        measure: impl Fn(&Csr) -> Result<f64> + Sync,
    ) -> Result<Beside> {
        const MOST: usize = 2_000_000;
        const FEWEST: usize = 5;
        assert_eq!(sorts.len(), csr.node_count(), "a sort for each node");
        let draws = self.draws.min(MOST / csr.edge_count().max(1));
        let draws = if draws < self.draws.min(FEWEST) { 0 } else { draws };
        let observed = measure(csr)?;
        let of_draw = |draw: u64| {
            let mut random = Random::new(self.seed, draw);
            measure(&self.rewired(csr, sorts, &mut random))
        };
        let drawn: Vec<f64> =
            (0..draws as u64).into_par_iter().map(of_draw).collect::<Result<_>>()?;
        let against = AgainstChance::of(observed, &drawn);
        Ok(Beside {
            observed,
            expected: against.map(|one| one.expected),
            z: against.and_then(|one| one.z),
            p: against.map(|one| one.p),
            draws,
        })
    }

    /// The graph with its edges exchanged.
    fn rewired(&self, csr: &Csr, sorts: &[u8], random: &mut Random) -> Csr {
        let row =
            |u: u32| csr.edges_of(u).filter(move |&(v, _)| u < v).map(move |(v, w)| (u, v, w));
        let mut edges: Vec<Edge> = csr.nodes().flat_map(row).collect();
        let key = |u: u32, v: u32| (u.min(v), u.max(v));
        let mut there: BTreeSet<(u32, u32)> = edges.iter().map(|&(u, v, _)| key(u, v)).collect();
        let many = edges.len() as u64;
        for _ in 0..self.swaps * edges.len() {
            let [one, other] = [random.below(many), random.below(many)];
            let [one, other] = [one, other].map(|at| usize::try_from(at).unwrap_or(0));
            let ((a, b, _), (c, d, _)) = (edges[one], edges[other]);
            let (c, d) = if random.below(2) == 1 { (d, c) } else { (c, d) };
            let sort = |node: u32| sorts[node as usize];
            let fits = sort(b) == sort(d) && a != d && c != b;
            if !fits || there.contains(&key(a, d)) || there.contains(&key(c, b)) {
                continue;
            }
            for (old, new) in [((a, b), (a, d)), ((c, d), (c, b))] {
                there.remove(&key(old.0, old.1));
                there.insert(key(new.0, new.1));
            }
            (edges[one].0, edges[one].1) = (a, d);
            (edges[other].0, edges[other].1) = (c, b);
        }
        Csr::new(csr.node_count(), &edges, Direction::Undirected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rewired_nodes_keep_their_ties_and_sides() {
        // A two-mode graph of 6 × 4.
        let pairs: Vec<(u32, u32)> = (0..6)
            .flat_map(|u| (6..10).map(move |v| (u, v)))
            .filter(|(u, v)| (u + v) % 3 != 0)
            .collect();
        let csr = Csr::unweighted(10, &pairs, Direction::Undirected);
        let sorts: Vec<u8> = (0..10).map(|node| u8::from(node >= 6)).collect();
        let rewired = Rewiring::default().rewired(&csr, &sorts, &mut Random::new(1, 0));
        for node in csr.nodes() {
            assert_eq!(rewired.neighbors(node).len(), csr.neighbors(node).len());
            assert!(rewired.neighbors(node).iter().all(|&v| (v >= 6) != (node >= 6)));
        }
        let links = |csr: &Csr| csr.nodes().map(|u| csr.neighbors(u).to_vec()).collect::<Vec<_>>();
        assert_ne!(links(&csr), links(&rewired), "and lead elsewhere");
    }

    #[test]
    fn where_nothing_can_be_exchanged_nothing_stands_out() {
        let star = Csr::unweighted(5, &[(0, 1), (0, 2), (0, 3), (0, 4)], Direction::Undirected);
        let edges = |csr: &Csr| Ok(csr.edge_count() as f64);
        let found = Rewiring::default().test(&star, &[0; 5], edges).expect("a count");
        assert_eq!((found.observed, found.z, found.p), (4.0, None, Some(1.0)));
    }
}
