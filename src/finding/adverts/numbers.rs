//! Telephone numbers, in digits and in words.

use crate::case::IdentifierKind;
use crate::identity::clean::{Region, identifier};

/// A telephone number has at least so many digits, and at most twice as many.
pub(super) const DIGITS: usize = 8;
/// What a plus before a digit is made, because folding takes signs away.
pub(super) const PLUS: &str = "plus";

/// Words for digits in Dutch, English and German.
const UNITS: [&[&str]; 10] = [
    &["nul", "zero", "null", "oh", "o"],
    &["een", "one", "eins", "ein"],
    &["twee", "two", "zwei"],
    &["drie", "three", "drei"],
    &["vier", "four"],
    &["vijf", "five", "funf", "fuenf"],
    &["zes", "six", "sechs"],
    &["zeven", "seven", "sieben"],
    &["acht", "eight"],
    &["negen", "nine", "neun"],
];
/// Words for ten and what follows it.
const TEENS: [&[&str]; 10] = [
    &["tien", "ten", "zehn"],
    &["elf", "eleven"],
    &["twaalf", "twelve", "zwolf", "zwoelf"],
    &["dertien", "thirteen", "dreizehn"],
    &["veertien", "fourteen", "vierzehn"],
    &["vijftien", "fifteen", "funfzehn", "fuenfzehn"],
    &["zestien", "sixteen", "sechzehn"],
    &["zeventien", "seventeen", "siebzehn"],
    &["achttien", "eighteen", "achtzehn"],
    &["negentien", "nineteen", "neunzehn"],
];
/// Words for tens, from twenty on.
const TENS: [&[&str]; 8] = [
    &["twintig", "twenty", "zwanzig"],
    &["dertig", "thirty", "dreissig"],
    &["veertig", "forty", "fourty", "vierzig"],
    &["vijftig", "fifty", "funfzig", "fuenfzig"],
    &["zestig", "sixty", "sechzig"],
    &["zeventig", "seventy", "siebzig"],
    &["tachtig", "eighty", "achtzig"],
    &["negentig", "ninety", "neunzig"],
];

/// The telephone number at the beginning of some words, as a key, and how many words it takes.
///
/// It is one that the region dials so, the longest; or digits that begin with 0, as at home in most countries, all that stand there. Other
/// digits are ages, prices and days. A number in digits ends where words begin, because `een` is also a word.
pub(super) fn phone_in(words: &[&str], region: Region) -> Option<(String, usize)> {
    let plus = usize::from(words.first() == Some(&PLUS));
    let mut dialled = String::from(if plus == 1 { "+" } else { "" });
    let mut in_digits = true;
    let (mut at, mut found) = (plus, None);
    while let Some((digits, taken)) = digits_at(&words[at..]) {
        let is_number = as_digits(words[at]).is_some();
        let long = dialled.len() >= DIGITS + plus;
        if dialled.len() + digits.len() > 2 * DIGITS + plus || (long && in_digits && !is_number) {
            break;
        }
        in_digits &= is_number;
        dialled.push_str(&digits);
        at += taken;
        let is_whole = at == plus + 1 && region.has_number(&dialled);
        if dialled.len() >= DIGITS + plus && (is_whole || region.dials(&dialled)) {
            found = Some((dialled.clone(), at));
        }
    }
    let of_elsewhere = || is_dialled_elsewhere(&dialled).then(|| (dialled.clone(), at));
    let (number, taken) = found.or_else(of_elsewhere)?;
    Some((identifier(IdentifierKind::Phone, &number, region)?.key, taken))
}

/// Digits as most countries dial their own numbers.
fn is_dialled_elsewhere(digits: &str) -> bool {
    let rest = digits.strip_prefix('0').filter(|rest| !rest.starts_with('0'));
    rest.is_some_and(|rest| (DIGITS..2 * DIGITS - 3).contains(&rest.len()))
}

/// The digits that stand at the beginning of some words, and how many words they take: `98`, `o6`, `zes`, `achtennegentig`, `ninety
/// eight`, `double zero`.
fn digits_at(words: &[&str]) -> Option<(String, usize)> {
    let word = *words.first()?;
    let next = || words.get(1).and_then(|next| unit(next).or_else(|| one_digit(next)));
    let times = match word {
        "double" | "dubbel" | "dubbele" | "doppel" | "doppelt" => 2,
        "triple" | "driedubbel" | "dreifach" => 3,
        _ => 0,
    };
    if times > 0 {
        return Some((next()?.to_string().repeat(times), 2));
    }
    if let Some(tens) = place(&TENS, word).map(|tens| tens + 2) {
        // `ninety eight` is 98, and `negentig acht` is 90 8.
        let english = TENS[tens - 2][1..].contains(&word) && !word.ends_with("zig");
        let below = words.get(1).and_then(|next| unit(next)).filter(|&below| english && below > 0);
        let (below, taken) = below.map_or((0, 1), |below| (below, 2));
        return Some((format!("{tens}{below}"), taken));
    }
    let digits = unit(word)
        .map(|unit| unit.to_string())
        .or_else(|| Some(format!("1{}", place(&TEENS, word)?)))
        .or_else(|| compound(word))
        .or_else(|| as_digits(word))?;
    Some((digits, 1))
}

fn place(table: &[&[&str]], word: &str) -> Option<usize> {
    table.iter().position(|words| words.contains(&word))
}

fn unit(word: &str) -> Option<usize> {
    place(&UNITS, word)
}

fn one_digit(word: &str) -> Option<usize> {
    if word.len() == 1 { as_digits(word)?.parse().ok() } else { None }
}

/// `achtennegentig`, `achtundneunzig`.
fn compound(word: &str) -> Option<String> {
    ["en", "und"].iter().find_map(|and| {
        let parts = word.match_indices(and).map(|(at, _)| (&word[..at], &word[at + and.len()..]));
        let number = |(below, tens): (&str, &str)| {
            let below = unit(below).filter(|&below| below > 0)?;
            Some(format!("{}{below}", place(&TENS, tens)? + 2))
        };
        parts.into_iter().find_map(number)
    })
}

/// A number in which letters may take the place of digits.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_in_words_of_three_languages() {
        for (text, digits, taken) in [
            ("zes", "6", 1),
            ("o6", "06", 1),
            ("achtennegentig", "98", 1),
            ("tweeenveertig", "42", 1),
            ("achtundneunzig", "98", 1),
            ("ninety eight", "98", 2),
            ("negentig acht", "90", 1),
            ("neunzig acht", "90", 1),
            ("zeventig", "70", 1),
            ("elf", "11", 1),
            ("double zero", "00", 2),
            ("dubbel nul", "00", 2),
            ("triple 7", "777", 2),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(digits_at(&words), Some((digits.to_owned(), taken)), "{text}");
        }
        for text in ["dame", "double", "double dame", "eenennegen", "menen", "nulennegentig"] {
            assert_eq!(digits_at(&text.split(' ').collect::<Vec<_>>()), None, "{text}");
        }
    }
    fn found(text: &str) -> Option<(String, usize)> {
        phone_in(&text.split(' ').collect::<Vec<_>>(), Region::default())
    }

    #[test]
    fn a_number_is_the_longest_that_the_region_dials_so() {
        for (text, key, taken) in [
            ("0698700142", "31698700142", 1),
            ("06 98 70 01 42", "31698700142", 5),
            ("06 98 70 01 42 19", "31698700142", 5),
            ("0698700142 een", "31698700142", 1),
            ("nul zes negen acht zeven nul nul een vier twee een", "31698700142", 10),
            ("plus 31 6 98700142", "31698700142", 4),
            ("plus 31698700142", "31698700142", 2),
            ("0031 698700142", "31698700142", 2),
            ("698700142", "31698700142", 1),
            ("31698700142", "31698700142", 1),
            // A country whose habits are not known has eight digits at least.
            ("plus 67512349", "67512349", 2),
        ] {
            assert_eq!(found(text), Some((key.to_owned(), taken)), "{text}");
        }
        for text in
            ["698 700142", "plus 6751234", "plus", "19", "een dame", "0698700", "1698700142"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn what_begins_with_a_zero_is_dialled_elsewhere() {
        // Behind the zero eight digits to twelve.
        for digits in ["025701429", "0257014293618"] {
            assert!(is_dialled_elsewhere(digits), "{digits}");
        }
        for digits in ["02570142", "02570142936184", "0025701429", "257014293", "", "0"] {
            assert!(!is_dialled_elsewhere(digits), "{digits}");
        }
        assert_eq!(found("025701 429361"), Some(("025701429361".to_owned(), 2)));
    }

    #[test]
    fn letters_take_the_place_of_digits_in_what_is_mostly_digits() {
        for (word, digits) in
            [("o6", "06"), ("9b7o", "9870"), ("1q2lz55s", "10212555"), ("i0", "10")]
        {
            assert_eq!(as_digits(word).as_deref(), Some(digits), "{word}");
        }
        for word in ["o", "oo6", "1a", "", "12345678901234567"] {
            assert_eq!(as_digits(word), None, "{word}");
        }
        assert_eq!(as_digits("1234567890123456").as_deref(), Some("1234567890123456"));
    }
}
