//! The rectangles that nodes are drawn as.

use super::Point;
use crate::error::{Error, Result};
use crate::graph::Csr;

/// Larger signs, and wider gaps, are refused.
const LARGEST: f64 = 1e6;

/// Whether there is a sign for each node and it can be drawn.
pub(super) fn checked(csr: &Csr, extents: &[[f64; 2]], gap: f64) -> Result<()> {
    if extents.len() != csr.node_count() {
        return Err(Error::usage(format!(
            "there are {} signs for {} nodes; each node needs one",
            extents.len(),
            csr.node_count()
        )));
    }
    let good = |number: f64| (0.0..=LARGEST).contains(&number);
    if let Some(extent) = extents.iter().find(|extent| !extent.iter().all(|&half| good(half))) {
        return Err(Error::usage(format!(
            "half the width and height of a sign must be 0 to {LARGEST} points, got {extent:?}"
        )));
    }
    if good(gap) {
        return Ok(());
    }
    Err(Error::usage(format!("the gap must be 0 to {LARGEST} points, got {gap}")))
}

/// The least rectangle that holds all signs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) least: Point,
    pub(super) most: Point,
}

impl Frame {
    /// The frame of some signs; of none, nothing at the origin.
    pub(super) fn of(points: &[Point], extents: &[Point]) -> Self {
        let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for (point, extent) in points.iter().zip(extents) {
            for axis in 0..2 {
                least[axis] = least[axis].min(point[axis] - extent[axis]);
                most[axis] = most[axis].max(point[axis] + extent[axis]);
            }
        }
        if points.is_empty() {
            Self { least: [0.0; 2], most: [0.0; 2] }
        } else {
            Self { least, most }
        }
    }

    pub(super) fn size(&self) -> Point {
        [0, 1].map(|axis| self.most[axis] - self.least[axis])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_nothing_to_a_million_points_are_drawn() {
        let message = |extents: &[[f64; 2]], gap| {
            checked(&Csr::path(2), extents, gap).map_err(|error| error.to_string()).err()
        };
        assert_eq!(message(&[[0.0, 1e6], [1e6, 0.0]], 1e6), None);
        assert_eq!(message(&[[0.0; 2]; 2], 0.0), None);
        let few = message(&[[1.0; 2]], 1.0).unwrap();
        assert!(few.contains("1 signs for 2 nodes"), "{few}");
        for wrong in [-0.1, 1_000_000.1, f64::NAN, f64::INFINITY] {
            for extents in [[[wrong, 1.0], [1.0, 1.0]], [[1.0, 1.0], [1.0, wrong]]] {
                let error = message(&extents, 1.0).unwrap();
                assert!(error.contains("half the width and height"), "{error}");
            }
            let error = message(&[[1.0; 2]; 2], wrong).unwrap();
            assert!(error.contains("the gap must be"), "{error}");
        }
    }

    #[test]
    fn a_frame_holds_all_signs() {
        let frame = Frame::of(&[[1.0, 10.0], [-2.0, 4.0]], &[[5.0, 1.0], [1.0, 3.0]]);
        assert_eq!([frame.least, frame.most], [[-4.0, 1.0], [6.0, 11.0]]);
        assert_eq!([frame.size()], [[10.0, 10.0]]);
        assert_eq!([Frame::of(&[], &[]).size()], [[0.0, 0.0]]);
    }
}
