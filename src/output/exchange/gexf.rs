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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::LinkKind;
    use crate::finding::{Map, Part, TieKind};
    use crate::output::placement::Placed;

    fn edge_of(count: f64, certainty: f64, when: &str) -> MapEdge {
        MapEdge {
            from: 0,
            to: 1,
            kind: TieKind::Link(LinkKind::Recruited),
            count,
            certainty,
            when: When::parse(when).unwrap(),
            evidence: Vec::new(),
        }
    }

    fn map(edges: Vec<MapEdge>) -> Map {
        let nodes = [Part::Recruiter, Part::Victim].map(|part| MapNode::new("E1".into(), part));
        Map { nodes: nodes.into(), edges, ..Map::default() }
    }

    fn text(map: &Map, placed: Option<&Placed>, version: GexfVersion) -> String {
        let mut out = Vec::new();
        write(&Chart::new(map, placed), version, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The value of an attribute wherever it stands in an element of that name.
    fn values_of(xml: &str, element: &str, name: &str) -> Vec<Option<String>> {
        let begin = format!("<{element} ");
        let attribute = format!(" {name}=\"");
        let value = |piece: &str| {
            let tag = piece.split('>').next().unwrap();
            let rest = &tag[tag.find(&attribute)? + attribute.len()..];
            rest.split('"').next().map(str::to_owned)
        };
        // With the blank before the first attribute.
        xml.split(&begin).skip(1).map(|piece| value(&format!(" {piece}"))).collect()
    }

    #[test]
    fn a_weight_is_above_zero_and_finite_or_there_is_none() {
        let counts = [2.0, 0.5, 0.0, -1.0, f64::INFINITY, f64::NAN];
        let map = map(counts.map(|count| edge_of(count, 1.0, "")).into());
        let weights = values_of(&text(&map, None, GexfVersion::V1_3), "edge", "weight");
        assert_eq!(weights, [Some("2".into()), Some("0.5".into()), None, None, None, None]);
    }

    #[test]
    fn only_the_newer_version_has_a_kind_of_edge_and_intervals() {
        let map = map(vec![edge_of(1.0, 1.0, "2019-03-02")]);
        let new = text(&map, None, GexfVersion::V1_3);
        assert_eq!(values_of(&new, "edge", "kind"), [Some("recruited".into())]);
        assert_eq!(values_of(&new, "graph", "timerepresentation"), [Some("interval".into())]);
        let old = text(&map, None, GexfVersion::V1_2);
        assert_eq!(values_of(&old, "edge", "kind"), [None]);
        assert_eq!(values_of(&old, "graph", "timerepresentation"), [None]);
        for (xml, number) in [(new, "1.3"), (old, "1.2")] {
            assert_eq!(values_of(&xml, "gexf", "version"), [Some(number.into())]);
            assert_eq!(values_of(&xml, "graph", "mode"), [Some("dynamic".into())]);
            assert_eq!(values_of(&xml, "graph", "timeformat"), [Some("date".into())]);
        }
    }

    #[test]
    fn spells_have_the_ends_that_are_known() {
        let days = ["2019-03-02/2019-04-01", "2019-03-02/..", "../2019-04-01", ""];
        let map = map(days.map(|days| edge_of(1.0, 1.0, days)).into());
        let xml = text(&map, None, GexfVersion::V1_3);
        let edges = &xml[xml.find("<edges>").unwrap()..];
        let (start, end) = (Some("2019-03-02".to_owned()), Some("2019-04-01".to_owned()));
        assert_eq!(values_of(edges, "spell", "start"), [start.clone(), start, None]);
        assert_eq!(values_of(edges, "spell", "end"), [end.clone(), None, end]);
        let undated = text(&self::map(vec![edge_of(1.0, 1.0, "")]), None, GexfVersion::V1_3);
        assert_eq!(values_of(&undated, "graph", "mode"), [Some("static".into())]);
        assert_eq!(values_of(&undated, "graph", "timeformat"), [None]);
    }

    #[test]
    fn lines_and_signs_look_as_on_our_own_maps() {
        let mut map = map([0.8, 0.5, 0.49].map(|sure| edge_of(2.0, sure, "")).into());
        map.nodes[0].size = 2;
        let at = vec![[10.0, 20.0], [30.0, 40.5]];
        let placed = Placed { at, ..Placed::default() };
        let xml = text(&map, Some(&placed), GexfVersion::V1_3);
        let of = |element: &str, name: &str| -> Vec<String> {
            values_of(&xml, element, name).into_iter().map(Option::unwrap).collect()
        };
        // An octagon for a recruiter, an ellipse for a victim.
        let shapes = ["triangle", "disc", "solid", "dashed", "dotted"];
        assert_eq!(of("viz:shape", "value"), shapes);
        assert_eq!(of("viz:size", "value"), ["20", "10"]);
        // Twice is a step wider than once.
        assert_eq!(of("viz:thickness", "value"), ["2"; 3]);
        // #D55E00 and #FFFFFF, and the line of recruiting is #D55E00 too.
        let colors = ["r", "g", "b"].map(|part| of("viz:color", part)[..3].to_vec());
        assert_eq!(colors, [["213", "255", "213"], ["94", "255", "94"], ["0", "255", "0"]]);
        // Up is more.
        assert_eq!(of("viz:position", "x"), ["10", "30"]);
        assert_eq!(of("viz:position", "y"), ["-20", "-40.5"]);
    }
}
