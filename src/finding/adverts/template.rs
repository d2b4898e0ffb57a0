//! What the advertisements of a hand are written from: the words that stay, and the places that are filled anew.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::Adverts;
use super::marks::{Gathered, Unit, number};
use super::ties::Tie;
use super::words::Words;
use crate::case::Case;
use crate::identity::clean::fold;
use crate::measure::jaccard;

/// What the advertisements of a hand are written from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Template {
    /// The place of the text most like the others.
    middle: usize,
    /// By word of that text: whether most of the others have it in the same order.
    kept: Vec<bool>,
    /// By word of that text: whether most of the others have something between it and the next.
    filled: Vec<bool>,
}

/// Of so many advertisements of a hand the template is told.
const ALIGNED: usize = 60;
/// Of so many words of each.
const ALIGNED_WORDS: usize = 200;

impl Template {
    /// Each text is aligned with the middlemost one; none where fewer than two have a text.
    ///
    /// The alignment of all with one instead of all with all: the star alignment of Gusfield (1993), Bulletin of Mathematical Biology 55:141,
    /// by the longest common subsequence.
    pub(super) fn of(units: &[&Unit], texts: &[Vec<u64>]) -> Option<Self> {
        let some = units.iter().filter(|unit| !texts[unit.text].is_empty());
        let some: Vec<&&Unit> = some.take(ALIGNED).collect();
        if some.len() < 2 {
            return None;
        }
        let likeness = |unit: &Unit| -> f64 {
            some.iter().map(|two| jaccard(unit.marks.of(Tie::Text), two.marks.of(Tie::Text))).sum()
        };
        let all: Vec<f64> = some.iter().map(|unit| likeness(unit)).collect();
        let middle = (0..some.len()).max_by(|&a, &b| all[a].total_cmp(&all[b]).then(b.cmp(&a)))?;
        let words = |at: usize| {
            let words = &texts[some[at].text];
            &words[..words.len().min(ALIGNED_WORDS)]
        };
        let own = words(middle);
        let (mut shared, mut between) = (vec![0; own.len()], vec![0; own.len()]);
        for other in (0..some.len()).filter(|&other| other != middle) {
            let pairs = in_common(own, words(other));
            for &(at, _) in &pairs {
                shared[at] += 1;
            }
            for two in pairs.windows(2).filter(|two| two[0].0 + 1 == two[1].0) {
                between[two[0].0] += usize::from(two[0].1 + 1 < two[1].1);
            }
        }
        let by_most = |counts: Vec<usize>| {
            counts.into_iter().map(|count| 2 * count > some.len() - 1).collect()
        };
        Some(Self { middle: some[middle].text, kept: by_most(shared), filled: by_most(between) })
    }

    /// The share of the words that stay.
    pub(super) fn share(&self) -> f64 {
        self.kept.iter().filter(|&&kept| kept).count() as f64 / self.kept.len() as f64
    }

    /// The words that stay, with `[]` for each place that is filled anew and `[*]` for each word that is not shown.
    fn shown(&self, words: &[String], is_shown: impl Fn(&str) -> bool) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for ((word, kept), filled) in words.iter().zip(&self.kept).zip(&self.filled) {
            match (*kept, parts.last()) {
                (false, Some(&SLOT)) => {}
                (false, _) => parts.push(SLOT),
                (true, _) => parts.push(if is_shown(word) { word } else { HIDDEN }),
            }
            if *kept && *filled {
                parts.push(SLOT);
            }
        }
        parts.join(" ")
    }
}

const SLOT: &str = "[]";
const HIDDEN: &str = "[*]";

/// How many places of a shown template are filled anew.
pub(super) fn slots(shown: &str) -> usize {
    shown.split(' ').filter(|&part| part == SLOT).count()
}

/// A label, and the advertisements under it.
pub(super) type Hand<'a> = (u32, Vec<&'a Unit>);

/// A word that fewer hands write may be a name.
const FEWEST_HANDS: usize = 5;

/// What templates may show: words that many hands write, and that are no part of anybody's name.
///
/// A hand that offers one victim writes her name each time, so that it looks like a word of the template.
pub(super) struct Lexicon<'a> {
    case: &'a Case,
    options: &'a Adverts,
    /// Words of middlemost texts, sorted, and how many hands write them.
    words: Vec<u64>,
    counts: Vec<AtomicUsize>,
    /// Words of names, sorted.
    names: Vec<u64>,
}

impl<'a> Lexicon<'a> {
    pub(super) fn of(
        case: &'a Case,
        options: &'a Adverts,
        gathered: &Gathered,
        hands: &[Hand<'_>],
        templates: &[Option<Template>],
    ) -> Self {
        let middles = templates.iter().flatten().flat_map(|one| &gathered.texts[one.middle]);
        let words: Vec<u64> = middles.copied().collect::<BTreeSet<_>>().into_iter().collect();
        let counts: Vec<AtomicUsize> = words.iter().map(|_| AtomicUsize::new(0)).collect();
        hands.par_iter().for_each(|(_, units)| {
            let own = units.iter().flat_map(|unit| &gathered.texts[unit.text]);
            let own = own.filter_map(|word| words.binary_search(word).ok());
            for at in own.collect::<BTreeSet<_>>() {
                counts[at].fetch_add(1, Ordering::Relaxed);
            }
        });
        let names = case.people.iter().flat_map(|person| [person.name, person.alias]);
        let parts = |text: &str| fold(text).split(' ').map(number).collect::<Vec<_>>();
        let names = names.filter_map(crate::case::Symbol::known);
        let names: BTreeSet<u64> = names.flat_map(|name| parts(case.text(name))).collect();
        Self { case, options, words, counts, names: names.into_iter().collect() }
    }

    fn shows(&self, word: &str) -> bool {
        let word = number(word);
        let count = self.words.binary_search(&word).ok();
        let count = count.map_or(0, |at| self.counts[at].load(Ordering::Relaxed));
        count >= FEWEST_HANDS && self.names.binary_search(&word).is_err()
    }

    /// A template as text.
    pub(super) fn text(&self, template: &Template, gathered: &Gathered) -> String {
        let text = self.case.text(gathered.symbols[template.middle]);
        let words = Words::of(text, self.options.region).list;
        template.shown(&words, |word| self.shows(word))
    }
}

/// The places of both in the longest common subsequence of two texts.
fn in_common(own: &[u64], other: &[u64]) -> Vec<(usize, usize)> {
    let wide = other.len() + 1;
    let mut longest = vec![0_u32; (own.len() + 1) * wide];
    for i in (0..own.len()).rev() {
        for j in (0..other.len()).rev() {
            longest[i * wide + j] = if own[i] == other[j] {
                longest[(i + 1) * wide + j + 1] + 1
            } else {
                longest[(i + 1) * wide + j].max(longest[i * wide + j + 1])
            };
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while i < own.len() && j < other.len() {
        if own[i] == other[j] {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * wide + j] >= longest[i * wide + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::adverts::ties::Marks;

    #[test]
    fn what_is_common_stands_in_order() {
        assert_eq!(in_common(&[1, 2, 3, 4], &[2, 9, 4, 3]), [(1, 0), (3, 2)]);
        assert_eq!(in_common(&[1, 2], &[]), [(0, 0); 0]);
    }

    #[test]
    fn a_template_has_what_stays_and_a_place_for_what_does_not() {
        let texts: Vec<Vec<String>> = [
            "hallo ik ben mia bel nu",
            "hallo ik ben zoe bel nu",
            "hallo ik ben de lieve noor bel nu",
        ]
        .map(|text| text.split(' ').map(str::to_owned).collect())
        .to_vec();
        let numbers: Vec<Vec<u64>> =
            texts.iter().map(|words| words.iter().map(|word| number(word)).collect()).collect();
        let unit = |text: usize| {
            let mut shingles = numbers[text].clone();
            shingles.sort_unstable();
            Unit { ads: vec![text], text, marks: Marks::new(shingles, <[Vec<u64>; 5]>::default()) }
        };
        let units = [0, 1, 2].map(unit);
        let template = Template::of(&units.iter().collect::<Vec<_>>(), &numbers).expect("texts");
        let shown = template.shown(&texts[template.middle], |word| word != "nu");
        assert_eq!(shown, "hallo ik ben [] bel [*]");
        assert_eq!(slots(&shown), 1);
        assert!((template.share() - 5.0 / 6.0).abs() < 1e-12);
        assert_eq!(Template::of(&[&units[0]], &numbers), None);
    }
}
