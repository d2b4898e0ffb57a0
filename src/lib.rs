#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
// What a test expects may be worked out by the machine's own functions; what is found may not.
#![cfg_attr(test, allow(clippy::disallowed_methods))]
#![deny(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod case;
pub mod cluster;
pub mod custody;
pub mod error;
pub mod finding;
pub mod graph;
pub mod identity;
mod listing;
pub mod measure;
mod odds;
pub mod output;
pub mod pairing;
mod random;
pub mod simulate;
mod untrusted;
mod wide;

pub use case::Case;
pub use error::{Error, ErrorKind, Position, Result};
pub use untrusted::Untrusted;
