//! A network map as DOT, the language of Graphviz.
//!
//! Names in the file (`n0`, `e7`, `cluster_2`) are made here; text from a case comes in by one door only, and
//! stands in labels and tooltips.

mod attribute;
mod heading;
mod legend;
mod people;
mod quote;
mod shape;
mod stroke;
mod ties;

use graphviz_rust::dot_structures::{Graph, GraphAttributes, Id, Stmt};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use crate::finding::Map;
use crate::output::placement::Placed;
use crate::output::words::{Lang, Words};
use attribute::{number, word};

/// How a map is written as DOT.
///
/// # Examples
///
/// ```
/// use kluwen::finding::Map;
/// use kluwen::output::Dot;
///
/// let map = Map { title: Some("Harbor".into()), ..Map::default() };
/// assert!(Dot::default().text(&map, None).starts_with("digraph kluwen {"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dot {
    /// Up to how many links are labelled on the map; past that, labels would hide it.
    pub labelled_links: usize,
    /// In which language.
    pub lang: Lang,
}

impl Default for Dot {
    fn default() -> Self {
        Self { labelled_links: 60, lang: Lang::default() }
    }
}

impl Dot {
    /// The map as DOT: the same map gives the same bytes. With a placement, every sign says where it stands (`pos`), and
    /// `neato -n2` draws the picture that the other formats have.
    #[must_use]
    pub fn text(&self, map: &Map, placed: Option<&Placed>) -> String {
        let words = Words::of(self.lang);
        let mut statements = defaults();
        statements.push(heading::of(map, &words));
        statements.extend(people::of(map, placed, &words));
        statements.extend(ties::of(map, self.labelled_links, &words));
        // A legend has no place among signs that stand where they stand.
        statements.extend(legend::of(map, &words).filter(|_| placed.is_none()));
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
