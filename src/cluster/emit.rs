//! A program as one file for those who may only submit jobs.

use std::fmt::Write as _;

use super::program::{Assignment, Program};
use super::state::asked;
use super::table::{Column, Columns, Values};
use crate::error::{Error, Result};

/// What repeats the rounds; what is asked stands before it.
const LOOP: &str = include_str!("emit.py");

/// No more cells than these stand in a job: they would be read by Python, line by line.
const MOST_CELLS: usize = 2_000_000;

/// A program with all that it stands on, to be run by Spark without this program.
///
/// [`to_python`](Self::to_python) gives one file of Python that asks for nothing but `pyspark` from version 4:
/// `spark-submit job.py --tables FOLDER --work FOLDER --out FOLDER`. It keeps the tables of each round and goes on behind its last whole
/// round with `--resume`, as [`Run`](super::Run) does.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Tables of the case that are opened: a name, and the folder or file within `--tables`.
    pub opens: Vec<(String, String)>,
    /// Tables that stand in the job itself.
    pub puts: Vec<(String, Columns)>,
    /// What must hold of them; the job ends where it does not.
    pub checks: Vec<Check>,
    /// What is made of these before the program begins.
    pub prepare: Vec<Assignment>,
    /// The tables, open by then, that the program reads.
    pub reads: Vec<String>,
    /// What is run.
    pub program: Program,
    /// Into how many parts Spark cuts what it sorts, unless the job is told otherwise.
    pub partitions: u32,
}

/// What must hold of the tables that a job opens: those that it was written from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// A query of one row and one column `n`.
    pub query: String,
    /// What that must be.
    pub expected: u64,
    /// What is counted: `rows of links`.
    pub what: String,
}

impl Check {
    /// That a table has so many rows.
    #[must_use]
    pub fn rows(table: &str, expected: u64) -> Self {
        let (query, what) =
            (format!("SELECT COUNT(*) AS n FROM {table}"), format!("rows of `{table}`"));
        Self { query, expected, what }
    }
}

impl Job {
    /// The file.
    ///
    /// # Errors
    ///
    /// If the tables that stand in it are too long for that.
    pub fn to_python(&self) -> Result<String> {
        let cells =
            self.puts.iter().map(|(_, rows)| rows.row_count() * rows.0.len()).sum::<usize>();
        if cells > MOST_CELLS {
            return Err(Error::limit(
                format!("{cells} cells would stand in the job, more than {MOST_CELLS}"),
                "have it worked out by `--engine sc://…`, which is sent them",
            ));
        }
        let mut out = String::from("#!/usr/bin/env python3\n");
        let program = &self.program;
        _ = writeln!(
            out,
            "# {}, as a job for Spark 4. Written by kluwen {}.",
            program.name,
            env!("CARGO_PKG_VERSION")
        );
        for (name, value) in [
            ("NAME", text(program.name)),
            ("ASKED", text(&asked(program))),
            ("PARTITIONS", self.partitions.to_string()),
            ("OPENS", list(self.opens.iter().map(|(name, folder)| pair(name, folder)))),
            ("PUTS", list(self.puts.iter().map(|(name, rows)| put(name, rows)))),
            ("CHECKS", list(self.checks.iter().map(check))),
            ("PREPARE", assignments(&self.prepare)),
            ("READS", list(self.reads.iter().map(|name| text(name)))),
            ("SETUP", assignments(&program.setup)),
            ("STEP", assignments(&program.step)),
            ("MEASURE", text(&program.measure)),
            ("STOP_MOVED", real(program.stop.moved)),
            ("STOP_ROUNDS", program.stop.rounds.to_string()),
            ("MUST_SETTLE", if program.stop.must_settle { "True" } else { "False" }.to_owned()),
            ("RESULT", text(&program.result)),
        ] {
            _ = writeln!(out, "{name} = {value}");
        }
        Ok(out + "\n" + LOOP)
    }
}

fn check(check: &Check) -> String {
    format!("({}, {}, {})", text(&check.query), check.expected, text(&check.what))
}

fn assignments(all: &[Assignment]) -> String {
    list(all.iter().map(|one| pair(one.table, &one.query)))
}

fn list(items: impl Iterator<Item = String>) -> String {
    let lines = items.map(|item| format!("\n    {item},")).collect::<Vec<_>>().concat();
    if lines.is_empty() { "[]".to_owned() } else { format!("[{lines}\n]") }
}

fn pair(name: &str, value: &str) -> String {
    format!("({}, {})", text(name), text(value))
}

/// A text as Python reads it; ASCII alone, so that no editor and no coding of a file changes it.
fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            ' '..='~' => out.push(c),
            other => _ = write!(out, "\\U{:08x}", u32::from(other)),
        }
    }
    out + "\""
}

fn real(number: f64) -> String {
    if number.is_finite() { format!("{number:?}") } else { format!("float(\"{number}\")") }
}

fn put(name: &str, rows: &Columns) -> String {
    let schema: Vec<String> =
        rows.0.iter().map(|column| format!("`{}` {}", column.name, kind(column))).collect();
    let lines = (0..rows.row_count()).map(|row| {
        let cells: String = rows.0.iter().map(|column| cell(&column.values, row) + ",").collect();
        format!("({cells})")
    });
    format!("({}, {}, {})", text(name), text(&schema.join(", ")), list(lines))
}

fn kind(column: &Column) -> &'static str {
    match column.values {
        Values::Whole(_) => "BIGINT",
        Values::Real(_) => "DOUBLE",
        Values::Text(_) => "STRING",
    }
}

fn cell(values: &Values, row: usize) -> String {
    match values {
        Values::Whole(cells) => cells[row].map(|number| number.to_string()),
        Values::Real(cells) => cells[row].map(real),
        Values::Text(cells) => cells.get(row).map(text),
    }
    .unwrap_or_else(|| "None".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_leave_their_quotes() {
        assert_eq!(text("a\"b\\c\nd"), r#""a\"b\\c\nd""#);
        assert_eq!(text("é\u{0}🂡"), "\"\\U000000e9\\U00000000\\U0001f0a1\"");
        assert_eq!((real(1.0), real(f64::INFINITY)), ("1.0".into(), "float(\"inf\")".into()));
    }
}
