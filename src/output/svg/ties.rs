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
