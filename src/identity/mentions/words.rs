//! The words of the names of mentions, and given names in their handles.

use std::collections::HashMap;

use super::super::clean::Name;

/// The words of names, as pairs of row and word.
#[derive(Default)]
pub(super) struct Words {
    pub(super) numbers: Numbers,
    pub(super) given: Vec<(u32, u32)>,
    pub(super) family: Vec<(u32, u32)>,
    pub(super) alias: Vec<(u32, u32)>,
}

impl Words {
    /// `Kleine Ali` is one nickname, and `Ali` may stand for it; `Kleine` is half the town.
    pub(super) fn take_nickname(&mut self, row: u32, folded: &str) {
        let whole = folded.replace(' ', "");
        let words = folded.rsplit(' ').take(1).chain([whole.as_str()]);
        self.alias.extend(words.filter_map(|word| self.numbers.of(word)).map(|word| (row, word)));
    }

    pub(super) fn take(&mut self, row: u32, name: &Name) {
        let numbers = &mut self.numbers;
        let single = name.single.iter().flat_map(|single| single.split(' '));
        let loose = name.nick.iter().map(String::as_str).chain(single);
        self.alias.extend(loose.filter_map(|word| numbers.of(word)).map(|word| (row, word)));
        for (names, words) in [(&name.given, &mut self.given), (&name.family, &mut self.family)] {
            words.extend(names.iter().filter_map(|word| numbers.of(word)).map(|word| (row, word)));
        }
    }
}

/// The shortest given name that is looked for in handles.
const LONG_ENOUGH: usize = 4;

/// Given names and nicknames that can be told from other letters.
pub(super) fn given_names(words: &Words) -> HashMap<&str, u32> {
    let texts = &words.numbers.texts;
    let names = words.given.iter().chain(&words.alias);
    let names = names.map(|&(_, word)| (texts[word as usize].as_str(), word));
    names.filter(|(text, _)| text.len() >= LONG_ENOUGH).collect()
}

pub(super) fn longest_name(letters: &str, names: &HashMap<&str, u32>) -> Option<u32> {
    const LONGEST: usize = 16;
    let lengths = (LONG_ENOUGH..=letters.len().min(LONGEST)).rev();
    let mut pieces =
        lengths.flat_map(|length| (0..=letters.len() - length).map(move |at| at..at + length));
    pieces.find_map(|piece| letters.get(piece).and_then(|piece| names.get(piece))).copied()
}

/// Numbers for texts, in the order in which they are met; the empty text has none.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        if let Some(&number) = self.numbers.get(text) {
            return Some(number);
        }
        let number = u32::try_from(self.texts.len()).expect("fewer than 2³² texts");
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        Some(number)
    }
}
