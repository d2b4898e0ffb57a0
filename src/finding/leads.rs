//! Leads: people of unknown part who are close to recruited victims. A list of its own, and no ranking of offenders.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::engine::{Engine, Score, Weighed};
use super::standing::{Standing, Standings};
use crate::case::LinkKind;
use crate::error::Result;
use crate::graph::{Csr, Direction};
use crate::identity::{Entities, EntityId, VictimId};
use crate::measure::BiRank;

/// Somebody whose part nobody recorded, close to victims who were recruited.
///
/// That is a reason to ask what he was there for, and no sign that he did anything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lead {
    /// From 1.
    pub rank: usize,
    /// Who.
    pub entity: EntityId,
    /// The ids that are this person.
    pub person_ids: Vec<String>,
    /// How close, as BiRank has it; only the order means anything.
    pub closeness: f64,
    /// The victims he has a link to.
    pub victims: Vec<VictimId>,
    /// The rows that say so.
    pub evidence: Vec<String>,
}

/// Everybody with a link to a victim, the victims, and where the links stand.
type Ties = BTreeMap<(EntityId, EntityId), Vec<usize>>;

/// The leads: BiRank over actors and victims, from the recurrence of each actor and the chance that
/// somebody on record recruited each victim. Nobody protected and nobody who has any part on record is one.
pub(super) fn leads(
    engine: &Engine<'_>,
    weighed: &Weighed,
    ranked: &[(EntityId, Score)],
) -> Result<Vec<Lead>> {
    let ties = ties(engine);
    let people: BTreeSet<EntityId> = ties.keys().flat_map(|&(a, v)| [a, v]).collect();
    let place: BTreeMap<EntityId, u32> = (0..).zip(&people).map(|(n, &e)| (e, n)).collect();
    let edges: Vec<_> = ties.keys().map(|(a, v)| (place[a], place[v])).collect();
    let csr = Csr::unweighted(people.len(), &edges, Direction::Undirected);
    let entities = &engine.identities.entities;
    let left: Vec<bool> = people.iter().map(|&one| entities.victim(one).is_none()).collect();
    let prior = prior(engine, weighed, ranked, &place);
    let ranks = BiRank::default().scores(&csr, &left, &prior)?;
    let unknown = Unknown::of(engine, ranked);
    let found: Vec<EntityId> = people.iter().copied().collect();
    let chosen = ranks.ranked().into_iter().filter(|&at| ranks[at] > 0.0);
    let chosen = chosen.map(|at| (found[at], ranks[at])).filter(|one| unknown.holds(one.0));
    let chosen = chosen.take(engine.options.leads);
    Ok((1..)
        .zip(chosen)
        .map(|(rank, (entity, closeness))| lead(engine, &ties, rank, entity, closeness))
        .collect())
}

fn ties(engine: &Engine<'_>) -> Ties {
    let (case, entities) = (engine.case, &engine.identities.entities);
    let mut ties = Ties::new();
    for (row, link) in case.links.iter().enumerate() {
        if link.kind == LinkKind::ProfessionalContact {
            continue;
        }
        let ends = (entities.of(case, link.from), entities.of(case, link.to));
        let (Some(from), Some(to)) = ends else { continue };
        match (entities.victim(from).is_some(), entities.victim(to).is_some()) {
            (false, true) => ties.entry((from, to)).or_default().push(row),
            (true, false) => ties.entry((to, from)).or_default().push(row),
            _ => {}
        }
    }
    ties
}

fn prior(
    engine: &Engine<'_>,
    weighed: &Weighed,
    ranked: &[(EntityId, Score)],
    place: &BTreeMap<EntityId, u32>,
) -> Vec<f64> {
    let mut prior = vec![0.0_f64; place.len()];
    for (entity, score) in ranked {
        if let Some(&at) = place.get(entity) {
            prior[at as usize] = score.recurrence;
        }
    }
    for (unit, ratio) in engine.units.units.iter().zip(&weighed.ratios) {
        let victim = unit.victim.map(|row| engine.identities.entities.of_row(row));
        if let Some(&at) = victim.and_then(|victim| place.get(&victim)) {
            let odds = engine.ratios.odds * ratio;
            let chance = unit.factor * odds / (1.0 + odds);
            prior[at as usize] = prior[at as usize].max(chance);
        }
    }
    prior
}

/// Who has no part on record.
struct Unknown<'a> {
    entities: &'a Entities,
    standings: Standings,
    barred: BTreeSet<EntityId>,
    named: BTreeSet<EntityId>,
}

impl<'a> Unknown<'a> {
    fn of(engine: &'a Engine<'_>, ranked: &[(EntityId, Score)]) -> Self {
        let entities = &engine.identities.entities;
        let samples = &engine.identities.samples;
        let mut barred = BTreeSet::new();
        for sample in 0..samples.len() {
            let labels = samples.labels(sample);
            let with_victims = engine.barred(labels);
            let rows = (0..).zip(labels).filter(|(_, label)| with_victims[**label as usize]);
            barred.extend(rows.map(|(row, _)| entities.of_row(row)));
        }
        let named = ranked.iter().filter(|one| one.1.recurrence >= engine.options.least);
        Self {
            entities,
            standings: Standings::of(engine.case, entities),
            barred,
            named: named.map(|one| one.0).collect(),
        }
    }

    /// No victim, in no sample one with a victim, in no list, and of no recorded part.
    fn holds(&self, entity: EntityId) -> bool {
        self.entities.victim(entity).is_none()
            && self.standings.overall(entity) == Standing::Unplaced
            && !self.standings.is_acquitted(entity)
            && !self.barred.contains(&entity)
            && !self.named.contains(&entity)
    }
}

fn lead(engine: &Engine<'_>, ties: &Ties, rank: usize, entity: EntityId, closeness: f64) -> Lead {
    const ROWS: usize = 12;
    let entities = &engine.identities.entities;
    let lowest = EntityId::from_number(0);
    let own = || ties.range((entity, lowest)..).take_while(|one| one.0.0 == entity);
    let rows = own().flat_map(|one| one.1).take(ROWS);
    Lead {
        rank,
        entity,
        person_ids: engine.person_ids(entity),
        closeness,
        victims: own().filter_map(|one| entities.victim(one.0.1)).collect(),
        evidence: rows
            .map(|&row| engine.case.place_of(&engine.case.links[row].assertion))
            .collect(),
    }
}
