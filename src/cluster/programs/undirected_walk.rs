//! `PageRank` where edges run both ways: a round that goes further than a step of the walk.

use super::pagerank::{COMES, stop};
use crate::cluster::program::{Assignment, Program};
use crate::cluster::sql::real;
use crate::measure::{Dangling, PageRank};

/// The ranks `x` solve `x = b + d P x`. Measured by strength `P` is symmetric and has no eigenvalue outside `[-1, 1]`, so
/// `x' = ω (b + d P x - x⁻) + x⁻`, with `x⁻` what `x` was a round before and `ω = 2 / (1 + √(1 - d²))`, shrinks the error by
/// `√(ω - 1)` a round, .56 at a damping of .85, as conjugate gradients do, and needs no number that is the whole graph's.
///
/// A walk that is stuck has no edge at all, so whatever it does the others' ranks keep their proportions: ranks are scaled at the end, as
/// the local kernel does. `left_over` is the residual of `before`, of which the error is known; that is what is returned.
///
/// # Source
///
/// G. H. Golub, R. S. Varga, "Chebyshev semi-iterative methods, successive overrelaxation iterative methods, and second order Richardson
/// iterative methods", Numer. Math. 3:147-168, 1961, part I, section 2.
pub(super) fn undirected_walk(options: &PageRank, mut setup: Vec<Assignment>) -> Program {
    let damping = options.damping;
    let further = real(2.0 / (1.0 + libm::sqrt(1.0 - damping * damping)));
    let stepped =
        format!("(ranks.start + {} * COALESCE(comes.rank, CAST(0 AS DOUBLE)))", real(damping));
    setup.push(Assignment::new("ranks", first(damping)));
    let next = format!(
        "SELECT ranks.node AS node, {further} * ({stepped} - ranks.before) + ranks.before AS rank, ranks.rank AS before, \
         ABS({stepped} - ranks.rank) AS left_over, ranks.start AS start, ranks.stuck AS stuck FROM ranks \
         LEFT JOIN ({COMES}) AS comes ON comes.node = ranks.node"
    );
    let bound = real(2.0 / (1.0 - damping));
    Program {
        name: "pagerank",
        setup,
        step: vec![Assignment::new("ranks", next)],
        measure: format!(
            "SELECT COALESCE({bound} * SUM(left_over) / ABS(SUM(before)), CAST(0 AS DOUBLE)) AS moved FROM ranks"
        ),
        stop: stop(options),
        result: result(options.dangling),
    }
}

/// Where the walk is most of the time: in proportion to the strength. Where there is no edge, that is the rank.
fn first(damping: f64) -> String {
    let (damping, stays) = (real(damping), real(1.0 - damping));
    format!(
        "SELECT nodes.node AS node, {stays} * everybody.share + {damping} * COALESCE(guess.share, CAST(0 AS DOUBLE)) AS rank, \
         {stays} * everybody.share + {damping} * COALESCE(guess.share, CAST(0 AS DOUBLE)) AS before, \
         CAST(0 AS DOUBLE) AS left_over, {stays} * everybody.share AS start, \
         CASE WHEN guess.node IS NULL THEN CAST(1 AS DOUBLE) ELSE CAST(0 AS DOUBLE) END AS stuck FROM nodes \
         CROSS JOIN (SELECT CAST(1 AS DOUBLE) / CAST(GREATEST(COUNT(*), CAST(1 AS BIGINT)) AS DOUBLE) AS share FROM nodes) AS everybody \
         LEFT JOIN (SELECT sums.node AS node, sums.total / totals.total AS share FROM \
         (SELECT source AS node, SUM(weight) AS total FROM arcs GROUP BY source) AS sums \
         CROSS JOIN (SELECT SUM(weight) AS total FROM arcs) AS totals WHERE sums.total > CAST(0 AS DOUBLE)) AS guess \
         ON guess.node = nodes.node"
    )
}

fn result(dangling: Dangling) -> String {
    match dangling {
        Dangling::Uniform => "SELECT ranks.node AS node, ranks.before / total.rank AS score FROM ranks \
             CROSS JOIN (SELECT SUM(before) AS rank FROM ranks) AS total"
            .to_owned(),
        // A walk without an edge keeps what started there, and the others share what started with them.
        Dangling::Stay => "SELECT ranks.node AS node, CASE WHEN ranks.stuck > CAST(0 AS DOUBLE) \
             THEN CAST(1 AS DOUBLE) / total.count ELSE ranks.before / total.rank * (total.going / total.count) END AS score FROM ranks \
             CROSS JOIN (SELECT SUM(before * (CAST(1 AS DOUBLE) - stuck)) AS rank, SUM(CAST(1 AS DOUBLE) - stuck) AS going, \
             CAST(COUNT(*) AS DOUBLE) AS count FROM ranks) AS total"
            .to_owned(),
    }
}
