//! The graph that is divided: people, and what several of them used.

use std::collections::BTreeMap;

use super::Cells;
use crate::case::{Code as _, LinkKind, Role, When};
use crate::graph::{Csr, Direction, Edge, Mode, Network, View, Weight};
use crate::identity::EntityId;
use crate::measure::{Communities as _, Components};

/// People, and behind them what they share.
pub(super) struct Tied {
    pub(super) csr: Csr,
    /// By node: who; none of what is shared.
    pub(super) people: Vec<Option<EntityId>>,
    /// How many identifiers are left out because too many share them.
    pub(super) hubs: usize,
}

impl Tied {
    /// By node: 0 for people, 1 for what they share.
    pub(super) fn sorts(&self) -> Vec<u8> {
        self.people.iter().map(|person| u8::from(person.is_none())).collect()
    }

    /// How many people the largest component has.
    pub(super) fn largest_component(&self) -> usize {
        let Ok(components) = Components.partition(&self.csr) else { return 0 };
        let people = |members: &Vec<u32>| {
            members.iter().filter(|&&node| self.people[node as usize].is_some()).count()
        };
        components.members().iter().map(people).max().unwrap_or(0)
    }
}

/// What ties people within an interval, or ever.
pub(super) fn tied(network: &Network<'_>, during: Option<When>, options: &Cells) -> Tied {
    let view =
        View { without: vec![Role::Professional], kinds: kinds(), during, ..View::default() };
    let flat = network.flatten(&view, Direction::Undirected, Weight::Certainty);
    let mut number: BTreeMap<EntityId, u32> = flat.nodes.iter().copied().zip(0..).collect();
    let mut people: Vec<Option<EntityId>> = flat.nodes.iter().copied().map(Some).collect();
    let row =
        |u: u32| flat.csr.edges_of(u).filter(move |&(v, _)| u < v).map(move |(v, w)| (u, v, w));
    let mut edges: Vec<Edge> = flat.csr.nodes().flat_map(row).collect();
    let used = network.people_by_identifiers(&view, options.region);
    let mut hubs = 0;
    let mut all_holders: Vec<Vec<EntityId>> = Vec::new();
    for (node, mode) in used.csr.nodes().zip(&used.nodes) {
        let holders = used.csr.neighbors(node);
        if !matches!(mode, Mode::Identifier(..)) || holders.len() < 2 {
            continue;
        }
        if holders.len() > options.hub {
            hubs += 1;
            continue;
        }
        let person = |&holder: &u32| match used.nodes[holder as usize] {
            Mode::Person(person) => Some(person),
            _ => None,
        };
        let mut holders: Vec<EntityId> = holders.iter().filter_map(person).collect();
        holders.sort_unstable();
        all_holders.push(holders);
    }
    // By who holds them and not by where their rows stand, so that rows in another order divide the same.
    all_holders.sort_unstable();
    for holders in all_holders {
        let shared = next(&mut people, None);
        for &person in &holders {
            let own = *number.entry(person).or_insert_with(|| next(&mut people, Some(person)));
            edges.push((own, shared, damped(holders.len())));
        }
    }
    Tied { csr: Csr::new(people.len(), &edges, Direction::Undirected), people, hubs }
}

/// A further node, and its number.
fn next(people: &mut Vec<Option<EntityId>>, person: Option<EntityId>) -> u32 {
    people.push(person);
    u32::try_from(people.len() - 1).expect("nodes are numbered by 32 bits")
}

/// What so many share ties each of them the less: one for two of them.
fn damped(holders: usize) -> f64 {
    1.0 / libm::log2(holders as f64)
}

/// All kinds but the professional contact.
fn kinds() -> Vec<LinkKind> {
    let all = LinkKind::ALL.iter().map(|&(_, kind)| kind);
    all.filter(|&kind| kind != LinkKind::ProfessionalContact).collect()
}
