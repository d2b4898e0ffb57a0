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
