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
