//! JSON Lines of nodes and edges, as the ROXANNE project keeps networks: `{"type": "node", "id": …, "properties": {…}}`.

use super::builder::Builder;
use super::format::first_line;
use super::json::{Members, Source, attributes, check_depth, id, value};
use super::text::{lines, quoted};
use super::{ForeignEdge, ForeignNode};
use crate::error::Result;

/// Whether the first line that is no remark is a node or an edge.
pub(super) fn begins(head: &str) -> bool {
    let Some(line) = first_line(head, &['#']).filter(|line| line.starts_with('{')) else {
        return false;
    };
    serde_json::from_str::<Members<'_>>(line).is_ok_and(|members| {
        let kind = members.get("type").and_then(|raw| value(raw));
        matches!(kind.as_deref(), Some("node" | "edge")) && !members.contains_key("table")
    })
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut source = Source::of(text);
    for (number, line) in lines(text) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        check_depth(line, number, builder)?;
        let members = source.members(line, builder)?;
        let kind = members.get("type").and_then(|raw| value(raw)).unwrap_or_default();
        let attributes =
            attributes(&mut source, &members, &["type", "id", "source", "target"], builder)?;
        let need = |name: &'static str| {
            id(&members, &[name]).ok_or_else(|| {
                builder.fault(
                    number,
                    name,
                    format!("no `{name}`"),
                    format!("`{name}` in every {kind}"),
                )
            })
        };
        match kind.as_str() {
            "node" => {
                let mut node = ForeignNode {
                    id: need("id")?,
                    attributes,
                    line: number,
                    ..ForeignNode::default()
                };
                node.settle();
                match builder.find(&node.id) {
                    Some(known) => {
                        builder.note("Nodes that stand twice were read as one; where their lines differ, both are kept.");
                        builder.node_mut(known).merge(node);
                    }
                    None => {
                        builder.node(node)?;
                    }
                }
            }
            "edge" => {
                let (from, to) = (need("source")?, need("target")?);
                let mut edge = ForeignEdge { attributes, line: number, ..ForeignEdge::default() };
                edge.settle(builder)?;
                builder.edge_between(&from, &to, edge)?;
            }
            other => return Err(builder.fault(number, "type", quoted(other), "`node` or `edge`")),
        }
    }
    Ok(())
}
