//! The bytes of a file of edges, in pieces that end where a line ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use memchr::{memchr, memchr_iter, memrchr};

use crate::case::Limits;
use crate::error::{Error, Position, Result};

/// The bytes of a piece, but for the end of its last line.
const PIECE: u64 = 1 << 20;

/// A file, or what came by standard input.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) limits: Limits,
    bytes: Bytes,
}

enum Bytes {
    /// So many, on disk.
    File(u64),
    Held(Vec<u8>),
}

impl Source {
    pub(super) fn open(path: &Path, limits: Limits) -> Result<Self> {
        let failed = |error| Error::io(path, "read", error);
        let mut held = Vec::new();
        // One byte more than is allowed tells that there are too many.
        let most = limits.input_bytes.saturating_add(1);
        if path.as_os_str() == "-" {
            io::stdin().lock().take(most).read_to_end(&mut held).map_err(failed)?;
            return Self::held(path, held, limits);
        }
        let meta = path.metadata().map_err(failed)?;
        if meta.is_file() {
            limits.check_input(meta.len(), &path.to_string_lossy())?;
            return Ok(Self { path: path.into(), limits, bytes: Bytes::File(meta.len()) });
        }
        // A pipe has no length and cannot be read in pieces.
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut held)).map_err(failed)?;
        Self::held(path, held, limits)
    }

    /// Bytes that are in memory.
    pub(super) fn held(path: &Path, bytes: Vec<u8>, limits: Limits) -> Result<Self> {
        limits.check_input(bytes.len() as u64, &path.to_string_lossy())?;
        Ok(Self { path: path.into(), limits, bytes: Bytes::Held(bytes) })
    }

    /// The place in the file of the line that begins at `offset`.
    pub(super) fn position(&self, offset: u64, column: &str) -> Position {
        Position { file: self.name(), line: self.line_of(offset), column: column.to_owned() }
    }

    pub(super) fn len(&self) -> u64 {
        match &self.bytes {
            Bytes::File(length) => *length,
            Bytes::Held(bytes) => bytes.len() as u64,
        }
    }

    /// The ranges of bytes from `start` whose lines make one piece each.
    pub(super) fn pieces(&self, start: u64) -> Vec<Range<u64>> {
        let count = (self.len() - start).div_ceil(PIECE);
        let end = |piece: u64| (start + piece * PIECE).min(self.len());
        (0..count).map(|piece| end(piece)..end(piece + 1)).collect()
    }

    /// Calls `read` with the lines that begin within `range`, and with where the first of them begins.
    pub(super) fn lines<T>(
        &self,
        range: &Range<u64>,
        first: bool,
        buffer: &mut Vec<u8>,
        read: impl FnOnce(&[u8], u64) -> T,
    ) -> Result<T> {
        // One byte before tells whether a line begins where the range does.
        let from = if first { range.start } else { range.start - 1 };
        let mut until = range.end;
        loop {
            let bytes = self.bytes(from..until, buffer)?;
            // The last line that begins within the range may end beyond it.
            let kept = usize::try_from(range.end - from).expect("a piece fits memory");
            let end = match memchr(b'\n', &bytes[kept - 1..]) {
                Some(at) => Some(kept + at),
                None => (until == self.len()).then_some(bytes.len()),
            };
            let Some(end) = end else {
                if until - range.end > self.limits.record_bytes as u64 {
                    return Err(self.limits.long_record(&self.position(range.end, "")));
                }
                until = (2 * until - range.end + (1 << 12)).min(self.len());
                continue;
            };
            let begin = if first { Some(0) } else { memchr(b'\n', &bytes[..end]).map(|at| at + 1) };
            let begin = begin.unwrap_or(end);
            return Ok(read(&bytes[begin..end], from + begin as u64));
        }
    }

    /// All bytes from `start`.
    pub(super) fn rest(&self, start: u64, buffer: &mut Vec<u8>) -> Result<()> {
        self.limits.check_whole(self.len(), &self.name())?;
        let held = self.bytes(start..self.len(), buffer)?.len();
        if buffer.len() != held {
            let bytes = self.bytes(start..self.len(), &mut Vec::new())?.to_vec();
            *buffer = bytes;
        }
        Ok(())
    }

    fn bytes<'a>(&'a self, range: Range<u64>, buffer: &'a mut Vec<u8>) -> Result<&'a [u8]> {
        let at = |place: u64| usize::try_from(place).expect("a piece fits memory");
        match &self.bytes {
            Bytes::Held(bytes) => Ok(&bytes[at(range.start)..at(range.end)]),
            Bytes::File(_) => {
                buffer.resize(at(range.end - range.start), 0);
                let mut file = File::open(&self.path).map_err(|error| self.failed(error))?;
                file.seek(SeekFrom::Start(range.start))
                    .and_then(|_| file.read_exact(buffer))
                    .map_err(|error| self.failed(error))?;
                Ok(buffer)
            }
        }
    }

    fn failed(&self, error: io::Error) -> Error {
        Error::io(&self.path, "read", error)
    }

    pub(super) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// The line, counted from 1, in which the byte at `offset` stands.
    pub(super) fn line_of(&self, offset: u64) -> u64 {
        let mut buffer = Vec::new();
        let mut line = 1;
        for piece in self.pieces(0) {
            if piece.start >= offset {
                break;
            }
            let upto = piece.start..piece.end.min(offset);
            // A file that can no longer be read has no lines to count.
            let Ok(bytes) = self.bytes(upto, &mut buffer) else { return 0 };
            line += memchr_iter(b'\n', bytes).count() as u64;
        }
        line
    }

    /// The start of the file, to the end of a line if it is long.
    pub(super) fn head(&self) -> Result<Vec<u8>> {
        let mut buffer = Vec::new();
        let head = self.bytes(0..self.len().min(1 << 16), &mut buffer)?;
        let end = if head.len() as u64 == self.len() {
            head.len()
        } else {
            memrchr(b'\n', head).map_or(head.len(), |at| at + 1)
        };
        Ok(head[..end].to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(bytes: &[u8]) -> Source {
        Source::held("e.csv".as_ref(), bytes.to_vec(), Limits::default()).expect("few bytes")
    }

    /// A source that stands on disk as well as in memory.
    fn both(bytes: &[u8], ask: impl Fn(&Source)) {
        ask(&held(bytes));
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), bytes).expect("a temporary file is written");
        ask(&Source::open(file.path(), Limits::default()).expect("a file"));
    }

    #[test]
    fn a_range_has_the_lines_that_begin_in_it() {
        // Lines begin at 0, 3, 7, 8 and 11; the last has no end.
        let text = b"ab\ncde\n\nfg\nhij";
        both(text, |source| {
            for (range, first, want, offset) in [
                (0..14, true, "ab\ncde\n\nfg\nhij", 0),
                (0..2, true, "ab\n", 0),
                (0..3, true, "ab\n", 0),
                (0..4, true, "ab\ncde\n", 0),
                (3..4, false, "cde\n", 3),
                (3..7, false, "cde\n", 3),
                (4..7, false, "", 7),
                (4..8, false, "\n", 7),
                (5..9, false, "\nfg\n", 7),
                (9..11, false, "", 11),
                (9..12, false, "hij", 11),
                (12..14, false, "", 14),
            ] {
                let read = |bytes: &[u8], offset| (bytes.to_vec(), offset);
                let (bytes, from) =
                    source.lines(&range, first, &mut Vec::new(), read).expect("lines");
                assert_eq!(String::from_utf8_lossy(&bytes), want, "{range:?}");
                assert!(from == offset || bytes.is_empty(), "{range:?} begins at {from}");
            }
        });
    }

    #[test]
    fn a_line_may_be_longer_than_what_is_read_at_once() {
        // It ends 9,000 bytes beyond the range in which it begins.
        let mut text = vec![b'x'; 10_000];
        text.extend(b"\ny\n");
        both(&text, |source| {
            let all = |bytes: &[u8], _| bytes.len();
            assert_eq!(
                source.lines(&(0..1000), true, &mut Vec::new(), all).expect("lines"),
                10_001
            );
        });
        let limits = Limits { record_bytes: 2000, ..Limits::default() };
        let source = Source::held("e.csv".as_ref(), text, limits).expect("few bytes");
        let error = source.lines(&(0..1000), true, &mut Vec::new(), |_, _| ()).unwrap_err();
        assert!(error.to_string().contains("e.csv"), "{error}");
    }

    #[test]
    fn pieces_are_of_a_mebibyte() {
        let source = held(&vec![b'\n'; (1 << 21) + 5]);
        let mib = 1 << 20;
        assert_eq!(source.pieces(0), [0..mib, mib..2 * mib, 2 * mib..2 * mib + 5]);
        assert_eq!(source.pieces(5), [5..mib + 5, mib + 5..2 * mib + 5]);
        assert!(source.pieces(2 * mib + 5).is_empty());
        // Each byte is a line.
        let lines = [0, 1, mib - 1, mib, mib + 1, 2 * mib + 5].map(|offset| source.line_of(offset));
        assert_eq!(lines, [0, 1, mib - 1, mib, mib + 1, 2 * mib + 5].map(|before| before + 1));
    }

    #[test]
    fn the_head_ends_with_a_line_where_there_is_more() {
        let short = b"a,b\nc,d";
        both(short, |source| assert_eq!(source.head().expect("a head"), short));
        let mut long = vec![b'x'; 60_000];
        long.push(b'\n');
        long.extend(vec![b'y'; 60_000]);
        both(&long, |source| assert_eq!(source.head().expect("a head").len(), 60_001));
        both(&vec![b'x'; 70_000], |source| {
            assert_eq!(
                source.head().expect("a head").len(),
                65_536,
                "a line without an end is cut"
            );
        });
    }
}
