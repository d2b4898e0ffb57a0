//! What a person is in a case, as far as it changes how an act is read.

use std::collections::BTreeMap;

use crate::case::{Case, Role, Status, Symbol, Table};
use crate::identity::{Entities, EntityId};

/// How the acts of a person are read: a first contact by a suspect is one thing, by a social
/// worker another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Has an offender's role, or is suspected or convicted.
    Offender,
    /// Nothing is recorded that would place the person.
    #[default]
    Unplaced,
    /// Family, witness or reporter.
    Bystander,
    /// Buys.
    Client,
    /// There by profession.
    Professional,
    /// Was acquitted.
    Acquitted,
}

impl Standing {
    /// Whether a first contact by such a one may be recruiting: not that of professionals and family.
    pub(super) fn may_recruit(self) -> bool {
        !matches!(self, Self::Professional | Self::Bystander)
    }
}

/// What each person, or each row of `people`, is in each case and over all cases.
#[derive(Clone, Debug)]
pub(super) struct Standings<P = EntityId> {
    by_case: BTreeMap<(P, Symbol), Standing>,
    overall: BTreeMap<P, Standing>,
}

impl Standings {
    pub(super) fn of(case: &Case, entities: &Entities) -> Self {
        Self::by(case, |person| entities.of(case, person))
    }
}

impl Standings<u32> {
    /// By row of `people`, whoever that is.
    pub(super) fn of_mentions(case: &Case) -> Self {
        let row = |person: Symbol| case.row_of(Table::People, person.known()?);
        Self::by(case, |person| u32::try_from(row(person)?).ok())
    }
}

impl<P: Copy + Ord> Standings<P> {
    fn by(case: &Case, who: impl Fn(Symbol) -> Option<P>) -> Self {
        let mut standings = Self { by_case: BTreeMap::new(), overall: BTreeMap::new() };
        for role in case.roles.iter() {
            let Some(person) = who(role.person) else {
                continue;
            };
            let standing = standing(role.role, role.status);
            raise(standings.by_case.entry((person, role.case)).or_default(), standing);
            // An acquittal is of its case, and says nothing of what other cases say.
            if standing != Standing::Acquitted {
                raise(standings.overall.entry(person).or_default(), standing);
            }
        }
        standings
    }

    /// What the person is in the case; over all cases where the case says nothing of it.
    pub(super) fn in_case(&self, person: P, case: Symbol) -> Standing {
        let here = self.by_case.get(&(person, case)).copied().unwrap_or_default();
        if here == Standing::Unplaced { self.overall(person) } else { here }
    }

    /// Whether the person was acquitted in some case.
    pub(super) fn is_acquitted(&self, person: P) -> bool {
        let own = self.by_case.range((person, Symbol::EMPTY)..).take_while(|one| one.0.0 == person);
        own.into_iter().any(|(_, &here)| here == Standing::Acquitted)
    }

    pub(super) fn overall(&self, person: P) -> Standing {
        self.overall.get(&person).copied().unwrap_or_default()
    }
}

/// Where two rows differ, acquitted counts most, then professional, then offender.
///
/// That a professional is also called a suspect is a contradiction for a person to look at; until
/// then he has the doubt.
fn raise(standing: &mut Standing, other: Standing) {
    let order = |standing| match standing {
        Standing::Acquitted => 5,
        Standing::Professional => 4,
        Standing::Offender => 3,
        Standing::Client => 2,
        Standing::Bystander => 1,
        Standing::Unplaced => 0,
    };
    if order(other) > order(*standing) {
        *standing = other;
    }
}

fn standing(role: Role, status: Option<Status>) -> Standing {
    match (role, status) {
        (_, Some(Status::Acquitted)) => Standing::Acquitted,
        (Role::Professional, _) | (_, Some(Status::Professional)) => Standing::Professional,
        (Role::Client, _) => Standing::Client,
        (Role::Family | Role::Witness | Role::Reporter, _) => Standing::Bystander,
        (role, status)
            if role.is_offender()
                || matches!(status, Some(Status::Suspect | Status::Convicted)) =>
        {
            Standing::Offender
        }
        _ => Standing::Unplaced,
    }
}
