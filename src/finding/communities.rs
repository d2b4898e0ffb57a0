//! Who belongs together.

use rayon::prelude::*;

use super::Community;
use crate::case::{LinkKind, Role};
use crate::error::Result;
use crate::graph::{Direction, Flat, Network, View, Weight};
use crate::identity::EntityId;
use crate::measure::{Communities as _, Leiden, Partition};

/// Groups of people who are tied to one another more than to others.
///
/// Leiden on the links between people, weighted by certainty. People who are there by profession
/// are left out with their links: they meet everybody, and would tie everything together. Each
/// group carries how often two of its people fall together when the method starts elsewhere.
///
/// What it is **not**: a gang. A stability under .7 should not be called a group at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// The method.
    pub leiden: Leiden,
    /// How many other starts the stability is measured over.
    pub repeats: u64,
    /// The fewest people that make a group.
    pub least: usize,
}

impl Default for Cells {
    fn default() -> Self {
        Self { leiden: Leiden::default(), repeats: 20, least: 3 }
    }
}

impl Cells {
    /// The groups, largest first.
    ///
    /// # Errors
    ///
    /// If an option of the method is out of its range.
    pub fn find(&self, network: &Network<'_>) -> Result<Vec<Community>> {
        let flat = graph(network);
        let best = self.leiden.partition(&flat.csr)?;
        let others: Vec<Partition> = (1..=self.repeats)
            .into_par_iter()
            .map(|k| {
                Leiden { seed: self.leiden.seed.wrapping_add(k), starts: Some(1), ..self.leiden }
                    .partition(&flat.csr)
            })
            .collect::<Result<_>>()?;
        let groups = best.members().into_iter().filter(|members| members.len() >= self.least);
        Ok(groups
            .zip(1..)
            .map(|(members, community)| Community {
                community,
                stability: stability(&members, &others),
                entities: members.iter().map(|&node| flat.nodes[node as usize]).collect(),
            })
            .collect())
    }
}

fn graph(network: &Network<'_>) -> Flat<EntityId> {
    let view = View { without: vec![Role::Professional], kinds: kinds(), ..View::default() };
    network.flatten(&view, Direction::Undirected, Weight::Certainty)
}

/// All kinds but the professional contact.
fn kinds() -> Vec<LinkKind> {
    use crate::case::Code as _;
    let all = LinkKind::ALL.iter().map(|&(_, kind)| kind);
    all.filter(|&kind| kind != LinkKind::ProfessionalContact).collect()
}

/// The share of pairs of members that fall together, over other partitions.
fn stability(members: &[u32], others: &[Partition]) -> f64 {
    let pairs = |n: usize| (n * n.saturating_sub(1) / 2) as f64;
    let of_one = |other: &Partition| {
        let mut groups: Vec<u32> =
            members.iter().map(|&node| other.groups()[node as usize]).collect();
        groups.sort_unstable();
        groups.chunk_by(|a, b| a == b).map(|same| pairs(same.len())).sum::<f64>()
    };
    let together: f64 = others.iter().map(of_one).sum();
    let all = pairs(members.len()) * others.len() as f64;
    if all > 0.0 { together / all } else { 1.0 }
}
