//! Which boxes are near: a grid, so that ten thousand signs are not compared with each other.

use std::collections::BTreeMap;

/// A box from its left upper to its right lower corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::output) struct Rect {
    pub(in crate::output) from: [f64; 2],
    pub(in crate::output) to: [f64; 2],
}

impl Rect {
    /// The box of that half width and height about a middle.
    pub(in crate::output) fn about(middle: [f64; 2], half: [f64; 2]) -> Self {
        let [x, y] = middle;
        Self { from: [x - half[0], y - half[1]], to: [x + half[0], y + half[1]] }
    }

    /// Whether two boxes share more than a border.
    pub(in crate::output) fn meets(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.from[axis] < other.to[axis] && other.from[axis] < self.to[axis])
    }

    /// Whether another box is within this one.
    pub(in crate::output) fn holds(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.from[axis] <= other.from[axis] && other.to[axis] <= self.to[axis])
    }
}

/// Boxes by the cells of a grid that they touch.
#[derive(Debug)]
pub(in crate::output) struct Boxes {
    cell: f64,
    cells: BTreeMap<(i64, i64), Vec<u32>>,
    all: Vec<Rect>,
}

impl Boxes {
    /// No boxes yet, on a grid of cells of that width.
    pub(in crate::output) fn new(cell: f64) -> Self {
        Self { cell: cell.max(1.0), cells: BTreeMap::new(), all: Vec::new() }
    }

    /// The boxes of signs.
    pub(in crate::output) fn of_signs(at: &[[f64; 2]], extents: &[[f64; 2]]) -> Self {
        let widest = extents.iter().flatten().copied().fold(10.0, f64::max);
        let mut boxes = Self::new(2.0 * widest);
        for (&at, &extent) in at.iter().zip(extents) {
            boxes.add(Rect::about(at, extent));
        }
        boxes
    }

    /// One more box, by the place at which it was added.
    pub(in crate::output) fn add(&mut self, own: Rect) {
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        for cell in cells(own, self.cell) {
            self.cells.entry(cell).or_default().push(place);
        }
        self.all.push(own);
    }

    /// The boxes that meet this one, by place; a box in several cells comes several times.
    pub(in crate::output) fn meeting(&self, own: Rect) -> impl Iterator<Item = usize> + '_ {
        let near = cells(own, self.cell).filter_map(|cell| self.cells.get(&cell)).flatten();
        near.map(|&place| place as usize).filter(move |&place| self.all[place].meets(&own))
    }

    /// Whether no box meets this one.
    pub(in crate::output) fn is_free(&self, own: Rect) -> bool {
        self.meeting(own).next().is_none()
    }
}

/// The cells that a box touches. Places on paper are far below what a 64-bit number holds.
#[allow(clippy::cast_possible_truncation)]
fn cells(own: Rect, cell: f64) -> impl Iterator<Item = (i64, i64)> {
    let cell_of = |value: f64| libm::floor(value / cell) as i64;
    let (left, right) = (cell_of(own.from[0]), cell_of(own.to[0]));
    let (top, bottom) = (cell_of(own.from[1]), cell_of(own.to[1]));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(from: [f64; 2], to: [f64; 2]) -> Rect {
        Rect { from, to }
    }

    #[test]
    fn a_box_is_half_its_width_and_height_about_its_middle() {
        assert_eq!(Rect::about([3.0, 4.0], [1.0, 2.0]), rect([2.0, 2.0], [4.0, 6.0]));
    }

    #[test]
    fn boxes_that_share_a_border_do_not_meet() {
        let own = rect([0.0, 0.0], [2.0, 2.0]);
        for (other, meet) in [
            (rect([1.9, 1.9], [4.0, 4.0]), true),
            (rect([-4.0, -4.0], [0.1, 0.1]), true),
            (rect([0.5, 0.5], [1.0, 1.0]), true),
            (rect([2.0, 0.0], [4.0, 2.0]), false),
            (rect([0.0, 2.0], [2.0, 4.0]), false),
            (rect([-2.0, 0.0], [0.0, 2.0]), false),
            (rect([0.0, -2.0], [2.0, 0.0]), false),
        ] {
            assert_eq!((own.meets(&other), other.meets(&own)), (meet, meet), "{other:?}");
        }
    }

    #[test]
    fn a_box_holds_what_reaches_its_border_and_no_further() {
        let own = rect([0.0, 0.0], [2.0, 2.0]);
        for (other, held) in [
            (own, true),
            (rect([0.5, 0.5], [1.0, 1.0]), true),
            (rect([-0.1, 0.0], [2.0, 2.0]), false),
            (rect([0.0, -0.1], [2.0, 2.0]), false),
            (rect([0.0, 0.0], [2.1, 2.0]), false),
            (rect([0.0, 0.0], [2.0, 2.1]), false),
        ] {
            assert_eq!(own.holds(&other), held, "{other:?}");
        }
    }

    #[test]
    fn a_box_touches_every_cell_from_its_first_to_its_last_corner() {
        let touched: Vec<(i64, i64)> = cells(rect([-1.0, -1.0], [20.0, 5.0]), 20.0).collect();
        assert_eq!(touched, [(-1, -1), (-1, 0), (0, -1), (0, 0), (1, -1), (1, 0)]);
    }

    #[test]
    fn what_is_between_two_signs_is_free() {
        let boxes = Boxes::of_signs(&[[0.0, 0.0], [100.0, 0.0]], &[[11.0, 5.0], [10.0, 5.0]]);
        // As wide as the widest sign.
        assert!((boxes.cell - 22.0).abs() < 1e-12);
        assert!(boxes.is_free(Rect::about([50.5, 0.0], [39.5, 5.0])));
        let met: Vec<usize> = boxes.meeting(Rect::about([50.0, 0.0], [40.5, 5.0])).collect();
        assert!(met.contains(&0) && met.contains(&1), "{met:?}");
        assert!(boxes.meeting(Rect::about([100.0, 9.0], [5.0, 5.0])).all(|place| place == 1));
    }

    #[test]
    fn no_cell_is_narrower_than_a_point() {
        assert_eq!([0.25, 3.0].map(|cell| Boxes::new(cell).cell).to_vec(), [1.0, 3.0]);
        assert!((Boxes::of_signs(&[], &[]).cell - 20.0).abs() < 1e-12);
    }
}
