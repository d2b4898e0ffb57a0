//! Rows of an engine's table, as rows that are read like those of a file.

use std::sync::Arc;

use crate::case::{CERTAINTY, GivenRow, GivenTable, ROW_FILE, ROW_LINE, ROW_NUMBER, Table};
use crate::cluster::sql_engine::SqlEngine;
use crate::cluster::table::{Column, Columns, TextCells, Values};
use crate::cluster::tables::CaseTables;
use crate::error::{Error, Position, Result, printable};

/// How many groupings go into one query: engines that run all of a query at once need room for each.
const AT_ONCE: usize = 3;

/// Makes the table of the numbers of those rows of a table that come, from queries that give them; what it is called.
fn kept(
    engine: &mut dyn SqlEngine,
    tables: &CaseTables,
    table: Table,
    rows: &[String],
) -> Result<String> {
    let name = format!("kept_{table}");
    for (at, some) in rows.chunks(AT_ONCE).enumerate() {
        let before = (at > 0).then(|| format!("SELECT {ROW_NUMBER} FROM {name}"));
        let all: Vec<String> = some.iter().cloned().chain(before).collect();
        let query = format!(
            "SELECT DISTINCT {ROW_NUMBER} FROM ({}) AS picked WHERE {ROW_NUMBER} IS NOT NULL",
            all.join(" UNION ALL ")
        );
        engine.save(&name, &query, &format!("{}/{name}-{at}", tables.work()))?;
    }
    Ok(name)
}

/// Rows of a table in their order; `rows` give the numbers of those that come, none if all do.
pub(super) fn table(
    engine: &mut dyn SqlEngine,
    tables: &CaseTables,
    table: Table,
    rows: Option<&[String]>,
) -> Result<GivenTable<GivenRows>> {
    let known = table.columns().iter().map(|column| column.name.to_owned());
    let own = tables.own(table).iter().cloned();
    let header: Vec<String> = known.chain(own).collect();
    let fields = header.iter().enumerate().map(|(at, name)| {
        format!("CAST({table}.`{}` AS STRING) AS c{at}", name.replace('`', "``"))
    });
    let beside =
        [CERTAINTY, ROW_FILE, ROW_LINE, ROW_NUMBER].map(|name| format!("{table}.{name} AS {name}"));
    let all: Vec<String> = beside.into_iter().chain(fields).collect();
    let kept = match rows {
        None => String::new(),
        Some(rows) => {
            let kept = kept(engine, tables, table, rows)?;
            format!(" JOIN {kept} AS kept ON kept.{ROW_NUMBER} = {table}.{ROW_NUMBER}")
        }
    };
    let query =
        format!("SELECT {} FROM {table}{kept} ORDER BY {table}.{ROW_NUMBER}", all.join(", "));
    let mut columns = engine.rows(&query)?;
    check_order(tables.position(table), &columns)?;
    if let Some(home) = tables.home() {
        home.put_into(table, &header, &mut columns)?;
    }
    let name = tables.position(table).file;
    let rows = GivenRows::new(columns, header.len()).ok_or_else(|| {
        let expected = "texts, numbers and places as `kluwen convert --to parquet` writes them";
        Error::data(tables.position(table), "columns of other types", expected)
    })?;
    Ok(GivenTable { table, name, header, rows })
}

/// Refuses rows whose order is not told: it decides what stands first where nothing else does.
fn check_order(table: Position, columns: &Columns) -> Result<()> {
    let Some(numbers) = columns.whole(ROW_NUMBER) else {
        let position = Position { column: ROW_NUMBER.into(), ..table };
        return Err(Error::data(
            position,
            "no whole numbers",
            "the place of each row in its table",
        ));
    };
    let is_told = |pair: &[Option<i64>]| pair[0].is_some() && pair[0] < pair[1];
    let wrong = match numbers {
        [None] => Some(0),
        _ => numbers.windows(2).position(|pair| !is_told(pair)),
    };
    let Some(at) = wrong else { return Ok(()) };
    let cell =
        |name: &str, at: usize| columns.whole(name).and_then(|cells| cells.get(at).copied()?);
    let (number, line) = (cell(ROW_NUMBER, at), cell(ROW_LINE, at));
    let file = columns.text(ROW_FILE).and_then(|cells| cells.get(at));
    let position = Position {
        file: file.map_or(table.file, printable),
        line: line.and_then(|line| u64::try_from(line).ok()).unwrap_or(0),
        column: ROW_NUMBER.into(),
    };
    let found = match number {
        None => "a row without a number".to_owned(),
        Some(number) => format!("`{number}`, which another row has"),
    };
    let expected =
        "one of its own; write the tables anew with `kluwen convert CASE OUT --to parquet`";
    Err(Error::data(position, found, expected))
}

/// Rows of a table as an engine gave them, each made when it is its turn.
#[derive(Debug)]
pub(super) struct GivenRows {
    certainties: Vec<Option<f64>>,
    lines: Vec<u32>,
    files: TextCells,
    fields: Vec<TextCells>,
    /// The row whose turn it is.
    at: usize,
    /// The file of the row before it.
    file: Arc<str>,
}

impl GivenRows {
    /// None where a column is missing, or of another type than it should be.
    fn new(columns: Columns, width: usize) -> Option<Self> {
        let lines = columns.whole(ROW_LINE)?.iter();
        let lines = lines.map(|&line| u32::try_from(line?).ok()).collect::<Option<_>>()?;
        let mut fields: Vec<Option<TextCells>> = vec![None; width];
        let (mut certainties, mut files) = (None, None);
        for Column { name, values } in columns.0 {
            let field = || name.strip_prefix('c')?.parse::<usize>().ok();
            match (name.as_str(), values) {
                (CERTAINTY, Values::Real(cells)) => certainties = Some(cells),
                (ROW_FILE, Values::Text(cells)) => files = Some(cells),
                (_, Values::Text(cells)) => *fields.get_mut(field()?)? = Some(cells),
                _ => {}
            }
        }
        let fields = fields.into_iter().collect::<Option<_>>()?;
        let (certainties, files) = (certainties?, files?);
        Some(Self { certainties, lines, files, fields, at: 0, file: "".into() })
    }
}

impl Iterator for GivenRows {
    type Item = GivenRow;

    fn next(&mut self) -> Option<GivenRow> {
        let (at, line) = (self.at, *self.lines.get(self.at)?);
        self.at += 1;
        let file = self.files.get(at).unwrap_or_default();
        if *file != *self.file {
            self.file = file.into();
        }
        let fields = (0..).zip(&self.fields);
        let fields = fields.filter_map(|(place, cells)| Some((place, cells.get(at)?.to_owned())));
        Some(GivenRow {
            file: Arc::clone(&self.file),
            line,
            certainty: self.certainties[at],
            fields: fields.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(certainty: Values, lines: &[Option<i64>]) -> Columns {
        let text = |cells: [Option<&str>; 3]| Values::Text(cells.into_iter().collect());
        Columns(vec![
            Column::new(CERTAINTY, certainty),
            Column::new(ROW_FILE, text([Some("a.csv"), Some("a.csv"), None])),
            Column::new(ROW_LINE, Values::Whole(lines.to_vec())),
            Column::new("c0", text([Some("p1"), Some("p2"), Some("p3")])),
            Column::new("c1", text([None, Some(""), Some("x")])),
        ])
    }

    #[test]
    fn a_number_that_stands_twice_or_is_missing_is_told() {
        let checked = |numbers: &[Option<i64>]| {
            let mut rows = columns(Values::Real(vec![None; 3]), &LINES);
            rows.0.push(Column::new(ROW_NUMBER, Values::Whole(numbers.to_vec())));
            let table = Position { file: "w/people.parquet".into(), ..Position::default() };
            check_order(table, &rows).map_err(|error| error.to_string())
        };
        checked(&[Some(0), Some(4), Some(5)]).expect("an order");
        checked(&[]).expect("no rows");
        checked(&[Some(4)]).expect("one row");
        let twice = checked(&[Some(0), Some(4), Some(4)]).expect_err("twice");
        assert!(twice.starts_with("a.csv:3: column `row_number`: `4`, which another"), "{twice}");
        for none in [&[None][..], &[None, Some(1)]] {
            let none = checked(none).expect_err("no number");
            assert!(none.contains("a.csv:2") && none.contains("without a number"), "{none}");
        }
    }

    const LINES: [Option<i64>; 3] = [Some(2), Some(3), Some(9)];

    #[test]
    fn rows_are_those_of_the_columns() {
        let certainties = Values::Real(vec![Some(0.9), None, Some(0.5)]);
        let rows = GivenRows::new(columns(certainties, &LINES), 2).expect("all columns are there");
        let told: Vec<_> =
            rows.map(|row| (row.file, row.line, row.certainty, row.fields)).collect();
        let field = |at, text: &str| (at, text.to_owned());
        assert_eq!(
            told,
            [
                ("a.csv".into(), 2, Some(0.9), vec![field(0, "p1")]),
                ("a.csv".into(), 3, None, vec![field(0, "p2"), field(1, "")]),
                ("".into(), 9, Some(0.5), vec![field(0, "p3"), field(1, "x")]),
            ]
        );
    }

    #[test]
    fn columns_that_are_missing_or_of_another_type_are_no_rows() {
        let real = || Values::Real(vec![None; 3]);
        assert!(GivenRows::new(columns(real(), &LINES), 2).is_some());
        assert!(GivenRows::new(columns(real(), &LINES), 3).is_none(), "there is no `c2`");
        assert!(GivenRows::new(columns(real(), &LINES), 1).is_none(), "`c1` is no field");
        assert!(GivenRows::new(columns(Values::Whole(vec![None; 3]), &LINES), 2).is_none());
        for line in [None, Some(-1), Some(1 << 32)] {
            assert!(GivenRows::new(columns(real(), &[Some(2), Some(3), line]), 2).is_none());
        }
    }
}
