//! The manifest of a folder that a command makes.

use std::path::Path;

use kluwen::custody::{Counts, InputRole, Manifest};
use kluwen::error::Result;

use super::asked::Asked;
use super::reading::{Read, Reading};

/// What went in and how it was asked; what comes out is added to it.
pub(crate) fn manifest(
    read: &Read,
    reading: &Reading,
    decisions: Option<&Path>,
    seed: u64,
) -> Result<Manifest> {
    let (rows, used, refused) = read.taken.totals();
    let mut manifest = Manifest::new(seed);
    manifest.rows = Counts { read: rows, used, refused };
    manifest.limits = serde_json::to_value(reading.limits()).unwrap_or_default();
    let files = if read.taken.snapshot.is_some() { InputRole::Packed } else { InputRole::Case };
    manifest.read_from(files, &read.taken.files)?;
    for file in &read.settings {
        let is = |path: Option<&Path>| path.is_some_and(|path| path.to_string_lossy() == file.name);
        let role = match &read.taken.snapshot {
            _ if is(decisions) => InputRole::Decisions,
            Some(snapshot) if snapshot.file == *file => InputRole::Snapshot,
            Some(_) => InputRole::Packed,
            None if is(reading.grades_path()) => InputRole::Grades,
            None => InputRole::Mapping,
        };
        manifest.read_from(role, std::slice::from_ref(file))?;
    }
    Asked::now().note(&mut manifest);
    Ok(manifest)
}
