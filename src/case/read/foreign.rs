//! A case in a graph file of another tool: its nodes and edges become rows of tables, and those are read as all others are.

use std::path::Path;

use super::super::fault::{Fault, FaultClass};
use super::super::foreign::{Foreign, TableRow, TableRows, tables};
use super::super::schema::Table;
use super::profile::Headers;
use super::reader::Reader;
use super::text_rows::{Cells, TextRow};
use crate::error::{Error, Position, Result};

impl Reader<'_> {
    pub(super) fn graph_file(&mut self, path: &Path) -> Result<()> {
        if self.options.mapping.is_some() {
            return Err(Error::usage(
                "a mapping file is for CSV files and workbooks, not for graphs of other tools",
            ));
        }
        // A graph without edges ties nobody to anybody, and one that is broken is told by that alone: no table is missing.
        self.met[Table::People as usize] = true;
        self.met[Table::Roles as usize] = true;
        let graph = Foreign::read_noting(path, self.options.limits, self.options.digest)?;
        let (tables, notes) = tables(&graph);
        let name =
            |file: u16| graph.files.get(usize::from(file)).map_or("", |file| file.name.as_str());
        for TableRows { table, file, rows } in tables {
            let width = table.columns().len();
            let rows = rows.into_iter().map(|row| text_row(row, width)).collect();
            self.foreign_table(table, name(file), rows, &Headers::new())?;
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
