//! How many rows a folder of Parquet tables has, without reading them.

use std::fs::File;
use std::path::Path;

use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::plan::Size;
use crate::case::{Table, parquet_files};
use crate::error::{Error, Position, Result};

/// How much there is in a folder of Parquet tables; none if it holds none.
///
/// Only the foot of each file is read.
///
/// # Errors
///
/// If the folder cannot be listed, or a file in it is no Parquet.
pub fn size_of_parquet(folder: &Path) -> Result<Option<Size>> {
    let files = if folder.is_dir() { parquet_files(folder)? } else { Vec::new() };
    let mut size = Size::default();
    for (table, path) in &files {
        size.add(*table, rows_of_file(path)?);
    }
    Ok((!files.is_empty()).then_some(size))
}

/// How many rows each table in a folder of Parquet tables has, in the order of tables.
///
/// # Errors
///
/// As those of [`size_of_parquet`].
pub fn rows_of_parquet(folder: &Path) -> Result<Vec<(Table, u64)>> {
    let mut rows: Vec<(Table, u64)> = Vec::new();
    for (table, path) in parquet_files(folder)? {
        let more = rows_of_file(&path)?;
        match rows.iter_mut().find(|one| one.0 == table) {
            Some((_, rows)) => *rows += more,
            None => rows.push((table, more)),
        }
    }
    rows.sort_by_key(|one| one.0 as usize);
    Ok(rows)
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
