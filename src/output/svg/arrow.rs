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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stops_before_its_tip_by_what_its_end_covers() {
        // An end is 8.5 long on a line that is 2 wide.
        let heads = [Head::None, Head::Open, Head::Vee, Head::Arrow, Head::Diamond, Head::Box];
        for (head, want) in heads.into_iter().zip([0.0, 1.6, 5.525, 8.075, 8.075, 8.075]) {
            assert!((cut(head, 2.0) - want).abs() < 1e-9, "{head:?}");
        }
    }

    fn drawn(head: Head, ends: [Point; 2], width: f64) -> String {
        let mut canvas = Canvas::default();
        draw(&mut canvas, head, ends, width, "#000000");
        canvas.finish()
    }

    #[test]
    fn an_end_points_where_its_line_goes() {
        // Seven long on a line that is 1 wide, and 5.88 wide.
        let right = drawn(Head::Arrow, [[0.0, 10.0], [100.0, 10.0]], 1.0);
        assert_eq!(right, "<path d=\"M100 10L93 12.94L93 7.06z\" fill=\"#000000\"/>\n");
        let up = drawn(Head::Arrow, [[10.0, 100.0], [10.0, 0.0]], 1.0);
        assert_eq!(up, "<path d=\"M10 0L12.94 7L7.06 7z\" fill=\"#000000\"/>\n");
        // Along (3, 4) of length 5: ten long on a line that is 3 wide.
        let slanted = drawn(Head::Diamond, [[0.0, 0.0], [30.0, 40.0]], 3.0);
        assert_eq!(
            slanted,
            "<path d=\"M30 40L23.96 38.28L24 32L30.04 33.72z\" fill=\"#000000\"/>\n"
        );
    }

    #[test]
    fn an_open_end_is_a_line_and_none_is_nothing() {
        let open = drawn(Head::Open, [[0.0, 0.0], [100.0, 0.0]], 1.0);
        assert_eq!(
            open,
            "<path d=\"M93.7 2.94L100 0L93.7 -2.94\" fill=\"none\" stroke=\"#000000\" stroke-width=\"1\"/>\n"
        );
        let thick = drawn(Head::Open, [[0.0, 0.0], [100.0, 0.0]], 3.0);
        assert!(thick.contains("stroke-width=\"1.5\""), "{thick}");
        assert_eq!(drawn(Head::None, [[0.0, 0.0], [100.0, 0.0]], 1.0), "");
    }
}
