//! Can it be trusted, and repeated?

mod audit;
mod irreplaceable;
mod key;
mod manifest;
mod pseudonyms;
mod publication;
mod purge;
mod verify;

pub use crate::case::digest::Digest;
pub use crate::listing::names_in;
pub use audit::{
    AuditLog, Broken, Chain, Detail, Entry, Event, LogFile, Note, Torn, TornLine, Who,
};
pub use irreplaceable::Irreplaceable;
pub use key::Key;
pub use manifest::{Counts, FileEntry, InputEntry, InputRole, Manifest, ReadManifest};
pub use pseudonyms::{KeptPseudonyms, Pseudonyms, is_pseudonym, pseudonym_pattern};
pub use purge::{Hit, Proof, Purge, PurgedFile};
pub use verify::{Difference, InputPaths, Part, Verification, compare, verify};
