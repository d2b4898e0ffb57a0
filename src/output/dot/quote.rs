//! The one door through which text from a case enters DOT.

use graphviz_rust::dot_structures::Id;

use crate::error::is_unprintable;

/// Graphviz stops at a quoted string of 16 KiB; this leaves room for the sign that it was cut.
const MOST_BYTES: usize = 16_000;

/// Text in quotes, safe wherever DOT takes a string. Only [`quote`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted(String);

impl From<Quoted> for Id {
    fn from(quoted: Quoted) -> Self {
        Self::Escaped(quoted.0)
    }
}

/// Where the lines of a text stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// In the middle of their sign.
    Centered,
    /// At its left.
    Left,
}

/// `lines` as one quoted string that Graphviz shows as they are.
///
/// A quote, a backslash and an ampersand are escaped, so that none of them ends the string,
/// begins an escape such as `\N`, or an entity. What would act on a reader instead of being seen
/// (control and bidirectional characters, line breaks within a line) is shown as `\u{…}`. Line breaks
/// are our own. Text of more than 16 000 bytes is cut, with a `…`.
pub(super) fn quote<S: AsRef<str>>(lines: impl IntoIterator<Item = S>, stand: Lines) -> Quoted {
    let mut out = String::from('"');
    for (number, line) in lines.into_iter().enumerate() {
        if number > 0 && stand == Lines::Centered {
            out.push_str("\\n");
        }
        push_line(&mut out, line.as_ref());
        if stand == Lines::Left {
            out.push_str("\\l");
        }
        if out.len() >= MOST_BYTES {
            break;
        }
    }
    out.push('"');
    Quoted(out)
}

fn push_line(out: &mut String, line: &str) {
    for c in line.chars() {
        if out.len() >= MOST_BYTES {
            out.push('…');
            return;
        }
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c if is_unprintable(c) => {
                out.push('\\');
                out.extend(c.escape_unicode());
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        quote([text], Lines::Centered).0
    }

    #[test]
    fn nothing_ends_the_string_early() {
        assert_eq!(quoted(r#"Bo"]; INJECTED [label="x"#), r#""Bo\"]; INJECTED [label=\"x""#);
        assert_eq!(quoted("at the end \\"), r#""at the end \\""#);
    }

    #[test]
    fn nothing_is_an_escape_or_an_entity() {
        assert_eq!(quoted(r"C:\Nina"), r#""C:\\Nina""#);
        assert_eq!(quoted("R&lt;D"), r#""R&amp;lt;D""#);
    }

    #[test]
    fn what_acts_on_a_reader_is_shown() {
        assert_eq!(quoted("a\nb\u{202e}"), r#""a\\u{a}b\\u{202e}""#);
    }

    #[test]
    fn long_text_is_cut_between_escapes() {
        let long = quoted(&"\\".repeat(20_000));
        assert!(long.len() < 16_384 && long.ends_with("\\\\…\""));
    }

    #[test]
    fn lines_are_our_own() {
        assert_eq!(quote(["a", "b"], Lines::Left).0, r#""a\lb\l""#);
        assert_eq!(quote(["a", "b"], Lines::Centered).0, r#""a\nb""#);
    }
}
