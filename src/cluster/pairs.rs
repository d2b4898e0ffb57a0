//! Pairs of things that share a key, made by an engine of numbers that tell it nothing.

use super::sql_engine::SqlEngine;
use super::table::{Column, Columns, Values};
use crate::error::Result;
use crate::pairing::{Crowded, PairRule, SharedKeys};

/// Makes the pairs of a rule on an engine; its tables go to `work`.
///
/// - **Cost**: the engine joins what shares a key within small blocks only; of a crowded one it makes `window` pairs for each thing.
///
/// # Errors
///
/// If the engine fails.
pub fn pairs_on(
    engine: &mut dyn SqlEngine,
    work: &str,
    rule: PairRule,
    shared: SharedKeys<'_>,
) -> Result<Vec<(u32, u32)>> {
    let whole = |number: u32| Some(i64::from(number));
    let place = |thing: u32| shared.places.map_or(thing, |places| places[thing as usize]);
    // Keys are numbers of 64 bits, and which of them are negative tells nothing.
    let keys = shared.keys.iter().map(|one| Some(one.0.cast_signed())).collect();
    let things = shared.keys.iter().map(|one| whole(one.1)).collect();
    let places = shared.keys.iter().map(|one| whole(place(one.1))).collect();
    let column = |name: &str, cells| Column { name: name.to_owned(), values: Values::Whole(cells) };
    let rows = Columns(vec![column("key", keys), column("thing", things), column("place", places)]);
    engine.put("shared_keys", &rows, &format!("{work}/shared_keys"))?;
    engine.save("blocks", &blocks(), &format!("{work}/blocks"))?;
    let rows = engine.rows(&query(rule))?;
    let number = |name: &str| {
        let cells = rows.whole(name).unwrap_or_default().iter();
        cells.map(|cell| cell.and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX))
    };
    Ok(number("one").zip(number("other")).collect())
}

/// Each key's things in order, and how many they are.
fn blocks() -> String {
    "SELECT key, thing, place, COUNT(*) OVER (PARTITION BY key) AS size, \
     ROW_NUMBER() OVER (PARTITION BY key ORDER BY place) AS nth FROM shared_keys"
        .to_owned()
}

fn query(rule: PairRule) -> String {
    let PairRule { block, window, crowded } = rule;
    let pair = |a: &str, b: &str| format!("LEAST({a}, {b}) AS one, GREATEST({a}, {b}) AS other");
    let mut all = vec![format!(
        "SELECT {} FROM blocks AS a JOIN blocks AS b ON a.key = b.key WHERE a.nth < b.nth AND a.size <= CAST({block} AS BIGINT) AND b.size <= CAST({block} AS BIGINT)",
        pair("a.thing", "b.thing")
    )];
    match crowded {
        Crowded::Next => all.extend((1..=window).map(|ahead| {
            format!(
                "SELECT {} FROM (SELECT thing, LEAD(thing, {ahead}) OVER (PARTITION BY key ORDER BY place) AS next \
                 FROM blocks WHERE size > CAST({block} AS BIGINT)) AS ahead{ahead} WHERE next IS NOT NULL",
                pair("thing", "next")
            )
        })),
        Crowded::First => all.push(format!(
            "SELECT {} FROM blocks AS a JOIN blocks AS b ON a.key = b.key WHERE a.nth < b.nth AND a.nth <= CAST({window} AS BIGINT) AND a.size > CAST({block} AS BIGINT)",
            pair("a.thing", "b.thing")
        )),
    }
    format!(
        "SELECT one, other FROM ({}) AS pairs GROUP BY one, other ORDER BY one, other",
        all.join(" UNION ALL ")
    )
}
