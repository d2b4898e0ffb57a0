//! Who may be proposed, and who may be removed at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::finding::minors::minors;
use crate::finding::standing::{Standing, Standings};
use crate::finding::{Recruiting, Withheld};
use crate::graph::Mode;
use crate::identity::{EntityId, Identities};

/// Why somebody is not proposed as one whose removal would do most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guarded {
    /// A victim in some case.
    Victim,
    /// Probably one person with a victim.
    PerhapsVictim,
    /// A minor in some case.
    Minor,
    /// There by profession.
    Professional,
    /// Family, witness or reporter.
    Bystander,
    /// A client.
    Client,
    /// Nobody says that he is an offender, while rows say so of others.
    Unplaced,
}

impl Guarded {
    /// Whether he may not be removed either, only taken to safety.
    #[must_use]
    pub fn is_protected(self) -> bool {
        matches!(self, Self::Victim | Self::PerhapsVictim | Self::Minor)
    }
}

impl fmt::Display for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Victim => "a victim in some case",
            Self::PerhapsVictim => "probably one person with somebody who is a victim",
            Self::Minor => "a minor in some case",
            Self::Professional => "there by profession",
            Self::Bystander => "family, witness or reporter",
            Self::Client => "a client",
            Self::Unplaced => "of unknown part",
        })
    }
}

/// Who is guarded, and who acts.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    why: BTreeMap<EntityId, Guarded>,
}

impl Guard {
    /// Where nobody at all is recorded as an offender, those of unknown part are not held back.
    pub(super) fn of(case: &Case, identities: &Identities, recruiting: &Recruiting) -> Self {
        let entities = &identities.entities;
        let standings = Standings::of(case, entities);
        let minors = minors(case, entities);
        let withheld: BTreeSet<EntityId> =
            recruiting.withheld.iter().map(|one: &Withheld| one.entity).collect();
        let any_offender =
            entities.iter().any(|entity| standings.overall(entity) == Standing::Offender);
        let why = |entity: EntityId| {
            if entities.victim(entity).is_some() {
                return Some(Guarded::Victim);
            }
            if withheld.contains(&entity) {
                return Some(Guarded::PerhapsVictim);
            }
            if minors.get(&entity) == Some(&true) {
                return Some(Guarded::Minor);
            }
            match standings.overall(entity) {
                Standing::Professional => Some(Guarded::Professional),
                Standing::Bystander => Some(Guarded::Bystander),
                Standing::Client => Some(Guarded::Client),
                Standing::Unplaced | Standing::Acquitted if any_offender => Some(Guarded::Unplaced),
                _ => None,
            }
        };
        Self { why: entities.iter().filter_map(|entity| Some((entity, why(entity)?))).collect() }
    }

    pub(super) fn why(&self, entity: EntityId) -> Option<Guarded> {
        self.why.get(&entity).copied()
    }

    /// Whether a victim who is tied to him is within reach of somebody who may do harm: of all but the guarded, and of clients and those
    /// of unknown part. So that too few victims are said to be out of reach rather than too many.
    pub(super) fn may_harm(&self, entity: EntityId) -> bool {
        matches!(self.why(entity), None | Some(Guarded::Client | Guarded::Unplaced))
    }

    /// Fails if a node may not be removed.
    pub(super) fn check(&self, node: Mode, code: &str) -> Result<()> {
        let Mode::Person(entity) = node else { return Ok(()) };
        match self.why(entity).filter(|why| why.is_protected()) {
            None => Ok(()),
            Some(why) => Err(Error::usage(format!(
                "{code} is {why}, and is not removed as a target; who is taken to safety goes under `--protect`"
            ))),
        }
    }
}
