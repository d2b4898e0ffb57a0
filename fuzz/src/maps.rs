//! Maps of any text, written for other tools and read again.

use std::collections::{BTreeSet, HashSet};

use graphviz_rust::dot_structures::{Graph, Stmt};
use kluwen::case::{Foreign, Limits, LinkKind, Role, When};
use kluwen::finding::{Evidence, Map, MapEdge, MapNode, Part, TieKind};
use kluwen::identity::EntityId;
use kluwen::output::{Dot, Exchange, write_map};

/// The formats whose files are read again, and the endings by which they are known.
const READ_AGAIN: [(&str, &str); 8] = [
    ("graphml", "map.graphml"),
    ("gexf", "map.gexf"),
    ("gexf-1.2", "map.gexf"),
    ("cytoscape", "map.cyjs"),
    ("node-link", "map.json"),
    ("pajek", "map.net"),
    ("dl", "map.dl"),
    ("graphml", "map.xml"),
];

/// A map comes back from every format with the same nodes and ties.
pub(crate) fn map_chain(data: &[u8]) {
    let Some(map) = map(data) else { return };
    let known: Vec<(usize, usize)> = ends(&map);
    for (format, name) in READ_AGAIN {
        let format: Exchange = format.parse().expect("a format of this build");
        let mut written = Vec::new();
        write_map(&map, None, format, &mut written).expect("memory takes it");
        let back = Foreign::from_bytes(name, &written, &Limits::default());
        let back = back.unwrap_or_else(|error| panic!("{error}\n{}", shown(&written)));
        assert_eq!(back.nodes.len(), map.nodes.len(), "{name}\n{}", shown(&written));
        let found: Vec<(usize, usize)> = back.edges.iter().map(|e| (e.from, e.to)).collect();
        if name == "map.dl" {
            // Of ties between the same two nodes its list has one, and it is in order.
            let distinct: BTreeSet<_> = known.iter().copied().collect();
            assert_eq!(found, distinct.into_iter().collect::<Vec<_>>(), "{}", shown(&written));
        } else if name == "map.net" {
            // People come first, as a network of two sides has them.
            let numbers = people_first(&map);
            let known = known.iter().map(|&(from, to)| (numbers[from], numbers[to]));
            assert_eq!(found, known.collect::<Vec<_>>(), "{}", shown(&written));
        } else {
            assert_eq!(found, known, "{name}\n{}", shown(&written));
        }
    }
    for (name, format) in Exchange::ALL {
        if !format.is_folder() {
            let written = || {
                let mut out = Vec::new();
                write_map(&map, None, *format, &mut out).expect("memory takes it");
                out
            };
            assert_eq!(written(), written(), "{name} is not the same twice");
        }
    }
}

/// A map as DOT is what two parsers read: the one of the library that writes it, and our own.
pub(crate) fn dot_chain(data: &[u8]) {
    let Some(map) = map(data) else { return };
    let written = Dot::default().text(&map, None);
    let graph = graphviz_rust::parse(&written);
    let graph = graph.unwrap_or_else(|error| panic!("{error}\n{written}"));
    let (Graph::Graph { stmts, .. } | Graph::DiGraph { stmts, .. }) = graph;
    assert_eq!(edges_of(&stmts), ends(&map).len(), "{written}");
    let back = Foreign::from_bytes("map.dot", written.as_bytes(), &Limits::default());
    let back = back.unwrap_or_else(|error| panic!("{error}\n{written}"));
    // The legend has signs and lines of its own.
    assert!(back.nodes.len() >= map.nodes.len(), "{written}");
    let own = back.nodes.iter().filter(|node| is_own(&node.id)).count();
    assert_eq!(own, map.nodes.len(), "{written}");
}

/// `n0`, `n17`: what the writer calls the nodes of a map.
fn is_own(id: &str) -> bool {
    id.strip_prefix('n')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The place of each node where people stand before all else.
fn people_first(map: &Map) -> Vec<usize> {
    let is_person = |node: &MapNode| node.part.is_person();
    let (mut people, mut things) = (0, map.people());
    let place = |node: &MapNode| {
        let next = if is_person(node) { &mut people } else { &mut things };
        *next += 1;
        *next - 1
    };
    map.nodes.iter().map(place).collect()
}

fn edges_of(statements: &[Stmt]) -> usize {
    statements.iter().filter(|statement| matches!(statement, Stmt::Edge(_))).count()
}

/// The ends of the ties that a map can show.
fn ends(map: &Map) -> Vec<(usize, usize)> {
    let last = map.nodes.len();
    let ends = map.edges.iter().map(|edge| (edge.from, edge.to));
    ends.filter(|&(from, to)| from.max(to) < last).collect()
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A map: a line a node, with two signs before its text, then after an empty line four signs a tie.
fn map(data: &[u8]) -> Option<Map> {
    let text = std::str::from_utf8(data).ok()?;
    let (nodes, ties) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut known = HashSet::new();
    let mut map = Map::default();
    for line in nodes.split('\n').take(40) {
        let mut signs = line.chars();
        let (part, size) = (number(signs.next()?), number(signs.next().unwrap_or('0')));
        let part = Part::ALL[part % Part::ALL.len()];
        let text: String = signs.collect();
        let place = map.nodes.len();
        // A victim is called by a code of her own.
        let label = if part == Part::Victim { format!("V{place}") } else { text.clone() };
        if !known.insert((part, label.clone())) && !part.is_person() {
            continue;
        }
        let number = u32::try_from(place).ok()?;
        let entity = part.is_person().then(|| EntityId::from_number(number));
        map.nodes.push(MapNode {
            entity,
            community: (size > 3).then_some(size),
            recurrence: (size == 2).then_some((1, 0.5)),
            size: u8::try_from(size % 3).unwrap_or(0),
            roles: vec![(Role::Recruiter, vec![text.as_str().into()])],
            evidence: vec![evidence(&text, size)],
            ..MapNode::new(label.into(), part)
        });
    }
    let mut signs = ties.chars().filter(|sign| !sign.is_whitespace());
    while let (Some(from), Some(to), Some(kind), Some(size)) =
        (signs.next(), signs.next(), signs.next(), signs.next())
    {
        if map.edges.len() == 60 {
            break;
        }
        let kind = number(kind);
        let links = [LinkKind::Recruited, LinkKind::Kin, LinkKind::Contact, LinkKind::Exploited];
        let kind = match kind % 6 {
            at @ 0..4 => TieKind::Link(links[at]),
            4 => TieKind::Place,
            _ => TieKind::Role(Role::Victim),
        };
        map.edges.push(MapEdge {
            from: number(from),
            to: number(to),
            kind,
            count: number(size) as f64,
            certainty: 0.5,
            when: when(number(size)),
            evidence: vec![evidence("links.csv:8", number(size))],
        });
    }
    map.title = map.nodes.first().map(|node| node.label.clone());
    (!map.nodes.is_empty()).then_some(map)
}

/// What a sign stands for: a digit for itself, any other for its number.
fn number(sign: char) -> usize {
    sign.to_digit(36).unwrap_or(u32::from(sign) % 64) as usize
}

fn when(size: usize) -> When {
    const DATES: [&str; 5] = ["", "2019-03", "2019-03-02/..", "../2018?", "0000~/9999~"];
    When::parse(DATES[size % DATES.len()]).expect("a date")
}

fn evidence(text: &str, size: usize) -> Evidence {
    Evidence {
        row: text.into(),
        when: when(size),
        grade: text.into(),
        certainty: 0.5,
        case: text.into(),
        handling: "".into(),
    }
}
