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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Network, View};
    use crate::identity::clean::Region;
    use crate::identity::sketch::case;

    /// A recruiter (1) tied to a recruiter (0), a host (2) and a victim (4); these to one another, to a recruiter (3) and to a driver (5).
    fn small() -> Case {
        case(&[
            ("people.csv", "person_id\np1\np2\np3\np4\np5\np6\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,p1,recruiter\nc1,p2,recruiter\nc1,p3,host\nc1,p4,recruiter\n\
                 c1,p5,victim\nc1,p6,driver\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind\nl1,p1,p2,paid\nl2,p2,p3,paid\nl3,p3,p4,paid\nl4,p2,p5,paid\nl5,p5,p6,paid\n\
                 l6,p1,p3,paid\n",
            ),
            ("cases.csv", "case_id\nc1\n"),
        ])
    }

    fn with<T>(removed: &[u32], draws: usize, before: f64, ask: impl Fn(&Ground<'_>) -> T) -> T {
        let case = small();
        let entities = Entities::as_given(&case);
        let flat =
            Network::new(&case, &entities).with_shared(&View::default(), &[], Region::default());
        let gone: Vec<bool> = (0..6).map(|u| removed.contains(&u)).collect();
        let fit = [true, true, true, true, false, true];
        ask(&Ground {
            case: &case,
            entities: &entities,
            flat: &flat,
            removed,
            gone: &gone,
            fit: &fit,
            seed: 1,
            draws,
            before,
        })
    }

    #[test]
    fn a_place_is_open_to_those_who_fit_and_are_left() {
        let who = |by| with(&[1], 1, 0.0, |ground| ground.vacancies(by));
        assert_eq!(who(Successor::SameRole), [(1, vec![0, 3])]);
        assert_eq!(
            who(Successor::Acquaintance),
            [(1, vec![3, 5])],
            "two steps away, and no nearer"
        );
        assert_eq!(who(Successor::Anybody), [(1, vec![0, 2, 3, 5])]);
        let both = with(&[1, 3], 1, 0.0, |ground| ground.vacancies(Successor::SameRole));
        assert_eq!(both, [(1, vec![0]), (3, vec![0])]);
    }

    #[test]
    fn whoever_takes_a_place_takes_its_ties() {
        let grown = with(&[1], 60, 0.7, |ground| ground.regrown(Successor::SameRole));
        let grown = grown.expect("a graph").expect("a vacancy");
        // The first leaves the path 3 2 0 4 5; the fourth a triangle of 0, 2 and 3 with a tail 4 5.
        let path = (4.0 + 3.0 / 2.0 + 2.0 / 3.0 + 1.0 / 4.0) / 10.0;
        let tail = (5.0 + 3.0 / 2.0 + 2.0 / 3.0) / 10.0;
        let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-9, "{got} {want}");
        close(grown.filled, 1.0);
        close(grown.largest, 5.0);
        assert!(grown.largest_interval.iter().all(|end| (end - 5.0).abs() < 1e-9), "{grown:?}");
        close(grown.efficiency_interval[0], path);
        close(grown.efficiency_interval[1], tail);
        assert!(grown.more_efficient > 0.2 && grown.more_efficient < 0.8);
        close(grown.efficiency, path + grown.more_efficient * (tail - path));
    }

    #[test]
    fn who_fills_a_place_is_drawn_apart_for_each_way() {
        let grown = |by| with(&[1], 40, 0.0, |ground| ground.regrown(by));
        let found = Successor::ALL.map(|by| grown(by).expect("a graph").expect("a vacancy"));
        assert_eq!(found.map(|one| one.filled_by), Successor::ALL);
        let words = ["somebody of the same role", "an acquaintance of an acquaintance", "anybody"];
        assert_eq!(Successor::ALL.map(Successor::words), words);
    }

    #[test]
    fn without_vacancies_or_draws_nothing_grows() {
        let none = |removed: &[u32], draws| {
            with(removed, draws, 0.0, |ground| ground.regrown(Successor::Anybody)).expect("a graph")
        };
        assert_eq!(none(&[], 5), None);
        assert_eq!(none(&[1], 0), None);
        // Nobody left is a recruiter: the places stay empty.
        let all = with(&[0, 1, 3], 5, 0.0, |ground| ground.regrown(Successor::SameRole));
        let all = all.expect("a graph").expect("vacancies");
        assert!(all.filled.abs() < 1e-12 && (all.largest - 2.0).abs() < 1e-12, "{all:?}");
    }
}
