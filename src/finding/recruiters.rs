//! Recurring recruiters: who brings victims into exploitation again and again.

use std::collections::{BTreeMap, BTreeSet};

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng};
use rayon::prelude::*;

use super::evidence::{Evidence, gather};
use super::quantile::quantile;
use super::recurrence::{Cluster, Posterior, clusters, posterior};
use super::standing::{Standing, Standings};
use super::weights::{EvidenceClass as Class, EvidenceWeights};
use super::{Episode, EvidenceItem, Recruiter};
use crate::case::{Case, Day, Role};
use crate::identity::{Entities, EntityId};

/// Who recruits again and again, by the recurrence posterior.
///
/// For each person who is no victim, the rows that speak of recruiting are grouped into episodes
/// (one case, or at most 30 days apart); each row is worth its certainty times what its class is
/// worth for somebody of that standing; rows of one source are one voice. The result is the chance that two or
/// more of the episodes, with two or more victims, are true.
///
/// What it is **not**: a probability of guilt. It says how far the files, read with this table
/// of weights, speak for recurrence. It never reads sex, age or origin.
///
/// - **Cost**: `O(rows)`, and `draws` times the evidence for the rank intervals.
/// - **Order**: by recurrence, then expected episodes, then code; the same for any number of threads.
///
/// # Source
///
/// The definition is this project's (`science.md` §2.2: `c` is certainty, `ρ` is `weights`, `π` the
/// union of voices, `q` the chance of an episode); the Poisson-binomial distribution is Poisson's.
#[derive(Clone, Debug, PartialEq)]
pub struct Recruiters {
    /// What each class of evidence is worth.
    pub weights: EvidenceWeights,
    /// The least recurrence that is listed.
    pub least: f64,
    /// How often the rows are drawn anew for the rank intervals.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
}

impl Default for Recruiters {
    fn default() -> Self {
        Self { weights: EvidenceWeights::default(), least: 0.01, draws: 500, seed: 0 }
    }
}

/// The evidence against one person, and what it comes to.
struct Candidate {
    entity: EntityId,
    items: Vec<Evidence>,
    clusters: Vec<Cluster>,
    posterior: Posterior,
}

impl Recruiters {
    /// The ranked list; nobody who is a victim in any case is on it.
    #[must_use]
    pub fn find(&self, case: &Case, entities: &Entities) -> Vec<Recruiter> {
        let candidates = self.candidates(case, entities);
        let intervals = self.rank_intervals(&candidates);
        let standings = Standings::of(case, entities);
        let describe = Describe { case, entities, standings };
        candidates
            .iter()
            .zip(intervals)
            .enumerate()
            .map(|(at, (candidate, interval))| describe.recruiter(at + 1, candidate, interval))
            .collect()
    }

    fn candidates(&self, case: &Case, entities: &Entities) -> Vec<Candidate> {
        let evidence: Vec<(EntityId, Vec<Evidence>)> = gather(case, entities, &self.weights)
            .into_iter()
            .filter(|(entity, _)| entities.victim(*entity).is_none())
            .collect();
        let candidate = |(entity, items): (EntityId, Vec<Evidence>)| {
            let clusters = clusters(&items);
            let posterior = weigh(&items, &clusters, |n| items[n].assertion.certainty);
            Candidate { entity, items, clusters, posterior }
        };
        let mut candidates: Vec<Candidate> = evidence.into_par_iter().map(candidate).collect();
        candidates.retain(|candidate| candidate.posterior.recurrence >= self.least);
        candidates.sort_by(|a, b| {
            let (x, y) = (&b.posterior, &a.posterior);
            (x.recurrence.total_cmp(&y.recurrence))
                .then(x.expected_episodes.total_cmp(&y.expected_episodes))
                .then(a.entity.cmp(&b.entity))
        });
        candidates
    }

    /// The 5 % and 95 % quantile of each rank, when each row is true or not by its certainty.
    fn rank_intervals(&self, candidates: &[Candidate]) -> Vec<[usize; 2]> {
        let ranks: Vec<Vec<usize>> = (0..self.draws)
            .into_par_iter()
            .map(|draw| self.draw(candidates, draw as u64))
            .collect();
        let interval = |at: usize| {
            let mut of_one: Vec<usize> = ranks.iter().map(|draw| draw[at]).collect();
            of_one.sort_unstable();
            if of_one.is_empty() {
                [at + 1; 2]
            } else {
                [*quantile(&of_one, 0.05), *quantile(&of_one, 0.95)]
            }
        };
        (0..candidates.len()).map(interval).collect()
    }

    /// One draw: each candidate's rank when rows are true by chance. A row in several items is drawn once.
    fn draw(&self, candidates: &[Candidate], draw: u64) -> Vec<usize> {
        let mut random = Pcg64::seed_from_u64(self.seed ^ draw.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut drawn: BTreeMap<(u16, u32), bool> = BTreeMap::new();
        let scores: Vec<Posterior> = candidates
            .iter()
            .map(|candidate| {
                let holds: Vec<f64> = candidate
                    .items
                    .iter()
                    .map(|item| {
                        let key = (item.assertion.file, item.assertion.line);
                        let holds = *drawn
                            .entry(key)
                            .or_insert_with(|| uniform(&mut random) < item.assertion.certainty);
                        f64::from(u8::from(holds))
                    })
                    .collect();
                weigh(&candidate.items, &candidate.clusters, |n| holds[n])
            })
            .collect();
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by(|&a, &b| {
            (scores[b].recurrence.total_cmp(&scores[a].recurrence))
                .then(scores[b].expected_episodes.total_cmp(&scores[a].expected_episodes))
                .then(a.cmp(&b))
        });
        let mut ranks = vec![0; candidates.len()];
        for (rank, &at) in order.iter().enumerate() {
            ranks[at] = rank + 1;
        }
        ranks
    }
}

/// The posterior of the evidence against one person, where `holds` is the chance that an item's row is true.
///
/// Two doubts are about the person or the source, not about a row, and are taken once. Where all
/// evidence is against somebody there by profession, as a client or as family, the whole is read
/// as against an offender and then doubted, so that thirty first contacts make no recruiter of a social
/// worker. Where all of it is one voice, the whole is no surer than that voice; and where no row speaks
/// of recruiting at all, only of exploiting, the whole is no surer than one such sign.
fn weigh(items: &[Evidence], clusters: &[Cluster], holds: impl Fn(usize) -> f64) -> Posterior {
    let factor = items.iter().map(|item| item.factor).fold(0.0, f64::max);
    let factor = if factor > 0.0 { factor } else { 1.0 };
    let weight = |n: usize| items[n].weight / if factor < 1.0 { items[n].factor } else { 1.0 };
    let mut posterior = posterior(items, clusters, |n| holds(n) * weight(n));
    posterior.recurrence *= factor;
    posterior.expected_victims *= factor;
    posterior.expected_episodes *= factor;
    posterior.episodes.iter_mut().for_each(|chance| *chance *= factor);
    if items.windows(2).all(|pair| pair[0].voice() == pair[1].voice()) {
        let surest = (0..items.len()).map(holds).fold(0.0, f64::max);
        posterior.recurrence = posterior.recurrence.min(surest);
    }
    if items.iter().all(|item| matches!(item.class, Class::Exploited | Class::RoleOffender)) {
        let strongest = items.iter().map(|item| item.weight).fold(0.0, f64::max);
        posterior.recurrence = posterior.recurrence.min(strongest);
    }
    posterior
}

/// A number in [0, 1) from 53 random bits.
fn uniform(random: &mut Pcg64) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Turns a candidate into what is told of him.
struct Describe<'a> {
    case: &'a Case,
    entities: &'a Entities,
    standings: Standings,
}

impl Describe<'_> {
    fn recruiter(
        &self,
        rank: usize,
        candidate: &Candidate,
        rank_interval: [usize; 2],
    ) -> Recruiter {
        let Candidate { entity, items, clusters, posterior } = candidate;
        let mut episodes: Vec<(i32, Episode)> = clusters
            .iter()
            .zip(&posterior.episodes)
            .map(|(cluster, &probability)| self.episode(cluster, items, probability))
            .collect();
        episodes.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.case_ids.cmp(&b.1.case_ids)));
        Recruiter {
            rank,
            entity: *entity,
            person_ids: self.entities.person_ids(self.case, *entity).map(Into::into).collect(),
            recurrence: posterior.recurrence,
            rank_interval,
            expected_victims: posterior.expected_victims,
            expected_episodes: posterior.expected_episodes,
            roles: self.roles(*entity),
            cautions: self.cautions(*entity, items),
            episodes: episodes.into_iter().map(|(_, episode)| episode).collect(),
        }
    }

    /// The episode, and its first day for the order; one without a day comes last.
    fn episode(&self, cluster: &Cluster, items: &[Evidence], probability: f64) -> (i32, Episode) {
        let mut own: Vec<&Evidence> = cluster.numbers().map(|number| &items[number]).collect();
        own.sort_by_key(|item| (item.assertion.file, item.assertion.line, item.victim, item.class));
        let start = own.iter().filter_map(|item| item.when.earliest()).min();
        let end = own.iter().filter_map(|item| item.when.latest()).max();
        let cases: BTreeSet<&str> = own
            .iter()
            .filter_map(|item| item.case.known())
            .map(|case| self.case.text(case))
            .collect();
        let mut evidence: Vec<String> =
            own.iter().map(|item| self.case.place_of(&item.assertion)).collect();
        evidence.dedup();
        let victims =
            cluster.victims.keys().flatten().filter_map(|&victim| self.entities.victim(victim));
        let episode = Episode {
            start: start.map(|day| day.to_string()),
            end: end.map(|day| day.to_string()),
            case_ids: cases.into_iter().map(Into::into).collect(),
            victims: victims.collect(),
            probability,
            evidence,
            items: own.iter().map(|item| self.item(item)).collect(),
        };
        (start.map_or(i32::MAX, Day::number), episode)
    }

    fn item(&self, item: &Evidence) -> EvidenceItem {
        EvidenceItem {
            victim: item.victim.and_then(|victim| self.entities.victim(victim)),
            class: item.class.name(),
            row: self.case.place_of(&item.assertion),
            source: self.case.text(item.assertion.source).into(),
            certainty: item.assertion.certainty,
            weight: item.weight,
            date: item.when.to_string(),
            channel: self.case.text(item.channel).into(),
        }
    }

    fn roles(&self, entity: EntityId) -> Vec<(&'static str, usize)> {
        let mut cases: BTreeMap<Role, BTreeSet<_>> = BTreeMap::new();
        for role in self.case.roles.iter() {
            if self.entities.of(self.case, role.person) == Some(entity) {
                cases.entry(role.role).or_default().insert(role.case);
            }
        }
        cases.into_iter().map(|(role, cases)| (role.code(), cases.len())).collect()
    }

    /// What a reader should know before he thinks ill of somebody.
    fn cautions(&self, entity: EntityId, items: &[Evidence]) -> Vec<String> {
        let mut cautions = Vec::new();
        let all: BTreeSet<Standing> =
            items.iter().map(|item| self.standings.in_case(entity, item.case)).collect();
        for (standing, what) in [
            (Standing::Professional, "there by profession in a case that counts here"),
            (Standing::Client, "a client in a case that counts here"),
            (Standing::Bystander, "family, witness or reporter in a case that counts here"),
        ] {
            if all.contains(&standing) {
                cautions.push(what.to_owned());
            }
        }
        let acquitted = self.case.roles.iter().filter(|role| {
            self.entities.of(self.case, role.person) == Some(entity)
                && role.status == Some(crate::case::Status::Acquitted)
        });
        let cases: BTreeSet<&str> = acquitted.map(|role| self.case.text(role.case)).collect();
        cautions
            .extend(cases.iter().map(|case| format!("acquitted in {case}; its rows do not count")));
        let voices: BTreeSet<_> = items.iter().map(Evidence::voice).collect();
        if voices.len() == 1 {
            cautions.push("all of it comes from one source".into());
        }
        cautions
    }
}
