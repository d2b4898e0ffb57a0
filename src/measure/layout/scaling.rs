//! Where nodes are by their distances to pivots alone.

use super::Point;
use super::pivots::Pivots;
use crate::random::Random;

/// Rounds of the power iteration; the directions need not be exact, since forces take over.
const ROUNDS: usize = 60;

/// Places in the plane in which distances to the pivots are most like those in the graph, all at once.
///
/// # Source
///
/// U. Brandes, C. Pich, "Eigensolver methods for progressive multidimensional scaling of large data", GD 2006, section 4 (pivot MDS).
pub(super) fn scaled(pivots: &Pivots, n: usize, random: &mut Random) -> Vec<Point> {
    let rows = centered(pivots, n);
    let mut axes: Vec<Vec<f64>> = Vec::new();
    let mut points = vec![[0.0; 2]; n];
    for axis in 0..2 {
        let direction = leading(&rows, &axes, pivots.count(), random);
        for (point, row) in points.iter_mut().zip(&rows) {
            point[axis] = dot(row, &direction);
        }
        axes.push(direction);
    }
    points
}

/// Minus half the squared distances, each row and each column of mean zero.
fn centered(pivots: &Pivots, n: usize) -> Vec<Vec<f64>> {
    let count = pivots.count().max(1) as f64;
    let mut means = vec![0.0; pivots.count()];
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(n);
    for u in 0..n {
        let half = |&distance: &f32| -0.5 * f64::from(distance) * f64::from(distance);
        let mut row: Vec<f64> = pivots.distances(u).iter().map(half).collect();
        let mean = row.iter().sum::<f64>() / count;
        for (value, sum) in row.iter_mut().zip(&mut means) {
            *value -= mean;
            *sum += *value / n as f64;
        }
        rows.push(row);
    }
    for row in &mut rows {
        row.iter_mut().zip(&means).for_each(|(value, mean)| *value -= mean);
    }
    rows
}

/// The direction in which rows vary most, at right angles to `axes`.
fn leading(rows: &[Vec<f64>], axes: &[Vec<f64>], count: usize, random: &mut Random) -> Vec<f64> {
    let mut direction: Vec<f64> = (0..count).map(|_| random.unit() - 0.5).collect();
    for _ in 0..ROUNDS {
        let mut next = vec![0.0; count];
        for row in rows {
            let along = dot(row, &direction);
            next.iter_mut().zip(row).for_each(|(sum, value)| *sum += along * value);
        }
        for axis in axes {
            let along = dot(&next, axis);
            next.iter_mut().zip(axis).for_each(|(sum, value)| *sum -= along * value);
        }
        let length = dot(&next, &next).sqrt();
        if length <= 0.0 {
            break;
        }
        for value in &mut next {
            *value /= length;
        }
        direction = next;
    }
    direction
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;
    use crate::measure::layout::ties::Ties;

    fn pivots(csr: &Csr) -> Pivots {
        let nodes: Vec<u32> = csr.nodes().collect();
        Pivots::new(&Ties::of(csr, &nodes, &nodes))
    }

    fn close(got: &[f64], want: &[f64]) -> bool {
        got.len() == want.len() && got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-9)
    }

    #[test]
    fn centered_squares_are_products_of_places() {
        // A path of three lies at -1, 0 and 1.
        let rows = centered(&pivots(&Csr::path(3)), 3);
        let want = [[1.0, 0.0, -1.0], [0.0, 0.0, 0.0], [-1.0, 0.0, 1.0]];
        assert!(rows.iter().zip(want).all(|(row, want)| close(row, &want)), "{rows:?}");
    }

    #[test]
    fn a_path_is_laid_along_the_first_axis() {
        let points = scaled(&pivots(&Csr::path(4)), 4, &mut Random::new(0, 0));
        // The root of the sum of squares of -1.5, -0.5, 0.5 and 1.5 is that of 5.
        let first = points[0][0].signum();
        for (point, place) in points.iter().zip([1.5, 0.5, -0.5, -1.5]) {
            let got = first * point[0];
            assert!((got - place * libm::sqrt(5.0)).abs() < 1e-9, "{points:?}");
        }
    }

    #[test]
    fn the_leading_direction_is_that_of_most_spread_beside_those_found() {
        let rows =
            [vec![3.0, 3.0, 0.0], vec![2.0, -2.0, 0.0], vec![0.0, 0.0, 1.0], vec![-3.0, -3.0, 0.0]];
        let root = libm::sqrt(0.5);
        let mut axes: Vec<Vec<f64>> = Vec::new();
        for want in [[root, root, 0.0], [root, -root, 0.0], [0.0, 0.0, 1.0]] {
            let found = leading(&rows, &axes, 3, &mut Random::new(0, 0));
            let sign = dot(&found, &want).signum();
            assert!(close(&found.iter().map(|x| sign * x).collect::<Vec<_>>(), &want), "{found:?}");
            axes.push(found);
        }
        assert!((dot(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]) - 32.0).abs() < 1e-12);
    }
}
