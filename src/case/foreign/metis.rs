//! The graph files of METIS (Karypis and Kumar, *METIS manual*, 4.1.1): a line a node, with the nodes that it is tied to.

use super::builder::Builder;
use super::text::{lines, quoted};
use super::{ForeignEdge, ForeignNode};
use crate::error::{Result, excerpt};

/// What the first line says.
struct Head {
    nodes: u64,
    edges: u64,
    sizes: bool,
    node_weights: usize,
    edge_weights: bool,
    line: u64,
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut said = lines(text).filter(|(_, line)| !line.trim_start().starts_with('%'));
    let Some((number, line)) = said.by_ref().find(|(_, line)| !line.trim().is_empty()) else {
        return Err(builder.fault(
            1,
            "",
            "an empty file",
            "a first line with the numbers of nodes and edges",
        ));
    };
    let head = head(line, number, builder)?;
    let mut met = 0;
    let mut ends: u64 = 0;
    let mut last = number;
    for (number, line) in said {
        last = number;
        if met == head.nodes {
            if line.trim().is_empty() {
                continue;
            }
            let expected = format!("no more than {} nodes, as the first line says", head.nodes);
            return Err(builder.fault(number, "", quoted(line.trim()), expected));
        }
        met += 1;
        ends += node(line, met, number, &head, builder)?;
    }
    if met < head.nodes {
        // A node without ties at the end may lack its empty line, as editors take it off.
        if met + 1 < head.nodes {
            let found = format!("{met} lines of nodes");
            let expected = format!(
                "{}, as the first line says; a node without ties has an empty line",
                head.nodes
            );
            return Err(builder.fault(last, "", found, expected));
        }
        builder.node(ForeignNode {
            id: head.nodes.to_string(),
            line: last,
            ..ForeignNode::default()
        })?;
    }
    if ends != head.edges.saturating_mul(2) {
        let found = format!("{} edges in the first line", head.edges);
        let expected = format!(
            "half of the {ends} ends that the lines name, as each edge stands at both its nodes"
        );
        return Err(builder.fault(head.line, "", found, expected));
    }
    Ok(())
}

fn head(line: &str, number: u64, builder: &Builder) -> Result<Head> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (&[nodes, edges], rest) = words.split_first_chunk::<2>().ok_or_else(|| {
        builder.fault(
            number,
            "",
            quoted(line),
            "the numbers of nodes and edges, and perhaps a format",
        )
    })?;
    let format = rest.first().copied().unwrap_or("0");
    if format.len() > 3
        || !format.bytes().all(|digit| matches!(digit, b'0' | b'1'))
        || rest.len() > 2
    {
        return Err(builder.fault(
            number,
            "",
            format!("the format {}", quoted(format)),
            "three digits of 0 and 1, such as `001`",
        ));
    }
    let has = |place: usize| format.bytes().rev().nth(place) == Some(b'1');
    let weights = match rest.get(1) {
        Some(count) => builder.count(count, "a number of weights of nodes", number)?,
        None => 1,
    };
    Ok(Head {
        nodes: builder.count(nodes, "a number of nodes", number)?,
        edges: edges
            .parse()
            .map_err(|_| builder.fault(number, "", quoted(edges), "a number of edges"))?,
        sizes: has(2),
        node_weights: if has(1) { usize::try_from(weights).unwrap_or(1) } else { 0 },
        edge_weights: has(0),
        line: number,
    })
}

/// A node, and how many ends of edges its line names.
fn node(line: &str, id: u64, number: u64, head: &Head, builder: &mut Builder) -> Result<u64> {
    let mut words = line.split_whitespace();
    let mut node = ForeignNode { id: id.to_string(), line: number, ..ForeignNode::default() };
    if head.sizes {
        let size = words.next().unwrap_or_default();
        node.attributes.push(builder.name("size"), size);
    }
    for _ in 0..head.node_weights {
        let Some(weight) = words.next() else {
            return Err(builder.fault(
                number,
                "",
                "a node without its weights",
                "as many weights as the first line says",
            ));
        };
        let name = builder.name("node weight");
        node.attributes.push(name, weight);
    }
    builder.node(node)?;
    let mut ends = 0;
    while let Some(word) = words.next() {
        let other = word.parse::<u64>().ok().filter(|other| (1..=head.nodes).contains(other));
        let Some(other) = other else {
            let found = format!("`{}`", excerpt(word));
            return Err(builder.fault(
                number,
                "",
                found,
                format!("the number of a node, from 1 to {}", head.nodes),
            ));
        };
        let mut weight = None;
        if head.edge_weights {
            let Some(word) = words.next() else {
                let found = format!("an edge to {other} without its weight");
                return Err(builder.fault(number, "", found, "a weight after every neighbor"));
            };
            weight = Some(builder.weight(word, number)?);
        }
        ends += 1;
        // Each edge stands at both its nodes, and is taken at the first of them.
        if id <= other {
            let edge = ForeignEdge { weight, line: number, ..ForeignEdge::default() };
            builder.edge_between(&id.to_string(), &other.to_string(), edge)?;
        }
    }
    Ok(ends)
}
