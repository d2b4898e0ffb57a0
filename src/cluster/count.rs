//! How many rows a folder of Parquet tables has, without reading them.

use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::plan::Size;
use crate::error::{Error, Position, Result};

/// How much there is in a folder of Parquet tables: each a file `<table>.parquet`, or a folder of that name, or of the name of the table.
///
/// Only the foot of each file is read.
///
/// # Errors
///
/// If the folder cannot be listed, or a file in it is no Parquet.
pub fn size_of_parquet(folder: &Path) -> Result<Size> {
    let mut size = Size::default();
    for path in listed(folder)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let rows = if path.is_dir() { rows_of_folder(&path)? } else { rows_of_file(&path)? };
        let sum = match name.as_str() {
            "people" => &mut size.people,
            "links" | "roles" => &mut size.edges,
            "ads" => &mut size.ads,
            _ => &mut size.others,
        };
        *sum += rows;
    }
    Ok(size)
}

/// Whether a folder holds tables of Parquet.
#[must_use]
pub fn is_parquet(folder: &Path) -> bool {
    folder.is_dir() && listed(folder).is_ok_and(|paths| !paths.is_empty())
}

/// The tables in a folder, by name.
fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error| Error::io(folder, "list the folder", error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_table = if path.is_dir() { is_parquet(&path) } else { ends(&path) };
        paths.extend(is_table.then_some(path));
    }
    paths.sort();
    Ok(paths)
}

fn ends(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "parquet")
}

fn rows_of_folder(folder: &Path) -> Result<u64> {
    listed(folder)?.iter().map(|path| rows_of_file(path)).sum()
}

fn rows_of_file(path: &Path) -> Result<u64> {
    let file = File::open(path).map_err(|error| Error::io(path, "read", error))?;
    let reader = SerializedFileReader::new(file).map_err(|error| {
        let position =
            Position { file: path.to_string_lossy().into_owned(), ..Position::default() };
        Error::data(position, error.to_string(), "a file of Parquet that was written to its end")
    })?;
    Ok(u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(0))
}
