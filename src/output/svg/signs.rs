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
