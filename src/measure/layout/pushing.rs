//! Rectangles that lie on one another push each other apart.

use super::Point;

/// Nobody is pushed by more others in one round: where very many lie on one another, a few of them will do.
const PUSHERS: usize = 48;

/// Rectangles by size and place: a rectangle meets only those in its own square of a grid and in those around it, and the same in the
/// grids of all larger sizes.
struct Grids {
    /// Size, row, column and number of each rectangle, sorted.
    places: Vec<(i32, i64, i64, u32)>,
    /// The sizes there are, smallest first.
    sizes: Vec<i32>,
}

impl Grids {
    fn new(points: &[Point], extents: &[Point], gap: f64) -> Self {
        let mut places: Vec<_> = (0..)
            .take(points.len())
            .map(|u: u32| {
                let [width, height] = extents[u as usize].map(|half| 2.0 * half + gap);
                let size = size_of(width.max(height));
                let [x, y] = points[u as usize].map(|at| square(at, size));
                (size, y, x, u)
            })
            .collect();
        places.sort_unstable();
        let mut sizes: Vec<i32> = places.iter().map(|place| place.0).collect();
        sizes.dedup();
        Self { places, sizes }
    }

    /// Calls `visit` with what may meet the rectangle at `own` and is not smaller, until it says to stop.
    fn near(&self, points: &[Point], own: usize, mut visit: impl FnMut(usize) -> bool) {
        let (size, _, _, u) = self.places[own];
        let larger = self.sizes.partition_point(|&other| other < size);
        for &size in &self.sizes[larger..] {
            let [x, y] = points[u as usize].map(|at| square(at, size));
            for row in y - 1..=y + 1 {
                let first = self.places.partition_point(|p| (p.0, p.1, p.2) < (size, row, x - 1));
                for place in &self.places[first..] {
                    if (place.0, place.1) != (size, row) || place.2 > x + 1 {
                        break;
                    }
                    // Of two in one grid the one that comes first asks.
                    let asks = place.0 > self.places[own].0 || *place > self.places[own];
                    if asks && !visit(place.3 as usize) {
                        return;
                    }
                }
            }
        }
    }
}

/// The least power of two that is no less, as its exponent.
fn size_of(length: f64) -> i32 {
    let (_, exponent) = libm::frexp(length.max(1e-6));
    exponent
}

/// The row or column of a coordinate among squares of this size.
#[expect(clippy::cast_possible_truncation, reason = "a float is cut to the range")]
fn square(at: f64, size: i32) -> i64 {
    (libm::ldexp(at, -size).floor() as i64).clamp(-(1 << 60), 1 << 60)
}

/// One round: each two rectangles that lie on one another are moved apart along the axis that needs the shorter way, half of it each.
/// Returns how many rectangles lay on another.
pub(super) fn push_apart(points: &mut [Point], extents: &[Point], gap: f64) -> usize {
    let grids = Grids::new(points, extents, gap);
    let mut meeting = 0;
    for own in 0..grids.places.len() {
        let u = grids.places[own].3 as usize;
        let mut at = points[u];
        let mut met = 0;
        let mut looked = 0;
        let mut moves: [(usize, Point); PUSHERS] = [(0, [0.0; 2]); PUSHERS];
        grids.near(points, own, |v| {
            looked += 1;
            let apart = [0, 1].map(|axis| points[v][axis] - at[axis]);
            let lack =
                [0, 1].map(|axis| extents[u][axis] + extents[v][axis] + gap - apart[axis].abs());
            if lack[0] > 0.0 && lack[1] > 0.0 {
                let axis = usize::from(lack[1] < lack[0]);
                // A little more than is lacking, so that rounding leaves no rest.
                let half = lack[axis] * 0.501;
                let way =
                    if apart[axis] < 0.0 || apart[axis] <= 0.0 && v < u { -half } else { half };
                at[axis] -= way;
                moves[met] = (v, [0, 1].map(|other| if other == axis { way } else { 0.0 }));
                met += 1;
            }
            met < PUSHERS && looked < 16 * PUSHERS
        });
        points[u] = at;
        for &(v, way) in &moves[..met] {
            points[v] = [points[v][0] + way[0], points[v][1] + way[1]];
        }
        meeting += usize::from(met > 0);
    }
    meeting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_that_meet_part_along_the_shorter_way() {
        for (points, extents, gap, want, count) in [
            // The way that lacks is 1, and each goes 0.501 of it.
            ([[0.0, 0.0], [1.0, 0.0]], [[1.0; 2]; 2], 0.0, [[-0.501, 0.0], [1.501, 0.0]], 1),
            ([[1.0, 0.0], [0.0, 0.0]], [[1.0; 2]; 2], 0.0, [[1.501, 0.0], [-0.501, 0.0]], 1),
            ([[0.0, 0.0], [1.0, 0.0]], [[1.0; 2]; 2], 1.0, [[-1.002, 0.0], [2.002, 0.0]], 1),
            ([[0.0, 0.0], [0.5, 1.0]], [[1.0; 2]; 2], 0.0, [[0.0, -0.501], [0.5, 1.501]], 1),
            // Of two in one place the first goes to the left.
            ([[4.0, 4.0], [4.0, 4.0]], [[1.0; 2]; 2], 0.0, [[2.998, 4.0], [5.002, 4.0]], 1),
            // To touch is not to meet.
            ([[0.0, 0.0], [2.0, 0.0]], [[1.0; 2]; 2], 0.0, [[0.0, 0.0], [2.0, 0.0]], 0),
            ([[0.0, 0.0], [0.0, 3.0]], [[1.0; 2]; 2], 1.0, [[0.0, 0.0], [0.0, 3.0]], 0),
            // One of another size: of 6 that lack across, 3.006 each.
            (
                [[0.0, 0.0], [5.0, 0.0]],
                [[10.0; 2], [1.0; 2]],
                0.0,
                [[-3.006, 0.0], [8.006, 0.0]],
                1,
            ),
            (
                [[0.0, 0.0], [-5.0, 0.0]],
                [[1.0; 2], [10.0; 2]],
                0.0,
                [[3.006, 0.0], [-8.006, 0.0]],
                1,
            ),
        ] {
            let mut got = points;
            assert_eq!(push_apart(&mut got, &extents, gap), count, "{points:?} {gap}");
            let off =
                got.as_flattened().iter().zip(want.as_flattened()).map(|(a, b)| (a - b).abs());
            assert!(off.fold(0.0, f64::max) < 1e-12, "{points:?} {gap}: {got:?}");
        }
    }

    #[test]
    fn all_who_may_meet_are_near() {
        let far = [[0.0, 0.0], [100.0, 0.0], [101.0, 0.0], [0.0, 100.0], [100.0, 101.0]];
        let mut points = far;
        assert_eq!(push_apart(&mut points, &[[1.0; 2]; 5], 0.0), 1);
        assert!(points[1][0] < 100.0 && points[2][0] > 101.0, "{points:?}");
        assert_eq!([points[0], points[3], points[4]], [far[0], far[3], far[4]]);
    }

    #[test]
    fn squares_of_a_grid_are_powers_of_two() {
        assert_eq!([0.3, 0.5, 0.75, 1.5, 3.0, 100.0].map(size_of), [-1, 0, 0, 1, 2, 7]);
        assert_eq!(size_of(0.0), size_of(1e-6));
        for (at, size, want) in
            [(0.0, 1, 0), (1.9, 1, 0), (2.0, 1, 1), (-0.1, 1, -1), (5.0, -1, 10)]
        {
            assert_eq!(square(at, size), want, "{at} {size}");
        }
        assert_eq!([1e300, -1e300].map(|at| square(at, 0)), [1 << 60, -(1 << 60)]);
    }
}
