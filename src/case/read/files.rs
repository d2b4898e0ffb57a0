//! Which files a case is in, and what each is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::foreign::{Foreign, ForeignFormat};
use super::super::mapping::{Mapping, Reading};
use super::super::schema::Table;
use super::super::snapshot::ENDING;
use crate::error::{Error, Position, Result, printable};
use crate::listing::names_in;

/// Where a case is.
#[derive(Debug)]
pub(super) enum Form {
    /// CSV files in a folder.
    Tables(Vec<TableFile>),
    /// One file of JSON Lines; `-` is standard input.
    Json(PathBuf),
    /// One workbook.
    Workbook(PathBuf),
    /// Parquet tables in a folder.
    Parquet(Vec<PartFile>),
    /// A snapshot of a case.
    Snapshot(PathBuf),
    /// A graph file of another tool.
    Foreign(PathBuf),
}

/// A CSV file, and what it is read as.
#[derive(Debug)]
pub(super) struct TableFile {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) table: Table,
    pub(super) reading: Reading,
}

/// A Parquet file: all of a table, or a part of it as engines write them.
#[derive(Debug)]
pub(super) struct PartFile {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) table: Table,
}

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) form: Option<Form>,
    /// Data files that are read as no table, by name.
    pub(super) unknown: Vec<String>,
}

/// Finds out what the case at `path` is.
pub(super) fn find(path: &Path, mapping: Option<&Mapping>) -> Result<Found> {
    let single = |form: Form| Ok(Found { form: Some(form), ..Found::default() });
    if path.as_os_str() == "-" {
        return single(Form::Json(path.into()));
    }
    let meta = fs::metadata(path).map_err(|error| Error::io(path, "read", error))?;
    // A mapping says how CSV files are read, also those that another tool would take for a graph.
    if mapping.is_none() && Foreign::is_foreign(path) {
        return single(Form::Foreign(path.into()));
    }
    if meta.is_dir() {
        return folder(path, mapping);
    }
    if path.to_string_lossy().to_lowercase().ends_with(".ftm.json") {
        return single(Form::Json(path.into()));
    }
    match extension(path).as_str() {
        "jsonl" | "ndjson" | "ijson" | "ftm" => single(Form::Json(path.into())),
        "xlsx" => single(Form::Workbook(path.into())),
        ENDING => single(Form::Snapshot(path.into())),
        "csv" | "tsv" => Err(Error::usage(format!(
            "{}: one table alone; a case is a folder of CSV files. Put it into a folder and give `--mapping`, or let `kluwen rank` and \
             `kluwen group` read it as a list of edges",
            printable(&path.to_string_lossy())
        ))),
        _ if ForeignFormat::is_refused(path) => Err(ForeignFormat::refusal(path)),
        _ => Err(Error::usage(format!(
            "{}: a case is a folder of CSV files or of Parquet tables, a `.jsonl` file, an `.xlsx` workbook, a `.kluwen` \
             snapshot, FollowTheMoney entities in a `.ftm.json` file, a graph of another tool (GraphML, GEXF, Pajek, UCINET DL, Neo4j CSV, \
             node-link or Cytoscape JSON and others), or `-` for JSON Lines on standard input",
            printable(&path.to_string_lossy())
        ))),
    }
}

fn extension(path: &Path) -> String {
    path.extension().map(|ext| ext.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn folder(path: &Path, mapping: Option<&Mapping>) -> Result<Found> {
    let names = data_files(path)?;
    let mut used = Vec::new();
    let tables = match mapping.map(Mapping::readings).filter(|readings| !readings.is_empty()) {
        Some(readings) => mapped(path, &names, readings, &mut used)?,
        None => plain(path, &names, &mut used)?,
    };
    let mut rest: Vec<String> = names.into_iter().filter(|name| !used.contains(name)).collect();
    let mut whole =
        rest.iter().filter(|name| !matches!(extension(Path::new(name)).as_str(), "csv" | "gz"));
    let (first, second) = (whole.next(), whole.next());
    let parts = parts(path)?;
    if !parts.is_empty() && tables.is_empty() && first.is_none() {
        return Ok(Found { form: Some(Form::Parquet(parts)), unknown: rest });
    }
    let form = match (tables.is_empty(), first, second) {
        (false, _, _) => Some(Form::Tables(tables)),
        (true, Some(only), None) => {
            let file = path.join(only);
            let workbook = extension(&file) == "xlsx";
            let only = only.clone();
            rest.retain(|name| *name != only);
            Some(if workbook { Form::Workbook(file) } else { Form::Json(file) })
        }
        (true, _, _) => None,
    };
    Ok(Found { form, unknown: rest })
}

/// In which form each table of a folder of Parquet lies: `links.parquet` (one file, or a folder of parts), `links` (a folder of parts) or
/// `links-*.parquet` (parts beside one another). A table may lie in one form only, so that whoever reads one form reads all of it.
///
/// # Errors
///
/// If the folder cannot be listed, or a table lies in several forms.
pub fn parquet_forms(folder: &Path) -> Result<Vec<(Table, String)>> {
    let mut forms: Vec<(Table, String)> = Vec::new();
    for part in parts(folder)? {
        let form = part.form();
        match forms.iter().find(|(table, _)| *table == part.table) {
            Some((_, known)) if *known == form => {}
            Some((table, known)) => return Err(in_two_forms(folder, *table, known, &form)),
            None => forms.push((part.table, form)),
        }
    }
    Ok(forms)
}

/// A table that lies in two forms, of which an engine would read one alone.
pub(crate) fn in_two_forms(folder: &Path, table: Table, one: &str, other: &str) -> Error {
    let file = folder.to_string_lossy().into_owned();
    let expected = "one of them; put all parts of a table into one folder of its name";
    let found = format!("`{table}` as {one} and as {other}");
    Error::data(Position { file, ..Position::default() }, found, expected)
}

/// The tables of a folder of Parquet, and the files that each is in.
///
/// # Errors
///
/// If the folder cannot be listed.
pub fn parquet_files(folder: &Path) -> Result<Vec<(Table, PathBuf)>> {
    Ok(parts(folder)?.into_iter().map(|part| (part.table, part.path)).collect())
}

impl PartFile {
    /// How the table lies in its folder.
    fn form(&self) -> String {
        match self.name.split_once('/') {
            Some((folder, _)) => folder.to_owned(),
            None if is_whole(&self.name, self.table) => self.name.clone(),
            None => format!("{}-*.parquet", self.table),
        }
    }
}

/// Whether a name is that of a table, with or without its ending.
fn is_whole(name: &str, table: Table) -> bool {
    let lower = name.to_lowercase();
    lower.strip_suffix(".parquet").unwrap_or(&lower) == table.name()
}

/// The Parquet files of tables, table by table: `links.parquet`, `links-1.parquet`, or all in a folder `links` or `links.parquet`.
fn parts(path: &Path) -> Result<Vec<PartFile>> {
    let names = |folder: &Path| {
        let names =
            names_in(folder).map_err(|error| Error::io(folder, "list the folder", error))?;
        let names = names.into_iter().map(|name| name.to_string_lossy().into_owned());
        Ok::<Vec<String>, Error>(names.filter(|name| !name.starts_with(['.', '_'])).collect())
    };
    let is_parquet = |name: &str| name.to_lowercase().ends_with(".parquet");
    let (all, mut parts) = (names(path)?, Vec::new());
    for table in Table::ALL {
        for name in &all {
            let lower = name.to_lowercase();
            let bare = lower.strip_suffix(".parquet").unwrap_or(&lower);
            let is_whole = is_whole(name, table);
            let is_part = bare.strip_prefix(table.name()).is_some_and(|rest| rest.starts_with('-'));
            let inside = path.join(name);
            if is_whole && inside.is_dir() {
                for part in names(&inside)?.into_iter().filter(|name| is_parquet(name)) {
                    let path = inside.join(&part);
                    parts.push(PartFile { path, name: format!("{name}/{part}"), table });
                }
            } else if is_parquet(name) && (is_whole || is_part) {
                parts.push(PartFile { path: inside, name: name.clone(), table });
            }
        }
    }
    Ok(parts)
}

/// The names of the folder's data files, sorted.
fn data_files(path: &Path) -> Result<Vec<String>> {
    const ENDINGS: [&str; 8] =
        [".csv", ".csv.gz", ".jsonl", ".ndjson", ".xlsx", ".ftm.json", ".ijson", ".ftm"];
    let io = |error| Error::io(path, "list the folder", error);
    let mut names = Vec::new();
    for name in names_in(path).map_err(io)? {
        let name = name.to_string_lossy().into_owned();
        let lower = name.to_lowercase();
        let data = ENDINGS.iter().any(|ending| lower.ends_with(ending));
        // What a spreadsheet program leaves while a workbook is open is not data.
        if data && !name.starts_with("~$") && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn plain(path: &Path, names: &[String], used: &mut Vec<String>) -> Result<Vec<TableFile>> {
    let mut files = Vec::new();
    for table in Table::ALL {
        // A capital letter is no other table: left unread, it could take a victim's protection away.
        let spellings = [format!("{table}.csv"), format!("{table}.csv.gz")];
        let is_table = |name: &&String| spellings.contains(&name.to_lowercase());
        let mut present = names.iter().filter(is_table);
        if let (Some(_), Some(_)) = (present.next(), present.next()) {
            let position = Position { file: spellings.join(" and "), ..Position::default() };
            return Err(Error::data(
                position,
                "two files for one table",
                "one of them; move the other away",
            ));
        }
        if let Some(name) = names.iter().find(is_table) {
            let reading = Reading::plain(name, table);
            used.push(name.clone());
            files.push(TableFile { path: path.join(name), name: name.clone(), table, reading });
        }
    }
    Ok(files)
}

fn mapped(
    path: &Path,
    names: &[String],
    readings: &[Reading],
    used: &mut Vec<String>,
) -> Result<Vec<TableFile>> {
    let mut by_table: BTreeMap<Table, Vec<TableFile>> = BTreeMap::new();
    for reading in readings {
        let name = &reading.file;
        if !names.contains(name) {
            let position = Position { file: "the mapping".into(), ..Position::default() };
            let found = format!("file = {:?}, which the case does not hold", printable(name));
            return Err(Error::data(position, found, format!("one of {}", names.join(", "))));
        }
        let table = reading.table().expect("a mapping is checked when it is read");
        used.push(name.clone());
        let file = TableFile {
            path: path.join(name),
            name: name.clone(),
            table,
            reading: reading.clone(),
        };
        by_table.entry(table).or_default().push(file);
    }
    Ok(by_table.into_values().flatten().collect())
}
