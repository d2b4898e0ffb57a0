//! Which points are nearest to a point.

use std::collections::BinaryHeap;

use super::Point;

/// Points in the order of a tree that halves them by their medians, along one axis and then the other.
///
/// # Source
///
/// J. H. Friedman, J. L. Bentley, R. A. Finkel, "An algorithm for finding best matches in logarithmic expected time", ACM Trans. Math. Softw.
/// 3(3):209-226, 1977.
pub(super) struct NearPoints<'a> {
    points: &'a [Point],
    order: Vec<u32>,
}

/// So few points are looked at one by one.
const BUCKET: usize = 8;

impl<'a> NearPoints<'a> {
    pub(super) fn new(points: &'a [Point]) -> Self {
        let mut order: Vec<u32> = (0..).take(points.len()).collect();
        // Halves are halved: the stack holds one range a depth.
        let mut ranges = vec![(0..points.len(), 0)];
        while let Some((range, axis)) = ranges.pop() {
            if range.len() <= BUCKET {
                continue;
            }
            let half = range.len() / 2;
            let at = |u: u32| points[u as usize][axis];
            order[range.clone()]
                .select_nth_unstable_by(half, |&a, &b| at(a).total_cmp(&at(b)).then(a.cmp(&b)));
            let middle = range.start + half;
            ranges.push((range.start..middle, 1 - axis));
            ranges.push((middle + 1..range.end, 1 - axis));
        }
        Self { points, order }
    }

    /// The `k` points nearest to `u` without itself, nearest first; which of those at one distance is left to the order of the tree.
    pub(super) fn nearest(&self, u: u32, k: usize) -> Vec<u32> {
        let own = self.points[u as usize];
        let mut found: BinaryHeap<(u64, u32)> = BinaryHeap::new();
        let full = |found: &BinaryHeap<(u64, u32)>, square: u64| {
            found.len() == k && found.peek().is_none_or(|worst| square >= worst.0)
        };
        let mut ranges = vec![(0..self.order.len(), 0, 0.0_f64)];
        while let Some((range, axis, least)) = ranges.pop() {
            if full(&found, least.to_bits()) {
                continue;
            }
            let mut look = |v: u32| {
                let [x, y] = [0, 1].map(|axis| self.points[v as usize][axis] - own[axis]);
                // Squares are not negative, so their bits are in their order.
                let square = (x * x + y * y).to_bits();
                if v == u || full(&found, square) {
                    return;
                }
                if found.len() == k {
                    found.pop();
                }
                found.push((square, v));
            };
            if range.len() <= BUCKET {
                self.order[range].iter().for_each(|&v| look(v));
                continue;
            }
            let middle = range.start + range.len() / 2;
            look(self.order[middle]);
            let off = own[axis] - self.points[self.order[middle] as usize][axis];
            let (below, above) = (range.start..middle, middle + 1..range.end);
            let (near, far) = if off < 0.0 { (below, above) } else { (above, below) };
            ranges.push((far, 1 - axis, least.max(off * off)));
            ranges.push((near, 1 - axis, least));
        }
        found.into_sorted_vec().into_iter().map(|(_, v)| v).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_along_either_axis() {
        // At the squares of 0, 1, 2, … no two are at one distance from 3 or 10.
        for axis in [0, 1] {
            let points: Vec<Point> = (0..30_u32)
                .map(|i| [0, 1].map(|other| if other == axis { f64::from(i * i) } else { 0.0 }))
                .collect();
            let near = NearPoints::new(&points);
            assert_eq!(near.nearest(3, 5), [2, 4, 1, 0, 5]);
            assert_eq!(near.nearest(10, 4), [9, 11, 8, 12]);
            assert_eq!(near.nearest(29, 2), [28, 27]);
            assert!(near.nearest(0, 0).is_empty());
            assert_eq!(near.nearest(0, 40), (1..30).collect::<Vec<_>>(), "all others");
        }
    }

    #[test]
    fn both_axes_count() {
        // Rings of eight around the origin, of radius 1, 2, 3, …, turned against each other.
        let mut points = vec![[0.0, 0.0]];
        for ring in 1..=12_u32 {
            for place in 0..8_u32 {
                let angle = f64::from(place) * std::f64::consts::FRAC_PI_4 + f64::from(ring);
                let radius = f64::from(ring) + 0.01 * f64::from(place);
                points.push([radius * libm::cos(angle), radius * libm::sin(angle)]);
            }
        }
        let near = NearPoints::new(&points);
        for k in [1, 7, 8, 9, 40, 96] {
            assert!(near.nearest(0, k).into_iter().map(|v| v as usize).eq(1..=k), "{k}");
        }
        assert!(NearPoints::new(&[]).order.is_empty());
    }
}
