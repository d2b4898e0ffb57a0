//! Contact after exploitation: of whom, and for how long.

use serde::Serialize;

use super::dates::{ByVictim, days, watched_until};
use super::estimate::{Estimate, apart};
use super::{Grooming, SurvivalPoint};
use crate::case::{Case, Day, LinkKind, Symbol, When};
use crate::finding::proportion::wilson;
use crate::finding::survival::Time;
use crate::identity::Entities;

/// How many exploited victims were contacted afterwards, and how long until the last contact.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LastContact {
    /// Victims who were exploited, once a case.
    pub exploited: usize,
    /// Among them those on record as contacted afterwards.
    pub contacted: usize,
    /// That as a share.
    pub share: Option<f64>,
    /// Its 95 % interval, Wilson's.
    pub interval: Option<[f64; 2]>,
    /// Of those contacted, how many have a dated end of exploitation and a dated contact.
    pub dated: usize,
    /// Of those, for how many it had stopped: the file went on for 90 days or more and tells of no other contact.
    pub stopped: usize,
    /// The day by which it had stopped for half, since the end of exploitation.
    pub median_days: Option<f64>,
    /// The 95 % interval of that.
    pub median_interval: [Option<f64>; 2],
    /// The share of those for whom it had stopped within 30 days.
    pub within_30_days: Option<f64>,
    /// The 95 % interval of that.
    pub within_30_days_interval: Option<[f64; 2]>,
    /// The curve of those still contacted.
    pub curve: Vec<SurvivalPoint>,
}

/// A file that is silent for so many days after a contact says that it was the last.
const SILENT: u32 = 90;

/// When the exploitation of a victim ended, and when she was contacted last.
#[derive(Default)]
struct Last {
    ended: Option<When>,
    exploited: bool,
    contact: Option<When>,
    contacted: bool,
}

pub(super) fn last_contact(options: &Grooming, case: &Case, entities: &Entities) -> LastContact {
    let all = lasts(case, entities);
    let of: Vec<_> = all.iter().filter(|(_, last)| last.exploited).collect();
    let contacted = of.iter().filter(|(_, last)| last.contacted).count();
    let times: Vec<Time> = of.iter().filter_map(|(key, last)| time(case, key.0, last)).collect();
    let own = Estimate::of(options, times);
    let month = apart(own.month);
    LastContact {
        exploited: of.len(),
        contacted,
        share: (!of.is_empty()).then(|| contacted as f64 / of.len() as f64),
        interval: wilson(contacted, of.len()),
        dated: own.victims,
        stopped: own.events,
        median_days: own.median,
        median_interval: own.median_interval,
        within_30_days: month.0,
        within_30_days_interval: month.1,
        curve: own.curve,
    }
}

fn lasts(case: &Case, entities: &Entities) -> ByVictim<Last> {
    let mut lasts = ByVictim::<Last>::new();
    for link in case.links.iter() {
        match (link.kind, entities.victim_of(case, link.to)) {
            (LinkKind::Exploited, Some(victim)) => {
                let own = lasts.entry((link.case, victim)).or_default();
                own.exploited = true;
                latest(&mut own.ended, link.end);
            }
            (LinkKind::ContactAfter, Some(victim)) => {
                let own = lasts.entry((link.case, victim)).or_default();
                own.contacted = true;
                latest(&mut own.contact, if link.end.is_known() { link.end } else { link.start });
            }
            _ => {}
        }
    }
    lasts
}

/// Keeps the later of two dates; a date that is known counts before one that is not.
fn latest(kept: &mut Option<When>, other: When) {
    let day = |when: When| when.latest().or_else(|| when.earliest());
    if day(other).is_some() && kept.and_then(day) < day(other) {
        *kept = Some(other);
    }
}

/// From the end of exploitation to the last contact; without an end where contact may go on after the file.
fn time(case: &Case, file: Symbol, last: &Last) -> Option<Time> {
    let (ended, contact) = (last.ended?, last.contact?);
    let (from, until) = (ended.earliest()?, ended.latest()?);
    let (first, end) = (contact.earliest()?, contact.latest()?);
    let number = |one: Day, other: Day| [one.number(), other.number()];
    let silent = watched_until(case, file).earliest().is_some_and(|day| days(end, day) >= SILENT);
    Some(Time::between(number(from, until), number(first, end), silent))
}
