//! Nodes and links in JSON: `node_link_data` of `NetworkX`, and what D3, graphology, vis.js and the JSON Graph Format make of it.

use serde_json::value::RawValue;

use super::builder::Builder;
use super::json::{Members, Source, attributes, id, not_this, value};
use super::{Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// Takes what a graph says of itself.
pub(super) fn stated(members: &Members<'_>, builder: &mut Builder) {
    match members.get("directed").map(|raw| raw.get()) {
        Some("true") => builder.directed = Directed::Yes,
        Some("false") => builder.directed = Directed::No,
        _ => {}
    }
}

/// Reads the nodes and links of a graph.
pub(super) fn read<'t>(
    source: &mut Source<'t>,
    members: &Members<'t>,
    builder: &mut Builder,
) -> Result<()> {
    let Some(nodes) = members.get("nodes") else {
        return Err(builder.fault(
            1,
            "nodes",
            "no `nodes`",
            "`nodes` with a list, and `links` or `edges`",
        ));
    };
    let links = match members.get("links").or_else(|| members.get("edges")) {
        Some(links) => source.list(links.get(), builder)?,
        None => {
            return Err(builder.fault(
                1,
                "links",
                "neither `links` nor `edges`",
                "one of them, with a list",
            ));
        }
    };
    let by_name = links.first().is_some_and(|link| names_ends(link));
    if nodes.get().starts_with('{') {
        for (name, raw) in &source.members(nodes.get(), builder)? {
            let members = source.members(raw.get(), builder)?;
            node(source, raw, &members, Some(name.clone()), builder)?;
        }
    } else {
        for (number, raw) in source.list(nodes.get(), builder)?.into_iter().enumerate() {
            if !raw.get().starts_with('{') {
                // A bare id is a node without attributes.
                let line = source.line(raw.get());
                builder.node(ForeignNode {
                    id: value(raw).unwrap_or_default(),
                    line,
                    ..ForeignNode::default()
                })?;
                continue;
            }
            let members = source.members(raw.get(), builder)?;
            let own = id(&members, &["id", "key"]);
            // Where nodes have no ids, links name them by their place, or by their names.
            let own = own
                .or_else(|| id(&members, &["name"]).filter(|_| by_name))
                .or_else(|| Some(number.to_string()));
            node(source, raw, &members, own, builder)?;
        }
    }
    links.into_iter().try_for_each(|raw| link(source, raw, builder))
}

fn names_ends(link: &RawValue) -> bool {
    serde_json::from_str::<Members<'_>>(link.get())
        .ok()
        .and_then(|link| link.get("source").map(|end| end.get().starts_with('"')))
        .unwrap_or(false)
}

fn node<'t>(
    source: &mut Source<'t>,
    raw: &'t RawValue,
    members: &Members<'t>,
    id: Option<String>,
    builder: &mut Builder,
) -> Result<()> {
    let line = source.line(raw.get());
    let attributes = attributes(source, members, &["id", "key"], builder)?;
    let mut node =
        ForeignNode { id: id.unwrap_or_default(), attributes, line, ..ForeignNode::default() };
    node.settle();
    builder.node(node).map(|_| ())
}

fn link<'t>(source: &mut Source<'t>, raw: &'t RawValue, builder: &mut Builder) -> Result<()> {
    if !raw.get().starts_with('{') {
        return Err(not_this(source, raw.get(), "an object with `source` and `target`", builder));
    }
    let members = source.members(raw.get(), builder)?;
    let line = source.line(raw.get());
    let end = |names: [&'static str; 2]| {
        id(&members, &names).ok_or_else(|| {
            builder.fault(
                line,
                names[0],
                format!("a link without `{}`", names[0]),
                "the ids of two nodes",
            )
        })
    };
    let (from, to) = (end(["source", "from"])?, end(["target", "to"])?);
    let directed = match members.get("directed").map(|raw| raw.get()) {
        Some("true") => true,
        Some("false") => false,
        _ => builder.directed == Directed::Yes,
    };
    let attributes =
        attributes(source, &members, &["source", "target", "from", "to", "directed"], builder)?;
    let mut edge = ForeignEdge { directed, attributes, line, ..ForeignEdge::default() };
    edge.settle(builder)?;
    builder.edge_between(&from, &to, edge)
}
