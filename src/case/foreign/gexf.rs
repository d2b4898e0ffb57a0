//! GEXF 1.1 to 1.3 (gexf.net): the format of Gephi, with attributes and times.

use super::builder::Builder;
use super::gexf_element::{Class, Value, listed, settle_values, spell};
use super::text::quoted;
use super::xml::{Element, Step, Xml};
use super::{Directed, ForeignEdge, ForeignNode, Spell};
use crate::error::Result;

/// What is being read.
enum Open {
    Node(ForeignNode),
    Edge(Box<(ForeignEdge, String, String)>),
}

/// A node or edge that is read, and its values so far.
struct Reading {
    open: Open,
    values: Vec<(Value, Spell)>,
}

struct Gexf<'b> {
    builder: &'b mut Builder,
    nodes: Class,
    edges: Class,
    /// Whether attributes that are declared are those of edges.
    of_edges: bool,
    /// The attribute that is declared.
    declared: Option<String>,
    words: Option<String>,
    one_way: bool,
    /// Nodes may lie within one another.
    open: Vec<Reading>,
    graphs: usize,
}

/// Reads a file.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<()> {
    let mut xml = Xml::new(text);
    let mut gexf = Gexf {
        builder,
        nodes: Class::default(),
        edges: Class::default(),
        of_edges: false,
        declared: None,
        words: None,
        one_way: false,
        open: Vec::new(),
        graphs: 0,
    };
    let mut rooted = false;
    while let Some(step) = xml.next(gexf.builder)? {
        match step {
            Step::Open(element) => {
                if !std::mem::replace(&mut rooted, true) && element.name != "gexf" {
                    let found = format!("<{}>", crate::error::excerpt(&element.name));
                    return Err(gexf.builder.fault(
                        element.line,
                        "",
                        found,
                        "<gexf> as the outermost element",
                    ));
                }
                gexf.begin(&element)?;
            }
            Step::Text(text) => {
                if let Some(words) = &mut gexf.words {
                    words.push_str(&text);
                }
            }
            Step::Close(name) => gexf.end(&name)?,
        }
    }
    if gexf.graphs == 0 {
        return Err(gexf.builder.fault(0, "", "no <graph>", "a graph within <gexf>"));
    }
    Ok(())
}

impl Gexf<'_> {
    fn begin(&mut self, element: &Element) -> Result<()> {
        match element.name.as_str() {
            "graph" => self.graph(element)?,
            "attributes" => self.of_edges = element.get("class") == Some("edge"),
            "attribute" => {
                let class = if self.of_edges { &mut self.edges } else { &mut self.nodes };
                self.declared = Some(class.declare(element, self.builder)?);
            }
            "default" => self.words = Some(String::new()),
            "node" => self.node(element)?,
            "edge" => self.edge(element)?,
            "attvalue" => self.value(element)?,
            "spell" | "slice" => {
                if let Some(spell) = spell(element, self.builder) {
                    self.add_spells([spell]);
                }
            }
            "color" | "position" | "size" | "shape" | "thickness" => {
                self.builder.note("How nodes and edges look (colors, places, sizes) was not read.");
            }
            _ => {}
        }
        Ok(())
    }

    fn graph(&mut self, element: &Element) -> Result<()> {
        self.graphs += 1;
        if self.graphs > 1 {
            return Err(self.builder.fault(
                element.line,
                "",
                "a second <graph>",
                "one graph a file",
            ));
        }
        self.one_way = self
            .is_one_way(element.get("defaultedgetype"), element, "defaultedgetype")?
            .unwrap_or(false);
        self.builder.directed = if self.one_way { Directed::Yes } else { Directed::No };
        Ok(())
    }

    /// Whether a type of edge runs one way; `mutual` runs both ways as `undirected` does.
    fn is_one_way(
        &self,
        text: Option<&str>,
        element: &Element,
        column: &str,
    ) -> Result<Option<bool>> {
        match text {
            None | Some("") => Ok(None),
            Some("directed") => Ok(Some(true)),
            Some("undirected" | "mutual") => Ok(Some(false)),
            Some(other) => {
                let expected = "`directed`, `undirected` or `mutual`";
                Err(self.builder.fault(element.line, column, quoted(other), expected))
            }
        }
    }

    fn within_graph(&self, element: &Element) -> Result<()> {
        if self.graphs > 0 {
            return Ok(());
        }
        let found = format!("<{}> outside any <graph>", element.name);
        Err(self.builder.fault(element.line, "", found, "nodes and edges within a <graph>"))
    }

    fn node(&mut self, element: &Element) -> Result<()> {
        self.within_graph(element)?;
        let mut node = ForeignNode {
            id: element.need("id", self.builder)?.to_owned(),
            label: element.get("label").map(str::to_owned),
            spells: listed(element),
            line: element.line,
            ..ForeignNode::default()
        };
        node.spells.extend(spell(element, self.builder));
        let parent = element.get("pid").or_else(|| match &self.open.last()?.open {
            Open::Node(around) => Some(around.id.as_str()),
            Open::Edge(_) => None,
        });
        if let Some(parent) = parent {
            node.attributes.push("parent", parent);
            self.builder.note(
                "Nodes lie within nodes; that is kept as the attribute `parent` and is no edge.",
            );
        }
        self.open.push(Reading { open: Open::Node(node), values: Vec::new() });
        Ok(())
    }

    fn edge(&mut self, element: &Element) -> Result<()> {
        self.within_graph(element)?;
        let directed =
            self.is_one_way(element.get("type"), element, "type")?.unwrap_or(self.one_way);
        let weight = element.get("weight").filter(|text| !text.trim().is_empty());
        let mut edge = ForeignEdge {
            directed,
            weight: weight.map(|text| self.builder.weight(text, element.line)).transpose()?,
            kind: element.get("kind").or(element.get("label")).map(str::to_owned),
            spells: listed(element),
            line: element.line,
            ..ForeignEdge::default()
        };
        edge.spells.extend(spell(element, self.builder));
        for name in ["id", "label"] {
            if let Some(text) = element.get(name) {
                edge.attributes.push(self.builder.name(name), text);
            }
        }
        let [from, to] =
            [element.need("source", self.builder)?, element.need("target", self.builder)?];
        let open = Open::Edge(Box::new((edge, from.to_owned(), to.to_owned())));
        self.open.push(Reading { open, values: Vec::new() });
        Ok(())
    }

    fn value(&mut self, element: &Element) -> Result<()> {
        let key = match element.get("for") {
            Some(key) => key,
            // As GEXF 1.0 had it.
            None => element.need("id", self.builder)?,
        };
        let text = element.need("value", self.builder)?.trim().to_owned();
        let spell = spell(element, self.builder);
        let Some(reading) = self.open.last_mut() else { return Ok(()) };
        let class = if matches!(reading.open, Open::Edge(_)) { &self.edges } else { &self.nodes };
        let value = Value { name: class.name(key, self.builder), text, timed: spell.is_some() };
        reading.values.push((value, spell.unwrap_or_default()));
        Ok(())
    }

    fn add_spells(&mut self, more: impl IntoIterator<Item = Spell>) {
        match self.open.last_mut().map(|reading| &mut reading.open) {
            Some(Open::Node(node)) => node.spells.extend(more),
            Some(Open::Edge(edge)) => edge.0.spells.extend(more),
            None => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<()> {
        match name {
            "default" => {
                let text = self.words.take().unwrap_or_default();
                let class = if self.of_edges { &mut self.edges } else { &mut self.nodes };
                if let Some(id) = &self.declared {
                    class.set_default(id, &text);
                }
            }
            "attribute" => self.declared = None,
            "node" | "edge" => return self.close(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let Some(Reading { open, values }) = self.open.pop() else { return Ok(()) };
        match open {
            Open::Node(mut node) => {
                settle_values(values, &mut node.attributes, self.builder);
                self.nodes.complete(&mut node.attributes, node.line, self.builder)?;
                node.settle();
                self.builder.node(node)?;
            }
            Open::Edge(edge) => {
                let (mut edge, from, to) = *edge;
                settle_values(values, &mut edge.attributes, self.builder);
                self.edges.complete(&mut edge.attributes, edge.line, self.builder)?;
                edge.settle(self.builder)?;
                self.builder.edge_between(&from, &to, edge)?;
            }
        }
        Ok(())
    }
}
