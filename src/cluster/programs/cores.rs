//! How deep in the dense middle a node sits.

use super::arcs::arcs;
use crate::cluster::program::{Assignment, Program, Stop};
use crate::graph::Direction;
use crate::measure::Weights;

/// Core numbers, as [`CoreNumbers`](crate::measure::CoreNumbers): rows `node`, `score`. Edges are read as running both ways.
///
/// Each node holds a bound of its core number, at first its degree. In a round it takes the largest `k` such that `k` of its neighbors
/// hold `k` or more, until no bound falls: nothing is taken away, so no state but one number a node is kept.
///
/// - **Cost**: one query a round; each edge is shuffled once a round. Tens of rounds in most networks, but where a dense part wears away from
///   its rim, as a long chain does, as many as it is deep.
///
/// # Source
///
/// A. Montresor, F. De Pellegrini, D. Miorandi, "Distributed k-core decomposition", IEEE Trans. Parallel Distrib. Syst. 24(2):288-300,
/// 2013, algorithms 1 and 2, theorem 1 for why the bounds end at the core numbers; all nodes at once, as in L. Lü, T. Zhou, Q.-M. Zhang,
/// H. E. Stanley, "The H-index of a network node and its relation to degree and coreness", Nat. Commun. 7:10168, 2016.
#[must_use]
pub fn cores() -> Program {
    let degrees = "SELECT nodes.node AS node, COALESCE(ties.core, CAST(0 AS BIGINT)) AS core, CAST(0 AS BIGINT) AS before FROM nodes \
                   LEFT JOIN (SELECT source AS node, COUNT(*) AS core FROM arcs GROUP BY source) AS ties ON ties.node = nodes.node";
    let bound = format!(
        "SELECT cores.node AS node, COALESCE(LEAST(cores.core, held.core), cores.core) AS core, cores.core AS before FROM cores \
         LEFT JOIN ({}) AS held ON held.node = cores.node",
        held_by_neighbors()
    );
    Program {
        name: "cores",
        setup: vec![
            arcs(Direction::Undirected, Weights::Ignored),
            Assignment::new("cores", degrees),
        ],
        step: vec![Assignment::new("cores", bound)],
        measure: "SELECT CAST(COUNT(*) AS DOUBLE) AS moved FROM cores WHERE core <> before"
            .to_owned(),
        stop: Stop { moved: 0.0, rounds: 1_000_000, must_settle: true },
        result: "SELECT node, CAST(core AS DOUBLE) AS score FROM cores".to_owned(),
    }
}

/// For each node, the largest `k` such that `k` of its neighbors hold `k` or more. Neighbors that hold the same are counted first, so that
/// no hub's neighbors are sorted.
fn held_by_neighbors() -> String {
    let counts = "SELECT arcs.source AS node, cores.core AS bound, COUNT(*) AS many FROM arcs JOIN cores ON cores.node = arcs.target \
                  GROUP BY arcs.source, cores.core";
    let so_far = format!(
        "SELECT node, bound, SUM(many) OVER (PARTITION BY node ORDER BY bound DESC) AS so_far FROM ({counts}) AS counted"
    );
    format!(
        "SELECT node, MAX(LEAST(bound, so_far)) AS core FROM ({so_far}) AS summed GROUP BY node"
    )
}
