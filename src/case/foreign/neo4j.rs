//! A folder of CSV files as `neo4j-admin database import` takes them: nodes with `:ID`, relationships with `:START_ID` and `:END_ID`.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord};

use super::super::limits::Limits;
use super::super::read::{Watch, whole};
use super::builder::Builder;
use super::neo4j_header::{Column, columns, comma, is_header};
use super::text::decode;
use super::{Attributes, Foreign, ForeignEdge, ForeignFormat, ForeignNode};
use crate::error::{Error, Result};
use crate::listing::names_in;

/// Whether one of the CSV files of a folder has a header for Neo4j.
pub(super) fn is_folder(path: &Path) -> bool {
    files(path).is_ok_and(|files| {
        files.iter().any(|(_, path)| first_line(path).is_some_and(|line| is_header(&line)))
    })
}

/// The CSV files of a folder by name: those of nodes first, where their names say so.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let io = |error| Error::io(folder, "list the folder", error);
    let mut files = Vec::new();
    for name in names_in(folder).map_err(io)? {
        let path = folder.join(&name);
        let name = name.to_string_lossy().into_owned();
        let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        if is_csv && !name.starts_with('.') && path.is_file() {
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}

/// The first line of a file, as far as it is short.
fn first_line(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(1 << 14).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    Some(text.trim_start_matches('\u{feff}').lines().next()?.to_owned())
}

/// Reads a folder.
pub(super) fn read(folder: &Path, limits: Limits, digest: bool) -> Result<Foreign> {
    let mut builder: Option<Builder> = None;
    let mut inputs = Vec::new();
    for (name, path) in files(folder)? {
        let watch = Watch::new(digest);
        let bytes = whole(&path, &name, &watch, limits, |_| Ok(()))?;
        let builder = match &mut builder {
            Some(builder) => {
                builder.next_file(&name, bytes.len())?;
                builder
            }
            none => none.insert(Builder::new(ForeignFormat::Neo4jCsv, &name, bytes.len(), limits)),
        };
        file(&decode(&bytes, &name)?, builder)?;
        inputs.push(watch.file(&name));
    }
    let builder = builder.unwrap_or_else(|| Builder::new(ForeignFormat::Neo4jCsv, "", 0, limits));
    builder.finish(inputs)
}

fn file(text: &str, builder: &mut Builder) -> Result<()> {
    let first = text.lines().next().unwrap_or_default();
    if !is_header(first) {
        let expected = "a header with `:ID`, or with `:START_ID` and `:END_ID`; join the header with its file, or take the file out of \
                        the folder";
        return Err(builder.fault(1, "", super::text::quoted(first), expected));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(comma(first))
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut header: Option<Vec<Column>> = None;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => return Err(builder.fault(0, "", error.to_string(), "CSV in UTF-8")),
        }
        let line = record.position().map_or(0, csv::Position::line);
        let Some(columns_here) = &header else {
            let fields: Vec<&str> = record.iter().collect();
            builder.limits.check_columns(fields.len(), &builder.position(line, ""))?;
            header = Some(columns(&fields, line, builder)?);
            continue;
        };
        if record.len() != columns_here.len() {
            let found = format!("{} fields", record.len());
            return Err(builder.fault(
                line,
                "",
                found,
                format!("{} as in the header", columns_here.len()),
            ));
        }
        row(&record, columns_here, line, builder)?;
    }
}

fn row(record: &StringRecord, columns: &[Column], line: u64, builder: &mut Builder) -> Result<()> {
    let mut attributes = Attributes::default();
    let (mut id, mut start, mut end, mut kind) = (None, None, None, None);
    for (column, text) in columns.iter().zip(record) {
        match column {
            Column::Id(space) => id = Some(within(space, text)),
            Column::Start(space) => start = Some(within(space, text)),
            Column::End(space) => end = Some(within(space, text)),
            Column::Labels | Column::Kind => {
                kind = Some(text.to_owned()).filter(|text| !text.is_empty());
            }
            Column::Property(name) if !text.is_empty() => attributes.push(builder.name(name), text),
            Column::Property(_) | Column::Ignored => {}
        }
    }
    if let (Some(from), Some(to)) = (start, end) {
        let mut edge =
            ForeignEdge { kind, directed: true, attributes, line, ..ForeignEdge::default() };
        edge.settle(builder)?;
        return builder.edge_between(&from, &to, edge);
    }
    let mut node = ForeignNode {
        id: id.unwrap_or_default(),
        kind,
        attributes,
        line,
        ..ForeignNode::default()
    };
    let surname = node.attributes.first_of(&["surname", "last_name", "lastname", "family_name"]);
    let given = node.attributes.first_of(&["name", "first_name", "firstname", "given_name"]);
    if let (Some(given), Some(surname)) = (given, surname) {
        node.label = Some(format!("{given} {surname}"));
    }
    node.settle();
    builder.node(node).map(|_| ())
}

/// An id within its space: ids of two spaces are two nodes.
fn within(space: &str, id: &str) -> String {
    match (space, id) {
        ("", _) | (_, "") => id.to_owned(),
        _ => format!("{space}/{id}"),
    }
}
