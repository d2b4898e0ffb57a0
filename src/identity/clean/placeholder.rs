//! Texts that stand where a value should, and say nothing.

/// Words for somebody whose name nobody knows, folded; numbers and single letters beside them only count such people.
const NOBODY: &[&str] = &[
    "nn",
    "nno",
    "unknown",
    "unnamed",
    "unidentified",
    "anonymous",
    "name",
    "man",
    "woman",
    "male",
    "female",
    "boy",
    "girl",
    "person",
    "suspect",
    "victim",
    "witness",
    "client",
    "customer",
    "offender",
    "onbekend",
    "onbekende",
    "anoniem",
    "anonieme",
    "naam",
    "bekend",
    "niet",
    "vrouw",
    "jongen",
    "meisje",
    "persoon",
    "verdachte",
    "slachtoffer",
    "getuige",
    "klant",
    "dader",
    "geen",
    "nvt",
    "no",
    "not",
    "none",
    "null",
    "na",
    "unbekannt",
    "inconnu",
    "inconnue",
    "neizvestno",
    "neizvestnyy",
    "nieznany",
    "necunoscut",
    "necunoscuta",
    "ismeretlen",
    "bilinmiyor",
    "bilinmeyen",
    "isimsiz",
    "majhul",
];

/// Abbreviations and stand-ins that count only as a whole.
const WHOLES: &[&str] = &["n n", "n a", "n v t", "n o", "john doe", "jane doe", "x", "xx", "xxx"];

/// Whether a folded name names nobody: `onbekend`, `nn`, `vrouw 2`, `unknown male`, or nothing at all.
pub(super) fn names_nobody(folded: &str) -> bool {
    let words = || folded.split(' ').filter(|word| !word.is_empty());
    let counts = |word: &str| word.len() == 1 || word.bytes().all(|b| b.is_ascii_digit());
    let only_digits = words().all(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let says_so = words().any(|word| NOBODY.contains(&word));
    only_digits
        || WHOLES.contains(&folded)
        || (says_so && words().all(|word| NOBODY.contains(&word) || counts(word)))
}

/// Whether a value only fills its cell: it is shorter than `shortest`, or has no letters and digits, or one of them again and again.
pub(super) fn is_filler(value: &str, shortest: usize) -> bool {
    let mut signs = value.chars().filter(|c| c.is_alphanumeric());
    let first = signs.next();
    value.chars().count() < shortest || signs.all(|sign| Some(sign) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named_by_a_placeholder() {
        for text in [
            "",
            "nn",
            "n n",
            "onbekend",
            "vrouw 22",
            "man a",
            "unknown male 3",
            "john doe",
            "7",
            "7 12",
        ] {
            assert!(names_nobody(text), "{text}");
        }
    }

    #[test]
    fn a_value_without_letters_or_of_one_alone_fills_its_cell() {
        for value in ["-@-.-", "x@x.xx", "----------", "0000-0000", "a@b"] {
            assert!(is_filler(value, 5), "{value}");
        }
        assert!(!is_filler("a@b.nl", 5));
    }

    #[test]
    fn a_name_with_such_a_word_in_it_is_a_name() {
        for text in
            ["jan man", "boy kuiper", "na li", "j", "appie", "man ab", "man a1", "j p", "7 jan"]
        {
            assert!(!names_nobody(text), "{text}");
        }
    }

    #[test]
    fn fillers_are_short_or_of_one_sign() {
        assert!(is_filler("", 1) && is_filler("abc", 4) && is_filler("00000", 4));
        assert!(!is_filler("0001", 4) && !is_filler("abc", 3));
    }
}
