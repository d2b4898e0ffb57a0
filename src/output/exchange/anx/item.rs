//! Entities and links, each with a card for every row that says so.

use std::io;

use super::grades::Grades;
use super::head::{attribute_id, color, is_attribute, kind_id, part_id, strength};
use crate::case::{Day, When};
use crate::finding::{Evidence, MapEdge, MapNode};
use crate::output::drawing::line::{Head, Sureness, Tie};
use crate::output::drawing::sign::fill;
use crate::output::exchange::chart::Chart;
use crate::output::exchange::columns::{Column, EDGE, NODE, Value, is_directed};
use crate::output::exchange::xml::{Tag, Xml};
use crate::untrusted::Untrusted;

/// How far apart links between the same two are drawn.
const APART: usize = 18;

pub(super) fn entity(
    xml: &mut Xml<'_>,
    chart: &Chart<'_>,
    grades: &Grades,
    place: usize,
    node: &MapNode,
) -> io::Result<()> {
    let [x, y] = chart.position(place).unwrap_or_default();
    let [x, y] = [libm::round(x), libm::round(y)];
    let tag =
        xml.tag("ChartItem")?.with("Id", format_args!("n{place}"))?.with("Label", &node.label)?;
    let tag = said(tag, chart.span(place), &node.evidence, grades)?;
    tag.with("XPosition", x)?.open()?;
    xml.tag("End")?.with("X", x)?.with("Y", y)?.with("Z", 0)?.open()?;
    let id = chart.id(place);
    xml.tag("Entity")?
        .with("EntityId", place + 1)?
        .with("Identity", id)?
        .with("LabelIsIdentity", *id == node.label)?
        .open()?;
    xml.open("Icon")?;
    xml.tag("IconStyle")?
        .with("Type", node.part.code())?
        .with("EntityTypeReference", part_id(node.part))?
        .with("IconShadingColour", color(fill(node)))?
        .empty()?;
    xml.close()?;
    cards(xml, &node.evidence, grades)?;
    xml.close()?;
    xml.close()?;
    attributes(xml, chart, &NODE, place, &chart.map.nodes[place])?;
    xml.close()
}

pub(super) fn link(
    xml: &mut Xml<'_>,
    chart: &Chart<'_>,
    grades: &Grades,
    place: usize,
    edge: &MapEdge,
    beside: usize,
) -> io::Result<()> {
    let count = if edge.count > 1.0 { format!(" ({})", edge.count) } else { String::new() };
    let label = format!("{}{count}", edge.kind.code().replace('_', " "));
    let tag = xml.tag("ChartItem")?.with("Id", format_args!("e{place}"))?.with("Label", label)?;
    said(tag, edge.when, &edge.evidence, grades)?.open()?;
    xml.tag("Link")?
        .with("End1Id", edge.from + 1)?
        .with("End2Id", edge.to + 1)?
        .maybe("Offset", (beside > 0).then_some(beside * APART))?
        .open()?;
    cards(xml, &edge.evidence, grades)?;
    let tie = Tie::of(edge.kind);
    let arrow = is_directed(edge.kind) && tie.head() != Head::None;
    xml.tag("LinkStyle")?
        .with("Strength", strength(Sureness::of(edge.certainty)))?
        .maybe("ArrowStyle", arrow.then_some("ArrowOnHead"))?
        .with("LineWidth", libm::round(tie.width(edge.count)))?
        .with("LineColour", color(tie.color()))?
        .with("Type", edge.kind.code())?
        .with("LinkTypeReference", kind_id(edge.kind))?
        .empty()?;
    xml.close()?;
    attributes(xml, chart, &EDGE, place, &chart.map.edges[place])?;
    xml.close()
}

/// When, by which row and of which grade: those of the row that is surest, the first of such.
fn said<'x, 'w>(
    tag: Tag<'x, 'w>,
    when: When,
    evidence: &[Evidence],
    grades: &Grades,
) -> io::Result<Tag<'x, 'w>> {
    let surest =
        evidence.iter().reduce(|best, row| if row.certainty > best.certainty { row } else { best });
    let places = grades.places(surest);
    let tag = dated(tag, when)?.maybe("SourceReference", surest.map(|row| &row.row))?;
    graded(tag, places)
}

fn graded<'x, 'w>(tag: Tag<'x, 'w>, [one, two, three]: [usize; 3]) -> io::Result<Tag<'x, 'w>> {
    tag.with("GradeOneIndex", one)?.with("GradeTwoIndex", two)?.with("GradeThreeIndex", three)
}

/// The first day, at its start, as the format has moments only; the whole interval in words beside it.
fn dated<'x, 'w>(tag: Tag<'x, 'w>, when: When) -> io::Result<Tag<'x, 'w>> {
    let day = when.earliest().or(when.latest()).filter(|day| day.year_and_month().is_some());
    let several = when.is_known() && when.earliest() != when.latest();
    tag.maybe("DateSet", day.map(|_| true))?
        .maybe("DateTime", day.map(|day| format!("{}.000", moment(day))))?
        .maybe("DateTimeDescription", several.then_some(when))
}

fn moment(day: Day) -> String {
    format!("{day}T00:00:00")
}

fn cards(xml: &mut Xml<'_>, evidence: &[Evidence], grades: &Grades) -> io::Result<()> {
    if evidence.is_empty() {
        return Ok(());
    }
    xml.open("CardCollection")?;
    for row in evidence {
        let tag = dated(xml.tag("Card")?.with("Summary", &row.row)?, row.when)?;
        graded(tag, grades.places(Some(row)))?
            .with("SourceReference", &row.row)?
            .with("Text", &said_of(row))?
            .empty()?;
    }
    xml.close()
}

/// `grade B2; certainty 0.80; case file c2`.
fn said_of(row: &Evidence) -> Untrusted {
    let grade = if row.grade.is_empty() {
        "grade not graded".into()
    } else {
        row.grade.between("grade ", "")
    };
    let certainty = format!("certainty {:.2}", row.certainty).into();
    let file = (!row.case.is_empty()).then(|| row.case.between("case file ", ""));
    Untrusted::joined([grade, certainty].into_iter().chain(file), "; ")
}

fn attributes<'m, T>(
    xml: &mut Xml<'_>,
    chart: &Chart<'m>,
    columns: &[Column<T>],
    place: usize,
    item: &'m T,
) -> io::Result<()> {
    xml.open("AttributeCollection")?;
    for column in columns.iter().filter(|column| is_attribute(column.name)) {
        let value: Value<'_> = (column.of)(chart, place, item);
        let tag = match value {
            Value::Missing => continue,
            Value::Date(day) => attribute(xml, column.name)?.with("Value", moment(day))?,
            value => attribute(xml, column.name)?.with("Value", &*value.told())?,
        };
        tag.empty()?;
    }
    xml.close()
}

fn attribute<'x, 'w>(xml: &'x mut Xml<'w>, name: &str) -> io::Result<Tag<'x, 'w>> {
    let tag = xml.tag("Attribute")?.with("AttributeClass", name)?;
    tag.with("AttributeClassReference", attribute_id(name))
}
