//! What a chart declares before its items: strengths, grades, attributes and types.

use std::collections::BTreeSet;
use std::io;

use super::grades::Grades;
use crate::finding::{Part, TieKind};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::sign::sign;
use crate::output::exchange::chart::Chart;
use crate::output::exchange::columns::{EDGE, Kind, NODE};
use crate::output::exchange::xml::Xml;
use crate::untrusted::Untrusted;

/// All there are, in the order in which they are declared.
const STRENGTHS: [Sureness; 3] = [Sureness::Confirmed, Sureness::Probable, Sureness::Unconfirmed];

/// What has a place of its own in the format and is no attribute.
const APART: [&str; 6] = ["label", "part", "kind", "x", "y", "rows"];

/// The attributes of items and their types, each name once.
pub(super) fn attributes() -> impl Iterator<Item = (&'static str, Kind)> {
    let nodes = NODE.iter().map(|column| (column.name, column.kind));
    let edges = EDGE.iter().map(|column| (column.name, column.kind));
    let own = edges.filter(|(name, _)| NODE.iter().all(|column| column.name != *name));
    nodes.chain(own).filter(|(name, _)| is_attribute(name))
}

/// Whether a column becomes an attribute.
pub(super) fn is_attribute(name: &str) -> bool {
    !APART.contains(&name)
}

/// The reference of an attribute.
pub(super) fn attribute_id(name: &str) -> String {
    format!("attribute_{name}")
}

/// The reference of a type of entity.
pub(super) fn part_id(part: Part) -> String {
    format!("entity_{}", part.code())
}

/// The reference of a type of link; a role and a link may have one code.
pub(super) fn kind_id(kind: TieKind) -> String {
    let of = match kind {
        TieKind::Link(_) => "link",
        TieKind::Role(_) => "role",
        TieKind::Use(_) | TieKind::Place | TieKind::Identifier => "use",
    };
    format!("{of}_{}", kind.code())
}

/// What a step of certainty is called on the chart.
pub(super) fn strength(step: Sureness) -> &'static str {
    match step {
        Sureness::Confirmed => "Confirmed",
        Sureness::Probable => "Probable",
        Sureness::Unconfirmed => "Unconfirmed",
    }
}

/// `#RRGGBB` as the number that Windows has for it: blue first.
pub(super) fn color(color: &str) -> u32 {
    let number = color.get(1..).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    (number & 0xff) << 16 | (number & 0xff00) | number >> 16
}

pub(super) fn write(xml: &mut Xml<'_>, chart: &Chart<'_>, grades: &Grades) -> io::Result<()> {
    let version = xml.tag("ApplicationVersion")?.with("Major", 9)?.with("Minor", 0)?;
    version.with("Point", 0)?.with("Build", 0)?.empty()?;
    xml.open("StrengthCollection")?;
    for step in STRENGTHS {
        let dots = match step {
            Sureness::Confirmed => "DotStyleSolid",
            Sureness::Probable => "DotStyleDashed",
            Sureness::Unconfirmed => "DotStyleDotted",
        };
        let name = strength(step);
        let tag = xml.tag("Strength")?.with("Id", format_args!("strength_{}", step.class()))?;
        tag.with("Name", name)?.with("DotStyle", dots)?.empty()?;
    }
    xml.close()?;
    for (tag, texts) in ["GradeOne", "GradeTwo", "GradeThree"].into_iter().zip(grades.lists()) {
        xml.open(tag)?;
        xml.open("StringCollection")?;
        for (place, text) in texts.iter().enumerate() {
            xml.tag("String")?
                .with("Id", format_args!("{tag}_{place}"))?
                .with("Text", text)?
                .empty()?;
        }
        xml.close()?;
        xml.close()?;
    }
    attribute_classes(xml)?;
    types(xml, chart)?;
    summary(xml, chart)
}

fn attribute_classes(xml: &mut Xml<'_>) -> io::Result<()> {
    xml.open("AttributeClassCollection")?;
    for (name, kind) in attributes() {
        let kind = match kind {
            Kind::Text | Kind::List => "AttText",
            Kind::Long | Kind::Double => "AttNumber",
            Kind::Boolean => "AttFlag",
            Kind::Date => "AttTime",
        };
        let tag = xml.tag("AttributeClass")?.with("Id", attribute_id(name))?.with("Name", name)?;
        let tag = tag.with("Type", kind)?.with("IsUser", true)?.with("UserCanAdd", true)?;
        // Kept with the item and not drawn beside it: a chart of ten lines of text a person cannot be read.
        tag.with("UserCanRemove", true)?
            .with("ShowValue", false)?
            .with("Visible", false)?
            .empty()?;
    }
    xml.close()
}

/// The types that are on the map.
fn types(xml: &mut Xml<'_>, chart: &Chart<'_>) -> io::Result<()> {
    let parts: BTreeSet<Part> = chart.nodes().map(|(_, node)| node.part).collect();
    xml.open("EntityTypeCollection")?;
    for part in parts {
        let tag = xml.tag("EntityType")?.with("Id", part_id(part))?.with("Name", part.code())?;
        let tag =
            tag.with("PreferredRepresentation", "RepresentAsIcon")?.with("IconFile", icon(part))?;
        tag.with("IconShadingColour", color(sign(part).fill))?.empty()?;
    }
    xml.close()?;
    let kinds: BTreeSet<TieKind> = chart.edges().map(|(_, edge)| edge.kind).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    xml.open("LinkTypeCollection")?;
    for kind in kinds {
        let name = match kind {
            TieKind::Role(role) => format!("role {}", role.code()),
            _ => kind.code().to_owned(),
        };
        let tag = xml.tag("LinkType")?.with("Id", kind_id(kind))?.with("Name", name)?;
        tag.with("Colour", color(Tie::of(kind).color()))?.empty()?;
    }
    xml.close()
}

/// An icon that Analyst's Notebook has.
fn icon(part: Part) -> &'static str {
    match part {
        Part::CaseFile => "document",
        Part::Channel => "internet",
        Part::Place => "house",
        Part::Identifier => "phone",
        Part::Unknown => "anon",
        _ => "adult",
    }
}

fn summary(xml: &mut Xml<'_>, chart: &Chart<'_>) -> io::Result<()> {
    let (title, notes) = chart.told();
    xml.open("Summary")?;
    xml.open("FieldCollection")?;
    let fields =
        [("SummaryFieldTitle", title), ("SummaryFieldComments", Untrusted::joined(notes, " "))];
    for (name, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
        xml.tag("Field")?.with("Type", name)?.with("Field", &text)?.empty()?;
    }
    xml.close()?;
    // No date of making: the same map gives the same bytes.
    xml.tag("Origin")?.with("EditTime", 0)?.with("RevisionNumber", 1)?.empty()?;
    xml.close()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_blue_first() {
        assert_eq!(color("#D55E00"), 0x5ED5);
        assert_eq!(color("#000001"), 0x01_0000);
    }
}
