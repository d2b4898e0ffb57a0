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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    #[test]
    fn a_role_and_a_status_are_one_standing() {
        use Standing::{Acquitted, Bystander, Client, Offender, Professional, Unplaced};
        let suspect = Some(Status::Suspect);
        for (role, status, want) in [
            (Role::Recruiter, None, Offender),
            (Role::Driver, Some(Status::Contact), Offender),
            (Role::Offender, None, Offender),
            (Role::Recruiter, Some(Status::Acquitted), Acquitted),
            (Role::Client, Some(Status::Acquitted), Acquitted),
            (Role::Professional, suspect, Professional),
            (Role::Recruiter, Some(Status::Professional), Professional),
            (Role::Client, suspect, Client),
            (Role::Family, suspect, Bystander),
            (Role::Witness, None, Bystander),
            (Role::Reporter, None, Bystander),
            (Role::Other, suspect, Offender),
            (Role::Unknown, Some(Status::Convicted), Offender),
            (Role::Unknown, Some(Status::Contact), Unplaced),
            (Role::Other, None, Unplaced),
            (Role::Victim, None, Unplaced),
        ] {
            assert_eq!(standing(role, status), want, "{role:?} {status:?}");
        }
        let all = [Offender, Unplaced, Bystander, Client, Professional, Acquitted];
        let may = [true, true, false, true, false, true];
        assert_eq!(all.map(Standing::may_recruit), may);
    }

    #[test]
    fn of_two_rows_the_weightier_counts_whichever_comes_first() {
        use Standing::{Acquitted, Bystander, Client, Offender, Professional, Unplaced};
        let order = [Unplaced, Bystander, Client, Offender, Professional, Acquitted];
        for (at, &less) in order.iter().enumerate() {
            for &more in &order[at..] {
                let (mut one, mut other) = (less, more);
                raise(&mut one, more);
                raise(&mut other, less);
                assert_eq!((one, other), (more, more));
            }
        }
    }

    #[test]
    fn where_a_file_says_nothing_the_others_do_and_an_acquittal_is_of_its_file() {
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\nc3\n"),
            ("people.csv", "person_id\np1\np2\n"),
            (
                "roles.csv",
                "case_id,person_id,role,status\nc1,p1,recruiter,acquitted\nc2,p1,client,\nc2,p1,unknown,\n\
                 c3,p1,unknown,\nc1,p2,unknown,\n",
            ),
        ]);
        let entities = Entities::as_given(&case);
        let standings = Standings::of(&case, &entities);
        let [p1, p2] = [0, 1].map(EntityId::from_number);
        let in_case = |file: usize| standings.in_case(p1, case.cases[file].case);
        assert_eq!(
            [0, 1, 2].map(in_case),
            [Standing::Acquitted, Standing::Client, Standing::Client]
        );
        assert_eq!(
            (standings.overall(p1), standings.overall(p2)),
            (Standing::Client, Standing::Unplaced)
        );
        assert!(standings.is_acquitted(p1) && !standings.is_acquitted(p2));
        let mentions = Standings::of_mentions(&case);
        assert_eq!(
            (mentions.overall(0), mentions.overall(1)),
            (Standing::Client, Standing::Unplaced)
        );
    }
}
