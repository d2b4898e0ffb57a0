//! The signs of a map and their labels.

use super::canvas::{Attributes, Canvas, Type, with};
use super::path::{Point, outline};
use crate::finding::Map;
use crate::output::drawing::sign::{INK, Shape, fill, sign};
use crate::output::drawing::telling;
use crate::output::drawing::text::LINE;
use crate::output::placement::{Label, Placed};
use crate::output::words::Words;

/// Draws an outline filled with a color.
pub(super) fn shape(
    canvas: &mut Canvas,
    shape: Shape,
    middle: Point,
    extent: Point,
    fill: &'static str,
) {
    let mut path = with("d", outline(shape, middle, extent))
        .with("fill", fill)
        .with("stroke", INK)
        .number("stroke-width", 1.0);
    if shape == Shape::DashedEllipse {
        path = path.with("stroke-dasharray", "4 3");
    }
    canvas.leaf("path", path);
}

/// Draws all signs in the map's order, each with its label and what there is to say of it.
pub(super) fn draw(
    canvas: &mut Canvas,
    map: &Map,
    placed: &Placed,
    labels: &[Option<Label>],
    words: &Words,
) {
    for (place, node) in map.nodes.iter().enumerate() {
        let (Some(&at), Some(&extent)) = (placed.at.get(place), placed.extents.get(place)) else {
            continue;
        };
        let sign = sign(node.part);
        canvas.open("g", with("id", format!("n{place}")).with("class", sign.class));
        canvas.said("title", Attributes::default(), telling::about_node(node, words));
        shape(canvas, sign.shape, at, extent, fill(node));
        if let Some(label) = labels.get(place).and_then(Option::as_ref) {
            write(canvas, label);
        }
        canvas.close();
    }
}

fn write(canvas: &mut Canvas, label: &Label) {
    let step = label.size * LINE;
    let first = label.middle[1] - (label.lines.len() as f64 - 1.0) / 2.0 * step;
    for (place, line) in label.lines.iter().enumerate() {
        let baseline = first + place as f64 * step + 0.35 * label.size;
        let look = Type { color: INK, middle: true, rim: !label.inside, ..Type::of(label.size) };
        canvas.line(line, [label.middle[0], baseline], look);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(lines: &[&str], inside: bool) -> Vec<String> {
        let mut canvas = Canvas::default();
        let lines = lines.iter().map(|&line| line.into()).collect();
        write(&mut canvas, &Label { lines, middle: [50.0, 40.0], size: 10.0, inside });
        canvas.finish().lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_of_a_label_stand_around_its_middle() {
        let line = |y: &str, text: &str| {
            format!(
                "<text x=\"50\" y=\"{y}\" font-size=\"10\" fill=\"#000000\" text-anchor=\"middle\">{text}</text>"
            )
        };
        assert_eq!(written(&["a"], true), [line("43.5", "a")]);
        // Twelve from line to line.
        assert_eq!(written(&["a", "b"], true), [line("37.5", "a"), line("49.5", "b")]);
    }

    #[test]
    fn a_label_outside_of_its_sign_has_a_white_rim() {
        let rim = "paint-order=\"stroke\" stroke=\"#FFFFFF\" stroke-width=\"2.5\"";
        assert!(written(&["a"], false)[0].contains(rim));
        assert!(!written(&["a"], true)[0].contains(rim));
    }

    #[test]
    fn only_of_whom_nothing_is_known_the_outline_is_dashed() {
        for (of, dashed) in [(Shape::DashedEllipse, true), (Shape::Ellipse, false)] {
            let mut canvas = Canvas::default();
            shape(&mut canvas, of, [50.0, 40.0], [20.0, 10.0], "#FFFFFF");
            let svg = canvas.finish();
            assert_eq!(svg.contains("stroke-dasharray=\"4 3\""), dashed, "{svg}");
        }
    }
}
