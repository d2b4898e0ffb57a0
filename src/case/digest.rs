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
        File::open(path).and_then(Self::of).map_err(failed)
    }

    /// All bytes that are still to be read.
    fn of(mut input: impl Read) -> io::Result<Self> {
        let mut digest = Self::default();
        let mut piece = vec![0; 1 << 16];
        loop {
            match input.read(&mut piece) {
                Ok(0) => return Ok(digest),
                Ok(got) => digest.take(&piece[..got]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of nothing and of `abc` in FIPS 180.
    const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /// Answers one reading after another, and then says that nothing is left.
    struct Answers(std::vec::IntoIter<io::Result<&'static [u8]>>);

    impl Read for Answers {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let bytes = self.0.next().unwrap_or(Ok(b""))?;
            into[..bytes.len()].copy_from_slice(bytes);
            Ok(bytes.len())
        }
    }

    fn of(answers: Vec<io::Result<&'static [u8]>>) -> io::Result<(u64, String)> {
        let digest = Digest::of(Answers(answers.into_iter()))?;
        Ok((digest.bytes(), digest.sha256()))
    }

    #[test]
    fn bytes_are_digested_however_they_are_cut() {
        assert_eq!(Digest::default().sha256(), NOTHING);
        assert_eq!(sha256(&[]), NOTHING);
        assert_eq!(sha256(&[b"abc"]), ABC);
        assert_eq!(sha256(&[b"a", b"", b"bc"]), ABC);
        assert_eq!(of(vec![Ok(b"ab"), Ok(b"c")]).expect("it is read"), (3, ABC.to_owned()));
    }

    #[test]
    fn reading_goes_on_after_an_interruption_and_ends_at_a_failure() {
        let interrupted = || Err(io::ErrorKind::Interrupted.into());
        let read = of(vec![interrupted(), Ok(b"ab"), interrupted(), Ok(b"c")]);
        assert_eq!(read.expect("it is read"), (3, ABC.to_owned()));
        let failed = of(vec![Ok(b"ab"), Err(io::Error::other("gone"))]).expect_err("it fails");
        assert_eq!(failed.to_string(), "gone");
    }

    #[test]
    fn a_file_is_digested_and_a_folder_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(&path, "abc").expect("it is written");
        let digest = Digest::of_file(&path).expect("it is read");
        assert_eq!((digest.bytes(), digest.sha256().as_str()), (3, ABC));
        let error = Digest::of_file(folder.path()).expect_err("it is a folder").to_string();
        assert!(error.ends_with(": could not read: it is not a file"), "{error}");
    }

    #[test]
    fn each_byte_is_two_letters() {
        assert_eq!(hex(&[0, 9, 16, 0xab, 255]), "000910abff");
        assert_eq!(hex(&[]), "");
    }

    #[test]
    fn a_digest_is_64_small_letters_and_digits() {
        assert!(is_sha256(ABC));
        assert!(is_sha256(&"09af".repeat(16)));
        assert!(!is_sha256(&ABC[1..]) && !is_sha256(&format!("{ABC}0")));
        for strange in ['/', ':', '`', 'g', 'A', 'F', ' '] {
            assert!(!is_sha256(&format!("{strange}{}", &ABC[1..])), "{strange}");
        }
    }
}
