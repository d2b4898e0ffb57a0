//! Which mentions are compared at all.

use rayon::prelude::*;

use super::clean::Token;
use super::mentions::{Mentions, Part};
use crate::pairing::{Crowded, PairRule};

/// Which mentions are compared: those that share a key, and in a crowded block the neighbours.
///
/// A block is the set of mentions with one key: an identifier, two names by sound, a name and a year of birth, a date of birth,
/// a nickname by sound. All pairs of a block are compared while it holds at most `block` mentions. In a larger one the
/// mentions are put in the order of their names and births, and each is compared with the next `window`: so the work grows
/// with the number of mentions and never with its square.
///
/// Source: Christen (2012), Data Matching, §4.2 (standard blocking) and §4.3 (sorted neighbourhood).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// The most mentions of which all pairs are compared.
    pub block: usize,
    /// In a larger block: with how many that follow each is compared.
    pub window: usize,
}

impl Default for Blocking {
    fn default() -> Self {
        Self { block: 50, window: 8 }
    }
}

/// Two mentions, the lower row first.
pub(super) type Rows = (u32, u32);

impl Blocking {
    /// Which mentions with one key are compared.
    pub(super) fn rule(self) -> PairRule {
        PairRule { block: self.block, window: self.window, crowded: Crowded::Next }
    }

    /// All pairs of the blocks that pairs of key and row make, sorted, each once; `order` is that of [`neighbours`].
    pub(super) fn of_blocks(self, keys: Vec<(u64, u32)>, order: &[u32]) -> Vec<Rows> {
        let mut pairs = each_block(keys, |rows| self.within(rows, order));
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Pairs that share a key other than a date of birth, and for how many each stands: of a crowded block some are drawn, whatever their
    /// dates, so that dates can tell how many pairs of a kind are one person.
    pub(super) fn blind(self, mentions: &Mentions) -> Vec<(Rows, f64)> {
        let rows = (0..).take(mentions.len());
        let shuffled: Vec<u32> = rows.map(|row: u32| low_half(key(0, row.into(), 0))).collect();
        let mut pairs = each_block(keys_of_all(mentions, |row| keys(mentions, row)), |rows| {
            let all = (rows.len() * (rows.len() - 1) / 2) as f64;
            let pairs = self.within(rows, &shuffled);
            let stands_for = all / pairs.len() as f64;
            pairs.into_iter().map(move |pair| (pair, stands_for))
        });
        // A pair of several blocks stands for the fewest: there it is surest to be drawn.
        pairs.par_sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        pairs.dedup_by_key(|pair| pair.0);
        pairs
    }

    fn within(self, mut rows: Vec<u32>, order: &[u32]) -> Vec<Rows> {
        let reach = if rows.len() <= self.block {
            rows.len()
        } else {
            rows.sort_unstable_by_key(|&row| order[row as usize]);
            self.window + 1
        };
        let mut pairs = Vec::new();
        for (at, &a) in rows.iter().enumerate() {
            for &b in rows[at + 1..].iter().take(reach - 1) {
                pairs.push((a.min(b), a.max(b)));
            }
        }
        pairs
    }
}

/// By which mentions are compared at first: pairs of key and row.
pub(super) fn all_keys(mentions: &Mentions) -> Vec<(u64, u32)> {
    let all = |row| keys(mentions, row).into_iter().chain(keys_by_birth(mentions, row));
    keys_of_all(mentions, all)
}

/// Every mention's keys, as pairs of key and row.
fn keys_of_all<K: IntoIterator<Item = u64>>(
    mentions: &Mentions,
    keys: impl Fn(u32) -> K + Sync,
) -> Vec<(u64, u32)> {
    let count = u32::try_from(mentions.len()).expect("fewer than 2³² rows");
    let of_row = |row| keys(row).into_iter().map(move |key| (key, row)).collect::<Vec<_>>();
    (0..count).into_par_iter().flat_map_iter(of_row).collect()
}

/// What each set of two rows or more with one key makes, in the order of the keys.
fn each_block<T: Send, I: IntoIterator<Item = T>>(
    mut keys: Vec<(u64, u32)>,
    make: impl Fn(Vec<u32>) -> I + Sync,
) -> Vec<T> {
    keys.par_sort_unstable();
    keys.dedup();
    let blocks: Vec<&[(u64, u32)]> =
        keys.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1).collect();
    let rows = |block: &&[(u64, u32)]| block.iter().map(|entry| entry.1).collect();
    blocks.par_iter().flat_map_iter(|block| make(rows(block))).collect()
}

/// By row: its place when all mentions are ordered by names and birth.
pub(super) fn neighbours(mentions: &Mentions) -> Vec<u32> {
    let key = |&row: &u32| {
        let first = |list: &[u32]| list.first().map(|&word| mentions.tokens[word as usize].sound());
        let born = mentions.birth[row as usize].earliest().map(crate::case::Day::number);
        (first(mentions.family.of(row)), first(mentions.given.of(row)), born, row)
    };
    let mut rows: Vec<u32> = (0..).take(mentions.len()).collect();
    rows.par_sort_by_key(key);
    let mut order = vec![0; rows.len()];
    for (place, row) in (0..).zip(rows) {
        order[row as usize] = place;
    }
    order
}

fn low_half(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).expect("half of 64 bits")
}

/// How the words of a name sound; those that have no sound are left out.
fn sounds(mentions: &Mentions, words: &[u32]) -> Vec<u64> {
    let sounds = words.iter().map(|&word| mentions.tokens[word as usize].sound());
    sounds.filter(|&sound| sound != 0).collect()
}

/// The keys of a mention that hold its date of birth.
fn keys_by_birth(mentions: &Mentions, row: u32) -> Vec<u64> {
    let birth = mentions.birth[row as usize];
    let (Some(first), Some(last)) = (birth.earliest(), birth.latest()) else { return Vec::new() };
    let number = |day: crate::case::Day| u64::from(day.number().cast_unsigned());
    let mut keys = if first == last { vec![key(4, number(first), 0)] } else { Vec::new() };
    // A year of 366 days: what is born in one year falls into one or two of these.
    let year = number(first) / 366;
    let names =
        [mentions.given.of(row), mentions.family.of(row)].map(|words| sounds(mentions, words));
    keys.extend(names.into_iter().flatten().map(|sound| key(5, sound, year)));
    keys
}

/// The other keys of a mention.
fn keys(mentions: &Mentions, row: u32) -> Vec<u64> {
    let token = |word: &u32| &mentions.tokens[*word as usize];
    let given: Vec<&Token> = mentions.given.of(row).iter().map(token).collect();
    let mut keys: Vec<u64> =
        mentions.identifiers.of(row).iter().map(|&value| key(1, value.into(), 0)).collect();
    let given_sounds = sounds(mentions, mentions.given.of(row));
    let family_sounds = sounds(mentions, mentions.family.of(row));
    for &f in &family_sounds {
        for &g in &given_sounds {
            keys.push(key(2, f.min(g), f.max(g)));
        }
        for letter in given.iter().filter_map(|word| word.text().bytes().next()) {
            keys.push(key(3, f, letter.into()));
        }
    }
    let part = mentions.part[row as usize];
    // A word of which nobody knows what it is may be any name; full names meet each other by other keys.
    let loose = mentions.alias.of(row).iter().chain(mentions.hinted.of(row)).map(token);
    let names = given_sounds.iter().chain(&family_sounds).copied();
    if part != Part::Professional {
        let sounds = loose.map(Token::sound).chain(names.filter(|_| part.is_offender()));
        keys.extend(sounds.filter(|&sound| sound != 0).map(|sound| key(6, sound, part.group())));
    }
    keys
}

/// One number for a kind of key and what it holds.
pub(super) fn key(kind: u64, first: u64, second: u64) -> u64 {
    let mut mixed = kind;
    for part in [first, second] {
        mixed = (mixed ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^= mixed >> 29;
        mixed = mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^= mixed >> 32;
    }
    mixed
}
