//! Where a walk along the edges spends its time.

use super::arcs::{arcs, steps};
use super::undirected_walk::undirected_walk;
use crate::cluster::program::{Assignment, Program, Stop};
use crate::cluster::sql::real;
use crate::error::Result;
use crate::graph::Direction;
use crate::measure::{Dangling, PageRank, check_damping, check_tolerance, reachable};

/// `PageRank`, as [`PageRank`]: rows `node`, `score`.
///
/// What a walk does that is stuck, the tolerance and what bounds the error are as there. Where edges run one way each round is a step of
/// the walk. Where they run both ways, a round goes further (`undirected_walk.rs`), and takes about a third as many.
///
/// - **Cost**: one query a round; each edge is shuffled once a round. At the default damping 170 rounds or fewer reach the default tolerance where
///   edges run one way, 55 or fewer where they run both ways.
///
/// # Errors
///
/// If `damping` is not in `[0, 1)`, or `tolerance` is negative. A negative weight is no error here, but its answer has no meaning.
///
/// # Source
///
/// As [`PageRank`].
pub fn pagerank(options: &PageRank, direction: Direction) -> Result<Program> {
    check_damping("damping", options.damping)?;
    check_tolerance(options.tolerance)?;
    let setup = vec![arcs(direction, options.weights), steps()];
    Ok(match direction {
        Direction::Directed => walk(options, setup),
        Direction::Undirected => undirected_walk(options, setup),
    })
}

/// When ranks are near enough.
pub(super) fn stop(options: &PageRank) -> Stop {
    Stop {
        moved: reachable(options.tolerance, options.damping),
        rounds: u32::try_from(options.rounds).unwrap_or(u32::MAX),
        must_settle: true,
    }
}

fn walk(options: &PageRank, mut setup: Vec<Assignment>) -> Program {
    let (damping, stays) = (real(options.damping), real(1.0 - options.damping));
    setup.push(Assignment::new("ranks", first()));
    let waits = match options.dangling {
        Dangling::Uniform => "halted.rank * ranks.share",
        Dangling::Stay => "ranks.rank * ranks.stuck",
    };
    let next = format!(
        "SELECT ranks.node AS node, {damping} * (COALESCE(comes.rank, CAST(0 AS DOUBLE)) + {waits}) + {stays} * ranks.share AS rank, \
         ranks.rank AS before, ranks.share AS share, ranks.stuck AS stuck FROM ranks \
         LEFT JOIN ({COMES}) AS comes ON comes.node = ranks.node \
         CROSS JOIN (SELECT COALESCE(SUM(rank * stuck), CAST(0 AS DOUBLE)) AS rank FROM ranks) AS halted"
    );
    let bound = real(options.damping / (1.0 - options.damping));
    Program {
        name: "pagerank",
        setup,
        step: vec![Assignment::new("ranks", next)],
        measure: format!(
            "SELECT COALESCE(SUM(ABS(rank - before)), CAST(0 AS DOUBLE)) * {bound} AS moved FROM ranks"
        ),
        stop: stop(options),
        result: "SELECT node, rank AS score FROM ranks".to_owned(),
    }
}

/// What comes to each node over its arcs in a step.
pub(super) const COMES: &str = "SELECT steps.target AS node, SUM(ranks.rank * steps.chance) AS rank FROM steps \
     JOIN ranks ON ranks.node = steps.source GROUP BY steps.target";

/// The same rank for all; `stuck` is 1 where nothing leads on.
fn first() -> String {
    "SELECT nodes.node AS node, everybody.share AS rank, everybody.share AS before, everybody.share AS share, \
     CASE WHEN onward.node IS NULL THEN CAST(1 AS DOUBLE) ELSE CAST(0 AS DOUBLE) END AS stuck FROM nodes \
     LEFT JOIN (SELECT DISTINCT source AS node FROM steps) AS onward ON onward.node = nodes.node \
     CROSS JOIN (SELECT CAST(1 AS DOUBLE) / CAST(GREATEST(COUNT(*), CAST(1 AS BIGINT)) AS DOUBLE) AS share FROM nodes) AS everybody"
        .to_owned()
}
