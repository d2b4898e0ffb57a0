//! The legend: only the signs, lines and sizes that the map uses.

use std::collections::BTreeSet;

use super::canvas::{Canvas, Type, with};
use super::path::Curve;
use super::{signs, ties};
use crate::finding::{Map, Note, Part};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::sign::{BLANK, sign, size};
use crate::output::drawing::telling;
use crate::output::drawing::text::width;
use crate::output::words::Words;

/// What is drawn beside a meaning.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Sign(Part),
    Line(Tie),
    Step(Sureness),
    Widths,
    Sizes,
}

/// An entry where it stands.
#[derive(Debug)]
struct Entry {
    mark: Mark,
    meaning: String,
    at: [f64; 2],
}

/// The legend of a map, laid out for a width.
#[derive(Debug)]
pub(super) struct Legend {
    entries: Vec<Entry>,
    title: String,
    /// The color of signs where it does not tell the part.
    fill: Option<&'static str>,
    width: f64,
    /// How high it is; 0 where there is nothing to explain.
    pub(super) height: f64,
}

const LETTERS: f64 = 8.0;
const ROW: f64 = 19.0;
const PADDING: f64 = 8.0;
/// Room for a mark, and between an entry and the next.
const MARK: f64 = 36.0;
const APART: f64 = 14.0;

impl Legend {
    /// Signs, then lines, then what broken lines, widths and sizes mean, each kind from a row of its own.
    pub(super) fn of(map: &Map, room: f64, words: &Words) -> Self {
        // Where colors tell groups, only the shapes still tell the part.
        let grouped = map.nodes.iter().any(|node| node.hue.is_some());
        let title = words.say("map-legend");
        let mut legend = Self {
            entries: Vec::new(),
            title,
            fill: grouped.then_some(BLANK),
            width: room,
            height: 0.0,
        };
        let mut y = PADDING + ROW;
        for kind in kinds(map, words) {
            let mut x = PADDING;
            for (mark, meaning) in kind {
                let wide = MARK + width(&meaning, LETTERS);
                if x + wide > room - PADDING && x > PADDING {
                    (x, y) = (PADDING, y + ROW);
                }
                legend.entries.push(Entry { mark, meaning, at: [x, y] });
                x += wide + APART;
            }
            y += ROW;
        }
        if !legend.entries.is_empty() {
            legend.height = y - ROW / 2.0 + PADDING;
        }
        legend
    }

    /// Draws it from its left upper corner.
    pub(super) fn draw(&self, canvas: &mut Canvas, [left, top]: [f64; 2]) {
        if self.entries.is_empty() {
            return;
        }
        canvas.open("g", with("class", "legend"));
        let frame = with("fill", "none").with("stroke", "#B5B5B0").number("stroke-width", 0.8);
        let frame = frame.at([left, top]).number("width", self.width).number("height", self.height);
        canvas.leaf("rect", frame.number("rx", 4.0));
        let title = Type { bold: true, ..Type::of(LETTERS + 1.0) };
        canvas.line(&self.title.as_str().into(), [left + PADDING, top + PADDING + LETTERS], title);
        for entry in &self.entries {
            let (x, y) = (left + entry.at[0], top + entry.at[1]);
            self.mark(canvas, entry.mark, [x, y]);
            canvas.line(
                &entry.meaning.as_str().into(),
                [x + MARK, y + 0.35 * LETTERS],
                Type::of(LETTERS),
            );
        }
        canvas.close();
    }

    fn mark(&self, canvas: &mut Canvas, mark: Mark, [x, y]: [f64; 2]) {
        let line = |down: f64| Curve::bent([x, y + down], [x + MARK - 8.0, y + down], 0.0);
        match mark {
            Mark::Sign(part) => {
                let sign = sign(part);
                let fill = self.fill.unwrap_or(sign.fill);
                signs::shape(canvas, sign.shape, [x + 14.0, y], [13.0, 7.0], fill);
            }
            Mark::Line(tie) => ties::stroke(canvas, line(0.0), tie, Sureness::Confirmed, 1.5),
            Mark::Step(step) => ties::stroke(canvas, line(0.0), Tie::Role, step, 1.5),
            Mark::Widths => {
                for (down, count) in [(-6.0, 1.0), (-2.8, 2.0), (1.2, 4.0), (6.0, 8.0)] {
                    let width = Tie::Accomplice.width(count) * 0.8;
                    ties::stroke(canvas, line(down), Tie::Role, Sureness::Confirmed, width);
                }
            }
            Mark::Sizes => {
                for (right, half) in [(3.0, 3.5), (11.0, 5.0), (22.0, 7.0)] {
                    let sign = sign(Part::Bystander);
                    signs::shape(canvas, sign.shape, [x + right, y], [half * 0.9, half], BLANK);
                }
            }
        }
    }
}

/// What the map uses: signs, lines, and what the rest means.
fn kinds(map: &Map, words: &Words) -> [Vec<(Mark, String)>; 3] {
    let parts: BTreeSet<Part> = map.nodes.iter().map(|node| node.part).collect();
    let lines: BTreeSet<Tie> = map.edges.iter().map(|edge| Tie::of(edge.kind)).collect();
    let steps: BTreeSet<Sureness> =
        map.edges.iter().map(|edge| Sureness::of(edge.certainty)).collect();
    let parts = parts.into_iter().map(|part| (Mark::Sign(part), telling::part(part, words)));
    let lines = lines.into_iter().map(|tie| (Mark::Line(tie), telling::tie(tie, words)));
    let steps = steps.into_iter().map(|step| (Mark::Step(step), telling::sureness(step, words)));
    let several = map.edges.iter().any(|edge| edge.count > 1.0);
    let widths = several.then(|| (Mark::Widths, words.say("svg-width")));
    let large = map.nodes.iter().any(|node| size(node) > 0);
    let measured = map.notes.iter().any(|note| matches!(note, Note::Size(_)));
    let by = if measured { "svg-large-by-measure" } else { "svg-large-by-ties" };
    let sizes = large.then(|| (Mark::Sizes, words.say(by)));
    [parts.collect(), lines.collect(), steps.chain(widths).chain(sizes).collect()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{LinkKind, When};
    use crate::finding::{MapEdge, MapNode, TieKind};
    use crate::output::words::Lang;

    fn map(parts: &[Part], kinds: &[(LinkKind, f64)]) -> Map {
        let edge = |&(kind, count): &(LinkKind, f64)| MapEdge {
            from: 0,
            to: 0,
            kind: TieKind::Link(kind),
            count,
            certainty: 1.0,
            when: When::UNRECORDED,
            evidence: Vec::new(),
        };
        Map {
            nodes: parts.iter().map(|&part| MapNode::new("E1".into(), part)).collect(),
            edges: kinds.iter().map(edge).collect(),
            ..Map::default()
        }
    }

    /// Signs, lines, and what the rest means.
    fn said(map: &Map) -> [Vec<String>; 3] {
        let of_kind = |kind: Vec<(Mark, String)>| kind.into_iter().map(|(_, said)| said).collect();
        kinds(map, &Words::of(Lang::En)).map(of_kind)
    }

    #[test]
    fn each_sign_and_line_of_the_map_is_explained_once() {
        let kinds = [(LinkKind::Paid, 1.0), (LinkKind::ClientOf, 1.0), (LinkKind::Recruited, 1.0)];
        let [signs, lines, rest] =
            said(&map(&[Part::Victim, Part::Recruiter, Part::Victim], &kinds));
        assert_eq!(signs, ["recruiter", "victim"]);
        assert_eq!(lines, ["contact, grooming, recruiting", "paying, buying"]);
        assert_eq!(rest.len(), 1, "one step of certainty: {rest:?}");
        assert_eq!(said(&map(&[], &[])), [[""; 0]; 3]);
    }

    #[test]
    fn widths_and_sizes_are_explained_where_there_are_any() {
        let last = |map: &Map| said(map)[2].last().cloned().unwrap_or_default();
        let mut map = map(&[Part::Client, Part::Victim], &[(LinkKind::Paid, 2.0)]);
        assert!(last(&map).starts_with("width:"), "{}", last(&map));
        // A victim is never drawn larger.
        map.nodes[1].size = 2;
        assert!(last(&map).starts_with("width:"), "{}", last(&map));
        map.nodes[0].size = 1;
        assert_eq!(last(&map), "larger: likely to recruit again, or many ties");
        map.notes = vec![Note::NoTie, Note::Size("degree".into())];
        assert_eq!(last(&map), "larger: high by the measure");
    }

    #[test]
    fn entries_stand_in_rows_that_are_as_wide_as_the_page() {
        let words = Words::of(Lang::En);
        let at = |map: &Map, room| {
            let legend = Legend::of(map, room, &words);
            let at: Vec<[f64; 2]> = legend.entries.iter().map(|entry| entry.at).collect();
            (at, legend.height)
        };
        // A row of 19 for the title and for each of three kinds, even where a kind has no entry.
        let one = map(&[Part::Victim], &[]);
        assert_eq!(at(&one, 500.0), (vec![[8.0, 27.0]], 82.5));
        assert_eq!(at(&map(&[], &[]), 500.0), (vec![], 0.0));
        // `recruiter` is 35.04 wide in letters of 8: the next begins 36 for the mark and 14 of room further on.
        let two = map(&[Part::Recruiter, Part::Victim], &[]);
        let (beside, height) = at(&two, 500.0);
        assert!((beside[1][0] - 93.04).abs() < 1e-9, "{beside:?}");
        assert_eq!([beside[0][1], beside[1][1], height].to_vec(), [27.0, 27.0, 82.5]);
        assert_eq!(at(&two, 100.0), (vec![[8.0, 27.0], [8.0, 46.0]], 101.5));
        let lines = map(&[Part::Victim], &[(LinkKind::Paid, 1.0)]);
        assert_eq!(at(&lines, 500.0).0, [[8.0, 27.0], [8.0, 46.0], [8.0, 65.0]]);
    }

    #[test]
    fn where_colors_tell_groups_signs_in_the_legend_are_blank() {
        let mut map = map(&[Part::Client], &[]);
        let fill = |map: &Map| Legend::of(map, 500.0, &Words::of(Lang::En)).fill;
        assert_eq!(fill(&map), None);
        map.nodes[0].hue = Some(3);
        assert_eq!(fill(&map), Some(BLANK));
    }

    #[test]
    fn a_legend_is_drawn_from_its_left_upper_corner() {
        let mut canvas = Canvas::default();
        let legend = Legend::of(&map(&[Part::Professional], &[]), 500.0, &Words::of(Lang::En));
        legend.draw(&mut canvas, [100.0, 200.0]);
        let svg = canvas.finish();
        for piece in [
            "x=\"100\" y=\"200\" width=\"500\" height=\"82.5\" rx=\"4\"/>",
            "<text x=\"108\" y=\"216\" font-size=\"9\" fill=\"#222222\" font-weight=\"bold\">Legend</text>",
            // Fourteen to the right of its entry, 26 wide and 14 high.
            "<path d=\"M109 220L135 220L135 234L109 234z\" fill=\"#009E73\"",
            "<text x=\"144\" y=\"229.8\" font-size=\"8\" fill=\"#222222\">professional</text>",
        ] {
            assert!(svg.contains(piece), "{piece}\n{svg}");
        }
        let mut none = Canvas::default();
        Legend::of(&map(&[], &[]), 500.0, &Words::of(Lang::En)).draw(&mut none, [0.0, 0.0]);
        assert_eq!(none.finish(), "");
    }
}
