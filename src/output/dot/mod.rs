//! A network map as DOT, the language of Graphviz.
//!
//! Names in the file (`n0`, `e7`, `cluster_2`) are made here; text from a case comes in by one door only, and
//! stands in labels and tooltips.

mod attribute;
mod heading;
mod legend;
mod line;
mod people;
mod quote;
mod sign;
mod ties;

use graphviz_rust::dot_structures::{Graph, GraphAttributes, Id, Stmt};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use crate::finding::Map;
use attribute::{number, word};

/// How a map is written as DOT.
///
/// # Examples
///
/// ```
/// use kluwen::finding::Map;
/// use kluwen::output::Dot;
///
/// let map = Map { title: "Harbor".into(), ..Map::default() };
/// assert!(Dot::default().text(&map).starts_with("digraph kluwen {"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dot {
    /// Up to how many links are labelled on the map; past that, labels would hide it.
    pub labelled_links: usize,
}

impl Default for Dot {
    fn default() -> Self {
        Self { labelled_links: 60 }
    }
}

impl Dot {
    /// The map as DOT: the same map gives the same bytes.
    #[must_use]
    pub fn text(&self, map: &Map) -> String {
        let mut statements = defaults();
        statements.push(heading::of(map));
        statements.extend(people::of(map));
        statements.extend(ties::of(map, self.labelled_links));
        statements.extend(legend::of(map));
        let graph =
            Graph::DiGraph { id: Id::Plain("kluwen".into()), strict: false, stmts: statements };
        graph.print(&mut PrinterContext::default()) + "\n"
    }
}

const FONT: &str = "Helvetica,Arial,sans-serif";

/// What holds for all that follows.
fn defaults() -> Vec<Stmt> {
    let graph = vec![
        word("fontname", FONT),
        word("rankdir", "LR"),
        number("nodesep", 0.18),
        number("ranksep", 0.7),
        number("pad", 0.3),
        word("newrank", "true"),
        // For neato and sfdp; dot has no use for them.
        word("overlap", "prism"),
        word("splines", "true"),
        word("outputorder", "edgesfirst"),
        word("bgcolor", "#FFFFFF"),
        word("tooltip", " "),
    ];
    let node = vec![
        word("fontname", FONT),
        word("color", "#000000"),
        number("penwidth", 1.0),
        word("margin", "0.08,0.04"),
    ];
    let edge = vec![word("fontname", FONT), number("fontsize", 9.0), number("arrowsize", 0.7)];
    [GraphAttributes::Graph(graph), GraphAttributes::Node(node), GraphAttributes::Edge(edge)]
        .map(Stmt::GAttribute)
        .into()
}
