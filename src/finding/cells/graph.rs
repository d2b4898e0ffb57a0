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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Entities;
    use crate::identity::sketch::case;

    fn with<T>(hub: usize, ask: impl Fn(&Tied) -> T) -> T {
        let case = case(&[
            ("cases.csv", "case_id\nc1\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\np5\np6\n"),
            ("roles.csv", "case_id,person_id,role\nc1,p3,professional\n"),
            (
                "links.csv",
                "link_id,from,to,kind,grade\nl1,p1,p2,friend,0.8\nl2,p3,p1,friend,0.9\nl3,p5,p6,professional_contact,0.9\n",
            ),
            (
                "identifiers.csv",
                "person_id,kind,value\np1,phone,06-98700142\np2,phone,06-98700142\np4,phone,06-98700142\n\
                 p1,handle,kluis\np4,handle,kluis\np5,phone,06-98700155\n",
            ),
        ]);
        let entities = Entities::as_given(&case);
        let options = Cells { hub, ..Cells::default() };
        ask(&tied(&Network::new(&case, &entities), None, &options))
    }

    #[test]
    fn what_more_people_share_ties_them_less() {
        let e = |number| Some(EntityId::from_number(number));
        with(50, |tied| {
            // The phone of three stands before the handle of two, and the fourth is in no link.
            assert_eq!(tied.people, [e(0), e(1), None, e(3), None]);
            assert_eq!(tied.sorts(), [0, 0, 1, 0, 1]);
            assert_eq!((tied.hubs, tied.largest_component()), (0, 3));
            let three = 1.0 / libm::log2(3.0);
            let ties: Vec<(u32, f64)> = tied.csr.edges_of(0).collect();
            let want = [(1, 0.8), (2, three), (4, 1.0)];
            assert_eq!(ties.len(), 3, "{ties:?}");
            for ((at, weight), (to, tie)) in ties.into_iter().zip(want) {
                assert!(at == to && (weight - tie).abs() < 1e-6, "{at} {weight}");
            }
        });
        for (holders, tie) in [(2, 1.0), (4, 0.5), (8, 1.0 / 3.0)] {
            assert!((damped(holders) - tie).abs() < 1e-12, "{holders}");
        }
    }

    #[test]
    fn what_too_many_share_ties_nobody_and_is_counted() {
        with(2, |tied| {
            assert_eq!(tied.hubs, 1);
            assert_eq!(tied.sorts(), [0, 0, 1, 0]);
        });
        assert_eq!(with(3, |tied| tied.hubs), 0);
        assert_eq!(with(1, |tied| (tied.hubs, tied.largest_component())), (2, 2));
    }
}
