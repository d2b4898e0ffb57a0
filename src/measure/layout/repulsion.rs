//! Every node pushes every other away, those far off as a crowd.

use rayon::prelude::*;

use super::Point;
use super::quadtree::{Cell, Quadtree};
use crate::wide::widest;

/// A cell whose side is less than this share of its distance pushes as one.
const OPENING: f64 = 1.0;

/// How many pushes are added side by side; a constant, so that sums do not depend on the processor.
const LANES: usize = 32;

/// Added to squared distances, whose unit is an edge, so that coincident nodes do not divide by zero.
const SOFT: f32 = 1e-8;

/// What the nodes of a leaf are pushed by: places relative to the leaf and masses, side by side.
#[derive(Default)]
struct Pushers {
    x: Vec<f32>,
    y: Vec<f32>,
    mass: Vec<f32>,
}

/// For each node the sum over all others of `mass · (own − other) / distance²`.
///
/// The places of others are told relative to the leaf in 32 bits, and no sum has more terms than cells are opened, so it is right to about
/// six digits but for what treating crowds as one leaves out.
///
/// # Source
///
/// J. Barnes, P. Hut, "A hierarchical O(N log N) force-calculation algorithm", Nature 324:446-449, 1986; J. E. Barnes, "A modified tree
/// code: don't laugh; it runs", J. Comput. Phys. 87(1):161-170, 1990 (one list of pushers a leaf).
pub(super) fn repulsion(points: &[Point], masses: &[f64]) -> Vec<Point> {
    let tree = Quadtree::new(points, masses);
    let parts: Vec<Vec<Point>> = tree
        .leaves
        .par_chunks(64)
        .map_init(Pushers::default, |pushers, leaves| {
            let mut pushes = Vec::with_capacity(64 * 16);
            for &leaf in leaves {
                let leaf = &tree.cells[leaf as usize];
                let (middle, reach) = circle(&tree.points[leaf.points()]);
                pushers.gather(&tree, middle, reach);
                let own = &tree.points[leaf.points()];
                // A loop and no iterator's method: those are not compiled for the widest vectors.
                widest(
                    #[inline(always)]
                    || {
                        for &point in own {
                            pushes.push(pushers.push(point, middle));
                        }
                    },
                );
            }
            pushes
        })
        .collect();
    let mut pushes = vec![[0.0; 2]; points.len()];
    for (&u, push) in tree.order.iter().zip(parts.into_iter().flatten()) {
        pushes[u as usize] = push;
    }
    pushes
}

/// The middle of some points and how far the farthest is from it.
fn circle(points: &[Point]) -> (Point, f64) {
    let (mut least, mut most) = (points[0], points[0]);
    for point in points {
        for axis in 0..2 {
            least[axis] = least[axis].min(point[axis]);
            most[axis] = most[axis].max(point[axis]);
        }
    }
    let middle = [0, 1].map(|axis| f64::midpoint(least[axis], most[axis]));
    let [x, y] = [0, 1].map(|axis| most[axis] - middle[axis]);
    (middle, (x * x + y * y).sqrt())
}

impl Pushers {
    /// Fills the list with what pushes nodes within `reach` of `middle`.
    fn gather(&mut self, tree: &Quadtree, middle: Point, reach: f64) {
        self.x.clear();
        self.y.clear();
        self.mass.clear();
        let mut at = 0;
        while let Some(cell) = tree.cells.get(at) {
            if is_far(cell, middle, reach) {
                self.add(cell.center, cell.mass, middle);
                at = cell.next as usize;
            } else if cell.is_leaf {
                // Points too near one another to be told apart push as one, too: there may be any number of them.
                if cell.points().len() > 64 {
                    self.add(cell.center, cell.mass, middle);
                } else {
                    cell.points().for_each(|p| self.add(tree.points[p], tree.masses[p], middle));
                }
                at = cell.next as usize;
            } else {
                at += 1;
            }
        }
        let full = self.x.len().next_multiple_of(LANES);
        self.x.resize(full, 0.0);
        self.y.resize(full, 0.0);
        self.mass.resize(full, 0.0);
    }

    #[expect(clippy::cast_possible_truncation, reason = "six digits will do")]
    fn add(&mut self, point: Point, mass: f64, middle: Point) {
        self.x.push((point[0] - middle[0]) as f32);
        self.y.push((point[1] - middle[1]) as f32);
        self.mass.push(mass as f32);
    }

    /// What a node at `point` is pushed by. It pushes itself by zero.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "six digits will do")]
    fn push(&self, point: Point, middle: Point) -> Point {
        let (px, py) = ((point[0] - middle[0]) as f32, (point[1] - middle[1]) as f32);
        let (mut sum_x, mut sum_y) = ([0.0_f32; LANES], [0.0_f32; LANES]);
        let chunks = self.x.chunks_exact(LANES).zip(self.y.chunks_exact(LANES));
        for ((x, y), mass) in chunks.zip(self.mass.chunks_exact(LANES)) {
            for lane in 0..LANES {
                let (dx, dy) = (px - x[lane], py - y[lane]);
                let push = mass[lane] / (dx * dx + dy * dy + SOFT);
                sum_x[lane] += dx * push;
                sum_y[lane] += dy * push;
            }
        }
        [sum_x, sum_y].map(|sum| f64::from(sum.iter().sum::<f32>()))
    }
}

fn is_far(cell: &Cell, middle: Point, reach: f64) -> bool {
    let [dx, dy] = [0, 1].map(|axis| cell.center[axis] - middle[axis]);
    let limit = cell.side / OPENING + reach;
    dx * dx + dy * dy > limit * limit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// The same sum over all pairs.
    fn by_pairs(points: &[Point], masses: &[f64]) -> Vec<Point> {
        let push = |own: Point| {
            let mut sum = [0.0; 2];
            for (other, mass) in points.iter().zip(masses) {
                let [dx, dy] = [0, 1].map(|axis| own[axis] - other[axis]);
                let square = dx * dx + dy * dy + f64::from(SOFT);
                sum = [sum[0] + mass * dx / square, sum[1] + mass * dy / square];
            }
            sum
        };
        points.iter().map(|&own| push(own)).collect()
    }

    /// The greatest error, as a share of the mean push.
    fn error(points: &[Point], masses: &[f64]) -> f64 {
        let (near, exact) = (repulsion(points, masses), by_pairs(points, masses));
        let length = |push: &Point| (push[0] * push[0] + push[1] * push[1]).sqrt();
        let mean = exact.iter().map(length).sum::<f64>() / exact.len() as f64;
        let off = near.iter().zip(&exact).map(|(a, b)| length(&[a[0] - b[0], a[1] - b[1]]));
        off.fold(0.0, f64::max) / mean
    }

    #[test]
    fn crowds_push_like_their_members() {
        let mut random = Random::new(1, 1);
        let even: Vec<Point> = (0..3000).map(|_| [random.unit(), random.unit()]).collect();
        // Clusters within clusters, and masses of all sizes.
        let uneven: Vec<Point> = (0..3000)
            .map(|_| [0, 1].map(|_| random.unit() * random.unit() * random.unit() * 1000.0))
            .collect();
        let masses: Vec<f64> = (0..3000).map(|_| 1.0 / (0.001 + random.unit())).collect();
        for points in [even, uneven] {
            let error = error(&points, &masses);
            assert!(error < 0.2, "{error}");
        }
    }

    #[test]
    fn few_push_exactly() {
        let points = [[0.0, 0.0], [3.0, 4.0], [-1.0, 2.0]];
        let pushes = repulsion(&points, &[1.0, 2.0, 3.0]);
        let exact = by_pairs(&points, &[1.0, 2.0, 3.0]);
        for (push, exact) in pushes.iter().flatten().zip(exact.iter().flatten()) {
            assert!((push - exact).abs() < 1e-6, "{push} and {exact}");
        }
    }

    #[test]
    fn coincident_points_make_no_deep_tree_and_no_infinite_push() {
        let mut points = vec![[1.0, 1.0]; 10_000];
        points.push([2.0, 1.0]);
        let pushes = repulsion(&points, &vec![1.0; 10_001]);
        assert!(pushes.iter().flatten().all(|push| push.is_finite()));
        assert!((pushes[10_000][0] - 10_000.0).abs() < 1.0, "{:?}", pushes[10_000]);
        let bits = |u: usize| pushes[u].map(f64::to_bits);
        assert_eq!(bits(0), bits(9999), "whoever is in one place is pushed alike");
    }
}
