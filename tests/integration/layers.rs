//! Each room of the house uses only what stands to its left.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::repository;

/// What is under all rooms.
const UNDER_ALL: [&str; 7] = ["error", "listing", "odds", "pairing", "random", "untrusted", "wide"];

/// The rooms, from left to right.
const ROOMS: [&str; 9] =
    ["case", "identity", "graph", "measure", "finding", "output", "custody", "simulate", "cluster"];

/// What stands to the left and yet is not used: numbers know nothing of people or files.
const CLOSED: [(&str, &str); 2] = [("measure", "case"), ("measure", "identity")];

/// What is wrong with the imports of a source file of `room`; a room of the library, or `cli`.
fn wrong_imports(room: &str, source: &str) -> Vec<String> {
    let paths = source.split(is_no_part_of_a_path).filter(|path| path.contains("::"));
    paths.filter_map(|path| wrong_path(room, path)).collect()
}

fn is_no_part_of_a_path(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '_' | ':'))
}

fn wrong_path(room: &str, path: &str) -> Option<String> {
    let wrong = |why: &str| Some(format!("`{path}` in {room}: {why}"));
    let mut parts = path.split("::");
    match (parts.next()?, parts.next()) {
        ("crate", _) if room == "cli" => wrong("the command line uses the library"),
        ("kluwen", _) if room != "cli" => wrong("inside the crate, by `crate::`"),
        // `use crate::{…}` hides which room is meant.
        ("crate", Some("")) => wrong("by the path of a module"),
        ("crate", Some(other)) if !UNDER_ALL.contains(&other) && !may_use(room, other) => {
            wrong("it does not stand to the left")
        }
        _ => None,
    }
}

fn may_use(room: &str, other: &str) -> bool {
    let place = |name: &str| ROOMS.iter().position(|room| *room == name);
    let (Some(own), Some(used)) = (place(room), place(other)) else { return false };
    used <= own && !CLOSED.contains(&(room, other))
}

/// A source without its comments, in which examples speak as outsiders do.
fn without_comments(source: &str) -> String {
    source
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// All sources in a folder and the folders in it, in order.
pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn imports_point_only_back() {
    let mut wrong = Vec::new();
    for room in ROOMS.into_iter().chain(["cli"]) {
        let folder = repository("src").join(room);
        let files = sources(&folder);
        assert!(!files.is_empty(), "{room} is empty");
        for file in files {
            let source = without_comments(&fs::read_to_string(&file).expect("a source is text"));
            let found = wrong_imports(room, &source).into_iter();
            wrong.extend(found.map(|what| format!("{}: {what}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_error_stands_under_all() {
    let source = fs::read_to_string(repository("src/error.rs")).expect("a source is text");
    assert!(!without_comments(&source).contains("crate::"));
}

#[test]
fn every_module_of_the_library_is_a_room() {
    let source = fs::read_to_string(repository("src/lib.rs")).expect("a source is text");
    let modules = source.lines().filter_map(|line| line.strip_prefix("pub mod "));
    let mut modules: Vec<&str> = modules.map(|name| name.trim_end_matches(';')).collect();
    let mut rooms = [&ROOMS[..], &["error", "pairing"]].concat();
    modules.sort_unstable();
    rooms.sort_unstable();
    assert_eq!(modules, rooms);
}

#[test]
fn a_wrong_import_is_found() {
    for (room, source) in [
        ("graph", "use crate::finding::Findings;"),
        ("case", "fn f() { crate::output::save() }"),
        ("measure", "use crate::case::Case;"),
        ("measure", "use crate::identity::Entities;"),
        ("finding", "use crate::output::Dot;"),
        ("finding", "use crate::{case::Case, graph::Network};"),
        ("output", "use kluwen::case::Case;"),
        ("output", "use crate::cli::flags;"),
        ("cli", "use crate::case::Case;"),
    ] {
        assert_eq!(wrong_imports(room, source).len(), 1, "{room}: {source}");
    }
}

#[test]
fn a_right_import_is_none() {
    for (room, source) in [
        ("graph", "use crate::case::Case; use crate::identity::Entities;"),
        ("case", "use crate::error::Result; use super::Case; pub(crate) fn f() {}"),
        ("output", "use crate::finding::Findings;"),
        ("custody", "use crate::output::save;"),
        ("cli", "use kluwen::case::Case; use super::flags; pub(crate) struct A;"),
    ] {
        assert_eq!(wrong_imports(room, source), [""; 0], "{room}: {source}");
    }
}
