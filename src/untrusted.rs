//! Text that somebody else chose, as a type of its own.

use std::borrow::Borrow;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::printable;

/// Text from a file or from whoever typed a command: it can be compared, joined and written, but not read as it is.
///
/// Whoever wrote it may have wished its reader ill, so it must never become markup, a formula, a node or a cursor movement. It has no
/// `Display` and lends nobody a `&str`, so it cannot be written into a page, a drawing or a line by mistake: only the escape function of a
/// sink turns it into output. Those are few files of [`output`](crate::output), and a test counts them.
///
/// `Debug` shows it with nothing in it that acts on a terminal. `Serialize` hands it on as it is: whatever writes serialized text (JSON,
/// a template) is a sink and escapes it in its own way.
///
/// # Examples
///
/// ```
/// use kluwen::Untrusted;
///
/// let name = Untrusted::from("Bo\u{202e}\"]; evil");
/// assert_eq!(name, "Bo\u{202e}\"]; evil");
/// assert_eq!(format!("{name:?}"), r#""Bo\u{202e}\"]; evil""#);
/// ```
///
/// It is no text that something else could print:
///
/// ```compile_fail
/// println!("{}", kluwen::Untrusted::from("<script>"));
/// ```
///
/// ```compile_fail
/// let text: &str = &kluwen::Untrusted::from("<script>");
/// ```
///
/// ```compile_fail
/// let text: String = kluwen::Untrusted::from("<script>").into();
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Untrusted(Box<str>);

impl Untrusted {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one way out, for the escape function of a sink.
    pub(crate) fn through<T>(&self, escape: impl FnOnce(&str) -> T) -> T {
        escape(&self.0)
    }

    /// Another text made of this one, which is as little to be trusted.
    pub(crate) fn changed(&self, change: impl Fn(&str) -> String) -> Self {
        change(&self.0).into()
    }

    /// Texts made of this one: its lines.
    pub(crate) fn pieces(&self, cut: impl Fn(&str) -> Vec<String>) -> Vec<Self> {
        cut(&self.0).into_iter().map(Into::into).collect()
    }

    /// A number that tells of the text, such as its width. No text can be such a number.
    pub(crate) fn figure<N: Copy>(&self, of: impl Fn(&str) -> N) -> N {
        of(&self.0)
    }

    /// Texts one after the other with something of ours between them.
    pub(crate) fn joined<T: Borrow<Self>>(
        parts: impl IntoIterator<Item = T>,
        between: &str,
    ) -> Self {
        let mut out = String::new();
        for (place, part) in parts.into_iter().enumerate() {
            if place > 0 {
                out.push_str(between);
            }
            out.push_str(&part.borrow().0);
        }
        out.into()
    }

    /// This text with something of ours before and behind it.
    pub(crate) fn between(&self, before: &str, behind: &str) -> Self {
        [before, &self.0, behind].concat().into()
    }
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = self.0.replace('\\', "\\\\").replace('"', "\\\"");
        write!(f, "\"{}\"", printable(&quoted))
    }
}

impl From<&str> for Untrusted {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Untrusted {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl PartialEq<str> for Untrusted {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Untrusted {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<String> for Untrusted {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
    }
}

impl Serialize for Untrusted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_it_is_as_little_to_be_trusted() {
        let text = Untrusted::from("a b");
        assert_eq!(text.changed(|text| text.replace(' ', "-")), "a-b");
        assert_eq!(text.pieces(|text| text.split(' ').map(Into::into).collect()), ["a", "b"]);
        assert_eq!(Untrusted::joined([&text, &text], "; "), "a b; a b");
        assert_eq!(text.between("<", ">"), "<a b>");
        assert_eq!(text.figure(str::len), 3);
    }

    #[test]
    fn its_shape_in_messages_moves_no_cursor() {
        let shown = format!("{:?}", Untrusted::from("\u{1b}[2J\"\\\u{202e}"));
        assert_eq!(shown, r#""\u{1b}[2J\"\\\u{202e}""#);
    }

    #[test]
    fn what_writes_serialized_text_gets_it_as_it_is() {
        let text = serde_json::to_string(&Untrusted::from("a\"\u{202e}"));
        assert_eq!(text.ok().as_deref(), Some("\"a\\\"\u{202e}\""));
    }

    #[test]
    fn it_is_compared_with_every_kind_of_text() {
        let text = Untrusted::from("a b");
        let (own, other) = ("a b".to_owned(), "a".to_owned());
        assert!(text == *"a b" && text == "a b" && text == own);
        assert!(text != *"a" && text != "a" && text != other);
        assert!(!text.is_empty() && Untrusted::from("").is_empty());
    }
}
