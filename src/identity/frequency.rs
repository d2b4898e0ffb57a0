//! How often two people share a value by coincidence.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::clean::{BirthLikeness, birth_likeness};
use super::field::Field;
use super::lists::Lists;
use super::mentions::Mentions;
use super::persons::needed;

/// The chance, as a natural logarithm, that somebody else has a value: far below 0 for a rare one, near 0 for one that everybody has.
///
/// Values are counted among people and not among mentions: a policeman in fifty files would make his own name common. Before
/// people are known, as many are counted as a value [needs](needed).
#[derive(Clone, Debug, Default)]
pub(super) struct Frequencies {
    /// By word, as a given name.
    pub(super) given: Vec<f64>,
    /// By word, as a family name.
    pub(super) family: Vec<f64>,
    /// By word, as a nickname.
    pub(super) alias: Vec<f64>,
    /// By identifier.
    pub(super) value: Vec<f64>,
    pub(super) place: BTreeMap<u32, f64>,
    pub(super) channel: BTreeMap<u32, f64>,
    /// Of one date of birth for all.
    pub(super) birth: f64,
}

impl Frequencies {
    /// Counts among the people of an earlier reading, where there is one: by row of `people`, the label of its person.
    pub(super) fn of(mentions: &Mentions, persons: Option<&[u32]>) -> Self {
        let aliases = mentions.alias.turned(mentions.tokens.len());
        let strangers = strangers(mentions, (0..).take(aliases.len()).map(|word| aliases.of(word)));
        Self {
            given: of_words(mentions, &mentions.given, persons, 0.0),
            family: of_words(mentions, &mentions.family, persons, 0.0),
            // A nickname says too little beside it to be told from another's of the same name.
            alias: of_words(mentions, &mentions.alias, persons, strangers),
            value: of_identifiers(mentions),
            place: of_acts(&mentions.places, persons),
            channel: of_acts(&mentions.channels, persons),
            birth: of_births(mentions),
        }
    }
}

/// How many people need each value that somebody has.
fn needs(mentions: &Mentions, holders: &Lists) -> Vec<usize> {
    let values = u32::try_from(holders.len()).expect("fewer than 2³² values");
    (0..values).into_par_iter().map(|value| needed(mentions, holders.of(value))).collect()
}

/// Of two mentions that share a value, the chance that they are two people: the share of contradicting dates of birth, where both
/// have one.
fn strangers<'a>(mentions: &Mentions, values: impl Iterator<Item = &'a [u32]>) -> f64 {
    const LOOKED_AT: usize = 32;
    let (mut comparable, mut different) = (0.0, 0.0);
    for holders in values.map(|holders| &holders[..holders.len().min(LOOKED_AT)]) {
        for (at, &a) in holders.iter().enumerate() {
            for &b in &holders[at + 1..] {
                let birth = |row: u32| mentions.birth[row as usize];
                let Some(likeness) = birth_likeness(birth(a), birth(b)) else { continue };
                comparable += 1.0;
                let two = matches!(likeness, BirthLikeness::Different | BirthLikeness::Excluded);
                different += f64::from(u8::from(two));
            }
        }
    }
    (different + 1.0) / (comparable + 2.0)
}

/// The chance of each word, by the number of others who bear it.
///
/// A name met once is not a name that nobody else has: most names are still unseen. So nobody counts as less than a part of a
/// person: one less the discount that the shares of words met once and twice tell. Each further mention counts as another person by
/// `strangers`, whatever an earlier reading made of it.
///
/// Source: Ney, Essen & Kneser (1994), Computer Speech & Language 8:1, for the discount n₁ / (n₁ + 2 n₂).
fn of_words(
    mentions: &Mentions,
    list: &Lists,
    persons: Option<&[u32]>,
    strangers: f64,
) -> Vec<f64> {
    let holders = &list.turned(mentions.tokens.len());
    let rows = (0..).take(list.len()).filter(|&row| !list.of(row).is_empty()).count();
    let words = || (0..).take(holders.len());
    let least: Vec<usize> = match persons {
        None => needs(mentions, holders),
        Some(persons) => words().map(|word| distinct(holders.of(word), persons)).collect(),
    };
    let expected = |word: u32| 1.0 + (holders.of(word).len().max(1) as f64 - 1.0) * strangers;
    let bearers: Vec<f64> = words()
        .zip(&least)
        .map(|(word, &least)| (least.max(1) as f64).max(expected(word)))
        .collect();
    let met = |times: usize| least.iter().filter(|&&count| count == times).count() as f64;
    let discount = (met(1) / (met(1) + 2.0 * met(2) + 1.0)).clamp(0.1, 0.9);
    let borne =
        |(word, bearers): (u32, &f64)| if holders.of(word).is_empty() { 0.0 } else { *bearers };
    // Whoever has two given names counts once.
    let words_each =
        words().map(|word| holders.of(word).len()).sum::<usize>() as f64 / rows.max(1) as f64;
    let people = (words().zip(&bearers).map(borne).sum::<f64>() / words_each.max(1.0)).max(2.0);
    bearers.iter().map(|count| libm::log(((count - discount) / people).min(0.9))).collect()
}

fn distinct(rows: &[u32], persons: &[u32]) -> usize {
    let mut labels: Vec<u32> = rows.iter().map(|&row| persons[row as usize]).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.len()
}

/// The chance of each identifier: how many people more than one need it, and how often two who share one of its kind are two people.
fn of_identifiers(mentions: &Mentions) -> Vec<f64> {
    let holders = mentions.identifiers.turned(mentions.values.len());
    let needs = needs(mentions, &holders);
    let mut kinds: BTreeMap<(Field, bool), Vec<usize>> = BTreeMap::new();
    for (number, value) in mentions.values.iter().enumerate() {
        kinds.entry((value.field, value.whole)).or_default().push(number);
    }
    let mut chances = vec![0.0; needs.len()];
    for values in kinds.into_values() {
        let of_value = |value: usize| holders.of(u32::try_from(value).expect("a value's number"));
        let strangers = strangers(mentions, values.iter().map(|&value| of_value(value)));
        let total = values.iter().map(|&value| of_value(value).len()).sum::<usize>().max(2) as f64;
        for value in values {
            let others = needs[value].max(1) as f64 - 1.0 + strangers;
            chances[value] = libm::log((others / total).min(0.9));
        }
    }
    chances
}

/// The chance of each place or channel: the share of the people with any who have it.
fn of_acts(lists: &Lists, persons: Option<&[u32]>) -> BTreeMap<u32, f64> {
    let person = |row: u32| persons.map_or(row, |persons| persons[row as usize]);
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for row in (0..).take(lists.len()) {
        pairs.extend(lists.of(row).iter().map(|&value| (value, person(row))));
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

/// The chance that two people share a date of birth: as the data show it where they are many, else as in people of forty years.
fn of_births(mentions: &Mentions) -> f64 {
    const ENOUGH: f64 = 1e7;
    let by_chance: f64 = 1.0 / (40.0 * 365.25);
    let known = mentions.birth.iter().filter(|birth| birth.is_known());
    let mut counts: BTreeMap<i32, f64> = BTreeMap::new();
    for day in known.filter_map(|birth| birth.earliest()) {
        *counts.entry(day.number()).or_default() += 1.0;
    }
    let total: f64 = counts.values().sum();
    let alike: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
    let pairs = total * (total - 1.0);
    libm::log(if pairs > ENOUGH {
        (alike / pairs).clamp(by_chance, 10.0 * by_chance)
    } else {
        by_chance
    })
}
