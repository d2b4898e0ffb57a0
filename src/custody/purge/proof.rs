//! What is said of a case that was taken out, and what cannot be said.

use std::collections::BTreeMap;

use serde::Serialize;

use super::looking::name;
use super::search::Hit;
use super::{Change, Purge};
use crate::case::digest::sha256;

/// What was taken out of which files, and what of it is still to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// `kluwen.purge/1`.
    pub schema: &'static str,
    /// The version of the engine.
    pub version: &'static str,
    /// Whether it was done, or would be.
    pub is_done: bool,
    /// The SHA-256 of the id of the case. Ids are short: who tries them all finds it.
    pub case_id_sha256: String,
    /// How many people went, because no other case mentions them.
    pub people: usize,
    /// The files, those that stay as they are among them.
    pub files: Vec<PurgedFile>,
    /// For how many texts all bytes of the files were searched: ids, names, aliases, identifiers and advertisements that went.
    pub searched: usize,
    /// How many were too short to be searched for; rows that hold them as an id are gone.
    pub too_short: usize,
    /// How many were not searched for, because they are also ids, names, aliases or identifiers of people who stay.
    pub shared: usize,
    /// Where one of the texts still stands.
    pub hits: Vec<Hit>,
    /// Files that are no text, and folders within a folder: what they hold was not looked at.
    pub unsearched: Vec<String>,
    /// What this does not show.
    pub not_shown: Vec<&'static str>,
}

/// A file of which something was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PurgedFile {
    /// Its name, without its folder.
    pub name: String,
    /// How many rows went, by table.
    pub rows: BTreeMap<String, usize>,
    /// Its SHA-256 before.
    pub sha256_before: String,
    /// Its SHA-256 afterwards.
    pub sha256_after: String,
}

/// What no program can show that only sees files.
const NOT_SHOWN: [&str; 4] = [
    "that the old bytes are gone from the disk: a file system keeps blocks until they are used again",
    "that no other copy is left: backups, snapshots of the file system, mails, exports, findings, audit logs and rejects files",
    "that nothing was written about these people in other words: texts are searched for as they stood in the files",
    "that whoever read the case forgot it",
];

impl Purge {
    pub(super) fn told(&self, is_done: bool, after: Vec<String>, mut hits: Vec<Hit>) -> Proof {
        let file = |(change, sha256_after): (&Change, String)| PurgedFile {
            name: name(&change.path),
            rows: change.gone.clone(),
            sha256_before: change.before.sha256(),
            sha256_after,
        };
        hits.sort();
        Proof {
            schema: "kluwen.purge/1",
            version: env!("CARGO_PKG_VERSION"),
            is_done,
            case_id_sha256: sha256(&[self.case_id.as_bytes()]),
            people: self.people,
            files: self.changes.iter().zip(after).map(file).collect(),
            searched: self.texts.searched.len(),
            too_short: self.texts.short.len(),
            shared: self.texts.shared,
            hits,
            unsearched: self.unsearched.clone(),
            not_shown: NOT_SHOWN.to_vec(),
        }
    }
}
