use super::packed::Letters;
use super::pet_form::{MOST_LINES, lines_of};
use super::root::{Reading, root};
use super::sound::{skeleton, voiced};

/// One word of a name, made ready to be compared with others.
///
/// Make it once for each distinct word: everything that comparing needs is worked out here.
///
/// - **Shape**: 80 bytes, on the stack, no pointers. Letters beyond the 31st do not count.
/// - **Cost**: O(length), no allocation; one or two microseconds for a name.
///
/// # Examples
///
/// ```
/// use kluwen::identity::clean::{Likeness, Token, likeness};
///
/// let (a, b) = (Token::new("mohammed"), Token::new("mehmet"));
/// assert_eq!(likeness(&a, &b), Likeness::Variant);
/// assert_eq!(a.sound(), b.sound());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub(super) letters: Letters,
    /// Hashes of the root in both readings.
    pub(super) roots: [u64; 2],
    pub(super) lines: [u8; MOST_LINES],
    sound: u64,
    pub(super) voiced: u64,
    /// Which letters and digits occur, one bit each.
    pub(super) occurring: u64,
}

impl Token {
    /// Prepares a word of a [`Name`](super::Name), or any [folded](super::fold()) word. What is no Latin letter or digit is left out.
    #[must_use]
    pub fn new(folded: &str) -> Self {
        let letters = Letters::of(folded);
        let soft = root(letters.as_bytes(), Reading::Soft);
        let hard = root(letters.as_bytes(), Reading::Hard);
        Self {
            roots: [soft.hash(), hard.hash()],
            lines: lines_of(&soft),
            sound: skeleton(&soft),
            voiced: voiced(&soft),
            occurring: letters.as_bytes().iter().fold(0, |set, &letter| set | bit(letter)),
            letters,
        }
    }

    /// The word.
    #[must_use]
    pub fn text(&self) -> &str {
        self.letters.as_str()
    }

    /// The key to block by, as [`sound`](super::sound()) has it.
    #[must_use]
    pub fn sound(&self) -> u64 {
        self.sound
    }

    /// Whether it is one letter: an initial.
    #[must_use]
    pub fn is_initial(&self) -> bool {
        self.letters.len() == 1
    }
}

fn bit(letter: u8) -> u64 {
    let place = if letter.is_ascii_digit() { letter - b'0' + 26 } else { letter - b'a' };
    1 << place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_knows_which_letters_it_has() {
        let token = Token::new("zab09a");
        assert_eq!(token.occurring, 1 | 1 << 1 | 1 << 25 | 1 << 26 | 1 << 35);
        assert_eq!(token.text(), "zab09a");
        assert!(
            !token.is_initial() && Token::new("z").is_initial() && !Token::new("").is_initial()
        );
    }
}
