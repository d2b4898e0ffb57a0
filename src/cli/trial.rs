//! What tests of commands need: flags as somebody types them, a small case, and the lines of a sheet.

use std::fs;

use clap::{Args, Command};
use kluwen::case::{Case, ReadOptions, read};
use kluwen::output::{Format, Sheet};

/// Flags from the words behind the name of a command.
pub(crate) fn typed<F: Args>(words: &[&str]) -> F {
    let command = F::augment_args(Command::new("trial").no_binary_name(true));
    let matches = command.try_get_matches_from(words).expect("flags that are known");
    F::from_arg_matches(&matches).expect("all flags that are needed")
}

/// A case of these tables.
pub(crate) fn case_of(files: &[(&str, &str)]) -> Case {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a temporary file");
    }
    read(folder.path(), &ReadOptions::default()).expect("a sound case").case
}

/// The rows of a sheet as CSV, without its head.
pub(crate) fn lines(sheet: &Sheet) -> Vec<String> {
    let mut out = Vec::new();
    sheet.write(Format::Csv, &mut out).expect("memory takes all");
    let text = String::from_utf8(out).expect("text");
    text.lines().skip(1).map(str::to_owned).collect()
}
