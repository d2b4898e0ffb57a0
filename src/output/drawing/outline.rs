//! The outlines of signs as geometry: where they run, what is within them, and how much text they hold.
//!
//! An outline is told about its middle, from −1 to 1 in both directions, y downwards.

use super::sign::Shape;

/// A place about the middle of a sign, in halves of its width and height.
pub(in crate::output) type Spot = [f64; 2];

/// The corners of an outline; none for an ellipse.
pub(in crate::output) fn corners(shape: Shape) -> &'static [Spot] {
    match shape {
        Shape::Octagon => &[
            [-0.45, -1.0],
            [0.45, -1.0],
            [1.0, -0.45],
            [1.0, 0.45],
            [0.45, 1.0],
            [-0.45, 1.0],
            [-1.0, 0.45],
            [-1.0, -0.45],
        ],
        Shape::Hexagon => {
            &[[-0.65, -1.0], [0.65, -1.0], [1.0, 0.0], [0.65, 1.0], [-0.65, 1.0], [-1.0, 0.0]]
        }
        Shape::Parallelogram => &[[-0.7, -1.0], [1.0, -1.0], [0.7, 1.0], [-1.0, 1.0]],
        Shape::Ellipse | Shape::DashedEllipse => &[],
        Shape::InvertedHouse => &[[-1.0, -1.0], [1.0, -1.0], [1.0, 0.35], [0.0, 1.0], [-1.0, 0.35]],
        Shape::Box | Shape::RoundedBox | Shape::Component => {
            &[[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]
        }
        Shape::Folder => {
            &[[-1.0, -1.0], [-0.1, -1.0], [0.1, -0.75], [1.0, -0.75], [1.0, 1.0], [-1.0, 1.0]]
        }
        Shape::Diamond => &[[0.0, -1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]],
        Shape::House => &[[0.0, -1.0], [1.0, -0.35], [1.0, 1.0], [-1.0, 1.0], [-1.0, -0.35]],
    }
}

/// Whether a place is within the outline. Every outline but that of a folder is convex, and a folder's is taken without the notch beside its tab.
pub(in crate::output) fn holds(shape: Shape, [x, y]: Spot) -> bool {
    let corners = corners(shape);
    if corners.is_empty() {
        return x * x + y * y <= 1.0;
    }
    if shape == Shape::Folder {
        return x.abs() <= 1.0 && y <= 1.0 && y >= if x < 0.0 { -1.0 } else { -0.75 };
    }
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).all(|(a, b)| (b[0] - a[0]) * (y - a[1]) >= (b[1] - a[1]) * (x - a[0]))
}

/// How far under its middle a sign has its text, in halves of its height.
pub(in crate::output) fn text_middle(shape: Shape) -> f64 {
    match shape {
        Shape::InvertedHouse => -0.25,
        Shape::House => 0.25,
        Shape::Folder => 0.12,
        _ => 0.0,
    }
}

/// How much of its height a sign gives to its text.
fn share_of_height(shape: Shape) -> f64 {
    match shape {
        Shape::Diamond => 0.45,
        Shape::Octagon | Shape::Ellipse | Shape::DashedEllipse => 0.62,
        Shape::InvertedHouse | Shape::House => 0.6,
        Shape::Hexagon | Shape::Folder => 0.72,
        Shape::Parallelogram | Shape::Component | Shape::Box | Shape::RoundedBox => 0.8,
    }
}

/// How much of its width a sign gives to text of that share of its height.
fn share_of_width(shape: Shape, height: f64) -> f64 {
    match shape {
        Shape::Diamond => 1.0 - height,
        Shape::Octagon => (1.45 - height).min(1.0),
        Shape::Hexagon => 1.0 - 0.35 * height,
        Shape::Parallelogram => 0.85 - 0.15 * height,
        Shape::Ellipse | Shape::DashedEllipse => libm::sqrt((1.0 - height * height).max(0.0)),
        Shape::Component => 0.8,
        Shape::InvertedHouse | Shape::House | Shape::Box | Shape::RoundedBox | Shape::Folder => 1.0,
    }
}

/// Half the width and height of a sign that is at least `least` and holds text of half that width and height.
pub(in crate::output) fn around(shape: Shape, text: [f64; 2], least: [f64; 2]) -> [f64; 2] {
    let height = least[1].max(text[1] / share_of_height(shape));
    let width = least[0].max(text[0] / share_of_width(shape, text[1] / height));
    [width, height]
}

/// Whether a sign of half that width and height holds text of half that width and height.
pub(in crate::output) fn fits(shape: Shape, extent: [f64; 2], text: [f64; 2]) -> bool {
    const ROUNDING: f64 = 1e-9;
    let height = text[1] / extent[1];
    height <= share_of_height(shape) + ROUNDING
        && text[0] <= extent[0] * share_of_width(shape, height) + ROUNDING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Part;
    use crate::output::drawing::sign::sign;

    #[test]
    fn a_sign_made_around_a_text_holds_all_of_it() {
        for shape in Part::ALL.map(|part| sign(part).shape) {
            for text in [[10.0, 6.0], [40.0, 6.0], [60.0, 13.0], [0.0, 0.0]] {
                let [width, height] = around(shape, text, [20.0, 13.0]);
                assert!(fits(shape, [width, height], text), "{shape:?} {text:?}");
                let middle = text_middle(shape);
                for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                    let corner =
                        [x * text[0] / width * 0.999, y * text[1] / height * 0.999 + middle];
                    assert!(holds(shape, corner), "{shape:?} {text:?} {corner:?}");
                }
            }
        }
    }

    #[test]
    fn the_middle_is_within_and_far_away_is_without() {
        for shape in Part::ALL.map(|part| sign(part).shape) {
            assert!(holds(shape, [0.0, 0.0]) && !holds(shape, [1.2, 0.0]), "{shape:?}");
            assert!(!holds(shape, [0.0, -1.2]) && !holds(shape, [1.0, 1.2]), "{shape:?}");
        }
    }

    #[test]
    fn a_sign_is_as_large_as_its_text_takes() {
        // Text of half 30 by 9; the width a shape gives to it hangs on the share of the height that the text takes.
        for (shape, [width, height]) in [
            (Shape::Box, [30.0, 11.25]),
            (Shape::Component, [37.5, 11.25]),
            // .85 less .15 × .8.
            (Shape::Parallelogram, [30.0 / 0.73, 11.25]),
            (Shape::House, [30.0, 15.0]),
            (Shape::Folder, [30.0, 12.5]),
            // 1 less .35 × .72.
            (Shape::Hexagon, [30.0 / 0.748, 12.5]),
            (Shape::Diamond, [30.0 / 0.55, 20.0]),
            // 1.45 less .62.
            (Shape::Octagon, [30.0 / 0.83, 9.0 / 0.62]),
            // √(1 - .62²).
            (Shape::Ellipse, [30.0 / 0.784_601_809, 9.0 / 0.62]),
        ] {
            let [wide, high] = around(shape, [30.0, 9.0], [1.0, 1.0]);
            assert!((wide - width).abs() < 1e-6 && (high - height).abs() < 1e-9, "{shape:?}");
        }
        assert_eq!(around(Shape::Box, [30.0, 9.0], [40.0, 20.0]).to_vec(), [40.0, 20.0]);
        // An octagon that is higher than its text needs gives all of its width.
        let [wide, _] = around(Shape::Octagon, [30.0, 9.0], [1.0, 20.0]);
        assert!((wide - 30.0).abs() < 1e-9, "{wide}");
    }

    #[test]
    fn a_text_that_is_a_little_too_wide_or_high_does_not_fit() {
        for (text, fits_in) in
            [([40.0, 16.0], true), ([40.1, 16.0], false), ([40.0, 16.1], false), ([0.0, 0.0], true)]
        {
            assert_eq!(fits(Shape::Box, [40.0, 20.0], text), fits_in, "{text:?}");
        }
    }

    #[test]
    fn a_place_is_within_up_to_each_side() {
        for (shape, within, without) in [
            (Shape::Box, [0.99, 0.99], [1.01, 0.0]),
            (Shape::Diamond, [0.49, 0.5], [0.51, 0.5]),
            (Shape::Diamond, [-0.49, -0.5], [-0.51, -0.5]),
            (Shape::Hexagon, [0.82, 0.5], [0.84, 0.5]),
            (Shape::Octagon, [0.72, 0.72], [0.73, 0.73]),
            (Shape::Parallelogram, [0.84, 0.0], [0.86, 0.0]),
            (Shape::House, [0.49, -0.67], [0.49, -0.69]),
            (Shape::InvertedHouse, [0.49, 0.67], [0.49, 0.69]),
            (Shape::Folder, [-0.5, -0.99], [0.5, -0.99]),
            (Shape::Folder, [0.5, -0.74], [0.5, -0.76]),
            (Shape::Folder, [0.99, 0.99], [0.0, 1.01]),
            (Shape::Folder, [-0.99, 0.0], [-1.01, 0.0]),
            (Shape::Ellipse, [0.7, 0.7], [0.71, 0.71]),
        ] {
            assert!(holds(shape, within), "{shape:?} {within:?}");
            assert!(!holds(shape, without), "{shape:?} {without:?}");
        }
    }
}
