//! A CSV file in pieces of whole records, so that many threads can read one file.

use std::io::Read;

use memchr::memchr_iter;

use super::super::limits::Limits;
use super::input::failed;
use super::not_text::{SAMPLE, not_text};
use super::scan::{Scan, Stop};
use crate::error::{Error, Position, Result, printable};

/// How large a piece is; a constant, so that pieces do not depend on threads.
const PIECE: usize = 1 << 20;

/// The byte order mark, as UTF-8 has it.
const MARK: &[u8] = b"\xef\xbb\xbf";

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

/// The header row, as it stands in the file.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) bytes: Vec<u8>,
    /// The physical line on which it begins.
    pub(super) line: u32,
    /// Lines on which text follows a closing quote.
    pub(super) odd_quotes: Vec<u32>,
    /// The line of a quote that is never closed: then the rest of the file is in the header.
    pub(super) open_quote: Option<u32>,
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
    pub(super) fn header(&mut self) -> Result<Option<Header>> {
        self.fill(PIECE)?;
        self.strip_mark()?;
        self.skip_blank_lines()?;
        let mut want = PIECE;
        loop {
            let scan = Scan::of(&self.rest, self.delimiter, Stop::AfterFirst);
            if scan.end > 0 || self.ended {
                return Ok(self.cut_header(scan));
            }
            want += PIECE;
            self.limits.check_record(want, &self.here())?;
            self.fill(want)?;
        }
    }

    fn skip_blank_lines(&mut self) -> Result<()> {
        loop {
            let blank = self.rest.iter().take_while(|&&b| b == b'\n' || b == b'\r').count();
            self.take(blank);
            if !self.rest.is_empty() || self.ended {
                return Ok(());
            }
            self.fill(PIECE)?;
        }
    }

    fn cut_header(&mut self, scan: Scan) -> Option<Header> {
        let line = self.line;
        let open_quote = scan.open_quote.map(|after| number(line, after));
        let odd_quotes = scan.odd_quotes.into_iter().map(|after| number(line, after)).collect();
        let end = if scan.end > 0 { scan.end } else { self.rest.len() };
        let bytes = self.take(end);
        (!bytes.is_empty()).then_some(Header { bytes, line, odd_quotes, open_quote })
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
            self.limits.check_record(want, &self.here())?;
        }
    }

    fn cut(&mut self, mut scan: Scan) -> Result<Piece> {
        let line_here = self.line;
        if !self.ended {
            scan.odd_quotes.truncate(scan.whole_odd_quotes);
        }
        let open_line = scan.open_quote.filter(|_| self.ended);
        let end = if self.ended && open_line.is_none() { self.rest.len() } else { scan.end };
        let (bytes, first_line) = past_mark(self.take(end), line_here);
        let open_quote = open_line.map(|line| {
            let rest = self.rest.len();
            OpenQuote { line: number(line_here, line), record: self.take(rest) }
        });
        if self.line > u32::MAX / 2 {
            return Err(Error::limit(
                format!("{}: over two billion lines", printable(&self.file)),
                "split the file",
            ));
        }
        let odd_quotes = scan.odd_quotes.into_iter().map(|line| number(line_here, line)).collect();
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
        let got = got.map_err(|error| failed(&self.file, error))? as u64;
        self.read += got;
        self.ended = got < missing;
        self.limits.check_input(self.read, &self.file)
    }

    /// Takes away a byte order mark; refuses what is plainly not UTF-8 or not CSV.
    fn strip_mark(&mut self) -> Result<()> {
        if let Some((found, expected)) = not_text(&self.rest[..self.rest.len().min(SAMPLE)]) {
            return Err(Error::data(self.here(), found, expected));
        }
        if self.rest.starts_with(MARK) {
            self.rest.drain(..MARK.len());
        }
        Ok(())
    }
}

/// A mark within a file is part of its row, but the reader of records passes over one that comes
/// first; so an empty line is put before it.
fn past_mark(mut bytes: Vec<u8>, first_line: u32) -> (Vec<u8>, u32) {
    if !bytes.starts_with(MARK) {
        return (bytes, first_line);
    }
    bytes.insert(0, b'\n');
    (bytes, first_line.saturating_sub(1))
}

/// The physical line that stands so many lines after another.
fn number(first: u32, after: usize) -> u32 {
    first.saturating_add(u32::try_from(after).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let mut pieces = Pieces::new(text.as_bytes(), "t.csv", b',', Limits::default());
        let mut all = vec![pieces.header().unwrap().map(|header| header.bytes).unwrap_or_default()];
        while let Some(piece) = pieces.next().unwrap() {
            all.push(piece.bytes);
        }
        all.into_iter().map(|bytes| String::from_utf8(bytes).unwrap()).collect()
    }

    #[test]
    fn the_header_is_one_record_and_the_rest_comes_after() {
        assert_eq!(pieces("\u{feff}a,\"b\nc\"\r\n1,2\n3,4"), ["a,\"b\nc\"\r\n", "1,2\n3,4"]);
        assert_eq!(pieces("a,b"), ["a,b"]);
        assert_eq!(pieces("a,b\r1,2\n3,4"), ["a,b\r", "1,2\n3,4"]);
    }

    #[test]
    fn a_record_over_the_limit_is_refused_before_memory_is_taken() {
        let text = format!("a,b\n\"{}", "x".repeat(4 * PIECE));
        let limits = Limits { record_bytes: 2 * PIECE, ..Limits::default() };
        let mut pieces = Pieces::new(text.as_bytes(), "t.csv", b',', limits);
        pieces.header().unwrap();
        assert!(pieces.next().unwrap_err().to_string().contains("t.csv:2"));
    }

    fn header(text: &str, limits: Limits) -> Result<Option<Header>> {
        Pieces::new(text.as_bytes(), "t.csv", b',', limits).header()
    }

    #[test]
    fn a_header_longer_than_a_piece_is_read_whole() {
        let long = "x".repeat(2 * PIECE);
        assert_eq!(pieces(&format!("a,{long}\n1,2\n")), [format!("a,{long}\n"), "1,2\n".into()]);
        let three = Limits { record_bytes: 3 * PIECE, ..Limits::default() };
        assert!(header(&format!("a,{long}\n"), three).is_ok());
        let two = Limits { record_bytes: 2 * PIECE, ..Limits::default() };
        let error = header(&format!("\na,{long}\n"), two).expect_err("too long").to_string();
        assert!(error.starts_with("t.csv:2: a record of more than 2097152 bytes"), "{error}");
    }

    #[test]
    fn blank_lines_before_the_header_are_counted() {
        let read = header("\n\r\n\na,\"b\"c\n1,2\n", Limits::default()).expect("it is read");
        let read = read.expect("a header");
        assert_eq!((read.bytes.as_slice(), read.line), (&b"a,\"b\"c\n"[..], 4));
        assert_eq!((read.odd_quotes, read.open_quote), (vec![4], None));
        for empty in ["", "\n", "\r\n\r\n", "\u{feff}"] {
            assert!(header(empty, Limits::default()).expect("it is read").is_none(), "{empty:?}");
        }
        let blank = "\n".repeat(PIECE + 1);
        let read = header(&format!("{blank}a\n"), Limits::default()).expect("it is read");
        assert_eq!(read.expect("a header").line as usize, PIECE + 2);
    }

    #[test]
    fn an_open_quote_in_the_header_takes_the_rest() {
        let read = header("\na,\nb,\"c\n1,2\n", Limits::default()).expect("it is read");
        assert_eq!(read.expect("a header").open_quote, None);
        let read = header("\na,\"b\n1,2\n", Limits::default()).expect("it is read");
        let read = read.expect("a header");
        assert_eq!((read.bytes.as_slice(), read.open_quote), (&b"a,\"b\n1,2\n"[..], Some(2)));
    }

    /// Of a piece its text, its first line, the lines of odd quotes, and of an open quote the line and the rest.
    type Told = (String, u32, Vec<u32>, Option<(u32, String)>);

    fn after_header(text: &str) -> Vec<Told> {
        let mut pieces = Pieces::new(text.as_bytes(), "t.csv", b',', Limits::default());
        pieces.header().expect("it is read");
        let mut all = Vec::new();
        let text = |bytes| String::from_utf8(bytes).expect("it is text");
        while let Some(piece) = pieces.next().expect("it is read") {
            let Piece { bytes, first_line, odd_quotes, open_quote } = piece;
            let open = open_quote.map(|open| (open.line, text(open.record)));
            all.push((text(bytes), first_line, odd_quotes, open));
        }
        all
    }

    #[test]
    fn quotes_that_are_odd_or_open_are_known_by_their_lines() {
        let text = "a,b\n1,2\n\"3\"x,\"4\n5\"\n6,\"7\n8\n";
        let whole = "1,2\n\"3\"x,\"4\n5\"\n".to_owned();
        assert_eq!(after_header(text), [(whole, 2, vec![3], Some((5, "6,\"7\n8\n".to_owned())))]);
    }

    #[test]
    fn a_piece_ends_with_a_whole_record_and_the_next_begins_on_its_line() {
        let long = "x".repeat(PIECE - 8);
        let read = after_header(&format!("a,b\n1,2\n{long},3\n4,5\n6,\"y\nz\"\n"));
        let texts: Vec<String> = read.iter().map(|piece| piece.0.replace(&long, "…")).collect();
        assert_eq!(texts, ["1,2\n…,3\n", "4,5\n6,\"y\nz\"\n"]);
        assert_eq!([read[0].1, read[1].1], [2, 4]);
    }

    #[test]
    fn a_mark_at_the_start_of_a_record_stays_in_it() {
        let read = after_header("a,b\n\u{feff}1,2\n");
        assert_eq!(read, [("\n\u{feff}1,2\n".to_owned(), 1, vec![], None)]);
    }

    #[test]
    fn what_is_read_is_bounded() {
        let most = Limits { input_bytes: 8, ..Limits::default() };
        assert!(header("a,b\n1,2\n", most).is_ok());
        let error = header("a,b\n1,2\n3", most).expect_err("nine bytes").to_string();
        assert!(error.starts_with("t.csv: more than 8 bytes when unpacked"), "{error}");
    }
}
