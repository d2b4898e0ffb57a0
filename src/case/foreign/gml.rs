//! GML (Himsolt, *GML: A portable graph file format*, University of Passau, 1997): keys with values, which may be lists of the same.

use super::builder::Builder;
use super::settle::add;
use super::text::quoted;
use super::{Attributes, Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// A word of the file.
#[derive(Clone, Debug, PartialEq)]
enum Token<'t> {
    Open,
    Close,
    Word(&'t str),
    Text(String),
}

struct Tokens<'t> {
    rest: &'t str,
    line: u64,
}

impl<'t> Tokens<'t> {
    fn next(&mut self, builder: &Builder) -> Result<Option<(u64, Token<'t>)>> {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.step(blank);
            if !self.rest.starts_with('#') {
                break;
            }
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            self.step(end);
        }
        let line = self.line;
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        let token = match first {
            '[' | ']' => {
                self.step(1);
                if first == '[' { Token::Open } else { Token::Close }
            }
            '"' => {
                let Some(end) = self.rest[1..].find('"') else {
                    return Err(builder.fault(
                        line,
                        "",
                        "a quote that is never closed",
                        "a closing quote",
                    ));
                };
                let text = unescaped(&self.rest[1..=end]);
                self.step(end + 2);
                Token::Text(text)
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"');
                let end = self.rest.find(ends).unwrap_or(self.rest.len());
                let word = &self.rest[..end];
                self.step(end);
                Token::Word(word)
            }
        };
        Ok(Some((line, token)))
    }

    fn step(&mut self, bytes: usize) {
        let (over, rest) = self.rest.split_at(bytes);
        self.line += memchr::memchr_iter(b'\n', over.as_bytes()).count() as u64;
        self.rest = rest;
    }
}

/// The five entities of XML and numbers of characters stand for what GML cannot write.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// A list that is read.
enum List {
    /// Outside all lists.
    File,
    Graph,
    /// A node or an edge; whether it is an edge.
    Thing(bool, u64, Attributes),
    /// What is not read.
    Else,
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut tokens = Tokens { rest: text, line: 1 };
    let mut open = vec![(List::File, 1)];
    let mut one_way = false;
    let mut graphs = 0;
    while let Some((line, token)) = tokens.next(builder)? {
        let key = match token {
            Token::Close => {
                let list = open.pop();
                if open.is_empty() {
                    return Err(builder.fault(line, "", "`]`", "no more `]` than `[`"));
                }
                if let Some((List::Thing(is_edge, line, attributes), _)) = list {
                    close(is_edge, line, attributes, one_way, builder)?;
                }
                continue;
            }
            Token::Word(key) => key,
            Token::Open => return Err(builder.fault(line, "", "`[`", "a key before it")),
            Token::Text(text) => {
                return Err(builder.fault(line, "", quoted(&text), "a key before it"));
            }
        };
        let Some((at, value)) = tokens.next(builder)? else {
            return Err(builder.fault(
                line,
                "",
                format!("{} without a value", quoted(key)),
                "a value after it",
            ));
        };
        let value = match value {
            Token::Close => {
                return Err(builder.fault(at, "", "`]`", format!("a value of {}", quoted(key))));
            }
            Token::Open => {
                let position = || builder.position(at, "");
                builder.limits.check_depth(open.len(), "lists", position)?;
                let list = begin(
                    &open.last_mut().expect("the file is never closed").0,
                    key,
                    line,
                    builder,
                );
                if matches!(list, List::Graph) {
                    graphs += 1;
                    if graphs > 1 {
                        return Err(builder.fault(
                            line,
                            "",
                            "a second `graph`",
                            "one graph a file",
                        ));
                    }
                }
                open.push((list, line));
                continue;
            }
            Token::Word(word) => word.to_owned(),
            Token::Text(text) => text,
        };
        match open.last_mut().map(|list| &mut list.0) {
            Some(List::Graph) if key.eq_ignore_ascii_case("directed") => {
                one_way = value == "1";
                builder.directed = if one_way { Directed::Yes } else { Directed::No };
            }
            Some(List::Thing(_, _, attributes)) => {
                let position = || builder.position(line, "");
                let more = attributes.len() + 1;
                builder.limits.check_attributes(more, "a node or an edge", position)?;
                add(builder, attributes, key, &value);
            }
            _ => {}
        }
    }
    if let Some((_, line)) = open.get(1..).and_then(<[_]>::last) {
        return Err(builder.fault(
            *line,
            "",
            "a list that is never closed",
            "`]` at its end; is the file whole?",
        ));
    }
    if graphs == 0 {
        return Err(builder.fault(1, "", "no `graph`", "`graph [`, with nodes and edges in it"));
    }
    Ok(())
}

fn begin(around: &List, key: &str, line: u64, builder: &mut Builder) -> List {
    match (around, key.to_ascii_lowercase().as_str()) {
        (List::File, "graph") => List::Graph,
        (List::Graph, "node") => List::Thing(false, line, Attributes::default()),
        (List::Graph, "edge") => List::Thing(true, line, Attributes::default()),
        (_, "graphics" | "labelgraphics") => {
            builder.note("How nodes and edges are drawn was not read.");
            List::Else
        }
        (List::Else, _) => List::Else,
        _ => {
            builder.note(format!("The lists {} were not read.", quoted(key)));
            List::Else
        }
    }
}

fn close(
    is_edge: bool,
    line: u64,
    mut attributes: Attributes,
    one_way: bool,
    builder: &mut Builder,
) -> Result<()> {
    for name in ["id", "source", "target"] {
        if attributes.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).nth(1).is_some()
            && (is_edge || name == "id")
        {
            return Err(builder.fault(
                line,
                name,
                format!("`{name}` twice"),
                "one in each; is a `]` missing?",
            ));
        }
    }
    let mut need = |name: &'static str| {
        attributes.take(&[name]).ok_or_else(|| {
            let what = if is_edge { "an edge" } else { "a node" };
            builder.fault(
                line,
                name,
                format!("{what} without `{name}`"),
                format!("`{name}` in each"),
            )
        })
    };
    if is_edge {
        let (from, to) = (need("source")?, need("target")?);
        let mut edge =
            ForeignEdge { directed: one_way, attributes, line, ..ForeignEdge::default() };
        edge.settle(builder)?;
        return builder.edge_between(&from, &to, edge);
    }
    let id = need("id")?;
    let mut node = ForeignNode { id, attributes, line, ..ForeignNode::default() };
    node.settle();
    builder.node(node).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::Foreign;
    use super::*;

    fn graph(text: &str) -> Foreign {
        Foreign::from_bytes("a.gml", text.as_bytes(), &Limits::default()).expect("a graph")
    }

    fn refused(text: &str) -> String {
        let read = Foreign::from_bytes("a.gml", text.as_bytes(), &Limits::default());
        read.expect_err("no graph").to_string()
    }

    const TWO: &str = "node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ]";

    #[test]
    fn only_the_key_of_the_graph_says_whether_edges_run_one_way() {
        for (keys, directed) in [
            ("", Directed::No),
            ("directed 1", Directed::Yes),
            ("Directed \"1\"", Directed::Yes),
            ("directed 0", Directed::No),
            ("directed 1 version 0", Directed::Yes),
            ("version 1", Directed::No),
        ] {
            let read = graph(&format!("graph [ {keys} {TWO} ]"));
            assert_eq!(read.directed, directed, "{keys}");
            assert_eq!(read.edges[0].directed, directed == Directed::Yes, "{keys}");
        }
        let outside = graph(&format!("directed 1 graph [ {TWO} ]"));
        assert_eq!(outside.directed, Directed::No);
        assert_eq!(graph("graph [ directed 1 node [ id 1 directed 0 ] ]").directed, Directed::Yes);
    }

    #[test]
    fn lists_that_are_not_read_are_told_of_once_each() {
        let drawn = "How nodes and edges are drawn was not read.";
        for (text, notes) in [
            ("graph [ ]", vec![]),
            ("graph [ node [ id 1 graphics [ x 1 fill [ r 1 ] ] ] ]", vec![drawn]),
            (
                "graph [ node [ id 1 LabelGraphics [ x 1 ] ] node [ id 2 graphics [ ] ] ]",
                vec![drawn],
            ),
            ("meta [ a 1 b [ c 2 ] ] graph [ ]", vec!["The lists `meta` were not read."]),
            ("graph [ node [ id 1 node [ id 2 ] ] ]", vec!["The lists `node` were not read."]),
            ("edge [ ] graph [ ]", vec!["The lists `edge` were not read."]),
        ] {
            assert_eq!(graph(text).notes, notes, "{text}");
        }
    }

    #[test]
    fn what_a_list_within_a_node_says_is_not_the_nodes() {
        let read = graph("graph [ node [ id 1 graphics [ label \"no\" ] label \"yes\" ] ]");
        assert_eq!(read.nodes.len(), 1);
        assert_eq!(read.nodes[0].label.as_deref(), Some("yes"));
        assert!(read.nodes[0].attributes.is_empty());
    }

    #[test]
    fn remarks_entities_and_lines_are_kept_apart() {
        let read = graph(
            "# a remark [\ngraph [\n#\nnode[id 1 name \"A &amp; &#233;\nx\"]\nNODE [ ID 2 a \"&x;\" ] ]",
        );
        assert_eq!(read.nodes[0].label.as_deref(), Some("A & é\nx"));
        assert_eq!([read.nodes[0].line, read.nodes[1].line], [4, 6]);
        assert_eq!(read.nodes[1].attributes.get("a"), Some("&x;"));
    }

    #[test]
    fn what_is_no_gml_is_refused_at_its_line() {
        for (text, told) in [
            ("", "a.gml:1: no `graph`; expected `graph [`, with nodes and edges in it"),
            ("graph [\n] ]", "a.gml:2: `]`; expected no more `]` than `[`"),
            ("graph [\n[", "a.gml:2: `[`; expected a key before it"),
            ("graph [\n\"x\" 1 ]", "a.gml:2: `x`; expected a key before it"),
            ("graph [\nlabel ]", "a.gml:2: `]`; expected a value of `label`"),
            ("graph [ ]\nlabel", "a.gml:2: `label` without a value; expected a value after it"),
            (
                "graph [ ]\nlabel \"x",
                "a.gml:2: a quote that is never closed; expected a closing quote",
            ),
            (
                "graph [\nnode [ id 1 ]",
                "a.gml:1: a list that is never closed; expected `]` at its end; is the file whole?",
            ),
            ("graph [ ]\ngraph [ ]", "a.gml:2: a second `graph`; expected one graph a file"),
            (
                "graph [\nnode [ a 1 ] ]",
                "a.gml:2: column `id`: a node without `id`; expected `id` in each",
            ),
            (
                "graph [\nedge [ target 1 ] ]",
                "a.gml:2: column `source`: an edge without `source`; expected `source` in each",
            ),
            (
                "graph [\nedge [ source 1 ] ]",
                "a.gml:2: column `target`: an edge without `target`; expected `target` in each",
            ),
            (
                "graph [\nnode [ id 1 ID 2 ] ]",
                "a.gml:2: column `id`: `id` twice; expected one in each; is a `]` missing?",
            ),
            (
                "graph [\nedge [ source 1 source 1 target 1 ] ]",
                "a.gml:2: column `source`: `source` twice; expected one in each; is a `]` missing?",
            ),
        ] {
            assert_eq!(refused(text), told, "{text}");
        }
        assert_eq!(graph("graph [ node [ id 1 source 2 source 3 ] ]").nodes.len(), 1);
    }

    #[test]
    fn attributes_and_depth_are_bounded() {
        let read =
            |text: &str, limits: Limits| Foreign::from_bytes("a.gml", text.as_bytes(), &limits);
        let two = Limits { attributes: 2, ..Limits::default() };
        assert!(read("graph [ node [ id 1 a 1 ] ]", two).is_ok());
        let error = read("graph [\nnode [ id 1 a 1 b 1 ] ]", two).expect_err("three");
        assert!(error.to_string().starts_with("a.gml:2: over 2 attributes of a node or an edge"));
        let deep = Limits { depth: 2, ..Limits::default() };
        assert!(read("graph [ node [ id 1 ] ]", deep).is_ok());
        let error = read("graph [\nnode [ id 1 x [ ] ] ]", deep).expect_err("three deep");
        assert!(error.to_string().starts_with("a.gml:2: lists over 2 deep in one another"));
    }
}
