//! The text of a file, and its lines and words.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::error::{Error, Position, Result, excerpt};

/// The text of a file in UTF-8, or in UTF-16 or Latin-1 where it says so.
pub(super) fn decode<'b>(bytes: &'b [u8], file: &str) -> Result<Cow<'b, str>> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, file).map(Cow::Borrowed),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes, file).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes, file).map(Cow::Owned),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            // The first 256 characters of Unicode are those of Latin-1.
            Err(_) if says_latin1(bytes) => {
                Ok(bytes.iter().map(|&byte| char::from(byte)).collect())
            }
            Err(_) => utf8(bytes, file).map(Cow::Borrowed),
        },
    }
}

fn says_latin1(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_lowercase();
    let declaration = head.split("?>").next().unwrap_or_default();
    head.starts_with("<?xml")
        && ["iso-8859-1", "latin1", "latin-1"].iter().any(|name| declaration.contains(name))
}

fn utf8<'b>(bytes: &'b [u8], file: &str) -> Result<&'b str> {
    std::str::from_utf8(bytes).map_err(|error| {
        let read = &bytes[..error.valid_up_to()];
        let line = 1 + memchr_iter(b'\n', read).count() as u64;
        let position = Position { file: file.to_owned(), line, ..Position::default() };
        Error::data(
            position,
            "bytes that are no UTF-8",
            "text in UTF-8 or UTF-16; save the file anew",
        )
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, file: &str) -> Result<String> {
    let pairs = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut line = 1;
    let fault = |line, found: &str| {
        let position = Position { file: file.to_owned(), line, ..Position::default() };
        Error::data(position, found, "whole characters of UTF-16; save the file anew")
    };
    for c in char::decode_utf16(pairs.0.iter().map(|&pair| unit(pair))) {
        let Ok(c) = c else { return Err(fault(line, "half a character of UTF-16")) };
        line += u64::from(c == '\n');
        text.push(c);
    }
    if pairs.1.is_empty() { Ok(text) } else { Err(fault(line, "an odd number of bytes of UTF-16")) }
}

/// The lines of a text and their numbers; they end in LF, CRLF or a lone CR.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let mut rest = Some(text);
    let mut number = 0;
    std::iter::from_fn(move || {
        let here = rest?;
        number += 1;
        let end = memchr::memchr2(b'\n', b'\r', here.as_bytes());
        let Some(end) = end else {
            rest = None;
            return (!here.is_empty()).then_some((number, here));
        };
        let next = &here[end..];
        rest = Some(next.strip_prefix("\r\n").unwrap_or(&next[1..]));
        Some((number, &here[..end]))
    })
}

/// A word of a line, and whether it stood in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) quoted: bool,
}

/// The words of a line, parted by blanks or any of `also`; none if a quote is never closed.
pub(super) fn words<'a>(line: &'a str, also: &[char]) -> Option<Vec<Word<'a>>> {
    let parts = |c: char| c.is_whitespace() || also.contains(&c);
    let mut words = Vec::new();
    let mut rest = line.trim_start_matches(parts);
    while let Some(first) = rest.chars().next() {
        let (text, quoted, after) = if matches!(first, '"') {
            let inside = &rest[1..];
            let end = inside.find('"')?;
            (&inside[..end], true, &inside[end + 1..])
        } else {
            let end = rest.find(parts).unwrap_or(rest.len());
            (&rest[..end], false, &rest[end..])
        };
        words.push(Word { text, quoted });
        rest = after.trim_start_matches(parts);
    }
    Some(words)
}

/// `text` in backquotes, made safe for a message.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", excerpt(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_text_in_the_coding_that_it_says() {
        for (bytes, text) in [
            (&b"\xc3\xa9"[..], "é"),
            (b"\xef\xbb\xbfa", "a"),
            (b"\xff\xfea\0\xe9\0", "aé"),
            (b"\xfe\xff\0a\0\xe9", "aé"),
            (b"<?xml encoding='ISO-8859-1'?>\xe9", "<?xml encoding='ISO-8859-1'?>é"),
            (b"<?XML encoding='latin1'?>\xe9", "<?XML encoding='latin1'?>é"),
            (b"<?xml encoding='latin1'?>\xc3\xa9", "<?xml encoding='latin1'?>é"),
        ] {
            assert_eq!(decode(bytes, "a").expect("text"), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_line() {
        let utf8 = "bytes that are no UTF-8; expected text in UTF-8 or UTF-16; save the file anew";
        let whole = "expected whole characters of UTF-16; save the file anew";
        for (bytes, told) in [
            (&b"a\nb\xe9"[..], format!("a:2: {utf8}")),
            (b"\xef\xbb\xbf\xe9", format!("a:1: {utf8}")),
            (b"x encoding='latin1'?>\xe9", format!("a:1: {utf8}")),
            (b"<?xml encoding='utf-8'?>latin1\xe9", format!("a:1: {utf8}")),
            (b"\xff\xfe\n\0a", format!("a:2: an odd number of bytes of UTF-16; {whole}")),
            (b"\xff\xfe\n\0\n\0\0\xd8a\0", format!("a:3: half a character of UTF-16; {whole}")),
        ] {
            assert_eq!(decode(bytes, "a").expect_err("no text").to_string(), told);
        }
    }

    #[test]
    fn lines_end_in_any_of_three_ways() {
        let all: Vec<(u64, &str)> = lines("a\nb\r\nc\rd\n\n e").collect();
        assert_eq!(all, [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, ""), (6, " e")]);
        assert_eq!(lines("a\n").collect::<Vec<_>>(), [(1, "a")]);
        assert_eq!(lines("").count(), 0);
    }

    #[test]
    fn words_are_parted_by_blanks_and_signs_but_not_in_quotes() {
        let of = |line: &'static str, also: &[char]| -> Option<Vec<(&'static str, bool)>> {
            Some(words(line, also)?.iter().map(|word| (word.text, word.quoted)).collect())
        };
        assert_eq!(of(" a  b,c ", &[]), Some(vec![("a", false), ("b,c", false)]));
        assert_eq!(of(",a,,b c", &[',']), Some(vec![("a", false), ("b", false), ("c", false)]));
        assert_eq!(of("\"a b\"c \"\"", &[]), Some(vec![("a b", true), ("c", false), ("", true)]));
        assert_eq!(of("a\"b", &[]), Some(vec![("a\"b", false)]));
        assert_eq!(of("a \"b", &[]), None);
        assert_eq!(of(" ", &[]), Some(vec![]));
    }
}
