//! The edge files of the KONECT collection (Kunegis, WWW Companion 2013): an edge a line after a first line that says of which kind.

use super::builder::Builder;
use super::text::{lines, quoted};
use super::{Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// Whether a text begins as a file of KONECT does.
pub(super) fn begins(head: &str) -> bool {
    head.lines().next().and_then(kind).is_some()
}

/// Of which kind a first line says that the graph is.
fn kind(line: &str) -> Option<Kind> {
    let mut words = line.strip_prefix('%')?.split_whitespace();
    match words.next()? {
        "asym" => Some(Kind::OneWay),
        "sym" => Some(Kind::BothWays),
        "bip" => Some(Kind::TwoSides),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    OneWay,
    BothWays,
    TwoSides,
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut kind_of_graph = None;
    for (number, line) in lines(text) {
        let line = line.trim();
        if let (None, Some(found)) = (kind_of_graph, kind(line)) {
            kind_of_graph = Some(found);
            builder.directed = if found == Kind::OneWay { Directed::Yes } else { Directed::No };
            builder.two_mode = found == Kind::TwoSides;
            continue;
        }
        if line.is_empty() || line.starts_with(['%', '#']) {
            continue;
        }
        let Some(kind) = kind_of_graph else {
            let expected = "a first line that begins with `% asym`, `% sym` or `% bip`";
            return Err(builder.fault(number, "", quoted(line), expected));
        };
        edge(line, number, kind, builder)?;
    }
    if kind_of_graph.is_none() {
        return Err(builder.fault(
            1,
            "",
            "no first line of KONECT",
            "`% asym`, `% sym` or `% bip`",
        ));
    }
    Ok(())
}

fn edge(line: &str, number: u64, kind: Kind, builder: &mut Builder) -> Result<()> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [from, to, rest @ ..] = words.as_slice() else {
        return Err(builder.fault(
            number,
            "",
            quoted(line),
            "the numbers of two nodes, and perhaps a weight and a time",
        ));
    };
    if rest.len() > 2 {
        let found = format!("{} fields", words.len());
        return Err(builder.fault(number, "", found, "two nodes, and perhaps a weight and a time"));
    }
    let two_sides = kind == Kind::TwoSides;
    let mut end = |word: &str, second_side: bool| {
        if word.parse::<u64>().ok().is_none_or(|id| id == 0) {
            return Err(builder.fault(number, "", quoted(word), "the number of a node, from 1"));
        }
        // Both sides count from 1.
        let id = match (two_sides, second_side) {
            (false, _) => word.to_owned(),
            (true, false) => format!("a{word}"),
            (true, true) => format!("b{word}"),
        };
        match builder.find(&id) {
            Some(node) => Ok(node),
            None => builder.node(ForeignNode {
                id,
                second_side: two_sides && second_side,
                line: number,
                ..ForeignNode::default()
            }),
        }
    };
    let (from, to) = (end(from, false)?, end(to, true)?);
    let weight = rest.first().map(|weight| builder.weight(weight, number)).transpose()?;
    let mut edge = ForeignEdge {
        from,
        to,
        weight,
        directed: kind == Kind::OneWay,
        line: number,
        ..ForeignEdge::default()
    };
    if let Some(time) = rest.get(1) {
        edge.attributes.push(builder.name("time"), *time);
        builder.note("Times are seconds since 1970; they are kept as the attribute `time`.");
    }
    builder.edge(edge);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::Foreign;
    use super::*;

    fn graph(text: &str) -> Result<Foreign> {
        Foreign::from_bytes("a.konect", text.as_bytes(), &Limits::default())
    }

    #[test]
    fn the_first_line_says_of_which_kind_the_graph_is() {
        for (line, directed, two_mode) in [
            ("% asym", Directed::Yes, false),
            ("%asym positive", Directed::Yes, false),
            ("% sym", Directed::No, false),
            ("% bip", Directed::No, true),
        ] {
            let empty = graph(&format!("{line}\n")).expect("a graph without edges");
            assert_eq!((empty.directed, empty.two_mode), (directed, two_mode), "{line}");
            let read = graph(&format!("\n{line}\n% asym\n# x\n1 2\n")).expect("a graph");
            assert_eq!((read.directed, read.two_mode, read.edges.len()), (directed, two_mode, 1));
        }
        for (text, known) in
            [("% sym", true), ("sym", false), ("% other", false), ("%", false), ("", false)]
        {
            assert_eq!(begins(text), known, "{text}");
        }
    }

    #[test]
    fn two_sides_count_from_one_each() {
        let read = graph("% bip\n1 1\n2 1\n").expect("a graph");
        let nodes: Vec<(&str, bool, u64)> =
            read.nodes.iter().map(|node| (node.id.as_str(), node.second_side, node.line)).collect();
        assert_eq!(nodes, [("a1", false, 2), ("b1", true, 2), ("a2", false, 3)]);
        let one = graph("% sym\n1 2\n2 1 -0.5 1700000000\n").expect("a graph");
        assert!(one.nodes.iter().all(|node| !node.second_side));
        let edges: Vec<_> =
            one.edges.iter().map(|edge| (edge.from, edge.to, edge.weight)).collect();
        assert_eq!(edges, [(0, 1, None), (1, 0, Some(-0.5))]);
        assert_eq!(one.edges[1].attributes.get("time"), Some("1700000000"));
        assert_eq!(one.notes.len(), 1);
        assert_eq!(one.edges[1].line, 3);
    }

    #[test]
    fn a_line_that_is_no_edge_is_refused() {
        let two = "the numbers of two nodes, and perhaps a weight and a time";
        for (text, told) in [
            ("1 2\n", "a.konect:1: `1 2`; expected a first line that begins with `% asym`, `% sym` or `% bip`".into()),
            ("% sym\n1\n", format!("a.konect:2: `1`; expected {two}")),
            (
                "% sym\n1 2 3 4 5\n",
                "a.konect:2: 5 fields; expected two nodes, and perhaps a weight and a time".into(),
            ),
            ("% sym\n0 1\n", "a.konect:2: `0`; expected the number of a node, from 1".into()),
            ("% sym\n1 x\n", "a.konect:2: `x`; expected the number of a node, from 1".into()),
        ] {
            assert_eq!(graph(text).expect_err("no graph").to_string(), told);
        }
    }
}
