//! A case as it was read, in one file that is read back at the speed of the disk.
//!
//! A snapshot holds what [`read`](super::read) made of the files: rows, texts, faults, counts, and which
//! files they were, with their SHA-256. It saves the reading, not the files: it is made again from them
//! and never takes their place, and only the program that made it reads it.
//!
//! In the file stand, numbers with their lowest byte first:
//!
//! 1. [`MAGIC`], [`FORMAT`] (4 bytes), the length of the whole file (8), the length of the notes (8);
//! 2. the notes (`notes.rs`), as JSON: the program's version, the files, the counts and the faults;
//! 3. the texts, and by table the ids that are kept apart (`texts.rs`);
//! 4. the victims of refused rows, and by table the rows and their attributes, each of a fixed width (`rows.rs`);
//! 5. the SHA-256 of all that stands before it.

mod contract;
mod field;
mod load;
mod notes;
mod rows;
mod sound;
mod source;
mod store;

pub(super) use load::read;
pub use store::write_snapshot;

use super::read::InputFile;

/// The first bytes of every snapshot.
const MAGIC: &[u8; 12] = b"kluwen case\n";

/// How what follows is laid out; another number is another layout.
const FORMAT: u32 = 1;

/// The bytes before the notes.
const HEAD: u64 = 12 + 4 + 8 + 8;

/// The bytes of the checksum.
const CHECKSUM: usize = 32;

/// The ending of a snapshot's name.
pub(super) const ENDING: &str = "kluwen";

/// Of a case that comes from a snapshot: how that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The snapshot itself, with its SHA-256.
    pub file: InputFile,
    /// The version of the program that read the files and made it.
    pub version: String,
    /// The mapping and the table of grades by which the files were read, where there were any.
    pub settings: Vec<InputFile>,
}
