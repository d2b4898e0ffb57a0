//! The words of an advertisement, whatever was done to hide them.

use crate::case::IdentifierKind;
use crate::identity::clean::{Region, as_letter, fold, identifier};

/// More words than these say nothing that the first do not.
pub(super) const MOST_WORDS: usize = 2_000;
/// A word with more letters is no word.
const MOST_LETTERS: usize = 200;
/// A telephone number has at least so many digits, and at most twice as many.
const DIGITS: usize = 8;

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
        let folded = fold(&visible(text));
        let mut all: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let cut = all.len() > MOST_WORDS || all.iter().any(|word| word.len() > MOST_LETTERS);
        all.truncate(MOST_WORDS);
        // The text is folded, so that each letter is one byte.
        for word in &mut all {
            *word = &word[..word.len().min(MOST_LETTERS)];
        }
        let mut found = Self { cut, ..Self::default() };
        let mut rest = all.as_slice();
        while let Some(first) = rest.first() {
            let near = rest.iter().take(2 * DIGITS + 1);
            let run = near.take_while(|word| digits_of(word).is_some()).count();
            if let Some((phone, length)) = phone_in(&rest[..run], region) {
                found.phones.push(phone);
                rest = &rest[length..];
            } else {
                found.list.push(as_letters(first));
                rest = &rest[1..];
            }
        }
        found.phones.sort_unstable();
        found.phones.dedup();
        found
    }
}

/// Letters and digits; what has no width joins, all else parts.
fn visible(text: &str) -> String {
    let keep = |c: char| match c {
        // The last two turn a digit into a key, and choose a form of a picture.
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        '\'' | '’' => Some(c),
        c if c.is_alphanumeric() || is_mark(c) => Some(c),
        _ => Some(' '),
    };
    text.chars().filter_map(keep).collect()
}

/// An accent of its own.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The digits that a word stands for: in Dutch, English and German, or a number in which letters take the place of digits.
fn digits_of(word: &str) -> Option<String> {
    let digit = match word {
        "nul" | "zero" | "null" | "oh" | "o" => "0",
        "een" | "one" | "eins" => "1",
        "twee" | "two" | "zwei" => "2",
        "drie" | "three" | "drei" => "3",
        "vier" | "four" => "4",
        "vijf" | "five" | "funf" | "fuenf" => "5",
        "zes" | "six" | "sechs" => "6",
        "zeven" | "seven" | "sieben" => "7",
        "acht" | "eight" => "8",
        "negen" | "nine" | "neun" => "9",
        _ => return as_digits(word),
    };
    Some(digit.into())
}

fn as_digits(word: &str) -> Option<String> {
    let own = word.bytes().filter(u8::is_ascii_digit).count();
    if 2 * own < word.len() || own == 0 || word.len() > 2 * DIGITS {
        return None;
    }
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        'o' | 'q' => Some('0'),
        'i' | 'l' => Some('1'),
        'z' => Some('2'),
        's' => Some('5'),
        'b' => Some('8'),
        _ => None,
    };
    word.chars().map(digit).collect()
}

/// The telephone number at the beginning of a run of digits, and how many words it takes: all of the run, but a number in digits ends where words
/// begin, because `een` is also a word.
fn phone_in(run: &[&str], region: Region) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut found = None;
    let mut in_digits = true;
    for (at, word) in run.iter().enumerate() {
        let is_number = as_digits(word).is_some();
        let own = digits_of(word)?;
        if digits.len() + own.len() > 2 * DIGITS
            || (digits.len() >= DIGITS && in_digits && !is_number)
        {
            break;
        }
        in_digits &= is_number;
        digits.push_str(&own);
        if digits.len() >= DIGITS {
            let phone = identifier(IdentifierKind::Phone, &digits, region);
            found = phone.map(|phone| (phone.key, at + 1)).or(found);
        }
    }
    found
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
        ] {
            assert_eq!(phones(text), plain, "{text}");
        }
        assert_eq!(phones("06 98700142 een nacht"), plain);
        assert_eq!(words("bel 06-98700142 nu"), ["bel", "nu"]);
        assert_eq!(phones("een dame van 19, kamer 20"), Vec::<String>::new());
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
