//! Rows of an engine's table, as rows that are read like those of a file.

use std::sync::Arc;

use crate::case::{CERTAINTY, GivenRow, GivenTable, ROW_FILE, ROW_LINE, ROW_NUMBER, Table};
use crate::cluster::sql_engine::SqlEngine;
use crate::cluster::table::Columns;
use crate::cluster::tables::CaseTables;
use crate::error::{Error, Result};

/// Rows of a table in their order; `rows` gives the numbers of those that come, none if all do.
pub(super) fn table(
    engine: &mut dyn SqlEngine,
    tables: &CaseTables,
    table: Table,
    rows: Option<&str>,
) -> Result<GivenTable> {
    let known = table.columns().iter().map(|column| column.name.to_owned());
    let own = tables.own(table).iter().cloned();
    let header: Vec<String> = known.chain(own).collect();
    let fields = header.iter().enumerate().map(|(at, name)| {
        format!("CAST({table}.`{}` AS STRING) AS c{at}", name.replace('`', "``"))
    });
    let beside = [CERTAINTY, ROW_FILE, ROW_LINE].map(|name| format!("{table}.{name} AS {name}"));
    let all: Vec<String> = beside.into_iter().chain(fields).collect();
    let kept = rows.map_or(String::new(), |rows| {
        format!(" JOIN ({rows}) AS kept ON kept.{ROW_NUMBER} = {table}.{ROW_NUMBER}")
    });
    let query =
        format!("SELECT {} FROM {table}{kept} ORDER BY {table}.{ROW_NUMBER}", all.join(", "));
    let columns = engine.rows(&query)?;
    let name = tables.position(table).file;
    let rows = given(&columns, header.len()).ok_or_else(|| {
        let expected = "texts, numbers and places as `kluwen convert --to parquet` writes them";
        Error::data(tables.position(table), "columns of other types", expected)
    })?;
    Ok(GivenTable { table, name, header, rows })
}

/// Rows from columns; none where a column is of another type than it should be.
fn given(columns: &Columns, width: usize) -> Option<Vec<GivenRow>> {
    let count = columns.row_count();
    let mut rows = vec![GivenRow::default(); count];
    let (certainties, lines) = (columns.real(CERTAINTY)?, columns.whole(ROW_LINE)?);
    let mut file: Arc<str> = "".into();
    for (at, row) in rows.iter_mut().enumerate() {
        row.certainty = certainties[at];
        row.line = lines[at].and_then(|line| u32::try_from(line).ok())?;
        let own = columns.text(ROW_FILE)?[at].as_deref().unwrap_or_default();
        if *own != *file {
            file = own.into();
        }
        row.file = Arc::clone(&file);
    }
    for field in 0..width {
        let place = u32::try_from(field).ok()?;
        let texts = columns.text(&format!("c{field}"))?;
        for (row, text) in rows.iter_mut().zip(texts) {
            row.fields.extend(text.as_ref().map(|text| (place, text.clone())));
        }
    }
    Some(rows)
}
