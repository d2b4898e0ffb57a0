//! Points sorted into squares within squares.

use rayon::prelude::*;

use super::Point;

/// A square with its points, or what it knows of them.
pub(super) struct Cell {
    /// The center of mass.
    pub(super) center: Point,
    pub(super) mass: f64,
    /// The side of the square.
    pub(super) side: f64,
    /// The cell that follows when what is inside is left out.
    pub(super) next: u32,
    /// The points inside, by their places in the order of the tree.
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) is_leaf: bool,
}

impl Cell {
    pub(super) fn points(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// Points in the order of a curve that fills squares within squares (Z-order), and these squares, outer ones before those inside them.
pub(super) struct Quadtree {
    /// The number of each point, in the order of the curve.
    pub(super) order: Vec<u32>,
    /// The points and their masses, in the order of the curve.
    pub(super) points: Vec<Point>,
    pub(super) masses: Vec<f64>,
    pub(super) cells: Vec<Cell>,
    /// The cells that are not divided.
    pub(super) leaves: Vec<u32>,
}

/// A square with more points is divided, unless it is too small.
const BUCKET: usize = 16;

/// How often squares are divided at most: so many bits of each coordinate are looked at. Points that agree in them stay in one leaf, so
/// coincident points make no deep tree.
const DEPTH: u32 = 16;

impl Quadtree {
    /// The tree of finite points.
    pub(super) fn new(points: &[Point], masses: &[f64]) -> Self {
        let (corner, side) = square(points);
        let keys = sorted_keys(points, corner, side);
        let order: Vec<u32> = keys.par_iter().map(|&key| low(key)).collect();
        let sorted: Vec<Point> = order.par_iter().map(|&u| points[u as usize]).collect();
        let of_sorted: Vec<f64> = order.par_iter().map(|&u| masses[u as usize]).collect();
        let mut tree = Self {
            order,
            points: sorted,
            masses: of_sorted,
            cells: Vec::new(),
            leaves: Vec::new(),
        };
        tree.divide(&keys, side);
        tree.weigh();
        tree
    }

    /// Makes the cells; the stack holds at most three siblings and one parent a depth.
    fn divide(&mut self, keys: &[u64], side: f64) {
        enum Step {
            Open(usize, usize),
            Close(usize),
        }
        let mut steps = Vec::new();
        if !keys.is_empty() {
            steps.push(Step::Open(0, keys.len()));
        }
        while let Some(step) = steps.pop() {
            match step {
                Step::Close(cell) => self.cells[cell].next = count(self.cells.len()),
                Step::Open(first, end) => {
                    // What all points inside have in common is one cell, however deep.
                    let common = ((keys[first] ^ keys[end - 1]).leading_zeros() / 2).min(DEPTH);
                    let is_leaf = end - first <= BUCKET || common == DEPTH;
                    let cell = self.cells.len();
                    if is_leaf {
                        self.leaves.push(count(cell));
                    }
                    self.cells.push(Cell {
                        center: [0.0; 2],
                        mass: 0.0,
                        side: side / f64::from(1_u32 << common),
                        next: count(cell + 1),
                        first: count(first),
                        end: count(end),
                        is_leaf,
                    });
                    if is_leaf {
                        continue;
                    }
                    steps.push(Step::Close(cell));
                    let quarter = |key: u64| key >> (62 - 2 * common) & 3;
                    let mut upper = end;
                    for which in (0..4).rev() {
                        let lower =
                            first + keys[first..upper].partition_point(|&key| quarter(key) < which);
                        if lower < upper {
                            steps.push(Step::Open(lower, upper));
                        }
                        upper = lower;
                    }
                }
            }
        }
    }

    /// Finds masses and centers, inner cells first.
    fn weigh(&mut self) {
        for cell in (0..self.cells.len()).rev() {
            let (mut mass, mut x, mut y) = (0.0, 0.0, 0.0);
            let mut add = |m: f64, point: Point| {
                mass += m;
                x += m * point[0];
                y += m * point[1];
            };
            if self.cells[cell].is_leaf {
                self.cells[cell].points().for_each(|p| add(self.masses[p], self.points[p]));
            } else {
                let mut child = cell + 1;
                while child < self.cells[cell].next as usize {
                    let inner = &self.cells[child];
                    add(inner.mass, inner.center);
                    child = inner.next as usize;
                }
            }
            self.cells[cell].mass = mass;
            self.cells[cell].center = [x / mass, y / mass];
        }
    }
}

/// The least square that holds all points: its least corner and its side.
fn square(points: &[Point]) -> (Point, f64) {
    let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        for axis in 0..2 {
            least[axis] = least[axis].min(point[axis]);
            most[axis] = most[axis].max(point[axis]);
        }
    }
    let side = (most[0] - least[0]).max(most[1] - least[1]);
    (least, if side > 0.0 { side } else { 1.0 })
}

/// The place of each point on the curve and its number, as one number, sorted.
fn sorted_keys(points: &[Point], corner: Point, side: f64) -> Vec<u64> {
    let scale = f64::from(1_u32 << DEPTH) / side;
    let mut keys: Vec<u64> = points
        .par_iter()
        .enumerate()
        .map(|(u, point)| {
            let [x, y] = [0, 1].map(|axis| spread(cut((point[axis] - corner[axis]) * scale)));
            (x | y << 1) << 32 | u as u64
        })
        .collect();
    keys.par_sort_unstable();
    keys
}

/// A coordinate in the least squares.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float is cut to the range"
)]
fn cut(coordinate: f64) -> u64 {
    (coordinate as u64).min((1 << DEPTH) - 1)
}

/// The low 16 bits with a place between each two.
fn spread(bits: u64) -> u64 {
    let bits = (bits | bits << 8) & 0x00ff_00ff;
    let bits = (bits | bits << 4) & 0x0f0f_0f0f;
    let bits = (bits | bits << 2) & 0x3333_3333;
    (bits | bits << 1) & 0x5555_5555
}

/// The number in the low half of a key.
#[expect(clippy::cast_possible_truncation, reason = "the high half is left out")]
fn low(key: u64) -> u32 {
    key as u32
}

/// Counts of points and cells fit 32 bits, since a graph's nodes are numbered by them.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten points near either end of the diagonal of a square of side 1.
    fn two_heaps() -> Vec<Point> {
        let at = |place: u32| 0.01 * f64::from(place);
        (0..10).map(|i| [at(i); 2]).chain((0..10).map(|i| [1.0 - at(i); 2])).collect()
    }

    #[test]
    fn a_square_is_divided_down_to_where_its_points_part() {
        let tree = Quadtree::new(&two_heaps(), &[2.0; 20]);
        // Each heap lies in a square of an eighth: 0.09 is less than that, and 0.91 more than seven of them.
        let cells: Vec<_> = tree.cells.iter().map(|c| (c.points(), c.next, c.is_leaf)).collect();
        assert_eq!(cells, [(0..20, 3, false), (0..10, 2, true), (10..20, 3, true)]);
        assert_eq!(tree.leaves, [1, 2]);
        let want = [(1.0, 40.0, 0.5), (0.125, 20.0, 0.045), (0.125, 20.0, 0.955)];
        for (cell, (side, mass, center)) in tree.cells.iter().zip(want) {
            let got = [cell.side, cell.mass, cell.center[0], cell.center[1]];
            let close =
                got.iter().zip([side, mass, center, center]).all(|(a, b)| (a - b).abs() < 1e-9);
            assert!(close, "{got:?}");
        }
        let order: Vec<u32> = (0..10).chain((10..20).rev()).collect();
        assert_eq!(tree.order, order, "outward along the diagonal");
        assert_eq!(tree.points[19].to_vec(), [1.0, 1.0]);
    }

    #[test]
    fn masses_pull_the_center() {
        let points = [[0.0, 0.0], [4.0, 0.0], [0.0, 8.0]];
        let tree = Quadtree::new(&points, &[1.0, 2.0, 1.0]);
        let cell = &tree.cells[0];
        assert_eq!((tree.cells.len(), cell.is_leaf), (1, true));
        assert_eq!([cell.center, [cell.mass, cell.side]], [[2.0, 2.0], [4.0, 8.0]]);
    }

    #[test]
    fn a_square_of_sixteen_points_is_not_divided_and_coincident_points_never_are() {
        let heaps = two_heaps();
        let cells = |points: &[Point]| Quadtree::new(points, &vec![1.0; points.len()]).cells.len();
        assert_eq!((cells(&heaps[..16]), cells(&heaps[..17]), cells(&[])), (1, 3, 0));
        assert_eq!(cells(&[[5.0, 5.0]; 40]), 1);
    }

    #[test]
    fn the_curve_goes_right_before_it_goes_up() {
        let points = [[1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]];
        assert_eq!(Quadtree::new(&points, &[1.0; 4]).order, [3, 2, 1, 0]);
        assert_eq!([0b1011, 0xffff, 0].map(spread), [0b100_0101, 0x5555_5555, 0]);
        assert_eq!(
            [0.0, 0.99, 1.0, 65_535.9, 65_536.0, 1e9].map(cut),
            [0, 0, 1, 65_535, 65_535, 65_535]
        );
    }

    #[test]
    fn the_least_square_holds_all_points() {
        for (points, corner, side) in [
            (&[[1.0, 2.0], [4.0, 3.0]][..], [1.0, 2.0], 3.0),
            (&[[1.0, 2.0], [-1.0, 9.0]], [-1.0, 2.0], 7.0),
            (&[[6.0, 6.0]], [6.0, 6.0], 1.0),
        ] {
            let (least, long) = square(points);
            assert_eq!([least, [long; 2]], [corner, [side; 2]]);
        }
    }
}
