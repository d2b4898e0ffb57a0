//! Groups through time: which are born, go on, merge, split and end.

use rayon::prelude::*;
use serde::Serialize;

use super::graph::tied;
use super::{Cells, Community};
use crate::case::{Day, When};
use crate::error::{Error, Result};
use crate::graph::{Network, span};
use crate::identity::EntityId;

/// Groups in one period after another.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CellsOverTime {
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// What became of groups, from each period to the next.
    pub changes: Vec<CellChange>,
    /// Links without a date, which no period holds.
    pub undated: usize,
}

/// The groups of one period.
#[derive(Clone, Debug, Serialize)]
pub struct Period {
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// The groups that hold together firmly.
    pub groups: Vec<Community>,
    /// How many more hold together too loosely.
    pub loose: usize,
}

/// What became of groups from one period to the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellChange {
    /// The first day of the later period.
    pub from: String,
    /// `born`, `continues`, `merged`, `split` or `ended`.
    pub change: &'static str,
    /// The groups of the earlier period.
    pub before: Vec<usize>,
    /// The groups of the later one.
    pub after: Vec<usize>,
}

/// No more periods are looked at, the last ones.
const MOST: i32 = 60;

impl Cells {
    /// The groups of each period of so many days, from the first dated link to the last.
    ///
    /// A link counts in each period in which it can have been. Two groups are one at two times if they share half or more of the people of the smaller
    /// one. What does not hold together firmly is no group here.
    ///
    /// - **Cost**: a consensus for each of at most 60 periods.
    ///
    /// # Errors
    ///
    /// If `days` is 0, or an option of the method is out of its range.
    ///
    /// # Source
    ///
    /// D. Greene, D. Doyle, P. Cunningham, "Tracking the evolution of communities in dynamic social networks", ASONAM 2010, with the share of the smaller group for
    /// Jaccard's index, which calls a small part of a large group a stranger.
    pub fn over_time(&self, network: &Network<'_>, days: u32) -> Result<CellsOverTime> {
        if days == 0 {
            return Err(Error::usage("a period must have 1 day or more"));
        }
        let days = i32::try_from(days).unwrap_or(i32::MAX);
        let links = || network.case().links.iter().map(|link| span(link.start, link.end));
        let starts = links().filter_map(|when| when.earliest().or(when.latest()));
        let ends = links().filter_map(|when| when.latest().or(when.earliest()));
        let undated = links().filter(|when| !when.is_known()).count();
        let (Some(first), Some(last)) = (starts.min(), ends.max()) else {
            return Ok(CellsOverTime { undated, ..CellsOverTime::default() });
        };
        let span = last.number().saturating_sub(first.number());
        let all = span / days + 1;
        let begins = (all.saturating_sub(MOST).max(0)..all).map(|at| first.number() + at * days);
        let begins: Vec<i32> = begins.collect();
        let periods = begins
            .into_par_iter()
            .map(|from| self.period(network, from, from.saturating_add(days - 1)))
            .collect::<Result<Vec<Period>>>()?;
        let changes = periods.windows(2).flat_map(|two| changes(&two[0], &two[1])).collect();
        Ok(CellsOverTime { periods, changes, undated })
    }

    fn period(&self, network: &Network<'_>, from: i32, to: i32) -> Result<Period> {
        let (from, to) = (Day::from_number(from), Day::from_number(to));
        let tied = tied(network, Some(When::between(from, to)), self);
        let mut groups = self.groups(&tied, &self.consensus.run(&tied.csr)?);
        let all = groups.len();
        groups.retain(Community::is_firm);
        for (group, number) in groups.iter_mut().zip(1..) {
            group.community = number;
        }
        Ok(Period { from: from.to_string(), to: to.to_string(), loose: all - groups.len(), groups })
    }
}

/// Whether two groups share half or more of the people of the smaller one.
fn is_same(one: &[EntityId], other: &[EntityId]) -> bool {
    let shared = one.iter().filter(|person| other.binary_search(person).is_ok()).count();
    2 * shared >= one.len().min(other.len())
}

fn changes(before: &Period, after: &Period) -> Vec<CellChange> {
    let sorted = |period: &Period| -> Vec<Vec<EntityId>> {
        let people = period.groups.iter().map(|group| group.entities.clone());
        people
            .map(|mut people| {
                people.sort_unstable();
                people
            })
            .collect()
    };
    let (old, new) = (sorted(before), sorted(after));
    let same: Vec<(usize, usize)> = (0..old.len())
        .flat_map(|a| (0..new.len()).map(move |b| (a, b)))
        .filter(|&(a, b)| is_same(&old[a], &new[b]))
        .collect();
    let onward = |a: usize| same.iter().filter(move |pair| pair.0 == a).map(|pair| pair.1);
    let back = |b: usize| same.iter().filter(move |pair| pair.1 == b).map(|pair| pair.0);
    let change = |change, before: Vec<usize>, after: Vec<usize>| CellChange {
        from: String::new(),
        change,
        before: before.into_iter().map(|at| at + 1).collect(),
        after: after.into_iter().map(|at| at + 1).collect(),
    };
    let mut all = Vec::new();
    for b in 0..new.len() {
        match back(b).collect::<Vec<_>>().as_slice() {
            [] => all.push(change("born", vec![], vec![b])),
            [a] if onward(*a).count() == 1 => all.push(change("continues", vec![*a], vec![b])),
            [_] => {}
            several => all.push(change("merged", several.to_vec(), vec![b])),
        }
    }
    for a in 0..old.len() {
        match onward(a).collect::<Vec<_>>() {
            none if none.is_empty() => all.push(change("ended", vec![a], vec![])),
            several if several.len() > 1 => all.push(change("split", vec![a], several)),
            _ => {}
        }
    }
    for one in &mut all {
        one.from.clone_from(&after.from);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(groups: &[&[u32]]) -> Period {
        let group = |(people, community): (&&[u32], usize)| Community {
            community,
            entities: people.iter().map(|&person| EntityId::from_number(person)).collect(),
            membership: vec![1.0; people.len()],
            stability: 1.0,
        };
        Period {
            from: "2020-01-01".into(),
            to: "2020-12-31".into(),
            groups: groups.iter().zip(1..).map(group).collect(),
            loose: 0,
        }
    }

    #[test]
    fn groups_are_born_go_on_merge_split_and_end() {
        let before = period(&[
            &[1, 2, 3, 4],
            &[5, 6, 7],
            &[8, 9, 10],
            &[11, 12, 13, 14, 15, 16],
            &[20, 21, 22],
        ]);
        let after = period(&[
            &[1, 2, 3, 17],
            &[5, 6, 7, 8, 9, 10],
            &[11, 12, 13],
            &[14, 15, 16],
            &[30, 31, 32],
        ]);
        let told: Vec<_> = changes(&before, &after)
            .into_iter()
            .map(|one| (one.change, one.before, one.after))
            .collect();
        assert_eq!(
            told,
            [
                ("continues", vec![1], vec![1]),
                ("merged", vec![2, 3], vec![2]),
                ("born", vec![], vec![5]),
                ("split", vec![4], vec![3, 4]),
                ("ended", vec![5], vec![]),
            ]
        );
    }
    #[test]
    fn two_groups_are_one_if_they_share_half_of_the_smaller() {
        let people =
            |from: u32, to: u32| (from..=to).map(EntityId::from_number).collect::<Vec<_>>();
        assert!(is_same(&people(1, 4), &people(3, 9)), "two of four");
        assert!(is_same(&people(3, 9), &people(1, 4)));
        assert!(!is_same(&people(1, 5), &people(4, 9)), "two of five");
        assert!(!is_same(&people(1, 3), &people(4, 6)));
    }

    #[test]
    fn periods_run_from_the_first_dated_link_to_the_last() {
        let links = "link_id,from,to,kind,start\nl1,p1,p2,paid,2020-01-01\nl2,p1,p2,paid,2020-01-31\nl3,p1,p2,paid,\n";
        let case = crate::identity::sketch::case(&[
            ("people.csv", "person_id\np1\np2\n"),
            ("roles.csv", "case_id,person_id,role\n"),
            ("links.csv", links),
        ]);
        let entities = crate::identity::Entities::as_given(&case);
        let network = Network::new(&case, &entities);
        let over = |days| Cells::default().over_time(&network, days).expect("periods");
        let ends = |found: &CellsOverTime| -> Vec<(String, String)> {
            found.periods.iter().map(|one| (one.from.clone(), one.to.clone())).collect()
        };
        let period = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let both = over(30);
        assert_eq!(both.undated, 1);
        assert_eq!(
            ends(&both),
            [period("2020-01-01", "2020-01-30"), period("2020-01-31", "2020-02-29")]
        );
        assert_eq!(ends(&over(31)), [period("2020-01-01", "2020-01-31")]);
        assert!(Cells::default().over_time(&network, 0).is_err());
    }
}
