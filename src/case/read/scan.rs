//! Where the records of a CSV file end, and which quotes do not pair.

use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};

/// Where a scan ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    AfterFirst,
    AfterLast,
}

/// Where the records of a piece end, and which quotes do not pair. Lines count from 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// The byte after the last whole record.
    pub(super) end: usize,
    pub(super) open_quote: Option<usize>,
    pub(super) odd_quotes: Vec<usize>,
    /// How many of them stand in whole records.
    pub(super) whole_odd_quotes: usize,
}

impl Scan {
    pub(super) fn of(bytes: &[u8], delimiter: u8, stop: Stop) -> Self {
        if stop == Stop::AfterLast && memchr(b'"', bytes).is_none() {
            let end = memrchr(b'\n', bytes).map_or(0, |at| at + 1);
            return Self { end, ..Self::default() };
        }
        Self::with_quotes(bytes, delimiter, stop)
    }

    /// Goes from quote to quote. As RFC 4180 has it, a quote opens a text only where a field begins;
    /// anywhere else it is a letter.
    ///
    /// A lone carriage return ends a record too, as it does for the reader of records.
    fn with_quotes(bytes: &[u8], delimiter: u8, stop: Stop) -> Self {
        let mut scan = Self::default();
        let mut lines = Lines { bytes, at: 0, line: 0 };
        let mut at = 0;
        loop {
            let quote = memchr(b'"', &bytes[at..]).map_or(bytes.len(), |step| at + step);
            let end = match stop {
                Stop::AfterFirst => first_end(bytes, at, quote),
                Stop::AfterLast => memrchr(b'\n', &bytes[at..quote]).map(|step| at + step + 1),
            };
            if let Some(end) = end {
                scan.end = end;
                scan.whole_odd_quotes = scan.odd_quotes.len();
            }
            if quote == bytes.len() || (end.is_some() && stop == Stop::AfterFirst) {
                return scan;
            }
            at = quote + 1;
            let ends = |&b: &u8| b == delimiter || b == b'\n' || b == b'\r';
            if quote > 0 && !ends(&bytes[quote - 1]) {
                continue;
            }
            let Some(close) = closing_quote(bytes, at) else {
                scan.open_quote = Some(lines.of(quote));
                return scan;
            };
            at = close + 1;
            if !bytes.get(at).is_none_or(ends) {
                scan.odd_quotes.push(lines.of(close));
            }
        }
    }
}

/// Where the first record that ends between `from` and `to` ends.
fn first_end(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    let mut marks = memchr2_iter(b'\n', b'\r', &bytes[from..to]).map(|step| from + step);
    let ends = |&at: &usize| bytes[at] == b'\n' || bytes.get(at + 1).is_some_and(|&b| b != b'\n');
    marks.find(ends).map(|at| at + 1)
}

/// Counts lines onward from the last place that was asked for: odd quotes may be many.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// How many lines end before `at`, which does not lie before the last.
    fn of(&mut self, at: usize) -> usize {
        self.line += memchr_iter(b'\n', &self.bytes[self.at..at]).count();
        self.at = at;
        self.line
    }
}

/// Where the quoted text that begins at `at` is closed; a doubled quote is one of its letters.
fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'"', &bytes[at..])?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_ends_with_a_record_however_its_quotes_stand() {
        let scan = Scan::with_quotes(b"a,\"x\ny\"\nb,\"open\n", b',', Stop::AfterLast);
        assert_eq!((scan.end, scan.open_quote), (8, Some(2)));
        let scan = Scan::with_quotes(b"a,b\"\nc,\"d\"\"e\"\n", b',', Stop::AfterLast);
        assert_eq!((scan.end, scan.open_quote), (14, None));
        let scan = Scan::with_quotes(b"\"a\"b,c\n", b',', Stop::AfterLast);
        assert_eq!((scan.end, scan.odd_quotes), (7, vec![0]));
    }

    #[test]
    fn the_first_record_ends_at_any_line_end_outside_quotes() {
        for (text, end) in [
            ("a,b\nc", 4),
            ("a,b\r\nc", 5),
            ("a,b\rc", 4),
            ("a,b\r", 0),
            ("a,b", 0),
            ("a,\"x\ny\"\nc", 8),
            ("a,\"x\"\"\ny\"\rc\n", 10),
            ("a\"b\nc\"\n", 4),
            ("\"\"\n", 3),
            ("\n", 1),
        ] {
            assert_eq!(Scan::of(text.as_bytes(), b',', Stop::AfterFirst).end, end, "{text:?}");
        }
    }

    #[test]
    fn the_last_record_ends_at_the_last_line_end_outside_quotes() {
        for (text, end) in [
            ("a\nb\nc", 4),
            ("a", 0),
            ("", 0),
            ("a\n\"b\nc\"", 2),
            ("a\n\"b\nc\"\n", 8),
            ("a;\"b\nc\"\nd", 8),
        ] {
            assert_eq!(Scan::of(text.as_bytes(), b';', Stop::AfterLast).end, end, "{text:?}");
        }
    }

    #[test]
    fn a_quote_is_odd_where_text_follows_it_and_open_where_none_does() {
        let of = |text: &str| {
            let scan = Scan::of(text.as_bytes(), b',', Stop::AfterLast);
            (scan.odd_quotes, scan.whole_odd_quotes, scan.open_quote)
        };
        assert_eq!(of("\"a\",\"b\"\r\n\"c\"\n"), (vec![], 0, None));
        assert_eq!(of("\n\"a\"b\n\"c\nd\"e"), (vec![1, 3], 1, None));
        assert_eq!(of("a\n,\"b\nc"), (vec![], 0, Some(1)));
        assert_eq!(of("a\"\nb"), (vec![], 0, None));
        assert_eq!(of("\"a\"\"\n"), (vec![], 0, Some(0)));
    }
}
