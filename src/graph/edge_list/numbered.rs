//! Files that name each node by a small whole number: parsed as they stand.

use rayon::prelude::*;

use super::layout::Layout;
use super::line::Stop;
use super::names::Names;
use super::source::Source;
use super::{Block, Parsed};
use crate::graph::csr::Held;

/// Numbers beyond this many times the number of edges are names: a table of all numbers up to them would be mostly empty.
const SPARSE: usize = 8;

/// The edges of a file of numbers.
pub(super) fn parse<W: Held>(source: &Source, layout: &Layout) -> Result<Parsed<W>, Stop> {
    if !layout.is_plain() {
        return Err(Stop::NotNumbers);
    }
    let pieces = source.pieces(layout.start);
    let blocks: Result<Vec<(Block<W>, u32)>, Stop> = pieces
        .par_iter()
        .enumerate()
        .map_init(Vec::new, |buffer, (piece, range)| {
            let read = |bytes: &[u8], _| block(bytes, layout);
            let read = source.lines(range, piece == 0, buffer, read).map_err(Stop::Error)?;
            read.map_err(|other| match other {
                Other::NotNumbers => Stop::NotNumbers,
                Other::Inexact => Stop::Inexact,
            })
        })
        .collect();
    let blocks = blocks?;
    let most = blocks.iter().map(|(_, most)| *most as usize).max().unwrap_or(0);
    let edges: usize = blocks.iter().map(|(block, _)| block.len()).sum();
    if most > SPARSE * edges + 1024 {
        return Err(Stop::NotNumbers);
    }
    let blocks = blocks.into_iter().map(|(block, _)| block).collect();
    let most = u32::try_from(most).expect("it was a number of 32 bits");
    Ok(Parsed { blocks, names: Names::Numbers((0..=most).collect()) })
}

/// What else a line is.
#[derive(Clone, Copy)]
enum Other {
    NotNumbers,
    Inexact,
}

/// The edges of whole lines, and the greatest number in them; any line that is not plain ends it, to be read with more care.
fn block<W: Held>(bytes: &[u8], layout: &Layout) -> Result<(Block<W>, u32), Other> {
    const LEAST: usize = 8;
    let mut edges = Vec::with_capacity(bytes.len() / LEAST / 2);
    let (mut at, mut most) = (0, 0);
    while at < bytes.len() {
        if matches!(bytes[at], b'\n' | b'\r') {
            at += 1;
            continue;
        }
        let u = number(bytes, &mut at).ok_or(Other::NotNumbers)?;
        step(bytes, &mut at, layout.comma)?;
        let v = number(bytes, &mut at).ok_or(Other::NotNumbers)?;
        let weight = if layout.weight.is_some() {
            step(bytes, &mut at, layout.comma)?;
            let weight = decimal(bytes, &mut at).ok_or(Other::NotNumbers)?;
            W::exactly(weight).ok_or(Other::Inexact)?
        } else {
            W::default()
        };
        if at < bytes.len() && !matches!(bytes[at], b'\n' | b'\r') {
            return Err(Other::NotNumbers);
        }
        most = most.max(u).max(v);
        edges.push((u, v, weight));
    }
    edges.shrink_to_fit();
    Ok((edges, most))
}

#[inline(always)]
fn step(bytes: &[u8], at: &mut usize, comma: u8) -> Result<(), Other> {
    if bytes.get(*at) != Some(&comma) {
        return Err(Other::NotNumbers);
    }
    *at += 1;
    Ok(())
}

/// Digits as a number, and how many they are.
#[inline(always)]
fn digits(bytes: &[u8], at: &mut usize) -> (u64, usize) {
    let (start, mut value) = (*at, 0_u64);
    while let Some(digit) = bytes.get(*at).map(|byte| byte.wrapping_sub(b'0'))
        && digit < 10
    {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        *at += 1;
    }
    (value, *at - start)
}

/// A node's number. `007` is not 7: such names are kept as they stand.
#[inline(always)]
fn number(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let first = bytes.get(*at);
    let (value, count) = digits(bytes, at);
    let plain = (1..=9).contains(&count) && (count == 1 || first != Some(&b'0'));
    plain.then(|| u32::try_from(value).expect("nine digits fit 32 bits"))
}

/// A decimal of few digits, to the bit what the exact parser gives: both parts of the quotient are exact.
#[inline(always)]
fn decimal(bytes: &[u8], at: &mut usize) -> Option<f64> {
    const POWERS: [f64; 16] =
        [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (whole, before) = digits(bytes, at);
    if bytes.get(*at) != Some(&b'.') {
        return (1..=15).contains(&before).then_some(whole as f64);
    }
    *at += 1;
    let (fraction, after) = digits(bytes, at);
    if before + after == 0 || before + after > 15 {
        return None;
    }
    let shift = 10_u64.pow(u32::try_from(after).expect("at most 15"));
    Some((whole * shift + fraction) as f64 / POWERS[after])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Limits;

    fn layout(weight: Option<usize>) -> Layout {
        Layout {
            comma: b',',
            source: 0,
            target: 1,
            weight,
            columns: 2 + usize::from(weight.is_some()),
            start: 0,
            unread: Vec::new(),
            limits: Limits::default(),
        }
    }

    #[test]
    fn a_decimal_of_few_digits_is_what_the_exact_parser_gives() {
        for text in [
            "0",
            "7",
            "007",
            "1.5",
            "0.1",
            ".5",
            "3.",
            "12.0625",
            "123456789012345",
            "0.00000000000001",
            "1234567.12345678",
            "99999.9999999999",
        ] {
            let mut at = 0;
            let got = decimal(text.as_bytes(), &mut at).map(f64::to_bits);
            assert_eq!((got, at), (text.parse().ok().map(f64::to_bits), text.len()), "{text}");
        }
        for text in
            ["", ".", "-1", "x", "1234567890123456", "1234567.123456789", "0.0000000000000001"]
        {
            assert_eq!(decimal(text.as_bytes(), &mut 0), None, "{text}");
        }
        let mut at = 2;
        assert_eq!(decimal(b"5,2.25,", &mut at).map(f64::to_bits), Some(2.25_f64.to_bits()));
        assert_eq!(at, 6, "it ends where the number does");
    }

    #[test]
    fn a_number_has_nine_digits_at_most_and_no_zero_before_them() {
        for (text, want, end) in [
            ("0", Some(0), 1),
            ("9,", Some(9), 1),
            ("10", Some(10), 2),
            ("999999999", Some(999_999_999), 9),
            ("1000000000", None, 10),
            ("07", None, 2),
            ("00", None, 2),
            ("", None, 0),
            ("/", None, 0),
            (":", None, 0),
        ] {
            let mut at = 0;
            assert_eq!((number(text.as_bytes(), &mut at), at), (want, end), "{text}");
        }
    }

    #[test]
    fn a_block_is_all_its_lines_or_something_else() {
        let pairs = |text: &str| block::<()>(text.as_bytes(), &layout(None)).ok();
        let edges = vec![(3, 12, ()), (7, 0, ())];
        for text in ["3,12\n7,0\n", "\r\n3,12\r\n\n7,0", "3,12\r7,0\r"] {
            assert_eq!(pairs(text), Some((edges.clone(), 12)), "{text:?}");
        }
        assert_eq!(pairs("\n\n"), Some((Vec::new(), 0)));
        for text in ["3", "3,", "3;4", "3,4,", "3,4 ", "a,4", "3,b", "3, 4", "3,4\n5"] {
            assert_eq!(pairs(text), None, "{text:?}");
        }
        let weighed = |text: &str| block::<f32>(text.as_bytes(), &layout(Some(2)));
        let (edges, most) = weighed("1,2,0.5\n4,3,2\n").ok().expect("numbers");
        assert_eq!((edges, most), (vec![(1, 2, 0.5), (4, 3, 2.0)], 4));
        assert!(matches!(weighed("1,2,0.1\n"), Err(Other::Inexact)), "four bytes do not hold it");
        for text in ["1,2\n", "1,2,\n", "1,2,x\n", "1,2,-1\n", "1,2,1e3\n"] {
            assert!(matches!(weighed(text), Err(Other::NotNumbers)), "{text:?}");
        }
    }

    #[test]
    fn numbers_far_beyond_the_edges_are_names() {
        let parsed = |text: &str, layout: &Layout| {
            let source = Source::held("x".as_ref(), text.as_bytes().to_vec(), layout.limits);
            parse::<()>(&source.expect("bytes"), layout).ok().map(|parsed| parsed.names.len())
        };
        // Eight for the one edge, and 1024.
        assert_eq!(parsed("5,1032\n", &layout(None)), Some(1033));
        assert_eq!(parsed("5,1033\n", &layout(None)), None);
        assert_eq!(parsed("5,1033\n6,7\n", &layout(None)), Some(1034));
        let turned = Layout { source: 1, target: 0, ..layout(None) };
        assert_eq!(parsed("1,2\n", &turned), None, "the columns stand the other way round");
    }
}
