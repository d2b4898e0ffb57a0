//! The bytes of a snapshot, digested as they go by.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::super::digest::hex;
use super::super::limits::Limits;
use super::super::read::{InputFile, refuse_what_is_no_file, short_name};
use super::{CHECKSUM, FORMAT, HEAD, MAGIC};
use crate::error::{Error, Position, Result};

/// How many bytes are read at a time: few enough to stay near the processor until they are taken in.
const PIECE: usize = 1 << 20;

/// A snapshot that is being read.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    name: String,
    file: File,
    /// The bytes of the whole file.
    length: u64,
    /// The bytes before the checksum that were not read yet.
    left: u64,
    digest: Sha256,
}

impl Source {
    /// The snapshot at `path`, with its head read: what follows are the notes, and how many bytes they have.
    pub(super) fn open(path: &Path, limits: Limits) -> Result<(Self, usize)> {
        refuse_what_is_no_file(path)?;
        let io = |error| Error::io(path, "open", error);
        let file = File::open(path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let name = short_name(path);
        limits.check_input(length, &name)?;
        let (path, digest) = (path.to_owned(), Sha256::new());
        let mut source = Self { path, name, file, length, left: length, digest };
        source.check_kind()?;
        source.check_length()?;
        let notes = source.count(1)?;
        Ok((source, notes))
    }

    fn check_kind(&mut self) -> Result<()> {
        let begins = if self.length < HEAD { None } else { Some(self.array()?) };
        if begins.as_ref() != Some(MAGIC) {
            let expected = "the file that `kluwen pack` wrote; pack it again from the case's files";
            return Err(self.wrong("no snapshot, or only the beginning of one".into(), expected));
        }
        let format = u32::from_le_bytes(self.array()?);
        if format == FORMAT {
            return Ok(());
        }
        let found = format!("a snapshot of layout {format}, where this program knows {FORMAT}");
        Err(self.wrong(found, AGAIN))
    }

    fn check_length(&mut self) -> Result<()> {
        let packed = u64::from_le_bytes(self.array()?);
        if packed != self.length || packed < HEAD + CHECKSUM as u64 {
            return Err(self.damaged(&format!("{} bytes, packed as {packed}", self.length)));
        }
        self.left -= CHECKSUM as u64;
        Ok(())
    }

    fn wrong(&self, found: String, expected: &str) -> Error {
        Error::data(self.position(), found, expected)
    }

    fn position(&self) -> Position {
        Position { file: self.name.clone(), ..Position::default() }
    }

    /// A snapshot that is not as it was written.
    pub(super) fn damaged(&self, what: &str) -> Error {
        self.wrong(format!("a damaged snapshot ({what})"), AGAIN)
    }

    /// A snapshot of another program.
    pub(super) fn foreign(&self, version: &str) -> Error {
        let own = env!("CARGO_PKG_VERSION");
        let other = if version == own { "another build of kluwen" } else { "kluwen" };
        let found = format!("a snapshot that {other} {} made", crate::error::excerpt(version));
        self.wrong(found, &format!("one of this kluwen {own}; pack it again from the case's files"))
    }

    /// The next few bytes.
    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        self.digest.update(bytes);
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<()> {
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            return Err(self.damaged("it ends too early"));
        };
        self.left = left;
        self.file.read_exact(bytes).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => self.damaged("it ends too early"),
            _ => Error::io(&self.path, "read", error),
        })
    }

    /// How many things of `width` bytes each come; their bytes are there.
    pub(super) fn count(&mut self, width: usize) -> Result<usize> {
        let count = u64::from_le_bytes(self.array()?);
        let bytes = count.checked_mul(width as u64).filter(|&bytes| bytes <= self.left);
        match (bytes, usize::try_from(count)) {
            (Some(_), Ok(count)) => Ok(count),
            _ => Err(self.damaged("it announces more than it holds")),
        }
    }

    /// Room for so many things whose bytes are there.
    pub(super) fn room<T>(&self, count: usize) -> Result<Vec<T>> {
        let mut room = Vec::new();
        room.try_reserve_exact(count).map_err(|_| {
            let what = format!("{}: more than memory holds", self.position());
            Error::limit(what, "read it on a larger machine, or pack a part of the case")
        })?;
        Ok(room)
    }

    /// Hands the next `bytes` on in pieces of whole `width`s, and stops with an error about `what` where `take`
    /// finds one not to be sound. A piece is read and digested while the one before it is taken in.
    pub(super) fn pieces(
        &mut self,
        (bytes, width, what): (usize, usize, &str),
        mut take: impl FnMut(&[u8]) -> bool + Send,
    ) -> Result<()> {
        let step = (PIECE / width).max(1) * width;
        let mut left = bytes;
        let (mut piece, mut next) = (Vec::new(), Vec::new());
        loop {
            let upcoming = left.min(step);
            left -= upcoming;
            next.resize(upcoming, 0);
            let (sound, read) = rayon::join(
                || take(&piece),
                || self.fill(&mut next).map(|()| self.digest.update(&next)),
            );
            read?;
            if !sound {
                return Err(self.damaged(what));
            }
            if upcoming == 0 {
                return Ok(());
            }
            std::mem::swap(&mut piece, &mut next);
        }
    }

    /// The next `bytes` in one.
    pub(super) fn bytes(&mut self, bytes: usize, what: &str) -> Result<Vec<u8>> {
        let mut all = self.room(bytes)?;
        self.pieces((bytes, 1, what), |piece| {
            all.extend_from_slice(piece);
            true
        })?;
        Ok(all)
    }

    /// Checks that all was read, and that it is what was written.
    pub(super) fn end(mut self) -> Result<InputFile> {
        if self.left != 0 {
            return Err(self.damaged("it holds more than it announces"));
        }
        let own = self.digest.clone().finalize();
        self.left = CHECKSUM as u64;
        let written: [u8; CHECKSUM] = self.array()?;
        if own[..] != written {
            return Err(self.damaged("its checksum is another"));
        }
        let sha256 = Some(hex(&self.digest.finalize()));
        Ok(InputFile { name: self.name, bytes: self.length, sha256 })
    }
}

/// What is to be done about a snapshot that cannot be read.
const AGAIN: &str = "one that this program made; pack it again from the case's files";
