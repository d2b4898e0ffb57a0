//! Counts and digests what goes by.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

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
    bytes: u64,
    digest: Sha256,
}

impl<W: Write> Tally<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, bytes: 0, digest: Sha256::new() }
    }

    pub(super) fn finish(self) -> Saved {
        let mut sha256 = String::with_capacity(64);
        for byte in self.digest.finalize() {
            for half in [byte >> 4, byte & 15] {
                sha256.extend(char::from_digit(half.into(), 16));
            }
        }
        let bytes = self.bytes;
        Saved { bytes, sha256 }
    }
}

impl<W: Write> Write for Tally<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
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
