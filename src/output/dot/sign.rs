//! How people are drawn: a shape and a color for each part.
//!
//! The colors are those of Okabe and Ito, which people who cannot tell red from green can tell
//! apart. No meaning hangs on color alone: parts differ in shape too.

use graphviz_rust::dot_structures::Attribute;

use super::attribute::{number, word};
use crate::finding::Part;

/// How a person is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// What the legend says.
    pub(super) name: &'static str,
    /// The class in SVG.
    pub(super) class: &'static str,
    shape: &'static str,
    style: &'static str,
    fill: &'static str,
    ink: &'static str,
}

/// The colors of groups, the largest first: the light ones of Paul Tol, on which black can be read and which most eyes tell apart.
const HUES: [&str; 8] =
    ["#77AADD", "#EE8866", "#EEDD88", "#FFAABB", "#99DDFF", "#44BB99", "#BBCC33", "#AAAA00"];

/// The color of all other groups.
const OTHER_HUE: &str = "#DDDDDD";

/// The color of nobody: of signs whose shape alone means something.
pub(super) const BLANK: &str = "#FFFFFF";

/// The color of the group at that place.
pub(super) fn hue(place: usize) -> &'static str {
    HUES.get(place).copied().unwrap_or(OTHER_HUE)
}

/// The signs in the order of [`Part`].
const SIGNS: [(Part, Sign); 9] = {
    const fn sign(
        name: &'static str,
        class: &'static str,
        [shape, style]: [&'static str; 2],
        [fill, ink]: [&'static str; 2],
    ) -> Sign {
        Sign { name, class, shape, style, fill, ink }
    }
    const BLACK: &str = "#000000";
    [
        (
            Part::Recruiter,
            sign("recruiter", "recruiter", ["octagon", "filled"], ["#D55E00", BLACK]),
        ),
        (Part::Offender, sign("offender", "offender", ["hexagon", "filled"], ["#CC79A7", BLACK])),
        (
            Part::Facilitator,
            sign("facilitator", "facilitator", ["parallelogram", "filled"], ["#56B4E9", BLACK]),
        ),
        // White with a plain outline: never a color of suspicion.
        (Part::Victim, sign("victim", "victim", ["ellipse", "filled"], ["#FFFFFF", BLACK])),
        (Part::Client, sign("client", "client", ["invhouse", "filled"], ["#E69F00", BLACK])),
        (
            Part::Professional,
            sign("professional", "professional", ["box", "filled"], ["#009E73", BLACK]),
        ),
        (
            Part::Bystander,
            sign("bystander", "bystander", ["box", "rounded,filled"], ["#E8E8E8", BLACK]),
        ),
        (
            Part::Unknown,
            sign("unknown", "unknown", ["ellipse", "filled,dashed"], ["#BBBBBB", BLACK]),
        ),
        (Part::CaseFile, sign("case file", "case-file", ["folder", "filled"], ["#F0E442", BLACK])),
    ]
};

/// The sign of a part.
pub(super) fn sign(part: Part) -> &'static Sign {
    &SIGNS[part as usize].1
}

impl Sign {
    /// The attributes of the shape; `size` is 0, 1 or 2, and `fill` the color where it does not tell the part.
    pub(super) fn attributes(&self, size: u8, fill: Option<&'static str>) -> Vec<Attribute> {
        let fill = fill.unwrap_or(self.fill);
        let (font, width, height) = match size {
            0 => (10.0, 0.55, 0.36),
            1 => (12.0, 0.7, 0.45),
            _ => (14.0, 0.9, 0.6),
        };
        vec![
            word("shape", self.shape),
            word("style", self.style),
            word("fillcolor", fill),
            word("fontcolor", self.ink),
            number("fontsize", font),
            number("width", width),
            number("height", height),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_own_sign() {
        for (part, own) in &SIGNS {
            assert_eq!(sign(*part), own);
        }
    }
}
