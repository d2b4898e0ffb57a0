//! Which nodes of either side of a two-mode graph are close to those that matter.

use super::arcs::arcs;
use crate::cluster::program::{Assignment, Program, Stop};
use crate::cluster::sql::{real, whole};
use crate::error::Result;
use crate::graph::Direction;
use crate::measure::{BiRank, Weights, check_damping, check_tolerance};

/// `BiRank`, as [`BiRank`]: rows `node`, `score`. Nodes below `first_right` are the left side; each side has a prior of 1 in all, the
/// same for each of its nodes.
///
/// - **Cost**: two queries a round; each edge is shuffled once in each. About 100 rounds at the default damping.
///
/// # Errors
///
/// If a damping is not in `[0, 1)`, or the tolerance is negative.
///
/// # Source
///
/// As [`BiRank`].
pub fn birank(options: &BiRank, first_right: i64) -> Result<Program> {
    check_damping("left_damping", options.left_damping)?;
    check_damping("right_damping", options.right_damping)?;
    check_tolerance(options.tolerance)?;
    let right = side("ranks", "node >= ", first_right, options.right_damping);
    let left = side("right_ranks", "node < ", first_right, options.left_damping);
    Ok(Program {
        name: "birank",
        setup: vec![
            arcs(Direction::Undirected, Weights::Used),
            shares(),
            Assignment::new("ranks", first(first_right)),
        ],
        step: vec![
            Assignment::new("right_ranks", right.replace("KEPT", "ranks.rank")),
            Assignment::new("ranks", left.replace("KEPT", "right_ranks.before")),
        ],
        measure: "SELECT COALESCE(SQRT(SUM((rank - before) * (rank - before))), CAST(0 AS DOUBLE)) AS moved FROM ranks"
            .to_owned(),
        stop: Stop {
            moved: options.tolerance,
            rounds: u32::try_from(options.rounds).unwrap_or(u32::MAX),
            must_settle: true,
        },
        result: "SELECT node, rank AS score FROM ranks".to_owned(),
    })
}

/// Table `shares`: the weight of each arc over the roots of the strengths of both its ends.
fn shares() -> Assignment {
    let sums = "(SELECT source AS node, SUM(weight) AS total FROM arcs GROUP BY source)";
    Assignment::new(
        "shares",
        format!(
            "SELECT arcs.source AS source, arcs.target AS target, \
             arcs.weight * (CAST(1 AS DOUBLE) / SQRT(one.total)) * (CAST(1 AS DOUBLE) / SQRT(other.total)) AS share FROM arcs \
             JOIN {sums} AS one ON one.node = arcs.source JOIN {sums} AS other ON other.node = arcs.target \
             WHERE one.total > CAST(0 AS DOUBLE) AND other.total > CAST(0 AS DOUBLE)"
        ),
    )
}

fn first(first_right: i64) -> String {
    let border = whole(first_right);
    let share = format!(
        "CAST(1 AS DOUBLE) / (CASE WHEN nodes.node < {border} THEN counts.lefts ELSE counts.rights END)"
    );
    format!(
        "SELECT nodes.node AS node, {share} AS rank, {share} AS before, {share} AS prior FROM nodes CROSS JOIN \
         (SELECT CAST(SUM(CASE WHEN node < {border} THEN 1 ELSE 0 END) AS DOUBLE) AS lefts, \
         CAST(SUM(CASE WHEN node < {border} THEN 0 ELSE 1 END) AS DOUBLE) AS rights FROM nodes) AS counts"
    )
}

/// The ranks of one side from those of the other in a table; `KEPT` stands for what a rank was before the round.
fn side(table: &str, condition: &str, first_right: i64, damping: f64) -> String {
    let border = whole(first_right);
    format!(
        "SELECT {table}.node AS node, CASE WHEN {table}.{condition}{border} \
         THEN {} * COALESCE(comes.rank, CAST(0 AS DOUBLE)) + {} * {table}.prior ELSE {table}.rank END AS rank, \
         KEPT AS before, {table}.prior AS prior FROM {table} \
         LEFT JOIN (SELECT shares.target AS node, SUM(shares.share * {table}.rank) AS rank FROM shares \
         JOIN {table} ON {table}.node = shares.source GROUP BY shares.target) AS comes ON comes.node = {table}.node",
        real(damping),
        real(1.0 - damping)
    )
}
