//! Text from a case in Markdown: no markup, no link, no cell or line of its own.

use crate::error::printable;

/// `text` such that no Markdown reader takes any of it for more than text.
///
/// What opens HTML, code, a link or a cell is written as an entity, for readers that do not know
/// backslashes; the rest of the markup gets a backslash. An address is kept from
/// becoming a link: whoever clicks it would tell its owner.
pub(super) fn escape(text: &str) -> String {
    let text = printable(text);
    let begin = text.len() - text.trim_start().len();
    let inner = begin..text.trim_end().len();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            // Blanks at an end would close no bold text, open code, or be dropped.
            _ if c.is_whitespace() && !inner.contains(&at) => push_entity(&mut out, c),
            '-' | '+' | '=' | ':' if at == begin => push_entity(&mut out, c),
            '.' | ')' if is_number(&text[begin..at]) => push_entity(&mut out, c),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '`' | '[' | ']' | '$' | '@' => push_entity(&mut out, c),
            ':' if text[at..].starts_with("://") => push_entity(&mut out, c),
            '.' if ends_in_www(&text[..at]) => push_entity(&mut out, c),
            '\\' | '*' | '_' | '#' | '~' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

fn push_entity(out: &mut String, c: char) {
    out.push_str("&#");
    out.push_str(&u32::from(c).to_string());
    out.push(';');
}

/// Whether it is digits alone: with a point behind them they would begin a list.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn ends_in_www(text: &str) -> bool {
    let end = text.len().saturating_sub(3);
    text.get(end..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escape("<b>|`x`|"), "&lt;b&gt;&#124;&#96;x&#96;&#124;");
        assert_eq!(escape("# a_b"), "\\# a\\_b");
        assert_eq!(escape("a & b"), "a &amp; b");
        assert_eq!(escape("a\n\n# b"), "a\\\\u{a}\\\\u{a}\\# b");
    }

    #[test]
    fn a_text_begins_no_list_and_no_code() {
        assert_eq!(escape("- x"), "&#45; x");
        assert_eq!(escape("12. x"), "12&#46; x");
        assert_eq!(escape("  x "), "&#32;&#32;x&#32;");
        assert_eq!(escape("   "), "&#32;&#32;&#32;");
        assert_eq!(escape("2019-03-02 (1.5)"), "2019-03-02 (1.5)");
        assert_eq!(escape(".5"), ".5");
    }

    #[test]
    fn an_address_is_no_link() {
        assert_eq!(escape("https://x.example"), "https&#58;//x.example");
        assert_eq!(escape("WWW.x.example"), "WWW&#46;x.example");
        assert_eq!(escape("[x](y)"), "&#91;x&#93;(y)");
        assert_eq!(escape("file: x:y"), "file: x:y");
    }
}
