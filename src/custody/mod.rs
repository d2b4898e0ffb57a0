//! Can it be trusted, and repeated?

mod key;
mod manifest;
mod pseudonyms;

pub use key::Key;
pub use manifest::{Counts, FileEntry, Manifest};
pub use pseudonyms::Pseudonyms;
