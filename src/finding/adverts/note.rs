//! What is to be known about advertisements of one hand.

use std::fmt;

use serde::{Serialize, Serializer};

/// What the comparison of advertisements left out.
///
/// In `findings.json` it is a sentence in English; a report says it in its own language.
///
/// # Examples
///
/// ```
/// use kluwen::finding::AdNote;
///
/// let note = AdNote::Cut { texts: 2, words: 400 };
/// assert_eq!(note.to_string(), "Of 2 texts only the first 400 words are compared.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdNote {
    /// Of long texts only the first words are compared.
    Cut {
        /// How many texts.
        texts: usize,
        /// How many of their words.
        words: usize,
    },
    /// Values that stand in so many unlike advertisements that they say nothing.
    Common {
        /// Of what: `turns of phrase`, or what a tie of an [`AdCluster`](super::AdCluster) is called.
        what: &'static str,
        /// How many values.
        values: usize,
    },
}

impl fmt::Display for AdNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut { texts, words } => {
                write!(f, "Of {texts} texts only the first {words} words are compared.")
            }
            Self::Common { what, values } => write!(
                f,
                "{what}: {values} stand in so many advertisements that have nothing else in common that they say nothing."
            ),
        }
    }
}

impl Serialize for AdNote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
