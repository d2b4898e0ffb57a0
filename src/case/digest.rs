//! What bytes are, in a few letters: SHA-256, in hexadecimal.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// How many letters a digest has.
pub(crate) const LETTERS: usize = 64;

/// Counts and digests what is given to it.
///
/// # Examples
///
/// ```
/// use kluwen::custody::Digest;
///
/// let mut digest = Digest::default();
/// digest.take(b"ab");
/// digest.take(b"c");
/// assert_eq!(digest.bytes(), 3);
/// assert!(digest.sha256().starts_with("ba7816bf"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Digest {
    bytes: u64,
    digest: Sha256,
}

impl Digest {
    /// Takes in some more bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.digest.update(bytes);
    }

    /// How many bytes there were.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Their SHA-256, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&self.digest.clone().finalize())
    }

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is a pipe, a device or a folder.
    pub fn of_file(path: &Path) -> Result<Self> {
        let failed = |error| Error::io(path, "read", error);
        if !std::fs::metadata(path).map_err(failed)?.is_file() {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")));
        }
        let mut file = File::open(path).map_err(failed)?;
        let mut digest = Self::default();
        let mut piece = vec![0; 1 << 16];
        loop {
            match file.read(&mut piece) {
                Ok(0) => return Ok(digest),
                Ok(got) => digest.take(&piece[..got]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(error)),
            }
        }
    }
}

/// Bytes in hexadecimal, two letters each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The SHA-256 of all these bytes, one after another.
pub(crate) fn sha256(parts: &[&[u8]]) -> String {
    let mut digest = Digest::default();
    for part in parts {
        digest.take(part);
    }
    digest.sha256()
}

/// Whether `text` is a digest as this program writes one.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == LETTERS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
