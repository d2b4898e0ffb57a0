//! What is the site's and not a writer's: words, phones and images that many have who have nothing else in common.

use rayon::prelude::*;

use super::Adverts;
use super::marks::{FEW_WORDS, Unit};
use super::ties::{Marks, Pattern, Tie};
use crate::measure::mixed;

/// Of the advertisements that have a value so many are compared.
const LOOKED_AT: usize = 20;
/// Of so many pairs of them one or more has something else in common, where the value is of one hand: a hand that goes by its own
/// number in half of its advertisements shares it in one pair of four.
const ONE_IN: usize = 20;

/// A turn of phrase is a site's or a fashion's where more than one in so many have it. The more advertisements there are, the more hands write the same three words
/// by chance, and still each text is its own.
const PHRASES_IN: usize = 100;

/// Takes off what nobody in particular has, and says of each tie how many such values there were.
///
/// A value that many have may be that of a busy hand. It is one if those who have it also share a phone, a text or anything else; of
/// people who only copied a text, or pay through one office, hardly two do.
pub(super) fn drop_common(units: &mut [Unit], options: &Adverts) -> Vec<(Tie, usize)> {
    let most = |tie| match tie {
        Tie::Text => options.at_least.max(units.len() / PHRASES_IN),
        _ => options.at_least,
    };
    let found: Vec<(Tie, Vec<u64>)> =
        Tie::ALL.into_iter().map(|tie| (tie, common(units, tie, most(tie)))).collect();
    let tails = common(units, Tie::Text, (units.len() / 10).clamp(FEW, options.at_least.max(FEW)));
    for (tie, common) in &found {
        units.par_iter_mut().for_each(|unit| take_off(unit, *tie, common));
    }
    units.par_iter_mut().for_each(|unit| take_off_tail(unit, &tails));
    let counts = found.into_iter().map(|(tie, common)| (tie, common.len()));
    counts.filter(|&(_, count)| count > 0).collect()
}

fn is_in(common: &[u64], value: u64) -> bool {
    common.binary_search(&value).is_ok()
}

fn take_off(unit: &mut Unit, tie: Tie, common: &[u64]) {
    let marks = unit.marks.of_mut(tie);
    let before = marks.len();
    marks.retain(|&value| !is_in(common, value));
    // A text that is the site's but for a turn or two is nobody's.
    if tie == Tie::Text && marks.len() < FEW_WORDS && 2 * marks.len() < before {
        marks.clear();
    }
}

/// The fewest that share what a site puts under its advertisements.
const FEW: usize = 8;

/// What a site puts under many advertisements of a small case is taken off where most of a text is left. Where it would take most, the text itself is
/// written again and again.
fn take_off_tail(unit: &mut Unit, common: &[u64]) {
    let all = unit.marks.of(Tie::Text);
    let own: Vec<u64> = all.iter().filter(|&&value| !is_in(common, value)).copied().collect();
    if 2 * own.len() >= all.len() {
        *unit.marks.of_mut(Tie::Text) = own;
    }
}

/// The values that more than `most` have, and those who have them nothing else in common; sorted.
fn common(units: &[Unit], tie: Tie, most: usize) -> Vec<u64> {
    let frequent = held_by_more(units, tie, most);
    let holder = |(unit, place): (&Unit, u32)| {
        let own = unit.marks.of(tie).iter().filter_map(|value| frequent.binary_search(value).ok());
        // A sample that does not depend on the order of ids, in which a hand's often follow each other.
        own.map(move |at| (at, mixed(u64::from(place), at as u64), place)).collect::<Vec<_>>()
    };
    let places = 0..u32::try_from(units.len()).expect("fewer than 2³² advertisements");
    let mut holders: Vec<(usize, u64, u32)> =
        units.par_iter().zip(places).flat_map_iter(holder).collect();
    holders.par_sort_unstable();
    let groups: Vec<_> = holders.chunk_by(|a, b| a.0 == b.0).collect();
    let is_nobodys = |group: &&&[(usize, u64, u32)]| {
        let some = group.iter().take(LOOKED_AT);
        let some: Vec<&Marks> = some.map(|one| &units[one.2 as usize].marks).collect();
        share_nothing_else(&some, tie)
    };
    groups.par_iter().filter(is_nobodys).map(|group| frequent[group[0].0]).collect()
}

/// Whether of those who share one tie, and of whom more is on record, hardly two share another.
fn share_nothing_else(some: &[&Marks], tie: Tie) -> bool {
    let firsts = some.iter().enumerate();
    let alike = firsts.flat_map(|(at, a)| some[at + 1..].iter().map(move |b| a.compare(b)));
    let alike: Vec<Pattern> = alike.filter(|pattern| pattern.compares_other_than(tie)).collect();
    let other = |pattern: &&Pattern| pattern.grounds().any(|ground| ground != tie);
    alike.iter().filter(other).count() * ONE_IN < alike.len()
}

/// The values that more than so many have, sorted.
fn held_by_more(units: &[Unit], tie: Tie, most: usize) -> Vec<u64> {
    let mut all: Vec<u64> =
        units.iter().flat_map(|unit| unit.marks.of(tie).iter().copied()).collect();
    all.par_sort_unstable();
    all.chunk_by(|a, b| a == b).filter(|same| same.len() > most).map(|same| same[0]).collect()
}
