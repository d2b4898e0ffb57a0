//! Is it still the same table?

use super::sql::name;
use super::sql_engine::SqlEngine;
use crate::error::Result;

/// What tells a table from another: its columns, how many rows it has, and sums over them that do not depend on their order.
///
/// One pass over the table on the engine. Engines hash empty cells by leaving them out, so that each cell comes with whether it is one: a value that moves to the
/// next column is seen. Tables that differ by chance come to the same in one of 10^25 cases; whoever means to deceive can
/// make two that do.
pub(super) fn fingerprint(engine: &mut dyn SqlEngine, table: &str) -> Result<String> {
    let columns = engine.columns(table)?;
    let cell = |one: &(String, String)| {
        let name = name(&one.0);
        format!("{name}, CASE WHEN {name} IS NULL THEN 1 ELSE 0 END")
    };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    let hash = format!("xxhash64({})", cells.join(", "));
    let rows = engine.rows(&format!(
        "SELECT COUNT(*) AS n, bit_xor({hash}) AS x, SUM(pmod({hash}, CAST(1000003 AS BIGINT))) AS s FROM {table}"
    ))?;
    let number = |column: &str| rows.first_whole(column).unwrap_or_default();
    Ok(format!("{columns:?} {} {} {}", number("n"), number("x"), number("s")))
}
