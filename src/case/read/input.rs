//! The bytes of a file, unpacked where it is packed, and its digest where one is wanted.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A file that went into a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its name in the folder, or as the user named it.
    pub name: String,
    /// How many bytes it has, as stored.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal, where it was asked for.
    pub sha256: Option<String>,
}

impl InputFile {
    /// A file whose bytes are in memory.
    #[must_use]
    pub fn of_bytes(name: &str, bytes: &[u8]) -> Self {
        let watch = Watch::new(true);
        watch.note(bytes);
        watch.file(name)
    }
}

/// What has gone by so far.
#[derive(Debug, Default)]
struct Seen {
    bytes: u64,
    digest: Option<Sha256>,
}

/// Counts and digests what is read through it.
#[derive(Clone, Debug)]
pub(super) struct Watch(Arc<Mutex<Seen>>);

impl Watch {
    pub(super) fn new(digest: bool) -> Self {
        Self(Arc::new(Mutex::new(Seen { bytes: 0, digest: digest.then(Sha256::new) })))
    }

    pub(super) fn note(&self, bytes: &[u8]) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.bytes += bytes.len() as u64;
        if let Some(digest) = &mut seen.digest {
            digest.update(bytes);
        }
    }

    pub(super) fn file(&self, name: &str) -> InputFile {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sha256 = seen.digest.clone().map(|digest| hex(&digest.finalize()));
        InputFile { name: name.into(), bytes: seen.bytes, sha256 }
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

struct Watched<R>(R, Watch);

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.0.read(buffer)?;
        self.1.note(&buffer[..got]);
        Ok(got)
    }
}

/// The bytes of `path`, unpacked if its name ends in `.gz`; `-` is standard input.
pub(super) fn open(path: &Path, watch: &Watch) -> Result<Box<dyn Read>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(Watched(io::stdin().lock(), watch.clone())));
    }
    let file = File::open(path).map_err(|error| Error::io(path, "open", error))?;
    let watched = Watched(file, watch.clone());
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")) {
        return Ok(Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, watched))));
    }
    Ok(Box::new(watched))
}
