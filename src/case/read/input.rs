//! The bytes of a file, unpacked where it is packed, and its digest where one is wanted.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::MultiGzDecoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::digest::hex;
use super::super::limits::Limits;
use crate::error::{Error, Position, Result};

/// A file that went into a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

    /// The same without its folder: where users keep their files is not for readers to know.
    #[must_use]
    pub fn without_folder(&self) -> Self {
        let last = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        Self { name: last.to_owned(), ..self.clone() }
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
pub(in crate::case) struct Watch(Arc<Mutex<Seen>>);

impl Watch {
    pub(in crate::case) fn new(digest: bool) -> Self {
        Self(Arc::new(Mutex::new(Seen { bytes: 0, digest: digest.then(Sha256::new) })))
    }

    pub(super) fn note(&self, bytes: &[u8]) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.bytes += bytes.len() as u64;
        if let Some(digest) = &mut seen.digest {
            digest.update(bytes);
        }
    }

    pub(in crate::case) fn file(&self, name: &str) -> InputFile {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sha256 = seen.digest.clone().map(|digest| hex(&digest.finalize()));
        InputFile { name: name.into(), bytes: seen.bytes, sha256 }
    }
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
pub(super) fn open(path: &Path, watch: &Watch) -> Result<Box<dyn Read + Send>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(Watched(io::stdin(), watch.clone())));
    }
    refuse_what_is_no_file(path)?;
    let file = File::open(path).map_err(|error| Error::io(path, "open", error))?;
    let watched = Watched(file, watch.clone());
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")) {
        return Ok(Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, watched))));
    }
    Ok(Box::new(watched))
}

/// A pipe may never end, and a device never does; a folder holds no bytes.
pub(in crate::case) fn refuse_what_is_no_file(path: &Path) -> Result<()> {
    let found = std::fs::metadata(path).map_err(|error| Error::io(path, "open", error))?;
    if found.is_file() {
        return Ok(());
    }
    let what = if found.is_dir() {
        "it is a folder, not a file"
    } else {
        "it is a pipe or device, not a file; JSON Lines from a pipe are read as the case `-`"
    };
    Err(Error::io(path, "read", io::Error::new(io::ErrorKind::InvalidInput, what)))
}

/// What it means that `file` could not be read to its end: a damaged archive is no fault of the device.
pub(super) fn failed(file: &str, error: io::Error) -> Error {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    if !matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof) {
        return Error::io(file, "read", error);
    }
    let position = Position { file: file.into(), ..Position::default() };
    let found = format!("a damaged gzip archive ({error})");
    Error::data(position, found, "a whole one; copy or pack the file anew")
}

/// All bytes of a file that cannot be read in pieces; `look` sees what was read so far, and may stop it.
pub(in crate::case) fn whole(
    path: &Path,
    name: &str,
    watch: &Watch,
    limits: Limits,
    look: impl Fn(&[u8]) -> Result<()>,
) -> Result<Vec<u8>> {
    const STEP: u64 = 1 << 20;
    let mut input = open(path, watch)?;
    let mut bytes = Vec::new();
    loop {
        let got = (&mut input).take(STEP).read_to_end(&mut bytes);
        let got = got.map_err(|error| failed(name, error))? as u64;
        limits.check_whole(bytes.len() as u64, name)?;
        look(&bytes)?;
        if got < STEP {
            return Ok(bytes);
        }
    }
}
