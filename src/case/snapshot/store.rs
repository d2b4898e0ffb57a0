//! Writes a snapshot.

use std::io::{self, ErrorKind, Write};

use sha2::{Digest as _, Sha256};

use super::super::read::InputFile;
use super::super::table::Rows;
use super::super::texts::Texts;
use super::super::{Case, Taken};
use super::field::Field;
use super::notes::Notes;
use super::{CHECKSUM, FORMAT, HEAD, MAGIC};

/// Writes a snapshot of a case, with the names of the files of settings by which it was read.
///
/// [`read`](crate::case::read) takes it in place of the files, if its name ends in `.kluwen`, and gives the
/// same rows at the same places. Rows that were set aside are counted in it, but are not in it.
///
/// - **Content**: the names and ids of the case, as they are: it is to be kept as the case is.
/// - **Size**: about 80 bytes a row, and each text once.
/// - **Cost**: O(bytes); the case is gone through twice, because the length comes first.
///
/// # Errors
///
/// If `out` fails, or one text has more than 4 GiB.
///
/// # Examples
///
/// ```
/// use kluwen::case::{Case, ReadOptions, read, write_snapshot};
/// use kluwen::output::{InputGuard, save};
///
/// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
/// let folder = std::env::temp_dir().join("kluwen-snapshot-example");
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("study25.kluwen");
/// save(&path, &InputGuard::default(), |out| write_snapshot(&taken, &[], out))?;
/// assert_eq!(Case::open(&path)?.cases.len(), 25);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_snapshot(
    taken: &Taken,
    settings: &[InputFile],
    out: &mut dyn Write,
) -> io::Result<()> {
    let notes = serde_json::to_vec(&Notes::of(taken, settings))?;
    let mut nowhere = io::sink();
    let mut counting = Sealer::new(&mut nowhere);
    body(&taken.case, &mut counting)?;
    let length = HEAD + notes.len() as u64 + counting.length() + CHECKSUM as u64;
    let mut sealer = Sealer { digest: Some(Sha256::new()), ..Sealer::new(out) };
    let to = sealer.room()?;
    to.extend_from_slice(MAGIC);
    FORMAT.put(to);
    put_long(length, to);
    put_long(notes.len() as u64, to);
    to.extend_from_slice(&notes);
    body(&taken.case, &mut sealer)?;
    sealer.seal()
}

fn body(case: &Case, to: &mut Sealer<'_>) -> io::Result<()> {
    texts(case.symbols.texts(), to)?;
    for ids in &case.own_ids {
        texts(ids.texts(), to)?;
    }
    fields(&case.victims_of_refused_rows, to)?;
    table(&case.cases, to)?;
    table(&case.people, to)?;
    table(&case.channels, to)?;
    table(&case.places, to)?;
    table(&case.identifiers, to)?;
    table(&case.roles, to)?;
    table(&case.links, to)?;
    table(&case.ads, to)
}

/// How many texts, how many bytes they have together, the length of each, and their bytes.
fn texts(texts: &Texts, to: &mut Sealer<'_>) -> io::Result<()> {
    put_long(texts.len() as u64, to.room()?);
    put_long(texts.bytes().len() as u64, to.room()?);
    for length in texts.lengths() {
        let length = u32::try_from(length)
            .map_err(|_| io::Error::new(ErrorKind::InvalidInput, "a text of over 4 GiB"))?;
        length.put(to.room()?);
    }
    to.write(texts.bytes().as_bytes())
}

fn table<R: Field>(rows: &Rows<R>, to: &mut Sealer<'_>) -> io::Result<()> {
    fields(rows, to)?;
    fields(rows.attributes(), to)
}

fn fields<F: Field>(fields: &[F], to: &mut Sealer<'_>) -> io::Result<()> {
    put_long(fields.len() as u64, to.room()?);
    fields.iter().try_for_each(|field| {
        field.put(to.room()?);
        Ok(())
    })
}

fn put_long(number: u64, to: &mut Vec<u8>) {
    to.extend_from_slice(&number.to_le_bytes());
}

/// Writes in large pieces, counts, and digests where that is wanted.
struct Sealer<'w> {
    out: &'w mut dyn Write,
    piece: Vec<u8>,
    written: u64,
    digest: Option<Sha256>,
}

impl<'w> Sealer<'w> {
    /// The bytes of a piece, from which on it is written.
    const PIECE: usize = 1 << 18;

    fn new(out: &'w mut dyn Write) -> Self {
        Self { out, piece: Vec::with_capacity(2 * Self::PIECE), written: 0, digest: None }
    }

    /// Where the next bytes go.
    #[inline(always)]
    fn room(&mut self) -> io::Result<&mut Vec<u8>> {
        if self.piece.len() >= Self::PIECE {
            self.flush()?;
        }
        Ok(&mut self.piece)
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::take(&mut self.piece);
        self.send(&piece)?;
        self.piece = piece;
        self.piece.clear();
        Ok(())
    }

    /// Bytes that are in one piece already.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.flush()?;
        self.send(bytes)
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(digest) = &mut self.digest {
            digest.update(bytes);
        }
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    fn length(&self) -> u64 {
        self.written + self.piece.len() as u64
    }

    fn seal(mut self) -> io::Result<()> {
        self.flush()?;
        match self.digest {
            Some(digest) => self.out.write_all(&digest.finalize()),
            None => Ok(()),
        }
    }
}
