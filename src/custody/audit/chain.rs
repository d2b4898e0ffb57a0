//! Whether a log is still the one that was written.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::entry::{Entry, Event, NONE_BEFORE, Torn};
use crate::error::{Error, Result};

/// An audit log as it was read, up to the first line that is broken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The entries, each with its line.
    pub entries: Vec<(u64, Entry)>,
    /// Lines that were not written to their end, because a run was stopped.
    pub torn: Vec<TornLine>,
    /// The first line that is not as it was written; what follows it was not looked at.
    pub broken: Option<Broken>,
}

/// A line that was not written to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TornLine {
    /// Its number, from 1.
    pub line: u64,
    /// Whether the entry after it says so; only the last line of a log can be without one.
    pub is_noted: bool,
}

/// A line that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Its number, from 1.
    pub line: u64,
    /// What stands there.
    pub found: String,
    /// What would be right.
    pub expected: String,
}

impl Chain {
    /// Reads the log at `path` and holds each line against the one before it.
    ///
    /// # Errors
    ///
    /// If the file cannot be read. A broken line is no error: [`Chain::broken`] says which.
    pub fn read(path: &Path) -> Result<Self> {
        crate::case::digest::Digest::of_file(path)?;
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, "read", error))?;
        Ok(Self::of(&bytes))
    }

    /// The same of a log that is in memory.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut chain = Self::default();
        let mut pending: Option<(u64, Torn)> = None;
        for (line, text) in (1..).zip(bytes.split_inclusive(|&b| b == b'\n')) {
            let (text, ended) = text.strip_suffix(b"\n").map_or((text, false), |text| (text, true));
            match Entry::parse(text) {
                Some(entry) => {
                    if let Err(broken) = chain.take(line, entry, pending.take()) {
                        chain.broken = Some(broken);
                        return chain;
                    }
                    if !ended {
                        chain.torn.push(TornLine { line, is_noted: false });
                    }
                }
                None if pending.is_none() => pending = Some((line, Torn::of(text))),
                None => break,
            }
            if pending.is_some() && !ended {
                chain.torn.push(TornLine { line, is_noted: false });
                return chain;
            }
        }
        chain.broken = pending.map(|(line, _)| changed(line));
        chain
    }

    fn take(
        &mut self,
        line: u64,
        entry: Entry,
        pending: Option<(u64, Torn)>,
    ) -> std::result::Result<(), Broken> {
        let broken = |found: String, expected: String| Err(Broken { line, found, expected });
        match (pending, &entry.torn) {
            (None, None) => {}
            (Some((line, torn)), Some(noted)) if torn == *noted => {
                self.torn.push(TornLine { line, is_noted: true });
            }
            (Some((line, _)), _) => return Err(changed(line)),
            (None, Some(_)) => {
                let found = "an entry after an unfinished line that is not there";
                return broken(found.into(), "that line, as it was".into());
            }
        }
        let (number, previous) = (self.entries.len() as u64 + 1, self.head());
        if entry.number != number {
            let expected = format!("entry {number}; lines are missing, or stand in another order");
            return broken(format!("entry {}", entry.number), expected);
        }
        if entry.previous != previous {
            let found = format!("an entry that follows one with the hash {}", entry.previous);
            return broken(found, format!("{previous}, the hash of the entry before it"));
        }
        self.entries.push((line, entry));
        Ok(())
    }

    /// The hash of the last entry: who keeps it elsewhere can tell later that nothing was cut off.
    #[must_use]
    pub fn head(&self) -> &str {
        self.entries.last().map_or(NONE_BEFORE, |(_, entry)| &entry.hash)
    }

    /// Whether each line is as it was written, and the last one was written to its end.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.broken.is_none() && self.torn.iter().all(|torn| torn.is_noted)
    }

    /// How many entries there were up to the one with that hash; none if the log does not hold it. The hash before any entry is the head of an empty log only.
    #[must_use]
    pub fn place_of(&self, hash: &str) -> Option<usize> {
        if hash == NONE_BEFORE {
            return self.entries.is_empty().then_some(0);
        }
        self.entries.iter().position(|(_, entry)| entry.hash == hash).map(|place| place + 1)
    }

    /// Runs that began and of whose end nothing is said: they were stopped, or still run.
    #[must_use]
    pub fn unfinished(&self) -> Vec<u64> {
        let entries = || self.entries.iter().map(|(_, entry)| entry);
        let done: BTreeSet<u64> =
            entries().filter(|entry| entry.event == Event::Done).map(|entry| entry.run).collect();
        let begun = entries().filter(|entry| entry.event == Event::Begun).map(|entry| entry.number);
        begun.filter(|run| !done.contains(run)).collect()
    }
}

fn changed(line: u64) -> Broken {
    let expected = "an entry with the hash of its own text; it was changed, or is none";
    Broken { line, found: "another text than was written".into(), expected: expected.into() }
}
