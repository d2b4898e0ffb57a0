//! People with what they share: links, and phones, channels, places and case files beside them.

use std::collections::BTreeMap;

use super::csr::{Csr, Direction};
use super::network::{Flat, Network};
use super::two_mode::Mode;
use super::view::{View, Weight};
use crate::identity::clean::Region;

/// What people may share that is put beside them into a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shared {
    /// Phones, handles, accounts and the like.
    Identifiers,
    /// Channels of their links and advertisements.
    Channels,
    /// Places of their links.
    Places,
    /// Case files in which they have a role.
    Cases,
}

impl Network<'_> {
    /// People tied by links, and tied to what they share, in the view: undirected and without weights.
    ///
    /// `region` is the country whose telephone numbers are written without a country code. What is left out is counted for links only.
    #[must_use]
    pub fn with_shared(&self, view: &View, shared: &[Shared], region: Region) -> Flat<Mode> {
        let people = self.flatten(view, Direction::Undirected, Weight::None);
        let left_out = people.left_out;
        let nodes = people.nodes.into_iter().map(Mode::Person).collect();
        let mut all = vec![Flat { csr: people.csr, nodes, left_out }];
        all.extend(shared.iter().map(|sort| match sort {
            Shared::Identifiers => self.people_by_identifiers(view, region),
            Shared::Channels => self.people_by_channels(view),
            Shared::Places => self.people_by_places(view),
            Shared::Cases => self.people_by_cases(view),
        }));
        Flat { left_out, ..merged(&all) }
    }
}

/// One graph of all nodes and edges of several.
fn merged(all: &[Flat<Mode>]) -> Flat<Mode> {
    let mut number: BTreeMap<Mode, u32> =
        all.iter().flat_map(|flat| &flat.nodes).map(|&mode| (mode, 0)).collect();
    for (new, slot) in (0..).zip(number.values_mut()) {
        *slot = new;
    }
    let mut pairs = Vec::new();
    for flat in all {
        let new = |u: u32| number[&flat.nodes[u as usize]];
        for u in flat.csr.nodes() {
            let later = flat.csr.neighbors(u).iter().filter(|&&v| u < v);
            pairs.extend(later.map(|&v| (new(u), new(v))));
        }
    }
    let csr = Csr::unweighted(number.len(), &pairs, Direction::Undirected);
    Flat { csr, nodes: number.into_keys().collect(), left_out: 0 }
}
