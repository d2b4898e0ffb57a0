//! Who is shown on a map that cannot show everybody.

use std::collections::{BTreeMap, BTreeSet};

use super::Recruiter;
use super::picture::{Bundles, LISTED, Picture};
use crate::case::{Case, Role};
use crate::graph::Isolates;
use crate::identity::{Entities, EntityId};

impl Picture {
    /// Who is shown, by code: those asked for or ranked, their victims, and then who is tied to most of them.
    pub(super) fn choose(
        &self,
        bundles: &Bundles,
        recruiters: &[Recruiter],
        case: &Case,
        entities: &Entities,
    ) -> Vec<EntityId> {
        if self.view.isolates == Isolates::Keep
            && self.around.is_empty()
            && entities.len() <= self.most
        {
            return entities.iter().collect();
        }
        let ties = ties(bundles);
        if self.around.is_empty() && ties.len() <= self.most {
            return ties.into_keys().collect();
        }
        let mut chosen: BTreeSet<EntityId> = BTreeSet::new();
        let mut take = |wanted: Vec<EntityId>| {
            for entity in wanted {
                if chosen.len() < self.most {
                    chosen.insert(entity);
                }
            }
        };
        if self.around.is_empty() {
            let seeds = seeds(recruiters, &ties);
            take(seeds.clone());
            take(victims_of(&seeds, &ties, entities));
            let professionals = with_role(case, entities, Role::Professional);
            take(by_ties(&ties, &seeds, |entity| !professionals.contains(&entity)));
        } else {
            take(self.around.clone());
            let near = by_ties(&ties, &self.around, |_| true);
            let tied =
                |entity: &EntityId| ties[entity].keys().any(|other| self.around.contains(other));
            take(near.into_iter().filter(tied).collect());
        }
        chosen.into_iter().collect()
    }
}

/// By person: to whom she is tied, and by how many bundles of links.
fn ties(bundles: &Bundles) -> BTreeMap<EntityId, BTreeMap<EntityId, usize>> {
    let mut ties: BTreeMap<EntityId, BTreeMap<EntityId, usize>> = BTreeMap::new();
    for &(from, to, _) in bundles.keys() {
        *ties.entry(from).or_default().entry(to).or_default() += 1;
        *ties.entry(to).or_default().entry(from).or_default() += 1;
    }
    ties
}

/// The ranked people; in a case where nobody is ranked, those with the most ties.
fn seeds(
    recruiters: &[Recruiter],
    ties: &BTreeMap<EntityId, BTreeMap<EntityId, usize>>,
) -> Vec<EntityId> {
    const AT_MOST: usize = 15;
    let listed = recruiters.iter().filter(|recruiter| recruiter.recurrence >= LISTED);
    let ranked: Vec<EntityId> = listed.map(|recruiter| recruiter.entity).take(AT_MOST).collect();
    if !ranked.is_empty() {
        return ranked;
    }
    let mut all: Vec<EntityId> = ties.keys().copied().collect();
    all.sort_by_key(|entity| (std::cmp::Reverse(ties[entity].len()), *entity));
    all.truncate(AT_MOST);
    all
}

fn victims_of(
    seeds: &[EntityId],
    ties: &BTreeMap<EntityId, BTreeMap<EntityId, usize>>,
    entities: &Entities,
) -> Vec<EntityId> {
    let tied = seeds.iter().filter_map(|seed| ties.get(seed)).flat_map(BTreeMap::keys);
    tied.copied().filter(|&entity| entities.victim(entity).is_some()).collect()
}

/// Everybody that `may` be shown, first who has most ties to `near`, then who has most ties.
fn by_ties(
    ties: &BTreeMap<EntityId, BTreeMap<EntityId, usize>>,
    near: &[EntityId],
    may: impl Fn(EntityId) -> bool,
) -> Vec<EntityId> {
    let near: BTreeSet<EntityId> = near.iter().copied().collect();
    let mut all: Vec<EntityId> = ties.keys().copied().filter(|&entity| may(entity)).collect();
    all.sort_by_cached_key(|entity| {
        let close = ties[entity].keys().filter(|other| near.contains(other)).count();
        (std::cmp::Reverse(close), std::cmp::Reverse(ties[entity].len()), *entity)
    });
    all
}

fn with_role(case: &Case, entities: &Entities, role: Role) -> BTreeSet<EntityId> {
    let rows = case.roles.iter().filter(|row| row.role == role);
    rows.filter_map(|row| entities.of(case, row.person)).collect()
}
