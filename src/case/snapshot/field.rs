//! One field of a row: always of the same width, lowest byte first.

use super::super::date::When;
use super::super::means::Means;
use super::super::symbol::Symbol;
use super::super::vocabulary::Code;

/// What is written in a fixed number of bytes.
pub(super) trait Field: Sized {
    /// How many bytes.
    const WIDTH: usize;

    fn put(&self, to: &mut Vec<u8>);

    /// What was put; where the bytes are of nothing that could be, `cells` are no longer sound.
    fn get(cells: &mut Cells<'_>) -> Self;
}

/// The bytes of a row, taken field by field.
pub(super) struct Cells<'a> {
    rest: &'a [u8],
    sound: bool,
}

impl<'a> Cells<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, sound: true }
    }

    /// Whether all bytes were there and stood for something.
    pub(super) fn are_sound(&self) -> bool {
        self.sound
    }

    #[inline(always)]
    fn next<const N: usize>(&mut self) -> [u8; N] {
        let Some((first, rest)) = self.rest.split_first_chunk() else {
            self.sound = false;
            return [0; N];
        };
        self.rest = rest;
        *first
    }

    #[inline(always)]
    fn expect(&mut self, fine: bool) {
        self.sound &= fine;
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Field for $number {
            const WIDTH: usize = size_of::<Self>();

            fn put(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }

            #[inline(always)]
            fn get(cells: &mut Cells<'_>) -> Self {
                Self::from_le_bytes(cells.next())
            }
        }
    )+};
}

numbers!(u16, u32, i32, f64);

impl Field for Symbol {
    const WIDTH: usize = u32::WIDTH;

    fn put(&self, to: &mut Vec<u8>) {
        self.to_number().put(to);
    }

    #[inline(always)]
    fn get(cells: &mut Cells<'_>) -> Self {
        Self::from_number(u32::get(cells))
    }
}

impl Field for When {
    const WIDTH: usize = 2 * i32::WIDTH;

    fn put(&self, to: &mut Vec<u8>) {
        self.to_numbers().iter().for_each(|number| number.put(to));
    }

    #[inline(always)]
    fn get(cells: &mut Cells<'_>) -> Self {
        let when = Self::from_numbers([i32::get(cells), i32::get(cells)]);
        cells.expect(when.is_some());
        when.unwrap_or(Self::UNRECORDED)
    }
}

impl Field for Means {
    const WIDTH: usize = u16::WIDTH;

    fn put(&self, to: &mut Vec<u8>) {
        self.to_bits().put(to);
    }

    #[inline(always)]
    fn get(cells: &mut Cells<'_>) -> Self {
        let means = Self::from_bits(u16::get(cells));
        cells.expect(means.is_some());
        means.unwrap_or_default()
    }
}

impl<C: Code> Field for C {
    const WIDTH: usize = 1;

    fn put(&self, to: &mut Vec<u8>) {
        Some(*self).put(to);
    }

    #[inline(always)]
    fn get(cells: &mut Cells<'_>) -> Self {
        let code = Option::<C>::get(cells);
        cells.expect(code.is_some());
        code.unwrap_or(C::ALL[0].1)
    }
}

/// 0, or the place of the code in its list, from 1.
impl<C: Code> Field for Option<C> {
    const WIDTH: usize = 1;

    fn put(&self, to: &mut Vec<u8>) {
        to.push(self.map_or(0, |code| code.place() + 1));
    }

    #[inline(always)]
    fn get(cells: &mut Cells<'_>) -> Self {
        let [place] = cells.next();
        let code = place.checked_sub(1)?;
        let code = C::ALL.get(usize::from(code)).map(|&(_, code)| code);
        cells.expect(code.is_some());
        code
    }
}

/// Two numbers; where there are none, two that are not numbers.
impl Field for Option<(f64, f64)> {
    const WIDTH: usize = 2 * f64::WIDTH;

    fn put(&self, to: &mut Vec<u8>) {
        let (first, second) = self.unwrap_or((f64::NAN, f64::NAN));
        first.put(to);
        second.put(to);
    }

    #[inline(always)]
    fn get(cells: &mut Cells<'_>) -> Self {
        let (first, second) = (f64::get(cells), f64::get(cells));
        cells.expect(first.is_nan() == second.is_nan());
        (!first.is_nan()).then_some((first, second))
    }
}
