//! The heads of pages, looked at before the library reads them: it makes room for as much as they state.

use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;

use super::super::super::limits::Limits;
use super::bad;
use crate::error::{Error, Position, Result, printable};

/// As many bytes as Snappy can make of one.
const MOST_FROM_ONE: u64 = 32;

/// Encodings whose pages state no sizes of their own: plain values, runs, and numbers of a dictionary.
const ENCODINGS: [i64; 4] = [0, 2, 3, 8];

/// Refuses a column whose pages state more than they hold, or are written in a way that is not read.
pub(super) fn check_pages(
    column: &ColumnChunkMetaData,
    bytes: &[u8],
    file: &str,
    limits: Limits,
) -> Result<()> {
    let named = |found: &str, expected: &str| {
        let column = printable(column.column_descr().name());
        Error::data(Position { file: file.into(), line: 0, column }, found, expected)
    };
    if !matches!(column.compression(), Compression::UNCOMPRESSED | Compression::SNAPPY) {
        let found = format!("a column packed by {}", column.compression());
        return Err(named(&found, "Snappy or nothing; write the table with `compression=snappy`"));
    }
    let damaged = || bad(file, "a column whose pages are damaged");
    let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
    let start = usize::try_from(start).map_err(|_| damaged())?;
    let length = usize::try_from(column.compressed_size()).map_err(|_| damaged())?;
    let end = start.checked_add(length).ok_or_else(damaged)?;
    let mut rest = bytes.get(start..end).ok_or_else(damaged)?;
    let mut held = 0_u64;
    while !rest.is_empty() {
        let mut head = Thrift { rest, depth: 0 };
        let page = head.page().ok_or_else(damaged)?;
        let [packed, unpacked] =
            [page.packed, page.unpacked].map(|size| u64::try_from(size).unwrap_or(u64::MAX));
        held = held.saturating_add(unpacked);
        limits.check_whole(held, file)?;
        if unpacked > packed.saturating_mul(MOST_FROM_ONE) + MOST_FROM_ONE {
            return Err(bad(file, "a page that states more than it can hold"));
        }
        if page.entries.is_some_and(|entries| u64::try_from(entries).is_ok_and(|n| n > unpacked)) {
            return Err(bad(file, "a dictionary that states more than it holds"));
        }
        if page.encoding.is_some_and(|encoding| !ENCODINGS.contains(&encoding)) {
            let expected = "plain values or a dictionary; write the table as Parquet version 1";
            return Err(named("values in another encoding than is read", expected));
        }
        rest = usize::try_from(packed).ok().and_then(|n| head.rest.get(n..)).ok_or_else(damaged)?;
    }
    Ok(())
}

/// What the head of a page states.
#[derive(Debug, Default)]
struct Page {
    unpacked: i64,
    packed: i64,
    encoding: Option<i64>,
    /// Of a dictionary, how many values.
    entries: Option<i64>,
}

/// Thrift's compact form, as far as the heads of pages have it.
struct Thrift<'b> {
    rest: &'b [u8],
    depth: u32,
}

impl Thrift<'_> {
    fn page(&mut self) -> Option<Page> {
        let mut page = Page::default();
        let mut field = 0;
        while let kind @ 1.. = self.field(&mut field)? {
            match (field, kind) {
                (2, 5) => page.unpacked = self.number()?,
                (3, 5) => page.packed = self.number()?,
                (5, 12) => page.encoding = self.numbers()?[1],
                (7, 12) => {
                    let [entries, encoding, ..] = self.numbers()?;
                    (page.entries, page.encoding) = (entries, encoding);
                }
                (8, 12) => page.encoding = self.numbers()?[3],
                (_, kind) => self.skip(kind)?,
            }
        }
        Some(page)
    }

    /// The first numbers of a group, by their fields.
    fn numbers(&mut self) -> Option<[Option<i64>; 4]> {
        let (mut numbers, mut field) = ([None; 4], 0);
        while let kind @ 1.. = self.field(&mut field)? {
            let slot =
                usize::try_from(field).ok()?.checked_sub(1).and_then(|at| numbers.get_mut(at));
            match (slot, kind) {
                (Some(slot), 5) => *slot = Some(self.number()?),
                (_, kind) => self.skip(kind)?,
            }
        }
        Some(numbers)
    }

    /// The kind of the next field; 0 at the end of the group.
    fn field(&mut self, last: &mut i64) -> Option<u8> {
        let head = self.byte()?;
        if head == 0 {
            return Some(0);
        }
        let step = i64::from(head >> 4);
        *last = if step == 0 { self.number()? } else { last.checked_add(step)? };
        Some(head & 15)
    }

    fn skip(&mut self, kind: u8) -> Option<()> {
        match kind {
            1 | 2 => Some(()),
            3 => self.byte().map(drop),
            4..=6 => self.number().map(drop),
            7 => self.leave(8),
            8 => {
                let length = self.whole()?;
                self.leave(usize::try_from(length).ok()?)
            }
            12 => {
                self.depth += 1;
                let mut field = 0;
                // Heads of pages have groups within groups, but not many.
                while self.depth < 8
                    && let kind @ 1.. = self.field(&mut field)?
                {
                    self.skip(kind)?;
                }
                let ended = self.depth < 8;
                self.depth -= 1;
                ended.then_some(())
            }
            _ => None,
        }
    }

    fn leave(&mut self, bytes: usize) -> Option<()> {
        self.rest = self.rest.get(bytes..)?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    /// A whole number without a sign, seven bits a byte.
    fn whole(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    /// A whole number with a sign, folded so that small ones are short.
    fn number(&mut self) -> Option<i64> {
        let folded = self.whole()?;
        let magnitude = i64::try_from(folded >> 1).ok()?;
        Some(if folded & 1 == 0 { magnitude } else { -magnitude - 1 })
    }
}
