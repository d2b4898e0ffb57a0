//! A CSV file in pieces of whole records, so that many threads can read one file.

use std::io::Read;

use memchr::{memchr, memchr_iter, memrchr};

use super::super::limits::Limits;
use crate::error::{Error, Position, Result};

/// How large a piece is; a constant, so that pieces do not depend on threads.
const PIECE: usize = 1 << 20;

/// Whole records of a CSV file.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// The physical line of the first byte.
    pub(super) first_line: u32,
    /// Lines on which text follows a closing quote.
    pub(super) odd_quotes: Vec<u32>,
    /// The line of a quote that is never closed, and the record it stands in.
    pub(super) open_quote: Option<OpenQuote>,
}

/// A quote that opens and does not close before the file ends.
#[derive(Debug)]
pub(super) struct OpenQuote {
    pub(super) line: u32,
    pub(super) record: Vec<u8>,
}

/// Cuts a stream into [`Piece`]s.
#[derive(Debug)]
pub(super) struct Pieces<R> {
    input: R,
    file: String,
    delimiter: u8,
    limits: Limits,
    /// What was read and not yet handed out; begins with a record.
    rest: Vec<u8>,
    line: u32,
    read: u64,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    pub(super) fn new(input: R, file: &str, delimiter: u8, limits: Limits) -> Self {
        Self {
            input,
            file: file.into(),
            delimiter,
            limits,
            rest: Vec::new(),
            line: 1,
            read: 0,
            ended: false,
        }
    }

    fn here(&self) -> Position {
        Position { file: self.file.clone(), line: u64::from(self.line), column: String::new() }
    }

    /// The header row; none if the file holds none.
    pub(super) fn header(&mut self) -> Result<Option<Vec<u8>>> {
        self.fill(PIECE)?;
        self.strip_mark()?;
        let blank = self.rest.iter().take_while(|&&b| b == b'\n' || b == b'\r').count();
        self.take(blank);
        let mut want = PIECE;
        loop {
            let scan = Scan::of(&self.rest, self.delimiter, Stop::AfterFirst);
            if scan.end > 0 {
                return Ok(Some(self.take(scan.end)));
            }
            if self.ended {
                let rest = self.rest.len();
                return Ok((rest > 0).then(|| self.take(rest)));
            }
            want += PIECE;
            self.check_record(want)?;
            self.fill(want)?;
        }
    }

    /// The next piece; none at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Piece>> {
        let mut want = PIECE;
        loop {
            self.fill(want)?;
            if self.rest.is_empty() {
                return Ok(None);
            }
            let scan = Scan::of(&self.rest, self.delimiter, Stop::AfterLast);
            if scan.end > 0 || self.ended {
                return self.cut(scan).map(Some);
            }
            want += PIECE;
            self.check_record(want)?;
        }
    }

    fn cut(&mut self, scan: Scan) -> Result<Piece> {
        let first_line = self.line;
        let number =
            |line: usize| first_line + u32::try_from(line).unwrap_or(u32::MAX - first_line);
        let open_line = scan.open_quote.filter(|_| self.ended).map(number);
        let end = if self.ended && open_line.is_none() { self.rest.len() } else { scan.end };
        let bytes = self.take(end);
        let open_quote = open_line.map(|line| {
            let rest = self.rest.len();
            OpenQuote { line, record: self.take(rest) }
        });
        if self.line > u32::MAX / 2 {
            return Err(Error::limit(
                format!("{}: over two billion lines", self.file),
                "split the file",
            ));
        }
        let odd_quotes = scan.odd_quotes.into_iter().map(number).collect();
        Ok(Piece { bytes, first_line, odd_quotes, open_quote })
    }

    /// The first `count` bytes of the rest, and the line count with them.
    fn take(&mut self, count: usize) -> Vec<u8> {
        let after = self.rest.split_off(count);
        let taken = std::mem::replace(&mut self.rest, after);
        let lines = memchr_iter(b'\n', &taken).count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        taken
    }

    fn fill(&mut self, want: usize) -> Result<()> {
        let missing = want.saturating_sub(self.rest.len()) as u64;
        if self.ended || missing == 0 {
            return Ok(());
        }
        self.rest.reserve(want - self.rest.len());
        let got = (&mut self.input).take(missing).read_to_end(&mut self.rest);
        let got = got.map_err(|error| Error::io(&self.file, "read", error))? as u64;
        self.read += got;
        self.ended = got < missing;
        self.limits.check_input(self.read, &self.file)
    }

    fn check_record(&self, want: usize) -> Result<()> {
        if want <= self.limits.record_bytes {
            return Ok(());
        }
        let what =
            format!("{}: a record of more than {} bytes", self.here(), self.limits.record_bytes);
        Err(Error::limit(
            what,
            "a quote that is never closed is the usual cause; mend it or raise `--max-record`",
        ))
    }

    /// Takes away a byte order mark; refuses what is plainly not UTF-8 or not CSV.
    fn strip_mark(&mut self) -> Result<()> {
        let bad = |found: &str, expected: &str| Err(Error::data(self.here(), found, expected));
        let sample = &self.rest[..self.rest.len().min(1 << 16)];
        match sample {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                return bad("text in UTF-16", "UTF-8; save the file as `CSV UTF-8`");
            }
            [b'P', b'K', 3, 4, ..] => {
                return bad(
                    "a workbook or zip archive",
                    "a CSV file; a workbook must be called `.xlsx`",
                );
            }
            [0x1f, 0x8b, ..] => {
                return bad("a gzip archive", "a CSV file; if it is one, call it `.csv.gz`");
            }
            _ => {}
        }
        if memchr(0, sample).is_some() {
            return bad("a zero byte", "text; this is a binary file or text in UTF-16");
        }
        if memchr(b'\r', sample).is_some() && memchr(b'\n', sample).is_none() {
            return bad(
                "lines that end in a lone carriage return",
                "lines that end in LF or CRLF; save the file anew",
            );
        }
        if self.rest.starts_with(b"\xef\xbb\xbf") {
            self.rest.drain(..3);
        }
        Ok(())
    }
}

/// Where a scan ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    AfterFirst,
    AfterLast,
}

/// Where the records of a piece end, and which quotes do not pair. Lines count from 0.
#[derive(Debug, Default, PartialEq, Eq)]
struct Scan {
    /// The byte after the last whole record.
    end: usize,
    open_quote: Option<usize>,
    odd_quotes: Vec<usize>,
}

impl Scan {
    fn of(bytes: &[u8], delimiter: u8, stop: Stop) -> Self {
        if stop == Stop::AfterLast && memchr(b'"', bytes).is_none() {
            let end = memrchr(b'\n', bytes).map_or(0, |at| at + 1);
            return Self { end, ..Self::default() };
        }
        Self::with_quotes(bytes, delimiter, stop)
    }

    /// Goes from quote to quote. As RFC 4180 has it, a quote opens a text only where a field begins;
    /// anywhere else it is a letter.
    fn with_quotes(bytes: &[u8], delimiter: u8, stop: Stop) -> Self {
        let mut scan = Self::default();
        let mut at = 0;
        loop {
            let quote = memchr(b'"', &bytes[at..]).map(|step| at + step);
            let open = &bytes[at..quote.unwrap_or(bytes.len())];
            let newline =
                if stop == Stop::AfterFirst { memchr(b'\n', open) } else { memrchr(b'\n', open) };
            if let Some(newline) = newline {
                scan.end = at + newline + 1;
                if stop == Stop::AfterFirst {
                    return scan;
                }
            }
            let Some(quote) = quote else { return scan };
            let begins = quote == 0 || bytes[quote - 1] == delimiter || bytes[quote - 1] == b'\n';
            at = quote + 1;
            if begins {
                let Some(close) = closing_quote(bytes, at) else {
                    scan.open_quote = Some(line_of(bytes, quote));
                    return scan;
                };
                at = close + 1;
                let ends = |&b: &u8| b == delimiter || b == b'\n' || b == b'\r';
                if !bytes.get(at).is_none_or(ends) {
                    scan.odd_quotes.push(line_of(bytes, close));
                }
            }
        }
    }
}

/// How many lines end before `at`.
fn line_of(bytes: &[u8], at: usize) -> usize {
    memchr_iter(b'\n', &bytes[..at]).count()
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

    fn pieces(text: &str) -> Vec<String> {
        let mut pieces = Pieces::new(text.as_bytes(), "t.csv", b',', Limits::default());
        let mut all = vec![pieces.header().unwrap().unwrap_or_default()];
        while let Some(piece) = pieces.next().unwrap() {
            all.push(piece.bytes);
        }
        all.into_iter().map(|bytes| String::from_utf8(bytes).unwrap()).collect()
    }

    #[test]
    fn the_header_is_one_record_and_the_rest_comes_after() {
        assert_eq!(pieces("\u{feff}a,\"b\nc\"\r\n1,2\n3,4"), ["a,\"b\nc\"\r\n", "1,2\n3,4"]);
        assert_eq!(pieces("a,b"), ["a,b"]);
    }

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
    fn a_record_over_the_limit_is_refused_before_memory_is_taken() {
        let text = format!("a,b\n\"{}", "x".repeat(4 * PIECE));
        let limits = Limits { record_bytes: 2 * PIECE, ..Limits::default() };
        let mut pieces = Pieces::new(text.as_bytes(), "t.csv", b',', limits);
        pieces.header().unwrap();
        assert!(pieces.next().unwrap_err().to_string().contains("t.csv:2"));
    }
}
