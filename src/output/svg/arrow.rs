//! The ends of lines.

use super::canvas::{Canvas, with};
use super::escape::number;
use super::path::{Point, polygon};
use crate::output::drawing::line::Head;

/// How long the end of a line of that width is.
fn length(width: f64) -> f64 {
    5.5 + 1.5 * width
}

/// How far before its tip a line stops, so that it does not show beneath its end.
pub(super) fn cut(head: Head, width: f64) -> f64 {
    match head {
        Head::None => 0.0,
        Head::Open => 0.8 * width,
        Head::Vee => length(width) * 0.65,
        Head::Arrow | Head::Diamond | Head::Box => length(width) * 0.95,
    }
}

/// Draws the end of a line that comes from `from` to its tip.
pub(super) fn draw(
    canvas: &mut Canvas,
    head: Head,
    [from, tip]: [Point; 2],
    width: f64,
    color: &'static str,
) {
    let length = length(width);
    let [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
    let whole = libm::hypot(dx, dy).max(1e-9);
    let (along, across) = ([dx / whole, dy / whole], [-dy / whole, dx / whole]);
    let half = length * 0.42;
    let spot = |back: f64, aside: f64| {
        let place = |axis: usize| tip[axis] - along[axis] * back + across[axis] * aside;
        [place(0), place(1)]
    };
    let filled = match head {
        Head::None => return,
        Head::Open => {
            let [a, b] = [spot(length * 0.9, half), spot(length * 0.9, -half)];
            let place = |[x, y]: Point| format!("{} {}", number(x), number(y));
            let path = format!("M{}L{}L{}", place(a), place(tip), place(b));
            let open = with("d", path).with("fill", "none").with("stroke", color);
            return canvas.leaf("path", open.number("stroke-width", width.min(1.5)));
        }
        Head::Arrow => polygon(&[tip, spot(length, half), spot(length, -half)]),
        Head::Vee => {
            polygon(&[tip, spot(length, half), spot(length * 0.6, 0.0), spot(length, -half)])
        }
        Head::Diamond => polygon(&[
            tip,
            spot(length / 2.0, half * 0.9),
            spot(length, 0.0),
            spot(length / 2.0, -half * 0.9),
        ]),
        Head::Box => {
            let near = length * 0.1;
            polygon(&[
                spot(near, half * 0.8),
                spot(near, -half * 0.8),
                spot(length, -half * 0.8),
                spot(length, half * 0.8),
            ])
        }
    };
    canvas.leaf("path", with("d", filled).with("fill", color));
}
