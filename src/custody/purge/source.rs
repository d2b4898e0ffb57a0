//! What a path holds that can be purged, and what cannot.

use std::fs;
use std::path::{Path, PathBuf};

use super::tables::{RowFile, Rows};
use crate::case::{FaultClass, ReadOptions, Strictness, Table, Taken, read};
use crate::error::{Error, Result, printable};
use crate::identity::Decisions;
use crate::listing::names_in;

/// What is purged.
#[derive(Debug)]
pub(super) enum Source {
    Rows(RowFile),
    Snapshot {
        path: PathBuf,
        taken: Box<Taken>,
    },
    /// A folder in the folder, or a file whose bytes are no text: nobody can say what it holds.
    Closed(PathBuf),
}

impl Source {
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Rows(file) => &file.path,
            Self::Snapshot { path, .. } | Self::Closed(path) => path,
        }
    }

    /// What is in files at `path`; a link there is followed, because what it leads to is what must go. One within a folder is refused.
    pub(super) fn all_at(path: &Path) -> Result<Vec<Self>> {
        let path = fs::canonicalize(path).map_err(|error| Error::io(path, "read", error))?;
        let found = if path.is_dir() { folder(&path)? } else { vec![file(&path)?] };
        let mut files = found.iter().filter(|source| !matches!(source, Self::Closed(_)));
        files.try_for_each(|source| refuse_second_name(source.path()))?;
        Ok(found)
    }
}

fn refused(path: &Path, why: &str) -> Error {
    Error::usage(format!("{}: {why}", printable(&path.to_string_lossy())))
}

fn folder(path: &Path) -> Result<Vec<Source>> {
    let (files, folders) = listed(path)?;
    if path.join("mapping.toml").is_file() {
        return Err(refused(
            path,
            "a mapping says how its files are read, and only plain tables can be purged; \
             `kluwen convert --reveal WHY` makes plain tables, then delete these files",
        ));
    }
    let tables: Vec<(PathBuf, Rows)> =
        files.iter().filter_map(|file| Some((file.clone(), Rows::Csv(table_of(file)?)))).collect();
    let lines: Vec<&PathBuf> = files.iter().filter(|file| is_json_lines(file)).collect();
    let rows = match (tables.is_empty(), lines.as_slice()) {
        (false, _) => tables,
        (true, [only]) => vec![((*only).clone(), Rows::Json)],
        (true, _)
            if ["findings.json", "published.json"].iter().any(|name| path.join(name).exists()) =>
        {
            return Err(refused(
                path,
                "findings cannot be purged; delete the folder, purge the case, and make them again",
            ));
        }
        (true, _) => {
            return Err(refused(
                path,
                "no tables as CSV and no single file of JSON Lines; convert it with `kluwen convert --reveal WHY` \
                 to plain tables, purge those, then delete this",
            ));
        }
    };
    refuse_unreadable(path)?;
    let mut sources: Vec<Source> = folders.into_iter().map(Source::Closed).collect();
    for file in files {
        let rows =
            rows.iter().find(|(known, _)| *known == file).map_or(Rows::Unknown, |(_, rows)| *rows);
        let read = RowFile::read(&file, rows)?;
        let is_text = rows != Rows::Unknown || is_text(&read.bytes);
        sources.push(if is_text { Source::Rows(read) } else { Source::Closed(file) });
    }
    Ok(sources)
}

/// The files in a folder, and what else is there.
fn listed(path: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let failed = |error| Error::io(path, "list the folder", error);
    let names = names_in(path).map_err(failed)?;
    let all: Vec<PathBuf> = names.into_iter().map(|name| path.join(name)).collect();
    for entry in &all {
        if entry.symlink_metadata().map_err(failed)?.is_symlink() {
            return Err(refused(
                entry,
                "a symbolic link: the file it leads to would stay as it is; put that file here in place of the link, or remove the link and \
                 purge that file where it lies",
            ));
        }
    }
    Ok(all.into_iter().partition(|file| file.is_file()))
}

/// Whether texts in these bytes can be searched for: not in a workbook, a picture or a snapshot.
fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0)
}

/// The table of a file, as the reader of cases knows it.
fn table_of(file: &Path) -> Option<Table> {
    let name = file.file_name()?.to_string_lossy().to_lowercase();
    let bare = name.strip_suffix(".gz").unwrap_or(&name).strip_suffix(".csv")?;
    Table::parse(bare)
}

fn is_json_lines(file: &Path) -> bool {
    ["jsonl", "ndjson"].iter().any(|ending| has_ending(file, ending))
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

fn file(path: &Path) -> Result<Source> {
    if has_ending(path, "kluwen") {
        let taken = Box::new(read(path, &options())?);
        return Ok(Source::Snapshot { path: path.to_owned(), taken });
    }
    if is_json_lines(path) {
        refuse_unreadable(path)?;
        return Ok(Source::Rows(RowFile::read(path, Rows::Json)?));
    }
    if has_ending(path, "csv") && Decisions::read(path).is_ok() {
        return Ok(Source::Rows(RowFile::read(path, Rows::Decisions)?));
    }
    Err(refused(
        path,
        "neither a folder of tables, nor JSON Lines, nor a snapshot, nor a file of decisions; a workbook or a graph of another tool: \
         convert it with `kluwen convert --reveal WHY` to plain tables, purge those, then delete it",
    ))
}

fn options() -> ReadOptions {
    ReadOptions { strictness: Strictness::Report, digest: true, ..ReadOptions::default() }
}

/// In what cannot be taken apart into cells, a row of the case may hide.
fn refuse_unreadable(path: &Path) -> Result<()> {
    const HIDING: [FaultClass; 7] = [
        FaultClass::FileBroken,
        FaultClass::Encoding,
        FaultClass::Quoting,
        FaultClass::FieldCount,
        FaultClass::Json,
        FaultClass::ColumnTwice,
        FaultClass::ColumnMissing,
    ];
    let taken = read(path, &options())?;
    match taken.faults.listed().iter().find(|fault| HIDING.contains(&fault.class)) {
        Some(fault) => Err(fault.to_error()),
        None => Ok(()),
    }
}

/// What has a second name would stay under it.
fn refuse_second_name(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let found = fs::metadata(path).map_err(|error| Error::io(path, "read", error))?;
        if found.nlink() > 1 {
            return Err(refused(
                path,
                "the file has a second name (a hard link), under which it would stay; remove that first",
            ));
        }
    }
    let _ = path;
    Ok(())
}
