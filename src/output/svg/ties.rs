//! The ties of a map: one curve each, those of one pair beside each other.

use std::collections::BTreeMap;

use super::arrow;
use super::canvas::{Attributes, Canvas, Type, with};
use super::escape::number;
use super::path::{Curve, Point, is_within};
use crate::finding::{Map, MapEdge};
use crate::output::drawing::line::{Head, Sureness, Tie};
use crate::output::drawing::sign::sign;
use crate::output::drawing::telling;
use crate::output::drawing::text::{LINE, width};
use crate::output::placement::{Boxes, Placed, Rect};
use crate::output::words::Words;

/// How the line of a step of certainty is broken, for a line of that width; whole where it is certain.
pub(super) fn dashes(step: Sureness, width: f64) -> Option<String> {
    let pattern = step.dashes().iter().map(|[length, more]| number(length + more * width));
    let pattern: Vec<String> = pattern.collect();
    (!pattern.is_empty()).then(|| pattern.join(" "))
}

/// Draws a line of a kind, a certainty and a width along a curve, with its end.
pub(super) fn stroke(canvas: &mut Canvas, curve: Curve, tie: Tie, step: Sureness, width: f64) {
    let short = arrow::cut(tie.head(), width);
    let near = |place: Point| libm::hypot(place[0] - curve.to[0], place[1] - curve.to[1]) > short;
    let end = if short > 0.0 { 1.0 - curve.back().first(near) } else { 1.0 };
    let drawn = curve.piece(0.0, end);
    let mut line = with("d", drawn.path())
        .with("fill", "none")
        .with("stroke", tie.color())
        .number("stroke-width", width);
    if let Some(dashes) = dashes(step, width) {
        line = line.with("stroke-dasharray", dashes);
        if step == Sureness::Unconfirmed {
            line = line.with("stroke-linecap", "round");
        }
    }
    canvas.leaf("path", line);
    if tie.head() != Head::None {
        arrow::draw(canvas, tie.head(), [drawn.to, curve.to], width, tie.color());
    }
}

/// All ties of a map in its order.
#[derive(Debug)]
pub(super) struct Ties<'a> {
    pub(super) map: &'a Map,
    pub(super) placed: &'a Placed,
    pub(super) words: &'a Words,
    /// How much larger than life the narrowest lines must be to be seen on the page.
    pub(super) thicker: f64,
}

impl Ties<'_> {
    /// The curve of each tie from border to border; none for one whose ends are not on the map.
    pub(super) fn curves(&self) -> Vec<Option<Curve>> {
        const BESIDE: f64 = 9.0;
        const WIDEST: f64 = 40.0;
        let mut pairs: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (place, tie) in self.map.edges.iter().enumerate() {
            pairs.entry((tie.from.min(tie.to), tie.from.max(tie.to))).or_default().push(place);
        }
        let mut curves = vec![None; self.map.edges.len()];
        for ties in pairs.values() {
            let between = BESIDE.min(WIDEST / ties.len() as f64);
            for (place, &tie) in ties.iter().enumerate() {
                let aside = (place as f64 - (ties.len() - 1) as f64 / 2.0) * between;
                curves[tie] = self.curve(&self.map.edges[tie], aside, place);
            }
        }
        curves
    }

    fn curve(&self, tie: &MapEdge, aside: f64, place: usize) -> Option<Curve> {
        let sign_of = |place: usize| {
            let node = self.map.nodes.get(place)?;
            Some((
                sign(node.part).shape,
                *self.placed.at.get(place)?,
                *self.placed.extents.get(place)?,
            ))
        };
        let (from, to) = (sign_of(tie.from)?, sign_of(tie.to)?);
        if tie.from == tie.to {
            return Some(around(from.1, from.2, place));
        }
        // Seen from the same end, so that both directions do not bend onto each other.
        let bend = if tie.from < tie.to { aside } else { -aside };
        let whole = Curve::bent(from.1, to.1, bend);
        let begin = whole.first(|at| !is_within(from.0, from.1, from.2, at));
        let end = 1.0 - whole.back().first(|at| !is_within(to.0, to.1, to.2, at));
        Some(if begin < end { whole.piece(begin, end) } else { whole })
    }

    /// Draws all ties, each with what there is to say of it.
    pub(super) fn draw(&self, canvas: &mut Canvas, curves: &[Option<Curve>]) {
        for (place, (tie, curve)) in self.map.edges.iter().zip(curves).enumerate() {
            let Some(curve) = curve else { continue };
            let kind = Tie::of(tie.kind);
            canvas.open("g", with("id", format!("e{place}")).with("class", kind.class()));
            canvas.said(
                "title",
                Attributes::default(),
                telling::about_edge(tie, self.map, self.words),
            );
            let width = kind.width(tie.count) * self.thicker;
            stroke(canvas, *curve, kind, Sureness::of(tie.certainty), width);
            canvas.close();
        }
    }

    /// Writes what each tie is at the first free spot along it; nothing where there is none.
    pub(super) fn label(
        &self,
        canvas: &mut Canvas,
        curves: &[Option<Curve>],
        taken: &mut Boxes,
        size: f64,
    ) {
        const ALONG: [f64; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73];
        for (tie, curve) in self.map.edges.iter().zip(curves) {
            let Some(curve) = curve else { continue };
            let phrase = telling::phrase(tie, self.words);
            let half = [width(&phrase, size) / 2.0, size * LINE / 2.0];
            let spot = ALONG.map(|share| curve.at(share)).into_iter().find(|&middle| {
                let all = Rect { from: [0.0, 0.0], to: self.placed.size };
                let own = Rect::about(middle, half);
                all.holds(&own) && taken.is_free(own)
            });
            let Some([x, y]) = spot else { continue };
            taken.add(Rect::about([x, y], half));
            let look = Type {
                color: Tie::of(tie.kind).color(),
                middle: true,
                rim: true,
                ..Type::of(size)
            };
            canvas.line(&phrase.into(), [x, y + 0.35 * size], look);
        }
    }
}

/// From a sign back to itself, over its right upper corner; the next one wider.
fn around([x, y]: Point, [a, b]: Point, place: usize) -> Curve {
    let reach = 16.0 + 7.0 * place as f64;
    let (from, to) = ([x + a * 0.2, y - b * 0.95], [x + a * 0.95, y - b * 0.1]);
    Curve { from, towards: [x + a + reach, y - b - reach], to }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{LinkKind, When};
    use crate::finding::{MapNode, Part, TieKind};
    use crate::output::words::Lang;

    /// Two boxes of half 10 by 5, 100 from each other, with these ties.
    fn map(ties: &[(usize, usize)]) -> Map {
        let edge = |&(from, to): &(usize, usize)| MapEdge {
            from,
            to,
            kind: TieKind::Link(LinkKind::Accomplice),
            count: 1.0,
            certainty: 1.0,
            when: When::UNRECORDED,
            evidence: Vec::new(),
        };
        Map {
            nodes: ["E1", "E2"].map(|code| MapNode::new(code.into(), Part::Professional)).into(),
            edges: ties.iter().map(edge).collect(),
            ..Map::default()
        }
    }

    fn placed() -> Placed {
        Placed {
            at: vec![[0.0, 20.0], [100.0, 20.0]],
            extents: vec![[10.0, 5.0]; 2],
            size: [100.0, 40.0],
            ..Placed::default()
        }
    }

    fn curves_of(ties: &[(usize, usize)]) -> Vec<Option<Curve>> {
        let (map, placed, words) = (map(ties), placed(), Words::of(Lang::En));
        Ties { map: &map, placed: &placed, words: &words, thicker: 1.0 }.curves()
    }

    /// How far over the straight line each tie is at its middle.
    fn over(ties: &[(usize, usize)]) -> Vec<f64> {
        let curves = curves_of(ties);
        let at = |curve: Option<Curve>| 20.0 - curve.unwrap().at(0.5)[1];
        curves.into_iter().map(at).collect()
    }

    fn assert_near(got: &[f64], want: &[f64]) {
        let near = got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-3);
        assert!(near && got.len() == want.len(), "{got:?} {want:?}");
    }

    #[test]
    fn a_tie_runs_from_border_to_border() {
        let curve = curves_of(&[(0, 1)])[0].unwrap();
        assert_near(&[curve.from, curve.to].concat(), &[10.0, 20.0, 90.0, 20.0]);
        let back = curves_of(&[(1, 0)])[0].unwrap();
        assert_near(&[back.from, back.to].concat(), &[90.0, 20.0, 10.0, 20.0]);
        assert_eq!(curves_of(&[(0, 7), (7, 0)]), [None, None]);
    }

    #[test]
    fn ties_of_one_pair_lie_beside_each_other_whatever_their_direction() {
        assert_near(&over(&[(0, 1)]), &[0.0]);
        assert_near(&over(&[(0, 1), (1, 0)]), &[-4.5, 4.5]);
        assert_near(&over(&[(1, 0), (0, 1), (0, 1)]), &[-9.0, 0.0, 9.0]);
        // Ten have 40 between them all, and 4 from each to the next.
        let many = over(&[(0, 1); 10]);
        assert_near(&[many[0], many[1], many[9]], &[-18.0, -14.0, 18.0]);
    }

    #[test]
    fn a_tie_to_oneself_goes_over_the_right_upper_corner() {
        let first = around([50.0, 40.0], [20.0, 10.0], 0);
        assert_near(
            &[first.from, first.towards, first.to].concat(),
            &[54.0, 30.5, 86.0, 14.0, 69.0, 39.0],
        );
        assert_near(&around([50.0, 40.0], [20.0, 10.0], 2).towards, &[100.0, 0.0]);
        let own = curves_of(&[(0, 0), (0, 0)]);
        assert_eq!(own[1], Some(around([0.0, 20.0], [10.0, 5.0], 1)));
    }

    #[test]
    fn a_line_is_broken_by_its_certainty_and_its_width() {
        let steps = [Sureness::Confirmed, Sureness::Probable, Sureness::Unconfirmed];
        let patterns = steps.map(|step| dashes(step, 2.0));
        assert_eq!(patterns, [None, Some("7 5".into()), Some("0.1 5.2".into())]);
    }

    fn stroked(tie: Tie, step: Sureness) -> String {
        let mut canvas = Canvas::default();
        let line = Curve::bent([0.0, 0.0], [100.0, 0.0], 0.0);
        stroke(&mut canvas, line, tie, step, 1.0);
        canvas.finish()
    }

    #[test]
    fn a_line_without_an_end_runs_to_its_tip_and_another_stops_beneath_its_end() {
        assert_eq!(
            stroked(Tie::Role, Sureness::Confirmed),
            "<path d=\"M0 0L100 0\" fill=\"none\" stroke=\"#555555\" stroke-width=\"1\"/>\n"
        );
        assert_eq!(
            stroked(Tie::Recruiting, Sureness::Confirmed),
            "<path d=\"M0 0L93.35 0\" fill=\"none\" stroke=\"#D55E00\" stroke-width=\"1\"/>\n\
             <path d=\"M100 0L93 2.94L93 -2.94z\" fill=\"#D55E00\"/>\n"
        );
    }

    #[test]
    fn only_a_dotted_line_has_round_dots() {
        let [probable, unconfirmed] =
            [Sureness::Probable, Sureness::Unconfirmed].map(|step| stroked(Tie::Role, step));
        assert!(probable.contains("stroke-dasharray=\"6 4\"/>"), "{probable}");
        let round = "stroke-dasharray=\"0.1 3.6\" stroke-linecap=\"round\"/>";
        assert!(unconfirmed.contains(round), "{unconfirmed}");
    }

    /// Where labels of these ties stand, in letters of that size.
    fn labels(ties: &[(usize, usize)], size: f64) -> Vec<String> {
        let straight = Curve::bent([0.0, 20.0], [100.0, 20.0], 0.0);
        let curves = vec![Some(straight); ties.len()];
        let (map, placed, words) = (map(ties), placed(), Words::of(Lang::En));
        let ties = Ties { map: &map, placed: &placed, words: &words, thicker: 1.0 };
        let mut canvas = Canvas::default();
        ties.label(&mut canvas, &curves, &mut Boxes::new(10.0), size);
        canvas.finish().lines().map(str::to_owned).collect()
    }

    #[test]
    fn what_a_tie_is_stands_at_the_first_free_spot_along_it() {
        let middles: Vec<String> = labels(&[(0, 1); 8], 1.0)
            .iter()
            .map(|text| text.split('"').nth(1).unwrap().to_owned())
            .collect();
        assert_eq!(middles, ["50", "42", "58", "34", "66", "27", "73"]);
        // Half of its width of 40 and more to either side: two have no room.
        let large = labels(&[(0, 1), (0, 1)], 8.0);
        assert_eq!(large.len(), 1);
        let begin =
            "<text x=\"50\" y=\"22.8\" font-size=\"8\" fill=\"#000000\" text-anchor=\"middle\"";
        assert!(large[0].starts_with(begin), "{large:?}");
        assert_eq!(labels(&[(0, 1)], 40.0), [""; 0]);
    }
}
