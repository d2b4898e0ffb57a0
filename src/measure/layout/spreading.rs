//! Rectangles moved along one axis until none lie on one another, each in its order.

use super::Point;

/// Moves points along `axis` so that no two rectangles lie on one another, and says how far all of them were moved together.
///
/// In the order of the axis each rectangle is put behind all earlier ones that it would meet on the way, first upwards from the first
/// and then downwards from the last. Both are solutions of the same inequalities, so their mean is one, and it is pulled neither way.
///
/// - **Cost**: `O(n log n)`, however much lies on one another.
///
/// # Source
///
/// The inequalities are those of T. Dwyer, K. Marriott, P. J. Stuckey, "Fast node overlap removal", GD 2005, section 3, for all pairs that
/// meet; the mean of the two extreme solutions takes the place of their quadratic program.
pub(super) fn spread(points: &mut [Point], extents: &[Point], gap: f64, axis: usize) -> f64 {
    let mut order: Vec<u32> = (0..).take(points.len()).collect();
    order.sort_by(|&a, &b| {
        points[a as usize][axis].total_cmp(&points[b as usize][axis]).then(a.cmp(&b))
    });
    let bands = Bands::new(points, extents, gap, 1 - axis);
    let up = bands.pushed(&order, gap, |u| (points[u][axis], extents[u][axis]));
    order.reverse();
    let down = bands.pushed(&order, gap, |u| (-points[u][axis], extents[u][axis]));
    let mut moved = 0.0;
    for (u, point) in points.iter_mut().enumerate() {
        let mean = f64::midpoint(up[u], -down[u]);
        moved += (mean - point[axis]).abs();
        point[axis] = mean;
    }
    moved
}

/// Which stretch of the other axis each rectangle takes, by the ranks of all ends.
struct Bands {
    stretches: Vec<(usize, usize)>,
    ends: usize,
}

impl Bands {
    fn new(points: &[Point], extents: &[Point], gap: f64, axis: usize) -> Self {
        let reach = |u: usize| {
            let half = extents[u][axis] + gap / 2.0;
            (points[u][axis] - half, points[u][axis] + half)
        };
        let mut ends: Vec<f64> =
            (0..points.len()).flat_map(|u| <[f64; 2]>::from(reach(u))).collect();
        ends.sort_by(f64::total_cmp);
        ends.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let rank = |end: f64| ends.partition_point(|other| other.total_cmp(&end).is_lt());
        let stretches = (0..points.len()).map(reach).map(|(low, high)| (rank(low), rank(high)));
        Self { stretches: stretches.collect(), ends: ends.len() }
    }

    /// Where rectangles are if each, in this order, is put behind those before it.
    fn pushed(&self, order: &[u32], gap: f64, at: impl Fn(usize) -> (f64, f64)) -> Vec<f64> {
        let mut skyline = Skyline::new(self.ends);
        let mut pushed = vec![0.0; order.len()];
        for &u in order {
            let u = u as usize;
            let (place, half) = at(u);
            let (low, high) = self.stretches[u];
            pushed[u] = place.max(skyline.highest(low, high) + gap + half);
            skyline.raise(low, high, pushed[u] + half);
        }
        pushed
    }
}

/// The greatest value put on each of some places, in a tree over them.
struct Skyline {
    leaves: usize,
    /// The value put on all of the places below.
    all: Vec<f64>,
    /// The greatest value put on any of the places below.
    any: Vec<f64>,
}

impl Skyline {
    fn new(places: usize) -> Self {
        let leaves = places.next_power_of_two();
        let nothing = vec![f64::NEG_INFINITY; 2 * leaves];
        Self { leaves, all: nothing.clone(), any: nothing }
    }

    /// Calls `visit` with the nodes of the tree that together cover a stretch.
    fn cover(&self, low: usize, high: usize, mut visit: impl FnMut(usize)) {
        let (mut low, mut high) = (low + self.leaves, high + self.leaves);
        while low < high {
            if low & 1 == 1 {
                visit(low);
                low += 1;
            }
            if high & 1 == 1 {
                high -= 1;
                visit(high);
            }
            low /= 2;
            high /= 2;
        }
    }

    /// The greatest value on any place of a stretch.
    fn highest(&self, low: usize, high: usize) -> f64 {
        let mut highest = f64::NEG_INFINITY;
        self.cover(low, high, |node| {
            highest = highest.max(self.any[node]);
            let mut above = node / 2;
            while above > 0 {
                highest = highest.max(self.all[above]);
                above /= 2;
            }
        });
        highest
    }

    /// Puts a value on all places of a stretch.
    fn raise(&mut self, low: usize, high: usize, value: f64) {
        let mut covering = [0; 2 * usize::BITS as usize];
        let mut count = 0;
        self.cover(low, high, |node| {
            covering[count] = node;
            count += 1;
        });
        for &node in &covering[..count] {
            self.all[node] = self.all[node].max(value);
            let mut above = node;
            while above > 0 {
                self.any[above] = self.any[above].max(value);
                above /= 2;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_that_meet_part_by_half_of_the_way_each() {
        for (points, gap, want, moved) in [
            // Squares of two at 0 and 1 need a way of one more.
            ([[0.0, 0.0], [1.0, 0.0]], 0.0, [-0.5, 1.5], 1.0),
            ([[0.0, 0.0], [1.0, 0.0]], 1.0, [-1.0, 2.0], 2.0),
            ([[1.0, 0.0], [0.0, 0.0]], 1.0, [2.0, -1.0], 2.0),
            // Of two in one place the first stays first.
            ([[3.0, 0.0], [3.0, 0.0]], 0.0, [2.0, 4.0], 2.0),
            // What is far enough off in one way or the other stays.
            ([[0.0, 0.0], [3.0, 0.0]], 1.0, [0.0, 3.0], 0.0),
            ([[0.0, 0.0], [1.0, 3.0]], 1.0, [0.0, 1.0], 0.0),
            ([[0.0, 0.0], [1.0, 3.0]], 1.5, [-1.25, 2.25], 2.5),
        ] {
            let mut got = points;
            let sum = spread(&mut got, &[[1.0, 1.0]; 2], gap, 0);
            assert!((sum - moved).abs() < 1e-12, "{points:?} {gap}: {sum}");
            for (got, (want, point)) in got.iter().zip(want.iter().zip(points)) {
                assert_eq!(
                    got.map(f64::to_bits),
                    [*want, point[1]].map(f64::to_bits),
                    "{points:?}"
                );
            }
        }
    }

    #[test]
    fn each_is_put_behind_all_that_it_meets() {
        // One high and two low beside it, which do not meet each other, and behind those a wide one.
        let extents = [[1.0, 2.0], [1.0, 0.5], [2.0, 0.5], [1.0, 3.0]];
        let points = [[0.0, 0.0], [0.5, -1.0], [0.5, 1.0], [1.0, 0.0]];
        let bands = Bands::new(&points, &extents, 0.0, 1);
        let up = bands.pushed(&[0, 1, 2, 3], 0.0, |u| (points[u][0], extents[u][0]));
        assert_eq!(up, vec![0.0, 2.0, 3.0, 6.0]);
        // The same downwards: the wide one first, whose edge lies at 0.
        let down = bands.pushed(&[3, 2, 1, 0], 0.0, |u| (-points[u][0], extents[u][0]));
        assert_eq!(down, vec![5.0, 1.0, 2.0, -1.0]);
        let gaps = bands.pushed(&[0, 1, 2, 3], 0.25, |u| (points[u][0], extents[u][0]));
        assert_eq!(gaps, vec![0.0, 2.25, 3.25, 6.5]);
    }

    #[test]
    fn the_other_axis_is_spread_alike() {
        let mut points = [[0.0, 0.0], [0.0, 1.0], [9.0, 0.5]];
        let moved = spread(&mut points, &[[2.0, 1.0]; 3], 1.0, 1);
        assert!((moved - 2.0).abs() < 1e-12, "{moved}");
        assert_eq!(points, [[0.0, -1.0], [0.0, 2.0], [9.0, 0.5]]);
    }

    #[test]
    fn a_skyline_is_as_high_as_what_was_put_on_a_place() {
        for places in [1, 2, 5, 8, 11] {
            let mut skyline = Skyline::new(places);
            let mut plain = vec![f64::NEG_INFINITY; places];
            for round in 0..60 {
                let (one, other) = (round * 7 % places, round * round * 5 % places);
                let (low, high) = (one.min(other), one.max(other) + 1);
                // Later values are higher at first and lower in the end.
                let value = (round * (50 - round.min(50))) as f64;
                skyline.raise(low, high, value);
                plain[low..high].iter_mut().for_each(|height| *height = height.max(value));
                for low in 0..places {
                    for high in low + 1..=places {
                        let want =
                            plain[low..high].iter().copied().fold(f64::NEG_INFINITY, f64::max);
                        let got = skyline.highest(low, high);
                        assert_eq!(got.to_bits(), want.to_bits(), "{places} {round} {low}..{high}");
                    }
                }
            }
        }
        assert!(Skyline::new(4).highest(1, 1).is_infinite());
    }
}
