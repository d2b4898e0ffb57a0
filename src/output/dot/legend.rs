//! The legend: only the signs and lines that the map uses.

use std::collections::BTreeSet;

use graphviz_rust::dot_structures::{Attribute, Edge, EdgeTy, Id, Node, Stmt, Subgraph, Vertex};

use super::attribute::{made_id, number, word};
use super::line::{Sureness, Tie};
use super::sign::{BLANK, Sign, sign};
use crate::finding::Map;

/// The legend; none for a map of nobody.
///
/// Its rows are chains of nodes, so that they stand straight and hold together in every layout.
pub(super) fn of(map: &Map) -> Option<Stmt> {
    let signs: BTreeSet<_> = map.nodes.iter().map(|node| node.part).collect();
    let ties: BTreeSet<Tie> = map.edges.iter().map(|edge| Tie::of(edge.kind)).collect();
    let steps = map.edges.iter().map(|edge| Sureness::of(edge.certainty));
    let steps: BTreeSet<Sureness> = steps.collect();

    let mut signs = signs.into_iter().map(|part| sign(part));
    let mut lines = ties.into_iter().map(tie_line);
    let mut steps = steps.into_iter().map(step_line);
    // Where colors tell groups, only the shapes still tell the part.
    let grouped = map.nodes.iter().any(|node| node.hue.is_some());
    let mut legend = Legend { fill: grouped.then_some(BLANK), ..Legend::default() };
    loop {
        let row = (signs.next(), lines.next(), steps.next());
        if let (None, None, None) = row {
            break;
        }
        let (sign, line, step) = row;
        legend.row(sign, [line, step]);
    }
    legend.finish()
}

/// A line and what it means.
type Line = (Vec<Attribute>, &'static str);

fn tie_line(tie: Tie) -> Line {
    let mut attributes = tie.attributes();
    attributes.push(number("penwidth", 1.5));
    (attributes, tie.name())
}

fn step_line(step: Sureness) -> Line {
    let attributes = vec![
        step.attribute(),
        word("color", "#555555"),
        word("arrowhead", "none"),
        number("penwidth", 1.5),
    ];
    (attributes, step.name())
}

#[derive(Default)]
struct Legend {
    statements: Vec<Stmt>,
    nodes: usize,
    /// The color of signs where it does not tell the part.
    fill: Option<&'static str>,
}

impl Legend {
    /// A sign, and lines with what they mean.
    fn row(&mut self, sign: Option<&Sign>, lines: [Option<Line>; 2]) {
        let mut last = self.sign(sign);
        for line in lines.into_iter().flatten() {
            let from = self.node(vec![word("shape", "point"), word("style", "invis")]);
            self.edge(last, from, vec![word("style", "invis")]);
            let (attributes, meaning) = line;
            let to = self.meaning(meaning);
            self.edge(from, to, attributes);
            last = to;
        }
    }

    fn sign(&mut self, sign: Option<&Sign>) -> usize {
        let Some(sign) = sign else {
            return self.node(vec![word("shape", "point"), word("style", "invis")]);
        };
        let mut attributes = vec![word("label", sign.name)];
        attributes.extend(sign.attributes(0, self.fill));
        self.node(attributes)
    }

    fn meaning(&mut self, meaning: &'static str) -> usize {
        self.node(vec![
            word("label", meaning),
            word("shape", "plaintext"),
            number("fontsize", 10.0),
            number("height", 0.2),
        ])
    }

    fn node(&mut self, mut attributes: Vec<Attribute>) -> usize {
        attributes.push(word("class", "legend"));
        let node = Node::new(made_id('l', self.nodes), attributes);
        self.statements.push(Stmt::Node(node));
        self.nodes += 1;
        self.nodes - 1
    }

    fn edge(&mut self, from: usize, to: usize, mut attributes: Vec<Attribute>) {
        let end = |place| Vertex::N(made_id('l', place));
        attributes.push(word("class", "legend"));
        attributes.push(number("weight", 100.0));
        self.statements.push(Stmt::Edge(Edge { ty: EdgeTy::Pair(end(from), end(to)), attributes }));
    }

    fn finish(self) -> Option<Stmt> {
        if self.statements.is_empty() {
            return None;
        }
        let mut statements: Vec<Stmt> = [
            word("label", "Legend"),
            word("labeljust", "l"),
            word("style", "rounded"),
            word("color", "#B5B5B0"),
            word("fontcolor", "#444444"),
            number("fontsize", 11.0),
            word("class", "legend"),
        ]
        .map(Stmt::Attribute)
        .into();
        statements.extend(self.statements);
        Some(Stmt::Subgraph(Subgraph { id: Id::Plain("cluster_legend".into()), stmts: statements }))
    }
}
