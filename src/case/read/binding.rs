//! Which field of a file stands for which column of the contract.

use std::collections::{BTreeMap, BTreeSet};

use super::super::clearance::HANDLING;
use super::super::fault::{Fault, FaultClass};
use super::super::mapping::Reading;
use super::super::nearest::nearest;
use super::super::schema::Table;
use crate::error::{Position, excerpt};

/// Where a column's cells come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The file has no such column.
    Absent,
    /// The field of that number.
    Field(usize),
    /// The same value in every row, as the mapping says.
    Constant(String),
}

/// A column of the contract, as one file gives it.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) from: From,
    /// The column's name in this file, for messages.
    pub(super) header: String,
    /// What the mapping turns a value into.
    pub(super) values: BTreeMap<String, String>,
}

/// How the fields of one file are read as the columns of one table.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) table: Table,
    pub(super) columns: Vec<Bound>,
    /// Fields that the contract does not know: their number and name.
    pub(super) extras: Vec<(usize, String)>,
    /// How many fields a row must have.
    pub(super) width: usize,
    /// Only rows whose field has this value are of the table.
    pub(super) filters: Vec<(usize, String)>,
}

impl Binding {
    /// Binds a header, and says what is wrong with it at `position`.
    pub(super) fn new(
        table: Table,
        header: &[String],
        reading: &Reading,
        position: &Position,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut say = |class, column: &str, found: String, expected: String| {
            let position = Position { column: column.into(), ..position.clone() };
            faults.push(Fault { class, position, found, expected });
        };
        twice(header, &mut say);
        let columns: Vec<Bound> = (table.columns().iter())
            .map(|column| {
                let bound = Bound::new(column.name, header, reading);
                if column.required && bound.from == From::Absent {
                    let expected =
                        format!("a column `{}`{}", bound.header, hint(&bound.header, header));
                    say(
                        FaultClass::ColumnMissing,
                        "",
                        "no such column in the header".into(),
                        expected,
                    );
                }
                bound
            })
            .collect();
        let taken = |at: usize| columns.iter().any(|bound| bound.from == From::Field(at));
        let extras: Vec<(usize, String)> =
            header.iter().cloned().enumerate().filter(|&(at, _)| !taken(at)).collect();
        // Any table may have it, and `--clearance` reads it.
        let is_handling = |name: &str| name.trim().eq_ignore_ascii_case(HANDLING);
        let unknown = extras.iter().filter(|(_, name)| !is_handling(name));
        for (_, name) in unknown.filter(|_| !reading.is_mapped()) {
            say(
                FaultClass::ColumnUnknown,
                name,
                "a column that the contract does not know".into(),
                meant(name, table),
            );
        }
        let filters = filters(header, reading, &mut say);
        Self { table, columns, extras, width: header.len(), filters }
    }
}

impl Bound {
    fn new(name: &str, header: &[String], reading: &Reading) -> Self {
        let mapped = reading.columns.get(name).map(String::as_str);
        let header_name = mapped.unwrap_or(name);
        // What the mapping reads as another column does not stand for the one of its own name too.
        let taken = mapped.is_none() && reading.columns.values().any(|column| column == name);
        let constant = reading.constants.get(name).cloned().map(From::Constant);
        let field = || {
            let at = header.iter().position(|column| column == header_name).filter(|_| !taken);
            at.map(From::Field)
        };
        Self {
            from: constant.or_else(field).unwrap_or(From::Absent),
            header: header_name.into(),
            values: reading.values.get(name).cloned().unwrap_or_default(),
        }
    }
}

type Say<'a> = &'a mut dyn FnMut(FaultClass, &str, String, String);

fn twice(header: &[String], say: Say<'_>) {
    let mut seen = BTreeSet::new();
    for name in header {
        if !seen.insert(name) {
            let expected = "each column once; rename or remove one".to_owned();
            say(FaultClass::ColumnTwice, name, "a second column of this name".into(), expected);
        }
    }
}

fn filters(header: &[String], reading: &Reading, say: Say<'_>) -> Vec<(usize, String)> {
    let mut filters = Vec::new();
    for (name, value) in &reading.only {
        match header.iter().position(|column| column == name) {
            Some(at) => filters.push((at, value.clone())),
            None => say(
                FaultClass::ColumnMissing,
                "",
                "no such column in the header".into(),
                format!("a column `{}`, which the mapping's `where` reads", excerpt(name)),
            ),
        }
    }
    filters
}

/// `; is it …?` where the header has a column of nearly this name.
fn hint(name: &str, header: &[String]) -> String {
    match nearest(name, header.iter().map(String::as_str)).first() {
        Some(near) => format!("; is it `{}`?", excerpt(near)),
        None => "; a mapping file can name the column that stands for it".into(),
    }
}

fn meant(name: &str, table: Table) -> String {
    let known = table.columns().iter().map(|column| column.name).chain([HANDLING]);
    match nearest(name, known).first() {
        Some(near) => {
            format!("did you mean `{near}`? It is kept as an attribute and enters no score")
        }
        None => "nothing: it is kept as an attribute of its row and enters no score".into(),
    }
}
