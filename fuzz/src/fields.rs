//! One field: dates, names, identifiers.

use kluwen::case::{Code, IdentifierKind, When};
use kluwen::identity::clean::{
    Name, Region, Token, birth_likeness, fold, identifier, likeness, sound,
};

/// A date is refused, or an interval that reads back as the same days from what is written of it.
pub(crate) fn dates(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut known = Vec::new();
    for text in text.split('\n') {
        match When::parse(text) {
            Ok(when) => {
                let written = when.written();
                assert_eq!(When::parse(&written), Ok(when), "{text:?} is written {written:?}");
                if let (Some(first), Some(last)) = (when.earliest(), when.latest()) {
                    assert!(first <= last, "{text:?}");
                    assert!(when.middle().is_some_and(|day| first <= day && day <= last));
                }
                assert_eq!(when.is_known(), when.why_missing().is_none());
                assert!(!when.to_string().is_empty() || !when.is_known());
                known.push(when);
            }
            Err(bad) => assert!(!bad.to_string().is_empty()),
        }
    }
    for pair in known.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        assert_eq!(a.overlaps(b), b.overlaps(a));
        assert!(!(a.is_before(b) && b.is_before(a)));
        assert!(!(a.is_before(b) && a.overlaps(b)));
        assert_eq!(birth_likeness(a, b), birth_likeness(b, a));
    }
}

/// Folding twice is folding once; how alike two words are does not depend on their order, and a word is the same as itself.
pub(crate) fn names(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut tokens = Vec::new();
    for line in text.split('\n').take(4) {
        let folded = fold(line);
        assert_eq!(fold(&folded), folded, "{line:?}");
        assert!(folded.is_ascii(), "{line:?} is {folded:?}");
        let name = Name::parse(line);
        assert_eq!(name, Name::parse(line));
        let Name { given, family, particles, nick, single } = name;
        for word in given.iter().chain(&family).chain(&particles).chain(&nick) {
            assert!(!word.is_empty() && !word.contains(' '), "{line:?} has the word {word:?}");
        }
        for word in given.iter().chain(&family).chain(&nick).chain(&single) {
            assert!(!word.is_empty());
            let _ = sound(word);
            tokens.push(Token::new(word));
        }
    }
    tokens.truncate(8);
    for a in &tokens {
        for b in &tokens {
            assert_eq!(likeness(a, b), likeness(b, a), "{:?} and {:?}", a.text(), b.text());
        }
        assert_eq!(likeness(a, a), kluwen::identity::clean::Likeness::Same);
    }
}

/// An identifier is none, or has a key with a letter or digit that blanks around it do not change; where a key is of letters and digits
/// alone, it is its own key.
pub(crate) fn identifiers(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let all = IdentifierKind::ALL;
    let kind = all[usize::from(first) % all.len()].1;
    let found = identifier(kind, text, Region::default());
    assert_eq!(found, identifier(kind, &format!(" {text}\t"), Region::default()));
    let Some(found) = found else { return };
    assert!(found.key.chars().any(char::is_alphanumeric), "{kind:?} {text:?}");
    let again =
        matches!(kind, IdentifierKind::Iban | IdentifierKind::Vehicle | IdentifierKind::Document);
    if again {
        let key = identifier(kind, &found.key, Region::default()).map(|found| found.key);
        assert_eq!(key.as_ref(), Some(&found.key), "{kind:?} {text:?}");
    }
}
