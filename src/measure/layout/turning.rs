//! A drawing turned so that it is wider than high.

use super::Point;

/// Moves the mean to the origin and turns the direction in which points vary most along the first axis.
pub(super) fn turn(points: &mut [Point]) {
    let n = points.len().max(1) as f64;
    let mean = [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / n);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points.iter_mut() {
        *point = [point[0] - mean[0], point[1] - mean[1]];
        xx += point[0] * point[0];
        xy += point[0] * point[1];
        yy += point[1] * point[1];
    }
    let angle = libm::atan2(2.0 * xy, xx - yy) / 2.0;
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    for point in points {
        let [x, y] = *point;
        *point = [cosine * x + sine * y, cosine * y - sine * x];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_comes_to_the_origin_and_the_spread_along_the_first_axis() {
        let root = libm::sqrt(2.0);
        for (points, want) in [
            ([[5.0, 0.0], [5.0, 2.0], [5.0, 1.0]], [[-1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]),
            ([[1.0, 1.0], [3.0, 3.0], [2.0, 2.0]], [[-root, 0.0], [root, 0.0], [0.0, 0.0]]),
            ([[1.0, 3.0], [3.0, 1.0], [2.0, 2.0]], [[-root, 0.0], [root, 0.0], [0.0, 0.0]]),
            ([[-2.0, 3.0], [4.0, 3.0], [1.0, 3.0]], [[-3.0, 0.0], [3.0, 0.0], [0.0, 0.0]]),
        ] {
            let mut got = points;
            turn(&mut got);
            let off =
                got.as_flattened().iter().zip(want.as_flattened()).map(|(a, b)| (a - b).abs());
            assert!(off.fold(0.0, f64::max) < 1e-12, "{points:?}: {got:?}");
        }
        // What is square to it stays so: a cross of arms 2 and 1 that leans by an angle of three, four and five.
        let mut cross = [[1.6, 1.2], [-1.6, -1.2], [-0.6, 0.8], [0.6, -0.8]];
        turn(&mut cross);
        let want = [[2.0, 0.0], [-2.0, 0.0], [0.0, 1.0], [0.0, -1.0]];
        let off = cross.as_flattened().iter().zip(want.as_flattened()).map(|(a, b)| (a - b).abs());
        assert!(off.fold(0.0, f64::max) < 1e-12, "{cross:?}");
        turn(&mut []);
    }
}
