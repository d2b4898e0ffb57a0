//! Grooming windows: how long from first contact to exploitation, and so how long there is to prevent it.

use std::collections::BTreeMap;

use super::Windows;
use super::standing::{Standing, Standings};
use super::survival::{Time, happened_by, kaplan_meier, median};
use crate::case::{Case, LinkKind, Symbol, When};
use crate::identity::{Entities, EntityId};

/// The dates of one victim in one case.
#[derive(Default)]
struct Dates {
    contact: Option<When>,
    exploited: Option<When>,
}

impl Windows {
    /// The time from first contact to exploitation over all victims, by Kaplan–Meier.
    ///
    /// A victim counts once a case, from the earliest first contact by anybody but a
    /// professional or a bystander to the earliest exploitation. One never exploited was watched until the case closed, or,
    /// where it did not close, until it opened. Where a date is a month, the window lies between its
    /// shortest and longest possible length, and its middle is taken. That narrows no interval and is
    /// said in the findings; Turnbull's estimate, which needs no middle, is to follow.
    #[must_use]
    pub fn find(case: &Case, entities: &Entities) -> Self {
        let mut windows = Self::empty();
        let mut times = Vec::new();
        for ((file, _), dates) in dates(case, entities) {
            match window(case, file, &dates) {
                Window::Undated => windows.undated += 1,
                Window::Known { time, to_the_day } => {
                    windows.to_the_day += usize::from(to_the_day && time.happened);
                    times.push(time);
                }
                Window::NoContact => {}
            }
        }
        windows.fill(&times);
        windows
    }

    fn empty() -> Self {
        Self {
            victims: 0,
            events: 0,
            undated: 0,
            to_the_day: 0,
            median_days: None,
            median_interval: [None; 2],
            within_7_days: None,
            within_7_days_interval: None,
            within_30_days: None,
            within_30_days_interval: None,
            curve: Vec::new(),
        }
    }

    fn fill(&mut self, times: &[Time]) {
        self.victims = times.len();
        self.events = times.iter().filter(|time| time.happened).count();
        self.curve = kaplan_meier(times);
        self.median_days = median(&self.curve, |point| point.survival);
        self.median_interval = [
            median(&self.curve, |point| point.interval[0]),
            median(&self.curve, |point| point.interval[1]),
        ];
        if !times.is_empty() {
            let (week, month) = (
                happened_by(&self.curve, 7.0),
                happened_by(&self.curve, 30.0),
            );
            (self.within_7_days, self.within_7_days_interval) = (Some(week.0), Some(week.1));
            (self.within_30_days, self.within_30_days_interval) = (Some(month.0), Some(month.1));
        }
    }
}

fn dates(case: &Case, entities: &Entities) -> BTreeMap<(Symbol, EntityId), Dates> {
    let standings = Standings::of(case, entities);
    let mut dates: BTreeMap<(Symbol, EntityId), Dates> = BTreeMap::new();
    for link in case.links.iter() {
        let ends = (entities.of(case, link.from), entities.of(case, link.to));
        let (Some(actor), Some(victim)) = ends else {
            continue;
        };
        if entities.victim(victim).is_none() {
            continue;
        }
        let of = dates.entry((link.case, victim)).or_default();
        match link.kind {
            LinkKind::FirstContact => {
                let standing = standings.in_case(actor, link.case);
                if !matches!(standing, Standing::Professional | Standing::Bystander) {
                    earliest(&mut of.contact, link.start);
                }
            }
            LinkKind::Exploited => earliest(&mut of.exploited, link.start),
            _ => {}
        }
    }
    dates
}

/// Keeps the earlier of two dates; a date that is known counts before one that is not.
fn earliest(kept: &mut Option<When>, other: When) {
    let day = |when: When| {
        when.middle()
            .or_else(|| when.earliest())
            .or_else(|| when.latest())
    };
    match kept {
        Some(now) if day(*now).is_some() && day(other).is_none_or(|o| Some(o) >= day(*now)) => {}
        _ => *kept = Some(other),
    }
}

enum Window {
    /// Nobody recorded a first contact.
    NoContact,
    /// A date that it takes is missing.
    Undated,
    Known {
        time: Time,
        to_the_day: bool,
    },
}

fn window(case: &Case, file: Symbol, dates: &Dates) -> Window {
    let Some(contact) = dates.contact else {
        return Window::NoContact;
    };
    let (end, happened) = match dates.exploited {
        Some(start) => (start, true),
        None => (watched_until(case, file), false),
    };
    let bounds = (
        contact.earliest(),
        contact.latest(),
        end.earliest(),
        end.latest(),
    );
    let (Some(from), Some(until), Some(first), Some(last)) = bounds else {
        return Window::Undated;
    };
    let least = (first.number() - until.number()).max(0);
    let most = (last.number() - from.number()).max(0);
    let days = f64::from(least + most) / 2.0;
    if !happened && last < from {
        // The file closed before the contact: nothing was watched.
        return Window::Undated;
    }
    Window::Known {
        time: Time { days, happened },
        to_the_day: from == until && first == last,
    }
}

fn watched_until(case: &Case, file: Symbol) -> When {
    const NEVER: When = When::UNRECORDED;
    case.case_file(file).map_or(NEVER, |file| {
        if file.closed.is_known() {
            file.closed
        } else {
            file.opened
        }
    })
}
