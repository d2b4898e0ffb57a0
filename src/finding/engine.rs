//! From evidence by mention to scores by person, for any reading of who is who.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::episodes::Piece;
use super::evidence::{Item, Record};
use super::ratios::Ratios;
use super::recruiters::Recruiters;
use super::recurrence::{Posterior, Share, posterior};
use super::reliability::estimated;
use super::standing::Standings;
use super::units::Units;
use super::weights::EvidenceWeights;
use crate::case::{Case, RoleInCase};
use crate::identity::{EntityId, Identities};

/// The evidence of a case, gathered once, and what it is worth.
pub(super) struct Engine<'a> {
    pub(super) options: &'a Recruiters,
    pub(super) case: &'a Case,
    pub(super) identities: &'a Identities,
    /// The weights after the data have moved them.
    pub(super) weights: EvidenceWeights,
    pub(super) record: Record,
    pub(super) units: Units,
    pub(super) ratios: Ratios,
    /// By row of `people`: the lowest row of the same person in the best reading.
    pub(super) best: Vec<u32>,
    /// By row of `people`: whether she is protected by what the best reading says of her.
    pub(super) protected: Vec<bool>,
    /// The rows of `people` that evidence is against, sorted.
    pub(super) actors: Vec<u32>,
    /// What each mention is in each case.
    pub(super) standings: Standings<u32>,
    /// Units by actor, sorted.
    by_actor: Vec<(u32, usize)>,
    /// Roles by entity, sorted.
    roles: Vec<(EntityId, usize)>,
}

/// What a reading of who is who makes of each mention that evidence is against.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Score {
    pub(super) recurrence: f64,
    pub(super) expected_victims: f64,
    pub(super) expected_episodes: f64,
    /// Whether he is, in this reading, one person with somebody protected.
    pub(super) barred: f64,
}

/// How sure each row is, and what its units come to.
pub(super) struct Weighed {
    /// By strand: its likelihood ratio, competitors explained.
    pub(super) by_strand: Vec<f64>,
    /// By unit: its likelihood ratio.
    pub(super) ratios: Vec<f64>,
    /// By unit: how sure its surest row is.
    pub(super) surest: Vec<f64>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(options: &'a Recruiters, case: &'a Case, identities: &'a Identities) -> Self {
        let entities = &identities.entities;
        let record = Record::of(case, entities, &options.weights);
        let weights = estimated(&record, &options.weights);
        let mut best = vec![0; case.people.len()];
        let mut protected = vec![false; case.people.len()];
        for entity in entities.iter() {
            let rows = entities.rows(entity);
            let lowest = rows.iter().copied().min().unwrap_or_default();
            for &row in rows {
                best[row as usize] = lowest;
                protected[row as usize] = entities.victim(entity).is_some();
            }
        }
        let units = Units::of(&record);
        let mut by_actor: Vec<(u32, usize)> =
            units.units.iter().enumerate().map(|(at, unit)| (unit.actor, at)).collect();
        by_actor.sort_unstable();
        let mut actors: Vec<u32> = by_actor.iter().map(|one| one.0).collect();
        actors.dedup();
        let roles = case.roles.iter().enumerate();
        let mut roles: Vec<(EntityId, usize)> =
            roles.filter_map(|(row, role)| Some((entities.of(case, role.person)?, row))).collect();
        roles.sort_unstable();
        let ratios = Ratios::of(&weights);
        Self {
            options,
            case,
            identities,
            weights,
            record,
            units,
            ratios,
            best,
            protected,
            actors,
            standings: Standings::of_mentions(case),
            by_actor,
            roles,
        }
    }

    /// What the units are worth when rows hold by `holds`.
    pub(super) fn weigh(&self, holds: impl Fn(&Item) -> f64) -> Weighed {
        let by_strand = self.ratios.all(&self.record, &holds, |_| false);
        self.weighed(by_strand, holds)
    }

    pub(super) fn weighed(&self, by_strand: Vec<f64>, holds: impl Fn(&Item) -> f64) -> Weighed {
        let units = &self.units;
        let surest = |unit| units.surest(&self.record, unit, &holds);
        Weighed {
            ratios: units.ratios(&by_strand),
            by_strand,
            surest: units.units.iter().map(surest).collect(),
        }
    }

    /// The evidence of one unit, in a reading of who is who.
    pub(super) fn share(&self, unit: usize, weighed: &Weighed, labels: &[u32]) -> Share {
        let of = &self.units.units[unit];
        Share {
            piece: Piece {
                case: of.case,
                victim: of.victim.map(|victim| labels[victim as usize]),
                days: of.days,
            },
            ratio: weighed.ratios[unit],
            factor: of.factor,
            speaks: of.speaks && weighed.surest[unit] > 0.0,
            voice: of.voice,
            surest: weighed.surest[unit],
        }
    }

    /// The units of a row of `people`.
    pub(super) fn units_of(&self, row: u32) -> impl Iterator<Item = usize> + '_ {
        let start = self.by_actor.partition_point(|one| one.0 < row);
        self.by_actor[start..].iter().take_while(move |one| one.0 == row).map(|one| one.1)
    }

    /// The items of a unit.
    pub(super) fn items_of(&self, unit: usize) -> impl Iterator<Item = &Item> {
        let strands = self.units.strands_of(&self.units.units[unit]);
        strands.iter().flat_map(|&at| self.record.items_of(&self.record.strands[at]))
    }

    /// The roles of a person.
    pub(super) fn roles_of(&self, entity: EntityId) -> impl Iterator<Item = &RoleInCase> {
        let start = self.roles.partition_point(|one| one.0 < entity);
        let own = self.roles[start..].iter().take_while(move |one| one.0 == entity);
        own.map(|one| &self.case.roles[one.1])
    }

    pub(super) fn posterior(&self, shares: &[Share]) -> Posterior {
        posterior(shares, &self.options.episodes, self.ratios.odds)
    }

    /// The units of each person, by label, persons in order of labels; `kept` chooses units.
    pub(super) fn clusters(
        &self,
        labels: &[u32],
        kept: impl Fn(usize) -> bool,
    ) -> Vec<(u32, usize)> {
        let label = |unit: usize| labels[self.units.units[unit].actor as usize];
        let all = (0..self.units.units.len()).filter(|&unit| kept(unit));
        let mut clusters: Vec<(u32, usize)> = all.map(|unit| (label(unit), unit)).collect();
        clusters.sort_unstable();
        clusters
    }

    /// By label: whether the person is, in this reading, one with somebody protected.
    pub(super) fn barred(&self, labels: &[u32]) -> Vec<bool> {
        let mut barred = vec![false; labels.len()];
        for (row, &label) in labels.iter().enumerate() {
            barred[label as usize] |= self.protected[row];
        }
        barred
    }

    /// What one reading makes of each of the actors.
    fn scores(&self, labels: &[u32], weighed: &Weighed) -> Vec<Score> {
        let barred = self.barred(labels);
        let clusters = self.clusters(labels, |_| true);
        let mut by_label: Vec<(u32, Score)> = Vec::new();
        for cluster in clusters.chunk_by(|a, b| a.0 == b.0) {
            let label = cluster[0].0;
            let score = if barred[label as usize] {
                Score { barred: 1.0, ..Score::default() }
            } else {
                let shares: Vec<Share> =
                    cluster.iter().map(|&(_, unit)| self.share(unit, weighed, labels)).collect();
                let found = self.posterior(&shares);
                Score {
                    recurrence: found.recurrence,
                    expected_victims: found.expected_victims,
                    expected_episodes: found.expected_episodes,
                    barred: 0.0,
                }
            };
            by_label.push((label, score));
        }
        let of = |actor: &u32| {
            let label = labels[*actor as usize];
            by_label.binary_search_by_key(&label, |one| one.0).map(|at| by_label[at].1)
        };
        self.actors.iter().map(|actor| of(actor).unwrap_or_default()).collect()
    }

    /// By reading and actor: what each sampled reading makes of him, or the best one where there are no samples.
    ///
    /// # Cost
    ///
    /// The evidence once a sample; samples side by side.
    pub(super) fn readings(&self, weighed: &Weighed) -> Vec<Vec<Score>> {
        let samples = &self.identities.samples;
        if samples.is_empty() {
            return vec![self.scores(&self.best, weighed)];
        }
        let one = |sample| self.scores(samples.labels(sample), weighed);
        (0..samples.len()).into_par_iter().map(one).collect()
    }

    /// The label of an actor's person in a reading.
    fn label(&self, reading: usize, actor: u32) -> u32 {
        let samples = &self.identities.samples;
        let labels = if samples.is_empty() { &self.best } else { samples.labels(reading) };
        labels[actor as usize]
    }

    /// The people whom evidence is against and whom the best reading does not protect, each with the score of his
    /// most telling mention, in order of entities.
    ///
    /// In each reading a person counts once: where a mention is one person with a mention of somebody surer, the reading speaks for that
    /// one. So the sum of all recurrences is how many recurring recruiters are expected, and nobody is
    /// listed twice for one deed.
    pub(super) fn people(&self, readings: &[Vec<Score>]) -> Vec<(EntityId, Score)> {
        let mut people = self.most_telling(readings);
        people.sort_by(|a, b| {
            (b.score.recurrence.total_cmp(&a.score.recurrence))
                .then(b.score.expected_episodes.total_cmp(&a.score.expected_episodes))
                .then(a.entity.cmp(&b.entity))
        });
        let mut taken: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); readings.len()];
        for person in &mut people {
            let own = readings.iter().enumerate().filter_map(|(reading, scores)| {
                let free = taken[reading].insert(self.label(reading, self.actors[person.at]));
                free.then_some(&scores[person.at])
            });
            person.score = Score { barred: person.score.barred, ..mean(own, readings.len()) };
        }
        people.sort_by_key(|person| person.entity);
        people.into_iter().map(|person| (person.entity, person.score)).collect()
    }

    /// Each person's mention with the largest mean score.
    fn most_telling(&self, readings: &[Vec<Score>]) -> Vec<Telling> {
        let entities = &self.identities.entities;
        let mut all: Vec<Telling> = Vec::with_capacity(self.actors.len());
        for (at, &actor) in
            self.actors.iter().enumerate().filter(|one| !self.protected[*one.1 as usize])
        {
            let score = mean(readings.iter().map(|scores| &scores[at]), readings.len());
            all.push(Telling { entity: entities.of_row(actor), at, score });
        }
        all.sort_by(|a, b| {
            (a.entity.cmp(&b.entity))
                .then(b.score.recurrence.total_cmp(&a.score.recurrence))
                .then(b.score.expected_episodes.total_cmp(&a.score.expected_episodes))
        });
        let of_one = |own: &[Telling]| {
            let barred = own.iter().map(|one| one.score.barred).fold(0.0, f64::max);
            Telling { score: Score { barred, ..own[0].score }, ..own[0] }
        };
        all.chunk_by(|a, b| a.entity == b.entity).map(of_one).collect()
    }
}

/// A person, and the actor who is the most telling mention of him.
#[derive(Clone, Copy, Debug)]
struct Telling {
    entity: EntityId,
    at: usize,
    score: Score,
}

/// The mean of scores, of which those that are missing count as nothing.
fn mean<'a>(scores: impl Iterator<Item = &'a Score>, count: usize) -> Score {
    let mut mean = Score::default();
    for one in scores {
        mean.recurrence += one.recurrence;
        mean.expected_victims += one.expected_victims;
        mean.expected_episodes += one.expected_episodes;
        mean.barred += one.barred;
    }
    let count = count as f64;
    mean.recurrence /= count;
    mean.expected_victims /= count;
    mean.expected_episodes /= count;
    mean.barred /= count;
    mean
}
