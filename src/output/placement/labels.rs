//! Where the label of each sign stands: in it where it fits, else at the first free of eight spots around it, else nowhere.

use super::Placed;
use super::boxes::{Boxes, Rect};
use super::extents::{font, lines_of, of_text};
use crate::finding::{Map, MapNode};
use crate::output::drawing::outline;
use crate::output::drawing::sign::{rank, sign, size};
use crate::output::words::Words;
use crate::untrusted::Untrusted;

/// A label where it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::output) struct Label {
    /// What it says, line by line.
    pub(in crate::output) lines: Vec<Untrusted>,
    /// The middle of it.
    pub(in crate::output) middle: [f64; 2],
    /// How high its letters are.
    pub(in crate::output) size: f64,
    /// Whether it stands in its sign.
    pub(in crate::output) inside: bool,
}

/// How labels are placed.
#[derive(Clone, Copy, Debug)]
pub(in crate::output) struct Labels {
    /// Letters are at least so high, in points of the placement: smaller ones could not be read on the page.
    pub(in crate::output) least: f64,
    /// On a map of more signs than this, only large and ranked signs look for a spot outside.
    pub(in crate::output) crowd: usize,
}

impl Labels {
    /// The label of each sign, the largest signs first; none where there is no room. With them come the boxes of all signs and
    /// of labels outside of them, for whatever else seeks a free spot.
    pub(in crate::output) fn place(
        self,
        map: &Map,
        placed: &Placed,
        words: &Words,
    ) -> (Vec<Option<Label>>, Boxes) {
        let mut taken = Boxes::of_signs(&placed.at, &placed.extents);
        let mut labels: Vec<Option<Label>> = vec![None; map.nodes.len()];
        let mut order: Vec<usize> = (0..map.nodes.len()).collect();
        order.sort_by_key(|&place| precedence(&map.nodes[place]));
        let crowded = map.nodes.len() > self.crowd;
        for place in order {
            let node = &map.nodes[place];
            let lines = lines_of(node, words);
            let letters = font(size(node)).max(self.least);
            let inside = within(node, placed, place, &lines, letters);
            let outside = || {
                let seeks = !crowded || size(node) > 0 || rank(node).is_some();
                seeks.then(|| beside(placed, place, &lines, letters, &mut taken)).flatten()
            };
            labels[place] = inside.or_else(outside);
        }
        (labels, taken)
    }
}

/// The ranked and the large first, then in the order of the map.
fn precedence(node: &MapNode) -> (usize, u8) {
    (rank(node).map_or(usize::MAX, |(rank, _)| rank), 2 - size(node))
}

/// The label in its sign, with its rank or else without.
fn within(
    node: &MapNode,
    placed: &Placed,
    place: usize,
    lines: &[Untrusted],
    letters: f64,
) -> Option<Label> {
    let (shape, extent) = (sign(node.part).shape, placed.extents[place]);
    let mut kept = (1..=lines.len()).rev().map(|kept| &lines[..kept]);
    // Letters that had to grow for the page may reach over the corners of their sign, but not out of its box.
    let grown = letters > font(size(node));
    let [x, y] = placed.at[place];
    let middle = |text: [f64; 2]| {
        let boxed = text[0] <= extent[0] * 0.95 && text[1] <= extent[1] * 0.95;
        if outline::fits(shape, extent, text) {
            Some([x, y + outline::text_middle(shape) * extent[1]])
        } else {
            (grown && boxed).then_some([x, y])
        }
    };
    kept.find_map(|kept| {
        let middle = middle(of_text(kept, letters))?;
        Some(Label { lines: kept.to_vec(), middle, size: letters, inside: true })
    })
}

/// The label at the first of eight spots around its sign that is free.
fn beside(
    placed: &Placed,
    place: usize,
    lines: &[Untrusted],
    letters: f64,
    taken: &mut Boxes,
) -> Option<Label> {
    /// Under it first, as people read it; corners last.
    const SPOTS: [[f64; 2]; 8] = [
        [0.0, 1.0],
        [0.0, -1.0],
        [1.0, 0.0],
        [-1.0, 0.0],
        [1.0, 1.0],
        [-1.0, 1.0],
        [1.0, -1.0],
        [-1.0, -1.0],
    ];
    const APART: f64 = 1.0;
    let lines = &lines[..lines.len().min(1)];
    let half = of_text(lines, letters);
    let all = Rect { from: [0.0, 0.0], to: placed.size };
    let ([x, y], extent) = (placed.at[place], placed.extents[place]);
    let spot = |&[right, down]: &[f64; 2]| {
        // Over and under the corners a label begins or ends at the middle of its sign.
        let reach = if down == 0.0 { extent[0] + half[0] + APART } else { half[0] };
        [x + right * reach, y + down * (extent[1] + half[1] + APART)]
    };
    let middle = SPOTS.iter().map(spot).find(|&middle| {
        let own = Rect::about(middle, half);
        all.holds(&own) && taken.is_free(own)
    })?;
    taken.add(Rect::about(middle, half));
    Some(Label { lines: lines.to_vec(), middle, size: letters, inside: false })
}
