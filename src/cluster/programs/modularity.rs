//! How good a division into groups is.

use super::arcs::arcs;
use crate::cluster::program::{Assignment, Program};
use crate::cluster::sql::real;
use crate::graph::Direction;
use crate::measure::Weights;

/// The modularity of the division that table `groups(node, label)` holds, as [`Quality::Modularity`](crate::measure::Quality::Modularity): one
/// row, `quality`. Edges are read as running both ways.
///
/// - **Cost**: one query; each edge is shuffled twice.
///
/// # Source
///
/// As [`Quality::Modularity`](crate::measure::Quality::Modularity).
#[must_use]
pub fn modularity(resolution: f64) -> Program {
    let sides = "SELECT one.label AS label, arcs.weight AS weight, \
                 CASE WHEN one.label = other.label THEN arcs.weight ELSE CAST(0 AS DOUBLE) END AS inside FROM arcs \
                 JOIN groups AS one ON one.node = arcs.source JOIN groups AS other ON other.node = arcs.target";
    let sums = "SELECT label, SUM(weight) AS ends, SUM(inside) AS inside FROM sides GROUP BY label";
    let value = format!(
        "SELECT COALESCE(SUM(sums.inside / total.ends - {} * (sums.ends / total.ends) * (sums.ends / total.ends)), CAST(0 AS DOUBLE)) AS quality \
         FROM sums CROSS JOIN (SELECT SUM(ends) AS ends FROM sums) AS total WHERE total.ends > CAST(0 AS DOUBLE)",
        real(resolution)
    );
    let setup = vec![
        arcs(Direction::Undirected, Weights::Used),
        Assignment::new("sides", sides),
        Assignment::new("sums", sums),
    ];
    Program::once("modularity", setup, value)
}
