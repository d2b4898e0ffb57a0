//! The VNA text files of `NetDraw` (Borgatti): tables of nodes, of how they are drawn, and of ties, one after another.

use super::builder::Builder;
use super::settle::add;
use super::text::{Word, lines, quoted, words};
use super::{Attributes, Directed, ForeignEdge};
use crate::error::Result;

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    None,
    Nodes,
    Drawing,
    Ties,
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut table = Table::None;
    let mut header: Option<Vec<String>> = None;
    let mut met = false;
    builder.directed = Directed::Yes;
    for (number, line) in lines(text) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if line.starts_with('*') {
            (table, header) = (begin(line, number, builder)?, None);
            met = true;
            continue;
        }
        if table == Table::None {
            return Err(builder.fault(
                number,
                "",
                quoted(line),
                "a table first: `*Node data` or `*Tie data`",
            ));
        }
        let words = words(line, &[',']).ok_or_else(|| {
            builder.fault(
                number,
                "",
                "a quote that is never closed",
                "a closing quote on the same line",
            )
        })?;
        let Some(names) = &header else {
            header = Some(words.iter().map(|word| word.text.to_owned()).collect());
            continue;
        };
        if words.len() != names.len() {
            let found = format!("{} fields", words.len());
            return Err(builder.fault(
                number,
                "",
                found,
                format!("{} as in the table's first line", names.len()),
            ));
        }
        match table {
            Table::Ties => tie(&words, names, number, builder)?,
            _ => node(&words, names, table, number, builder)?,
        }
    }
    if met { Ok(()) } else { Err(builder.fault(1, "", "no table", "`*Node data` or `*Tie data`")) }
}

fn begin(line: &str, number: u64, builder: &Builder) -> Result<Table> {
    let name: Vec<String> =
        line.trim_start_matches('*').split_whitespace().map(str::to_lowercase).collect();
    match name.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["node", "data"] => Ok(Table::Nodes),
        ["node", "properties"] => Ok(Table::Drawing),
        ["tie", "data"] => Ok(Table::Ties),
        _ => Err(builder.fault(
            number,
            "",
            quoted(line),
            "`*Node data`, `*Node properties` or `*Tie data`",
        )),
    }
}

fn node(
    words: &[Word<'_>],
    names: &[String],
    table: Table,
    line: u64,
    builder: &mut Builder,
) -> Result<()> {
    let Some(id) = words.first().map(|word| word.text).filter(|id| !id.is_empty()) else {
        return Err(builder.fault(line, "ID", "a node without an id", "an id in the first column"));
    };
    if table == Table::Nodes && builder.find(id).is_some() {
        let found = format!("{}, which an earlier line has", quoted(id));
        return Err(builder.fault(line, "ID", found, "an id of its own for every node"));
    }
    let number = builder.met(id, line)?;
    let mut attributes = Attributes::default();
    for (name, word) in names.iter().zip(words).skip(1) {
        let drawn = table == Table::Drawing;
        let is_label =
            ["shortlabel", "label", "labels"].iter().any(|label| name.eq_ignore_ascii_case(label));
        if drawn && is_label {
            builder.node_mut(number).label =
                Some(word.text.to_owned()).filter(|label| !label.is_empty());
        } else if drawn {
            builder.note(
                "How nodes are drawn (`*Node properties`) was not read, but for their labels.",
            );
        } else if !word.text.is_empty() {
            add(builder, &mut attributes, name, word.text);
        }
    }
    if table == Table::Nodes {
        let node = builder.node_mut(number);
        node.attributes = attributes;
        node.settle();
    }
    Ok(())
}

fn tie(words: &[Word<'_>], names: &[String], line: u64, builder: &mut Builder) -> Result<()> {
    let [from, to, ..] = words else {
        return Err(builder.fault(
            line,
            "",
            "a tie of one field",
            "two nodes and perhaps a strength",
        ));
    };
    for (word, column) in [(from, "from"), (to, "to")] {
        if word.text.is_empty() {
            return Err(builder.fault(line, column, "an empty field", "the id of a node"));
        }
    }
    let (from, to) = (builder.met(from.text, line)?, builder.met(to.text, line)?);
    let mut edge = ForeignEdge { from, to, directed: true, line, ..ForeignEdge::default() };
    for (name, word) in names.iter().zip(words).skip(2) {
        if name.eq_ignore_ascii_case("strength") {
            edge.weight = Some(builder.weight(word.text, line)?);
        } else if !word.text.is_empty() {
            add(builder, &mut edge.attributes, name, word.text);
        }
    }
    // Several columns of ties are several relations: those that are numbers are no weights of one another.
    edge.settle(builder)?;
    builder.edge(edge);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::Foreign;
    use super::*;

    fn graph(text: &str) -> Result<Foreign> {
        Foreign::from_bytes("a.vna", text.as_bytes(), &Limits::default())
    }

    #[test]
    fn tables_of_nodes_of_drawing_and_of_ties_are_read() {
        let text = "*Node data\nID,sex,label\nAnn,f,\"A B\"\nBob,\"\",\"\"\n\n*Node properties\nID x ShortLabel\nAnn 1.5 Anna\nBob 2 \"\"\n\
                    *Tie data\nfrom to Strength kind\nAnn Bob 2 knows\nBob Cees 0.5 \"\"\n";
        let read = graph(text).expect("a graph");
        let nodes: Vec<_> = (read.nodes.iter())
            .map(|node| {
                (node.id.as_str(), node.label.as_deref(), node.attributes.get("sex"), node.line)
            })
            .collect();
        assert_eq!(
            nodes,
            [("Ann", Some("Anna"), Some("f"), 3), ("Bob", None, None, 4), ("Cees", None, None, 13)]
        );
        let ties: Vec<_> = (read.edges.iter())
            .map(|edge| (edge.from, edge.to, edge.weight, edge.kind.as_deref(), edge.line))
            .collect();
        assert_eq!(ties, [(0, 1, Some(2.0), Some("knows"), 12), (1, 2, Some(0.5), None, 13)]);
        assert!(read.edges.iter().all(|edge| edge.directed));
        let drawn = "How nodes are drawn (`*Node properties`) was not read, but for their labels.";
        assert_eq!(read.notes, [drawn]);
        assert_eq!(graph("*node DATA\n").expect("an empty table").directed, Directed::Yes);
    }

    #[test]
    fn what_is_no_table_is_refused_at_its_line() {
        for (text, told) in [
            ("", "1: no table; expected `*Node data` or `*Tie data`"),
            ("\nx y\n", "2: `x y`; expected a table first: `*Node data` or `*Tie data`"),
            ("*Nodes\n", "1: `*Nodes`; expected `*Node data`, `*Node properties` or `*Tie data`"),
            ("*Node data\nid x\na\n", "3: 1 fields; expected 2 as in the table's first line"),
            (
                "*Node data\nid\n\"a\n",
                "3: a quote that is never closed; expected a closing quote on the same line",
            ),
            (
                "*Node data\nid\n\"\"\n",
                "3: column `ID`: a node without an id; expected an id in the first column",
            ),
            (
                "*Node data\nid\na\na\n",
                "4: column `ID`: `a`, which an earlier line has; expected an id of its own for every node",
            ),
            (
                "*Tie data\nfrom\na\n",
                "3: a tie of one field; expected two nodes and perhaps a strength",
            ),
            (
                "*Tie data\nfrom to\n\"\" b\n",
                "3: column `from`: an empty field; expected the id of a node",
            ),
            (
                "*Tie data\nfrom to\na \"\"\n",
                "3: column `to`: an empty field; expected the id of a node",
            ),
            (
                "*Tie data\nfrom to strength\na b x\n",
                "3: column `weight`: `x`; expected a finite number, such as `3` or `0.5`",
            ),
        ] {
            assert_eq!(graph(text).expect_err(text).to_string(), format!("a.vna:{told}"));
        }
    }
}
