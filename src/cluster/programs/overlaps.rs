//! Which nodes of one side of a two-mode graph share how much of the other.

use crate::cluster::program::{Assignment, Program};
use crate::cluster::sql::whole;

/// How many pairs of left nodes of which degrees share how many right nodes: rows `few`, `many` (the two degrees, in order), `shared`,
/// `pairs`. It is what [`Projection`](crate::measure::Projection) needs to work out chances; the pairs themselves stay in table `pairs(one, other, shared,
/// few, many)`.
///
/// Right nodes with more than `hub` ties are left out, because a node of `d` ties makes `d²` pairs, and are listed in table
/// `hubs(node, ties)`. Tables `kept(one, other)`, `lefts(node, degree)` and `rights(node, degree)` are the sides without hubs.
///
/// - **Cost**: five queries; the join has `Σ d²` rows over the degrees `d` of right nodes that are no hubs.
///
/// # Source
///
/// As [`Projection`](crate::measure::Projection).
#[must_use]
pub fn overlaps(hub: usize) -> Program {
    let hub = whole(i64::try_from(hub).unwrap_or(i64::MAX));
    let setup = vec![
        Assignment::new(
            "ties",
            "SELECT DISTINCT LEAST(source, target) AS one, GREATEST(source, target) AS other FROM edges WHERE source <> target",
        ),
        Assignment::new(
            "hubs",
            format!(
                "SELECT other AS node, COUNT(*) AS ties FROM ties GROUP BY other HAVING COUNT(*) > {hub}"
            ),
        ),
        Assignment::new(
            "kept",
            "SELECT ties.one AS one, ties.other AS other FROM ties LEFT ANTI JOIN hubs ON hubs.node = ties.other",
        ),
        degrees("lefts", "one"),
        degrees("rights", "other"),
        Assignment::new("pairs", PAIRS),
    ];
    let result = "SELECT few, many, shared, COUNT(*) AS pairs FROM pairs GROUP BY few, many, shared ORDER BY few, many, shared";
    Program::once("overlaps", setup, result.to_owned())
}

/// A query of how many nodes of a table of [`overlaps`] have which degree: rows `degree`, `nodes`.
#[must_use]
pub fn degree_counts(table: &str) -> String {
    format!("SELECT degree, COUNT(*) AS nodes FROM {table} GROUP BY degree ORDER BY degree")
}

fn degrees(table: &'static str, side: &str) -> Assignment {
    Assignment::new(
        table,
        format!("SELECT {side} AS node, COUNT(*) AS degree FROM kept GROUP BY {side}"),
    )
}

const PAIRS: &str = "SELECT shares.one AS one, shares.other AS other, shares.shared AS shared, \
     LEAST(a.degree, b.degree) AS few, GREATEST(a.degree, b.degree) AS many FROM (\
     SELECT left_ties.one AS one, right_ties.one AS other, COUNT(*) AS shared FROM kept AS left_ties \
     JOIN kept AS right_ties ON right_ties.other = left_ties.other WHERE left_ties.one < right_ties.one \
     GROUP BY left_ties.one, right_ties.one) AS shares \
     JOIN lefts AS a ON a.node = shares.one JOIN lefts AS b ON b.node = shares.other";
