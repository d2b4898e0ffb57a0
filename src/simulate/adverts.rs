//! Advertisements: who was offered where, by whose hand, in what words.

use std::collections::BTreeMap;

use super::chance::Chance;
use super::people::{PersonNo, days};
use super::texts::Template;
use super::ways::{ChannelNo, PlaceNo};
use super::world::{FIRST_DAY, Frame, World};

/// An advertisement as it truly was.
#[derive(Clone, Debug)]
pub(super) struct Advert {
    /// The case and the story of the victim; none where there is no victim.
    pub(super) story: Option<(usize, usize)>,
    pub(super) channel: ChannelNo,
    pub(super) posted: i32,
    pub(super) last_seen: i32,
    pub(super) phone: u32,
    pub(super) place: Option<PlaceNo>,
    pub(super) price: usize,
    pub(super) text: String,
    pub(super) image: usize,
    pub(super) payer: Option<PersonNo>,
    /// Whose hand it is of; an index into [`Adverts::hands`].
    pub(super) hand: usize,
}

/// Who writes and pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// An offender with three to eight victims in one template.
    Cell,
    /// An offender with one victim.
    Alone,
    /// People who work together by their own will and share a phone.
    Agency,
    /// One advertisement of somebody else.
    Stranger,
}

/// All advertisements.
#[derive(Debug, Default)]
pub(super) struct Adverts {
    pub(super) all: Vec<Advert>,
    pub(super) hands: Vec<Hand>,
    /// The channel that was closed, and the day.
    pub(super) closed: Option<(ChannelNo, i32)>,
}

struct Drawing<'a> {
    world: &'a World,
    adverts: Adverts,
    chance: &'a mut Chance,
}

/// Draws all advertisements of a world.
pub(super) fn draw_adverts(world: &mut World, frame: Frame<'_>, chance: &mut Chance) -> Adverts {
    // Numbers of phones that stand in advertisements only.
    let phones: Vec<u32> = (0..frame.victims * 2 + 16).map(|_| world.people.new_phone()).collect();
    let closed = Some((0, FIRST_DAY + days(f64::from(frame.days) * 0.6)));
    let adverts = Adverts { closed, ..Adverts::default() };
    let mut drawing = Drawing { world, adverts, chance };
    drawing.of_victims(frame.figures.advertised, &phones);
    drawing.of_agencies(frame.victims, &phones);
    drawing.adverts
}

impl Drawing<'_> {
    fn of_victims(&mut self, share: f64, phones: &[u32]) {
        let mut of_recruiter: BTreeMap<PersonNo, Vec<(usize, usize)>> = BTreeMap::new();
        for (case_no, case) in self.world.cases.iter().enumerate() {
            for (story_no, story) in case.stories.iter().enumerate() {
                if story.exploited.is_some() && self.chance.yes(share) {
                    of_recruiter.entry(case.recruiter).or_default().push((case_no, story_no));
                }
            }
        }
        for stories in of_recruiter.into_values() {
            let mut rest = stories.as_slice();
            while !rest.is_empty() {
                let size = if rest.len() >= 3 && self.chance.yes(0.8) {
                    (3 + self.chance.below(6)).min(rest.len())
                } else {
                    1
                };
                let (group, others) = rest.split_at(size);
                let phone = phones[self.adverts.hands.len() % phones.len()];
                self.of_hand(if size > 1 { Hand::Cell } else { Hand::Alone }, group, phone);
                rest = others;
            }
        }
    }

    fn of_hand(&mut self, kind: Hand, group: &[(usize, usize)], phone: u32) {
        let hand = self.adverts.hands.len();
        self.adverts.hands.push(kind);
        let template = Template::draw(self.chance);
        let image = self.chance.below(1_000_000);
        for &(case_no, story_no) in group {
            let case = &self.world.cases[case_no];
            let story = &case.stories[story_no];
            let Some((start, end)) = story.exploited else { continue };
            let channel = self.world.ways.ad_channel(story.minor, self.chance);
            for _ in 0..=self.chance.geometric(1.2) {
                let posted = self.chance.days(start, end);
                let channel = if self.chance.yes(0.85) {
                    channel
                } else {
                    self.world.ways.ad_channel(story.minor, self.chance)
                };
                let own_phone = kind == Hand::Alone || self.chance.yes(0.6);
                let advert = Advert {
                    story: Some((case_no, story_no)),
                    channel: self.displaced(channel, posted, story.minor),
                    posted,
                    last_seen: posted + self.chance.days(0, 30),
                    phone: if own_phone {
                        phone
                    } else {
                        self.world.people.all[story.victim].phone
                    },
                    place: self.chance.yes(0.3).then_some(story.place),
                    price: 50 + 10 * self.chance.below(20),
                    text: template.write(0.3, self.chance),
                    image: image + self.chance.below(4),
                    payer: Some(case.exploiter()),
                    hand,
                };
                self.adverts.all.push(advert);
            }
        }
    }

    /// Where it stood after a channel was closed: mostly elsewhere.
    fn displaced(&mut self, channel: ChannelNo, day: i32, minor: bool) -> ChannelNo {
        let closed = self.adverts.closed.is_some_and(|(gone, from)| gone == channel && day >= from);
        let moves = closed && self.chance.yes(0.7);
        if moves { self.world.ways.ad_channel(minor, self.chance) } else { channel }
    }

    /// Advertisements without a victim: agencies and collectives, and strangers.
    fn of_agencies(&mut self, victims: usize, phones: &[u32]) {
        for agency in 0..(victims / 50).max(1) {
            let (template, size) = (Template::draw(self.chance), 4 + self.chance.below(7));
            self.adverts.hands.push(Hand::Agency);
            let phone = phones[phones.len() - 1 - agency % phones.len()];
            for _ in 0..size {
                self.without_victim(&template, phone);
            }
        }
        for stranger in 0..(victims / 5).max(2) {
            self.adverts.hands.push(Hand::Stranger);
            let template = Template::draw(self.chance);
            self.without_victim(&template, phones[(victims + 8 + stranger) % phones.len()]);
        }
    }

    fn without_victim(&mut self, template: &Template, phone: u32) {
        let posted =
            self.adverts.closed.map_or(FIRST_DAY, |(_, day)| day) + self.chance.days(-1000, 700);
        let advert = Advert {
            story: None,
            channel: self.world.ways.ad_channel(false, self.chance),
            posted,
            last_seen: posted + self.chance.days(0, 60),
            phone,
            place: None,
            price: 50 + 10 * self.chance.below(20),
            text: template.write(0.3, self.chance),
            image: self.chance.below(1_000_000),
            payer: None,
            hand: self.adverts.hands.len() - 1,
        };
        self.adverts.all.push(advert);
    }
}
