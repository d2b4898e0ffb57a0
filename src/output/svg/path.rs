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

#[cfg(test)]
mod tests {
    use super::*;

    fn about(shape: Shape) -> String {
        outline(shape, [50.0, 40.0], [20.0, 10.0])
    }

    #[test]
    fn outlines_run_where_their_signs_end() {
        let ellipse = "M30 40a20 10 0 1 1 40 0a20 10 0 1 1 -40 0z";
        assert_eq!([Shape::Ellipse, Shape::DashedEllipse].map(about), [ellipse; 2]);
        assert_eq!(about(Shape::Box), "M30 30L70 30L70 50L30 50z");
        assert_eq!(about(Shape::Diamond), "M50 30L70 40L50 50L30 40z");
        assert_eq!(about(Shape::House), "M50 30L70 36.5L70 50L30 50L30 36.5z");
    }

    #[test]
    fn the_corners_of_a_rounded_box_are_cut_by_a_share_of_its_shorter_half() {
        assert_eq!(
            about(Shape::RoundedBox),
            "M30 36Q30 30 36 30L64 30Q70 30 70 36L70 44Q70 50 64 50L36 50Q30 50 30 44z"
        );
        let high = outline(Shape::RoundedBox, [50.0, 40.0], [10.0, 20.0]);
        assert!(high.starts_with("M40 26Q40 20 46 20"), "{high}");
    }

    #[test]
    fn a_component_has_two_tabs_at_its_left() {
        assert_eq!(
            about(Shape::Component),
            "M30 30L70 30L70 50L30 50z\
             M27 33.5L33 33.5L33 37.5L27 37.5z\
             M27 42.5L33 42.5L33 46.5L27 46.5z"
        );
    }

    #[test]
    fn corners_are_cut_round_and_at_most_to_the_middle_of_a_side() {
        let square = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        assert_eq!(polygon(&square), "M0 0L10 0L10 10L0 10z");
        assert_eq!(
            rounded(&square, 2.0),
            "M0 2Q0 0 2 0L8 0Q10 0 10 2L10 8Q10 10 8 10L2 10Q0 10 0 8z"
        );
        assert_eq!(
            rounded(&square, 20.0),
            "M0 5Q0 0 5 0L5 0Q10 0 10 5L10 5Q10 10 5 10L5 10Q0 10 0 5z"
        );
    }

    /// A curve whose places can be worked out: a quarter of the way is (13, 24), three quarters (13, 8).
    const CURVE: Curve = Curve { from: [16.0, 32.0], towards: [8.0, 16.0], to: [16.0, 0.0] };

    #[test]
    fn a_line_is_bent_to_its_left_by_so_much_at_its_middle() {
        let bent = Curve::bent([0.0, 0.0], [10.0, 0.0], 3.0);
        assert_eq!(bent.towards.to_vec(), [5.0, -6.0]);
        assert_eq!(bent.at(0.5).to_vec(), [5.0, -3.0]);
        // Five long, so that its left is (4, -3) away for each five.
        assert_eq!(Curve::bent([1.0, 2.0], [4.0, 6.0], 5.0).towards.to_vec(), [10.5, -2.0]);
    }

    #[test]
    fn places_and_pieces_of_a_curve() {
        assert_eq!(
            [0.0, 0.25, 0.75, 1.0].map(|share| CURVE.at(share)),
            [[16.0, 32.0], [13.0, 24.0], [13.0, 8.0], [16.0, 0.0]]
        );
        let piece = |from, towards, to| Curve { from, towards, to };
        assert_eq!(CURVE.piece(0.25, 0.75), piece([13.0, 24.0], [11.0, 16.0], [13.0, 8.0]));
        assert_eq!(CURVE.piece(0.0, 0.5), piece([16.0, 32.0], [12.0, 24.0], [12.0, 16.0]));
        assert_eq!(CURVE.piece(0.5, 1.0), piece([12.0, 16.0], [12.0, 8.0], [16.0, 0.0]));
        assert_eq!(CURVE.back(), piece([16.0, 0.0], [8.0, 16.0], [16.0, 32.0]));
    }

    #[test]
    fn the_first_place_outside_is_found_along_the_curve() {
        let line = Curve::bent([0.0, 0.0], [100.0, 0.0], 0.0);
        assert!((line.first(|[x, _]| x > 30.0) - 0.3).abs() < 1e-6);
        assert!((line.first(|_| true)).abs() < 1e-6);
        assert!((line.first(|_| false) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_curve_that_is_straight_is_written_as_a_line() {
        assert_eq!(CURVE.path(), "M16 32Q8 16 16 0");
        assert_eq!(Curve::bent([1.0, 2.0], [4.0, 6.0], 0.0).path(), "M1 2L4 6");
        assert_eq!(Curve::bent([1.0, 2.0], [4.0, 6.0], 0.25).path(), "M1 2Q2.9 3.7 4 6");
    }

    #[test]
    fn a_place_is_within_a_sign_up_to_its_outline() {
        let within = |shape, place| is_within(shape, [50.0, 40.0], [20.0, 10.0], place);
        for (shape, place, want) in [
            (Shape::Box, [70.0, 50.0], true),
            (Shape::Box, [70.1, 40.0], false),
            (Shape::Box, [50.0, 29.9], false),
            (Shape::Ellipse, [70.0, 40.0], true),
            (Shape::Ellipse, [50.0, 30.0], true),
            (Shape::Ellipse, [65.0, 48.0], false),
            (Shape::Diamond, [59.0, 44.0], true),
            (Shape::Diamond, [61.0, 46.0], false),
        ] {
            assert_eq!(within(shape, place), want, "{shape:?} {place:?}");
        }
    }
}
