//! Words before a nickname: `Kleine`, `Big`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::clean::fold;
use crate::case::Case;

/// Words that stand before nicknames in a handful of languages; a file may have more.
const KNOWN: [&str; 40] = [
    "kleine", "grote", "dikke", "dunne", "lange", "korte", "ouwe", "oude", "jonge", "zwarte",
    "witte", "rooie", "gekke", "blonde", "schele", "big", "lil", "little", "small", "fat", "tall",
    "old", "young", "crazy", "mad", "black", "white", "red", "king", "mc", "dj", "mister", "uncle",
    "abi", "deli", "kara", "uzun", "sisko", "gordo", "flaco",
];

/// Words that stand before nicknames rather than being names.
#[derive(Clone, Debug)]
pub(super) struct Epithets(HashSet<String>);

impl Epithets {
    /// The known ones, and words that stand before three nicknames or more in the files' own column of nicknames, unless more
    /// people have the word as a given name.
    pub(super) fn of(case: &Case) -> Self {
        let mut nicknames: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for person in case.people.iter() {
            let aliases = person.alias.known().map_or("", |alias| case.text(alias));
            for (first, last) in aliases.split(';').filter_map(two_words) {
                nicknames.entry(first).or_default().insert(last);
            }
            if let Some((first, last)) =
                person.name.known().and_then(|name| two_words(case.text(name)))
            {
                names.entry(first).or_default().insert(last);
            }
        }
        let more_than_a_name = |(word, followed): (String, BTreeSet<String>)| {
            let borne = names.get(&word).map_or(0, BTreeSet::len);
            (followed.len() >= 3 && borne <= 3 * followed.len()).then_some(word)
        };
        let found = nicknames.into_iter().filter_map(more_than_a_name);
        Self(KNOWN.into_iter().map(Into::into).chain(found).collect())
    }

    /// Whether a name is a nickname of two words, as it was written.
    pub(super) fn begin(&self, name: &str) -> bool {
        two_words(name).is_some_and(|(first, _)| self.0.contains(&first))
    }
}

/// Both words of a text of two, folded.
fn two_words(text: &str) -> Option<(String, String)> {
    if text.contains(',') {
        return None;
    }
    let folded = fold(text);
    let (first, last) = folded.split_once(' ')?;
    (!last.contains(' ')).then(|| (first.to_owned(), last.to_owned()))
}
