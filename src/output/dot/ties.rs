//! The links of a map.

use graphviz_rust::dot_structures::{Edge, EdgeTy, Stmt, Vertex};

use super::attribute::{lines, made_id, tooltip, word};
use super::line::{Sureness, Tie, width};
use crate::finding::{Map, MapEdge};

/// All links, in the map's order; with labels where there are at most `labelled` of them.
pub(super) fn of(map: &Map, labelled: usize) -> Vec<Stmt> {
    let with_labels = map.edges.len() <= labelled;
    let statement = |(place, link): (usize, &MapEdge)| {
        let mut edge = edge(place, link, map);
        if with_labels {
            edge.attributes.push(lines("label", [phrase(link)]));
        }
        Stmt::Edge(edge)
    };
    map.edges.iter().enumerate().map(statement).collect()
}

fn edge(place: usize, link: &MapEdge, map: &Map) -> Edge {
    let end = |place| Vertex::N(made_id('n', place));
    let tie = Tie::of(link.kind);
    let mut attributes = tie.attributes();
    attributes.push(Sureness::of(link.certainty).attribute());
    attributes.push(width(tie, link.count));
    attributes.push(tooltip(about(link, map)));
    attributes.push(word("class", tie.class()));
    attributes.push(lines("id", [format!("e{place}")]));
    Edge { ty: EdgeTy::Pair(end(link.from), end(link.to)), attributes }
}

/// `recruited (3)`.
fn phrase(link: &MapEdge) -> String {
    let kind = link.kind.code().replace('_', " ");
    if link.count > 1.0 { format!("{kind} ({})", link.count) } else { kind }
}

fn about(link: &MapEdge, map: &Map) -> Vec<String> {
    let name = |place: usize| map.nodes.get(place).map_or("", |node| node.label.as_str());
    let who = format!("{} → {}", name(link.from), name(link.to));
    let what = format!("{}, certainty {:.2}", phrase(link), link.certainty);
    let dates = Some(link.dates.clone()).filter(|dates| !dates.is_empty());
    let rows = link.evidence.iter().cloned();
    [who, what].into_iter().chain(dates).chain(rows).collect()
}
