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

#[cfg(test)]
mod tests {
    use super::*;

    fn thrift(rest: &[u8]) -> Thrift<'_> {
        Thrift { rest, depth: 0 }
    }

    #[test]
    fn a_whole_number_has_seven_bits_a_byte() {
        for (bytes, number) in [
            (&[0][..], Some(0)),
            (&[127], Some(127)),
            (&[0x80, 1], Some(128)),
            (&[0xac, 2], Some(300)),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], Some(u64::MAX)),
            (&[0x80; 11], None),
            (&[0x80], None),
            (&[], None),
        ] {
            assert_eq!(thrift(bytes).whole(), number, "{bytes:?}");
        }
    }

    #[test]
    fn a_number_with_a_sign_is_folded() {
        for (bytes, number) in [
            (&[0][..], Some(0)),
            (&[1], Some(-1)),
            (&[2], Some(1)),
            (&[3], Some(-2)),
            (&[0x80, 1], Some(64)),
            (&[0xff, 1], Some(-128)),
            (&[0x80], None),
        ] {
            assert_eq!(thrift(bytes).number(), number, "{bytes:?}");
        }
    }

    #[test]
    fn a_field_is_so_many_after_the_last_or_has_its_number() {
        let (mut head, mut field) = (thrift(&[0x15, 0x2c, 0x08, 0x14, 0x00]), 0);
        let mut next = || (head.field(&mut field), field);
        assert_eq!([next(), next(), next()], [(Some(5), 1), (Some(12), 3), (Some(8), 10)]);
        assert_eq!([next(), next()], [(Some(0), 10), (None, 10)]);
        let mut last = i64::MAX;
        assert_eq!(thrift(&[0x15]).field(&mut last), None);
    }

    /// The head of a page: of kind 0, of 100 bytes in 50, and what is said besides.
    fn page(besides: &[u8]) -> Option<(i64, i64, Option<i64>, Option<i64>)> {
        let head = [&[0x15, 0x00, 0x15, 0xc8, 0x01, 0x15, 0x64], besides].concat();
        let page = thrift(&head).page()?;
        Some((page.unpacked, page.packed, page.encoding, page.entries))
    }

    #[test]
    fn each_kind_of_page_states_its_encoding_where_it_has_it() {
        assert_eq!(page(&[0x00]), Some((100, 50, None, None)));
        // Group 5: ten values in encoding 8, levels in encoding 3.
        let data = [0x2c, 0x15, 0x14, 0x15, 0x10, 0x15, 0x06, 0x15, 0x06, 0x00, 0x00];
        assert_eq!(page(&data), Some((100, 50, Some(8), None)));
        // Group 7: ten entries in encoding 2.
        let dictionary = [0x4c, 0x15, 0x14, 0x15, 0x04, 0x00, 0x00];
        assert_eq!(page(&dictionary), Some((100, 50, Some(2), Some(10))));
        // Group 8: ten values, no nulls, ten rows, encoding 5.
        let second = [0x5c, 0x15, 0x14, 0x15, 0x00, 0x15, 0x14, 0x15, 0x0a, 0x00, 0x00];
        assert_eq!(page(&second), Some((100, 50, Some(5), None)));
        assert_eq!(page(&[]), None);
        assert_eq!(page(&data[..10]), None);
    }

    #[test]
    fn what_is_not_asked_for_is_passed_over() {
        for (kind, bytes) in [
            (1, &[][..]),
            (2, &[]),
            (3, &[9]),
            (4, &[0x80, 1]),
            (5, &[2]),
            (6, &[2]),
            (7, &[1, 2, 3, 4, 5, 6, 7, 8]),
            (8, &[3, 7, 7, 7]),
            (12, &[0x15, 2, 0x1c, 0x11, 0x00, 0x00]),
        ] {
            let all = [bytes, &[42]].concat();
            let mut head = thrift(&all);
            assert_eq!(head.skip(kind), Some(()), "{kind}");
            assert_eq!((head.rest, head.depth), (&[42][..], 0), "{kind}");
            if let Some((_, short)) = bytes.split_last() {
                assert_eq!(thrift(short).skip(kind), None, "{kind} cut short");
            }
        }
        for kind in [0, 9, 10, 11, 13, 15] {
            assert_eq!(thrift(&[0; 20]).skip(kind), None, "{kind}");
        }
        // In a group of a data page a text, a group and a fifth number stand beside what is asked for.
        let beside = [0x2c, 0x18, 1, 7, 0x1c, 0x00, 0x35, 4, 0x00, 0x00];
        assert_eq!(page(&beside), Some((100, 50, None, None)));
    }

    #[test]
    fn groups_lie_seven_deep_at_most() {
        let deep = |count: usize| {
            let bytes = [vec![0x1c; count], vec![0; count + 1]].concat();
            thrift(&bytes).skip(12)
        };
        assert_eq!(deep(6), Some(()));
        assert_eq!(deep(7), None);
    }
}
