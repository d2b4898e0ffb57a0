//! GraphML (Brandes, Eiglsperger, Herman, Himsolt and Marshall, *GraphML Progress Report*, Graph Drawing 2001; schema 1.0), with typed keys.
//!
//! All edges are those of one directed graph, because NetworkX and igraph refuse a mixed one; whether a tie is as true the other
//! way round stands in `directed`.

use std::io::{self, Write};

use super::chart::Chart;
use super::columns::{Column, EDGE, Kind, NODE};
use super::xml::Xml;
use crate::untrusted::Untrusted;

pub(super) fn write(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out, "UTF-8")?;
    xml.tag("graphml")?
        .with("xmlns", "http://graphml.graphdrawing.org/xmlns")?
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")?
        .with(
            "xsi:schemaLocation",
            "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
        )?
        .open()?;
    for name in ["title", "notes"] {
        key(&mut xml, "graph", name, Kind::Text)?;
    }
    NODE.iter().try_for_each(|column| key(&mut xml, "node", column.name, column.kind))?;
    EDGE.iter().try_for_each(|column| key(&mut xml, "edge", column.name, column.kind))?;
    xml.tag("graph")?.with("id", "kluwen")?.with("edgedefault", "directed")?.open()?;
    let (title, notes) = chart.told();
    data(&mut xml, "graph", "title", &title)?;
    data(&mut xml, "graph", "notes", &Untrusted::joined(notes, " "))?;
    for (place, node) in chart.nodes() {
        xml.tag("node")?.with("id", chart.id(place))?.open()?;
        all(&mut xml, chart, "node", &NODE, place, node)?;
        xml.close()?;
    }
    for (place, edge) in chart.edges() {
        xml.tag("edge")?
            .with("id", format_args!("e{place}"))?
            .with("source", chart.id(edge.from))?
            .with("target", chart.id(edge.to))?
            .open()?;
        all(&mut xml, chart, "edge", &EDGE, place, edge)?;
        xml.close()?;
    }
    xml.close()?;
    xml.close()
}

fn key(xml: &mut Xml<'_>, of: &str, name: &str, kind: Kind) -> io::Result<()> {
    let kind = match kind {
        Kind::Text | Kind::List | Kind::Date => "string",
        Kind::Long => "long",
        Kind::Double => "double",
        Kind::Boolean => "boolean",
    };
    xml.tag("key")?
        .with("id", format_args!("{of}_{name}"))?
        .with("for", of)?
        .with("attr.name", name)?
        .with("attr.type", kind)?
        .empty()
}

fn data(xml: &mut Xml<'_>, of: &str, name: &str, value: &Untrusted) -> io::Result<()> {
    xml.tag("data")?.with("key", format_args!("{of}_{name}"))?.text(value)
}

fn all<'m, T>(
    xml: &mut Xml<'_>,
    chart: &Chart<'m>,
    of: &str,
    columns: &[Column<T>],
    place: usize,
    item: &'m T,
) -> io::Result<()> {
    for column in columns {
        let value = (column.of)(chart, place, item);
        if !value.is_missing() {
            data(xml, of, column.name, &value.told())?;
        }
    }
    Ok(())
}
