//! Cytoscape JSON (`.cyjs`), which Cytoscape, Cytoscape.js and `networkx.cytoscape_graph` read.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::chart::Chart;
use super::columns::{EDGE, NODE};
use super::json_parts::{Object, list, made, text};
use crate::finding::{MapEdge, MapNode};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::sign::sign;
use crate::output::json_text::write_json_part;
use crate::untrusted::Untrusted;

#[derive(Serialize)]
struct Element<'m> {
    data: Object<'m>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
    classes: String,
}

#[derive(Serialize)]
struct Network {
    name: Untrusted,
    notes: Vec<Untrusted>,
}

#[derive(Serialize)]
struct Position {
    x: f64,
    y: f64,
}

/// With `boxes`, a node more for each community, in which its members lie.
pub(super) fn write(chart: &Chart<'_>, boxes: bool, out: &mut dyn Write) -> io::Result<()> {
    let (title, notes) = chart.told();
    out.write_all(b"{\"format_version\": \"1.0\", \"generated_by\": \"kluwen\", ")?;
    out.write_all(b"\"target_cytoscapejs_version\": \"~3\", \"directed\": true, \"multigraph\": true, \"data\": ")?;
    write_json_part(&Network { name: title, notes }, out)?;
    out.write_all(b",\n\"elements\": {")?;
    let communities: BTreeSet<usize> =
        chart.nodes().filter_map(|(_, node)| node.community).filter(|_| boxes).collect();
    let around = communities.iter().map(|&community| Element {
        data: Object(vec![("id", made(box_id(community))), ("value", made(box_id(community)))]),
        position: None,
        classes: "community".into(),
    });
    let nodes = chart.nodes().map(|(place, node)| self::node(chart, boxes, place, node));
    list("nodes", around.chain(nodes), out)?;
    out.write_all(b",\n")?;
    list("edges", chart.edges().map(|(place, edge)| self::edge(chart, place, edge)), out)?;
    out.write_all(b"}}\n")
}

/// No node has this id: none begins with a word and a colon that is not its part.
fn box_id(community: usize) -> String {
    format!("community:{community}")
}

fn node<'m>(chart: &Chart<'m>, boxes: bool, place: usize, node: &'m MapNode) -> Element<'m> {
    let id = || text(chart.id(place));
    // `value` is what NetworkX takes for the node.
    let mut first = vec![("id", id()), ("value", id()), ("name", text(&node.label))];
    first.extend(
        node.community.filter(|_| boxes).map(|community| ("parent", made(box_id(community)))),
    );
    Element {
        data: Object::of(first, &NODE, chart, place, node),
        position: chart.position(place).map(|[x, y]| Position { x, y }),
        classes: sign(node.part).class.into(),
    }
}

fn edge<'m>(chart: &Chart<'m>, place: usize, edge: &'m MapEdge) -> Element<'m> {
    let own = || made(format!("e{place}"));
    let first = [
        ("id", own()),
        ("key", own()),
        ("source", text(chart.id(edge.from))),
        ("target", text(chart.id(edge.to))),
    ];
    Element {
        data: Object::of(first, &EDGE, chart, place, edge),
        position: None,
        classes: format!("{} {}", Tie::of(edge.kind).class(), Sureness::of(edge.certainty).class()),
    }
}
