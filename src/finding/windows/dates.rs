//! From rows to times: when a victim was first contacted, and when exploited.

use std::collections::BTreeMap;

use crate::case::{Case, ChannelClass, Day, LinkKind, Means, Symbol, When};
use crate::finding::standing::Standings;
use crate::finding::survival::Time;
use crate::identity::{Entities, EntityId};

/// The dates of one victim in one case, through what she was reached, and by what means she was kept.
#[derive(Default)]
pub(super) struct Dates {
    pub(super) contact: Option<When>,
    pub(super) exploited: Option<When>,
    pub(super) class: Option<ChannelClass>,
    pub(super) means: Means,
}

/// By case file and victim.
pub(super) type ByVictim<T> = BTreeMap<(Symbol, EntityId), T>;

pub(super) fn dates(case: &Case, entities: &Entities, standings: &Standings) -> ByVictim<Dates> {
    let mut dates = ByVictim::<Dates>::new();
    for link in case.links.iter() {
        let ends = (entities.of(case, link.from), entities.victim_of(case, link.to));
        let (Some(actor), Some(victim)) = ends else { continue };
        let of = dates.entry((link.case, victim)).or_default();
        of.means = link.means.iter().fold(of.means, Means::with);
        match link.kind {
            LinkKind::FirstContact if standings.in_case(actor, link.case).may_recruit() => {
                let before = of.contact;
                earliest(&mut of.contact, link.start);
                if of.contact != before || of.class.is_none() {
                    let channel = link.channel.known();
                    of.class = channel.and_then(|channel| case.channel(channel)?.class);
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
    let day = |when: When| when.middle().or_else(|| when.earliest()).or_else(|| when.latest());
    let stays = kept.and_then(day).is_some_and(|now| day(other).is_none_or(|other| other >= now));
    if !stays {
        *kept = Some(other);
    }
}

pub(super) enum Window {
    /// Nobody recorded a first contact.
    NoContact,
    /// A date that it takes is missing.
    Undated,
    /// Exploitation certainly began before the first contact: one of the two is wrong.
    Impossible,
    Known {
        time: Time,
        to_the_day: bool,
    },
}

pub(super) fn window(case: &Case, file: Symbol, dates: &Dates) -> Window {
    let Some(contact) = dates.contact else { return Window::NoContact };
    let (end, happened) = match dates.exploited {
        Some(start) => (start, true),
        None => (watched_until(case, file), false),
    };
    let bounds = (contact.earliest(), contact.latest(), end.earliest(), end.latest());
    let (Some(from), Some(until), Some(first), Some(last)) = bounds else { return Window::Undated };
    if !happened && last < from {
        // The file closed before the contact: nothing was watched.
        return Window::Undated;
    }
    if happened && last < from {
        return Window::Impossible;
    }
    let number = |one: Day, other: Day| [one.number(), other.number()];
    let time = Time::between(number(from, until), number(first, last), happened);
    Window::Known { time, to_the_day: from == until && first == last }
}

/// From one day to another; none where that is backwards.
pub(super) fn days(from: Day, to: Day) -> u32 {
    u32::try_from(i64::from(to.number()) - i64::from(from.number())).unwrap_or(0)
}

/// Until when a case file tells of its people.
pub(super) fn watched_until(case: &Case, file: Symbol) -> When {
    case.case_file(file).map_or(When::UNRECORDED, |file| {
        if file.closed.is_known() { file.closed } else { file.opened }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    /// A file that closed on 10 March, one that only opened then, and one of which no day is known.
    fn files() -> Case {
        let files = "case_id,opened,closed\nc1,2020-01-01,2020-03-10\nc2,2020-03-10,\nc3,,\n";
        case(&[("cases.csv", files), ("people.csv", "person_id\np1\n")])
    }

    fn when(text: &str) -> When {
        When::parse(text).expect("a date")
    }

    fn of(file: usize, contact: &str, exploited: Option<&str>) -> Window {
        let case = files();
        let dates = Dates {
            contact: Some(when(contact)),
            exploited: exploited.map(when),
            ..Dates::default()
        };
        window(&case, case.cases[file].case, &dates)
    }

    fn known(window: &Window) -> Option<(u32, Option<u32>, bool)> {
        match window {
            Window::Known { time, to_the_day } => Some((time.least, time.most, *to_the_day)),
            _ => None,
        }
    }

    #[test]
    fn a_window_runs_from_the_contact_to_exploitation() {
        let time = |contact, exploited| known(&of(0, contact, Some(exploited)));
        assert_eq!(time("2020-03-01", "2020-03-05"), Some((4, Some(4), true)));
        assert_eq!(time("2020-03-05", "2020-03-05"), Some((0, Some(0), true)));
        assert_eq!(time("2020-02", "2020-03-05"), Some((5, Some(33), false)));
        assert_eq!(time("2020-02-28", "2020-03"), Some((2, Some(32), false)));
        assert!(matches!(of(0, "2020-03-05", Some("2020-03-04")), Window::Impossible));
        assert!(matches!(of(0, "2020-03", Some("2020-02")), Window::Impossible));
        assert!(matches!(of(0, "unknown", Some("2020-02")), Window::Undated));
    }

    #[test]
    fn one_never_exploited_was_watched_until_the_file_closed_or_else_until_it_opened() {
        assert_eq!(known(&of(0, "2020-03-01", None)), Some((9, None, true)));
        assert_eq!(known(&of(1, "2020-03-01", None)), Some((9, None, true)));
        assert_eq!(known(&of(0, "2020-03-10", None)), Some((0, None, true)), "on its last day");
        assert!(matches!(of(0, "2020-03-11", None), Window::Undated), "after it closed");
        assert!(matches!(of(2, "2020-03-01", None), Window::Undated));
        let case = files();
        let none = window(&case, case.cases[0].case, &Dates::default());
        assert!(matches!(none, Window::NoContact));
    }

    #[test]
    fn the_earlier_date_is_kept_and_a_known_one_before_none() {
        let kept = |dates: &[&str]| {
            let mut kept = None;
            for text in dates {
                earliest(&mut kept, when(text));
            }
            kept
        };
        assert_eq!(kept(&["2020-03-05", "2020-03-04"]), Some(when("2020-03-04")));
        assert_eq!(kept(&["2020-03-04", "2020-03-05"]), Some(when("2020-03-04")));
        assert_eq!(kept(&["unknown", "2020-03-05"]), Some(when("2020-03-05")));
        assert_eq!(kept(&["2020-03-05", "unknown"]), Some(when("2020-03-05")));
        assert_eq!(kept(&["2020-03", "2020-03-05"]), Some(when("2020-03-05")), "by the middle");
        assert_eq!(kept(&["2020-03", "2020-03-25"]), Some(when("2020-03")));
    }

    #[test]
    fn days_backwards_are_none() {
        let day = |text| when(text).earliest().expect("a day");
        assert_eq!(days(day("2020-02-28"), day("2020-03-01")), 2);
        assert_eq!(days(day("2020-03-01"), day("2020-02-28")), 0);
    }
}
