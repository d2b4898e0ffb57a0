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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::sketch::contact;
    use crate::finding::{MapNode, Part};
    use crate::output::words::Lang;

    /// Of each tie that is drawn whether it has a label.
    fn drawn(ties: &[(usize, usize)], labelled: usize) -> Vec<bool> {
        let edge = |&(from, to): &(usize, usize)| contact(from, to);
        let nodes = ["E1", "E2"].map(|code| MapNode::new(code.into(), Part::Client));
        let edges = ties.iter().map(edge).collect();
        let map = Map { nodes: nodes.into(), edges, ..Map::default() };
        let has_label = |statement: Stmt| {
            let Stmt::Edge(edge) = statement else { panic!("a tie") };
            edge.attributes.iter().any(|one| format!("{one:?}").contains("\"label\""))
        };
        of(&map, labelled, &Words::of(Lang::En)).into_iter().map(has_label).collect()
    }

    #[test]
    fn ties_have_labels_up_to_so_many() {
        assert_eq!(drawn(&[(0, 1), (1, 0)], 2), [true, true]);
        assert_eq!(drawn(&[(0, 1), (1, 0)], 1), [false, false]);
    }

    #[test]
    fn a_tie_to_nobody_on_the_map_is_not_drawn() {
        assert_eq!(drawn(&[(0, 2), (2, 0), (1, 1)], 9), [true]);
    }
}
