//! Small cases for the tests of this room.

use super::{ReadOptions, Strictness, Taken, read};
use crate::error::Result;

/// What these files come to; a row with a fault is told and left out.
pub(in crate::case) fn taken(files: &[(&str, &str)]) -> Taken {
    let options = ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() };
    taken_with(files, &options).expect("a case")
}

/// What these files come to, read as the options say.
pub(in crate::case) fn taken_with(files: &[(&str, &str)], options: &ReadOptions) -> Result<Taken> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a temporary file is written");
    }
    read(folder.path(), options)
}

/// What is told of the files, each fault with its place.
pub(in crate::case) fn told(taken: &Taken) -> Vec<String> {
    taken.faults.listed().iter().map(ToString::to_string).collect()
}
