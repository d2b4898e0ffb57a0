/// The letters of a word, kept in place: as many as fit, and how many.
///
/// - **Shape**: 32 bytes. Letters beyond [`ROOM`](Self::ROOM) are left out; no word of a name is that long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Letters {
    letters: [u8; Self::ROOM],
    len: u8,
}

impl Letters {
    pub(super) const ROOM: usize = 31;

    /// The small letters and digits of a word.
    pub(super) fn of(word: &str) -> Self {
        let mut letters = Self::default();
        for byte in word.bytes().filter(u8::is_ascii_alphanumeric) {
            letters.push(byte.to_ascii_lowercase());
        }
        letters
    }

    pub(super) fn push(&mut self, letter: u8) {
        if let Some(place) = self.letters.get_mut(usize::from(self.len)) {
            *place = letter;
            self.len += 1;
        }
    }

    pub(super) fn last(&self) -> Option<u8> {
        self.as_bytes().last().copied()
    }

    pub(super) fn replace_last(&mut self, letter: u8) {
        if let Some(at) = self.len().checked_sub(1) {
            self.letters[at] = letter;
        }
    }

    pub(super) fn len(&self) -> usize {
        usize::from(self.len)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.letters[..self.len()]
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// A number that equal letters share, and others but for one pair in 2⁶⁴ do not (FNV-1a).
    pub(super) fn hash(&self) -> u64 {
        self.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, &letter| {
            (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_and_digits_are_kept() {
        assert_eq!(Letters::of("O'Neïl-2").as_str(), "onel2");
        assert_eq!(Letters::of("").as_str(), "");
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut letters = Letters::of(&"ab".repeat(20));
        assert_eq!(letters.len(), Letters::ROOM);
        letters.replace_last(b'z');
        assert!(letters.as_str().ends_with("abz"));
    }

    #[test]
    fn letters_are_hashed_as_published() {
        // Test vectors of FNV-1a, 64 bits.
        for (text, hash) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(Letters::of(text).hash(), hash, "{text}");
        }
    }

    #[test]
    fn the_last_letter_can_be_another() {
        let mut letters = Letters::of("ab");
        assert_eq!((letters.last(), letters.len()), (Some(b'b'), 2));
        letters.replace_last(b'c');
        assert_eq!(letters.as_str(), "ac");
        let mut none = Letters::default();
        none.replace_last(b'c');
        assert_eq!((none.last(), none.as_str()), (None, ""));
    }
}
