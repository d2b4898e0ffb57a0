//! Can it be trusted, and repeated?

mod manifest;

pub use manifest::{Counts, FileEntry, Manifest};
