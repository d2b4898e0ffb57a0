//! What motifs are made of: acts upon victims, and between which days each can have been.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Ad, Assertion, Case, Day, Link, LinkKind, Symbol, When};
use crate::finding::standing::{Standing, Standings};
use crate::identity::{Entities, EntityId};

/// What an act is, as far as dates may change places: those of one sort do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A link of that kind.
    Link(LinkKind),
    /// An advertisement.
    Ad,
}

/// Somebody did something to a victim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Act {
    /// Who, where it is on record.
    pub(super) actor: Option<EntityId>,
    pub(super) victim: EntityId,
    pub(super) sort: Sort,
    pub(super) assertion: Assertion,
}

/// Between which days an act began, and ended where that is on record; an open end is the least or greatest number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dates {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) end: Option<(i64, i64)>,
}

/// The dated acts of a case upon victims.
#[derive(Debug)]
pub(super) struct Acts {
    pub(super) list: Vec<Act>,
    /// By act.
    pub(super) dates: Vec<Dates>,
    /// How many acts of each sort have no date.
    pub(super) undated: BTreeMap<Sort, usize>,
}

impl Dates {
    /// When it began, as a date is written.
    pub(super) fn told(self) -> String {
        let day = |number: i64| i32::try_from(number).ok().map(Day::from_number);
        let open = |number: i64, none: i32| day(number).filter(|_| number != i64::from(none));
        match (open(self.first, i32::MIN), open(self.last, i32::MAX)) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (first, last) => {
                let end = |day: Option<Day>| day.map_or("..".to_owned(), |day| day.to_string());
                format!("{}/{}", end(first), end(last))
            }
        }
    }
}

impl Sort {
    pub(super) fn brings_in(self) -> bool {
        use LinkKind as K;
        matches!(self, Self::Link(K::FirstContact | K::Groomed | K::Recruited | K::Introduced))
    }

    pub(super) fn takes(self) -> bool {
        use LinkKind as K;
        matches!(self, Self::Link(K::Exploited | K::Controlled | K::HandedOver))
    }

    pub(super) fn exploits(self) -> bool {
        self == Self::Link(LinkKind::Exploited)
    }

    pub(super) fn advertises(self) -> bool {
        matches!(self, Self::Ad | Self::Link(LinkKind::Advertised))
    }

    pub(super) fn buys(self) -> bool {
        self == Self::Link(LinkKind::ClientOf)
    }

    pub(super) fn acts_again(self) -> bool {
        self.brings_in() || self.takes() || self == Self::Link(LinkKind::ContactAfter)
    }
}

impl Acts {
    /// The acts of a case: by offenders and people whose part is not known; of a victim only bringing in others.
    ///
    /// What professionals, family and witnesses do is no act here, nor what somebody in `withheld` does.
    pub(super) fn of(case: &Case, entities: &Entities, withheld: &BTreeSet<EntityId>) -> Self {
        let gathering =
            Gathering { case, entities, withheld, standings: Standings::of(case, entities) };
        let mut acts = Self { list: Vec::new(), dates: Vec::new(), undated: BTreeMap::new() };
        for link in case.links.iter() {
            if let Some(act) = gathering.link(link) {
                acts.push(act, link.start, link.end);
            }
        }
        for ad in case.ads.iter() {
            if let Some(act) = gathering.ad(ad) {
                acts.push(act, ad.posted, When::UNRECORDED);
            }
        }
        acts
    }

    fn push(&mut self, act: Act, start: When, end: When) {
        let Some((first, last)) = days(start) else {
            *self.undated.entry(act.sort).or_default() += 1;
            return;
        };
        self.list.push(act);
        self.dates.push(Dates { first, last, end: days(end) });
    }

    /// How many acts of such sorts have no date.
    pub(super) fn undated(&self, of: impl Fn(Sort) -> bool) -> usize {
        self.undated.iter().filter(|one| of(*one.0)).map(|one| one.1).sum()
    }
}

struct Gathering<'a> {
    case: &'a Case,
    entities: &'a Entities,
    withheld: &'a BTreeSet<EntityId>,
    standings: Standings,
}

impl Gathering<'_> {
    fn victim(&self, person: Symbol) -> Option<EntityId> {
        self.entities.victim_of(self.case, person)
    }

    fn link(&self, link: &Link) -> Option<Act> {
        let sort = Sort::Link(link.kind);
        if !(sort.acts_again() || sort.advertises() || sort.buys()) {
            return None;
        }
        // Who takes a victim that is handed over is the one to whom she is given.
        let (actor, victim) = match link.kind {
            LinkKind::HandedOver => (link.to, link.about),
            _ => (link.from, link.to),
        };
        let (actor, victim) = (self.entities.of(self.case, actor)?, self.victim(victim)?);
        let counts = if sort.buys() {
            self.entities.victim(actor).is_none()
        } else {
            self.may_act(actor, link.case, sort)
        };
        let act = Act { actor: Some(actor), victim, sort, assertion: link.assertion };
        (counts && actor != victim).then_some(act)
    }

    fn may_act(&self, actor: EntityId, file: Symbol, sort: Sort) -> bool {
        let standing = self.standings.in_case(actor, file);
        let part = matches!(standing, Standing::Offender | Standing::Unplaced);
        let protected = self.entities.victim(actor).is_some();
        if protected { sort.brings_in() } else { part && !self.withheld.contains(&actor) }
    }

    fn ad(&self, ad: &Ad) -> Option<Act> {
        let victim = self.victim(ad.victim)?;
        Some(Act { actor: None, victim, sort: Sort::Ad, assertion: ad.assertion })
    }
}

fn days(when: When) -> Option<(i64, i64)> {
    when.is_known().then(|| {
        let day = |day: Option<Day>, open: i32| i64::from(day.map_or(open, Day::number));
        (day(when.earliest(), i32::MIN), day(when.latest(), i32::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sketch::case;

    #[test]
    fn acts_are_those_of_offenders_and_of_people_whose_part_is_not_known() {
        let case = case(&[
            ("cases.csv", "case_id\nc1\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\np5\np6\np7\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,p1,recruiter\nc1,p2,professional\nc1,p4,client\nc1,p6,victim\nc1,p7,victim\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,case_id,about,start,end\n\
                 l1,p1,p6,recruited,c1,,2019-01-01,2019-01-09\nl2,p2,p6,first_contact,c1,,2019-01-02,\n\
                 l3,p1,p3,handed_over,c1,p6,2019-01-03,\nl4,p4,p6,client_of,c1,,2019-01,\n\
                 l5,p7,p6,recruited,c1,,2019-01-05,\nl6,p7,p6,exploited,c1,,2019-01-06,\n\
                 l7,p5,p6,recruited,c1,,2019-01-07,\nl8,p1,p6,exploited,c1,,,\nl9,p1,p6,paid,c1,,2019-01-08,\n\
                 l10,p7,p6,client_of,c1,,2019-01-08,\n",
            ),
            (
                "ads.csv",
                "ad_id,case_id,victim_id,posted\na1,c1,p6,2019-05-01\na2,c1,,2019-05-02\na3,c1,p6,\n",
            ),
        ]);
        let entities = Entities::as_given(&case);
        let withheld = BTreeSet::from([EntityId::from_number(4)]);
        let acts = Acts::of(&case, &entities, &withheld);
        let (link, number) = (Sort::Link, EntityId::number);
        let told: Vec<_> = acts
            .list
            .iter()
            .map(|act| (act.actor.map(number), number(act.victim), act.sort))
            .collect();
        assert_eq!(
            told,
            [
                (Some(0), 5, link(LinkKind::Recruited)),
                // Whoever is given her takes her.
                (Some(2), 5, link(LinkKind::HandedOver)),
                (Some(3), 5, link(LinkKind::ClientOf)),
                // Of what a victim does only bringing in is an act.
                (Some(6), 5, link(LinkKind::Recruited)),
                (None, 5, Sort::Ad),
            ]
        );
        let day = |text: &str| {
            i64::from(When::parse(text).expect("a date").earliest().expect("a day").number())
        };
        let first = Dates {
            first: day("2019-01-01"),
            last: day("2019-01-01"),
            end: Some((day("2019-01-09"), day("2019-01-09"))),
        };
        assert_eq!(acts.dates[0], first);
        assert_eq!(
            (acts.dates[2].first, acts.dates[2].last),
            (day("2019-01-01"), day("2019-01-31"))
        );
        assert_eq!(acts.dates[2].end, None);
        assert_eq!((acts.undated(Sort::takes), acts.undated(Sort::advertises)), (1, 1));
        assert_eq!((acts.undated(Sort::brings_in), acts.undated(|_| true)), (0, 2));
    }

    #[test]
    fn an_open_end_is_the_least_or_the_greatest_number() {
        let of = |text: &str| days(When::parse(text).expect("a date"));
        let day = of("2019-01-01").expect("a day").0;
        assert_eq!(of("2019-01-01/.."), Some((day, i64::from(i32::MAX))));
        assert_eq!(of("../2019-01-01"), Some((i64::from(i32::MIN), day)));
        assert_eq!(of("unknown"), None);
    }
}
