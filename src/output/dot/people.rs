//! The people of a map, each community in a box of its own.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{Id, Node, Stmt, Subgraph};

use super::attribute::{lines, made_id, number, tooltip, word};
use super::sign::{hue, sign};
use crate::finding::{Map, MapNode, Part};
use crate::output::percent::percent;

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
    let title = format!("Community {community} · {} shown", members.len());
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
    attributes.extend(sign.attributes(size(person), fill(person)));
    attributes.push(tooltip(about(person, sign.name)));
    attributes.push(word("class", sign.class));
    attributes.push(lines("id", [format!("n{place}")]));
    Node::new(id, attributes)
}

/// The code, and the rank of one who is likely enough to recruit again for it to be a headline.
fn label(person: &MapNode) -> Vec<String> {
    const WORTH_A_LABEL: f64 = 0.2;
    let ranked = rank(person).filter(|&(_, recurrence)| recurrence >= WORTH_A_LABEL);
    let rank = ranked.map(|(rank, recurrence)| format!("rank {rank} · {}", percent(recurrence)));
    [person.label.clone()].into_iter().chain(rank).collect()
}

/// The rank; a victim has none, whatever the map says.
fn rank(person: &MapNode) -> Option<(usize, f64)> {
    person.recurrence.filter(|_| person.part != Part::Victim)
}

/// A victim is never drawn larger than others.
fn size(person: &MapNode) -> u8 {
    if person.part == Part::Victim { 0 } else { person.size }
}

/// The color of the group, where colors tell groups; a victim has none, whatever the map says.
fn fill(person: &MapNode) -> Option<&'static str> {
    person.hue.filter(|_| person.part != Part::Victim).map(hue)
}

fn about(person: &MapNode, part: &str) -> Vec<String> {
    let first = format!("{}: {part}", person.label);
    let rank = rank(person).map(|(rank, recurrence)| {
        format!("rank {rank} among recurring recruiters, {}", percent(recurrence))
    });
    let details = person.details.iter().cloned();
    [first].into_iter().chain(rank).chain(details).collect()
}
