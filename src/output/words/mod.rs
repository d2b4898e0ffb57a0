//! What is said to readers, in their language, through Fluent.
//!
//! Texts stand in `en/*.ftl` and `nl/*.ftl`, one file a sink; a test asks that both languages say the same things with the same
//! variables. Nothing of a case is in them: text of a case comes in as a variable and is escaped by the sink.

mod numbers;

use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

use crate::error::{Error, excerpt};
use crate::untrusted::Untrusted;

/// The language of a report or a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English. This is the default.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Lang {
    /// All languages with their codes of ISO 639.
    pub const ALL: [(&'static str, Self); 2] = [("en", Self::En), ("nl", Self::Nl)];

    /// The code of ISO 639.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Self::En => langid!("en"),
            Self::Nl => langid!("nl"),
        }
    }

    fn texts(self) -> &'static [&'static str] {
        match self {
            Self::En => &[
                include_str!("en/map.ftl"),
                include_str!("en/svg.ftl"),
                include_str!("en/report.ftl"),
                include_str!("en/found.ftl"),
                include_str!("en/heads.ftl"),
                include_str!("en/terms.ftl"),
                include_str!("en/viewer.ftl"),
            ],
            Self::Nl => &[
                include_str!("nl/map.ftl"),
                include_str!("nl/svg.ftl"),
                include_str!("nl/report.ftl"),
                include_str!("nl/found.ftl"),
                include_str!("nl/heads.ftl"),
                include_str!("nl/terms.ftl"),
                include_str!("nl/viewer.ftl"),
            ],
        }
    }
}

impl FromStr for Lang {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.iter().find(|(code, _)| *code == text);
        found.map(|&(_, lang)| lang).ok_or_else(|| {
            Error::usage(format!("no language `{}`; there are `en` and `nl`", excerpt(text)))
        })
    }
}

/// All that can be said in one language.
pub(crate) struct Words {
    bundle: FluentBundle<FluentResource>,
    /// In which language.
    pub(crate) lang: Lang,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.id()]);
        // The signs that would set a variable apart from text of another direction are shown by no sink of ours.
        bundle.set_use_isolating(false);
        for text in lang.texts() {
            let resource = FluentResource::try_new((*text).to_owned());
            let resource = resource.expect("our own texts are well formed; a test reads them");
            bundle.add_resource(resource).expect("each text has one place; a test reads them");
        }
        Self { bundle, lang }
    }

    /// What stands under `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// What a word of a closed list is called, such as the code `first_contact` of the list `class`; a word that no list has stays as it is.
    pub(crate) fn term(&self, list: &str, word: &str) -> String {
        let key = format!("{list}-{}", slug(word));
        if self.bundle.has_message(&key) { self.say(&key) } else { word.to_owned() }
    }

    /// All texts whose keys begin with `prefix`, with `{name}` where a variable stands: for a viewer that fills them in itself.
    ///
    /// Such texts choose no plurals, because there is no number yet.
    pub(crate) fn patterns(&self, prefix: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for line in self.lang.texts().iter().flat_map(|text| text.lines()) {
            let Some((key, text)) =
                line.split_once(" = ").filter(|(key, _)| key.starts_with(prefix))
            else {
                continue;
            };
            let names: Vec<&str> =
                text.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next()).collect();
            let holes: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
            let values: Vec<(&str, FluentValue<'_>)> = names
                .iter()
                .zip(&holes)
                .map(|(&name, hole)| (name, hole.as_str().into()))
                .collect();
            found.push((key.to_owned(), self.with(key, &values)));
        }
        found
    }

    /// What stands under `key`, with its variables. A number chooses the plural; a text comes in as it is.
    pub(crate) fn with<'a>(&self, key: &str, values: &[(&'a str, FluentValue<'a>)]) -> String {
        self.try_with(key, values).unwrap_or_else(|| panic!("no text `{key}` in {:?}", self.lang))
    }

    /// The same with a text of a case as its one variable, so that what is said is one, too.
    pub(crate) fn about(&self, key: &str, name: &str, text: &Untrusted) -> Untrusted {
        text.changed(|raw| self.with(key, &[(name, raw.into())]))
    }

    /// As [`with`](Self::with); none where there is no such text.
    pub(crate) fn try_with<'a>(
        &self,
        key: &str,
        values: &[(&'a str, FluentValue<'a>)],
    ) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let values: FluentArgs<'a> = values.iter().cloned().collect();
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{key}: {errors:?}");
        Some(said)
    }
}

/// `word` as part of a key: what is no letter, digit or underscore is a hyphen, once.
pub(crate) fn slug(word: &str) -> String {
    let keeps = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let parts = word.split(|c| !keeps(c)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Every key with the names of its variables.
    fn keys(lang: Lang) -> BTreeMap<String, Vec<String>> {
        let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut last = String::new();
        for line in lang.texts().iter().flat_map(|text| text.lines()) {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                line.split(' ').next().unwrap().clone_into(&mut last);
                assert!(keys.insert(last.clone(), Vec::new()).is_none(), "{last} stands twice");
            }
            let names = line.split('$').skip(1);
            let name = |rest: &str| rest.split([' ', '}']).next().unwrap().to_owned();
            keys.entry(last.clone()).or_default().extend(names.map(name));
        }
        for names in keys.values_mut() {
            names.sort_unstable();
            names.dedup();
        }
        keys
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(keys(Lang::En), keys(Lang::Nl));
    }

    #[test]
    fn numbers_choose_the_plural() {
        let shown = |lang, ties: usize| {
            let values = [("people", 2.into()), ("all", 9.into()), ("ties", ties.into())];
            Words::of(lang).with("map-shown", &values)
        };
        assert_eq!(shown(Lang::En, 1), "2 people shown of 9 in all · 1 tie");
        assert_eq!(shown(Lang::Nl, 3), "2 van 9 personen getoond · 3 banden");
    }

    #[test]
    fn a_word_of_a_list_is_said_and_another_stays() {
        let words = Words::of(Lang::Nl);
        assert_eq!(words.term("class", "other offender's role"), "rol van een andere dader");
        assert_eq!(words.term("class", "<b>_"), "<b>_");
    }

    #[test]
    fn patterns_keep_their_variables() {
        let patterns = Words::of(Lang::Nl).patterns("viewer-from-to");
        assert_eq!(patterns, [("viewer-from-to".into(), "{from} tot {to}".into())]);
    }

    #[test]
    fn text_of_a_case_stays_as_it_is() {
        let hostile = "{ $people } <b>\u{202e}";
        let said = Words::of(Lang::En).about("map-revealed", "why", &hostile.into());
        assert_eq!(said, format!("Names are shown because: {hostile}"));
    }

    #[test]
    fn a_language_is_asked_for_by_its_code() {
        for (code, lang) in [("en", Lang::En), ("nl", Lang::Nl)] {
            assert_eq!(code.parse::<Lang>().unwrap(), lang);
            assert_eq!(lang.code(), code);
        }
        for other in ["", "de", "NL", "nld"] {
            let error = other.parse::<Lang>().unwrap_err().to_string();
            assert_eq!(error, format!("no language `{other}`; there are `en` and `nl`"));
        }
    }

    #[test]
    fn a_key_has_one_hyphen_for_whatever_is_between_words() {
        let slugs = ["Other offender's role", "first_contact", " a -- b ", "é", "X9"].map(slug);
        assert_eq!(slugs, ["other-offender-s-role", "first_contact", "a-b", "", "x9"]);
    }
}
