//! From rows to what is compared: equal advertisements once, and only what is somebody's own.

use rayon::prelude::*;

use super::common::drop_common;
use super::ties::{Marks, Tie};
use super::words::Words;
use super::{AdNote, Adverts};
use crate::case::{Ad, Case, IdentifierKind, Symbol};
use crate::identity::clean::{Region, identifier};
use crate::identity::{Entities, natural};
use crate::measure::mixed;

/// Advertisements that are equal in all that is compared.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Rows of `ads`, by id.
    pub(super) ads: Vec<usize>,
    /// The place of its text.
    pub(super) text: usize,
    pub(super) marks: Marks,
}

/// All units, their texts as words, and what is to be known about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    pub(super) units: Vec<Unit>,
    /// By text: its words as numbers.
    pub(super) texts: Vec<Vec<u64>>,
    /// By text: as it was written.
    pub(super) symbols: Vec<Symbol>,
    pub(super) notes: Vec<AdNote>,
}

/// A text with fewer words is compared by letters.
pub(super) const FEW_WORDS: usize = 5;
/// So many letters at a time.
const LETTERS: usize = 5;

impl Gathered {
    pub(super) fn of(case: &Case, entities: &Entities, options: &Adverts) -> Self {
        let mut symbols: Vec<Symbol> = case.ads.iter().map(|ad| ad.text).collect();
        symbols.sort_unstable();
        symbols.dedup();
        let read = |&text: &Symbol| Text::of(&Words::of(case.text(text), options.region));
        let mut texts: Vec<Text> = symbols.par_iter().map(read).collect();
        let place = |ad: &Ad| symbols.partition_point(|text| *text < ad.text);
        let mut units: Vec<Unit> = equal_ads(case)
            .into_iter()
            .map(|ads| {
                let ad = &case.ads[ads[0]];
                let text = place(ad);
                let marks = marks(case, entities, ad, &texts[text], options.region);
                Unit { ads, text, marks }
            })
            .collect();
        let mut notes = Vec::new();
        let cut = texts.iter().filter(|text| text.cut).count();
        if cut > 0 {
            let most = super::words::MOST_WORDS;
            notes.push(AdNote::Cut { texts: cut, words: most });
        }
        for (tie, values) in drop_common(&mut units, options) {
            let what = if tie == Tie::Text { "turns of phrase" } else { tie.name() };
            notes.push(AdNote::Common { what, values });
        }
        count_holders(&mut units);
        let texts = texts.iter_mut().map(|text| std::mem::take(&mut text.words)).collect();
        Self { units, texts, symbols, notes }
    }
}

/// A text as numbers.
#[derive(Clone, Debug, Default)]
struct Text {
    words: Vec<u64>,
    shingles: Vec<u64>,
    phones: Vec<u64>,
    cut: bool,
}

impl Text {
    fn of(words: &Words) -> Self {
        Self {
            words: words.list.iter().map(|word| number(word)).collect(),
            shingles: sorted(shingles(&words.list)),
            phones: words.phones.iter().map(|phone| number(phone)).collect(),
            cut: words.cut,
        }
    }
}

/// The rows of `ads` in groups that are equal, each group and all of them in the order of ids.
fn equal_ads(case: &Case) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..case.ads.len()).collect();
    order.par_sort_by(|&a, &b| {
        natural(case.ad_id(&case.ads[a]), case.ad_id(&case.ads[b])).then(a.cmp(&b))
    });
    let what = |row: usize| {
        let ad = &case.ads[row];
        (ad.text, ad.phone, ad.handle, ad.payer, ad.posted_by, ad.image, ad.victim)
    };
    let mut by_what: Vec<(usize, usize)> = order.iter().copied().enumerate().collect();
    by_what.par_sort_by_key(|&(at, row)| (what(row), at));
    let mut groups: Vec<&[(usize, usize)]> =
        by_what.chunk_by(|a, b| what(a.1) == what(b.1)).collect();
    groups.sort_unstable_by_key(|group| group[0].0);
    groups.into_iter().map(|group| group.iter().map(|one| one.1).collect()).collect()
}

fn marks(case: &Case, entities: &Entities, ad: &Ad, text: &Text, region: Region) -> Marks {
    let key = |kind, symbol: Symbol| {
        let text = symbol.known().map(|symbol| case.text(symbol))?;
        Some(number(&identifier(kind, text, region)?.key))
    };
    let person = |symbol: Symbol| {
        let symbol = symbol.known()?;
        // Whoever is in no row of `people` is still the same under the same id.
        let entity = entities.of(case, symbol).map(|entity| entity.number() as u64);
        Some(entity.unwrap_or_else(|| number(case.text(symbol))))
    };
    let phones = text.phones.iter().copied();
    let values = [
        phones.chain(key(IdentifierKind::Phone, ad.phone)).collect(),
        key(IdentifierKind::Handle, ad.handle).into_iter().collect(),
        [ad.payer, ad.posted_by].into_iter().filter_map(person).collect(),
        key(IdentifierKind::Image, ad.image).into_iter().collect(),
        person(ad.victim).into_iter().collect(),
    ];
    Marks::new(text.shingles.clone(), values.map(sorted))
}

/// Writes beside each value how many units have it.
fn count_holders(units: &mut [Unit]) {
    for tie in &Tie::ALL[1..] {
        let mut all: Vec<u64> =
            units.iter().flat_map(|unit| unit.marks.of(*tie).iter().copied()).collect();
        all.par_sort_unstable();
        units.par_iter_mut().for_each(|unit| unit.marks.count_holders(*tie, &all));
    }
}

/// Each two words that follow each other; of a short text each few letters.
fn shingles(words: &[String]) -> Vec<u64> {
    if words.len() >= FEW_WORDS {
        return words.windows(2).map(|two| mixed(number(&two[0]), number(&two[1]))).collect();
    }
    let joined = words.join(" ");
    if joined.len() <= LETTERS {
        return if joined.is_empty() { Vec::new() } else { vec![number(&joined)] };
    }
    joined.as_bytes().windows(LETTERS).map(number_of).collect()
}

fn sorted(mut values: Vec<u64>) -> Vec<u64> {
    values.sort_unstable();
    values.dedup();
    values
}

/// A number for a text, the same on every machine (FNV-1a, mixed).
pub(super) fn number(text: &str) -> u64 {
    number_of(text.as_bytes())
}

fn number_of(bytes: &[u8]) -> u64 {
    let take = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    mixed(bytes.iter().fold(0xcbf2_9ce4_8422_2325, take), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<u64> {
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        shingles(&words)
    }

    #[test]
    fn a_text_is_each_two_words_and_a_short_one_each_five_letters() {
        let pair = |a, b| mixed(number(a), number(b));
        let five = [pair("a", "b"), pair("b", "c"), pair("c", "d"), pair("d", "e")];
        assert_eq!(of("a b c d e"), five);
        assert_eq!(of("a b c d"), ["a b c", " b c ", "b c d"].map(number));
        assert_eq!(of("lieve"), [number("lieve")]);
        assert_eq!(of("lievee"), ["lieve", "ievee"].map(number));
        assert_eq!(of("lie"), [number("lie")]);
        assert_eq!(of(""), [0; 0]);
    }

    #[test]
    fn values_stand_in_order_and_once() {
        assert_eq!(sorted(vec![3, 1, 3, 2]), [1, 2, 3]);
        // FNV-1a of nothing and of one letter, then mixed.
        assert_eq!(number(""), mixed(0xcbf2_9ce4_8422_2325, 0));
        assert_eq!(number("a"), mixed(0xaf63_dc4c_8601_ec8c, 0));
    }
}
