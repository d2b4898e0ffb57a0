//! The figures of the Dutch study of 25 case files of 'loverboys' (CKM, 2021), counted in the files at hand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Windows;
use super::minors::minors;
use super::proportion::wilson;
use super::standing::{Standing, Standings};
use crate::case::{
    Case, ChannelClass, Day, Link, LinkKind, Means, MeansCode, PlaceClass, Setting, When,
};
use crate::identity::{Entities, EntityId};

/// A share that the study tells, in the files at hand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyFigure {
    /// What it is about.
    pub topic: &'static str,
    /// Of whom the share is what.
    pub figure: &'static str,
    /// How many are so; none where the share is estimated and not counted.
    pub count: Option<usize>,
    /// Of how many it is on record.
    pub of: usize,
    /// Of how many it could be.
    pub out_of: usize,
    /// The share.
    pub share: Option<f64>,
    /// Its 95 % interval: Wilson's of a count, that of the estimate otherwise.
    pub interval: Option<[f64; 2]>,
    /// What the study found, as it says it.
    pub study: &'static str,
}

/// The one topic that is not about victims.
pub(super) const OFFENDERS: &str = "Who the offenders are, and how they work";

/// Whose age an offender is compared with.
const YOUNG: i64 = 23;

/// Every figure, in the order of the study. Nothing of it enters a score.
pub(super) fn study(case: &Case, entities: &Entities, windows: &Windows) -> Vec<StudyFigure> {
    let counting = Counting { case, entities, standings: Standings::of(case, entities) };
    let mut figures = of_windows(windows).to_vec();
    figures.extend(counting.of_victims());
    figures.extend(counting.of_contacts());
    figures.extend(counting.of_clients());
    figures.extend(counting.of_offenders());
    figures.extend(counting.of_exploitation());
    figures
}

fn of_windows(windows: &Windows) -> [StudyFigure; 2] {
    let figure = |figure, study, share, interval| StudyFigure {
        topic: "From first contact to exploitation",
        figure,
        count: None,
        of: windows.victims,
        out_of: windows.victims + windows.undated + windows.impossible,
        share,
        interval,
        study,
    };
    [
        figure(
            "victims exploited within a week",
            "half",
            windows.within_7_days,
            windows.within_7_days_interval,
        ),
        figure(
            "victims exploited within 30 days",
            "three quarters",
            windows.within_30_days,
            windows.within_30_days_interval,
        ),
    ]
}

struct Counting<'a> {
    case: &'a Case,
    entities: &'a Entities,
    standings: Standings,
}

/// What is on record of each person.
type Of<T> = BTreeMap<EntityId, T>;

impl Counting<'_> {
    fn victims(&self) -> usize {
        self.entities.iter().filter(|&entity| self.entities.victim(entity).is_some()).count()
    }

    fn victim(&self, person: crate::case::Symbol) -> Option<EntityId> {
        self.entities.victim_of(self.case, person)
    }

    fn of_victims(&self) -> [StudyFigure; 3] {
        let mut minors = minors(self.case, self.entities);
        minors.retain(|&person, _| self.entities.victim(person).is_some());
        let mut settings = Of::<BTreeSet<Setting>>::new();
        for role in self.case.roles.iter() {
            let Some(victim) = self.victim(role.person) else { continue };
            settings.entry(victim).or_default().extend(role.setting);
        }
        settings.retain(|_, own| !own.is_empty());
        let topic = "Who the victims are";
        let lived = |places: &[Setting]| {
            settings.values().filter(|own| places.iter().any(|place| own.contains(place))).count()
        };
        let all = self.victims();
        [
            counted(
                topic,
                "victims who were minors",
                minors.values().filter(|&&minor| minor).count(),
                (minors.len(), all),
                "many",
            ),
            counted(
                topic,
                "victims who lived in an institution",
                lived(&[Setting::Institution]),
                (settings.len(), all),
                "half were in an institution or homeless",
            ),
            counted(
                topic,
                "victims who were homeless or had run away",
                lived(&[Setting::Homeless, Setting::Runaway]),
                (settings.len(), all),
                "half were in an institution or homeless",
            ),
        ]
    }

    fn class(&self, link: &Link) -> Option<ChannelClass> {
        self.case.channel(link.channel.known()?)?.class
    }

    /// By victim, the classes of what reached her first; not through professionals and family, who did not recruit.
    fn of_contacts(&self) -> [StudyFigure; 1] {
        let (mut all, mut classes) = (BTreeSet::new(), Of::<BTreeSet<ChannelClass>>::new());
        for link in self.case.links.iter().filter(|link| link.kind == LinkKind::FirstContact) {
            let Some(victim) = self.victim(link.to) else { continue };
            let actor = self.entities.of(self.case, link.from);
            let standing = actor.map(|actor| self.standings.in_case(actor, link.case));
            if standing.is_some_and(|standing| !standing.may_recruit()) {
                continue;
            }
            all.insert(victim);
            if let Some(class) = self.class(link) {
                classes.entry(victim).or_default().insert(class);
            }
        }
        let online = [ChannelClass::SocialNetwork, ChannelClass::DatingApp];
        let reached =
            classes.values().filter(|own| online.iter().any(|class| own.contains(class))).count();
        [counted(
            "How victims are reached",
            "victims first reached through a social network or dating app",
            reached,
            (classes.len(), all.len()),
            "mostly",
        )]
    }

    /// Through what victims are offered, and how many of those were minors.
    fn of_clients(&self) -> [StudyFigure; 4] {
        let minors = minors(self.case, self.entities);
        let (mut all, mut classes) = (BTreeSet::new(), Of::<BTreeSet<ChannelClass>>::new());
        for ad in self.case.ads.iter() {
            let Some(victim) = self.victim(ad.victim) else { continue };
            all.insert(victim);
            let class = ad.channel.known().and_then(|channel| self.case.channel(channel)?.class);
            classes.entry(victim).or_default().extend(class);
        }
        classes.retain(|_, own| !own.is_empty());
        let sites = [ChannelClass::SexAdSite];
        let chats = [ChannelClass::SexChat, ChannelClass::DatingApp, ChannelClass::Messenger];
        let offered = |through: &[ChannelClass]| -> Vec<EntityId> {
            let own = classes.iter().filter(|own| through.iter().any(|one| own.1.contains(one)));
            own.map(|own| *own.0).collect()
        };
        let topic = "How clients are reached";
        let share = |figure, through: &[ChannelClass], study| {
            counted(topic, figure, offered(through).len(), (classes.len(), all.len()), study)
        };
        let of_minors = |figure, through: &[ChannelClass], study| {
            let victims = offered(through);
            let known: Vec<bool> =
                victims.iter().filter_map(|victim| minors.get(victim).copied()).collect();
            let young = known.iter().filter(|&&minor| minor).count();
            counted(topic, figure, young, (known.len(), victims.len()), study)
        };
        [
            share("victims offered on a sex-ad site", &sites, "mainly"),
            share("victims offered in sex chats, dating apps or messengers", &chats, "also"),
            of_minors("minors among victims offered on a sex-ad site", &sites, "fewer"),
            of_minors(
                "minors among victims offered in sex chats, dating apps or messengers",
                &chats,
                "five of six",
            ),
        ]
    }

    fn of_offenders(&self) -> [StudyFigure; 3] {
        let offenders: BTreeSet<EntityId> = self
            .entities
            .iter()
            .filter(|&one| self.standings.overall(one) == Standing::Offender)
            .filter(|&one| self.entities.protection(one).is_none())
            .collect();
        let (mut means, mut first) = (Of::<Vec<Means>>::new(), Of::<Day>::new());
        for link in self.case.links.iter() {
            let Some(actor) = self.entities.of(self.case, link.from) else { continue };
            if !offenders.contains(&actor) || self.victim(link.to).is_none() {
                continue;
            }
            if !link.means.is_empty() {
                means.entry(actor).or_default().push(link.means);
            }
            if let Some(day) = link.start.middle() {
                let own = first.entry(actor).or_insert(day);
                *own = day.min(*own);
            }
        }
        let uses = |own: &[Means], codes: &[MeansCode]| {
            own.iter().any(|means| codes.iter().any(|&code| means.contains(code)))
        };
        let by_force = [MeansCode::Threat, MeansCode::Violence, MeansCode::SexualViolence];
        let affection = |own: &&Vec<Means>| uses(own, &[MeansCode::Affection]);
        let force = |own: &&Vec<Means>| uses(own, &by_force);
        let ages = self.ages(&first);
        let topic = OFFENDERS;
        let known = (means.len(), offenders.len());
        [
            counted(
                topic,
                "offenders who feign affection",
                means.values().filter(affection).count(),
                known,
                "half",
            ),
            counted(
                topic,
                "offenders who feign none and use threat or violence",
                means.values().filter(|own| force(own) && !affection(own)).count(),
                known,
                "half",
            ),
            counted(
                topic,
                "offenders under 23 at their first act on record",
                ages.iter().filter(|&&age| age < YOUNG).count(),
                (ages.len(), offenders.len()),
                "40 %",
            ),
        ]
    }

    /// The ages, in whole years, of those whose birth is known well enough.
    fn ages(&self, first: &Of<Day>) -> Vec<i64> {
        let birth = |entity: EntityId| {
            let rows = self.entities.rows(entity).iter();
            rows.filter_map(|&row| self.case.people[row as usize].birth.middle()).min()
        };
        let age = |(&entity, day): (&EntityId, &Day)| {
            let days = i64::from(day.number()) - i64::from(birth(entity)?.number());
            Some(days * 400 / 146_097)
        };
        first.iter().filter_map(age).filter(|age| (0..120).contains(age)).collect()
    }

    fn of_exploitation(&self) -> [StudyFigure; 4] {
        let (mut exploited, mut classes) = (Of::<When>::new(), Of::<BTreeSet<PlaceClass>>::new());
        let mut after = BTreeSet::new();
        for link in self.case.links.iter() {
            let Some(victim) = self.victim(link.to) else { continue };
            if link.kind == LinkKind::Exploited {
                exploited.entry(victim).or_insert(link.start);
                let class = link.place.known().and_then(|place| self.case.place(place)?.class);
                classes.entry(victim).or_default().extend(class);
            } else if link.kind == LinkKind::ContactAfter {
                after.insert(victim);
            }
        }
        classes.retain(|_, own| !own.is_empty());
        let at = |places: &[PlaceClass]| {
            classes.values().filter(|own| places.iter().any(|place| own.contains(place))).count()
        };
        let topic = "Where victims are exploited, and what comes after";
        let place = |figure, places: &[PlaceClass]| {
            counted(
                topic,
                figure,
                at(places),
                (classes.len(), exploited.len()),
                "one of three ways",
            )
        };
        let reached = exploited.keys().filter(|victim| after.contains(victim)).count();
        [
            place(
                "victims exploited as escorts or in hotels",
                &[PlaceClass::Escort, PlaceClass::Hotel],
            ),
            place(
                "victims exploited behind windows or in clubs",
                &[PlaceClass::Window, PlaceClass::Club],
            ),
            place("victims exploited at home", &[PlaceClass::Home]),
            counted(
                topic,
                "exploited victims on record as contacted afterwards",
                reached,
                (exploited.len(), exploited.len()),
                "a third",
            ),
        ]
    }
}

fn counted(
    topic: &'static str,
    figure: &'static str,
    count: usize,
    (of, out_of): (usize, usize),
    study: &'static str,
) -> StudyFigure {
    StudyFigure {
        topic,
        figure,
        count: Some(count),
        of,
        out_of,
        share: (of > 0).then(|| count as f64 / of as f64),
        interval: wilson(count, of),
        study,
    }
}

#[cfg(test)]
mod tests;
