//! Pseudonyms that only the holder of a key can lead back.

use std::fmt;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::Key;
use crate::case::{IdKind, Pseudonymise};

/// Gives ids their pseudonyms under a key: HMAC-SHA-256 of the kind of id and its text.
///
/// The same id has the same pseudonym under one key, in every run and every state of the files; under another key another, and nothing tells
/// that the two are of one id. A person with several ids has several. `P-` and 18 letters and digits hold 83 bits: without vowels,
/// so that they form no words, and without what is easily misread.
///
/// # Examples
///
/// ```
/// use kluwen::case::{IdKind, Pseudonymise};
/// use kluwen::custody::{Key, Pseudonyms};
///
/// let pseudonyms = Pseudonyms::new(&Key::from_bytes([7; 32]));
/// let person = pseudonyms.pseudonym(IdKind::Person, "p17");
/// assert_eq!(person, pseudonyms.pseudonym(IdKind::Person, "p17"));
/// assert_eq!((person.len(), &person[..2]), (20, "P-"));
/// assert_ne!(person[2..], pseudonyms.pseudonym(IdKind::Case, "p17")[2..]);
/// ```
#[derive(Clone)]
pub struct Pseudonyms {
    /// Keyed, and of nothing yet; wiped when it goes.
    mac: Hmac<Sha256>,
}

impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonyms(…)")
    }
}

/// No vowel, and none of `0 1 I L O S Y Z`.
const LETTERS: &[u8; 25] = b"23456789BCDFGHJKMNPQRTVWX";
/// How many of them: 25¹⁸ is 2⁸³, so that among a thousand million ids two alike are one chance in ten million.
const LENGTH: usize = 18;

impl Pseudonyms {
    /// The pseudonyms under a key.
    #[must_use]
    pub fn new(key: &Key) -> Self {
        Self { mac: key.mac() }
    }
}

impl Pseudonymise for Pseudonyms {
    fn pseudonym(&self, kind: IdKind, id: &str) -> String {
        let mac = self.mac.clone().chain_update("kluwen pseudonym 1\0");
        let mac = mac.chain_update(kind.name()).chain_update("\0").chain_update(id);
        let digest = mac.finalize().into_bytes();
        let first = digest.first_chunk().expect("a digest has 32 bytes");
        let mut bits = u128::from_be_bytes(*first);
        let mut letters = [0; LENGTH];
        for letter in letters.iter_mut().rev() {
            *letter = LETTERS[(bits % 25) as usize];
            bits /= 25;
        }
        let letters: String = letters.iter().copied().map(char::from).collect();
        format!("{}-{letters}", kind.prefix())
    }
}

/// Whether a text has the form of a pseudonym of a kind of id, under whichever key.
///
/// ```
/// use kluwen::case::IdKind;
/// use kluwen::custody::is_pseudonym;
///
/// assert!(is_pseudonym(IdKind::Person, "P-7THMBTG97N9RXRW2RR"));
/// assert!(!is_pseudonym(IdKind::Case, "P-7THMBTG97N9RXRW2RR") && !is_pseudonym(IdKind::Person, "p17"));
/// ```
#[must_use]
pub fn is_pseudonym(kind: IdKind, text: &str) -> bool {
    let letters = text.strip_prefix(kind.prefix()).and_then(|rest| rest.strip_prefix('-'));
    letters.is_some_and(|own| own.len() == LENGTH && own.bytes().all(|one| LETTERS.contains(&one)))
}

/// What [`is_pseudonym`] asks of a text, as a regular expression for engines.
#[must_use]
pub fn pseudonym_pattern(kind: IdKind) -> String {
    let letters: String = LETTERS.iter().copied().map(char::from).collect();
    format!("{}-[{letters}]{{{LENGTH}}}", kind.prefix())
}

/// The pseudonyms of a case that has been pseudonymous under the same key, and into which texts were put back: what is a pseudonym stays one.
#[derive(Clone, Copy, Debug)]
pub struct KeptPseudonyms<'p>(pub &'p Pseudonyms);

impl Pseudonymise for KeptPseudonyms<'_> {
    fn pseudonym(&self, kind: IdKind, id: &str) -> String {
        if is_pseudonym(kind, id) { id.to_owned() } else { self.0.pseudonym(kind, id) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pseudonym_is_that_of_the_standard() {
        // By Python's hmac and hashlib, over the words, the kind and the id.
        let pseudonyms = Pseudonyms::new(&Key::from_bytes([7; 32]));
        assert_eq!(pseudonyms.pseudonym(IdKind::Person, "p17"), "P-7THMBTG97N9RXRW2RR");
    }

    #[test]
    fn what_is_a_pseudonym_stays_one_where_it_is_to_be_kept() {
        let pseudonyms = Pseudonyms::new(&Key::from_bytes([7; 32]));
        let kept = KeptPseudonyms(&pseudonyms);
        for kind in IdKind::ALL {
            let own = pseudonyms.pseudonym(kind, "x");
            assert!(is_pseudonym(kind, &own), "{own}");
            assert_eq!([kept.pseudonym(kind, "x"), kept.pseudonym(kind, &own)], [own.clone(), own]);
        }
        // One letter more or less, a letter that is none of them, and a place's pseudonym taken for a person's.
        for text in [
            "P-7THMBTG97N9RXRW2R",
            "P-7THMBTG97N9RXRW2RRR",
            "P-7THMBTG97N9RXRW2RA",
            "PL-7THMBTG97N9RXRW2RR",
            "P-",
            "",
        ] {
            assert!(!is_pseudonym(IdKind::Person, text), "{text}");
            assert_eq!(
                kept.pseudonym(IdKind::Person, text),
                pseudonyms.pseudonym(IdKind::Person, text)
            );
        }
    }

    #[test]
    fn nothing_of_what_gives_them_is_shown() {
        let pseudonyms = Pseudonyms::new(&Key::from_bytes([7; 32]));
        assert_eq!(format!("{pseudonyms:?}"), "Pseudonyms(…)");
    }

    proptest! {
        #[test]
        fn two_keys_have_nothing_in_common(
            one in any::<[u8; 32]>(),
            other in any::<[u8; 32]>(),
            ids in prop::collection::btree_set("\\PC{0,12}", 1..20),
        ) {
            prop_assume!(one != other);
            let all = |key: [u8; 32]| -> BTreeSet<String> {
                let pseudonyms = Pseudonyms::new(&Key::from_bytes(key));
                let of = |id: &String| IdKind::ALL.map(|kind| pseudonyms.pseudonym(kind, id));
                ids.iter().flat_map(of).map(|text| text.split_once('-').expect("a prefix").1.to_owned()).collect()
            };
            let (one, other) = (all(one), all(other));
            prop_assert_eq!(one.len(), IdKind::ALL.len() * ids.len());
            prop_assert!(one.is_disjoint(&other));
        }
    }
}
