//! What truly happened: people, cases, who recruited whom, and when.

use std::collections::BTreeMap;

use super::adverts::{Adverts, draw_adverts};
use super::chance::{Chance, Zipf};
use super::figures::Figures;
use super::people::{Kind, Newcomer, People, PersonNo, days, offender_age, victim_age};
use super::planning::{Plan, plan};
use super::story::{Story, Teller};
use super::ways::{PlaceNo, Ways};
use crate::case::PlaceClass;

/// What an offender does in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Recruiter,
    Exploiter,
    Controller,
    Driver,
    Host,
    Advertiser,
    MoneyHandler,
    IdentityProvider,
}

impl Part {
    /// Parts of those who only help.
    pub(super) const HELPERS: [Self; 6] = [
        Self::Driver,
        Self::Host,
        Self::Advertiser,
        Self::MoneyHandler,
        Self::Controller,
        Self::IdentityProvider,
    ];
}

/// A case as it truly was.
#[derive(Clone, Debug)]
pub(super) struct TrueCase {
    pub(super) begins: i32,
    pub(super) opened: i32,
    pub(super) closed: i32,
    /// Whose case it is: the offender who recruits in it.
    pub(super) recruiter: PersonNo,
    /// All offenders and their parts; the recruiter first.
    pub(super) offenders: Vec<(PersonNo, Part)>,
    pub(super) stories: Vec<Story>,
    /// Victims of other cases who were made to recruit in this one.
    pub(super) coerced: Vec<PersonNo>,
    pub(super) bystanders: Vec<PersonNo>,
}

impl TrueCase {
    /// What an offender truly did: whose case it is recruits in it only if he recruited somebody.
    pub(super) fn true_part(&self, person: PersonNo, part: Part) -> Part {
        let recruited = self.stories.iter().any(|story| story.recruiter == person);
        match part {
            Part::Recruiter if recruited => part,
            Part::Recruiter if self.exploiter() == person => Part::Exploiter,
            Part::Recruiter => Part::Controller,
            _ => part,
        }
    }

    /// The offender who exploits.
    pub(super) fn exploiter(&self) -> PersonNo {
        let other = self.offenders.iter().find(|(_, part)| *part == Part::Exploiter);
        other.map_or(self.recruiter, |&(person, _)| person)
    }
}

/// Decoys, by kind: whom a list may mistake for a recurring recruiter.
pub(super) type Decoys = BTreeMap<PersonNo, Vec<&'static str>>;

/// Everything that truly happened.
#[derive(Debug)]
pub(super) struct World {
    pub(super) people: People,
    pub(super) ways: Ways,
    pub(super) cases: Vec<TrueCase>,
    pub(super) adverts: Adverts,
    pub(super) decoys: Decoys,
    /// People who share a phone with others, and its number.
    pub(super) shared_phones: BTreeMap<PersonNo, u32>,
    /// Victims who were made to recruit.
    pub(super) coerced: Vec<PersonNo>,
    /// Victims, in the order in which they were made.
    pub(super) victims: Vec<PersonNo>,
    /// Who works in which hotel.
    pub(super) staff: BTreeMap<PlaceNo, PersonNo>,
}

/// How large, how long, and by what figures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub(super) victims: usize,
    pub(super) days: i32,
    pub(super) figures: &'a Figures,
}

/// The first day on which anything happens: 1 January 2016.
pub(super) const FIRST_DAY: i32 = 16_801;

impl World {
    pub(super) fn new(frame: Frame<'_>, seed: u64) -> Self {
        let mut chance = Chance::new(seed, 1);
        let mut people = People::new(&mut chance);
        let ways = Ways::new(frame.figures, frame.victims, &mut chance);
        let Plan { mut cases, sizes, mut decoys } = plan(frame, &mut people, &mut chance);
        let hubs = Hubs::new(frame, &ways, &mut people, &mut chance);
        let mut teller = Teller::new(frame, &ways, &hubs, &decoys);
        let mut victims = Vec::new();
        for (case, size) in cases.iter_mut().zip(sizes) {
            for _ in 0..size {
                let minor = chance.yes(frame.figures.minor);
                let victim = new_victim(minor, case.begins, &mut people, &mut chance);
                victims.push(victim);
                let story = teller.story(victim, case, &people, &mut chance);
                case.stories.push(story);
            }
        }
        teller.again(&mut cases, &people, &mut decoys, &mut chance);
        let mut world = Self {
            adverts: Adverts::default(),
            people,
            ways,
            cases,
            decoys,
            shared_phones: BTreeMap::new(),
            coerced: Vec::new(),
            victims,
            staff: hubs.hotels.clone(),
        };
        world.finish(frame, &hubs, &mut chance);
        world
    }

    fn finish(&mut self, frame: Frame<'_>, hubs: &Hubs, chance: &mut Chance) {
        super::decoys::coerce(self, frame, chance);
        self.close_cases(chance);
        self.cases.sort_by_key(|case| (case.opened, case.begins, case.recruiter));
        hubs.name(&mut self.decoys);
        super::decoys::plant(self, frame, chance);
        self.adverts = draw_adverts(self, frame, chance);
    }

    /// A case is opened while somebody is exploited or soon after, and closed a year or so later.
    fn close_cases(&mut self, chance: &mut Chance) {
        for case in &mut self.cases {
            let seen = case.stories.iter().map(|story| {
                let (start, end) = story.exploited.unwrap_or((story.contact, story.contact + 60));
                start + days(f64::from(end - start) * (0.3 + 0.7 * chance.unit()))
            });
            case.opened = seen.max().unwrap_or(case.begins) + days(chance.exponential(20.0));
            case.closed = case.opened + 150 + days(chance.exponential(250.0));
            if chance.yes(0.4) {
                let age = 20.0 + 40.0 * chance.unit();
                let kind = Kind::Bystander;
                let newcomer = Newcomer { kind, age, on: case.begins, female: 0.6 };
                case.bystanders.push(self.people.add(newcomer, chance));
            }
        }
    }
}

fn new_victim(minor: bool, on: i32, people: &mut People, chance: &mut Chance) -> PersonNo {
    let age = victim_age(minor, chance);
    people.add(Newcomer { kind: Kind::Victim, age, on, female: 0.96 }, chance)
}

/// Somebody new who offends.
pub(super) fn new_offender(
    on: i32,
    figures: &Figures,
    people: &mut People,
    chance: &mut Chance,
) -> PersonNo {
    let age = offender_age(chance);
    let female = figures.offender_female;
    people.add(Newcomer { kind: Kind::Offender, age, on, female }, chance)
}

/// People who stand in many cases and recruit in none.
#[derive(Debug)]
pub(super) struct Hubs {
    pub(super) care: Vec<PersonNo>,
    pub(super) police: Vec<PersonNo>,
    pub(super) taxi: Vec<PersonNo>,
    pub(super) clients: Vec<PersonNo>,
    /// Staff of the hotels, hotel by hotel.
    pub(super) hotels: BTreeMap<PlaceNo, PersonNo>,
    pub(super) of_care: Zipf,
    pub(super) of_clients: Zipf,
}

impl Hubs {
    fn new(frame: Frame<'_>, ways: &Ways, people: &mut People, chance: &mut Chance) -> Self {
        let victims = frame.victims;
        let mut group = |kind, count: usize, female| -> Vec<PersonNo> {
            let mut one = || {
                let age = 22.0 + 35.0 * chance.unit();
                people.add(Newcomer { kind, age, on: FIRST_DAY, female }, chance)
            };
            (0..count.max(1)).map(|_| one()).collect()
        };
        let clients = people_count(frame.figures.clients, victims);
        let care = group(Kind::Care, victims / 40, 0.7);
        let police = group(Kind::Police, victims / 60, 0.4);
        let taxi = group(Kind::Taxi, victims / 80, 0.1);
        let clients = group(Kind::Client, clients, 0.0);
        let hotels: Vec<PlaceNo> = ways.of_class(PlaceClass::Hotel).collect();
        let staff = group(Kind::HotelStaff, hotels.len(), 0.5);
        Self {
            of_care: Zipf::new(care.len(), 0.8),
            of_clients: Zipf::new(clients.len(), frame.figures.client_zipf),
            care,
            police,
            taxi,
            clients,
            hotels: hotels.into_iter().zip(staff).collect(),
        }
    }

    fn name(&self, decoys: &mut Decoys) {
        for &person in self.care.iter().chain(&self.police) {
            decoys.entry(person).or_default().push("hub_professional");
        }
        for &person in &self.taxi {
            decoys.entry(person).or_default().push("hub_taxi");
        }
        for &person in self.hotels.values() {
            decoys.entry(person).or_default().push("hub_hotel");
        }
    }
}

/// So many for each victim, on the whole.
pub(super) fn people_count(for_each: f64, victims: usize) -> usize {
    usize::try_from(days(for_each * victims as f64)).unwrap_or(0)
}
