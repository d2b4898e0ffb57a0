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
    let spot = |[x, y]: Point| {
        let (back, aside) = ((1.0 - x) * length / 2.0, y * length / 2.0);
        let place = |axis: usize| tip[axis] - along[axis] * back + across[axis] * aside;
        [place(0), place(1)]
    };
    let outline: Vec<Point> = head.outline().iter().map(|&corner| spot(corner)).collect();
    if outline.is_empty() {
        return;
    }
    if head.is_hollow() {
        let places: Vec<String> =
            outline.iter().map(|[x, y]| format!("{} {}", number(*x), number(*y))).collect();
        let open = with("d", format!("M{}", places.join("L"))).with("fill", "none");
        let open = open.with("stroke", color).number("stroke-width", width.min(1.5));
        return canvas.leaf("path", open);
    }
    let filled = polygon(&outline);
    canvas.leaf("path", with("d", filled).with("fill", color));
}
