//! The words of an advertisement, whatever was done to hide them.

use super::measures::is_measure;
use super::numbers::{PLUS, phone_in};
use crate::identity::clean::{Region, as_letter, fold};

/// More words than these say nothing that the first do not.
pub(super) const MOST_WORDS: usize = 2_000;
/// A word with more letters is no word.
const MOST_LETTERS: usize = 200;

/// What a text comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Its words, in order, without telephone numbers.
    pub(super) list: Vec<String>,
    /// The telephone numbers in it, as keys.
    pub(super) phones: Vec<String>,
    /// Whether it was longer than what is read of it.
    pub(super) cut: bool,
}

impl Words {
    /// Small Latin letters; signs and pictures part words, signs without width are nothing; digits within a word are the letters that they
    /// look like; a row of digits or of words for digits is a telephone number.
    pub(super) fn of(text: &str, region: Region) -> Self {
        let mut found = Self::default();
        for (part, is_measure) in parts(&visible(text)) {
            let folded = fold(&part);
            let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
            found.cut |= found.list.len() + words.len() > MOST_WORDS;
            found.cut |= words.iter().any(|word| word.len() > MOST_LETTERS);
            words.truncate(MOST_WORDS - found.list.len());
            // The text is folded, so that each letter is one byte.
            for word in &mut words {
                *word = &word[..word.len().min(MOST_LETTERS)];
            }
            found.take(&words, region, is_measure);
        }
        found.phones.sort_unstable();
        found.phones.dedup();
        found
    }

    fn take(&mut self, words: &[&str], region: Region, is_measure: bool) {
        let mut rest = words;
        while let Some(first) = rest.first() {
            let phone = if is_measure { None } else { phone_in(rest, region) };
            if let Some((phone, length)) = phone {
                self.phones.push(phone);
                rest = &rest[length..];
            } else {
                self.list.push(as_letters(first));
                rest = &rest[1..];
            }
        }
    }
}

/// The text in pieces, each with whether it is a price, a time or another measure.
fn parts(text: &str) -> Vec<(String, bool)> {
    let mut parts: Vec<(String, bool)> = Vec::new();
    for chunk in text.split_whitespace() {
        let measure = is_measure(chunk);
        match parts.last_mut() {
            Some((part, false)) if !measure => {
                part.push(' ');
                part.push_str(chunk);
            }
            _ => parts.push((chunk.to_owned(), measure)),
        }
    }
    parts
}

/// The text without what has no width, and with a word for each plus before a digit.
fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars().filter_map(seen_as) {
        if seen.ends_with('+') && c.is_numeric() {
            seen.pop();
            seen.extend([" ", PLUS, " "]);
        }
        seen.push(c);
    }
    seen
}

/// A sign as it is seen, if it is; pictures part words.
fn seen_as(c: char) -> Option<char> {
    match c {
        // The last two turn a digit into a key, and choose a form of a picture.
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        c if c.is_alphanumeric() || is_mark(c) || SIGNS.contains(c) => Some(c),
        _ => Some(' '),
    }
}

/// Signs that tell a measure from a number, and those that stand within a word.
const SIGNS: &str = "'’+-–.,:;=/€$£()!?";

/// An accent of its own.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A word in which digits are the letters that they look like; a number stays one.
fn as_letters(word: &str) -> String {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters == 0 || 2 * letters < word.len() {
        return word.into();
    }
    word.chars().map(as_letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::of(text, Region::default()).list
    }

    fn phones(text: &str) -> Vec<String> {
        Words::of(text, Region::default()).phones
    }

    #[test]
    fn what_hides_a_word_is_taken_off() {
        assert_eq!(words("L13VE  d@me!"), words("lieve d me"));
        assert_eq!(words("ｌｉｅｖｅ d\u{200b}ame 💋"), ["lieve", "dame"]);
        assert_eq!(words("Zoë, 19"), ["zoe", "19"]);
        assert_eq!(words(" … "), Vec::<String>::new());
    }

    #[test]
    fn numbers_are_found_in_whatever_writing() {
        let plain = phones("bel 06-98700142");
        assert_eq!(plain.len(), 1);
        for text in [
            "bel nul zes negen acht zeven nul nul een vier twee",
            "o6 987 00 142 bel",
            "0️⃣6️⃣9️⃣8️⃣7️⃣0️⃣0️⃣1️⃣4️⃣2️⃣",
            "⓪⑥⑨⑧⑦⓪⓪①④②",
            "zero 6 9 eight 7 0 0 one 4 2",
            "bel +31 (0)6 9870 0142 nu",
            "app 0031 (0)6 98700142",
            "plus drie een zes negen acht zeven nul nul een vier twee",
            "31 (0)6-98700142",
            "nul zes achtennegentig zeventig nul een tweeënveertig",
            "zero six ninety eight seven double zero one forty two",
            "06 98 7 dubbel nul 1 42",
            "06.98.70.01.42",
            "(06) 98 70 01 42 12:00-23:00 150,-",
            "698700142",
            "19 jaar 06 98700142 19",
        ] {
            assert_eq!(phones(text), plain, "{text}");
        }
        assert_eq!(phones("06 98700142 een nacht"), plain);
        assert_eq!(words("bel 06-98700142 nu"), ["bel", "nu"]);
    }

    #[test]
    fn prices_times_days_and_measures_are_no_numbers() {
        for text in [
            "een dame van 19, kamer 20",
            "90-60-90 1.70",
            "12:00 23:00",
            "09:00-23:00 1.70 55 kg",
            "150,- 200,- 300,-",
            "100 150 200",
            "€100 €150 €200",
            "26-11-2026 05-12-2026",
            "20 11 2026 12 30",
            "maat 36 75 b 170 55 19",
        ] {
            assert_eq!(phones(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(words("12:00-23:00 150,-"), ["12", "00", "23", "00", "150"]);
    }

    #[test]
    fn a_text_of_ten_megabytes_is_cut() {
        let long = "woord ".repeat(2_000_000);
        let found = Words::of(&long, Region::default());
        assert!(found.cut && found.list.len() == MOST_WORDS);
    }

    #[test]
    fn a_word_without_end_and_digits_without_end_are_read_in_linear_time() {
        let long = Words::of(&"a".repeat(1_000_000), Region::default());
        assert!(long.cut && long.list[0].len() == MOST_LETTERS);
        let digits = Words::of(&"1 ".repeat(500_000), Region::default());
        assert!(digits.cut);
    }

    #[test]
    fn making_words_twice_is_making_them_once() {
        for text in ["L13VE dame 06 98700142", "Ça va, mój 4nna?", "een 1 tw33 0ranje"] {
            let once = words(text);
            assert_eq!(words(&once.join(" ")), once, "{text}");
        }
    }
}
