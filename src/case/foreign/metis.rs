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

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::Foreign;
    use super::*;

    fn graph(text: &str) -> Result<Foreign> {
        Foreign::from_bytes("a.graph", text.as_bytes(), &Limits::default())
    }

    /// How many nodes a file has, and its edges by place and weight.
    fn edges(text: &str) -> (usize, Vec<(usize, usize, Option<f64>)>) {
        let read = graph(text).expect(text);
        let ends = |edge: &ForeignEdge| (edge.from, edge.to, edge.weight);
        (read.nodes.len(), read.edges.iter().map(ends).collect())
    }

    #[test]
    fn each_edge_is_taken_once_and_the_last_empty_line_may_lack() {
        let (first, second) = ((0, 1, None), (1, 2, None));
        for text in ["3 2\n2\n1 3\n2\n", "% x\n\n3 2 0\n2\n% y\n1 3\n2", "3 2 000\n2\n1 3\n2\n\n\n"]
        {
            assert_eq!(edges(text), (3, vec![first, second]), "{text}");
        }
        assert_eq!(edges("3 1\n2\n1\n"), (3, vec![first]));
        assert_eq!(edges("3 1\n2\n1\n\n"), (3, vec![first]));
        assert_eq!(edges("2 0\n\n"), (2, vec![]));
        assert_eq!(edges("0 0\n"), (0, vec![]));
    }

    #[test]
    fn a_format_says_what_stands_before_and_after_the_neighbors() {
        assert_eq!(edges("2 1 1\n2 5\n1 5\n"), (2, vec![(0, 1, Some(5.0))]));
        assert_eq!(edges("2 1 001\n2 0.5\n1 0.5\n"), (2, vec![(0, 1, Some(0.5))]));
        let read = graph("2 1 110 2\n9 7 8 2\n6 4 5 1\n").expect("sizes and two weights");
        let own: Vec<(&str, &str)> = read.nodes[0].attributes.iter().collect();
        assert_eq!(own, [("size", "9"), ("node weight", "7"), ("node weight", "8")]);
        let read = graph("2 1 10\n7 2\n4 1\n").expect("one weight");
        assert_eq!(read.nodes[1].attributes.iter().collect::<Vec<_>>(), [("node weight", "4")]);
        assert_eq!((read.nodes[1].line, read.edges[0].line), (3, 2));
    }

    #[test]
    fn what_does_not_agree_with_the_first_line_is_refused() {
        let digits = "three digits of 0 and 1, such as `001`";
        for (text, told) in [
            ("% x\n", "1: an empty file; expected a first line with the numbers of nodes and edges".into()),
            ("3\n", "1: `3`; expected the numbers of nodes and edges, and perhaps a format".into()),
            ("3 x\n", "1: `x`; expected a number of edges".into()),
            ("x 3\n", "1: `x`; expected a number of nodes, a whole number".into()),
            ("2 1 2\n", format!("1: the format `2`; expected {digits}")),
            ("2 1 0001\n", format!("1: the format `0001`; expected {digits}")),
            ("2 1 011 1 1\n", format!("1: the format `011`; expected {digits}")),
            ("1 0\n\n1\n", "3: `1`; expected no more than 1 nodes, as the first line says".into()),
            (
                "3 0\n\n",
                "2: 1 lines of nodes; expected 3, as the first line says; a node without ties has an empty line".into(),
            ),
            ("2 1\n3\n1\n", "2: `3`; expected the number of a node, from 1 to 2".into()),
            ("2 1\n0\n1\n", "2: `0`; expected the number of a node, from 1 to 2".into()),
            ("2 1 1\n2\n1\n", "2: an edge to 2 without its weight; expected a weight after every neighbor".into()),
            (
                "2 1 10 2\n7\n",
                "2: a node without its weights; expected as many weights as the first line says".into(),
            ),
            (
                "2 1\n2\n\n",
                "1: 1 edges in the first line; expected half of the 1 ends that the lines name, as each edge stands at both its nodes"
                    .into(),
            ),
        ] {
            let error = graph(text).expect_err("no graph").to_string();
            assert_eq!(error, format!("a.graph:{told}"), "{text}");
        }
    }
}
