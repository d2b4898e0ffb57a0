//! The two ways by which text gets onto the page.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::error::printable;
use crate::untrusted::Untrusted;

/// Text between tags or in an attribute; what would act on a reader instead of being seen is spelt out.
pub(super) fn html(text: &Untrusted) -> String {
    text.through(spelt)
}

fn spelt(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A value as JSON that can stand in a `script` element: nothing in it ends the element, begins a comment, or is markup.
///
/// Text reads back as [`printable`] spells it, so that no viewer has to.
pub(super) fn json(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, InScript(CompactFormatter));
    value.serialize(&mut serializer).expect("a map has text keys only, and memory takes it");
    String::from_utf8(out).expect("JSON is text")
}

/// Writes JSON as another formatter does, but for text.
struct InScript(CompactFormatter);

impl Formatter for InScript {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = String::with_capacity(fragment.len());
        for c in printable(fragment).chars() {
            match c {
                // `printable` spells a character out as `\u{…}`, and in JSON a backslash is two.
                '\\' => plain.push_str("\\\\"),
                '<' => plain.push_str("\\u003c"),
                '>' => plain.push_str("\\u003e"),
                '&' => plain.push_str("\\u0026"),
                _ => plain.push(c),
            }
        }
        self.0.write_string_fragment(out, &plain)
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        escape: serde_json::ser::CharEscape,
    ) -> io::Result<()> {
        use serde_json::ser::CharEscape as E;
        // A line end or a tab is spelt out as everywhere else; only quotes and backslashes are themselves.
        let control = match escape {
            E::Backspace => '\u{8}',
            E::FormFeed => '\u{c}',
            E::LineFeed => '\n',
            E::CarriageReturn => '\r',
            E::Tab => '\t',
            E::AsciiControl(byte) => char::from(byte),
            other => return self.0.write_char_escape(out, other),
        };
        out.write_all(printable(&control.to_string()).replace('\\', "\\\\").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_reads_back_as_it_is_shown_and_ends_no_element() {
        for text in [
            "</script><!-- & 'x'",
            "a\"b\\c\\u{7}",
            "\u{202e}x\u{2028}y\u{2029}\u{feff}",
            "line\nend\r\t\u{0}\u{1b}[2J\u{7f}",
            "é 漢 🂡",
        ] {
            let json = json(&[text]);
            let back: Vec<String> = serde_json::from_str(&json).unwrap();
            assert_eq!(back, [printable(text)], "{json}");
            assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
        }
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(html(&"<b>'\"&\u{202e}".into()), "&lt;b&gt;&#39;&quot;&amp;\\u{202e}");
    }
}
