//! The people of a map, each community in a box of its own.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{Id, Node, Stmt, Subgraph};

use super::attribute::{lines, made_id, number, word};
use super::sign::sign;
use crate::finding::{Map, MapNode, Part};

/// The communities in their order, then the people who are in none.
pub(super) fn of(map: &Map) -> Vec<Stmt> {
    let mut by_community: BTreeMap<Option<usize>, Vec<Stmt>> = BTreeMap::new();
    for (place, person) in map.nodes.iter().enumerate() {
        let members = by_community.entry(person.community).or_default();
        members.push(Stmt::Node(node(place, person)));
    }
    let alone = by_community.remove(&None).unwrap_or_default();
    let communities = by_community
        .into_iter()
        .filter_map(|(community, members)| Some(cluster(community?, members)));
    communities.chain(alone).collect()
}

fn cluster(community: usize, members: Vec<Stmt>) -> Stmt {
    let people = if members.len() == 1 { "person" } else { "people" };
    let title = format!("Community {community} · {} {people}", members.len());
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

fn node(place: usize, person: &MapNode) -> Node {
    let sign = sign(person.part);
    let id = made_id('n', place);
    let mut attributes = vec![lines("label", label(person))];
    attributes.extend(sign.attributes(size(person)));
    attributes.push(lines("tooltip", tooltip(person, sign.name)));
    attributes.push(word("class", sign.class));
    attributes.push(lines("id", [format!("n{place}")]));
    Node::new(id, attributes)
}

/// The code, and the rank where there is one. A victim has none, whatever the map says.
fn label(person: &MapNode) -> Vec<String> {
    let rank =
        |(rank, recurrence): (usize, f64)| format!("rank {rank} · {:.0} %", 100.0 * recurrence);
    let ranked = person.recurrence.filter(|_| person.part != Part::Victim);
    [person.label.clone()].into_iter().chain(ranked.map(rank)).collect()
}

/// A victim is never drawn larger than others.
fn size(person: &MapNode) -> u8 {
    if person.part == Part::Victim { 0 } else { person.size }
}

fn tooltip(person: &MapNode, part: &str) -> Vec<String> {
    let first = format!("{}: {part}", person.label);
    [first].into_iter().chain(person.details.clone()).collect()
}
