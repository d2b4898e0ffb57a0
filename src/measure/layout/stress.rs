//! How far distances on paper are from those in the graph.

use rayon::prelude::*;

use super::{Point, both_ways};
use crate::graph::Csr;
use crate::measure::breadth::{Breadth, UNREACHED};
use crate::random::Random;

/// How unlike distances on paper are to those in the graph, at the scale at which they are most alike.
///
/// The mean over pairs of nodes that some path joins of `(s · length / hops − 1)²`, with the scale `s` that makes it least: long ways may be off by as much in
/// proportion as short ones.
///
/// - **Shape**: a point for each node.
/// - **Unit**: from 0, all distances are right, to 1, all nodes are in one place.
/// - **Cost**: `O(n + m)` time for each source, `O(n)` memory a thread.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: 0 where no path joins two nodes. Edges count both ways, weights do not.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::layout::Stress;
///
/// let line = [[0.0, 0.0], [7.0, 0.0], [14.0, 0.0]];
/// assert!(Stress::default().of(&Csr::path(3), &line) < 1e-12);
/// ```
///
/// # Source
///
/// E. R. Gansner, Y. Koren, S. C. North, "Graph drawing by stress majorization", GD 2004, equation 1 with `w = 1 / d²`; the scale as in E. R. Gansner,
/// Y. Hu, S. C. North, "A maxent-stress model for graph layout", IEEE Trans. Vis. Comput. Graph. 19(6):927-940, 2013, section 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stress {
    /// From so many nodes distances are looked at, drawn by chance; where there are no more, from all. 1,000 by default.
    pub sources: usize,
    /// Which nodes these are. 0 by default.
    pub seed: u64,
}

impl Default for Stress {
    fn default() -> Self {
        Self { sources: 1000, seed: 0 }
    }
}

impl Stress {
    /// The stress of a drawing.
    ///
    /// # Panics
    ///
    /// If there are not as many points as nodes.
    #[must_use]
    pub fn of(&self, csr: &Csr, points: &[Point]) -> f64 {
        assert_eq!(points.len(), csr.node_count(), "each node has a point");
        let csr = both_ways(csr);
        let mut sources: Vec<u32> = csr.nodes().collect();
        if sources.len() > self.sources {
            Random::new(self.seed, 2).shuffle(&mut sources);
            sources.truncate(self.sources);
        }
        let sums: Vec<Sums> = sources
            .into_par_iter()
            .map_init(
                || Breadth::new(points.len()),
                |breadth, source| Sums::from(&csr, points, source, breadth),
            )
            .collect();
        sums.iter().fold(Sums::default(), Sums::and).stress()
    }
}

/// [`Stress`] as it is by default.
#[must_use]
pub fn stress(csr: &Csr, points: &[Point]) -> f64 {
    Stress::default().of(csr, points)
}

/// Sums over pairs of the length on paper for each hop.
#[derive(Default)]
struct Sums {
    pairs: f64,
    lengths: f64,
    squares: f64,
}

impl Sums {
    fn from(csr: &Csr, points: &[Point], source: u32, breadth: &mut Breadth) -> Self {
        breadth.run(csr, &[source], UNREACHED - 1, |_| true);
        let mut sums = Self::default();
        let [from_x, from_y] = points[source as usize];
        for &u in &breadth.order[1..] {
            let [x, y] = points[u as usize];
            let (dx, dy) = (x - from_x, y - from_y);
            let length = (dx * dx + dy * dy).sqrt() / f64::from(breadth.depth[u as usize]);
            sums.pairs += 1.0;
            sums.lengths += length;
            sums.squares += length * length;
        }
        sums
    }

    fn and(self, more: &Self) -> Self {
        Self {
            pairs: self.pairs + more.pairs,
            lengths: self.lengths + more.lengths,
            squares: self.squares + more.squares,
        }
    }

    /// With the best scale, `lengths / squares`, the sum of squares is `pairs − lengths² / squares`.
    fn stress(&self) -> f64 {
        if self.pairs <= 0.0 {
            return 0.0;
        }
        if self.squares <= 0.0 {
            return 1.0;
        }
        (1.0 - self.lengths * self.lengths / self.squares / self.pairs).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    fn close(got: f64, want: f64) -> bool {
        (got - want).abs() < 1e-12
    }

    #[test]
    fn stress_is_what_lengths_for_a_hop_differ_by() {
        // At 0, 1 and 3 the lengths for a hop are 1, 2 and 1.5: 1 - 4.5² / 3 / 7.25.
        let bent = [[0.0, 0.0], [0.6, 0.8], [1.8, 2.4]];
        assert!(close(stress(&Csr::path(3), &bent), 2.0 / 29.0));
        let doubled = bent.map(|point| point.map(|at| 2.0 * at));
        assert!(close(stress(&Csr::path(3), &doubled), 2.0 / 29.0), "size does not matter");
        let one_way = Csr::unweighted(3, &[(2, 1), (1, 0)], Direction::Directed);
        assert!(close(stress(&one_way, &bent), 2.0 / 29.0));
        assert!(close(stress(&Csr::path(3), &[[4.0; 2]; 3]), 1.0));
        assert!(close(stress(&Csr::new(3, &[], Direction::Undirected), &bent), 0.0));
    }

    #[test]
    fn distances_are_those_from_as_many_nodes_as_asked() {
        let bent = [[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]];
        let of = |sources, seed| Stress { sources, seed }.of(&Csr::path(3), &bent);
        // From one node: 1 and 1.5, 1 and 2, or 2 and 1.5.
        let each = [1.0 / 26.0, 0.1, 0.02];
        let mut met = [false; 3];
        for seed in 0..20 {
            let found = each.iter().position(|&want| close(of(1, seed), want));
            met[found.expect("the stress from one of the nodes")] = true;
        }
        assert_eq!(met, [true; 3], "other seeds draw other nodes");
        // From two nodes one of the three lengths counts twice: 1 - 5.5² / 4 / 8.25, 1 - 6.5² / 4 / 11.25, 1 - 6² / 4 / 9.5.
        let two = of(2, 0);
        assert!(
            [1.0 / 12.0, 11.0 / 180.0, 1.0 / 19.0].iter().any(|&want| close(two, want)),
            "{two}"
        );
        assert!(close(of(3, 0), 2.0 / 29.0) && close(of(4, 0), 2.0 / 29.0));
    }
}
