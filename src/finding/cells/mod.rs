//! Who belongs together.

mod graph;
mod over_time;

use serde::Serialize;

pub use self::over_time::{CellChange, CellsOverTime, Period};

use self::graph::{Tied, tied};
use super::Community;
use crate::error::Result;
use crate::graph::Network;
use crate::identity::EntityId;
use crate::identity::clean::Region;
use crate::measure::{Agreed, Communities as _, Consensus, Divider, Leiden, Quality, Rewiring};

/// Groups of people who are tied to one another more than to others.
///
/// The graph has people, their links, weighed by certainty, and the phones, handles and accounts that several of them used. What more people
/// share weighs less, and what more than [`hub`](Self::hub) share is left out; so are people who are there by profession, with their links: they meet
/// everybody, and would tie everything together. It is divided by several methods from several seeds, and groups are what
/// the divisions agree on ([`Consensus`]).
///
/// Each person has a share of divisions in which they are with another member of the group, and the group its mean. Under
/// [`Community::FIRM`] it should not be called a group at all.
///
/// What it is **not**: a gang.
///
/// - **Cost**: some forty divisions, and one for each rewired graph.
/// - **Edge cases**: without links there are no groups; a division that leaves a large component whole is counted, and said.
///
/// # Examples
///
/// ```
/// use kluwen::Case;
/// use kluwen::finding::Cells;
/// use kluwen::graph::Network;
/// use kluwen::identity::Entities;
///
/// let case = Case::open("graphs/study25")?;
/// let entities = Entities::as_given(&case);
/// let found = Cells::default().find(&Network::new(&case, &entities))?;
/// assert!(found.groups.iter().all(|group| group.entities.len() == group.membership.len()));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// How the graph is divided.
    pub consensus: Consensus,
    /// What the number of ties inside is compared with.
    pub rewiring: Rewiring,
    /// The fewest people that make a group.
    pub least: usize,
    /// What more people share ties nobody.
    pub hub: usize,
    /// The country whose telephone numbers are written without a country code.
    pub region: Region,
}

impl Default for Cells {
    fn default() -> Self {
        Self {
            consensus: Consensus::default(),
            rewiring: Rewiring::default(),
            least: 3,
            hub: 50,
            region: Region::default(),
        }
    }
}

/// Groups, and what they rest on.
#[derive(Clone, Debug, Default)]
pub struct CellsFound {
    /// The groups, the largest first.
    pub groups: Vec<Community>,
    /// What they rest on.
    pub basis: CellsBasis,
}

/// What groups rest on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CellsBasis {
    /// By which methods the graph was divided.
    pub methods: Vec<Divider>,
    /// How often by each.
    pub seeds: u64,
    /// How far the divisions agree with the groups: the mean adjusted Rand index.
    pub agreement: f64,
    /// By method: how many divisions left the largest component whole, and so say nothing of it.
    pub collapsed: Vec<usize>,
    /// How many people the largest component has.
    pub largest_component: usize,
    /// Phones, handles and accounts that too many share.
    pub hubs: usize,
    /// The modularity that Leiden reaches.
    pub modularity: f64,
    /// What it reaches, on average, when ties are exchanged and everybody keeps as many; none where the graph is too large for that.
    pub expected: Option<f64>,
    /// How many standard deviations it is above that; none where exchanges change nothing.
    pub z: Option<f64>,
    /// The chance of as much or more.
    pub p: Option<f64>,
    /// How often ties were exchanged.
    pub draws: usize,
}

impl Cells {
    /// The same, with that seed wherever chance has a part.
    #[must_use]
    pub fn seeded(mut self, seed: u64) -> Self {
        self.consensus.seed = seed;
        self.rewiring.seed = seed;
        self
    }

    /// The groups.
    ///
    /// # Errors
    ///
    /// If an option of the method is out of its range.
    pub fn find(&self, network: &Network<'_>) -> Result<CellsFound> {
        let tied = tied(network, None, self);
        let agreed = self.consensus.run(&tied.csr)?;
        Ok(CellsFound { groups: self.groups(&tied, &agreed), basis: self.basis(&tied, &agreed)? })
    }

    fn groups(&self, tied: &Tied, agreed: &Agreed) -> Vec<Community> {
        let people = |members: Vec<u32>| -> Vec<u32> {
            members.into_iter().filter(|&node| tied.people[node as usize].is_some()).collect()
        };
        let mut groups: Vec<Vec<u32>> =
            agreed.partition.members().into_iter().map(people).collect();
        groups.retain(|members| members.len() >= self.least);
        groups.sort_by_key(|members| (std::cmp::Reverse(members.len()), members[0]));
        groups.iter().zip(1..).map(|(members, at)| community(at, members, tied, agreed)).collect()
    }

    fn basis(&self, tied: &Tied, agreed: &Agreed) -> Result<CellsBasis> {
        let leiden = |starts| Leiden { seed: self.rewiring.seed, starts, ..Leiden::default() };
        let reached = |csr: &_| Quality::default().value(csr, &leiden(Some(1)).partition(csr)?);
        let found = self.rewiring.test(&tied.csr, &tied.sorts(), reached)?;
        Ok(CellsBasis {
            methods: self.consensus.methods.clone(),
            seeds: self.consensus.seeds,
            agreement: agreed.stability,
            collapsed: agreed.undivided.clone(),
            largest_component: tied.largest_component(),
            hubs: tied.hubs,
            modularity: found.observed,
            expected: found.expected,
            z: found.z,
            p: found.p,
            draws: found.draws,
        })
    }
}

fn community(number: usize, members: &[u32], tied: &Tied, agreed: &Agreed) -> Community {
    let membership = agreed.together(members);
    let entities: Vec<EntityId> =
        members.iter().filter_map(|&node| tied.people[node as usize]).collect();
    let stability = membership.iter().sum::<f64>() / membership.len() as f64;
    Community { community: number, entities, stability, membership }
}
