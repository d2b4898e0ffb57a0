//! Ids, names and numbers that programs and people mistake for another.
//!
//! Each makes a false hub (everybody whose phone is `NULL`) or splits one person in two (`P002`
//! and `P002 `), and so changes the ranking that a court may see.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What programs write where they have nothing to write.
const PLACEHOLDERS: [&str; 16] = [
    "null",
    "none",
    "nan",
    "na",
    "n/a",
    "#n/a",
    "#ref!",
    "#value!",
    "#name?",
    "nil",
    "undefined",
    "-",
    "?",
    "onbekend",
    "unknown",
    "nvt",
];

/// What to do about a text that is easily mistaken; none if it is not.
pub(super) fn trap(text: &str) -> Option<&'static str> {
    if text.is_empty() || is_plainly_an_id(text) {
        return None;
    }
    if text != text.trim() {
        return Some("no blanks at the ends; with them it is another text than without");
    }
    if PLACEHOLDERS.iter().any(|placeholder| text.eq_ignore_ascii_case(placeholder)) {
        return Some("an empty cell where nothing is known; a placeholder ties strangers together");
    }
    if is_scientific(text) {
        return Some("all digits; a spreadsheet has shortened this number, so export it as text");
    }
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control()) {
        return None;
    }
    unicode_trap(text)
}

/// Whether a text is too plain to be mistaken: most ids end in a digit, and no placeholder does.
fn is_plainly_an_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_graphic() && b != b'+';
    text.as_bytes().last().is_some_and(u8::is_ascii_digit) && text.bytes().all(plain)
}

fn unicode_trap(text: &str) -> Option<&'static str> {
    if text.chars().any(crate::error::is_unprintable) {
        return Some("no invisible or control characters; they make equal texts differ");
    }
    if mixes_scripts(text) {
        return Some("letters of one script; a Cyrillic or Greek letter looks like a Latin one");
    }
    if !is_nfc(text) {
        return Some("composed letters (NFC); the same name composed is another text");
    }
    let blank = text.chars().any(|c| c.is_whitespace() && c != ' ');
    blank.then_some("plain blanks; this one looks like a blank and is another character")
}

/// `4.9E+11`: a long number as a spreadsheet shows it.
fn is_scientific(text: &str) -> bool {
    if !text.as_bytes().contains(&b'+') {
        return false;
    }
    let Some((number, power)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let decimal = number.replace(',', ".");
    let (whole, part) = decimal.split_once('.').unwrap_or((&decimal, "0"));
    power.strip_prefix('+').is_some_and(digits) && digits(whole) && digits(part)
}

fn mixes_scripts(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let latin = word.chars().any(|c| c.is_alphabetic() && (c as u32) < 0x250);
        latin && word.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}' | '\u{ff00}'..='\u{ff5e}'))
    })
}

/// Whether `text` is its own [`look`]: small letters, digits and signs, without a blank at an end or two in a row.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase())
}

/// What `text` comes to when all that is easily mistaken is taken away: two ids with one key look alike.
pub(super) fn look(text: &str) -> String {
    if text.is_ascii() {
        let shown: String = text.chars().filter(|c| !c.is_ascii_control()).collect();
        let words: Vec<&str> = shown.split_ascii_whitespace().collect();
        return words.join(" ").to_ascii_lowercase();
    }
    let plain = text.nfkc().filter(|&c| !crate::error::is_unprintable(c)).map(latin_twin);
    let folded: String = plain.flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters of other scripts, each before the Latin one it looks like.
const TWINS: &str =
    "аaеeоoрpсcуyхxіiјjѕsԁdһhАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv";

/// The Latin letter that a Cyrillic or Greek one looks like.
fn latin_twin(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let mut twins = TWINS.chars();
    while let (Some(other), Some(latin)) = (twins.next(), twins.next()) {
        if other == c {
            return latin;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_easily_mistaken_is_named() {
        for text in [
            "NULL",
            "null",
            "#N/A",
            "nan",
            "4.9E+11",
            "4,91512E+11",
            "P002 ",
            "\u{a0}P2",
            "Рeter",
            "Jose\u{301}",
            "P\u{200b}2",
            "a\u{a0}b",
            "onbekend",
        ] {
            assert!(trap(text).is_some(), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_is_left_alone() {
        for text in ["", "p17", "José", "Пётр", "O'Neill", "van der Berg", "1e5", "E12", "Naná"]
        {
            assert_eq!(trap(text), None, "{text:?}");
        }
    }

    #[test]
    fn texts_that_look_alike_have_one_key() {
        assert_eq!(look("P002 "), look("p002"));
        assert_eq!(look("Jose\u{301}"), look("José"));
        assert_eq!(look("Рeter"), look("Peter"));
        assert_ne!(look("p1"), look("pl"));
    }
}
