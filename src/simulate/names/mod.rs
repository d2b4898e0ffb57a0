//! Names that nobody bears: built of syllables, in several invented cultures.

mod culture;
mod spelling;

use super::chance::{Chance, Zipf};
use culture::CULTURES;
pub(super) use spelling::{misspelt, spelt_otherwise};

/// First names for each culture and sex, and last names for each culture.
const FIRST: usize = 150;
const LAST: usize = 2000;
const NICKNAMES: usize = 900;

/// Which name somebody bears; an index into [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameNo {
    pub(super) culture: usize,
    pub(super) female: bool,
    first: usize,
    last: usize,
}

/// The names of a world, the most frequent first.
#[derive(Debug)]
pub(super) struct Names {
    first: Vec<[Vec<String>; 2]>,
    last: Vec<Vec<String>>,
    nicknames: Vec<String>,
    of_first: Zipf,
    of_last: Zipf,
    of_nicknames: Zipf,
}

impl Names {
    pub(super) fn new(chance: &mut Chance) -> Self {
        let mut first = Vec::new();
        let mut last = Vec::new();
        for culture in &CULTURES {
            let men = distinct(FIRST, chance, |chance| culture.first_name(false, chance));
            let women = distinct(FIRST, chance, |chance| culture.first_name(true, chance));
            first.push([men, women]);
            last.push(distinct(LAST, chance, |chance| culture.last_name(chance)));
        }
        Self {
            first,
            last,
            nicknames: distinct(NICKNAMES, chance, culture::nickname),
            of_first: Zipf::new(FIRST, 0.8),
            of_last: Zipf::new(LAST, 0.7),
            of_nicknames: Zipf::new(NICKNAMES, 0.6),
        }
    }

    pub(super) fn draw(&self, female: bool, chance: &mut Chance) -> NameNo {
        let weights = CULTURES.each_ref().map(|culture| culture.share);
        let culture = chance.weighted(&weights);
        let first = self.of_first.draw(chance);
        NameNo { culture, female, first, last: self.of_last.draw(chance) }
    }

    pub(super) fn nickname(&self, chance: &mut Chance) -> usize {
        self.of_nicknames.draw(chance)
    }

    pub(super) fn nickname_text(&self, nickname: usize) -> &str {
        &self.nicknames[nickname]
    }

    pub(super) fn first(&self, name: NameNo) -> &str {
        let of_sex = &self.first[name.culture][usize::from(name.female)];
        &of_sex[name.first % of_sex.len()]
    }

    pub(super) fn last(&self, name: NameNo) -> &str {
        let all = &self.last[name.culture];
        &all[name.last % all.len()]
    }

    /// First and last name as their bearer spells them.
    pub(super) fn full(&self, name: NameNo) -> String {
        format!("{} {}", self.first(name), self.last(name))
    }

    /// The habits of spelling of a name's culture.
    pub(super) fn habits(name: NameNo) -> &'static [(&'static str, &'static str)] {
        CULTURES[name.culture].spellings
    }
}

/// Up to `count` different names; fewer where the syllables do not give more.
fn distinct(
    count: usize,
    chance: &mut Chance,
    mut draw: impl FnMut(&mut Chance) -> String,
) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut names = Vec::with_capacity(count);
    for _ in 0..count * 20 {
        if names.len() == count {
            break;
        }
        let name = draw(chance);
        if seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_names_and_all_are_plain_text() {
        let names = Names::new(&mut Chance::new(5, 0));
        for (culture, [men, women]) in names.first.iter().enumerate() {
            assert!(men.len() >= 100 && women.len() >= 100, "{culture}: {}", men.len());
            assert!(names.last[culture].len() >= 1000, "{culture}");
        }
        assert!(names.nicknames.len() > 500);
        let all = names.last.iter().flatten().chain(&names.nicknames);
        assert!(all.clone().all(|name| unicode_normalization::is_nfc(name)));
        assert!(all.clone().all(|name| name.trim() == name && !name.is_empty()));
    }
}
