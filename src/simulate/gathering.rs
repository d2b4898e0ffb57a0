//! The truth, gathered from the world and from what was written down.

use std::collections::{BTreeMap, BTreeSet};

use super::adverts::Hand;
use super::people::{Kind, PersonNo};
use super::record::{MentionNo, Rows};
use super::truth::{
    AdHand, ClosedChannel, Participation, PlantedChannel, TrueEpisode, TruePerson, TrueWindow,
    Truth,
};
use super::world::{Part, World};
use crate::case::Day;

/// How ids are written.
#[derive(Debug)]
pub(super) struct Numbers {
    /// The number of each mention's id, shuffled.
    pub(super) mentions: Vec<usize>,
    /// The number of each advertisement's id, shuffled.
    pub(super) ads: Vec<usize>,
}

impl Numbers {
    pub(super) fn person(&self, mention: MentionNo) -> String {
        format!("p{}", self.mentions[mention])
    }

    pub(super) fn ad(&self, ad: usize) -> String {
        format!("a{}", self.ads[ad])
    }

    pub(super) fn case(no: usize) -> String {
        format!("c{}", no + 1)
    }

    pub(super) fn channel(no: usize) -> String {
        format!("ch{}", no + 1)
    }
}

/// Gathers the truth from the world and from what was written down.
pub(super) struct Gathering<'a> {
    pub(super) world: &'a World,
    pub(super) rows: &'a Rows,
    pub(super) numbers: &'a Numbers,
    pub(super) minor_odds: f64,
}

fn id(person: PersonNo) -> String {
    format!("T{}", person + 1)
}

impl Gathering<'_> {
    pub(super) fn truth(&self) -> Truth {
        let roles = self.roles();
        let episodes = self.episodes();
        let (recurring, detectable) = self.recurring(&episodes);
        let windows = self.windows();
        let within = |most: i32| {
            let reached = windows.iter().filter(|w| w.days.is_some_and(|days| days <= most));
            reached.count() as f64 / windows.len().max(1) as f64
        };
        Truth {
            schema: "kluwen.truth/1".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            persons: self.persons(&roles),
            participations: self.participations(&roles),
            episodes: episodes
                .iter()
                .map(|((who, case), found)| episode(*who, *case, found))
                .collect(),
            recurring: recurring.into_iter().map(id).collect(),
            detectable: detectable.into_iter().map(id).collect(),
            coerced: self.world.coerced.iter().copied().map(id).collect(),
            channels: self.channels(),
            ad_hands: self.ad_hands(),
            agencies: self.agencies(),
            cells: self.cells(),
            within_7_days: within(7),
            within_30_days: within(30),
            windows,
            closed_channel: self.world.adverts.closed.map(|(channel, day)| ClosedChannel {
                channel_id: Numbers::channel(channel),
                day: Day::from_number(day).to_string(),
            }),
            ..Truth::default()
        }
    }

    /// What everybody was, case by case.
    fn roles(&self) -> BTreeMap<(PersonNo, usize), BTreeSet<&'static str>> {
        let mut roles: BTreeMap<(PersonNo, usize), BTreeSet<&'static str>> = BTreeMap::new();
        let mut put = |person, case, role| {
            roles.entry((person, case)).or_default().insert(role);
        };
        for (no, case) in self.world.cases.iter().enumerate() {
            for &(person, part) in &case.offenders {
                put(person, no, part_name(case.true_part(person, part)));
            }
            for story in &case.stories {
                put(story.victim, no, "victim");
                let coerced = self.world.people.all[story.recruiter].kind == Kind::Victim;
                put(story.recruiter, no, if coerced { "coerced_participant" } else { "recruiter" });
                story.clients.iter().for_each(|&client| put(client, no, "client"));
                for person in [story.care, story.police].into_iter().flatten() {
                    put(person, no, "professional");
                }
                story.taxi.into_iter().for_each(|taxi| put(taxi, no, "taxi"));
            }
            case.bystanders.iter().for_each(|&person| put(person, no, "bystander"));
        }
        for &(person, case) in &self.rows.mentions {
            roles.entry((person, case)).or_insert_with(|| BTreeSet::from(["hotel_staff"]));
        }
        roles
    }

    fn persons(
        &self,
        roles: &BTreeMap<(PersonNo, usize), BTreeSet<&'static str>>,
    ) -> Vec<TruePerson> {
        let mut ids: BTreeMap<PersonNo, Vec<String>> = BTreeMap::new();
        for &(person, _) in roles.keys() {
            ids.entry(person).or_default();
        }
        for (mention, &(person, _)) in self.rows.mentions.iter().enumerate() {
            ids.entry(person).or_default().push(self.numbers.person(mention));
        }
        let decoys = |person: PersonNo| {
            let planted = self.world.decoys.get(&person).into_iter().flatten().copied();
            let birth = self.rows.false_births.contains(&person).then_some("false_birth");
            planted.chain(birth).map(str::to_owned).collect()
        };
        let person = |(person, person_ids): (PersonNo, Vec<String>)| TruePerson {
            id: id(person),
            kind: self.world.people.all[person].kind.name().into(),
            person_ids,
            decoys: decoys(person),
        };
        ids.into_iter().map(person).collect()
    }

    fn participations(
        &self,
        roles: &BTreeMap<(PersonNo, usize), BTreeSet<&'static str>>,
    ) -> Vec<Participation> {
        let seen: BTreeMap<(PersonNo, usize), MentionNo> =
            self.rows.mentions.iter().enumerate().map(|(no, &key)| (key, no)).collect();
        let participation =
            |(&(person, case), roles): (&(PersonNo, usize), &BTreeSet<&str>)| Participation {
                person: id(person),
                case_id: Numbers::case(case),
                roles: roles.iter().map(|&role| role.to_owned()).collect(),
                person_id: seen.get(&(person, case)).map(|&mention| self.numbers.person(mention)),
            };
        roles.iter().map(participation).collect()
    }

    /// By recruiter and case: day of first contact, and victim.
    fn episodes(&self) -> BTreeMap<(PersonNo, usize), Vec<(i32, PersonNo)>> {
        let mut episodes: BTreeMap<(PersonNo, usize), Vec<(i32, PersonNo)>> = BTreeMap::new();
        for (no, case) in self.world.cases.iter().enumerate() {
            for story in &case.stories {
                let found = episodes.entry((story.recruiter, no)).or_default();
                found.push((story.contact, story.victim));
            }
        }
        episodes
    }

    fn recurring(
        &self,
        episodes: &BTreeMap<(PersonNo, usize), Vec<(i32, PersonNo)>>,
    ) -> (Vec<PersonNo>, Vec<PersonNo>) {
        let seen: BTreeSet<(PersonNo, usize)> = self.rows.mentions.iter().copied().collect();
        let mut cases: BTreeMap<PersonNo, (usize, usize)> = BTreeMap::new();
        for key in episodes.keys() {
            if self.world.people.all[key.0].kind == Kind::Victim {
                continue;
            }
            let (all, mentioned) = cases.entry(key.0).or_default();
            *all += 1;
            *mentioned += usize::from(seen.contains(key));
        }
        let twice = |count: fn(&(usize, usize)) -> usize| {
            let found = cases.iter().filter(|(_, counts)| count(counts) >= 2);
            found.map(|(&person, _)| person).collect()
        };
        (twice(|counts| counts.0), twice(|counts| counts.1))
    }

    fn channels(&self) -> Vec<PlantedChannel> {
        let ways = &self.world.ways;
        let planted = ways.channels.iter().enumerate().filter(|(_, channel)| channel.planted);
        planted
            .map(|(no, _)| PlantedChannel {
                channel_id: Numbers::channel(no),
                use_: if no < ways.ad_channels { "advertising" } else { "recruitment" }.into(),
                minor_odds: self.minor_odds,
            })
            .collect()
    }

    fn by_hand(&self) -> BTreeMap<usize, Vec<String>> {
        let mut hands: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (no, advert) in self.world.adverts.all.iter().enumerate() {
            hands.entry(advert.hand).or_default().push(self.numbers.ad(no));
        }
        hands
    }

    fn ad_hands(&self) -> Vec<AdHand> {
        let hands = self.by_hand().into_iter();
        let kept = hands.filter(|(hand, _)| self.world.adverts.hands[*hand] != Hand::Agency);
        let cell = |hand: usize| self.world.adverts.hands[hand] == Hand::Cell;
        kept.map(|(hand, ad_ids)| AdHand { cell: cell(hand), ad_ids }).collect()
    }

    fn agencies(&self) -> Vec<Vec<String>> {
        let hands = self.by_hand().into_iter();
        hands
            .filter(|(hand, _)| self.world.adverts.hands[*hand] == Hand::Agency)
            .map(|(_, ads)| ads)
            .collect()
    }

    /// Everybody belongs to the recruiter in whose cases he stands most often; the earlier one in a tie.
    fn cells(&self) -> Vec<Vec<String>> {
        let mut ties: BTreeMap<PersonNo, BTreeMap<PersonNo, usize>> = BTreeMap::new();
        for case in &self.world.cases {
            let offenders = case.offenders.iter().map(|&(person, _)| person);
            let victims = case.stories.iter().map(|story| story.victim);
            for person in offenders.chain(victims) {
                *ties.entry(person).or_default().entry(case.recruiter).or_default() += 1;
            }
        }
        let mut cells: BTreeMap<PersonNo, Vec<String>> = BTreeMap::new();
        for (person, recruiters) in ties {
            let most = recruiters.into_iter().rev().max_by_key(|&(_, count)| count);
            if let Some((recruiter, _)) = most {
                cells.entry(recruiter).or_default().push(id(person));
            }
        }
        cells.into_values().collect()
    }

    fn windows(&self) -> Vec<TrueWindow> {
        let mut windows = Vec::new();
        for (no, case) in self.world.cases.iter().enumerate() {
            windows.extend(case.stories.iter().map(|story| TrueWindow {
                person: id(story.victim),
                case_id: Numbers::case(no),
                days: story.exploited.map(|(start, _)| start - story.contact),
            }));
        }
        windows
    }
}

fn episode(person: PersonNo, case: usize, found: &[(i32, PersonNo)]) -> TrueEpisode {
    let day = |day: Option<i32>| day.map(|day| Day::from_number(day).to_string());
    let days = || found.iter().map(|&(day, _)| day);
    TrueEpisode {
        person: id(person),
        case_id: Numbers::case(case),
        start: day(days().min()).unwrap_or_default(),
        end: day(days().max()).unwrap_or_default(),
        victims: found.iter().map(|&(_, victim)| id(victim)).collect(),
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Recruiter => "recruiter",
        Part::Exploiter => "exploiter",
        Part::Controller => "controller",
        Part::Driver => "driver",
        Part::Host => "host",
        Part::Advertiser => "advertiser",
        Part::MoneyHandler => "money_handler",
        Part::IdentityProvider => "identity_provider",
    }
}
