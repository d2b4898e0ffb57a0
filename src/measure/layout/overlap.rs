//! No sign lies on another.

use super::Point;
use super::pushing::push_apart;
use super::spreading::spread;

/// Larger numbers are taken for this one, so that no sum of them overflows.
const LARGEST: f64 = 1e12;

/// How often signs push one another apart before what still lies on another is moved along one axis.
const ROUNDS: usize = 60;

/// Moves signs until no two rectangles lie on one another, keeping the picture.
///
/// Points that coincide are laid around their place; then signs that lie on one another push each other apart along the axis that
/// needs the shorter way, and where most of them still do, the whole is made larger. What is left after some rounds is moved along one axis
/// as far as needed and no further, in its order. Signs that lie on no other and are pushed by none stay.
///
/// - **Shape**: `extents` has half the width and half the height of each point's sign; between two signs stays `gap`.
/// - **Unit**: that of the points.
/// - **Cost**: `O(n log n)` time a round, at most 60 rounds; `O(n)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: what is not a number counts as 0; what is beyond 10¹² as that. Where two signs touch, a rounding error may be left.
///
/// # Panics
///
/// If there are not as many extents as points.
///
/// # Examples
///
/// ```
/// use kluwen::measure::layout::without_overlaps;
///
/// let mut points = [[0.0, 0.0], [1.0, 0.0], [50.0, 0.0]];
/// without_overlaps(&mut points, &[[5.0, 5.0]; 3], 2.0);
/// assert!(points[1][0] - points[0][0] >= 12.0 - 1e-9);
/// assert_eq!(points[2], [50.0, 0.0]);
/// ```
///
/// # Source
///
/// The shorter way first: K. Misue, P. Eades, W. Lai, K. Sugiyama, "Layout adjustment and the mental map", J. Vis. Lang. Comput.
/// 6(2):183-210, 1995, section 4 (force scan); for the rest see T. Dwyer, K. Marriott, P. J. Stuckey, "Fast node overlap removal", GD 2005.
pub fn without_overlaps(points: &mut [Point], extents: &[[f64; 2]], gap: f64) {
    assert_eq!(points.len(), extents.len(), "each point has a sign");
    let tame = |number: f64| if number.is_nan() { 0.0 } else { number.clamp(-LARGEST, LARGEST) };
    let extents: Vec<Point> =
        extents.iter().map(|extent| extent.map(|half| tame(half).max(0.0))).collect();
    let gap = tame(gap).max(0.0);
    for point in points.iter_mut() {
        *point = point.map(tame);
    }
    unstack(points, &extents, gap);
    push(points, &extents, gap);
    let (mut wide, mut high) = (points.to_vec(), points.to_vec());
    let across = spread(&mut wide, &extents, gap, 0);
    let along = spread(&mut high, &extents, gap, 1);
    points.copy_from_slice(if across <= along { &wide } else { &high });
}

/// Lets signs push one another; while a tenth of them still do after some rounds, the whole is made larger.
fn push(points: &mut [Point], extents: &[Point], gap: f64) {
    const PATIENCE: usize = 6;
    for round in 1..=ROUNDS {
        let meeting = push_apart(points, extents, gap);
        if meeting == 0 {
            return;
        }
        if round % PATIENCE == 0 && meeting * 10 > points.len() {
            enlarge(points, 1.1);
        }
    }
}

/// Moves all points away from their middle.
fn enlarge(points: &mut [Point], factor: f64) {
    let n = points.len() as f64;
    let middle = [0, 1].map(|axis| points.iter().map(|point| point[axis] / n).sum::<f64>());
    for point in points {
        *point = [0, 1].map(|axis| middle[axis] + factor * (point[axis] - middle[axis]));
    }
}

/// Lays points that coincide around their place, as seeds lie in a sunflower.
///
/// # Source
///
/// H. Vogel, "A better way to construct the sunflower head", Math. Biosci. 44(3-4):179-189, 1979.
fn unstack(points: &mut [Point], extents: &[Point], gap: f64) {
    const GOLDEN: f64 = 2.399_963_229_728_653;
    let mut order: Vec<usize> = (0..points.len()).collect();
    let bits = |u: usize| points[u].map(|at| (at + 0.0).to_bits());
    order.sort_by_key(|&u| (bits(u), u));
    let stacks: Vec<Vec<usize>> = order
        .chunk_by(|&a, &b| bits(a) == bits(b))
        .filter(|s| s.len() > 1)
        .map(<[_]>::to_vec)
        .collect();
    for stack in stacks {
        let area = |&u: &usize| (2.0 * extents[u][0] + gap) * (2.0 * extents[u][1] + gap);
        let mut inside = 0.0;
        for (place, u) in stack.iter().enumerate() {
            // So far out that what lies further in has room, with as much again between.
            let radius = (inside * 2.0 / std::f64::consts::PI).sqrt();
            let angle = place as f64 * GOLDEN;
            points[*u][0] += radius * libm::cos(angle);
            points[*u][1] += radius * libm::sin(angle);
            inside += area(u);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    #[test]
    fn a_picture_grows_from_its_middle() {
        let mut points = [[0.0, 10.0], [2.0, 10.0], [4.0, 40.0]];
        enlarge(&mut points, 1.5);
        assert_eq!(points, [[-1.0, 5.0], [2.0, 5.0], [5.0, 50.0]]);
    }

    #[test]
    fn what_coincides_is_laid_around_its_place_like_seeds() {
        let mut points = [[3.0, 4.0], [9.0, 0.0], [3.0, 4.0], [3.0, 4.0], [-0.0, 1.0], [0.0, 1.0]];
        let extents = [[1.0, 0.5], [9.0, 9.0], [1.0, 0.5], [7.0, 7.0], [0.0, 0.0], [0.0, 0.0]];
        unstack(&mut points, &extents, 1.0);
        assert_eq!([points[0], points[1]], [[3.0, 4.0], [9.0, 0.0]], "the first stays");
        let off = |u: usize, [x, y]: Point| [points[u][0] - x, points[u][1] - y];
        let square = |[x, y]: Point| x * x + y * y;
        let (one, two) = (off(2, [3.0, 4.0]), off(3, [3.0, 4.0]));
        // Each sign takes three by two; twice that inside a circle of which a quarter of the square is pi.
        assert!((square(one) - 12.0 / PI).abs() < 1e-9, "{one:?}");
        assert!((square(two) - 24.0 / PI).abs() < 1e-9, "{two:?}");
        // The golden angle is 137.5 degrees, and from the first axis twice that 275.
        let degrees = [one, two].map(|[x, y]| libm::atan2(y, x) * 180.0 / PI);
        assert!(
            (degrees[0] - 137.508).abs() < 1e-3 && (degrees[1] + 84.984).abs() < 1e-3,
            "{degrees:?}"
        );
        let last = off(5, [0.0, 1.0]);
        assert!((square(last) - 2.0 / PI).abs() < 1e-9, "no zero is another place");
    }

    #[test]
    fn odd_numbers_count_as_what_is_nearest() {
        let mut points = [[f64::NAN, 0.0], [f64::INFINITY, -1e300], [5.0, f64::NEG_INFINITY]];
        without_overlaps(&mut points, &[[-4.0, f64::NAN]; 3], -1.0);
        assert_eq!(points, [[0.0, 0.0], [1e12, -1e12], [5.0, -1e12]]);
    }

    #[test]
    fn what_rounds_have_left_is_moved_along_the_shorter_axis() {
        // Signs that are no wider than nothing and one high, in a column.
        let mut points: Vec<Point> = (0..4).map(|u| [0.0, 10.0 * f64::from(u)]).collect();
        let before = points.clone();
        without_overlaps(&mut points, &[[0.0, 5.0]; 4], 0.0);
        assert_eq!(points, before, "they touch");
        without_overlaps(&mut points, &[[1.0, 5.0]; 4], 2.0);
        for two in points.windows(2) {
            let apart = [0, 1].map(|axis| (two[1][axis] - two[0][axis]).abs());
            assert!(apart[0] >= 4.0 - 1e-9 || apart[1] >= 12.0 - 1e-9, "{points:?}");
        }
    }
}
