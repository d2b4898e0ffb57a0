//! How people and things are drawn: a shape and a color for each part.
//!
//! The colors are those of Okabe and Ito, which people who cannot tell red from green can tell
//! apart. No meaning hangs on color alone: parts differ in shape too.

use crate::finding::{MapNode, Part};

/// The outline of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::output) enum Shape {
    Octagon,
    Hexagon,
    Parallelogram,
    Ellipse,
    /// An ellipse with a dashed outline.
    DashedEllipse,
    /// A square roof turned upside down.
    InvertedHouse,
    Box,
    RoundedBox,
    Folder,
    /// A box with two tabs at its left.
    Component,
    Diamond,
    House,
}

/// How a person or a thing is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::output) struct Sign {
    pub(in crate::output) shape: Shape,
    /// The color that tells the part, as `#RRGGBB`.
    pub(in crate::output) fill: &'static str,
    /// The class in SVG; `part-` before it is the key of the word.
    pub(in crate::output) class: &'static str,
}

/// The color of what is written on a sign.
pub(in crate::output) const INK: &str = "#000000";

/// The colors of groups, the largest first: the light ones of Paul Tol, on which black can be read and which most eyes tell apart.
const HUES: [&str; 8] =
    ["#77AADD", "#EE8866", "#EEDD88", "#FFAABB", "#99DDFF", "#44BB99", "#BBCC33", "#AAAA00"];

/// The color of all other groups.
const OTHER_HUE: &str = "#DDDDDD";

/// The color of nobody: of signs whose shape alone means something.
pub(in crate::output) const BLANK: &str = "#FFFFFF";

/// The color of the group at that place.
fn hue(place: usize) -> &'static str {
    HUES.get(place).copied().unwrap_or(OTHER_HUE)
}

/// The sign of a part.
pub(in crate::output) fn sign(part: Part) -> Sign {
    let (shape, fill, class) = match part {
        Part::Recruiter => (Shape::Octagon, "#D55E00", "recruiter"),
        Part::Offender => (Shape::Hexagon, "#CC79A7", "offender"),
        Part::Facilitator => (Shape::Parallelogram, "#56B4E9", "facilitator"),
        // White with a plain outline: never a color of suspicion.
        Part::Victim => (Shape::Ellipse, BLANK, "victim"),
        Part::Client => (Shape::InvertedHouse, "#E69F00", "client"),
        Part::Professional => (Shape::Box, "#009E73", "professional"),
        Part::Bystander => (Shape::RoundedBox, "#E8E8E8", "bystander"),
        Part::Unknown => (Shape::DashedEllipse, "#BBBBBB", "unknown"),
        Part::CaseFile => (Shape::Folder, "#F0E442", "case-file"),
        Part::Channel => (Shape::Component, "#9FC8E8", "channel"),
        Part::Place => (Shape::Diamond, "#B6DFCF", "place"),
        Part::Identifier => (Shape::House, "#D9D2C5", "identifier"),
    };
    Sign { shape, fill, class }
}

/// The color of a sign: of its part, or of its group where colors tell groups. A victim has none, whatever the map says.
pub(in crate::output) fn fill(node: &MapNode) -> &'static str {
    let of_group = node.hue.filter(|_| node.part != Part::Victim).map(hue);
    of_group.unwrap_or(sign(node.part).fill)
}

/// How large a sign is: 0, 1 or 2. A victim is never drawn larger than others.
pub(in crate::output) fn size(node: &MapNode) -> u8 {
    if node.part == Part::Victim { 0 } else { node.size.min(2) }
}

/// The rank; a victim has none, whatever the map says.
pub(in crate::output) fn rank(node: &MapNode) -> Option<(usize, f64)> {
    node.recurrence.filter(|_| node.part != Part::Victim)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_part_has_its_own_shape_and_class() {
        let shapes: BTreeSet<String> =
            Part::ALL.iter().map(|&part| format!("{:?}", sign(part).shape)).collect();
        let classes: BTreeSet<&str> = Part::ALL.iter().map(|&part| sign(part).class).collect();
        assert_eq!((shapes.len(), classes.len()), (Part::ALL.len(), Part::ALL.len()));
    }

    #[test]
    fn colors_tell_groups_where_there_are_any_and_a_victim_is_white() {
        let color = |part, hue| fill(&MapNode { hue, ..MapNode::new("E1".into(), part) });
        assert_eq!(color(Part::Client, None), "#E69F00");
        assert_eq!(color(Part::Client, Some(0)), "#77AADD");
        assert_eq!(color(Part::Client, Some(7)), "#AAAA00");
        // All further groups have one color.
        assert_eq!([8, usize::MAX].map(|hue| color(Part::Client, Some(hue))), ["#DDDDDD"; 2]);
        assert_eq!([None, Some(0)].map(|hue| color(Part::Victim, hue)), ["#FFFFFF"; 2]);
    }

    #[test]
    fn signs_have_three_sizes_and_a_victim_the_smallest_and_no_rank() {
        let node = |part, size| MapNode {
            size,
            recurrence: Some((3, 0.5)),
            ..MapNode::new("E1".into(), part)
        };
        assert_eq!([0, 1, 2, 3, 255].map(|own| size(&node(Part::Client, own))), [0, 1, 2, 2, 2]);
        assert_eq!(size(&node(Part::Victim, 2)), 0);
        assert_eq!(rank(&node(Part::Client, 0)), Some((3, 0.5)));
        assert_eq!(rank(&node(Part::Victim, 0)), None);
    }
}
