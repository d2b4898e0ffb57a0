//! The reach of prevention: for how many victims something was on record long enough before they were exploited.

use std::collections::BTreeMap;

use serde::Serialize;

use super::dates::{ByVictim, Dates};
use crate::case::{Case, ChannelClass, Day, Link, LinkKind, PlaceClass, Setting, When};
use crate::finding::proportion::wilson;
use crate::finding::standing::{Standing, Standings};
use crate::identity::{Entities, EntityId};

/// For how many victims a signal came at least so many days before exploitation.
///
/// It says who could have been reached in time, had somebody known what the signal would come to. It is **not** how well the signal warns:
/// whoever had it and was never exploited is not in the files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reach {
    /// What came before.
    pub signal: &'static str,
    /// By at least so many days.
    pub days: u32,
    /// For how many victims it certainly did.
    pub count: usize,
    /// For how many it may have, where dates are months.
    pub possible: usize,
    /// How many have such a signal with a date.
    pub dated: usize,
    /// Of how many: victims whose exploitation has a date, once a case.
    pub of: usize,
    /// Those for whom it certainly did, as a share.
    pub share: Option<f64>,
    /// Its 95 % interval, Wilson's.
    pub interval: Option<[f64; 2]>,
}

/// How many days before exploitation are asked about.
const DAYS: [u32; 3] = [7, 30, 90];

/// The signals, in the order of [`Signals`]; the last is that there was any.
const NAMES: [&str; 4] = [
    "a stay in an institution",
    "an earlier victim of the same actor",
    "a first contact online",
    "any of these",
];

/// When something was first on record: certainly by `latest`, perhaps as early as `earliest`.
#[derive(Clone, Copy, Default)]
struct First {
    earliest: Option<Day>,
    latest: Option<Day>,
}

impl First {
    fn add(&mut self, when: When) {
        self.join(Self { earliest: when.earliest(), latest: when.latest() });
    }

    fn join(&mut self, other: Self) {
        self.earliest = self.earliest.into_iter().chain(other.earliest).min();
        self.latest = self.latest.into_iter().chain(other.latest).min();
    }
}

/// By signal but the last.
type Signals = [First; NAMES.len() - 1];

pub(super) fn reach(
    (case, entities): (&Case, &Entities),
    standings: &Standings,
    dates: &ByVictim<Dates>,
) -> Vec<Reach> {
    let exploited: Vec<(EntityId, Day, Day)> = dates
        .iter()
        .filter_map(|(&(_, victim), dates)| {
            let when = dates.exploited?;
            Some((victim, when.earliest()?, when.latest()?))
        })
        .collect();
    let gathered = Gathered::of(case, entities, standings);
    let signals: Vec<Signals> =
        exploited.iter().map(|&(victim, ..)| gathered.signals(victim)).collect();
    let mut found = Vec::new();
    for (at, &name) in NAMES.iter().enumerate() {
        let own: Vec<First> = signals.iter().map(|signals| one_or_any(signals, at)).collect();
        found.extend(DAYS.map(|days| told(name, days, &exploited, &own)));
    }
    found
}

fn one_or_any(signals: &Signals, at: usize) -> First {
    signals.get(at).copied().unwrap_or_else(|| {
        let mut any = First::default();
        for &signal in signals {
            any.join(signal);
        }
        any
    })
}

fn told(
    signal: &'static str,
    days: u32,
    exploited: &[(EntityId, Day, Day)],
    own: &[First],
) -> Reach {
    let apart = |from: Option<Day>, to: Day| {
        from.is_some_and(|from| {
            i64::from(to.number()) - i64::from(from.number()) >= i64::from(days)
        })
    };
    let pairs = || exploited.iter().zip(own);
    let count = pairs().filter(|((_, first, _), own)| apart(own.latest, *first)).count();
    let possible = pairs().filter(|((_, _, last), own)| apart(own.earliest, *last)).count();
    let of = exploited.len();
    Reach {
        signal,
        days,
        count,
        possible: possible.max(count),
        dated: own.iter().filter(|own| own.earliest.is_some() || own.latest.is_some()).count(),
        of,
        share: (of > 0).then(|| count as f64 / of as f64),
        interval: wilson(count, of),
    }
}

/// What is on record of victims and of those who acted against them.
#[derive(Default)]
struct Gathered {
    stays: BTreeMap<EntityId, First>,
    online: BTreeMap<EntityId, First>,
    /// By victim: who acted against her.
    actors: BTreeMap<EntityId, Vec<EntityId>>,
    /// By actor: his first acts against the first victims, two at most of either order.
    acts: BTreeMap<EntityId, Acts>,
}

impl Gathered {
    fn of(case: &Case, entities: &Entities, standings: &Standings) -> Self {
        let mut gathered = Self::default();
        for role in case.roles.iter().filter(|role| role.setting == Some(Setting::Institution)) {
            if let Some(victim) = entities.victim_of(case, role.person) {
                gathered.stays.entry(victim).or_default().add(role.start);
            }
        }
        for link in case.links.iter() {
            let Some(victim) = entities.victim_of(case, link.to) else { continue };
            let place = link.place.known().and_then(|place| case.place(place)?.class);
            if place == Some(PlaceClass::YouthInstitution) {
                gathered.stays.entry(victim).or_default().add(link.start);
            }
            let Some(actor) = entities.of(case, link.from) else { continue };
            gathered.act(case, link, (actor, victim), standings.in_case(actor, link.case));
        }
        for actors in gathered.actors.values_mut() {
            actors.sort_unstable();
            actors.dedup();
        }
        gathered
    }

    fn act(
        &mut self,
        case: &Case,
        link: &Link,
        (actor, victim): (EntityId, EntityId),
        standing: Standing,
    ) {
        if !standing.may_recruit() {
            return;
        }
        if link.kind == LinkKind::FirstContact && is_online(case, link) {
            self.online.entry(victim).or_default().add(link.start);
        }
        if is_against(link.kind) && standing != Standing::Client {
            self.actors.entry(victim).or_default().push(actor);
            self.acts.entry(actor).or_default().add(victim, link.start);
        }
    }

    fn signals(&self, victim: EntityId) -> Signals {
        let of = |map: &BTreeMap<EntityId, First>| map.get(&victim).copied().unwrap_or_default();
        let mut earlier = First::default();
        for actor in self.actors.get(&victim).into_iter().flatten() {
            earlier.join(self.acts[actor].against_others(victim));
        }
        [of(&self.stays), earlier, of(&self.online)]
    }
}

/// The first acts of one actor: by the earliest and by the latest day on which they can have been.
#[derive(Default)]
struct Acts {
    earliest: FirstTwo,
    latest: FirstTwo,
}

impl Acts {
    fn add(&mut self, victim: EntityId, when: When) {
        self.earliest.add(victim, when.earliest());
        self.latest.add(victim, when.latest());
    }

    fn against_others(&self, victim: EntityId) -> First {
        First { earliest: self.earliest.but(victim), latest: self.latest.but(victim) }
    }
}

/// The first days of the two victims who come first: whoever is left out, the first of the others is among them.
#[derive(Default)]
struct FirstTwo(Vec<(Day, EntityId)>);

impl FirstTwo {
    fn add(&mut self, victim: EntityId, day: Option<Day>) {
        let Some(day) = day else { return };
        match self.0.iter_mut().find(|one| one.1 == victim) {
            Some(one) => one.0 = day.min(one.0),
            None => self.0.push((day, victim)),
        }
        self.0.sort_unstable();
        self.0.truncate(2);
    }

    fn but(&self, victim: EntityId) -> Option<Day> {
        self.0.iter().find(|one| one.1 != victim).map(|one| one.0)
    }
}

fn is_online(case: &Case, link: &Link) -> bool {
    let class = link.channel.known().and_then(|channel| case.channel(channel)?.class);
    class.is_some_and(|class| {
        use ChannelClass::{DatingApp, Forum, Game, Messenger, SexAdSite, SexChat, SocialNetwork};
        matches!(class, SocialNetwork | DatingApp | SexAdSite | SexChat | Messenger | Game | Forum)
    })
}

/// Whether such a tie makes its second person a victim of its first.
fn is_against(kind: LinkKind) -> bool {
    use LinkKind::{
        Advertised, Controlled, Exploited, FirstContact, Groomed, Introduced, Recruited,
    };
    matches!(
        kind,
        FirstContact | Groomed | Recruited | Introduced | Exploited | Controlled | Advertised
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_act_against_another_is_found_whoever_is_left_out() {
        let people: Vec<EntityId> = (1..=4).map(EntityId::from_number).collect();
        let acts = [(3, 9), (1, 5), (0, 7), (1, 2), (2, 6), (3, 1)];
        let mut two = FirstTwo::default();
        for (who, day) in acts {
            two.add(people[who], Some(Day::from_number(day)));
        }
        for (left_out, &person) in people.iter().enumerate() {
            let others = acts.iter().filter(|one| one.0 != left_out).map(|one| one.1).min();
            assert_eq!(two.but(person).map(Day::number), others);
        }
    }
}
