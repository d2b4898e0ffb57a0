//! The people of a map, each community in a box of its own.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{Id, Node, Stmt, Subgraph};

use super::attribute::{lines, made_id, number, own, position, tooltip, word};
use super::shape;
use crate::finding::{Map, MapNode};
use crate::output::drawing::sign::{fill, sign, size};
use crate::output::drawing::telling;
use crate::output::placement::{Placed, lines_of};
use crate::output::words::Words;

/// The communities in their order, then the people who are in none.
pub(super) fn of(map: &Map, placed: Option<&Placed>, words: &Words) -> Vec<Stmt> {
    let mut by_community: BTreeMap<Option<usize>, Vec<Stmt>> = BTreeMap::new();
    for (place, person) in map.nodes.iter().enumerate() {
        let members = by_community.entry(person.community).or_default();
        members.push(Stmt::Node(node(place, person, placed, words)));
    }
    let alone = by_community.remove(&None).unwrap_or_default();
    let communities = by_community
        .into_iter()
        .filter_map(|(community, members)| Some(cluster(community?, members, words)));
    communities.chain(alone).collect()
}

fn cluster(community: usize, members: Vec<Stmt>, words: &Words) -> Stmt {
    let title = telling::community(community, members.len(), words);
    let mut statements: Vec<Stmt> = [
        lines("label", [title]),
        word("labelloc", "t"),
        word("labeljust", "l"),
        word("style", "rounded,filled"),
        word("fillcolor", "#F6F6F4"),
        word("color", "#B5B5B0"),
        word("fontcolor", "#444444"),
        number("fontsize", 11.0),
        number("margin", 10.0),
        word("class", "community"),
    ]
    .map(Stmt::Attribute)
    .into();
    statements.extend(members);
    Stmt::Subgraph(Subgraph { id: Id::Plain(format!("cluster_{community}")), stmts: statements })
}

fn node(place: usize, person: &MapNode, placed: Option<&Placed>, words: &Words) -> Node {
    let sign = sign(person.part);
    let id = made_id('n', place);
    let (size, fill) = (size(person), fill(person));
    let mut attributes = if let Some(placed) = placed {
        // A sign that is as large as it was placed holds its label only as it was measured.
        let mut attributes = vec![lines("label", lines_of(person, words))];
        attributes.extend(shape::attributes(sign, size, fill));
        attributes.extend(position(placed, place));
        attributes
    } else {
        let mut attributes = vec![lines("label", telling::label(person, words))];
        attributes.extend(shape::growing(sign, size, fill));
        attributes
    };
    attributes.push(tooltip(telling::about_node(person, words)));
    attributes.push(word("class", sign.class));
    attributes.push(own("id", &format!("n{place}")));
    Node::new(id, attributes)
}
