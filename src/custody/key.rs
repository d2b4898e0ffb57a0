//! The key of a case's pseudonyms: a file that only its owner may read.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::case::digest::hex;
use crate::error::{Error, Position, Result};
use crate::output::{InputGuard, Saved, save};

/// What a file of a key begins with.
const HEADER: &str = "kluwen key 1";

/// Whether a file that begins so is a key; of a later layout, too.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"kluwen key ")
}

/// A key of 32 random bytes, under which ids have their pseudonyms.
///
/// Who holds it can tell whose a pseudonym is by trying the ids of the files; who does not cannot. It is wiped from memory when it goes, and is
/// never shown, not even by `Debug`.
///
/// # Examples
///
/// ```
/// use kluwen::custody::Key;
/// use kluwen::output::InputGuard;
///
/// let folder = std::env::temp_dir().join("kluwen-key-example");
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("case.key");
/// # let _ = std::fs::remove_file(&path);
/// let key = Key::random()?;
/// key.save(&path, &InputGuard::default())?;
/// assert_eq!(Key::read(&path)?.fingerprint(), key.fingerprint());
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; Key::BYTES]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// How many bytes it has.
    pub const BYTES: usize = 32;

    /// A key of bytes that somebody else drew.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A new key from the system's source of randomness.
    ///
    /// # Errors
    ///
    /// If the system gives none.
    pub fn random() -> Result<Self> {
        let mut key = Self::from_bytes([0; Self::BYTES]);
        fill(&mut *key.0).map_err(|error| Error::io("/dev/urandom", "read", error))?;
        Ok(key)
    }

    /// Reads a key from its file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read; if anybody but its owner may read or change it; if it is no key.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        const ENOUGH: usize = 4096;
        let path = path.as_ref();
        let io = |error| Error::io(path, "read the key", error);
        let file = File::open(path).map_err(io)?;
        // What was opened is looked at, so that nothing is exchanged in between.
        refuse_what_others_may_read(&file).map_err(io)?;
        let mut text = Zeroizing::new(Vec::with_capacity(ENOUGH));
        file.take(ENOUGH as u64).read_to_end(&mut text).map_err(io)?;
        Self::parse(&text).ok_or_else(|| {
            let file = path.to_string_lossy().into_owned();
            Error::data(
                Position { file, ..Position::default() },
                "no key",
                "a file that `kluwen key FILE` made: the line `kluwen key 1` and 64 hexadecimal digits",
            )
        })
    }

    fn parse(text: &[u8]) -> Option<Self> {
        let rest = text.strip_prefix(HEADER.as_bytes())?.strip_prefix(b"\n")?;
        let digits = rest.strip_suffix(b"\n").unwrap_or(rest);
        let mut key = Self::from_bytes([0; Self::BYTES]);
        if digits.len() != 2 * Self::BYTES {
            return None;
        }
        for (byte, pair) in key.0.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16);
            *byte = u8::try_from(16 * digit(0)? + digit(1)?).ok()?;
        }
        Some(key)
    }

    /// Writes the key into a new file that only its owner may read.
    ///
    /// # Errors
    ///
    /// As those of [`save`]; and if anything stands at `path`: who writes over a key loses whom its pseudonyms stand for.
    pub fn save(&self, path: impl AsRef<Path>, guard: &InputGuard) -> Result<Saved> {
        let path = path.as_ref();
        if path.symlink_metadata().is_ok() {
            let there = io::Error::new(
                ErrorKind::AlreadyExists,
                "something is there already, and a key is never written over; give another name",
            );
            return Err(Error::io(path, "write the key", there));
        }
        let mut text = Zeroizing::new(String::with_capacity(HEADER.len() + 2 * Self::BYTES + 2));
        text.push_str(HEADER);
        text.push('\n');
        write_hex(&*self.0, &mut text);
        text.push('\n');
        save(path, guard, |out| out.write_all(text.as_bytes()))
    }

    /// What tells keys apart and says nothing of them: 16 hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mac = self.mac().chain_update(b"kluwen key fingerprint 1").finalize();
        hex(&Sha256::digest(mac.into_bytes())[..8])
    }

    /// An HMAC-SHA-256 under the key, of nothing yet.
    pub(super) fn mac(&self) -> Hmac<Sha256> {
        Hmac::new_from_slice(&*self.0).expect("HMAC takes a key of any length")
    }
}

/// Adds two digits a byte, without a copy of them elsewhere.
fn write_hex(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
}

/// The owner alone may read a key, and change it.
fn refuse_what_others_may_read(file: &File) -> io::Result<()> {
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a file"));
    }
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o777;
        if mode & 0o077 != 0 {
            return Err(io::Error::new(
                ErrorKind::PermissionDenied,
                format!(
                    "others than its owner may read or change it (mode {mode:03o}): make a new key with `kluwen key`, or `chmod 600` it if \
                     nobody has read it"
                ),
            ));
        }
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn fill(mut bytes: &mut [u8]) -> io::Result<()> {
    use rustix::rand::{GetRandomFlags, getrandom};
    while !bytes.is_empty() {
        let filled = getrandom(&mut *bytes, GetRandomFlags::empty())?;
        bytes = &mut bytes[filled..];
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn fill(bytes: &mut [u8]) -> io::Result<()> {
    File::open("/dev/urandom")?.read_exact(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_key_is_one() {
        let text = format!("{HEADER}\n{}\n", "0a".repeat(32));
        assert_eq!(Key::parse(text.as_bytes()).expect("a key").0, Zeroizing::new([10; 32]));
        for wrong in [
            "",
            "kluwen key 1\n",
            &format!("{HEADER}\n{}\n", "0a".repeat(31)),
            &format!("{HEADER}\n{}\n", "0a".repeat(33)),
            &format!("{HEADER}\n{}\n", "0g".repeat(32)),
            &format!("kluwen key 2\n{}\n", "0a".repeat(32)),
            &format!("{HEADER}\n{}\n\n", "0a".repeat(32)),
        ] {
            assert!(Key::parse(wrong.as_bytes()).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn nothing_of_a_key_is_shown() {
        assert_eq!(format!("{:?}", Key::from_bytes([0xab; 32])), "Key(…)");
    }

    /// RFC 4231, test cases 1 to 3 with keys made up to 32 bytes by zeros, as HMAC itself does.
    #[test]
    fn it_is_the_hmac_of_the_standard() {
        let cases: [(&[u8], &[u8], &str); 3] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
        ];
        for (key, data, expected) in cases {
            let mut bytes = [0; 32];
            bytes[..key.len()].copy_from_slice(key);
            let mac = Key::from_bytes(bytes).mac().chain_update(data).finalize().into_bytes();
            let mut digits = String::new();
            write_hex(&mac, &mut digits);
            assert_eq!(digits, expected);
        }
    }

    #[test]
    fn a_fingerprint_is_that_of_the_standard() {
        // By Python's hmac and hashlib: the digest of the HMAC of the words.
        assert_eq!(Key::from_bytes([7; 32]).fingerprint(), "5ae0d1b6b43d5ceb");
    }

    #[test]
    fn no_two_keys_are_drawn_alike() {
        let [one, other] = [(); 2].map(|()| Key::random().expect("randomness"));
        assert_ne!(one.0, other.0);
        assert!(one.0.iter().any(|&byte| byte != 0) && other.0.iter().any(|&byte| byte != 0));
    }

    #[test]
    fn a_key_reads_back_from_its_file_and_a_message_names_one_that_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("case.key");
        let key = Key::from_bytes([0x1f; 32]);
        key.save(&path, &InputGuard::default()).expect("it is written");
        let text = std::fs::read_to_string(&path).expect("it is text");
        assert_eq!(text, format!("kluwen key 1\n{}\n", "1f".repeat(32)));
        assert_eq!(Key::read(&path).expect("a key").0, key.0);
        std::fs::write(&path, "secret").expect("it is written over");
        let told = Key::read(&path).expect_err("it is none").to_string();
        assert!(told.starts_with(&path.display().to_string()) && told.contains("no key"), "{told}");
        let told = Key::read(folder.path()).expect_err("it is a folder").to_string();
        assert!(told.ends_with("it is not a file"), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_or_change_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("case.key");
        Key::from_bytes([1; 32]).save(&path, &InputGuard::default()).expect("it is written");
        for (mode, fits) in [(0o600, true), (0o400, true), (0o640, false), (0o602, false)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode))
                .expect("it is ours");
            let read = Key::read(&path).map_err(|error| error.to_string());
            assert_eq!(read.is_ok(), fits, "{mode:o}");
            let told = read.err().unwrap_or_default();
            assert_eq!(told.contains(&format!("(mode {mode:03o})")), !fits, "{told}");
        }
    }
}
