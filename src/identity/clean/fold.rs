use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;

/// The matching key of a text: small ASCII letters and digits, words parted by one blank.
///
/// Compatibility forms are unified (NFKC), then each character is written in Latin letters by `any_ascii`. An apostrophe joins
/// what it stands in (`O'Neill` is `oneill`); any other sign parts words (`Anne-Marie` is `anne marie`). Each Han character is a word,
/// because its syllables would run together otherwise. Folding twice is folding once. The key loses
/// what people care about in their names: match with it, never show it.
///
/// - **Cost**: O(length); one allocation.
///
/// # Examples
///
/// ```
/// use kluwen::identity::clean::fold;
///
/// assert_eq!(fold("  Zoë-Ann  O’Neill "), "zoe ann oneill");
/// assert_eq!(fold("Юлия"), "yuliya");
/// assert_eq!(fold("李小龍"), "li xiao long");
/// ```
///
/// Source: Unicode Standard Annex 15 for NFKC; the transliteration is the one of <https://anyascii.com>.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // NFKC takes the acute accent, which people use as an apostrophe, for a blank.
    let letters = text.chars().filter(|&c| !is_apostrophe(c));
    if text.is_ascii() {
        letters.for_each(|c| take_ascii(&mut folded, c));
    } else {
        letters.nfkc().for_each(|c| take(&mut folded, c));
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn take(folded: &mut String, c: char) {
    if is_han(c) {
        part(folded);
    }
    any_ascii_char(c).chars().for_each(|ascii| take_ascii(folded, ascii));
    if is_han(c) {
        part(folded);
    }
}

fn take_ascii(folded: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        folded.push(c.to_ascii_lowercase());
    } else if !is_apostrophe(c) {
        part(folded);
    }
}

/// Ends the word that is being written.
fn part(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Signs that stand within a word, and letters for a stop of the breath that transliterate to one.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{b4}' | '‘' | '’' | '‛' | '′' | '\u{2b9}'..='\u{2bf}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writings_of_one_name_have_one_key() {
        for (text, key) in [
            ("O'Neill", "oneill"),
            ("O´Neill", "oneill"),
            ("Anne-Marie", "anne marie"),
            ("Zoe\u{308}", "zoe"),
            ("ＡＢＣ １２", "abc 12"),
            ("Straße", "strasse"),
            ("Yıldız İnce", "yildiz ince"),
            ("Łukasz Świątek", "lukasz swiatek"),
            ("Игорь", "igor"),
            ("Ștefan Țîru", "stefan tiru"),
            ("Őri Zsófia", "ori zsofia"),
            ("  a  .. b ", "a b"),
            ("?!", ""),
            ("李小龍", "li xiao long"),
            ("A李b", "a li b"),
            ("naïve1", "naive1"),
            ("", ""),
        ] {
            assert_eq!(fold(text), key, "{text}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_key_is_plain_words(text in any::<String>()) {
            let key = fold(&text);
            prop_assert!(key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' '));
            prop_assert!(!key.contains("  ") && key.trim() == key);
        }
    }
}
