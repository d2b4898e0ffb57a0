//! What happened to one victim in one case.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Chance;
use super::people::{People, PersonNo, days};
use super::ways::{ChannelNo, PlaceNo, Ways};
use super::world::{Decoys, Frame, Hubs, TrueCase};
use crate::case::{MeansCode, PlaceClass, Setting};

/// One victim in one case, as it truly was.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) victim: PersonNo,
    pub(super) minor: bool,
    pub(super) setting: Setting,
    /// Who recruited her.
    pub(super) recruiter: PersonNo,
    /// The day of the first contact.
    pub(super) contact: i32,
    pub(super) channel: ChannelNo,
    pub(super) affection: bool,
    /// The first and last day of exploitation; none if she got away.
    pub(super) exploited: Option<(i32, i32)>,
    pub(super) place: PlaceNo,
    pub(super) means: Vec<MeansCode>,
    pub(super) contact_after: bool,
    pub(super) clients: Vec<PersonNo>,
    pub(super) care: Option<PersonNo>,
    pub(super) police: Option<PersonNo>,
    pub(super) taxi: Option<PersonNo>,
}

/// How a recurring recruiter goes about it.
#[derive(Clone, Copy, Debug)]
struct Manner {
    channel: ChannelNo,
    place: PlaceNo,
}

/// Tells the stories of victims.
#[derive(Debug)]
pub(super) struct Teller<'a> {
    frame: Frame<'a>,
    ways: &'a Ways,
    hubs: &'a Hubs,
    /// Who stands in many cases and recruits in none.
    never: BTreeSet<PersonNo>,
    manners: BTreeMap<PersonNo, Manner>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(frame: Frame<'a>, ways: &'a Ways, hubs: &'a Hubs, decoys: &Decoys) -> Self {
        let never = decoys.keys().copied().collect();
        Self { frame, ways, hubs, never, manners: BTreeMap::new() }
    }

    /// The story of `victim` in `case`.
    pub(super) fn story(
        &mut self,
        victim: PersonNo,
        case: &TrueCase,
        people: &People,
        chance: &mut Chance,
    ) -> Story {
        let figures = self.frame.figures;
        let contact = case.begins + days(chance.exponential(10.0).min(25.0));
        let minor = people.age(victim, contact) < 18.0;
        let recruiter = self.recruiter(case, chance);
        let channel = self.channel(recruiter, minor, chance);
        let affection = chance.yes(figures.affection);
        let exploited = self.exploited(contact, chance);
        let clients = if exploited.is_some() { self.clients(chance) } else { Vec::new() };
        Story {
            victim,
            minor,
            setting: self.setting(chance),
            recruiter,
            contact,
            channel,
            affection,
            exploited,
            place: self.place(case.recruiter, chance),
            means: means(affection, chance),
            contact_after: chance.yes(figures.contact_after),
            clients,
            care: chance
                .yes(figures.seen_by_care)
                .then(|| self.hubs.care[self.hubs.of_care.draw(chance)]),
            police: chance.yes(figures.seen_by_police).then(|| chance.of(&self.hubs.police)),
            taxi: chance.yes(figures.seen_by_taxi).then(|| chance.of(&self.hubs.taxi)),
        }
    }

    /// Some victims are trafficked again, in a later case.
    pub(super) fn again(
        &mut self,
        cases: &mut [TrueCase],
        people: &People,
        decoys: &mut Decoys,
        chance: &mut Chance,
    ) {
        let ended: Vec<(PersonNo, i32)> = (cases.iter().flat_map(|case| &case.stories))
            .map(|story| (story.victim, story.exploited.map_or(story.contact, |(_, end)| end)))
            .collect();
        for (victim, end) in ended {
            if !chance.yes(self.frame.figures.trafficked_again) {
                continue;
            }
            // Cases stand in the order of their days.
            let later = cases.partition_point(|case| case.begins <= end + 30);
            let left = cases.len() - later;
            let case = if left == 0 { continue } else { later + chance.below(left) };
            let story = self.story(victim, &cases[case], people, chance);
            cases[case].stories.push(story);
            decoys.entry(victim).or_default().push("victim_twice");
        }
    }

    /// The recruiter of the case, or another offender; never one of those who are known never to recruit.
    fn recruiter(&self, case: &TrueCase, chance: &mut Chance) -> PersonNo {
        let others: Vec<PersonNo> = (case.offenders[1..].iter())
            .map(|&(person, _)| person)
            .filter(|person| !self.never.contains(person))
            .collect();
        let himself = chance.yes(self.frame.figures.by_case_recruiter);
        if himself { case.recruiter } else { chance.any(&others).unwrap_or(case.recruiter) }
    }

    fn channel(&mut self, recruiter: PersonNo, minor: bool, chance: &mut Chance) -> ChannelNo {
        let manner = self.manner(recruiter, minor, chance);
        if chance.yes(self.frame.figures.manner_kept) {
            manner.channel
        } else {
            self.any_channel(minor, chance)
        }
    }

    fn any_channel(&self, minor: bool, chance: &mut Chance) -> ChannelNo {
        let figures = self.frame.figures;
        if chance.yes(figures.strangers * figures.strangers_online) {
            self.ways.online(minor, chance)
        } else {
            self.ways.offline(chance)
        }
    }

    fn place(&mut self, recruiter: PersonNo, chance: &mut Chance) -> PlaceNo {
        let manner = self.manner(recruiter, false, chance);
        if chance.yes(self.frame.figures.manner_kept) {
            manner.place
        } else {
            self.any_place(chance)
        }
    }

    fn any_place(&self, chance: &mut Chance) -> PlaceNo {
        let indoors = chance.yes(self.frame.figures.indoors);
        let class = match (indoors, chance.yes(0.5)) {
            (true, true) => PlaceClass::Hotel,
            (true, false) => PlaceClass::Home,
            (false, true) => PlaceClass::Window,
            (false, false) => PlaceClass::Club,
        };
        self.ways.place(class, chance)
    }

    /// How he goes about it; settled when he is first met.
    fn manner(&mut self, recruiter: PersonNo, minor: bool, chance: &mut Chance) -> Manner {
        if let Some(&manner) = self.manners.get(&recruiter) {
            return manner;
        }
        let (channel, place) = (self.any_channel(minor, chance), self.any_place(chance));
        let manner = Manner { channel, place };
        self.manners.insert(recruiter, manner);
        manner
    }

    fn exploited(&self, contact: i32, chance: &mut Chance) -> Option<(i32, i32)> {
        let figures = self.frame.figures;
        let whole = |median: f64, spread: f64, chance: &mut Chance| {
            days(libm::ceil(chance.lognormal(libm::log(median), spread)).min(2000.0))
        };
        let window = whole(figures.window_median, figures.window_spread, chance);
        let lasts = whole(figures.exploited_median, figures.exploited_spread, chance);
        let start = contact + window;
        (!chance.yes(figures.never_exploited)).then_some((start, start + lasts.min(1500)))
    }

    fn setting(&self, chance: &mut Chance) -> Setting {
        use Setting::{Home, Homeless, Independent, Institution, Other, Runaway};
        if chance.yes(self.frame.figures.institution_or_homeless) {
            chance.of(&[Institution, Institution, Institution, Homeless, Runaway])
        } else {
            chance.of(&[Home, Home, Home, Independent, Independent, Other])
        }
    }

    fn clients(&self, chance: &mut Chance) -> Vec<PersonNo> {
        let encounters = chance.poisson(self.frame.figures.encounters);
        let mut met: Vec<PersonNo> =
            (0..encounters).map(|_| self.hubs.clients[self.hubs.of_clients.draw(chance)]).collect();
        met.sort_unstable();
        met.dedup();
        met
    }
}

fn means(affection: bool, chance: &mut Chance) -> Vec<MeansCode> {
    use MeansCode::{
        Affection, Blackmail, Debt, Deception, Drugs, EarningsTaken, Isolation, SexualImages,
        Threat, Violence, Vulnerability,
    };
    let mut all = if affection { vec![Affection] } else { Vec::new() };
    for (code, share) in [
        (Threat, 0.45),
        (Violence, 0.35),
        (Blackmail, 0.2),
        (SexualImages, 0.2),
        (Debt, 0.25),
        (Drugs, 0.2),
        (Deception, 0.3),
        (Isolation, 0.2),
        (Vulnerability, 0.25),
        (EarningsTaken, 0.4),
    ] {
        if chance.yes(share) {
            all.push(code);
        }
    }
    all
}
