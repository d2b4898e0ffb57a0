//! Paths: the outlines of signs, and curves between them.

use std::fmt::Write;

use super::escape::number;
use crate::output::drawing::outline::{corners, holds};
use crate::output::drawing::sign::Shape;

/// A place on the drawing.
pub(super) type Point = [f64; 2];

/// The outline of a sign about a middle, for the attribute `d`.
pub(super) fn outline(shape: Shape, middle: Point, extent: Point) -> String {
    let [x, y] = middle;
    let [a, b] = extent;
    match shape {
        Shape::Ellipse | Shape::DashedEllipse => format!(
            "M{} {}a{a1} {b1} 0 1 1 {w} 0a{a1} {b1} 0 1 1 {back} 0z",
            number(x - a),
            number(y),
            a1 = number(a),
            b1 = number(b),
            w = number(2.0 * a),
            back = number(-2.0 * a),
        ),
        Shape::RoundedBox => rounded(&rectangle(middle, extent), a.min(b) * 0.6),
        Shape::Component => {
            let mut path = polygon(&rectangle(middle, extent));
            for side in [-0.45, 0.45] {
                let tab = rectangle([x - a, y + side * b], [a.min(b) * 0.3, b * 0.2]);
                path.push_str(&polygon(&tab));
            }
            path
        }
        _ => {
            let place = |spot: &[f64; 2]| [x + spot[0] * a, y + spot[1] * b];
            polygon(&corners(shape).iter().map(place).collect::<Vec<_>>())
        }
    }
}

fn rectangle([x, y]: Point, [a, b]: Point) -> [Point; 4] {
    [[x - a, y - b], [x + a, y - b], [x + a, y + b], [x - a, y + b]]
}

/// Straight from corner to corner and back.
pub(super) fn polygon(corners: &[Point]) -> String {
    let mut path = String::new();
    for (place, [x, y]) in corners.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if place == 0 { 'M' } else { 'L' }, number(*x), number(*y));
    }
    path.push('z');
    path
}

/// As [`polygon`], with its corners cut round.
pub(super) fn rounded(corners: &[Point], radius: f64) -> String {
    let all = corners.len();
    let mut path = String::new();
    for (place, &corner) in corners.iter().enumerate() {
        let towards = |other: Point| {
            let [dx, dy] = [other[0] - corner[0], other[1] - corner[1]];
            let length = libm::hypot(dx, dy).max(1e-9);
            let step = radius.min(length / 2.0) / length;
            [corner[0] + dx * step, corner[1] + dy * step]
        };
        let begin = towards(corners[(place + all - 1) % all]);
        let end = towards(corners[(place + 1) % all]);
        let _ = write!(
            path,
            "{}{} {}Q{} {} {} {}",
            if place == 0 { 'M' } else { 'L' },
            number(begin[0]),
            number(begin[1]),
            number(corner[0]),
            number(corner[1]),
            number(end[0]),
            number(end[1])
        );
    }
    path.push('z');
    path
}

/// A quadratic curve from one place to another, drawn towards a third.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    pub(super) from: Point,
    pub(super) towards: Point,
    pub(super) to: Point,
}

impl Curve {
    /// A straight line, or one that is bent to its left by so much at its middle.
    pub(super) fn bent(from: Point, to: Point, bend: f64) -> Self {
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let length = libm::hypot(dx, dy).max(1e-9);
        let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
        // The curve goes half as far as the place towards which it is drawn.
        let by = 2.0 * bend / length;
        Self { from, towards: [middle[0] + dy * by, middle[1] - dx * by], to }
    }

    /// The place after a share of the way.
    pub(super) fn at(&self, share: f64) -> Point {
        let rest = 1.0 - share;
        let along = |axis: usize| {
            rest * rest * self.from[axis]
                + 2.0 * rest * share * self.towards[axis]
                + share * share * self.to[axis]
        };
        [along(0), along(1)]
    }

    /// The piece between two shares of the way.
    pub(super) fn piece(&self, begin: f64, end: f64) -> Self {
        let along = |axis: usize| {
            let (p, q, r) = (self.from[axis], self.towards[axis], self.to[axis]);
            // The blossom of the curve at both ends of the piece.
            p * (1.0 - begin) * (1.0 - end)
                + q * (begin * (1.0 - end) + end * (1.0 - begin))
                + r * begin * end
        };
        Self { from: self.at(begin), towards: [along(0), along(1)], to: self.at(end) }
    }

    /// The first share of the way, from `from`, at which `outside` holds; it holds further on, too.
    pub(super) fn first(&self, outside: impl Fn(Point) -> bool) -> f64 {
        let (mut inside, mut out) = (0.0, 1.0);
        for _ in 0..24 {
            let middle = f64::midpoint(inside, out);
            if outside(self.at(middle)) { out = middle } else { inside = middle }
        }
        out
    }

    /// The other way round.
    pub(super) fn back(&self) -> Self {
        Self { from: self.to, towards: self.towards, to: self.from }
    }

    /// For the attribute `d`.
    pub(super) fn path(&self) -> String {
        let Self { from, towards, to } = self;
        let straight = libm::fabs(
            (to[0] - from[0]) * (towards[1] - from[1]) - (to[1] - from[1]) * (towards[0] - from[0]),
        ) < 1e-6;
        let begin = format!("M{} {}", number(from[0]), number(from[1]));
        let end = format!("{} {}", number(to[0]), number(to[1]));
        if straight {
            return format!("{begin}L{end}");
        }
        format!("{begin}Q{} {} {end}", number(towards[0]), number(towards[1]))
    }
}

/// Whether a place is within a sign.
pub(super) fn is_within(shape: Shape, middle: Point, extent: Point, place: Point) -> bool {
    let about = |axis: usize| (place[axis] - middle[axis]) / extent[axis].max(1e-9);
    holds(shape, [about(0), about(1)])
}
