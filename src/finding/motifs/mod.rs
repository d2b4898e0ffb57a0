//! The motifs of the trade: who did what to whom, then what, and whether that is more than dates at random would give.

mod acts;
mod census;
mod null;
mod patterns;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::acts::{Acts, Dates};
pub use self::census::{Census, CensusOf, CensusRow};
use self::null::Against;
use self::patterns::{Grouped, Instance, Pattern, Search};
use super::protected::protected;
use crate::case::Case;
use crate::error::{Error, Result};
use crate::identity::{Entities, EntityId, Identities};

/// Sequences of acts that the trade is known by, and whether they come oftener than if the same acts had other dates.
///
/// | motif | what |
/// | --- | --- |
/// | `repeat_recruit` | A brings in V1, and within `delta` days V2, the next whom he brings in |
/// | `handover` | A brings in V, and within `delta` days B takes her: exploits or controls her, or has her handed over to him |
/// | `recruit_ad_client` | V is brought in, is offered, and has a client, the first time each, within `delta` days |
/// | `return` | A's exploitation of V has ended, and A acts upon her again, however much later |
/// | `victim_recruits_victim` | W, upon whom A acted before, brings in V: a sign of what was done to W, and no accusation |
///
/// To bring in is a first contact, grooming, recruiting or introducing. The first act of each actor upon each victim counts. What
/// professionals, family and witnesses do is left out, and so is whoever may well be one person with somebody protected.
///
/// A date is an interval of days. An instance counts where *some* choice of days makes it one, and is *certain* where every choice does. Under the null the
/// dates of acts of one kind change places, with their intervals, so that both are counted alike; no day is ever made up.
///
/// What it is **not**: a proof of a plan. Acts of one case file lie near one another in any case, so that a small chance is to be expected of motifs
/// that run within one file; it says that acts go together in time, and not who meant them to.
///
/// - **Unit**: instances; chances.
/// - **Cost**: `O(acts × log acts × draws)`; above 20 million acts × draws there are fewer draws, at least 19, and it is said how many.
/// - **Order**: the same for any number of threads; draws come from `seed`.
/// - **Edge cases**: without dated acts nothing is found, and the test is underpowered.
///
/// # Source
///
/// A. Paranjape, A. R. Benson, J. Leskovec, "Motifs in temporal networks", WSDM 2017, for motifs within δ; P. Holme, J. Saramäki, "Temporal networks",
/// Phys. Rep. 519(3):97-125, 2012, §4 for shuffled times; B. Phipson, G. K. Smyth, Stat. Appl. Genet. Mol. Biol. 9(1):39, 2010, for the chance
/// `(1 + k) / (1 + draws)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Motifs {
    /// How many days may lie between the first and the last act. 90 by default.
    pub delta: u32,
    /// How often dates change places. 200 by default.
    pub draws: usize,
    /// The most instances of each that are listed; all are counted. 1,000 by default.
    pub most: usize,
    /// The seed of the draws.
    pub seed: u64,
}

impl Default for Motifs {
    fn default() -> Self {
        Self { delta: 90, draws: 200, most: 1000, seed: 0 }
    }
}

/// How often a motif comes, and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Motif {
    /// Its name.
    pub motif: &'static str,
    /// Whether it is about victims who did something, and so no ranking and no accusation.
    pub protected: bool,
    /// How many instances some choice of days allows.
    pub count: u32,
    /// How many of them any choice of days makes one.
    pub certain: u32,
    /// Acts that could have been part of it, had they a date.
    pub undated: usize,
    /// How many instances there are on average when dates change places; none without a dated act.
    pub expected: Option<f64>,
    /// How many standard deviations the count is above that; none where the null does not vary.
    pub z: Option<f64>,
    /// The chance of as many or more under the null.
    pub p: Option<f64>,
    /// How often dates changed places.
    pub draws: usize,
    /// Whether no arrangement of the dates that was seen could have a chance of .05 or less: then a large chance says nothing.
    pub underpowered: bool,
    /// The instances, the earliest first.
    pub instances: Vec<MotifInstance>,
    /// How many more there are.
    pub unlisted: usize,
}

/// One instance of a motif.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MotifInstance {
    /// Who, by code, in the order of the motif.
    pub people: Vec<String>,
    /// When each act began, as recorded.
    pub dates: Vec<String>,
    /// Where each act stands: `links.csv:88`.
    pub rows: Vec<String>,
    /// Whether any choice of days makes it one.
    pub certain: bool,
    /// Of a victim who brought in another: who stood above her.
    pub above: Vec<EntityId>,
}

impl Motifs {
    /// Every motif of a case, in the order of the table.
    ///
    /// # Errors
    ///
    /// If `draws` is 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::{ReadOptions, read};
    /// use kluwen::finding::Motifs;
    /// use kluwen::identity::Identities;
    ///
    /// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
    /// let found = Motifs::default().find(&taken.case, &Identities::as_given(&taken.case))?;
    /// assert_eq!(found[0].motif, "repeat_recruit");
    /// assert!(found.iter().all(|motif| motif.certain <= motif.count));
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn find(&self, case: &Case, identities: &Identities) -> Result<Vec<Motif>> {
        if self.draws == 0 {
            return Err(Error::usage("`draws` must be 1 or more"));
        }
        let entities = &identities.entities;
        let acts = Acts::of(case, entities, &may_be_protected(identities));
        let grouped = Grouped::of(&acts, |entity| entities.victim(entity).is_some());
        let null = self.null(&acts, &grouped);
        let telling = Telling { case, entities, acts: &acts };
        let search = self.search(&grouped, &acts.dates);
        let motif = |(at, pattern)| {
            let counts: Vec<u64> = null.iter().map(|draw| draw[at]).collect();
            self.motif(pattern, &search, &counts, &telling)
        };
        Ok(Pattern::ALL.into_iter().enumerate().map(motif).collect())
    }

    fn search<'a>(&self, grouped: &'a Grouped, dates: &'a [Dates]) -> Search<'a> {
        Search { grouped, dates, delta: i64::from(self.delta) }
    }

    fn motif(
        &self,
        pattern: Pattern,
        search: &Search<'_>,
        null: &[u64],
        telling: &Telling<'_>,
    ) -> Motif {
        let mut found = Vec::new();
        search.each(pattern, &mut |one| found.push(one));
        let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let certain = found.iter().filter(|one| one.certain).count();
        found.sort_by_key(|one| {
            one.acts.map(|act| act.map(|act| (search.dates[act as usize], act)))
        });
        let instances = found.iter().take(self.most);
        let against = Against::of(count.into(), null);
        Motif {
            motif: pattern.name(),
            protected: pattern == Pattern::VictimRecruitsVictim,
            count,
            certain: u32::try_from(certain).unwrap_or(u32::MAX),
            undated: telling.acts.undated(|sort| pattern.reads(sort)),
            expected: against.expected,
            z: against.z,
            p: against.p,
            draws: null.len(),
            underpowered: against.underpowered,
            instances: telling.instances(pattern, instances),
            unlisted: found.len().saturating_sub(self.most),
        }
    }
}

/// Who is one person with somebody protected in half of the readings or more.
fn may_be_protected(identities: &Identities) -> BTreeSet<EntityId> {
    const HALF: f64 = 0.5;
    let (entities, samples) = (&identities.entities, &identities.samples);
    let mut readings = vec![0_usize; entities.len()];
    for sample in 0..samples.len() {
        let labels = samples.labels(sample);
        let mut protected = vec![false; labels.len()];
        for (row, &label) in (0..).zip(labels) {
            protected[label as usize] |= entities.victim(entities.of_row(row)).is_some();
        }
        for entity in entities.iter() {
            let with = |&row: &u32| protected[labels[row as usize] as usize];
            readings[entity.number()] += usize::from(entities.rows(entity).iter().any(with));
        }
    }
    let least = HALF * samples.len() as f64;
    let many = |entity: &EntityId| !samples.is_empty() && readings[entity.number()] as f64 >= least;
    entities.iter().filter(many).filter(|&entity| entities.victim(entity).is_none()).collect()
}

/// What instances are told with.
#[derive(Debug)]
struct Telling<'a> {
    case: &'a Case,
    entities: &'a Entities,
    acts: &'a Acts,
}

impl Telling<'_> {
    fn instances<'i>(
        &self,
        pattern: Pattern,
        found: impl Iterator<Item = &'i Instance>,
    ) -> Vec<MotifInstance> {
        let protected = match pattern {
            Pattern::VictimRecruitsVictim => protected(self.case, self.entities),
            _ => Vec::new(),
        };
        let over: BTreeMap<EntityId, Vec<EntityId>> =
            protected.into_iter().map(|one| (one.entity, one.above)).collect();
        let above =
            |who: Option<EntityId>| who.and_then(|who| over.get(&who)).cloned().unwrap_or_default();
        found
            .map(|one| MotifInstance { above: above(one.people[1]), ..self.instance(one) })
            .collect()
    }

    fn instance(&self, one: &Instance) -> MotifInstance {
        let acts = || one.acts.iter().flatten().map(|&act| act as usize);
        let row = |act: usize| self.case.place_of(&self.acts.list[act].assertion);
        MotifInstance {
            people: one.people.iter().flatten().map(|&who| self.entities.code(who)).collect(),
            dates: acts().map(|act| self.acts.dates[act].told()).collect(),
            rows: acts().map(row).collect(),
            certain: one.certain,
            above: Vec::new(),
        }
    }
}
