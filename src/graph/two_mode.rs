//! Graphs of two kinds of nodes: actor × victim, victim × channel, person × case.

use std::collections::BTreeMap;

use super::csr::{Csr, Direction, Edge};
use super::network::{Flat, Network};
use super::view::View;
use crate::case::{Case, LinkKind, Role, Symbol};
use crate::identity::{Entities, EntityId};

/// A node of a two-mode graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Somebody.
    Person(EntityId),
    /// A channel.
    Channel(Symbol),
    /// A case file.
    Case(Symbol),
}

impl Network<'_> {
    /// Who acted on which victim: an edge from each person who is no victim to each victim whom he
    /// has a link to in the view. Its weight is the number of links.
    ///
    /// Professional contacts and contacts of which nothing is said are not acts.
    #[must_use]
    pub fn actors_by_victims(&self, view: &View) -> Flat<Mode> {
        let entities = self.entities();
        let acts = self.links(view).filter(|(_, link, from, to)| {
            let act = !matches!(
                link.kind,
                LinkKind::ProfessionalContact | LinkKind::Contact | LinkKind::Other
            );
            act && entities.victim(*from).is_none() && entities.victim(*to).is_some()
        });
        let pairs = acts.map(|(_, _, from, to)| (Mode::Person(from), Mode::Person(to)));
        flat(&pairs.collect::<Vec<_>>(), self.case().links.len())
    }
}

/// Which victims were offered on, or first contacted through, which channels. The weight is the number of rows.
#[must_use]
pub fn victims_by_channels(case: &Case, entities: &Entities) -> Flat<Mode> {
    let contacts = case.links.iter().filter(|link| link.kind == LinkKind::FirstContact);
    let contacts = contacts.map(|link| (link.to, link.channel));
    let rows = contacts.chain(case.ads.iter().map(|ad| (ad.victim, ad.channel)));
    let pairs = rows.filter_map(|(person, channel)| {
        let person = entities.of(case, person).filter(|&e| entities.victim(e).is_some())?;
        Some((Mode::Person(person), Mode::Channel(channel.known()?)))
    });
    flat(&pairs.collect::<Vec<_>>(), case.links.len() + case.ads.len())
}

/// Who has a role in which case file. The weight is the number of roles.
#[must_use]
pub fn people_by_cases(case: &Case, entities: &Entities, without: &[Role]) -> Flat<Mode> {
    let roles = case.roles.iter().filter(|role| !without.contains(&role.role));
    let pairs = roles.filter_map(|role| {
        let person = entities.of(case, role.person)?;
        Some((Mode::Person(person), Mode::Case(role.case.known()?)))
    });
    flat(&pairs.collect::<Vec<_>>(), case.roles.len())
}

/// Nodes in order, the first kind before the second; equal pairs become one edge.
fn flat(pairs: &[(Mode, Mode)], rows: usize) -> Flat<Mode> {
    let mut number: BTreeMap<(u8, Mode), u32> = BTreeMap::new();
    for &(left, right) in pairs {
        number.insert((0, left), 0);
        number.insert((1, right), 0);
    }
    for (new, slot) in (0..).zip(number.values_mut()) {
        *slot = new;
    }
    let edge = |(left, right): &(Mode, Mode)| (number[&(0, *left)], number[&(1, *right)], 1.0);
    let edges: Vec<Edge> = pairs.iter().map(edge).collect();
    let csr = Csr::new(number.len(), &edges, Direction::Undirected);
    Flat {
        csr,
        nodes: number.into_keys().map(|(_, mode)| mode).collect(),
        left_out: rows - pairs.len(),
    }
}
