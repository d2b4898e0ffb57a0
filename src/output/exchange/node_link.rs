//! Node-link JSON, as `networkx.node_link_graph` reads it (edges under `edges`), and D3 and others like it.

use std::io::{self, Write};

use serde::Serialize;

use super::chart::Chart;
use super::columns::{EDGE, NODE};
use super::json_parts::{Object, list, made, text};
use crate::output::json_text::write_json_part;
use crate::untrusted::Untrusted;

#[derive(Serialize)]
struct Network {
    notes: Vec<Untrusted>,
    title: Untrusted,
}

pub(super) fn write(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (title, notes) = chart.told();
    out.write_all(b"{\"directed\": true, \"multigraph\": true, \"graph\": ")?;
    write_json_part(&Network { notes, title }, out)?;
    out.write_all(b",\n")?;
    let nodes = chart.nodes().map(|(place, node)| {
        Object::of([("id", text(chart.id(place)))], &NODE, chart, place, node)
    });
    list("nodes", nodes, out)?;
    out.write_all(b",\n")?;
    let edges = chart.edges().map(|(place, edge)| {
        let ends = [
            ("source", text(chart.id(edge.from))),
            ("target", text(chart.id(edge.to))),
            ("key", made(format!("e{place}"))),
        ];
        Object::of(ends, &EDGE, chart, place, edge)
    });
    list("edges", edges, out)?;
    out.write_all(b"}\n")
}
