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
                |entity: &EntityId| ties[entity].iter().any(|other| self.around.contains(other));
            take(near.into_iter().filter(tied).collect());
        }
        chosen.into_iter().collect()
    }
}

/// By person: to whom she is tied.
type Ties = BTreeMap<EntityId, BTreeSet<EntityId>>;

fn ties(bundles: &Bundles) -> Ties {
    let mut ties = Ties::new();
    for &(from, to, _) in bundles.keys() {
        ties.entry(from).or_default().insert(to);
        ties.entry(to).or_default().insert(from);
    }
    ties
}

/// The ranked people; in a case where nobody is ranked, those with the most ties.
fn seeds(recruiters: &[Recruiter], ties: &Ties) -> Vec<EntityId> {
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

fn victims_of(seeds: &[EntityId], ties: &Ties, entities: &Entities) -> Vec<EntityId> {
    let tied = seeds.iter().filter_map(|seed| ties.get(seed)).flatten();
    tied.copied().filter(|&entity| entities.victim(entity).is_some()).collect()
}

/// Everybody that `may` be shown, first who has most ties to `near`, then who has most ties.
fn by_ties(ties: &Ties, near: &[EntityId], may: impl Fn(EntityId) -> bool) -> Vec<EntityId> {
    let near: BTreeSet<EntityId> = near.iter().copied().collect();
    let mut all: Vec<EntityId> = ties.keys().copied().filter(|&entity| may(entity)).collect();
    all.sort_by_cached_key(|entity| {
        let close = ties[entity].intersection(&near).count();
        (std::cmp::Reverse(close), std::cmp::Reverse(ties[entity].len()), *entity)
    });
    all
}

fn with_role(case: &Case, entities: &Entities, role: Role) -> BTreeSet<EntityId> {
    let rows = case.roles.iter().filter(|row| row.role == role);
    rows.filter_map(|row| entities.of(case, row.person)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::LinkKind;
    use crate::finding::sketch::recruiter;
    use crate::identity::sketch::case;

    fn e(number: u32) -> EntityId {
        EntityId::from_number(number)
    }

    fn bundles(pairs: &[(u32, u32)]) -> Bundles {
        pairs.iter().map(|&(from, to)| ((e(from), e(to), LinkKind::Paid), vec![0])).collect()
    }

    /// Ten people: of two stars the smaller is ranked, and has a victim and a social worker.
    fn drawn(most: usize, around: Vec<EntityId>, recruiters: &[Recruiter]) -> Vec<usize> {
        let people = "person_id\np0\np1\np2\np3\np4\np5\np6\np7\np8\np9\n";
        let roles = "case_id,person_id,role\nc1,p2,victim\nc1,p3,professional\nc1,p9,witness\n";
        let case =
            case(&[("cases.csv", "case_id\nc1\n"), ("people.csv", people), ("roles.csv", roles)]);
        let entities = Entities::as_given(&case);
        let bundles =
            bundles(&[(0, 2), (3, 0), (0, 3), (0, 4), (5, 6), (5, 7), (5, 8), (5, 4), (3, 4)]);
        let picture = Picture { most, around, ..Picture::default() };
        let chosen = picture.choose(&bundles, recruiters, &case, &entities);
        chosen.into_iter().map(EntityId::number).collect()
    }

    #[test]
    fn all_who_are_tied_are_shown_where_they_are_few_enough() {
        assert_eq!(drawn(8, Vec::new(), &[]), [0, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn the_ranked_come_first_then_their_victims_then_who_is_tied_to_them_but_professionals() {
        let ranked = [recruiter(e(0), 0.2), recruiter(e(5), 0.19)];
        assert_eq!(drawn(1, Vec::new(), &ranked), [0]);
        assert_eq!(drawn(2, Vec::new(), &ranked), [0, 2], "his victim");
        assert_eq!(drawn(3, Vec::new(), &ranked), [0, 2, 4], "tied to him, and no professional");
        assert_eq!(drawn(4, Vec::new(), &ranked), [0, 2, 4, 5], "who has most ties");
    }

    #[test]
    fn where_nobody_is_ranked_those_with_most_ties_come_first() {
        assert_eq!(drawn(1, Vec::new(), &[]), [5], "parallel ties are one");
        assert_eq!(drawn(3, Vec::new(), &[]), [0, 4, 5]);
    }

    #[test]
    fn who_is_asked_for_stands_with_those_tied_to_him() {
        assert_eq!(drawn(60, vec![e(4)], &[]), [0, 3, 4, 5]);
        assert_eq!(drawn(60, vec![e(9)], &[]), [9], "though nobody is tied to him");
        assert_eq!(drawn(2, vec![e(4)], &[]), [4, 5], "who has most ties first");
    }

    #[test]
    fn no_more_than_fifteen_are_where_a_map_begins() {
        let pairs: Vec<(u32, u32)> = (0..20).map(|at| (2 * at, 2 * at + 1)).collect();
        let ties = ties(&bundles(&pairs));
        assert_eq!(seeds(&[], &ties), (0..15).map(e).collect::<Vec<_>>());
        let ranked: Vec<Recruiter> = (0..20).map(|at| recruiter(e(at), 0.9)).collect();
        assert_eq!(seeds(&ranked, &ties).len(), 15);
    }
}
