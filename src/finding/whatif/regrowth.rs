//! Vacancies are filled: what the network looks like once others have taken the places of those who are gone.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::case::{Case, Role};
use crate::error::Result;
use crate::finding::quantile::quantile;
use crate::graph::{Csr, Direction, Flat, Mode};
use crate::identity::{Entities, EntityId};
use crate::measure::Cohesion;
use crate::random::Random;

/// Who takes a place that falls vacant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Successor {
    /// Somebody who is on record in a role that he had.
    SameRole,
    /// An acquaintance of an acquaintance.
    Acquaintance,
    /// Anybody.
    Anybody,
}

impl Successor {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SameRole, Self::Acquaintance, Self::Anybody];

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SameRole => "somebody of the same role",
            Self::Acquaintance => "an acquaintance of an acquaintance",
            Self::Anybody => "anybody",
        }
    }
}

/// The network after the vacancies are filled, over draws of who fills them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Regrowth {
    /// By whom.
    pub filled_by: Successor,
    /// How many places are filled on average; a place that nobody fits stays empty.
    pub filled: f64,
    /// The mean efficiency.
    pub efficiency: f64,
    /// Its 5 % and 95 % quantile.
    pub efficiency_interval: [f64; 2],
    /// The mean size of the largest component.
    pub largest: f64,
    /// Its 5 % and 95 % quantile.
    pub largest_interval: [f64; 2],
    /// In how large a part of the draws the network is more efficient than it was before anybody was removed.
    pub more_efficient: f64,
}

/// What vacancies are filled in.
pub(super) struct Ground<'a> {
    pub(super) case: &'a Case,
    pub(super) entities: &'a Entities,
    pub(super) flat: &'a Flat<Mode>,
    /// Who was removed as a target, by node.
    pub(super) removed: &'a [u32],
    /// Who is gone, by node.
    pub(super) gone: &'a [bool],
    /// Who may take a place, by node.
    pub(super) fit: &'a [bool],
    pub(super) seed: u64,
    pub(super) draws: usize,
    pub(super) before: f64,
}

impl Ground<'_> {
    /// One scenario, over its draws; none without draws or vacancies.
    pub(super) fn regrown(&self, by: Successor) -> Result<Option<Regrowth>> {
        let vacancies = self.vacancies(by);
        if self.draws == 0 || vacancies.is_empty() {
            return Ok(None);
        }
        let drawn: Vec<(usize, f64, usize)> = (0..self.draws)
            .into_par_iter()
            .map(|draw| self.draw(&vacancies, by, draw as u64))
            .collect::<Result<_>>()?;
        let mean = |of: &dyn Fn(&(usize, f64, usize)) -> f64| {
            drawn.iter().map(of).sum::<f64>() / self.draws as f64
        };
        let interval = |of: &dyn Fn(&(usize, f64, usize)) -> f64| {
            let mut all: Vec<f64> = drawn.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            [*quantile(&all, 0.05), *quantile(&all, 0.95)]
        };
        Ok(Some(Regrowth {
            filled_by: by,
            filled: mean(&|one| one.0 as f64),
            efficiency: mean(&|one| one.1),
            efficiency_interval: interval(&|one| one.1),
            largest: mean(&|one| one.2 as f64),
            largest_interval: interval(&|one| one.2 as f64),
            more_efficient: mean(&|one| f64::from(u8::from(one.1 > self.before))),
        }))
    }

    /// For each person removed: who could take the place.
    fn vacancies(&self, by: Successor) -> Vec<(u32, Vec<u32>)> {
        let people = self.removed.iter().copied();
        let people = people.filter(|&u| matches!(self.flat.nodes[u as usize], Mode::Person(_)));
        let roles = self.roles();
        people
            .map(|u| {
                let fits = |&v: &u32| match by {
                    Successor::SameRole => self.share_a_role(&roles, u, v),
                    Successor::Acquaintance | Successor::Anybody => true,
                };
                let candidates: Vec<u32> = match by {
                    Successor::Acquaintance => self.acquaintances(u),
                    _ => self.flat.csr.nodes().collect(),
                };
                let open = |&v: &u32| self.fit[v as usize] && !self.gone[v as usize];
                (u, candidates.into_iter().filter(open).filter(fits).collect())
            })
            .collect()
    }

    fn roles(&self) -> BTreeMap<EntityId, BTreeSet<Role>> {
        let mut roles: BTreeMap<EntityId, BTreeSet<Role>> = BTreeMap::new();
        for row in self.case.roles.iter().filter(|row| row.role.is_offender()) {
            if let Some(entity) = self.entities.of(self.case, row.person) {
                roles.entry(entity).or_default().insert(row.role);
            }
        }
        roles
    }

    fn share_a_role(&self, roles: &BTreeMap<EntityId, BTreeSet<Role>>, u: u32, v: u32) -> bool {
        let of = |node: u32| match self.flat.nodes[node as usize] {
            Mode::Person(entity) => roles.get(&entity),
            _ => None,
        };
        matches!((of(u), of(v)), (Some(own), Some(other)) if !own.is_disjoint(other))
    }

    /// Those two steps from somebody who was removed.
    fn acquaintances(&self, u: u32) -> Vec<u32> {
        let csr = &self.flat.csr;
        let near = csr.neighbors(u);
        let mut all: Vec<u32> =
            near.iter().flat_map(|&v| csr.neighbors(v)).copied().filter(|&w| w != u).collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|w| near.binary_search(w).is_err());
        all
    }

    /// One draw: how many places are filled, the efficiency then, and the size of the largest component.
    fn draw(
        &self,
        vacancies: &[(u32, Vec<u32>)],
        by: Successor,
        draw: u64,
    ) -> Result<(usize, f64, usize)> {
        let mut random = Random::new(self.seed, ((1 + by as u64) << 32) + draw);
        let csr = &self.flat.csr;
        let kept = |u: u32| !self.gone[u as usize];
        let mut pairs: Vec<(u32, u32)> = csr
            .nodes()
            .filter(|&u| kept(u))
            .flat_map(|u| csr.neighbors(u).iter().map(move |&v| (u, v)))
            .filter(|&(u, v)| u < v && kept(v))
            .collect();
        let mut filled = 0;
        for (vacant, fit) in vacancies.iter().filter(|one| !one.1.is_empty()) {
            let chosen = usize::try_from(random.below(fit.len() as u64)).expect("below a length");
            filled += 1;
            let ties = csr.neighbors(*vacant).iter().filter(|&&v| kept(v) && v != fit[chosen]);
            pairs.extend(ties.map(|&v| (fit[chosen], v)));
        }
        let regrown = Csr::unweighted(csr.node_count(), &pairs, Direction::Undirected);
        let gone: Vec<u32> = csr.nodes().filter(|&u| !kept(u)).collect();
        let cohesion = Cohesion::without(&regrown, &gone)?;
        Ok((filled, cohesion.efficiency(), cohesion.largest))
    }
}
