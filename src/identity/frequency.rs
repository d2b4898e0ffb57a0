//! How often two people share a value by coincidence.

use std::collections::BTreeMap;

use super::lists::Lists;
use super::mentions::Mentions;
use super::persons::needed;

/// The chance, as a natural logarithm, that somebody else has a value: large for a rare one, near 0 for one that everybody has.
///
/// Names are counted among people and not among mentions: a policeman in fifty files would make his own name common.
/// Before people are known, as many are counted as a name or number [needs](needed).
#[derive(Clone, Debug, Default)]
pub(super) struct Frequencies {
    /// By word of a name.
    pub(super) token: Vec<f64>,
    /// By identifier.
    pub(super) value: Vec<f64>,
    pub(super) place: BTreeMap<u32, f64>,
    pub(super) channel: BTreeMap<u32, f64>,
    /// Of one date of birth for all.
    pub(super) birth: f64,
}

impl Frequencies {
    /// Counts with no more than the mentions themselves.
    pub(super) fn of_mentions(mentions: &Mentions) -> Self {
        let mut full_names: BTreeMap<(&[u32], &[u32]), Vec<u32>> = BTreeMap::new();
        for row in (0..).take(mentions.len()) {
            let name = (mentions.given.of(row), mentions.family.of(row));
            let key = if name.0.is_empty() && name.1.is_empty() { (mentions.alias.of(row), name.1) } else { name };
            full_names.entry(key).or_default().push(row);
        }
        let mut bearers = vec![0; mentions.tokens.len()];
        for rows in full_names.values() {
            let people = needed(mentions, rows);
            for token in words(mentions, rows[0]) {
                bearers[token as usize] += people;
            }
        }
        Self::new(mentions, &bearers, &(0..).take(mentions.len()).collect::<Vec<_>>())
    }

    /// Counts among people that are known: by row of `people`, the label of its person.
    pub(super) fn of_persons(mentions: &Mentions, persons: &[u32]) -> Self {
        let pairs = (0..).take(mentions.len()).flat_map(|row| {
            let person = persons[row as usize];
            words(mentions, row).into_iter().map(move |word| (word, person))
        });
        let of_word = Lists::from_pairs(mentions.tokens.len(), pairs.collect());
        let bearers: Vec<usize> =
            (0..).take(mentions.tokens.len()).map(|word| of_word.of(word).len()).collect();
        Self::new(mentions, &bearers, persons)
    }

    fn new(mentions: &Mentions, bearers: &[usize], persons: &[u32]) -> Self {
        Self {
            token: of_names(bearers),
            value: of_identifiers(mentions),
            place: of_acts(&mentions.places, persons),
            channel: of_acts(&mentions.channels, persons),
            birth: of_births(mentions),
        }
    }
}

/// Every word of the names of a mention.
fn words(mentions: &Mentions, row: u32) -> Vec<u32> {
    let lists = [&mentions.given, &mentions.family, &mentions.alias];
    let mut words: Vec<u32> = lists.iter().flat_map(|list| list.of(row)).copied().collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The chance of each name by the number of its bearers, one of whom is the person himself.
///
/// A name met once is not a name that one in all bears: most names are still unseen. So each count is lowered by a discount, which
/// the shares of names met once and twice tell.
///
/// Source: Ney, Essen & Kneser (1994), Computer Speech & Language 8:1, for the discount n₁ / (n₁ + 2 n₂).
fn of_names(bearers: &[usize]) -> Vec<f64> {
    let met = |times: usize| bearers.iter().filter(|&&count| count == times).count() as f64;
    let total: usize = bearers.iter().sum();
    let discount = ((met(1) + 1.0) / (met(1) + 2.0 * met(2) + 2.0)).clamp(0.1, 0.9);
    // Each person has two words or so, a given and a family name, and either may be met.
    let people = (total as f64 / 2.0).max(2.0);
    bearers
        .iter()
        .map(|&count| libm::log(((count.max(1) as f64 - discount) / people).min(0.9)))
        .collect()
}

/// The chance of each identifier: how many people more than one need it, and how often any of its kind is shared at all.
fn of_identifiers(mentions: &Mentions) -> Vec<f64> {
    let holders = mentions.identifiers.turned(mentions.values.len());
    let need: Vec<usize> = (0..).take(mentions.values.len()).map(|value| needed(mentions, holders.of(value))).collect();
    let mut kinds: BTreeMap<_, Kind> = BTreeMap::new();
    for (number, value) in (0_u32..).zip(&mentions.values) {
        let held = holders.of(number).len();
        let kind = kinds.entry((value.field, value.whole)).or_default();
        kind.mentions += held;
        if held > 1 {
            kind.held_by_more += 1;
            kind.shared += usize::from(need[number as usize] > 1);
        }
    }
    let chance = |(value, &need): (&super::mentions::Value, &usize)| {
        let kind = &kinds[&(value.field, value.whole)];
        let sharing = (kind.shared as f64 + 1.0) / (kind.held_by_more as f64 + 2.0);
        let others = (need as f64 - 1.0) + sharing;
        libm::log((others / kind.mentions.max(2) as f64).min(0.9))
    };
    mentions.values.iter().zip(&need).map(chance).collect()
}

#[derive(Default)]
struct Kind {
    mentions: usize,
    held_by_more: usize,
    shared: usize,
}

/// The chance of each place or channel: the share of the people with any who have it.
fn of_acts(lists: &Lists, persons: &[u32]) -> BTreeMap<u32, f64> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for row in (0..).take(lists.len()) {
        pairs.extend(lists.of(row).iter().map(|&value| (value, persons[row as usize])));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut people: Vec<u32> = pairs.iter().map(|pair| pair.1).collect();
    people.sort_unstable();
    people.dedup();
    let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
    for (value, _) in pairs {
        *counts.entry(value).or_default() += 1.0;
    }
    let people = people.len() as f64 + 1.0;
    counts.into_iter().map(|(value, count)| (value, libm::log(count / people))).collect()
}

/// The chance that two people share a date of birth.
fn of_births(mentions: &Mentions) -> f64 {
    let days: Vec<_> = mentions.birth.iter().filter(|birth| birth.is_known()).collect();
    let mut counts: BTreeMap<_, f64> = BTreeMap::new();
    for birth in &days {
        *counts.entry(birth.earliest().map(crate::case::Day::number)).or_default() += 1.0;
    }
    // One person's own repeats count too little to matter, but a small case shows no coincidence at all: then people of forty years.
    let (total, alike) = (days.len() as f64, counts.values().map(|c| c * (c - 1.0)).sum::<f64>());
    let by_chance: f64 = 1.0 / (40.0 * 365.25);
    let pairs = total * (total - 1.0);
    libm::log(if pairs > 1e7 { (alike / pairs).clamp(by_chance, 10.0 * by_chance) } else { by_chance })
}
