//! The legend: only the signs and lines that the map uses.

use std::collections::BTreeSet;

use graphviz_rust::dot_structures::{Attribute, Edge, EdgeTy, Id, Node, Stmt, Subgraph, Vertex};

use super::attribute::{made_id, number, own, word};
use super::{shape, stroke};
use crate::finding::{Map, Part};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::sign::{BLANK, sign};
use crate::output::drawing::telling;
use crate::output::words::Words;

/// The legend; none for a map of nobody.
///
/// Its rows are chains of nodes, so that they stand straight and hold together in every layout.
pub(super) fn of(map: &Map, words: &Words) -> Option<Stmt> {
    let signs: BTreeSet<_> = map.nodes.iter().map(|node| node.part).collect();
    let ties: BTreeSet<Tie> = map.edges.iter().map(|edge| Tie::of(edge.kind)).collect();
    let steps = map.edges.iter().map(|edge| Sureness::of(edge.certainty));
    let steps: BTreeSet<Sureness> = steps.collect();

    let mut signs = signs.into_iter();
    let mut lines = ties.into_iter().map(|tie| tie_line(tie, words));
    let mut steps = steps.into_iter().map(|step| step_line(step, words));
    // Where colors tell groups, only the shapes still tell the part.
    let grouped = map.nodes.iter().any(|node| node.hue.is_some());
    let mut legend =
        Legend { fill: grouped.then_some(BLANK), words, statements: Vec::new(), nodes: 0 };
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
type Line = (Vec<Attribute>, String);

fn tie_line(tie: Tie, words: &Words) -> Line {
    let mut attributes = stroke::attributes(tie);
    attributes.push(number("penwidth", 1.5));
    (attributes, telling::tie(tie, words))
}

fn step_line(step: Sureness, words: &Words) -> Line {
    let attributes = vec![
        stroke::style(step),
        word("color", "#555555"),
        word("arrowhead", "none"),
        number("penwidth", 1.5),
    ];
    (attributes, telling::sureness(step, words))
}

struct Legend<'a> {
    words: &'a Words,
    statements: Vec<Stmt>,
    nodes: usize,
    /// The color of signs where it does not tell the part.
    fill: Option<&'static str>,
}

impl Legend<'_> {
    /// A sign, and lines with what they mean.
    fn row(&mut self, sign: Option<Part>, lines: [Option<Line>; 2]) {
        let mut last = self.sign(sign);
        for line in lines.into_iter().flatten() {
            let from = self.node(vec![word("shape", "point"), word("style", "invis")]);
            self.edge(last, from, vec![word("style", "invis")]);
            let (attributes, meaning) = line;
            let to = self.meaning(&meaning);
            self.edge(from, to, attributes);
            last = to;
        }
    }

    fn sign(&mut self, part: Option<Part>) -> usize {
        let Some(part) = part else {
            return self.node(vec![word("shape", "point"), word("style", "invis")]);
        };
        let sign = sign(part);
        let mut attributes = vec![own("label", &telling::part(part, self.words))];
        attributes.extend(shape::growing(sign, 0, self.fill.unwrap_or(sign.fill)));
        self.node(attributes)
    }

    fn meaning(&mut self, meaning: &str) -> usize {
        self.node(vec![
            own("label", meaning),
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
            own("label", &self.words.say("map-legend")),
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
