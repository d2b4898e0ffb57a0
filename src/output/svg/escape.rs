//! The one door through which text enters SVG.

use std::fmt::{self, Write};

use crate::error::is_unprintable;
use crate::untrusted::Untrusted;

/// Adds text of a case, as XML shows it.
pub(super) fn push(out: &mut String, text: &Untrusted) {
    let _ = text.through(|raw| write!(out, "{}", Escaped(raw)));
}

/// Adds words and numbers of our own, as XML shows them.
pub(super) fn push_own(out: &mut String, words: &str) {
    let _ = write!(out, "{}", Escaped(words));
}

/// Text as XML shows it, between tags and in attributes.
///
/// The five signs of markup are entities. What would act on a reader instead of being seen (control and bidirectional
/// characters) is shown as `\u{…}`; so is what XML has no place for.
#[derive(Clone, Copy, Debug)]
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                _ if is_unprintable(letter) || is_no_letter(letter) => {
                    write!(f, "{}", letter.escape_unicode())?;
                }
                _ => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// Whether Unicode keeps a place free of letters for good: the last two of every plane, and a few more.
fn is_no_letter(letter: char) -> bool {
    matches!(letter, '\u{fdd0}'..='\u{fdef}') || u32::from(letter) & 0xfffe == 0xfffe
}

/// A number to the hundredth, as short as it can be.
pub(super) fn number(value: f64) -> String {
    let rounded = libm::round(value * 100.0) / 100.0;
    // No minus before nothing, and no infinite place.
    if rounded.is_finite() { format!("{}", rounded + 0.0) } else { "0".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            Escaped("</title><a href=\"x\">&#60;'").to_string(),
            "&lt;/title&gt;&lt;a href=&quot;x&quot;&gt;&amp;#60;&#39;"
        );
    }

    #[test]
    fn what_acts_on_a_reader_or_breaks_xml_is_shown() {
        assert_eq!(
            Escaped("a\nb\u{202e}\u{0}\u{ffff}\u{1fffe}").to_string(),
            "a\\u{a}b\\u{202e}\\u{0}\\u{ffff}\\u{1fffe}"
        );
    }

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!([1.0, -0.001, 2.345_678, f64::NAN].map(number), ["1", "0", "2.35", "0"]);
    }

    #[test]
    fn text_of_a_case_and_of_ours_is_added_escaped() {
        let mut out = String::from("<text>");
        push(&mut out, &"<\u{fdd0}\u{fdef}".into());
        push_own(&mut out, "a & é\u{fdcf}");
        assert_eq!(out, "<text>&lt;\\u{fdd0}\\u{fdef}a &amp; é\u{fdcf}");
    }
}
