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
