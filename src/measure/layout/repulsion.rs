//! Every node pushes every other away, those far off as a crowd.

use rayon::prelude::*;

use super::Point;
use super::quadtree::{Cell, Quadtree};
use crate::wide::widest;

/// A cell whose side is less than this share of its distance pushes as one.
const OPENING: f64 = 1.0;

/// How many pushes are added side by side; a constant, so that sums do not depend on the processor.
const LANES: usize = 8;

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
                widest(
                    #[inline(always)]
                    || pushes.extend(own.iter().map(|&p| pushers.push(p, middle))),
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
    let middle = [0, 1].map(|axis| (least[axis] + most[axis]) / 2.0);
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
