//! Recurring recruiters: who brings victims into exploitation again and again.

use super::companions::Companions;
use super::describe::Describe;
use super::engine::{Engine, Score};
use super::episodes::Episodes;
use super::leads::{Lead, leads};
use super::model_card::Measured;
use super::resampling::Missing;
use super::weights::EvidenceWeights;
use super::{Recruiter, Withheld};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::identity::{EntityId, Identities};

/// Who recruits again and again, by the recurrence posterior.
///
/// For each mention of somebody who is no victim, the rows between him and each victim of a case say how
/// many times likelier they are if he recruited her than if he did not; rows of one source are one
/// voice, and what speaks for another speaks against him. For each reading of who is who, the mentions of one
/// person are put together, and the result is the chance that he brought in two or more victims in two or more
/// episodes. A mention's recurrence is the mean over the readings, a person's the largest of his mentions.
///
/// What it is **not**: a probability of guilt. It says how far the files, read with this table
/// of weights, speak for recurrence. It never reads sex, age or origin.
///
/// Whoever is protected in any case is in no list; nor is he who is, in half of the readings or more, one
/// person with somebody protected. Below that he is listed with a caution, because a list without
/// him could leave victims with him; readings in which he is a victim count as no recurrence.
///
/// - **Cost**: `O(rows)` for each reading, and for each of the `draws` of the rank intervals.
/// - **Order**: by recurrence, then expected episodes, then code; the same for any number of threads.
///
/// # Source
///
/// The definition is this project's (`science.md` §2.2: `c` is certainty, `ρ` comes from the rates in `weights`, `π` is the
/// chance of a share, `q` that of an episode); the Poisson-binomial distribution is Poisson's.
#[derive(Clone, Debug, PartialEq)]
pub struct Recruiters {
    /// What each class of evidence is worth, before the data.
    pub weights: EvidenceWeights,
    /// When recruitments are one episode.
    pub episodes: Episodes,
    /// What is taken to be missing, for the rank intervals.
    pub missing: Missing,
    /// The least recurrence that is listed.
    pub least: f64,
    /// How often the data are drawn anew for the rank intervals.
    pub draws: usize,
    /// How many leads are listed at most.
    pub leads: usize,
    /// The seed of the draws.
    pub seed: u64,
}

impl Default for Recruiters {
    fn default() -> Self {
        Self {
            weights: EvidenceWeights::default(),
            episodes: Episodes::default(),
            missing: Missing::default(),
            least: 0.01,
            draws: 500,
            leads: 20,
            seed: 0,
        }
    }
}

/// Who recruits again and again, and what stands beside that list.
#[derive(Clone, Debug)]
pub struct Recruiting {
    /// The ranked list.
    pub recruiters: Vec<Recruiter>,
    /// Who is in no list because he may well be one person with somebody protected.
    pub withheld: Vec<Withheld>,
    /// People of unknown part who are close to recruited victims.
    pub leads: Vec<Lead>,
    /// The weights of the evidence after the data, for the model card.
    pub measured: Measured,
}

/// The chance from which somebody who may be one person with a victim is treated as she is.
const AS_PROTECTED: f64 = 0.5;

impl Recruiters {
    /// The ranked list; nobody who is a victim in any case is on it.
    ///
    /// # Errors
    ///
    /// If the samples are not of this case.
    pub fn find(&self, case: &Case, identities: &Identities) -> Result<Vec<Recruiter>> {
        Ok(self.look(case, identities)?.recruiters)
    }

    /// The ranked list and what stands beside it.
    ///
    /// # Errors
    ///
    /// If the samples are not of this case.
    pub fn look(&self, case: &Case, identities: &Identities) -> Result<Recruiting> {
        check(case, identities)?;
        let engine = Engine::new(self, case, identities);
        let weighed = engine.weigh(|item| item.assertion.certainty);
        let people = engine.people(&engine.readings(&weighed));
        let withheld = engine.withheld(&people);
        let ranked = ranked(people, |score| score.barred < AS_PROTECTED);
        let listed: Vec<(EntityId, Score)> =
            ranked.iter().copied().filter(|one| one.1.recurrence >= self.least).collect();
        let entities: Vec<EntityId> = listed.iter().map(|one| one.0).collect();
        let intervals = engine.rank_intervals(&entities, &weighed);
        let companions = Companions::of(&engine, &weighed, &ranked);
        let describe = Describe { engine: &engine, weighed: &weighed, companions: &companions };
        let recruiters = listed
            .iter()
            .zip(intervals)
            .enumerate()
            .map(|(at, (one, interval))| describe.recruiter(at + 1, one, interval))
            .collect();
        let leads = leads(&engine, &weighed, &ranked)?;
        Ok(Recruiting { recruiters, withheld, leads, measured: Measured::of(&engine) })
    }
}

/// A sample names, for each row of `people`, another such row.
fn check(case: &Case, identities: &Identities) -> Result<()> {
    let (rows, samples) = (case.people.len(), &identities.samples);
    let fits = |labels: &[u32]| {
        labels.len() == rows && labels.iter().all(|&label| (label as usize) < rows)
    };
    if (0..samples.len()).all(|sample| fits(samples.labels(sample))) {
        return Ok(());
    }
    Err(Error::usage(format!(
        "a sample of who is who must name one of {rows} people for each of them"
    )))
}

/// People in order: by recurrence, then expected episodes, then code.
pub(super) fn ranked(
    mut people: Vec<(EntityId, Score)>,
    kept: impl Fn(&Score) -> bool,
) -> Vec<(EntityId, Score)> {
    people.retain(|one| kept(&one.1));
    people.sort_by(|a, b| {
        (b.1.recurrence.total_cmp(&a.1.recurrence))
            .then(b.1.expected_episodes.total_cmp(&a.1.expected_episodes))
            .then(a.0.cmp(&b.0))
    });
    people
}

impl Engine<'_> {
    fn withheld(&self, people: &[(EntityId, Score)]) -> Vec<Withheld> {
        let held = people.iter().filter(|one| one.1.barred >= AS_PROTECTED);
        let withheld = |&(entity, score): &(EntityId, Score)| Withheld {
            entity,
            person_ids: self.person_ids(entity),
            chance: score.barred,
            why: "probably one person with somebody who is a victim in some case".into(),
        };
        held.map(withheld).collect()
    }

    pub(super) fn person_ids(&self, entity: EntityId) -> Vec<String> {
        self.identities.entities.person_ids(self.case, entity).map(Into::into).collect()
    }
}
