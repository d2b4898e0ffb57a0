use super::packed::Letters;
use super::root::{Reading, is_vowel, root};

/// How a folded word sounds: a key to block by, equal for most writings of one name; 0 if it has no letters.
///
/// The consonants of the word in classes that no transliteration mixes up (`b p`, `d t`, `g k`, `f v`, `s z c`, then `m`, `n`, `l`,
/// `r`), after the same normalisation as for variants; the first letter stays even where it is a vowel or an `h`.
/// Made for recall: `marina` and `moreno` share a key, and [`likeness`](super::likeness()) tells them apart.
///
/// - **Shape**: up to 12 consonants, 5 bits each.
/// - **Cost**: O(length), no allocation.
///
/// # Examples
///
/// ```
/// use kluwen::identity::clean::sound;
///
/// assert_eq!(sound("muhammad"), sound("mehmet"));
/// assert_eq!(sound("yusuf"), sound("joesoef"));
/// assert_ne!(sound("yusuf"), sound("jasmin"));
/// ```
///
/// Source: the idea of Soundex and of the Kölner Phonetik (Postel 1969), classes of its own for names from many languages.
#[must_use]
pub fn sound(folded: &str) -> u64 {
    skeleton(&root(Letters::of(folded).as_bytes(), Reading::Soft))
}

/// The consonants of a root, the first letter whatever it is.
pub(super) fn skeleton(root: &Letters) -> u64 {
    let classes = root.as_bytes().iter().enumerate().map(|(at, &letter)| match class(letter) {
        b'h' | b'a' | b'u' if at > 0 => b' ',
        b'u' => b'a',
        class => class,
    });
    pack(classes)
}

/// The sound of a root with its vowels, which are light (`a e i`) or dark (`o u`).
pub(super) fn voiced(root: &Letters) -> u64 {
    pack(root.as_bytes().iter().map(|&letter| class(letter)))
}

fn class(letter: u8) -> u8 {
    match letter {
        b'b' | b'p' => b'p',
        b'd' | b't' => b't',
        b'g' | b'k' => b'k',
        b'f' | b'v' => b'f',
        b's' | b'z' | b'c' => b's',
        b'o' | b'u' => b'u',
        _ if is_vowel(letter) => b'a',
        _ if letter.is_ascii_lowercase() => letter,
        _ => b' ',
    }
}

/// Classes in one number, runs of one class once, blanks left out.
fn pack(classes: impl Iterator<Item = u8>) -> u64 {
    let mut last = b' ';
    let mut packed = 0_u64;
    for class in classes {
        if class != last && class != b' ' && packed >> 55 == 0 {
            packed = (packed << 5) + u64::from(class - b'a' + 1);
        }
        last = class;
    }
    packed
}

/// How many classes a packed sound has.
pub(super) fn classes_in(packed: u64) -> u32 {
    (64 - packed.leading_zeros()).div_ceil(5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writings_of_one_name_share_a_key() {
        for (a, b) in [
            ("mohammed", "mehmet"),
            ("schmidt", "smit"),
            ("petrov", "petroff"),
            ("yilmaz", "jilmas"),
            ("nagy", "nagi"),
            ("ionescu", "jonesku"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
    }

    #[test]
    fn names_with_other_consonants_do_not() {
        for (a, b) in
            [("jansen", "pietersen"), ("anna", "hanna"), ("mina", "lina"), ("ali", "amir")]
        {
            assert_ne!(sound(a), sound(b), "{a} {b}");
        }
    }

    #[test]
    fn classes_are_counted() {
        for (word, classes) in [("", 0), ("o", 1), ("jan", 2), ("jansen", 4), ("123", 0)] {
            assert_eq!(classes_in(sound(word)), classes, "{word}");
        }
        assert_eq!(classes_in(sound(&"bamari".repeat(9))), 12);
    }

    proptest! {
        #[test]
        fn any_text_has_a_key(text in any::<String>()) {
            prop_assert!(classes_in(sound(&text)) <= 12);
        }
    }

    #[test]
    fn sounds_are_classes_of_five_bits() {
        // The place of each class in the alphabet: t is 20, n 14, a 1, m 13, u 21, p 16, k 11, f 6, s 19, l 12, r 18, h 8.
        for (word, classes) in [
            ("dan", &[20, 14][..]),
            ("anna", &[1, 14]),
            ("uma", &[1, 13]),
            ("ohm", &[1, 13]),
            ("hanna", &[8, 14]),
            ("dad", &[20, 20]),
            ("bip", &[16, 16]),
            ("gok", &[11, 11]),
            ("fuva", &[6, 6]),
            ("sazer", &[19, 19, 18]),
            ("lotte", &[12, 20]),
        ] {
            let packed = classes.iter().fold(0, |packed, class| packed * 32 + class);
            assert_eq!(sound(word), packed, "{word}");
        }
        let voiced = |word: &str| voiced(&Letters::of(word));
        assert_eq!(voiced("dan"), 20 * 1024 + 32 + 14);
        assert_eq!((voiced("o"), voiced("u"), voiced("i"), voiced("aei")), (21, 21, 1, 1));
        assert_eq!(voiced("dod"), 20 * 1024 + 21 * 32 + 20);
        assert_eq!((voiced("7"), voiced("c"), voiced("bp")), (0, 19, 16));
    }
}
