//! Which nodes of one side share more of the other than chance would give them, counted on an engine.

use super::fetch::all;
use super::programs::{degree_counts, overlaps};
use super::run::Run;
use super::sql_engine::SqlEngine;
use super::table::{Column, Columns, Values};
use crate::error::{Error, Result};
use crate::measure::{CountedPairs, OverlapCounts, Projection, SharedChance};

/// What a projection came to; nodes are numbered as on the engine.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectedThere {
    /// The pairs that are findings, the surest first, then in node order.
    pub pairs: Vec<SharedThere>,
    /// How many pairs there are in all.
    pub tests: u64,
    /// How many pairs share something.
    pub sharing: u64,
    /// Right nodes that were left out because they have too many ties, and how many they have: those of most ties first.
    pub hubs: Vec<(i64, i64)>,
    /// How many of the chances of pairs that share something are not exact, but from a refined normal distribution.
    pub approximate: u64,
    /// How many pairs would pass Bonferroni's threshold if they shared all they can; none where that was not worked out.
    pub within_reach: Option<u64>,
    /// Whether pairs would be findings if all of them shared all they can; none as above.
    pub any_within_reach: Option<bool>,
}

/// Two left nodes that share something.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedThere {
    /// The two, in order.
    pub nodes: [i64; 2],
    /// The right nodes that they share, in order.
    pub shared: Vec<i64>,
    /// The chance of sharing as many or more.
    pub p: f64,
    /// The rate of false discovery at which the pair would be a finding.
    pub q: f64,
}

/// The projection of the two-mode graph that stands in `nodes` and `edges`, left nodes numbered before right ones: the pairs that
/// [`Projection::of`] finds at its level, with the same chances.
///
/// A chance depends on two degrees and on what is shared, so the engine counts pairs that are alike in these, chances are worked out
/// here, and only pairs that are findings are fetched, with what they share.
///
/// - **Cost**: that of [`overlaps`]; what is fetched are the sorts of pairs, the hubs and the findings.
///
/// # Errors
///
/// As those of [`Projection::of`]; if the engine fails.
pub fn projected(run: &mut Run<'_>, options: &Projection, work: &str) -> Result<ProjectedThere> {
    let rows = run.program(&overlaps(options.hub))?;
    let engine = run.engine();
    let counts = OverlapCounts {
        left: degrees(engine, "lefts")?,
        right: degrees(engine, "rights")?,
        pairs: sorts(&rows)?,
    };
    let CountedPairs { chances, tests, within_reach, any_within_reach } =
        options.of_counts(&counts)?;
    let found: Vec<(usize, SharedChance)> =
        chances.iter().copied().enumerate().filter(|one| one.1.q <= options.level).collect();
    put_found(engine, &counts, &found, &format!("{work}/found"))?;
    let mut pairs = fetched(engine, &chances, &format!("{work}/listed"))?;
    pairs.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.nodes.cmp(&b.nodes)));
    let approximate = chances.iter().zip(&counts.pairs).filter(|(one, _)| !one.is_exact);
    Ok(ProjectedThere {
        pairs,
        tests,
        sharing: counts.pairs.iter().map(|one| one.3).sum(),
        hubs: hubs(engine)?,
        approximate: approximate.map(|(_, one)| one.3).sum(),
        within_reach,
        any_within_reach,
    })
}

fn small(number: i64) -> Result<u32> {
    u32::try_from(number)
        .map_err(|_| Error::usage(format!("{number} is no degree: expected one of 32 bits")))
}

fn sorts(rows: &Columns) -> Result<Vec<(u32, u32, u32, u64)>> {
    let column = |name: &str| all(rows.whole(name), name);
    let (few, many) = (column("few")?, column("many")?);
    let (shared, pairs) = (column("shared")?, column("pairs")?);
    let sort = |at: usize| {
        let count = u64::try_from(pairs[at]).unwrap_or_default();
        Ok((small(few[at])?, small(many[at])?, small(shared[at])?, count))
    };
    (0..few.len()).map(sort).collect()
}

fn degrees(engine: &mut dyn SqlEngine, table: &str) -> Result<Vec<(u32, u32)>> {
    let rows = engine.rows(&degree_counts(table))?;
    let (degrees, nodes) =
        (all(rows.whole("degree"), "degree")?, all(rows.whole("nodes"), "nodes")?);
    degrees
        .into_iter()
        .zip(nodes)
        .map(|(degree, nodes)| Ok((small(degree)?, small(nodes)?)))
        .collect()
}

/// Table `found(few, many, shared, sort)`: which sorts of pairs are findings.
fn put_found(
    engine: &mut dyn SqlEngine,
    counts: &OverlapCounts,
    found: &[(usize, SharedChance)],
    place: &str,
) -> Result<()> {
    let column = |name: &str, value: &dyn Fn(usize) -> i64| Column {
        name: name.to_owned(),
        values: Values::Whole(found.iter().map(|one| Some(value(one.0))).collect()),
    };
    let rows = Columns(vec![
        column("few", &|at| i64::from(counts.pairs[at].0)),
        column("many", &|at| i64::from(counts.pairs[at].1)),
        column("shared", &|at| i64::from(counts.pairs[at].2)),
        column("sort", &|at| i64::try_from(at).unwrap_or(i64::MAX)),
    ]);
    engine.put("found", &rows, place)
}

/// The pairs of the sorts in `found`, in node order, with what they share.
fn fetched(
    engine: &mut dyn SqlEngine,
    chances: &[SharedChance],
    place: &str,
) -> Result<Vec<SharedThere>> {
    let listed = "SELECT pairs.one AS one, pairs.other AS other, found.sort AS sort FROM pairs \
         JOIN found ON found.few = pairs.few AND found.many = pairs.many AND found.shared = pairs.shared";
    engine.save("listed", listed, place)?;
    let rows = engine.rows(
        "SELECT listed.one AS one, listed.other AS other, listed.sort AS sort, own.other AS shared FROM listed \
         JOIN kept AS own ON own.one = listed.one JOIN kept AS its ON its.one = listed.other AND its.other = own.other \
         ORDER BY one, other, shared",
    )?;
    let column = |name: &str| all(rows.whole(name), name);
    let (one, other) = (column("one")?, column("other")?);
    let (shared, sort) = (column("shared")?, column("sort")?);
    let mut pairs: Vec<SharedThere> = Vec::new();
    for at in 0..one.len() {
        let nodes = [one[at], other[at]];
        if pairs.last().is_none_or(|last| last.nodes != nodes) {
            let chance = usize::try_from(sort[at]).ok().and_then(|sort| chances.get(sort));
            let &SharedChance { p, q, .. } = chance.ok_or_else(|| {
                Error::usage("the engine gave a sort of pairs that it was not asked for")
            })?;
            pairs.push(SharedThere { nodes, shared: Vec::new(), p, q });
        }
        if let Some(last) = pairs.last_mut() {
            last.shared.push(shared[at]);
        }
    }
    Ok(pairs)
}

fn hubs(engine: &mut dyn SqlEngine) -> Result<Vec<(i64, i64)>> {
    let rows = engine.rows("SELECT node, ties FROM hubs ORDER BY ties DESC, node")?;
    Ok(all(rows.whole("node"), "node")?.into_iter().zip(all(rows.whole("ties"), "ties")?).collect())
}
