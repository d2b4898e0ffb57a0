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
