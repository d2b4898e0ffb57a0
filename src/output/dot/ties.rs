//! The links of a map.

use graphviz_rust::dot_structures::{Edge, EdgeTy, Stmt, Vertex};

use super::attribute::{made_id, number, own, tooltip, word};
use super::stroke;
use crate::finding::{Map, MapEdge};
use crate::output::drawing::line::{Sureness, Tie};
use crate::output::drawing::telling;
use crate::output::words::Words;

/// All links between nodes that are there, in the map's order; with labels where there are at most `labelled` of them. Of an end that
/// is not there Graphviz would make a sign.
pub(super) fn of(map: &Map, labelled: usize, words: &Words) -> Vec<Stmt> {
    let with_labels = map.edges.len() <= labelled;
    let statement = |(place, link): (usize, &MapEdge)| {
        let mut edge = edge(place, link, map, words);
        if with_labels {
            edge.attributes.push(own("label", &telling::phrase(link, words)));
        }
        Stmt::Edge(edge)
    };
    let shown = |(_, link): &(usize, &MapEdge)| link.from.max(link.to) < map.nodes.len();
    map.edges.iter().enumerate().filter(shown).map(statement).collect()
}

fn edge(place: usize, link: &MapEdge, map: &Map, words: &Words) -> Edge {
    let end = |place| Vertex::N(made_id('n', place));
    let tie = Tie::of(link.kind);
    let mut attributes = stroke::attributes(tie);
    attributes.push(stroke::style(Sureness::of(link.certainty)));
    attributes.push(number("penwidth", tie.width(link.count)));
    attributes.push(tooltip(telling::about_edge(link, map, words)));
    attributes.push(word("class", tie.class()));
    attributes.push(own("id", &format!("e{place}")));
    Edge { ty: EdgeTy::Pair(end(link.from), end(link.to)), attributes }
}
