//! How signs are spelt in DOT.

use graphviz_rust::dot_structures::Attribute;

use super::attribute::{number, word};
use crate::output::drawing::sign::{INK, Shape, Sign};
use crate::output::placement::font;

/// The attributes of a sign that grows with its label; `size` is 0, 1 or 2.
pub(super) fn growing(sign: Sign, size: u8, fill: &'static str) -> Vec<Attribute> {
    let (width, height) = match size {
        0 => (0.55, 0.36),
        1 => (0.7, 0.45),
        _ => (0.9, 0.6),
    };
    let mut attributes = attributes(sign, size, fill);
    attributes.extend([number("width", width), number("height", height)]);
    attributes
}

/// The attributes of a sign, whatever its width and height.
pub(super) fn attributes(sign: Sign, size: u8, fill: &'static str) -> Vec<Attribute> {
    let (shape, style) = spelt(sign.shape);
    vec![
        word("shape", shape),
        word("style", style),
        word("fillcolor", fill),
        word("fontcolor", INK),
        number("fontsize", font(size)),
    ]
}

fn spelt(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Octagon => ("octagon", "filled"),
        Shape::Hexagon => ("hexagon", "filled"),
        Shape::Parallelogram => ("parallelogram", "filled"),
        Shape::Ellipse => ("ellipse", "filled"),
        Shape::DashedEllipse => ("ellipse", "filled,dashed"),
        Shape::InvertedHouse => ("invhouse", "filled"),
        Shape::Box => ("box", "filled"),
        Shape::RoundedBox => ("box", "rounded,filled"),
        Shape::Folder => ("folder", "filled"),
        Shape::Component => ("component", "filled"),
        Shape::Diamond => ("diamond", "filled"),
        Shape::House => ("house", "filled"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Part;
    use crate::output::drawing::sign::sign;

    #[test]
    fn every_sign_is_spelt_as_graphviz_knows_it() {
        for (part, shape, style) in [
            (Part::Recruiter, "octagon", "filled"),
            (Part::Offender, "hexagon", "filled"),
            (Part::Facilitator, "parallelogram", "filled"),
            (Part::Victim, "ellipse", "filled"),
            (Part::Client, "invhouse", "filled"),
            (Part::Professional, "box", "filled"),
            (Part::Bystander, "box", "rounded,filled"),
            (Part::Unknown, "ellipse", "filled,dashed"),
            (Part::CaseFile, "folder", "filled"),
            (Part::Channel, "component", "filled"),
            (Part::Place, "diamond", "filled"),
            (Part::Identifier, "house", "filled"),
        ] {
            assert_eq!(spelt(sign(part).shape), (shape, style), "{part:?}");
        }
    }
}
