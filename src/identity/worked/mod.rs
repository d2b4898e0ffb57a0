//! Worked examples: small cases, of which every answer can be found with a pencil.

mod company;
mod comparing;
mod counting;
mod joining;
mod meeting;
mod parts;
mod reading;
mod weighing;

use super::clean::Region;
use super::mentions::Mentions;
use crate::case::{Case, ReadOptions, Strictness, read};

/// The case that these tables are; a row with a fault is left out.
pub(super) fn case(tables: &[(&str, &str)]) -> Case {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in tables {
        std::fs::write(folder.path().join(name), text).expect("a temporary file is written");
    }
    let options = ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() };
    read(folder.path(), &options).expect("a case").case
}

/// The mentions of the case that these tables are, in the Netherlands.
fn mentions(tables: &[(&str, &str)]) -> Mentions {
    Mentions::of(&case(tables), Region::default())
}
