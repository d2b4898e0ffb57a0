//! Communities by labels that spread from neighbor to neighbor.

use super::arcs::arcs;
use crate::cluster::program::{Assignment, Program, Stop};
use crate::error::{Error, Result};
use crate::graph::Direction;
use crate::measure::{LabelPropagation, Weights};

/// Below this, numbers are mixed: the square of what is below it, and sums of a few such, fit in 64 bits.
const PRIME: u64 = 1_000_003;

/// Labels that spread, as [`LabelPropagation`]: rows `node`, `label`. A label that is left in several places stands for as many groups, which
/// [`components_among`](super::components_among) the edges of [`alike`] tells apart.
///
/// Where the kernel takes nodes one after another, here half of them take the label that weighs most among their neighbors while the other
/// half keep theirs, another half each round: if all did at once, the two sides of a tie would swap labels forever. Which half, and which
/// of several labels that weigh most, is worked out from the numbers of node, label, round and seed, so every engine gives the same. Sums of
/// weights are compared to nine places after the point.
///
/// It ends when nobody would rather have another label, or after `rounds`. Its groups are not those of the kernel, as those of another seed are not.
///
/// - **Cost**: one query a round; each edge is shuffled once a round, and the labels around each node are sorted.
///
/// # Errors
///
/// If `rounds` is 0.
///
/// # Source
///
/// As [`LabelPropagation`]; G. Cordasco, L. Gargano, "Community detection via semi-synchronous label propagation algorithms", BASNA 2010, section III,
/// with halves in place of the classes of a coloring, of which a hub would need many.
pub fn label_propagation(options: &LabelPropagation) -> Result<Program> {
    if options.rounds == 0 {
        return Err(Error::usage("`rounds` must be 1 or more"));
    }
    let first = "SELECT node, node AS label, CAST(0 AS BIGINT) AS turn, CAST(1 AS BIGINT) AS restless FROM nodes";
    Ok(Program {
        name: "label-propagation",
        setup: vec![arcs(Direction::Undirected, Weights::Used), Assignment::new("labels", first)],
        step: vec![Assignment::new("labels", turn(options.seed))],
        measure:
            "SELECT COALESCE(CAST(SUM(restless) AS DOUBLE), CAST(0 AS DOUBLE)) AS moved FROM labels"
                .to_owned(),
        stop: Stop {
            moved: 0.0,
            rounds: u32::try_from(options.rounds).unwrap_or(u32::MAX),
            must_settle: false,
        },
        result: "SELECT node, label FROM labels".to_owned(),
    })
}

/// Table `alike`: the edges both ends of which have one label after [`label_propagation`].
#[must_use]
pub fn alike() -> Assignment {
    Assignment::new(
        "alike",
        "SELECT edges.source AS source, edges.target AS target, edges.weight AS weight FROM edges \
         JOIN labels AS one ON one.node = edges.source JOIN labels AS other ON other.node = edges.target \
         WHERE one.label = other.label AND edges.weight > CAST(0 AS DOUBLE)",
    )
}

/// One round: what each would rather have, and whether it is its turn to take it.
fn turn(seed: u64) -> String {
    let weighed = "SELECT arcs.source AS node, labels.label AS label, ROUND(SUM(arcs.weight), 9) AS weight FROM arcs \
                   JOIN labels ON labels.node = arcs.target GROUP BY arcs.source, labels.label";
    let lot = mixed(&[("weighed.node", 7919), ("weighed.label", 15_485)], seed);
    let placed = format!(
        "SELECT weighed.node AS node, weighed.label AS label, ROW_NUMBER() OVER (PARTITION BY weighed.node \
         ORDER BY weighed.weight DESC, CASE WHEN own.label = weighed.label THEN 0 ELSE 1 END, {lot}, weighed.label) AS place \
         FROM ({weighed}) AS weighed JOIN labels AS own ON own.node = weighed.node WHERE weighed.weight > CAST(0 AS DOUBLE)"
    );
    let its_turn = mixed(&[("labels.node", 104_729), ("labels.turn", 31_337)], seed);
    format!(
        "SELECT labels.node AS node, CASE WHEN wish.label IS NOT NULL AND {its_turn} % 2 = 0 THEN wish.label ELSE labels.label END AS label, \
         labels.turn + CAST(1 AS BIGINT) AS turn, \
         CASE WHEN wish.label <> labels.label THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS restless FROM labels \
         LEFT JOIN (SELECT node, label FROM ({placed}) AS placed WHERE place = 1) AS wish ON wish.node = labels.node"
    )
}

/// A number below [`PRIME`] that looks drawn: the same from the same columns, on every engine.
fn mixed(columns: &[(&str, u64)], seed: u64) -> String {
    let sum: Vec<String> =
        columns.iter().map(|(column, by)| format!("({column} % {PRIME}) * {by}")).collect();
    let sum = format!("(({} + {}) % {PRIME})", sum.join(" + "), seed % PRIME);
    format!("((({sum} * {sum}) % {PRIME} * ({sum} + 12345)) % {PRIME})")
}
