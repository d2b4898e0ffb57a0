//! Numbers and dates in words.

use crate::output::percent::percent;
use crate::output::words::Words;

/// The words for probabilities and the whole percents that they stand for: the yardstick of British police and
/// intelligence, with its gaps closed.
pub(super) const YARDSTICK: [(&str, u8, u8); 7] = [
    ("likelihood-almost-certain", 93, 100),
    ("likelihood-highly-likely", 78, 92),
    ("likelihood-likely", 53, 77),
    ("likelihood-realistic", 38, 52),
    ("likelihood-unlikely", 23, 37),
    ("likelihood-highly-unlikely", 8, 22),
    ("likelihood-remote", 0, 7),
];

/// The word for a probability.
pub(super) fn likelihood(probability: f64, words: &Words) -> String {
    let fits = |one: &&(&str, u8, u8)| 100.0 * probability >= f64::from(one.1) - 0.5;
    let found = YARDSTICK.iter().find(fits).or(YARDSTICK.last());
    found.map_or_else(String::new, |one| words.say(one.0))
}

/// `almost certain (97%)`.
pub(super) fn chance(probability: f64, words: &Words) -> String {
    format!("{} ({})", likelihood(probability, words), percent(probability))
}

/// `from to until`, or the one day, or what is known of them; a dash where nothing is.
pub(super) fn span(start: Option<&str>, end: Option<&str>, words: &Words) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start == end => start.into(),
        (Some(start), Some(end)) => {
            words.with("span-both", &[("from", start.into()), ("to", end.into())])
        }
        (Some(start), None) => words.with("span-from", &[("from", start.into())]),
        (None, Some(end)) => words.with("span-until", &[("to", end.into())]),
        (None, None) => "–".into(),
    }
}

/// `2% to 9%`.
pub(super) fn between(low: String, high: String, words: &Words) -> String {
    words.with("between", &[("low", low.into()), ("high", high.into())])
}

/// An interval of shares.
pub(super) fn percents([low, high]: [f64; 2], words: &Words) -> String {
    between(percent(low), percent(high), words)
}

/// A share and its interval, or dashes.
pub(super) fn share_of(
    share: Option<f64>,
    interval: Option<[f64; 2]>,
    words: &Words,
) -> (String, String) {
    let interval = interval.map(|ends| percents(ends, words));
    (or_dash(share.map(percent)), or_dash(interval))
}

/// What is there, or a dash.
pub(super) fn or_dash(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| "–".into())
}

/// All of them in a row, or a dash where there is none.
pub(super) fn listed(items: impl IntoIterator<Item = String>) -> String {
    or_dash(Some(items.into_iter().collect::<Vec<_>>().join(", ")))
}

/// The first `most` of `items`, and how many more there are.
pub(super) fn some_of(items: &[String], most: usize, words: &Words) -> String {
    let shown = items.iter().take(most).cloned();
    let more = items.len().saturating_sub(most);
    let rest = (more > 0).then(|| words.with("and-more", &[("count", more.into())]));
    shown.chain(rest).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{ChannelClass, Code, Role, Setting};
    use crate::finding::EvidenceClass;
    use crate::output::words::Lang;

    #[test]
    fn every_code_has_a_word_in_both_languages() {
        let codes = |all: &[&'static str], list: &str| {
            let keys: Vec<String> = all.iter().map(|code| format!("{list}-{code}")).collect();
            for lang in [Lang::En, Lang::Nl] {
                let words = Words::of(lang);
                assert!(keys.iter().all(|key| words.try_with(key, &[]).is_some()), "{keys:?}");
            }
        };
        codes(&Role::ALL.iter().map(|one| one.0).collect::<Vec<_>>(), "role");
        codes(&ChannelClass::ALL.iter().map(|one| one.0).collect::<Vec<_>>(), "group");
        codes(&Setting::ALL.iter().map(|one| one.0).collect::<Vec<_>>(), "group");
        let dutch = Words::of(Lang::Nl);
        let class = |one: &EvidenceClass| dutch.term("class", one.name()) != one.name();
        assert!(EvidenceClass::ALL.iter().all(class));
    }

    #[test]
    fn the_yardstick_has_no_gaps() {
        let english = |probability| chance(probability, &Words::of(Lang::En));
        assert_eq!(english(0.97), "almost certain (97%)");
        assert_eq!(english(0.45), "a realistic possibility (45%)");
        assert_eq!(english(0.0), "a remote chance (0%)");
        assert_eq!(chance(0.6, &Words::of(Lang::Nl)), "waarschijnlijk (60%)");
    }

    #[test]
    fn a_span_says_what_is_known() {
        let (start, end) = (Some("2019-03-02"), Some("2019-03-09"));
        let words = Words::of(Lang::En);
        assert_eq!(span(start, None, &words), "from 2019-03-02");
        assert_eq!(span(start, start, &words), "2019-03-02");
        assert_eq!(span(start, end, &Words::of(Lang::Nl)), "2019-03-02 t/m 2019-03-09");
    }

    #[test]
    fn each_word_for_a_chance_begins_at_its_whole_percent() {
        let words = Words::of(Lang::En);
        for (from, above, below) in [
            (0.925, "almost certain", "highly likely"),
            (0.775, "highly likely", "likely"),
            (0.525, "likely", "a realistic possibility"),
            (0.375, "a realistic possibility", "unlikely"),
            (0.225, "unlikely", "highly unlikely"),
            (0.075, "highly unlikely", "a remote chance"),
        ] {
            assert_eq!(likelihood(from + 0.001, &words), above);
            assert_eq!(likelihood(from - 0.001, &words), below);
        }
    }

    #[test]
    fn what_is_not_there_is_a_dash() {
        let words = Words::of(Lang::En);
        let both = share_of(Some(0.5), Some([0.25, 0.75]), &words);
        assert_eq!(both, ("50%".into(), "25% to 75%".into()));
        assert_eq!(share_of(None, None, &words), ("–".into(), "–".into()));
        assert_eq!(
            [Some("a"), Some(""), None].map(|text| or_dash(text.map(str::to_owned))),
            ["a", "–", "–"]
        );
        assert_eq!(listed(["a".into(), "b".into()]), "a, b");
        assert_eq!(listed([]), "–");
        assert_eq!(span(None, None, &words), "–");
        assert_eq!(span(None, Some("2019"), &words), "until 2019");
    }

    #[test]
    fn of_many_the_first_are_named_and_the_others_counted() {
        let items = ["a", "b", "c"].map(str::to_owned);
        let words = Words::of(Lang::En);
        assert_eq!(some_of(&items, 3, &words), "a, b, c");
        assert_eq!(some_of(&items, 2, &words), "a, b, and 1 more");
        assert_eq!(some_of(&[], 2, &words), "");
    }
}
