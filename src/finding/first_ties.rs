//! Whose first tie to a victim came before everybody else's.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Item, Key, voice};
use super::standing::{Standing, Standings};
use super::weights::EvidenceClass;
use crate::case::{Case, Day, Link, LinkKind, Symbol, Table, When};

/// A tie from so many days before exploitation began counts: the 75 % quantile of the Dutch study of 25 cases.
const MONTH: i32 = 30;

/// What the dates of first ties decide.
#[derive(Debug, Default)]
pub(super) struct FirstTies {
    /// By case, victim and actor: the link that came first.
    pub(super) won: Vec<(Key, Item)>,
    /// The occasions that were decided.
    pub(super) decided: BTreeSet<(Symbol, Option<u32>)>,
}

/// Whose first tie to a victim certainly precedes that of every other offender, within a month of exploitation.
pub(super) fn first_ties(
    case: &Case,
    standings: &Standings<u32>,
    is_victim: impl Fn(u32) -> bool,
) -> FirstTies {
    let row = |person: Symbol| -> Option<u32> {
        u32::try_from(case.row_of(Table::People, person.known()?)?).ok()
    };
    let mut ties: BTreeMap<(Symbol, u32), BTreeMap<u32, Ties<'_>>> = BTreeMap::new();
    let mut began: BTreeMap<(Symbol, u32), When> = BTreeMap::new();
    for link in case.links.iter().filter(|link| link.start.is_known()) {
        let (Some(actor), Some(victim)) = (row(link.from), row(link.to)) else { continue };
        if !is_victim(victim) || link.kind == LinkKind::ContactAfter {
            continue;
        }
        let key = (link.case, victim);
        if link.kind == LinkKind::Exploited {
            let start = began.entry(key).or_insert(link.start);
            if link.start.is_before(*start) {
                *start = link.start;
            }
        }
        if standings.in_case(actor, link.case) == Standing::Offender {
            let own = ties.entry(key).or_default().entry(actor);
            let own = own.or_insert(Ties { first: link, earliest: i32::MAX });
            own.earliest = own.earliest.min(starts(link));
            if ends(link) < ends(own.first) {
                own.first = link;
            }
        }
    }
    let mut found = FirstTies::default();
    for (key, actors) in &ties {
        let Some((actor, link)) = winner(actors) else { continue };
        let days = began
            .get(key)
            .and_then(|when| when.latest())
            .zip(link.start.earliest())
            .map(|(end, start)| i64::from(end.number()) - i64::from(start.number()));
        if days.is_some_and(|days| (0..=i64::from(MONTH)).contains(&days)) {
            let item = Item {
                class: EvidenceClass::CameFirst,
                voice: voice(&link.assertion, link.case, false),
                row: 0,
                assertion: link.assertion,
                channel: link.channel,
                when: link.start,
            };
            found.won.push(((key.0, Some(key.1), actor), item));
            found.decided.insert((key.0, Some(key.1)));
        }
    }
    found
}

/// The dated ties of one actor to one victim.
#[derive(Clone, Copy, Debug)]
struct Ties<'a> {
    /// The tie that ended first.
    first: &'a Link,
    /// The first day on which any of them can have begun.
    earliest: i32,
}

fn starts(link: &Link) -> i32 {
    link.start.earliest().map_or(i32::MIN, Day::number)
}

fn ends(link: &Link) -> i32 {
    link.start.latest().map_or(i32::MAX, Day::number)
}

/// The one whose first tie ended before any tie of the others can have begun.
fn winner<'a>(actors: &BTreeMap<u32, Ties<'a>>) -> Option<(u32, &'a Link)> {
    let (&actor, own) = actors.iter().min_by_key(|&(&actor, own)| (ends(own.first), actor))?;
    let mut others = actors.iter().filter(|&(&other, _)| other != actor).peekable();
    others.peek()?;
    others.all(|(_, other)| ends(own.first) < other.earliest).then_some((actor, own.first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    /// Who came first to the victim p3 among the offenders p1 and p2, beside somebody of unknown part.
    fn first(links: &[&str]) -> Vec<u32> {
        let table = format!("link_id,from,to,kind,case_id,start\n{}\n", links.join("\n"));
        let case = case(&[
            ("cases.csv", "case_id\nc1\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,p1,exploiter\nc1,p2,exploiter\nc1,p3,victim\n",
            ),
            ("links.csv", &table),
        ]);
        let found = first_ties(&case, &Standings::of_mentions(&case), |row| row == 2);
        assert_eq!(found.won.len(), found.decided.len());
        found.won.into_iter().map(|((_, _, actor), _)| actor).collect()
    }

    #[test]
    fn the_first_tie_counts_within_a_month_of_exploitation() {
        let after = |exploits: &str, day: &str| {
            let exploited = format!("l3,{exploits},p3,exploited,c1,{day}");
            first(&["l1,p1,p3,contact,c1,2020-01-01", "l2,p2,p3,contact,c1,2020-01-02", &exploited])
        };
        assert_eq!(after("p4", "2020-01-31"), [0], "thirty days after");
        assert_eq!(after("p4", "2020-02-01"), [0; 0], "thirty-one");
        assert_eq!(after("p4", "2020-01"), [0], "by the end of the month");
        assert_eq!(after("p4", "2020-01-01"), [0], "on the same day");
        assert_eq!(after("p4", "2019-12-31"), [0; 0], "before");
        assert_eq!(after("p4", "unknown"), [0; 0]);
        assert_eq!(after("p2", "2020-01-01"), [0; 0], "on one day nobody comes first");
        assert_eq!(after("p2", "2019-12-31"), [1], "by exploiting her");
    }

    #[test]
    fn only_dated_ties_of_several_offenders_decide() {
        let exploited = "l9,p2,p3,exploited,c1,2020-01-31";
        let with = |one: &str| first(&[one, exploited]);
        assert_eq!(with("l1,p1,p3,contact,c1,2020-01-05"), [0]);
        assert_eq!(with("l1,p1,p3,contact_after,c1,2020-01-05"), [0; 0], "it comes afterwards");
        assert_eq!(with("l1,p4,p3,contact,c1,2020-01-05"), [0; 0], "nobody calls him an offender");
        assert_eq!(with("l1,p1,p3,contact,c1,2020-01"), [0; 0], "it may be of the same day");
        assert_eq!(with("l1,p1,p3,contact,c1,"), [0; 0]);
        let earlier =
            ["l1,p1,p3,contact,c1,2020-01-05", "l2,p2,p3,contact,c1,2020-01-03", exploited];
        assert_eq!(first(&earlier), [1], "the first of his ties counts");
    }
}
