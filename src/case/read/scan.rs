//! Where the records of a CSV file end, and which quotes do not pair.

use memchr::{memchr, memchr_iter, memchr3, memrchr};

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

    /// Follows each field as RFC 4180 has it: a quote opens a field only at its beginning.
    ///
    /// A lone carriage return ends a record too, as it does for the reader of records.
    fn with_quotes(bytes: &[u8], delimiter: u8, stop: Stop) -> Self {
        let mut scan = Self::default();
        let (mut at, mut line) = (0, 0);
        while at < bytes.len() {
            if bytes[at] == b'"' {
                let Some(close) = closing_quote(bytes, at + 1) else {
                    scan.open_quote = Some(line);
                    return scan;
                };
                line += memchr_iter(b'\n', &bytes[at..close]).count();
                at = close + 1;
                let ends = |&b: &u8| b == delimiter || b == b'\n' || b == b'\r';
                if !bytes.get(at).is_none_or(ends) {
                    scan.odd_quotes.push(line);
                }
            }
            let Some(found) = memchr3(delimiter, b'\n', b'\r', &bytes[at..]) else {
                return scan;
            };
            at += found + 1;
            let lone_return = bytes[at - 1] == b'\r' && bytes.get(at).is_some_and(|&b| b != b'\n');
            if bytes[at - 1] == b'\n' || (lone_return && stop == Stop::AfterFirst) {
                line += 1;
                scan.end = at;
                scan.whole_odd_quotes = scan.odd_quotes.len();
                if stop == Stop::AfterFirst {
                    return scan;
                }
            }
        }
        scan
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
}
