//! How many ties a node has, and how strong they are together.

use super::arcs::arcs;
use crate::cluster::program::{Assignment, Program};
use crate::graph::Direction;
use crate::measure::{Degree, Side, Strength, Weights};

/// Degree centrality, as [`Degree`]: rows `node`, `score`.
///
/// - **Cost**: one query; each edge is shuffled once.
///
/// # Source
///
/// As [`Degree`].
#[must_use]
pub fn degree(options: &Degree, direction: Direction) -> Program {
    let scale = if options.normalized {
        "(SELECT CAST(GREATEST(COUNT(*) - 1, 1) AS DOUBLE) AS others FROM nodes)"
    } else {
        "(SELECT CAST(1 AS DOUBLE) AS others)"
    };
    let sums = ends("CAST(1 AS DOUBLE)", options.direction, direction);
    let result = format!(
        "SELECT nodes.node AS node, COALESCE(ties.total, CAST(0 AS DOUBLE)) / scale.others AS score FROM nodes \
         LEFT JOIN ({sums}) AS ties ON ties.node = nodes.node CROSS JOIN {scale} AS scale"
    );
    Program::once("degree", vec![arcs(direction, Weights::Ignored)], result)
}

/// The sum of the weights of a node's edges, as [`Strength`]: rows `node`, `score`.
///
/// - **Cost**: one query; each edge is shuffled once.
///
/// # Source
///
/// As [`Strength`].
#[must_use]
pub fn strength(options: &Strength, direction: Direction) -> Program {
    let sums = ends("weight", options.direction, direction);
    let result = format!(
        "SELECT nodes.node AS node, COALESCE(ties.total, CAST(0 AS DOUBLE)) AS score FROM nodes \
         LEFT JOIN ({sums}) AS ties ON ties.node = nodes.node"
    );
    let setup: Vec<Assignment> = vec![arcs(direction, Weights::Used)];
    Program::once("strength", setup, result)
}

/// The sum of what each arc adds to the node at its end, on that side.
fn ends(adds: &str, side: Side, direction: Direction) -> String {
    let from = |end: &str| format!("SELECT {end} AS node, {adds} AS adds FROM arcs");
    let rows = match (direction, side) {
        // Either end has the arc in its row.
        (Direction::Undirected, _) | (Direction::Directed, Side::Out) => from("source"),
        (Direction::Directed, Side::In) => from("target"),
        (Direction::Directed, Side::All) => {
            format!("{} UNION ALL {}", from("source"), from("target"))
        }
    };
    format!("SELECT node, SUM(adds) AS total FROM ({rows}) AS ends GROUP BY node")
}
