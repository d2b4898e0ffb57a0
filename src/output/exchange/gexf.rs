//! GEXF (the Gephi format, `gexf.net`), 1.3 or 1.2, with spells: when a node or an edge was there, to the day.
//!
//! All edges are directed, as NetworkX refuses a mixed graph; `directed` says whether a tie is as true the other way round.

use std::io::{self, Write};

use super::chart::Chart;
use super::columns::{Column, EDGE, Kind, NODE, Value};
use super::xml::Xml;
use crate::case::When;
use crate::finding::{MapEdge, MapNode};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::sign::{Shape, fill, sign, size};
use crate::untrusted::Untrusted;

/// The version of GEXF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GexfVersion {
    /// 1.3, where an edge has a kind of its own, so that two nodes can have several. This is the default.
    #[default]
    V1_3,
    /// 1.2, for older programs.
    V1_2,
}

impl GexfVersion {
    fn spelt(self) -> [&'static str; 3] {
        match self {
            Self::V1_3 => ["1.3", "http://gexf.net/1.3", "http://gexf.net/1.3/viz"],
            Self::V1_2 => {
                ["1.2", "http://www.gexf.net/1.2draft", "http://www.gexf.net/1.2draft/viz"]
            }
        }
    }
}

/// What has a place of its own in the format and is no attribute.
const APART: [&str; 5] = ["label", "start", "end", "x", "y"];

pub(super) fn write(
    chart: &Chart<'_>,
    version: GexfVersion,
    out: &mut dyn Write,
) -> io::Result<()> {
    let [number, space, viz] = version.spelt();
    let mut xml = Xml::new(out, "UTF-8")?;
    xml.tag("gexf")?
        .with("xmlns", space)?
        .with("xmlns:viz", viz)?
        .with("version", number)?
        .open()?;
    let (title, notes) = chart.told();
    xml.open("meta")?;
    xml.tag("creator")?.text("kluwen")?;
    let notes = Untrusted::joined(notes, " ");
    xml.tag("description")?.text(&Untrusted::joined([title, notes], ". "))?;
    xml.close()?;
    let is_dated = chart.is_dated();
    xml.tag("graph")?
        .with("defaultedgetype", "directed")?
        .with("idtype", "string")?
        .with("mode", if is_dated { "dynamic" } else { "static" })?
        .maybe("timeformat", is_dated.then_some("date"))?
        .maybe(
            "timerepresentation",
            (is_dated && version == GexfVersion::V1_3).then_some("interval"),
        )?
        .open()?;
    declare(&mut xml, "node", &NODE)?;
    declare(&mut xml, "edge", &EDGE)?;
    xml.open("nodes")?;
    for (place, node) in chart.nodes() {
        self::node(&mut xml, chart, place, node)?;
    }
    xml.close()?;
    xml.open("edges")?;
    for (place, edge) in chart.edges() {
        self::edge(&mut xml, chart, version, place, edge)?;
    }
    xml.close()?;
    xml.close()?;
    xml.close()
}

fn declare<T>(xml: &mut Xml<'_>, class: &str, columns: &[Column<T>]) -> io::Result<()> {
    xml.tag("attributes")?.with("class", class)?.with("mode", "static")?.open()?;
    for column in columns.iter().filter(|column| !APART.contains(&column.name)) {
        let kind = match column.kind {
            Kind::Text | Kind::List | Kind::Date => "string",
            Kind::Long => "long",
            Kind::Double => "double",
            Kind::Boolean => "boolean",
        };
        xml.tag("attribute")?
            .with("id", column.name)?
            .with("title", column.name)?
            .with("type", kind)?
            .empty()?;
    }
    xml.close()
}

fn values<'m, T>(
    xml: &mut Xml<'_>,
    chart: &Chart<'m>,
    columns: &[Column<T>],
    place: usize,
    item: &'m T,
) -> io::Result<()> {
    xml.open("attvalues")?;
    for column in columns.iter().filter(|column| !APART.contains(&column.name)) {
        let value: Value<'_> = (column.of)(chart, place, item);
        if !value.is_missing() {
            xml.tag("attvalue")?
                .with("for", column.name)?
                .with("value", &*value.told())?
                .empty()?;
        }
    }
    xml.close()
}

/// From the first to the last day; an end that nobody wrote down is left open.
fn spells(xml: &mut Xml<'_>, when: When) -> io::Result<()> {
    let day = |day: Option<crate::case::Day>| day.filter(|day| day.year_and_month().is_some());
    let (start, end) = (day(when.earliest()), day(when.latest()));
    if start.is_none() && end.is_none() {
        return Ok(());
    }
    xml.open("spells")?;
    xml.tag("spell")?.maybe("start", start)?.maybe("end", end)?.empty()?;
    xml.close()
}

/// Three numbers from 0 to 255 of `#RRGGBB`.
fn color(xml: &mut Xml<'_>, color: &str) -> io::Result<()> {
    let part = |at: usize| {
        color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0)
    };
    xml.tag("viz:color")?.with("r", part(1))?.with("g", part(3))?.with("b", part(5))?.empty()
}

fn node(xml: &mut Xml<'_>, chart: &Chart<'_>, place: usize, node: &MapNode) -> io::Result<()> {
    xml.tag("node")?.with("id", chart.id(place))?.with("label", &node.label)?.open()?;
    values(xml, chart, &NODE, place, &chart.map.nodes[place])?;
    spells(xml, chart.span(place))?;
    color(xml, fill(node))?;
    if let Some([x, y]) = chart.position(place) {
        // Up is more in Gephi, and down is more in ours.
        xml.tag("viz:position")?.with("x", x)?.with("y", -y)?.with("z", 0)?.empty()?;
    }
    xml.tag("viz:size")?.with("value", [10, 14, 20][usize::from(size(node))])?.empty()?;
    let shape = match sign(node.part).shape {
        Shape::Ellipse | Shape::DashedEllipse => "disc",
        Shape::Octagon | Shape::InvertedHouse | Shape::House => "triangle",
        Shape::Hexagon | Shape::Parallelogram | Shape::Diamond => "diamond",
        Shape::Box | Shape::RoundedBox | Shape::Folder | Shape::Component => "square",
    };
    xml.tag("viz:shape")?.with("value", shape)?.empty()?;
    xml.close()
}

fn edge(
    xml: &mut Xml<'_>,
    chart: &Chart<'_>,
    version: GexfVersion,
    place: usize,
    edge: &MapEdge,
) -> io::Result<()> {
    let tie = Tie::of(edge.kind);
    xml.tag("edge")?
        .with("id", format_args!("e{place}"))?
        .with("source", chart.id(edge.from))?
        .with("target", chart.id(edge.to))?
        .with("label", edge.kind.code())?
        .maybe("kind", (version == GexfVersion::V1_3).then(|| edge.kind.code()))?
        // Gephi takes no weight that is not above zero.
        .maybe("weight", Some(edge.count).filter(|count| count.is_finite() && *count > 0.0))?
        .open()?;
    values(xml, chart, &EDGE, place, &chart.map.edges[place])?;
    spells(xml, edge.when)?;
    color(xml, tie.color())?;
    xml.tag("viz:thickness")?.with("value", tie.width(edge.count))?.empty()?;
    let line = match Sureness::of(edge.certainty) {
        Sureness::Confirmed => "solid",
        Sureness::Probable => "dashed",
        Sureness::Unconfirmed => "dotted",
    };
    xml.tag("viz:shape")?.with("value", line)?.empty()?;
    xml.close()
}
