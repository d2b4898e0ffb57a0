//! What happened on which channel, in which month, and by whose hand.

use std::collections::{BTreeMap, BTreeSet};

use super::month::Month;
use crate::case::{Ad, Case, IdentifierKind, Symbol};
use crate::finding::{Use, channels};
use crate::identity::clean::{Region, identifier};
use crate::identity::{Entities, Groups};

/// An advertisement that was posted, or a victim who was first contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) month: Month,
    pub(super) channel: Symbol,
    pub(super) hand: Hand,
}

/// Whose it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hand {
    pub(super) number: usize,
    /// Whether anything says whose: what nothing says it of is a hand of its own, seen once.
    pub(super) known: bool,
}

/// The events of one use, in order, and how many have no month.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub(super) all: Vec<Event>,
    pub(super) undated: usize,
}

impl Events {
    pub(super) fn of(use_: Use, case: &Case, entities: &Entities, region: Region) -> Self {
        let mut events = match use_ {
            Use::Advertising => advertisements(case, entities, region),
            Use::Recruitment => first_contacts(case, entities),
        };
        events.all.sort_unstable();
        events
    }

    fn add(&mut self, month: Option<Month>, channel: Symbol, hand: Hand) {
        match month {
            Some(month) => self.all.push(Event { month, channel, hand }),
            None => self.undated += 1,
        }
    }
}

fn advertisements(case: &Case, entities: &Entities, region: Region) -> Events {
    let hands = hands(case, entities, region);
    let mut events = Events::default();
    for (ad, hand) in case.ads.iter().zip(hands) {
        if let Some(channel) = ad.channel.known() {
            events.add(Month::of(ad.posted), channel, hand);
        }
    }
    events
}

/// Each victim once a channel and month.
fn first_contacts(case: &Case, entities: &Entities) -> Events {
    let (mut events, mut seen) = (Events::default(), BTreeSet::new());
    for (link, actor, victim, channel) in channels::first_contacts(case, entities) {
        let month = Month::of(link.start);
        if seen.insert((victim, channel, month)) {
            events.add(month, channel, Hand { number: actor.number(), known: true });
        }
    }
    events
}

/// The hand of each advertisement: those that share a poster, a payer, a phone or a handle are of one.
///
/// What stands in more than a hundred and in more than one in a hundred is the site's or an agency's, and ties nobody.
fn hands(case: &Case, entities: &Entities, region: Region) -> Vec<Hand> {
    const AT_LEAST: usize = 100;
    const ONE_IN: usize = 100;
    let mut holders: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (row, ad) in case.ads.iter().enumerate() {
        for key in keys(case, entities, ad, region) {
            holders.entry(key).or_default().push(row);
        }
    }
    let number = |row: usize| u32::try_from(row).expect("rows are numbered by 32 bits");
    let most = AT_LEAST.max(case.ads.len() / ONE_IN);
    let mut joined = Groups::new(case.ads.len());
    let mut known = vec![false; case.ads.len()];
    for rows in holders.values().filter(|rows| rows.len() <= most) {
        for &row in rows {
            known[row] = true;
            joined.join(number(rows[0]), number(row));
        }
    }
    let hand = |(row, known)| Hand { number: joined.root(row) as usize, known };
    (0..).zip(known).map(hand).collect()
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Person(usize),
    /// Somebody who is in no row of `people`.
    Id(Symbol),
    Phone(String),
    Handle(String),
}

fn keys(case: &Case, entities: &Entities, ad: &Ad, region: Region) -> Vec<Key> {
    let people = [ad.posted_by, ad.payer].into_iter().filter_map(|person| {
        let id = person.known()?;
        Some(entities.of(case, id).map_or(Key::Id(id), |entity| Key::Person(entity.number())))
    });
    let key = |kind, text: Symbol| Some(identifier(kind, case.text(text.known()?), region)?.key);
    let phone = key(IdentifierKind::Phone, ad.phone).map(Key::Phone);
    let handle = key(IdentifierKind::Handle, ad.handle).map(Key::Handle);
    people.chain(phone).chain(handle).collect()
}
