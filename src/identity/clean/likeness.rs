use rapidfuzz::distance::{jaro_winkler, osa};

use super::Token;
use super::sound::classes_in;

/// How alike two words of a name are, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same letters.
    Same,
    /// One name in two spellings (`yusuf`, `joesoef`), or a name and its pet form (`willem`, `wim`).
    Variant,
    /// A slip of the pen apart: one letter more than 3, one edit from 4 letters on, two from 8 letters on, or a Jaro–Winkler similarity of
    /// [`LIKE`] from 5 letters on. Words of 4 letters must begin alike, because `sara` and `mara` are two names.
    Close,
    /// They sound alike: consonants of one class between vowels of one class, three classes of consonants or more.
    Sound,
    /// One is the other's first letter.
    Initial,
    /// None of these.
    Different,
}

/// The Jaro–Winkler similarity from which two words are [`Close`](Likeness::Close).
pub const LIKE: f64 = 0.92;

/// The shortest word in which a slip can be told from another name.
const SHORTEST: usize = 4;
/// From this length on, two slips can be told from another name.
const LONG: usize = 8;

/// How alike two words of a name are: the strongest likeness that holds.
///
/// - **Order**: does not matter.
/// - **Cost**: some tens of nanoseconds for most pairs: distances are only worked out where the sets of letters allow them.
///
/// # Examples
///
/// ```
/// use kluwen::identity::clean::{Likeness, Token, likeness};
///
/// let like = |a, b| likeness(&Token::new(a), &Token::new(b));
/// assert_eq!(like("willem", "wim"), Likeness::Variant);
/// assert_eq!(like("amrani", "amarni"), Likeness::Close);
/// assert_eq!(like("ali", "eli"), Likeness::Different);
/// assert_eq!(like("j", "jan"), Likeness::Initial);
/// ```
///
/// Source: optimal string alignment after Damerau (1964); Winkler (1990) for the prefix, with at most 4 letters at .1 each.
#[must_use]
pub fn likeness(a: &Token, b: &Token) -> Likeness {
    if a.letters == b.letters {
        Likeness::Same
    } else if a.is_initial() || b.is_initial() {
        initial(a, b)
    } else if is_variant(a, b) {
        Likeness::Variant
    } else if is_close(a, b) {
        Likeness::Close
    } else if a.voiced == b.voiced && classes_in(a.sound()).min(classes_in(b.sound())) >= 3 {
        Likeness::Sound
    } else {
        Likeness::Different
    }
}

fn initial(a: &Token, b: &Token) -> Likeness {
    let first = |token: &Token| token.letters.as_bytes().first().copied();
    if first(a) == first(b) { Likeness::Initial } else { Likeness::Different }
}

fn is_variant(a: &Token, b: &Token) -> bool {
    let one_root = a.roots.iter().any(|root| b.roots.contains(root));
    let one_line = a.lines.iter().any(|line| *line != 0 && b.lines.contains(line));
    one_root || one_line
}

fn is_close(a: &Token, b: &Token) -> bool {
    let (short, long) = in_order(a.letters.len(), b.letters.len());
    if short + 1 == SHORTEST && long == SHORTEST && common_start(a, b) > 0 {
        return is_within(a, b, 1);
    }
    if short < SHORTEST || (short == SHORTEST && common_start(a, b) == 0) {
        return false;
    }
    let edits = if short >= LONG { 2 } else { 1 };
    let strangers = strangers(a, b).max(strangers(b, a));
    let may_be_slip = long - short <= edits && strangers <= edits;
    (may_be_slip && is_within(a, b, edits))
        || (short > SHORTEST && may_be_like(a, b) && is_like(a, b))
}

fn in_order(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// How many letters of `a` occur nowhere in `b`: so many edits at least are needed.
fn strangers(a: &Token, b: &Token) -> usize {
    (a.occurring & !b.occurring).count_ones() as usize
}

/// With how many letters, up to 4, both begin.
fn common_start(a: &Token, b: &Token) -> usize {
    let pairs = a.letters.as_bytes().iter().zip(b.letters.as_bytes());
    pairs.take(4).take_while(|(a, b)| a == b).count()
}

fn is_within(a: &Token, b: &Token, edits: usize) -> bool {
    let cutoff = osa::Args::default().score_cutoff(edits);
    osa::distance_with_args(letters(a), letters(b), &cutoff).is_some()
}

/// Whether the similarity can reach [`LIKE`], if every letter that may have a partner has one in its place.
fn may_be_like(a: &Token, b: &Token) -> bool {
    let (a_len, b_len) = (a.letters.len(), b.letters.len());
    let partners = (a_len - strangers(a, b)).min(b_len - strangers(b, a)) as f64;
    let jaro = (partners / a_len as f64 + partners / b_len as f64 + 1.0) / 3.0;
    jaro + 0.1 * common_start(a, b) as f64 * (1.0 - jaro) >= LIKE
}

fn is_like(a: &Token, b: &Token) -> bool {
    // The library's answer can depend on the order of the two in the last bit.
    let (a, b) = if a.letters <= b.letters { (a, b) } else { (b, a) };
    jaro_winkler::similarity(letters(a), letters(b)) >= LIKE
}

fn letters(token: &Token) -> impl DoubleEndedIterator<Item = u8> + Clone + '_ {
    token.letters.as_bytes().iter().copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like(a: &str, b: &str) -> Likeness {
        let (a, b) = (Token::new(a), Token::new(b));
        assert_eq!(likeness(&a, &b), likeness(&b, &a), "{a:?} {b:?}");
        likeness(&a, &b)
    }

    #[test]
    fn spellings_and_pet_forms_are_variants() {
        for (culture, pairs) in [
            ("Dutch", "willem wim, johannes jan, cornelis kees, marijke marike, dijkstra dykstra"),
            ("English", "robert bob, elizabeth liz, philip filip, stephen steven, sara sarah"),
            (
                "Turkish",
                "mehmet muhammad, ibrahim ibo, huseyin hussein, osman uthman, yilmaz jilmaz, celik tsjelik",
            ),
            (
                "Arabic",
                "mohammed mohamed, khalid chalid, yusuf joesoef, jamal djamal, rachid rashid, appie abdelkader",
            ),
            (
                "Slavic",
                "aleksandr sasha, yuliya julia, shevchenko sjevtsjenko, petrov petroff, kovac kovach, dmitri dima",
            ),
            ("Romanian", "gheorghe gigi, constantin costel, ionescu ionesku, stephan stefan"),
            ("Hungarian", "laszlo laci, sandor sanyi, szabo sabo, nagy nagi, zsofia zofia"),
        ] {
            for pair in pairs.split(", ") {
                let (a, b) = pair.split_once(' ').expect("two words");
                assert_eq!(like(a, b), Likeness::Variant, "{culture}: {pair}");
            }
        }
    }

    #[test]
    fn slips_are_close() {
        for (a, b) in [
            ("amrani", "amarni"),
            ("karimi", "karini"),
            ("vermeulen", "vermuelne"),
            ("bakker", "bakkers"),
            ("emre", "emer"),
        ] {
            assert_eq!(like(a, b), Likeness::Close, "{a} {b}");
        }
    }

    #[test]
    fn short_names_a_letter_apart_are_two_names() {
        for (a, b) in [
            ("ali", "eli"),
            ("jan", "dan"),
            ("sara", "mara"),
            ("omar", "amir"),
            ("mark", "erik"),
            ("jansen", "pietersen"),
            ("marina", "moreno"),
            ("dina", "tim"),
            ("", "jan"),
            // Alike by more than nine tenths, and yet two letters longer.
            ("omar", "omarbi"),
        ] {
            assert_eq!(like(a, b), Likeness::Different, "{a} {b}");
        }
    }

    #[test]
    fn one_short_form_does_not_join_two_names() {
        assert_eq!(like("sasha", "alexander"), Likeness::Variant);
        assert_eq!(like("sasha", "alexandra"), Likeness::Variant);
        assert_ne!(like("alexander", "alexandra"), Likeness::Variant);
    }

    #[test]
    fn sounds_are_the_last_resort() {
        assert_eq!(like("schmidt", "smit"), Likeness::Sound);
        assert_eq!(like("dina", "tina"), Likeness::Different);
    }

    #[test]
    fn an_initial_is_like_what_it_begins() {
        assert_eq!(like("j", "jan"), Likeness::Initial);
        assert_eq!(like("j", "j"), Likeness::Same);
        assert_eq!(like("j", "dan"), Likeness::Different);
        assert_eq!(like("j", "d"), Likeness::Different);
    }

    /// Without the short cuts.
    fn is_close_by_definition(a: &str, b: &str) -> bool {
        let (short, long) = in_order(a.len(), b.len());
        let edits = if short >= LONG { 2 } else { 1 };
        let slip = osa::distance(a.bytes(), b.bytes()) <= edits;
        let (first, second) = in_order_of_letters(a, b);
        let alike = jaro_winkler::similarity(first.bytes(), second.bytes()) >= LIKE;
        match short {
            // Three letters and one more: a letter that was left out.
            3 if long == 4 => a.as_bytes()[0] == b.as_bytes()[0] && slip,
            0..SHORTEST => false,
            SHORTEST => a.as_bytes()[0] == b.as_bytes()[0] && slip,
            _ => long <= 31 && (slip || alike),
        }
    }

    fn in_order_of_letters<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
        if Token::new(a).letters <= Token::new(b).letters { (a, b) } else { (b, a) }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn short_cuts_change_no_answer(a in "[abn]{0,11}", b in "[abn]{0,11}") {
            prop_assert_eq!(is_close(&Token::new(&a), &Token::new(&b)), is_close_by_definition(&a, &b));
        }

        #[test]
        fn likeness_is_symmetric_and_a_word_is_itself(a in any::<String>(), b in "[a-z]{0,9}") {
            prop_assert_eq!(like(&a, &a), Likeness::Same);
            like(&a, &b);
        }

        #[test]
        fn a_word_without_letters_is_like_none(word in "[a-z0-9]{1,12}") {
            prop_assert_eq!(like("", &word), Likeness::Different);
        }

        #[test]
        fn a_slip_in_a_long_word_is_never_different(word in "[a-z]{5,12}", at in 0..4_usize) {
            let mut other = word.clone();
            other.remove(at);
            prop_assert!(like(&word, &other) <= Likeness::Close || word.len() == 5);
        }
    }
}
