#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![deny(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod case;
pub mod custody;
pub mod error;
pub mod finding;
pub mod graph;
pub mod identity;
pub mod measure;
mod odds;
pub mod output;
mod random;
pub mod simulate;
mod untrusted;
mod wide;

pub use case::Case;
pub use error::{Error, ErrorKind, Position, Result};
pub use untrusted::Untrusted;
