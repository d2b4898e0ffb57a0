//! Edges as arcs: what a node's row holds.

use crate::cluster::program::Assignment;
use crate::graph::Direction;
use crate::measure::Weights;

/// Table `arcs(source, target, weight)` of the simple graph: parallel edges as one whose weight is their sum, none from a node to itself;
/// where edges run both ways, each as two arcs.
pub(super) fn arcs(direction: Direction, weights: Weights) -> Assignment {
    arcs_of("edges", direction, weights)
}

/// The same of another table.
pub(super) fn arcs_of(edges: &str, direction: Direction, weights: Weights) -> Assignment {
    let weight = match weights {
        Weights::Used => "SUM(weight)",
        Weights::Ignored => "CAST(1 AS DOUBLE)",
    };
    let from = match direction {
        Direction::Directed => edges.to_owned(),
        Direction::Undirected => format!(
            "(SELECT source, target, weight FROM {edges} \
             UNION ALL SELECT target AS source, source AS target, weight FROM {edges}) AS both_ways"
        ),
    };
    Assignment::new(
        "arcs",
        format!(
            "SELECT source, target, {weight} AS weight FROM {from} WHERE source <> target GROUP BY source, target"
        ),
    )
}

/// Table `steps(source, target, chance)`: the chance of each step of a walk, by weight; none from a node whose arcs all weigh 0.
pub(super) fn steps() -> Assignment {
    Assignment::new(
        "steps",
        "SELECT arcs.source AS source, arcs.target AS target, arcs.weight / totals.total AS chance FROM arcs \
         JOIN (SELECT source, SUM(weight) AS total FROM arcs GROUP BY source) AS totals ON totals.source = arcs.source \
         WHERE totals.total > CAST(0 AS DOUBLE)",
    )
}
