//! The graph that an engine made, fetched to be measured on this machine.

use super::network::{Flattened, Flattening, Who};
use super::sql_engine::SqlEngine;
use super::table::Columns;
use crate::error::{Error, Result};
use crate::graph::{Csr, Edge, Flat, Mode};

/// How much of a graph is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetching {
    /// The most nodes and edges together. 20 million by default, about a gigabyte while they are read.
    pub most: u64,
}

impl Default for Fetching {
    fn default() -> Self {
        Self { most: 20_000_000 }
    }
}

impl Fetching {
    /// Whether the graph may be fetched as a whole.
    #[must_use]
    pub fn allows(&self, size: &Flattened) -> bool {
        size.nodes.saturating_add(size.edges) <= self.most
    }

    /// The graph that [`Flattening::make`] left on the engine: node for node and edge for edge the one that
    /// [`Network::flatten`](crate::graph::Network::flatten) makes of the same tables.
    ///
    /// # Errors
    ///
    /// If it is too large, or the engine fails.
    pub fn flat(
        &self,
        engine: &mut dyn SqlEngine,
        flattening: &Flattening<'_>,
        who: &Who,
        size: &Flattened,
    ) -> Result<Flat<Mode>> {
        if !self.allows(size) {
            return Err(self.too_large(size));
        }
        let part = graph(engine, flattening, "nodes", "edges")?;
        let nodes = part.nodes.iter().map(|&node| named(who, node)).collect::<Result<_>>()?;
        Ok(Flat { csr: part.csr, nodes, left_out: size.left_out })
    }

    /// Why a graph is not fetched.
    #[must_use]
    pub fn too_large(&self, size: &Flattened) -> Error {
        let what = format!(
            "this measure works on one machine, and the graph has {} nodes and {} edges; at most {} in all are fetched",
            size.nodes, size.edges, self.most
        );
        Error::limit(
            what,
            "choose fewer rows (`--during`, `--kind`, `--case-file`), a measure that engines have (degree, strength, pagerank, core, birank; \
             components, label-propagation), or raise `--fetch-most`",
        )
    }
}

/// A graph and the numbers of its nodes on the engine.
#[derive(Clone, Debug)]
pub struct Part {
    /// The graph.
    pub csr: Csr,
    /// What the engine calls each node, in node order.
    pub nodes: Vec<i64>,
}

/// What the node of that number is.
///
/// # Errors
///
/// If the engine gave a number that this machine did not.
pub fn named(who: &Who, node: i64) -> Result<Mode> {
    who.mode(node).ok_or_else(|| {
        Error::usage(format!(
            "the engine gave node {node}, which this machine did not number; do not let another run write to the same `--work`"
        ))
    })
}

/// The graph of tables or queries of the columns of `nodes` and `edges`.
///
/// # Errors
///
/// If the engine fails, or an edge names no node.
pub fn graph(
    engine: &mut dyn SqlEngine,
    flattening: &Flattening<'_>,
    nodes: &str,
    edges: &str,
) -> Result<Part> {
    let rows = engine.rows(&format!("SELECT node FROM {nodes} ORDER BY node"))?;
    let nodes: Vec<i64> = all(rows.whole("node"), "node")?;
    let query = format!("SELECT source, target, weight FROM {edges} ORDER BY source, target");
    let edges = numbered(&engine.rows(&query)?, &nodes)?;
    let csr = Csr::new(nodes.len(), &edges, flattening.direction());
    let csr = if flattening.is_weighted() { csr } else { csr.without_weights() };
    Ok(Part { csr, nodes })
}

fn numbered(rows: &Columns, nodes: &[i64]) -> Result<Vec<Edge>> {
    let number = |node: i64| {
        let at = nodes.binary_search(&node).ok().and_then(|at| u32::try_from(at).ok());
        at.ok_or_else(|| {
            Error::usage(format!("an edge names node {node}, which is not in `nodes`"))
        })
    };
    let (sources, targets) =
        (all(rows.whole("source"), "source")?, all(rows.whole("target"), "target")?);
    let weights = all(rows.real("weight"), "weight")?;
    let ends = sources.into_iter().zip(targets).zip(weights);
    ends.map(|((source, target), weight)| Ok((number(source)?, number(target)?, weight))).collect()
}

/// The count in the one row of a query; an answer without it is none.
pub(super) fn count(rows: &Columns, name: &str) -> Result<i64> {
    rows.first_whole(name)
        .ok_or_else(|| Error::usage(format!("the engine gave no count `{name}`: expected one row")))
}

/// The cells of a column of which none may be empty.
pub(super) fn all<T: Copy>(cells: Option<&[Option<T>]>, name: &str) -> Result<Vec<T>> {
    let cells: Option<Vec<T>> = cells.and_then(|cells| cells.iter().copied().collect());
    cells.ok_or_else(|| {
        Error::usage(format!(
            "the engine gave no column `{name}` of the expected type in which no cell is empty"
        ))
    })
}
