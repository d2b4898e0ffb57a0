//! Small cases for the tests of this room and of those to its right.

use crate::case::{Case, ReadOptions, Strictness, read};

/// The case that these tables are; a row with a fault is left out.
pub(crate) fn case(tables: &[(&str, &str)]) -> Case {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in tables {
        std::fs::write(folder.path().join(name), text).expect("a temporary file is written");
    }
    let options = ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() };
    read(folder.path(), &options).expect("a case").case
}
