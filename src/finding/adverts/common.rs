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

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(shingles: &[u64], phones: &[u64], handles: &[u64]) -> Unit {
        let values = [phones.to_vec(), handles.to_vec(), vec![], vec![], vec![]];
        Unit { ads: vec![0], text: 0, marks: Marks::new(shingles.to_vec(), values) }
    }

    fn text(shingles: std::ops::RangeInclusive<u64>) -> Unit {
        unit(&shingles.collect::<Vec<_>>(), &[], &[])
    }

    #[test]
    fn a_text_of_which_less_than_half_and_few_turns_are_left_is_nobodys() {
        let left = |mut unit: Unit, common: &[u64]| {
            take_off(&mut unit, Tie::Text, common);
            unit.marks.of(Tie::Text).to_vec()
        };
        assert_eq!(left(text(1..=8), &[1, 2, 3, 4]), [5, 6, 7, 8], "half is left");
        assert_eq!(left(text(1..=9), &[1, 2, 3, 4, 5]), [0; 0], "four of nine");
        assert_eq!(left(text(1..=11), &[1, 2, 3, 4, 5, 6]), [7, 8, 9, 10, 11], "five are enough");
        let mut phones = unit(&[], &[1, 2, 3], &[]);
        take_off(&mut phones, Tie::Phone, &[1, 2]);
        assert_eq!(phones.marks.of(Tie::Phone), [3], "a number stands for itself");
    }

    #[test]
    fn what_stands_under_many_is_taken_off_where_half_of_a_text_is_left() {
        let left = |common: &[u64]| {
            let mut unit = text(1..=4);
            take_off_tail(&mut unit, common);
            unit.marks.of(Tie::Text).to_vec()
        };
        assert_eq!(left(&[3, 4]), [1, 2]);
        assert_eq!(left(&[2, 3, 4]), [1, 2, 3, 4], "the text itself is written again and again");
    }

    #[test]
    fn a_value_is_frequent_where_more_than_so_many_have_it() {
        let units = [unit(&[], &[1, 2], &[]), unit(&[], &[1, 2], &[]), unit(&[], &[1, 3], &[])];
        assert_eq!(held_by_more(&units, Tie::Phone, 2), [1]);
        assert_eq!(held_by_more(&units, Tie::Phone, 1), [1, 2]);
        assert_eq!(held_by_more(&units, Tie::Phone, 3), [0; 0]);
        assert!(is_in(&[1, 3], 3) && !is_in(&[1, 3], 2));
    }

    #[test]
    fn of_one_hand_one_pair_in_twenty_has_something_else_in_common() {
        // Seven have one phone: 21 pairs.
        let nothing_else = |handles: [u64; 7]| {
            let units: Vec<Unit> =
                handles.iter().map(|&handle| unit(&[], &[9], &[handle])).collect();
            let marks: Vec<&Marks> = units.iter().map(|unit| &unit.marks).collect();
            share_nothing_else(&marks, Tie::Phone)
        };
        assert!(nothing_else([1, 2, 3, 4, 5, 6, 7]));
        assert!(nothing_else([1, 1, 3, 4, 5, 6, 7]), "one pair of 21");
        assert!(!nothing_else([1, 1, 3, 3, 5, 6, 7]), "two of 21");
        let alone = [unit(&[], &[9], &[]), unit(&[], &[9], &[])];
        let marks: Vec<&Marks> = alone.iter().map(|unit| &unit.marks).collect();
        assert!(!share_nothing_else(&marks, Tie::Phone), "there is nothing to compare");
    }

    #[test]
    fn a_phone_of_many_who_have_nothing_else_in_common_is_taken_off_and_counted() {
        let options = Adverts { at_least: 6, ..Adverts::default() };
        let office: Vec<Unit> = (0..7).map(|at| unit(&[], &[9, 100 + at], &[at])).collect();
        let mut units = office.clone();
        assert_eq!(drop_common(&mut units, &options), [(Tie::Phone, 1)]);
        assert_eq!(units[3].marks.of(Tie::Phone), [103]);
        let mut hand: Vec<Unit> = (0..7).map(|_| unit(&[], &[9], &[1])).collect();
        assert_eq!(drop_common(&mut hand, &options), [], "a busy hand");
        assert_eq!(hand[0].marks.of(Tie::Phone), [9]);
        let few = Adverts { at_least: 7, ..Adverts::default() };
        assert_eq!(drop_common(&mut office.clone(), &few), []);
    }
}
