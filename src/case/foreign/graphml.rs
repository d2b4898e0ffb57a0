//! GraphML (Brandes, Eiglsperger, Herman, Himsolt and Marshall, Graph Drawing 2001; primer at graphml.graphdrawing.org).

use super::builder::Builder;
use super::graphml_keys::{Domain, Keys};
use super::text::quoted;
use super::xml::{Element, Step, Xml};
use super::{Directed, ForeignEdge, ForeignNode};
use crate::error::Result;

/// What is being read.
enum Open {
    Node(ForeignNode),
    Edge(ForeignEdge, String, String),
    /// Something that is skipped with all that is in it.
    Else,
}

struct GraphMl<'b> {
    builder: &'b mut Builder,
    keys: Keys,
    /// Whether edges run one way, by graph, as graphs may lie within nodes.
    one_way: Vec<bool>,
    /// Nodes and edges that are read, each within the one before.
    open: Vec<Open>,
    /// The key whose value is read, and the value so far.
    data: Option<(String, String)>,
    /// The text of a default or of a label on a drawing.
    words: Option<String>,
    graphs: usize,
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut xml = Xml::new(text);
    let mut graph = GraphMl {
        builder,
        keys: Keys::default(),
        one_way: Vec::new(),
        open: Vec::new(),
        data: None,
        words: None,
        graphs: 0,
    };
    let mut rooted = false;
    while let Some(step) = xml.next(graph.builder)? {
        match step {
            Step::Open(element) => {
                if !std::mem::replace(&mut rooted, true) && element.name != "graphml" {
                    let found = format!("<{}>", crate::error::excerpt(&element.name));
                    return Err(graph.builder.fault(
                        element.line,
                        "",
                        found,
                        "<graphml> as the outermost element",
                    ));
                }
                graph.begin(&element)?;
            }
            Step::Text(text) => graph.text(&text),
            Step::Close(name) => graph.end(&name)?,
        }
    }
    if graph.graphs == 0 {
        return Err(graph.builder.fault(0, "", "no <graph>", "a graph within <graphml>"));
    }
    Ok(())
}

impl GraphMl<'_> {
    fn begin(&mut self, element: &Element) -> Result<()> {
        if self.data.is_some() {
            // Drawing programs keep the text on a node within what they know of its looks.
            if matches!(element.name.as_str(), "NodeLabel" | "EdgeLabel") {
                self.words = Some(String::new());
            }
            return Ok(());
        }
        match element.name.as_str() {
            "key" => self.keys.open(element, self.builder)?,
            "default" => self.words = Some(String::new()),
            "graph" => self.graph(element)?,
            "node" => self.node(element)?,
            "edge" => self.edge(element)?,
            "data" => {
                self.data = Some((element.need("key", self.builder)?.to_owned(), String::new()));
            }
            "hyperedge" => {
                self.builder.note("Edges of more than two ends (<hyperedge>) were not read.");
                self.open.push(Open::Else);
            }
            "port" => {
                self.builder.note("Ports of nodes were not read; edges end at their nodes.");
                self.open.push(Open::Else);
            }
            "graphml" | "desc" | "locator" | "endpoint" => {}
            other => {
                self.builder.note(format!("<{}> was not read.", crate::error::excerpt(other)));
            }
        }
        Ok(())
    }

    fn graph(&mut self, element: &Element) -> Result<()> {
        let one_way = match element.get("edgedefault") {
            Some("directed") => true,
            Some("undirected") => false,
            None => {
                self.builder.note(
                    "The graph has no `edgedefault`; its edges are read as running both ways.",
                );
                false
            }
            Some(other) => {
                let expected = "`directed` or `undirected`";
                return Err(self.builder.fault(
                    element.line,
                    "edgedefault",
                    quoted(other),
                    expected,
                ));
            }
        };
        if self.one_way.is_empty() {
            self.graphs += 1;
            if self.graphs > 1 {
                self.builder.note("The file holds several graphs; they were read as one.");
            }
            self.builder.directed = if one_way { Directed::Yes } else { Directed::No };
        } else {
            self.builder.note("Graphs within nodes were read as part of the whole; edges do not say what lies within what.");
        }
        self.one_way.push(one_way);
        Ok(())
    }

    fn within_graph(&self, element: &Element) -> Result<bool> {
        self.one_way.last().copied().ok_or_else(|| {
            let found = format!("<{}> outside any <graph>", element.name);
            self.builder.fault(element.line, "", found, "nodes and edges within a <graph>")
        })
    }

    fn node(&mut self, element: &Element) -> Result<()> {
        self.within_graph(element)?;
        let id = element.need("id", self.builder)?.to_owned();
        self.open.push(Open::Node(ForeignNode {
            id,
            line: element.line,
            ..ForeignNode::default()
        }));
        Ok(())
    }

    fn edge(&mut self, element: &Element) -> Result<()> {
        let one_way = self.within_graph(element)?;
        let directed = match element.get("directed") {
            Some("true" | "1") => true,
            Some("false" | "0") => false,
            None => one_way,
            Some(other) => {
                let expected = "`true` or `false`";
                return Err(self.builder.fault(element.line, "directed", quoted(other), expected));
            }
        };
        let [from, to] =
            [element.need("source", self.builder)?, element.need("target", self.builder)?];
        let (from, to) = (from.to_owned(), to.to_owned());
        let mut edge = ForeignEdge { directed, line: element.line, ..ForeignEdge::default() };
        if let Some(id) = element.get("id") {
            edge.attributes.push(self.builder.name("id"), id);
        }
        self.open.push(Open::Edge(edge, from, to));
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(words) = &mut self.words {
            words.push_str(text);
        } else if let Some((_, value)) = &mut self.data {
            value.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<()> {
        if self.data.is_some() {
            match name {
                "NodeLabel" | "EdgeLabel" => self.drawn_label(),
                "data" => self.value(),
                _ => {}
            }
            return Ok(());
        }
        match name {
            "default" => {
                let text = self.words.take().unwrap_or_default();
                self.keys.set_default(&text);
            }
            "graph" => {
                self.one_way.pop();
            }
            "node" | "edge" | "hyperedge" | "port" => return self.close(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        match self.open.pop() {
            Some(Open::Node(mut node)) => {
                self.keys.complete_node(&mut node, self.builder)?;
                node.settle();
                self.builder.node(node)?;
            }
            Some(Open::Edge(mut edge, from, to)) => {
                self.keys.complete_edge(&mut edge, self.builder)?;
                edge.settle(self.builder)?;
                self.builder.edge_between(&from, &to, edge)?;
            }
            Some(Open::Else) | None => {}
        }
        Ok(())
    }

    fn drawn_label(&mut self) {
        let text = self.words.take().unwrap_or_default();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match self.open.last_mut() {
            Some(Open::Node(node)) if node.label.is_none() => node.label = Some(text.to_owned()),
            Some(Open::Edge(edge, ..)) if edge.kind.is_none() => edge.kind = Some(text.to_owned()),
            _ => {}
        }
    }

    fn value(&mut self) {
        let Some((key, value)) = self.data.take() else { return };
        let value = value.trim();
        let (domain, attributes) = match self.open.last_mut() {
            Some(Open::Node(node)) => (Domain::Node, &mut node.attributes),
            Some(Open::Edge(edge, ..)) => (Domain::Edge, &mut edge.attributes),
            Some(Open::Else) | None => return,
        };
        if !value.is_empty() {
            let name = self.keys.name(domain, &key, self.builder);
            attributes.push(name, value);
        }
    }
}
