//! Who is who?
//!
//! A mention is not a person. [`Entities`] is one reading of who the mentions are; the rows of the
//! case never change for it. [`Entities::as_given`] takes each `person_id` as a person of its own; [`Resolution`] works out
//! from names, dates of birth, identifiers and company which are one, and draws other readings beside the best one. Everything to the
//! right of this room takes the entities, not the ids.

mod agglomeration;
mod blocking;
mod calibration;
pub mod clean;
mod clustering;
mod company;
mod comparison;
mod decisions;
mod epithets;
mod field;
mod frequency;
mod groups;
mod lists;
mod members;
mod mentions;
mod model;
mod order;
mod persons;
mod protection;
mod resolution;
mod samples;
#[cfg(test)]
pub(crate) mod sketch;
#[cfg(test)]
mod worked;

use std::fmt;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

pub(crate) use agglomeration::Edge;
pub use blocking::Blocking;
pub(crate) use clustering::Clustering;
pub use decisions::{Decision, Decisions, Verdict};
pub(crate) use groups::Groups;
pub(crate) use lists::Lists;
pub(crate) use model::falling;
pub(crate) use order::natural;
pub use protection::{Protection, Reason};
pub use resolution::Resolution;
pub use samples::{Identities, Merge, Samples};

use members::Members;

use crate::case::{Case, IdKind, Symbol, Table};

/// A person, as one reading of the mentions has it: `E12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(u32);

/// A victim's pseudonym: `V9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VictimId(u32);

impl EntityId {
    /// The entity's place among [`Entities`], from 0.
    #[must_use]
    pub fn number(self) -> usize {
        self.0 as usize
    }

    /// The same in 32 bits: its node, where all entities are nodes in order.
    #[must_use]
    pub fn node(self) -> u32 {
        self.0
    }

    /// The entity at that place.
    #[must_use]
    pub fn from_number(number: u32) -> Self {
        Self(number)
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E{}", self.0 + 1)
    }
}

impl fmt::Display for VictimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "V{}", self.0 + 1)
    }
}

impl Serialize for EntityId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for VictimId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One reading of who the mentions of a case are.
#[derive(Clone, Debug)]
pub struct Entities {
    /// By row of `people`: who it is.
    of_row: Vec<EntityId>,
    /// By entity: the rows of `people` that are this person.
    rows: Members,
    /// By entity: how sure it is that the rows are one person.
    probability: Vec<f64>,
    /// By entity: her pseudonym, if she is a victim.
    victims: Vec<Option<VictimId>>,
    /// By victim: why she is protected.
    protection: Vec<Protection>,
}

impl Entities {
    /// Each `person_id` is a person of its own: what the owner of the data says.
    ///
    /// Entities are numbered in the order of their ids, numbers in them as numbers, so that the same people have
    /// the same codes however the rows stand.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² people.
    #[must_use]
    pub fn as_given(case: &Case) -> Self {
        let order = order::by_id(case);
        let mut of_row = vec![EntityId(0); order.len()];
        for (number, &row) in (0..).zip(&order) {
            of_row[row as usize] = EntityId(number);
        }
        let rows = Members::new(&order, &of_row, order.len());
        Self::from_parts(case, of_row, rows)
    }

    /// The people that groups of mentions are: by row of `people`, the lowest row of the same person.
    ///
    /// How sure a group is, is the share of its pairs that samples put together, on average.
    pub(crate) fn of_groups(case: &Case, labels: &[u32], samples: &Samples) -> Self {
        let mut entities = Self::as_given(case);
        let mut numbers = vec![None; labels.len()];
        let mut next = (0..).map(EntityId);
        let mut of_row = std::mem::take(&mut entities.of_row);
        // As given, people stand in the order of their ids; a group stands where its first id does.
        for &row in entities.rows.rows() {
            let number = &mut numbers[labels[row as usize] as usize];
            *number = number.or_else(|| next.next());
            of_row[row as usize] = number.expect("there are as many numbers as rows");
        }
        let count = numbers.iter().flatten().count();
        let rows = Members::new(entities.rows.rows(), &of_row, count);
        let cohesion = |person| samples.cohesion(rows.of(person));
        let probability = (0..count).into_par_iter().map(cohesion).collect();
        Self { probability, ..Self::from_parts(case, of_row, rows) }
    }

    fn from_parts(case: &Case, of_row: Vec<EntityId>, rows: Members) -> Self {
        let said = protection::of(case, &of_row, rows.len());
        let (mut victims, mut protection) = (Vec::with_capacity(rows.len()), Vec::new());
        for entity in 0..rows.len() {
            let number = said.why(entity).and_then(|why| {
                let number = u32::try_from(protection.len()).ok()?;
                protection.push(why);
                Some(VictimId(number))
            });
            victims.push(number);
        }
        Self { of_row, probability: vec![1.0; rows.len()], rows, victims, protection }
    }

    /// The same people in another case of the same rows of `people`.
    pub(crate) fn in_case(self, case: &Case) -> Self {
        Self { probability: self.probability, ..Self::from_parts(case, self.of_row, self.rows) }
    }

    /// How many people there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All entities, in order.
    pub fn iter(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..).take(self.len()).map(EntityId)
    }

    /// Who a `person_id` is; none if the cell is empty or says that he is not known.
    #[must_use]
    pub fn of(&self, case: &Case, person: Symbol) -> Option<EntityId> {
        let row = case.row_of(Table::People, person.known()?)?;
        Some(self.of_row[row])
    }

    /// The rows of `people` that are this person.
    #[must_use]
    pub fn rows(&self, entity: EntityId) -> &[u32] {
        self.rows.of(entity.number())
    }

    /// The ids that are this person, as the files give them, or their pseudonyms where the case shows those.
    pub fn person_ids<'a>(
        &'a self,
        case: &'a Case,
        entity: EntityId,
    ) -> impl Iterator<Item = &'a str> {
        self.rows(entity)
            .iter()
            .map(|&row| case.shown(IdKind::Person, case.people[row as usize].person))
    }

    /// The pseudonym of a person, where the case shows ids by pseudonyms: that of the first of the ids, as people count.
    #[must_use]
    pub fn pseudonym(&self, case: &Case, entity: EntityId) -> Option<String> {
        let ids = self.rows(entity).iter().map(|&row| case.people[row as usize].person);
        let first = ids.min_by(|&a, &b| natural(case.text(a), case.text(b)));
        first.filter(|_| case.is_pseudonymous()).map(|id| case.shown(IdKind::Person, id).to_owned())
    }

    /// How sure it is that the rows are one person.
    #[must_use]
    pub fn probability(&self, entity: EntityId) -> f64 {
        self.probability[entity.number()]
    }

    /// Why this person is never ranked as an offender, if that is so.
    #[must_use]
    pub fn protection(&self, entity: EntityId) -> Option<&Protection> {
        self.victim(entity).map(|victim| &self.protection[victim.0 as usize])
    }

    /// The person of a row of `people`.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[must_use]
    pub fn of_row(&self, row: u32) -> EntityId {
        self.of_row[row as usize]
    }

    /// Who a `person_id` is, if that is a victim.
    pub(crate) fn victim_of(&self, case: &Case, person: Symbol) -> Option<EntityId> {
        self.of(case, person).filter(|&entity| self.victim(entity).is_some())
    }

    /// The pseudonym of a victim; none for anybody else.
    #[must_use]
    pub fn victim(&self, entity: EntityId) -> Option<VictimId> {
        self.victims[entity.number()]
    }

    /// The code under which a person is shown: `V9` for a victim, `E12` for anybody else.
    #[must_use]
    pub fn code(&self, entity: EntityId) -> String {
        self.victim(entity).map_or_else(|| entity.to_string(), |victim| victim.to_string())
    }
}
