//! Whether anything of what was removed is still to be read.

use std::collections::BTreeSet;

use memchr::memmem::Finder;
use serde::Serialize;

/// A text that is still there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hit {
    /// In which file.
    pub file: String,
    /// On which line, from 1; 0 in a snapshot, which has none.
    pub line: u64,
}

/// Texts to look for.
#[derive(Debug)]
pub(super) struct Search {
    finders: Vec<Finder<'static>>,
}

/// Whether a text can be told from others that happen to be alike: `1` and `an` stand everywhere.
pub(super) fn is_distinct(text: &str) -> bool {
    const LETTERS: usize = 3;
    const DIGITS: usize = 5;
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.chars().count() >= if digits { DIGITS } else { LETTERS }
        || (text.chars().any(char::is_alphabetic) && text.bytes().any(|b| b.is_ascii_digit()))
}

impl Search {
    /// Looks for `texts` as they are, and as CSV and JSON write them.
    pub(super) fn new(texts: &BTreeSet<String>) -> Self {
        let written = texts.iter().flat_map(|text| {
            let json = serde_json::to_string(text).unwrap_or_default();
            let json = json.trim_matches('"').to_owned();
            [text.clone(), text.replace('"', "\"\""), json]
        });
        let all: BTreeSet<String> = written.filter(|text| !text.is_empty()).collect();
        let finders = all.into_iter().map(|text| Finder::new(text.as_bytes()).into_owned());
        Self { finders: finders.collect() }
    }

    /// The lines on which one of them stands as words of its own.
    pub(super) fn lines(&self, text: &[u8]) -> BTreeSet<u64> {
        let mut lines = BTreeSet::new();
        for finder in &self.finders {
            let length = finder.needle().len();
            for at in finder.find_iter(text).filter(|&at| is_alone(text, at, at + length)) {
                lines.insert(memchr::memchr_iter(b'\n', &text[..at]).count() as u64 + 1);
            }
        }
        lines
    }

    /// Whether one of them stands in a text as words of its own.
    pub(super) fn is_in(&self, text: &str) -> bool {
        !self.lines(text.as_bytes()).is_empty()
    }
}

/// Whether no letter or digit stands right before or after.
fn is_alone(text: &[u8], start: usize, end: usize) -> bool {
    let before = String::from_utf8_lossy(&text[start.saturating_sub(4)..start]);
    let after = String::from_utf8_lossy(&text[end..text.len().min(end + 4)]);
    let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    open(before.chars().next_back()) && open(after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str], within: &str) -> Vec<u64> {
        let texts = texts.iter().map(|&text| text.to_owned()).collect();
        Search::new(&texts).lines(within.as_bytes()).into_iter().collect()
    }

    #[test]
    fn a_text_is_found_as_words_of_its_own_however_it_is_written() {
        assert_eq!(lines(&["p12"], "p1,p123\nxp12\np12,a\n"), [3]);
        assert_eq!(
            lines(&["Jan \"J\""], "a\n\"Jan \"\"J\"\"\"\n{\"name\":\"Jan \\\"J\\\"\"}"),
            [2, 3]
        );
        assert_eq!(lines(&["Zoë"], "Zoëlle\nMet Zoë.\n"), [2]);
    }

    #[test]
    fn what_stands_everywhere_is_not_looked_for() {
        assert_eq!(
            ["1", "123", "an", "p1", "12345", "Jan"].map(is_distinct),
            [false, false, false, true, true, true]
        );
    }
}
