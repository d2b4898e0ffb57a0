//! Windows of groups of victims, and whether they differ.

use std::collections::BTreeMap;

use super::estimate::{Estimate, apart};
use super::{Grooming, Partition, WindowGroup};
use crate::case::{Case, ChannelClass, Means, MeansCode, Setting, Symbol};
use crate::finding::minors::minors;
use crate::finding::score_test::compare;
use crate::finding::survival::Time;
use crate::identity::{Entities, EntityId};

/// Of fewer victims no share is told: it would be one of few, and its interval nearly everything.
const FEWEST: usize = 5;

/// What victims are told apart by.
pub(super) struct Traits {
    pub(super) victim: EntityId,
    pub(super) file: Symbol,
    pub(super) class: Option<ChannelClass>,
    pub(super) means: Means,
}

/// What tells groups apart, and in which of them somebody is.
type Divide<'a> = (&'static str, &'a dyn Fn(&Traits) -> Option<&'static str>);

/// The groups of each division of which it is on record who is in which.
pub(super) fn partitions(
    options: &Grooming,
    (case, entities): (&Case, &Entities),
    victims: &[(Time, Traits)],
) -> Vec<Partition> {
    let splits = Splits::of(case, entities);
    let by: [Divide<'_>; 4] = [
        ("age", &|one| splits.age(one)),
        ("channel of first contact", &|one| Some(one.class?.code())),
        ("where she lived", &|one| splits.setting(one)),
        ("affection or force", &|one| affection_or_force(one.means)),
    ];
    let parts = by.into_iter().map(|divide| partition(options, divide, victims));
    parts.filter(|one| !one.groups.is_empty()).collect()
}

fn partition(options: &Grooming, (by, of): Divide<'_>, victims: &[(Time, Traits)]) -> Partition {
    let mut groups: BTreeMap<&'static str, Vec<Time>> = BTreeMap::new();
    for (time, one) in victims {
        if let Some(group) = of(one) {
            groups.entry(group).or_default().push(*time);
        }
    }
    let all: Vec<Vec<Time>> = groups.values().cloned().collect();
    let test = compare(&all);
    Partition {
        by,
        groups: groups.into_iter().map(|(name, times)| group(options, name, times)).collect(),
        test: test.map(|found| found.name),
        chi_squared: test.map(|found| found.chi_squared),
        p: test.map(|found| found.p),
    }
}

fn group(options: &Grooming, group: &'static str, times: Vec<Time>) -> WindowGroup {
    let (victims, events) = (times.len(), times.iter().filter(|time| time.most.is_some()).count());
    let own = if victims < FEWEST { Estimate::default() } else { Estimate::of(options, times) };
    let (week, month) = (apart(own.week), apart(own.month));
    WindowGroup {
        group,
        victims,
        events,
        median_days: own.median,
        within_7_days: week.0,
        within_7_days_interval: week.1,
        within_30_days: month.0,
        within_30_days_interval: month.1,
        curve: own.curve,
    }
}

/// What roles say of victims.
struct Splits {
    minors: BTreeMap<EntityId, bool>,
    settings: BTreeMap<(EntityId, Symbol), Setting>,
}

impl Splits {
    fn of(case: &Case, entities: &Entities) -> Self {
        let mut splits = Self { minors: minors(case, entities), settings: BTreeMap::new() };
        for role in case.roles.iter() {
            let Some(entity) = entities.of(case, role.person) else { continue };
            if let Some(setting) = role.setting {
                let own = splits.settings.entry((entity, role.case)).or_insert(setting);
                *own = setting.min(*own);
            }
        }
        splits
    }

    fn age(&self, one: &Traits) -> Option<&'static str> {
        Some(if *self.minors.get(&one.victim)? { "minor" } else { "adult" })
    }

    fn setting(&self, one: &Traits) -> Option<&'static str> {
        Some(self.settings.get(&(one.victim, one.file))?.code())
    }
}

/// Feigned affection, whatever else there was; or threat or violence without it.
fn affection_or_force(means: Means) -> Option<&'static str> {
    let force = [MeansCode::Threat, MeansCode::Violence, MeansCode::SexualViolence];
    if means.contains(MeansCode::Affection) {
        Some("affection")
    } else if force.iter().any(|&code| means.contains(code)) {
        Some("force")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    #[test]
    fn affection_counts_before_force_and_other_means_for_neither() {
        let of = |codes: &[MeansCode]| {
            let means = codes.iter().fold(Means::default(), |means, &code| means.with(code));
            affection_or_force(means)
        };
        assert_eq!(of(&[MeansCode::Affection]), Some("affection"));
        assert_eq!(of(&[MeansCode::Violence, MeansCode::Affection]), Some("affection"));
        for code in [MeansCode::Threat, MeansCode::Violence, MeansCode::SexualViolence] {
            assert_eq!(of(&[code]), Some("force"), "{code:?}");
        }
        assert_eq!(of(&[MeansCode::Debt]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn roles_say_who_was_a_minor_in_any_file_and_where_she_lived_in_this_one() {
        let roles = "case_id,person_id,role,minor,setting\nc1,p1,victim,no,homeless\nc2,p1,victim,yes,\nc1,p1,victim,,home\n\
                     c1,p2,victim,no,\nc1,p3,victim,,\n";
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\n"),
            ("people.csv", "person_id\np1\np2\np3\n"),
            ("roles.csv", roles),
        ]);
        let splits = Splits::of(&case, &Entities::as_given(&case));
        let traits = |victim: u32, file: usize| Traits {
            victim: EntityId::from_number(victim),
            file: case.cases[file].case,
            class: None,
            means: Means::default(),
        };
        let ages = [0, 1, 2].map(|victim| splits.age(&traits(victim, 0)));
        assert_eq!(ages, [Some("minor"), Some("adult"), None]);
        let settings =
            [(0, 0), (0, 1), (1, 0)].map(|(victim, file)| splits.setting(&traits(victim, file)));
        assert_eq!(settings, [Some("home"), None, None], "of two the first in the list");
    }
}
