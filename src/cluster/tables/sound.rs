//! Rows that a reader of files would refuse, counted where they lie.

use super::CaseTables;
use crate::case::{
    Basis, CERTAINTY, Code, LinkKind, MeansCode, ROW_FILE, ROW_LINE, ROW_NUMBER, Table,
};
use crate::cluster::fetch::count;
use crate::cluster::sql::{is_known, texts};
use crate::cluster::sql_engine::SqlEngine;
use crate::error::{Error, Position, Result, printable};

/// What is wrong with a row: the column, when, and what is said of it.
struct Fault {
    column: &'static str,
    /// A condition on the row called `own`.
    when: String,
    found: &'static str,
    expected: String,
}

/// Refuses a table with rows that a reader of files would refuse.
pub(super) fn check(engine: &mut dyn SqlEngine, table: Table, tables: &CaseTables) -> Result<()> {
    let faults = faults(table);
    let counted = |(at, fault): (usize, &Fault)| {
        let when = &fault.when;
        format!(
            "SUM(CASE WHEN {when} THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END) AS n{at}, MIN(CASE WHEN {when} THEN {ROW_NUMBER} END) AS f{at}"
        )
    };
    let all: Vec<String> = faults.iter().enumerate().map(counted).collect();
    let rows = engine.rows(&format!("SELECT {} FROM {table} AS own", all.join(", ")))?;
    for (at, fault) in faults.iter().enumerate() {
        if let count @ 1.. = count(&rows, &format!("n{at}"))? {
            let first = rows.first_whole(&format!("f{at}"));
            return Err(told(engine, table, tables, fault, count, first)?);
        }
    }
    for (fault, query) in of_ids(table, tables) {
        let rows = engine.rows(&query)?;
        if let count @ 1.. = count(&rows, "n")? {
            return Err(told(engine, table, tables, &fault, count, rows.first_whole("f"))?);
        }
    }
    Ok(())
}

/// The error for so many rows, of which the first stands at a place in the table.
fn told(
    engine: &mut dyn SqlEngine,
    table: Table,
    tables: &CaseTables,
    fault: &Fault,
    count: i64,
    first: Option<i64>,
) -> Result<Error> {
    let mut position = tables.position(table);
    let mut found = fault.found.to_owned();
    if let Some(first) = first {
        let query = format!(
            "SELECT {ROW_FILE} AS file, {ROW_LINE} AS line, CAST(`{}` AS STRING) AS cell FROM {table} WHERE {ROW_NUMBER} = CAST({first} AS BIGINT)",
            fault.column
        );
        let rows = engine.rows(&query)?;
        let text = |name| rows.text(name).and_then(|cells| cells.get(0));
        let line = rows.first_whole("line");
        position = Position {
            file: text("file").map_or(position.file, printable),
            line: line.and_then(|line| u64::try_from(line).ok()).unwrap_or(0),
            column: String::new(),
        };
        if let Some(cell) = text("cell") {
            found = format!("`{}`, {found}", printable(cell));
        }
    }
    position.column = fault.column.into();
    let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let found = format!("{found} ({rows} of `{table}` so, of which this is the first)");
    Ok(Error::data(position, found, fault.expected.clone()))
}

fn faults(table: Table) -> Vec<Fault> {
    let mut faults = vec![
        fault(
            CERTAINTY,
            format!(
                "{CERTAINTY} IS NULL OR {CERTAINTY} < CAST(0 AS DOUBLE) OR {CERTAINTY} > CAST(1 AS DOUBLE) OR ISNAN({CERTAINTY})"
            ),
            "a certainty that is none",
            "a number in [0, 1]",
        ),
        fault(
            ROW_NUMBER,
            format!("{ROW_NUMBER} IS NULL"),
            "a row without a number",
            "the place of the row in its table",
        ),
        fault(
            ROW_LINE,
            format!("{ROW_LINE} IS NULL OR {ROW_FILE} IS NULL"),
            "a row without a place",
            "its file and line",
        ),
        code::<Basis>("basis"),
    ];
    match table {
        Table::Links => {
            faults.extend(["from", "to", "kind"].map(required));
            faults.push(code::<LinkKind>("kind"));
            faults.push(means());
            faults.push(fault(
                "to",
                "`from` = `to`".into(),
                "a person linked to himself",
                "two people; mend one end or remove the row",
            ));
            faults.push(fault("count", "`count` IS NOT NULL AND NOT (`count` > CAST(0 AS DOUBLE) AND `count` <= CAST(1000000000000 AS DOUBLE))".into(), "a count that is none", "a number above 0 and at most 1e12"));
            faults.push(reversed("start", "end"));
        }
        Table::Ads => {
            faults.push(required("ad_id"));
            faults.push(reversed("posted", "last_seen"));
        }
        _ => {}
    }
    faults
}

fn fault(
    column: &'static str,
    when: String,
    found: &'static str,
    expected: impl Into<String>,
) -> Fault {
    Fault { column, when, found, expected: expected.into() }
}

fn required(column: &'static str) -> Fault {
    fault(
        column,
        format!("NOT {}", is_known(&format!("own.`{column}`"))),
        "a cell that must be filled is not",
        "a value in every row",
    )
}

fn code<C: Code>(column: &'static str) -> Fault {
    let codes = || C::ALL.iter().map(|(code, _)| *code);
    let own = format!("own.`{column}`");
    let when = format!("{} AND {own} NOT IN ({})", is_known(&own), texts(codes()));
    let expected = format!("one of {}", codes().collect::<Vec<_>>().join(", "));
    fault(column, when, "a code that is not in its list", expected)
}

fn means() -> Fault {
    let codes: Vec<&str> = MeansCode::ALL.iter().map(|(code, _)| *code).collect();
    let one = format!("({})", codes.join("|"));
    let when = format!("{} AND NOT (own.means RLIKE '^{one}(;{one})*$')", is_known("own.means"));
    fault(
        "means",
        when,
        "means that are not in their list",
        format!("some of {}, with `;` between them", codes.join(", ")),
    )
}

fn reversed(start: &'static str, end: &'static str) -> Fault {
    let when = format!("own.{end}_latest < own.{start}_earliest");
    fault(end, when, "an end before its start", "an end that is not before its start")
}

/// What is asked of ids: that each is held by its table, and each of the table's own stands once.
fn of_ids(table: Table, tables: &CaseTables) -> Vec<(Fault, String)> {
    let mut all = Vec::new();
    let (own, references): (&'static str, &[(&'static str, Table)]) = match table {
        Table::Links => (
            "link_id",
            &[
                ("from", Table::People),
                ("to", Table::People),
                ("about", Table::People),
                ("case_id", Table::Cases),
                ("channel_id", Table::Channels),
                ("place_id", Table::Places),
            ],
        ),
        _ => (
            "ad_id",
            &[
                ("victim_id", Table::People),
                ("posted_by", Table::People),
                ("payer", Table::People),
                ("case_id", Table::Cases),
                ("channel_id", Table::Channels),
                ("place_id", Table::Places),
            ],
        ),
    };
    for &(column, of) in references.iter().filter(|one| tables.has(one.1)) {
        let id = of.columns()[3].name;
        let query = format!(
            "SELECT COUNT(*) AS n, MIN(own.{ROW_NUMBER}) AS f FROM {table} AS own LEFT ANTI JOIN {of} AS held ON own.`{column}` = held.`{id}` WHERE {}",
            is_known(&format!("own.`{column}`"))
        );
        let expected = format!("an id that {of} holds; add the row there or mend the id");
        all.push((
            fault(column, String::new(), "an id that its table does not hold", expected),
            query,
        ));
    }
    for (column, found) in
        [(own, "an id that an earlier row has"), (ROW_NUMBER, "a number that an earlier row has")]
    {
        let query = format!(
            "SELECT COUNT(*) AS n, MIN(again) AS f FROM (SELECT MAX({ROW_NUMBER}) AS again FROM {table} AS own WHERE {} GROUP BY `{column}` HAVING COUNT(*) > 1) AS twice",
            if column == ROW_NUMBER {
                "TRUE".to_owned()
            } else {
                is_known(&format!("own.`{column}`"))
            }
        );
        all.push((fault(column, String::new(), found, "one of its own"), query));
    }
    all
}
