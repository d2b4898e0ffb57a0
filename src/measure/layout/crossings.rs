//! How many pairs of edges cross.

use rayon::prelude::*;

use super::{Point, both_ways};
use crate::error::{Error, Result};
use crate::graph::Csr;

/// With more edges crossings are not counted.
const MOST: usize = 50_000;

/// How many pairs of edges cross when edges are drawn straight.
///
/// Two edges cross if each has the other's ends on either side; edges that share an end do not, nor do those that only touch.
///
/// - **Shape**: a point for each node.
/// - **Unit**: pairs of edges.
/// - **Cost**: `O(m²)` time at worst, less where edges are short: an edge is held against those that begin, from left to right, before it ends.
/// - **Order**: the same for any number of threads.
/// - **Edge cases**: sides are told in double precision, so that of points nearly on one line either may be said.
///
/// # Errors
///
/// If there are more than 50,000 edges.
///
/// # Panics
///
/// If there are not as many points as nodes.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::layout::crossings;
///
/// let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
/// assert_eq!(crossings(&Csr::complete(4), &square)?, 1);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// H. C. Purchase, "Metrics for graph drawing aesthetics", J. Vis. Lang. Comput. 13(5):501-516, 2002, section 3.1 (crossings).
pub fn crossings(csr: &Csr, points: &[Point]) -> Result<u64> {
    assert_eq!(points.len(), csr.node_count(), "each node has a point");
    let csr = both_ways(csr);
    if csr.edge_count() > MOST {
        return Err(Error::limit(
            format!("crossings of {} edges would take long to count", csr.edge_count()),
            format!("ask for those of a part with at most {MOST}"),
        ));
    }
    let edges = from_left(&csr, points);
    Ok((0..edges.len()).into_par_iter().map(|at| crossed(&edges[at], &edges[at + 1..])).sum())
}

/// An edge: its ends, and their places, the left one first.
struct Drawn {
    ends: [u32; 2],
    left: Point,
    right: Point,
}

/// The edges in the order of their left ends.
fn from_left(csr: &Csr, points: &[Point]) -> Vec<Drawn> {
    let mut edges: Vec<Drawn> = Vec::with_capacity(csr.edge_count());
    for u in csr.nodes() {
        for &v in csr.neighbors(u).iter().filter(|&&v| u < v) {
            let [p, q] = [points[u as usize], points[v as usize]];
            let (left, right) = if p[0] <= q[0] { (p, q) } else { (q, p) };
            edges.push(Drawn { ends: [u, v], left, right });
        }
    }
    edges.sort_by(|a, b| a.left[0].total_cmp(&b.left[0]));
    edges
}

/// How many of the edges that begin further right cross this one.
fn crossed(edge: &Drawn, later: &[Drawn]) -> u64 {
    let meeting = later.iter().take_while(|other| other.left[0] <= edge.right[0]);
    meeting.map(|other| u64::from(edge.crosses(other))).sum()
}

impl Drawn {
    fn crosses(&self, other: &Self) -> bool {
        let shares = self.ends.iter().any(|end| other.ends.contains(end));
        !shares && self.parts(other) && other.parts(self)
    }

    /// Whether the ends of `other` lie on either side of this edge.
    fn parts(&self, other: &Self) -> bool {
        self.side(other.left) * self.side(other.right) < 0.0
    }

    /// Greater than 0 on one side, less on the other.
    fn side(&self, point: Point) -> f64 {
        let ([x, y], [ahead_x, ahead_y]) = (self.left, self.right);
        (ahead_x - x) * (point[1] - y) - (ahead_y - y) * (point[0] - x)
    }
}
