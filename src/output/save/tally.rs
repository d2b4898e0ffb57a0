//! Counts and digests what goes by.

use std::io::{self, Write};

use crate::case::digest::Digest;

/// What was written, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// How many bytes.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

pub(super) struct Tally<W> {
    inner: W,
    digest: Digest,
}

impl<W: Write> Tally<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, digest: Digest::default() }
    }

    pub(super) fn finish(self) -> Saved {
        Saved { bytes: self.digest.bytes(), sha256: self.digest.sha256() }
    }
}

impl<W: Write> Write for Tally<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.take(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufWriter;

    use super::*;

    #[test]
    fn what_goes_by_is_counted_and_passed_on() {
        let mut tally = Tally::new(BufWriter::new(Vec::new()));
        tally.write_all(b"ab").unwrap();
        tally.write_all(b"c").unwrap();
        assert!(tally.inner.get_ref().is_empty());
        tally.flush().unwrap();
        assert_eq!(tally.inner.get_ref(), b"abc");
        // FIPS 180-2, appendix B.1.
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        assert_eq!(tally.finish(), Saved { bytes: 3, sha256 });
    }
}
