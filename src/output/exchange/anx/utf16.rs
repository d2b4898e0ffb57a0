//! UTF-16 with a byte order mark, the low byte first.

use std::io::{self, Write};

/// Takes UTF-8, whole characters at a time, and passes on UTF-16.
pub(super) struct Utf16<'w> {
    out: &'w mut dyn Write,
    units: Vec<u8>,
}

impl<'w> Utf16<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(&[0xff, 0xfe])?;
        Ok(Self { out, units: Vec::new() })
    }
}

impl Write for Utf16<'_> {
    /// `Xml` writes whole texts, so a character is never cut between two calls.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.units.clear();
        self.units.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        self.out.write_all(&self.units)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_the_first_plane_take_two_units() -> io::Result<()> {
        let mut out = Vec::new();
        write!(Utf16::new(&mut out)?, "a\u{1f600}")?;
        assert_eq!(out, [0xff, 0xfe, 0x61, 0, 0x3d, 0xd8, 0, 0xde]);
        Ok(())
    }
}
