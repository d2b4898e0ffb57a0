//! One line of an audit log, and how it holds on to the line before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::digest::{LETTERS, is_sha256, sha256};

/// What the first entry names as the hash before it.
pub(super) const NONE_BEFORE: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// What stands before the hash of a line, and what after it.
const BEFORE: &str = ",\"hash\":\"";
const AFTER: &str = "\"}";

/// Whether the first entry of a log begins so.
pub(in super::super) fn begins(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(NUMBER) else { return false };
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && rest[digits..].starts_with(TIME)
}

/// Whether that is all that was written of the first entry of a log, or some of it.
pub(super) fn may_begin(bytes: &[u8]) -> bool {
    let first = [NUMBER, b"1", TIME].concat();
    begins(bytes) || first.starts_with(bytes)
}

const NUMBER: &[u8] = b"{\"number\":";
const TIME: &[u8] = b",\"time\":\"";

/// One entry of an audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub number: u64,
    /// When it was written, in UTC, as RFC 3339 has it.
    pub time: String,
    /// The version of the engine.
    pub version: String,
    /// What happened.
    pub event: Event,
    /// The number of the entry with which the run began; of that entry its own.
    pub run: u64,
    /// Who.
    pub who: Who,
    /// Why.
    pub purpose: String,
    /// The words of the command, as they were given.
    pub command: Vec<String>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Detail>,
    /// What an earlier run left behind that was stopped while it wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub torn: Option<Torn>,
    /// The hash of the entry before it.
    pub previous: String,
    /// The SHA-256 of the line with this empty.
    #[serde(default, skip_serializing)]
    pub hash: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// A run began; nothing of a case had been read.
    Begun,
    /// A run ended.
    Done,
}

impl Event {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Done => "done",
        }
    }
}

/// Who ran a command.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The name under which the system knows whoever ran it.
    pub login: String,
    /// The name that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Its exit code.
    pub exit: u8,
    /// Rows of the case that were read, that were used, and that were refused.
    pub rows: [usize; 3],
    /// How many people were withheld from lists, because they may be victims.
    pub withheld: usize,
    /// The files that went in.
    pub inputs: Vec<LogFile>,
    /// The files that came out.
    pub outputs: Vec<LogFile>,
    /// What went to standard output.
    pub stdout: LogFile,
    /// By the name of the flag, why a rule was set aside.
    pub overrides: BTreeMap<String, String>,
    /// Cases whose time was over and which were read all the same.
    pub expired_cases: Vec<String>,
    /// Cases that were recorded for another purpose and read all the same.
    pub other_purpose_cases: Vec<String>,
    /// The address, without its token, of an engine that was sent some of it; none of a run on this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
}

/// A file that went in or came out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFile {
    /// Its path, as it was given.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A line that was not written to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Torn {
    /// How many bytes of it are there.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
}

impl Torn {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, sha256: sha256(&[bytes]) }
    }
}

impl Entry {
    /// The line, with its hash, and without its end; the entry gets that hash.
    pub(super) fn seal(&mut self) -> String {
        let open = serde_json::to_string(self).expect("its keys are text");
        let inside = open.strip_suffix('}').unwrap_or(&open);
        self.hash = hash(inside);
        format!("{inside}{BEFORE}{}{AFTER}", self.hash)
    }

    /// The entry that a line holds; none unless every byte of it is as it was written.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?;
        let inside = text.strip_suffix(AFTER)?;
        let cut = inside.len().checked_sub(LETTERS)?;
        let (before, stated) = (inside.get(..cut)?.strip_suffix(BEFORE)?, inside.get(cut..)?);
        if !is_sha256(stated) || hash(before) != stated {
            return None;
        }
        serde_json::from_str(text).ok()
    }
}

fn hash(inside: &str) -> String {
    sha256(&[inside.as_bytes(), BEFORE.as_bytes(), AFTER.as_bytes()])
}
