//! The elements of Cytoscape and Cytoscape.js: nodes and edges whose own things stand in `data`.

use serde_json::value::RawValue;

use super::builder::Builder;
use super::json::{Source, attributes, id, not_this, value};
use super::settle::add;
use super::{Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// Reads elements: a list of them, or an object with `nodes` and `edges`.
pub(super) fn elements<'t>(
    source: &mut Source<'t>,
    part: &'t str,
    builder: &mut Builder,
) -> Result<()> {
    if part.starts_with('[') {
        return source
            .list(part, builder)?
            .into_iter()
            .try_for_each(|raw| element(source, raw, None, builder));
    }
    let groups = source.members(part, builder)?;
    for (name, is_edge) in [("nodes", false), ("edges", true)] {
        if let Some(group) = groups.get(name) {
            for raw in source.list(group.get(), builder)? {
                element(source, raw, Some(is_edge), builder)?;
            }
        }
    }
    if groups.contains_key("nodes") || groups.contains_key("edges") {
        return Ok(());
    }
    Err(not_this(source, part, "a list of elements, or `nodes` and `edges`", builder))
}

fn element<'t>(
    source: &mut Source<'t>,
    raw: &'t RawValue,
    is_edge: Option<bool>,
    builder: &mut Builder,
) -> Result<()> {
    const EXPECTED: &str =
        "an element: an object with `data`, and in it `id`, or `source` and `target`";
    if !raw.get().starts_with('{') {
        return Err(not_this(source, raw.get(), EXPECTED, builder));
    }
    let members = source.members(raw.get(), builder)?;
    let Some(data) = members.get("data") else {
        return Err(not_this(source, raw.get(), EXPECTED, builder));
    };
    let line = source.line(raw.get());
    let data = source.members(data.get(), builder)?;
    let group = members.get("group").and_then(|raw| value(raw));
    let has_ends = data.contains_key("source") && data.contains_key("target");
    let is_edge = is_edge.unwrap_or_else(|| group.map_or(has_ends, |group| group == "edges"));
    let mut attributes = attributes(source, &data, &["id", "source", "target"], builder)?;
    if let Some(classes) = members.get("classes").and_then(|raw| value(raw)) {
        add(builder, &mut attributes, "classes", &classes);
    }
    if !is_edge {
        if attributes.get("parent").is_some() {
            builder.note(
                "Nodes lie within nodes; that is kept as the attribute `parent` and is no edge.",
            );
        }
        let id = id(&data, &["id"]).unwrap_or_default();
        let mut node = ForeignNode { id, attributes, line, ..ForeignNode::default() };
        node.settle();
        return builder.node(node).map(|_| ());
    }
    let end = |name: &'static str| {
        id(&data, &[name]).ok_or_else(|| {
            builder.fault(line, name, format!("an edge without `{name}`"), "the ids of two nodes")
        })
    };
    let (from, to) = (end("source")?, end("target")?);
    let directed = builder.directed == Directed::Yes;
    let mut edge = ForeignEdge { directed, attributes, line, ..ForeignEdge::default() };
    edge.settle(builder)?;
    builder.edge_between(&from, &to, edge)
}
