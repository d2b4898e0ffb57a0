//! The legend: only the signs and lines that the map uses.

use std::collections::BTreeSet;

use graphviz_rust::dot_structures::{Edge, EdgeTy, Id, Node, Stmt, Subgraph, Vertex};

use super::attribute::{lines, made_id, number, word};
use super::line::{Sureness, Tie};
use super::sign::sign;
use crate::finding::Map;

/// The legend; none for a map of nobody.
pub(super) fn of(map: &Map) -> Option<Stmt> {
    let parts: BTreeSet<_> = map.nodes.iter().map(|node| node.part).collect();
    if parts.is_empty() {
        return None;
    }
    let mut legend = Legend::default();
    for part in parts {
        legend.sign(part);
    }
    let ties: BTreeSet<_> = map.edges.iter().map(|edge| Tie::of(edge.kind)).collect();
    for tie in ties {
        let mut attributes = tie.attributes();
        attributes.push(word("style", "solid"));
        legend.line(attributes, tie.name());
    }
    let sure: BTreeSet<_> = map.edges.iter().map(|edge| Sureness::of(edge.certainty)).collect();
    for step in sure {
        legend.line(
            vec![step.attribute(), word("color", "#000000"), word("arrowhead", "none")],
            step.name(),
        );
    }
    Some(legend.finish())
}

#[derive(Default)]
struct Legend {
    statements: Vec<Stmt>,
    made: usize,
}

impl Legend {
    fn next_id(&mut self) -> usize {
        self.made += 1;
        self.made - 1
    }

    fn node(&mut self, attributes: Vec<graphviz_rust::dot_structures::Attribute>) -> usize {
        let place = self.next_id();
        self.statements.push(Stmt::Node(Node::new(made_id('l', place), attributes)));
        place
    }

    fn sign(&mut self, part: crate::finding::Part) {
        let sign = sign(part);
        let mut attributes = vec![lines("label", [sign.name])];
        attributes.extend(sign.attributes(0));
        self.node(attributes);
    }

    fn line(
        &mut self,
        mut attributes: Vec<graphviz_rust::dot_structures::Attribute>,
        name: &'static str,
    ) {
        let from =
            self.node(vec![word("shape", "point"), word("style", "invis"), number("width", 0.05)]);
        let to = self.node(vec![
            word("shape", "plaintext"),
            word("label", name),
            number("fontsize", 10.0),
        ]);
        attributes.push(number("penwidth", 1.5));
        self.statements.push(Stmt::Edge(Edge {
            ty: EdgeTy::Pair(Vertex::N(made_id('l', from)), Vertex::N(made_id('l', to))),
            attributes,
        }));
    }

    fn finish(self) -> Stmt {
        let mut statements: Vec<Stmt> = [
            word("label", "Legend"),
            word("style", "rounded"),
            word("color", "#B5B5B0"),
            number("fontsize", 11.0),
        ]
        .map(Stmt::Attribute)
        .into();
        statements.extend(self.statements);
        Stmt::Subgraph(Subgraph { id: Id::Plain("cluster_legend".into()), stmts: statements })
    }
}
