//! Files that cannot be made again, known by how they begin.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use super::{audit, key};

/// A file that nothing may be written over, because nobody could make it again.
///
/// # Examples
///
/// ```
/// use kluwen::custody::Irreplaceable;
///
/// assert_eq!(Irreplaceable::of(b"kluwen key 1\n"), Some(Irreplaceable::Key));
/// assert_eq!(Irreplaceable::of(b"{\"number\":1,\"time\":\""), Some(Irreplaceable::AuditLog));
/// assert_eq!(Irreplaceable::of(b"person_id,name\n"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Irreplaceable {
    /// A [`Key`](super::Key).
    Key,
    /// An [`AuditLog`](super::AuditLog).
    AuditLog,
}

impl Irreplaceable {
    /// How many bytes tell which it is.
    const ENOUGH: u64 = 64;

    /// What a file is that begins with these bytes.
    #[must_use]
    pub fn of(beginning: &[u8]) -> Option<Self> {
        match beginning {
            bytes if key::begins(bytes) => Some(Self::Key),
            bytes if audit::begins(bytes) => Some(Self::AuditLog),
            _ => None,
        }
    }

    /// What the file at `path` is; a link is followed. Nothing is said of what is no file, or cannot be read.
    #[must_use]
    pub fn at(path: &Path) -> Option<Self> {
        if !fs::metadata(path).is_ok_and(|found| found.is_file()) {
            return None;
        }
        let mut beginning = Vec::new();
        File::open(path).ok()?.take(Self::ENOUGH).read_to_end(&mut beginning).ok()?;
        Self::of(&beginning)
    }

    /// What to call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Key => "a key of pseudonyms",
            Self::AuditLog => "an audit log",
        }
    }
}
