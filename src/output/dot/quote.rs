//! The one door through which text from a case enters DOT.

use std::borrow::Borrow;

use graphviz_rust::dot_structures::Id;

use crate::error::is_unprintable;
use crate::untrusted::Untrusted;

/// Graphviz stops at a string of 16 KiB; this leaves room for the sign that it was cut.
const MOST_BYTES: usize = 16_000;

/// Text that is safe wherever DOT takes a string. Only this file makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted(Id);

impl From<Quoted> for Id {
    fn from(quoted: Quoted) -> Self {
        quoted.0
    }
}

/// `lines` as one quoted string that Graphviz shows as they are, one below the other.
///
/// A quote, a backslash and an ampersand are escaped, so that none of them ends the string,
/// begins an escape such as `\N`, or an entity. What would act on a reader instead of being seen
/// (control and bidirectional characters, line breaks within a line) is shown as `\u{…}`. Line
/// breaks are our own. Text of more than 16 000 bytes is cut, with a `…`.
pub(super) fn quote<T: Borrow<Untrusted>>(lines: impl IntoIterator<Item = T>) -> Quoted {
    quoted(lines, Sink::Label)
}

/// As [`quote`], for a text that shows when the pointer rests on a sign.
pub(super) fn quote_tooltip<T: Borrow<Untrusted>>(lines: impl IntoIterator<Item = T>) -> Quoted {
    quoted(lines, Sink::Tooltip)
}

fn quoted<T: Borrow<Untrusted>>(lines: impl IntoIterator<Item = T>, sink: Sink) -> Quoted {
    let mut text = Text::new(sink);
    text.push_lines(lines, "\\n");
    Quoted(Id::Escaped(format!("\"{}\"", text.out)))
}

/// Words and numbers of our own as one quoted string.
pub(super) fn quote_own(words: &str) -> Quoted {
    let mut text = Text::new(Sink::Label);
    text.push_line(words);
    Quoted(Id::Escaped(format!("\"{}\"", text.out)))
}

/// A title in large letters over smaller lines, all to the left.
///
/// It is escaped for the markup of Graphviz as [`quote`] does for its strings. The title must not be
/// empty: that markup has no empty elements.
pub(super) fn heading<T: Borrow<Untrusted>>(
    title: &Untrusted,
    lines: impl IntoIterator<Item = T>,
) -> Quoted {
    const BREAK: &str = "<br align=\"left\"/>";
    let mut large = Text::new(Sink::Markup);
    large.push_lines([title], "");
    let mut small = Text::new(Sink::Markup);
    small.push_lines(lines, BREAK);
    Quoted(Id::Html(format!(
        "<<font point-size=\"20\"><b>{}</b></font>{BREAK}{}{BREAK}>",
        large.out, small.out
    )))
}

/// What the text is written into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sink {
    Label,
    /// Graphviz looks for escapes in it twice.
    Tooltip,
    Markup,
}

/// Whether a string that Graphviz takes can be longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    Left,
    None,
}

/// Text on its way through the door.
#[derive(Debug)]
struct Text {
    sink: Sink,
    out: String,
}

impl Text {
    fn new(sink: Sink) -> Self {
        let out = String::new();
        Self { sink, out }
    }

    fn push_lines<T: Borrow<Untrusted>>(
        &mut self,
        lines: impl IntoIterator<Item = T>,
        between: &str,
    ) {
        for (number, line) in lines.into_iter().enumerate() {
            if number > 0 {
                self.out.push_str(between);
            }
            if line.borrow().through(|line| self.push_line(line)) == Room::None {
                return;
            }
        }
    }

    /// Whether there is room for another line.
    fn push_line(&mut self, line: &str) -> Room {
        for c in line.chars() {
            if self.out.len() >= MOST_BYTES {
                self.out.push('…');
                return Room::None;
            }
            self.push(c);
        }
        Room::Left
    }

    fn push(&mut self, c: char) {
        match (c, self.sink) {
            ('\\', _) => self.push_backslash(),
            ('&', _) => self.out.push_str("&amp;"),
            ('"', Sink::Markup) => self.out.push_str("&quot;"),
            ('"', _) => self.out.push_str("\\\""),
            ('<', Sink::Markup) => self.out.push_str("&lt;"),
            ('>', Sink::Markup) => self.out.push_str("&gt;"),
            _ if is_unprintable(c) => {
                self.push_backslash();
                self.out.extend(c.escape_unicode().skip(1));
            }
            _ => self.out.push(c),
        }
    }

    /// The markup, too, has the escapes of a string: `\N` is the name of the node.
    fn push_backslash(&mut self) {
        self.out.push_str(match self.sink {
            Sink::Label | Sink::Markup => "\\\\",
            Sink::Tooltip => "\\\\\\\\",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        printed(quote([Untrusted::from(text)]))
    }

    fn printed(quoted: Quoted) -> String {
        match quoted.0 {
            Id::Escaped(text) | Id::Html(text) => text,
            other => panic!("{other:?}"),
        }
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
    fn a_tooltip_has_no_escape_the_second_time_either() {
        let tooltip = printed(quote_tooltip([r"\N", "\t"].map(Untrusted::from)));
        assert_eq!(tooltip, r#""\\\\N\n\\\\u{9}""#);
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
    fn a_heading_has_no_markup_but_ours() {
        let text = printed(heading(&"</b>&".into(), ["a\"b", "<i>"].map(Untrusted::from)));
        assert!(text.contains("<b>&lt;/b&gt;&amp;</b>"));
        assert!(text.ends_with("a&quot;b<br align=\"left\"/>&lt;i&gt;<br align=\"left\"/>>"));
    }

    #[test]
    fn words_of_our_own_are_quoted_as_all_others() {
        assert_eq!(printed(quote_own("a \"&\" b\\")), r#""a \"&amp;\" b\\""#);
    }

    #[test]
    fn nothing_follows_what_was_cut() {
        let long = Untrusted::from("x".repeat(16_001));
        let cut = printed(quote([&long, &"more".into()]));
        assert_eq!(cut, format!("\"{}…\"", "x".repeat(16_000)));
    }
}
