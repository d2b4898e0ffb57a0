//! A case in a graph file of another tool: its nodes and edges become rows of tables, and those are read as all others are.

use std::path::Path;

use super::super::fault::{Fault, FaultClass};
use super::super::foreign::{Foreign, TableRow, tables};
use super::super::mapping::Reading;
use super::parse::Part;
use super::reader::Reader;
use super::text_rows::{Cells, TextRow};
use crate::error::{Error, Position, Result};

/// How many rows one thread reads at a time.
const ROWS: usize = 1 << 12;

impl Reader<'_> {
    pub(super) fn graph_file(&mut self, path: &Path) -> Result<()> {
        if self.options.mapping.is_some() {
            return Err(Error::usage(
                "a mapping file is for CSV files and workbooks, not for graphs of other tools",
            ));
        }
        // A graph without edges ties nobody to anybody, and one that is broken is told by that alone: no table is missing.
        self.met[super::super::schema::Table::People as usize] = true;
        self.met[super::super::schema::Table::Roles as usize] = true;
        let graph = Foreign::read_noting(path, self.options.limits, self.options.digest)?;
        let (tables, notes) = tables(&graph);
        let name =
            |file: u16| graph.files.get(usize::from(file)).map_or("", |file| file.name.as_str());
        for rows in tables {
            let header: Vec<String> =
                rows.table.columns().iter().map(|column| column.name.into()).collect();
            let position =
                Position { file: name(rows.file).to_owned(), line: 1, column: String::new() };
            let context = self
                .bind(rows.table, &position, &header, &Reading::plain(name(rows.file), rows.table))?
                .expect("the contract's own columns do");
            let mut rows = rows.rows.into_iter().map(|row| text_row(row, header.len()));
            let next = || {
                let part: Vec<TextRow> = rows.by_ref().take(ROWS).collect();
                Ok(if part.is_empty() { None } else { Some(Part::Texts(part)) })
            };
            self.load(context.table(), next, &context)?;
        }
        for note in notes {
            let found = note.trim_end_matches('.').to_owned();
            let position = Position { file: name(0).to_owned(), ..Position::default() };
            let expected = "nothing else, unless it matters to the question at hand".to_owned();
            self.gathered.faults.push(Fault {
                class: FaultClass::Foreign,
                position,
                found,
                expected,
            });
        }
        self.files.extend(graph.files);
        Ok(())
    }
}

fn text_row(row: TableRow, width: usize) -> TextRow {
    let TableRow { line, cells, extras } = row;
    TextRow { line, fields: Cells::new(width, cells), extras, ..TextRow::default() }
}
