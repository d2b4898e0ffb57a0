//! kluwen

#![deny(missing_docs)]
#![deny(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit
)]

pub mod error;
pub mod graph;
pub mod measure;

pub use error::{Error, ErrorKind, Position, Result};
