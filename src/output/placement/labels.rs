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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Part;
    use crate::output::words::Lang;

    /// `xx` is 12 wide and 12 high where letters are 10 high.
    const WIDE: &str = "xx";

    fn node(part: Part, size: u8, recurrence: Option<(usize, f64)>) -> MapNode {
        MapNode { recurrence, size, ..MapNode::new(WIDE.into(), part) }
    }

    fn placed(at: [f64; 2], extent: [f64; 2], size: [f64; 2]) -> Placed {
        Placed { at: vec![at], extents: vec![extent], size, ..Placed::default() }
    }

    #[test]
    fn the_ranked_then_the_large_look_for_a_spot_first() {
        let of = |part, size, rank| precedence(&node(part, size, rank));
        assert_eq!(of(Part::Recruiter, 0, Some((2, 0.5))), (2, 2));
        assert_eq!(of(Part::Recruiter, 1, Some((2, 0.5))), (2, 1));
        assert_eq!(of(Part::Recruiter, 2, None), (usize::MAX, 0));
        assert_eq!(of(Part::Victim, 2, Some((2, 0.5))), (usize::MAX, 2));
    }

    /// Where the label of a sign of half 10 by 5 in the middle of a page of 100 stands, with boxes of 1 at these places.
    fn spot_beside(stones: &[[f64; 2]]) -> Option<[f64; 2]> {
        let placed = placed([50.0, 50.0], [10.0, 5.0], [100.0, 100.0]);
        let mut taken = Boxes::of_signs(&placed.at, &placed.extents);
        for &stone in stones {
            taken.add(Rect::about(stone, [0.5, 0.5]));
        }
        let label = beside(&placed, 0, &[WIDE.into(), "never".into()], 10.0, &mut taken)?;
        assert_eq!(label.lines, [WIDE]);
        assert!(!label.inside && label.size.to_bits() == 10_f64.to_bits());
        assert!(!taken.is_free(Rect::about(label.middle, [0.5, 0.5])), "it is taken now");
        Some(label.middle)
    }

    #[test]
    fn a_label_outside_stands_at_the_first_of_eight_spots_that_is_free() {
        let (under, over, right, left) = ([50.0, 62.0], [50.0, 38.0], [67.0, 50.0], [33.0, 50.0]);
        for (stones, spot) in [
            (&[][..], Some(under)),
            (&[under], Some(over)),
            (&[under, over], Some(right)),
            (&[under, over, right], Some(left)),
            // Stones that leave one corner free, and then none.
            (&[[45.0, 62.0], over, right, left], Some([56.0, 62.0])),
            (&[[55.0, 62.0], over, right, left], Some([44.0, 62.0])),
            (&[under, [45.0, 38.0], right, left], Some([56.0, 38.0])),
            (&[under, [55.0, 38.0], right, left], Some([44.0, 38.0])),
            (&[under, over, right, left], None),
        ] {
            assert_eq!(spot_beside(stones), spot, "{stones:?}");
        }
    }

    #[test]
    fn no_label_reaches_over_the_border() {
        let middle = |height| {
            let placed = placed([50.0, 50.0], [10.0, 5.0], [100.0, height]);
            let mut taken = Boxes::of_signs(&placed.at, &placed.extents);
            beside(&placed, 0, &[WIDE.into()], 10.0, &mut taken).map(|label| label.middle)
        };
        assert_eq!(middle(68.0), Some([50.0, 62.0]));
        assert_eq!(middle(67.9), Some([50.0, 38.0]));
    }

    fn spot_within(part: Part, lines: usize, letters: f64) -> Option<(usize, [f64; 2])> {
        let placed = placed([50.0, 50.0], [20.0, 12.5], [100.0, 100.0]);
        let lines = vec![WIDE.into(); lines];
        let label = within(&node(part, 0, None), &placed, 0, &lines, letters)?;
        assert!(label.inside);
        Some((label.lines.len(), label.middle))
    }

    #[test]
    fn a_label_stands_in_its_sign_with_as_many_lines_as_it_holds() {
        assert_eq!(spot_within(Part::Professional, 1, 10.0), Some((1, [50.0, 50.0])));
        assert_eq!(spot_within(Part::Professional, 2, 8.0), Some((2, [50.0, 50.0])));
        assert_eq!(spot_within(Part::Professional, 2, 10.0), Some((1, [50.0, 50.0])));
        // A quarter of half its height under the middle, where a house is widest.
        assert_eq!(spot_within(Part::Identifier, 1, 10.0), Some((1, [50.0, 53.125])));
    }

    #[test]
    fn letters_that_grew_for_the_page_may_reach_over_corners_but_not_out_of_the_box() {
        // A diamond gives 0.45 of its height to text, and 12 of 25 are more.
        assert_eq!(spot_within(Part::Place, 1, 10.0), None);
        assert_eq!(spot_within(Part::Place, 1, 12.0), Some((1, [50.0, 50.0])));
        assert_eq!(spot_within(Part::Place, 1, 20.0), None);
    }

    #[test]
    fn in_a_crowd_only_the_large_and_the_ranked_have_a_label_outside() {
        let nodes = vec![
            node(Part::Place, 0, None),
            node(Part::Place, 1, None),
            node(Part::Place, 0, Some((1, 0.1))),
        ];
        let map = Map { nodes, ..Map::default() };
        let placed = Placed {
            at: vec![[50.0, 50.0], [150.0, 50.0], [250.0, 50.0]],
            extents: vec![[10.0, 5.0]; 3],
            size: [300.0, 100.0],
            ..Placed::default()
        };
        let shown = |crowd| {
            let labels = Labels { least: 1.0, crowd };
            let (labels, taken) = labels.place(&map, &placed, &Words::of(Lang::En));
            assert!(!taken.is_free(Rect::about([150.0, 62.0], [1.0, 1.0])));
            labels.iter().map(Option::is_some).collect::<Vec<_>>()
        };
        assert_eq!(shown(3), [true, true, true]);
        assert_eq!(shown(2), [false, true, true]);
    }
}
