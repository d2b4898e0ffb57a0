//! Pairs of things that share a key, made by an engine of numbers that tell it nothing.

use super::fetch::all;
use super::sql_engine::SqlEngine;
use super::table::{Column, Columns, Values};
use crate::error::{Error, Result};
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
    let told = told(shared);
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let column = |name: &str, at: usize| {
        Column::new(name, Values::Whole(told.iter().map(|row| Some(row[at])).collect()))
    };
    let rows = Columns(vec![column("key", 0), column("thing", 1), column("place", 2)]);
    engine.put("shared_keys", &rows, &format!("{work}/shared_keys"))?;
    engine.save("blocks", &blocks(), &format!("{work}/blocks"))?;
    let rows = engine.rows(&query(rule))?;
    let (ones, others) = (all(rows.whole("one"), "one")?, all(rows.whole("other"), "other")?);
    ones.into_iter().zip(others).map(|(one, other)| Ok((thing(one)?, thing(other)?))).collect()
}

fn thing(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| {
        Error::usage(format!("{number} is nothing that shares a key: expected one of 32 bits"))
    })
}

/// What an engine is told of the keys that two things or more have: rows of key, thing and the thing's place among those of the key.
///
/// A key is a mixture of what it stands for, which can be guessed: whoever knows how a name sounds can work out its key. So keys become
/// numbers in the order of the things that have them, which is all that an engine could tell anyway; and places, which say whose name
/// comes before whose, are told within a key only.
fn told(shared: SharedKeys<'_>) -> Vec<[i64; 3]> {
    let place = |thing: u32| shared.places.map_or(thing, |places| places[thing as usize]);
    let blocks = shared.keys.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1);
    let things = |block: &[(u64, u32)]| block.iter().map(|one| one.1).collect::<Vec<u32>>();
    let mut blocks: Vec<Vec<u32>> = blocks.map(things).collect();
    blocks.sort_unstable();
    let rows = (0..).zip(blocks).flat_map(|(key, mut block)| {
        block.sort_unstable_by_key(|&thing| place(thing));
        (0..).zip(block).map(move |(nth, thing)| [key, i64::from(thing), nth])
    });
    rows.collect()
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
        Crowded::Next => {
            let ahead = (1..=window).map(|ahead| {
                format!("LEAD(thing, {ahead}) OVER (PARTITION BY key ORDER BY place)")
            });
            let ahead: Vec<String> = ahead.collect();
            all.push(format!(
                "SELECT {} FROM (SELECT thing, EXPLODE(ahead) AS next FROM (SELECT thing, ARRAY({}) AS ahead \
                 FROM blocks WHERE size > CAST({block} AS BIGINT)) AS crowded) AS following WHERE next IS NOT NULL",
                pair("thing", "next"),
                ahead.join(", ")
            ));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes whatever it is given, and answers every query with these rows.
    struct Answering(Columns);

    impl SqlEngine for Answering {
        fn open(&mut self, _: &str, _: &str) -> Result<()> {
            Ok(())
        }

        fn save(&mut self, _: &str, _: &str, _: &str) -> Result<()> {
            Ok(())
        }

        fn put(&mut self, _: &str, _: &Columns, _: &str) -> Result<()> {
            Ok(())
        }

        fn columns(&mut self, _: &str) -> Result<Vec<(String, String)>> {
            Ok(Vec::new())
        }

        fn rows(&mut self, _: &str) -> Result<Columns> {
            Ok(self.0.clone())
        }
    }

    #[test]
    fn an_answer_that_is_none_is_no_answer_without_pairs() {
        let shared = SharedKeys { keys: &[(3, 0), (3, 1)], places: None };
        let rule = PairRule { block: 9, window: 2, crowded: Crowded::First };
        let asked = |rows: Columns| pairs_on(&mut Answering(rows), "work", rule, shared);
        let column = |name: &str, cell| Column::new(name, Values::Whole(vec![cell]));
        let both = |one, other| asked(Columns(vec![column("one", one), column("other", other)]));
        assert_eq!(both(Some(0), Some(1)).expect("an answer"), [(0, 1)]);
        assert!(asked(Columns::default()).is_err());
        for (one, other) in [(None, Some(1)), (Some(-1), Some(1)), (Some(0), Some(1 << 32))] {
            assert!(both(one, other).is_err(), "{one:?} {other:?}");
        }
    }

    #[test]
    fn an_engine_learns_who_shares_a_key_and_not_which() {
        let keys = [(3, 0), (3, 1), (5, 7), (9, 1), (9, 2), (9, 4)];
        let places = [0, 5, 4, 0, 9, 0, 0, 1];
        let expected = [[0, 0, 0], [0, 1, 1], [1, 2, 0], [1, 1, 1], [1, 4, 2]];
        assert_eq!(told(SharedKeys { keys: &keys, places: Some(&places) }), expected);
        // Other keys for the same things, in another order.
        let others = [(1, 1), (1, 2), (1, 4), (2, 7), (u64::MAX, 0), (u64::MAX, 1)];
        assert_eq!(told(SharedKeys { keys: &others, places: Some(&places) }), expected);
        assert!(told(SharedKeys { keys: &keys[2..3], places: None }).is_empty());
    }
}
