//! A graph component by component, where the whole is too large for this machine and its components are not.

use super::fetch::{Fetching, Part, all, graph};
use super::network::{Flattened, Flattening};
use super::programs::components;
use super::run::Run;
use super::sql_engine::SqlEngine;
use crate::error::{Error, Result};
use crate::measure::Quality;

/// Components that are fetched together.
#[derive(Clone, Debug, PartialEq)]
struct Batch {
    /// The first and the last of their labels.
    labels: [i64; 2],
    nodes: u64,
    edges: u64,
}

/// A division of the graph that stands in `nodes` and `edges`: the label of each node, in node order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Divided {
    /// The nodes as the engine numbers them.
    pub nodes: Vec<i64>,
    /// The label of each.
    pub labels: Vec<u32>,
    /// In how many pieces the graph was fetched.
    pub pieces: usize,
}

/// Divides a graph piece by piece: components of at most so much together are fetched, and `divide` gives each node of such a piece a group.
///
/// Groups that modularity finds never reach over several components. What it expects of chance hangs on the weight of the whole graph,
/// though: `divide` is given the quality with a resolution that is as much smaller as the piece is lighter than the whole,
/// `γ m_piece / m`, so that every move gains in the piece what it would gain in the whole. With CPM nothing hangs on the whole. The
/// moves are made in another order than in the whole, so groups can differ as they do between seeds.
///
/// - **Cost**: that of components, and one look at all edges a piece.
///
/// # Errors
///
/// If a component is too large; if the engine or `divide` fails.
pub fn divided(
    run: &mut Run<'_>,
    (flattening, size): (&Flattening<'_>, &Flattened),
    fetching: &Fetching,
    quality: Quality,
    mut divide: impl FnMut(&Part, Quality) -> Result<Vec<u32>>,
) -> Result<Divided> {
    run.settle(&components())?;
    let engine = run.engine();
    let whole = weight(engine)?;
    let batches = batches(engine, *fetching, size)?;
    let (mut rows, mut first) = (Vec::new(), 0_u32);
    for batch in &batches {
        let part = fetch(engine, flattening, batch)?;
        let here = part_weight(&part);
        let groups = divide(&part, scaled(quality, if whole > 0.0 { here / whole } else { 1.0 }))?;
        rows.extend(part.nodes.iter().zip(&groups).map(|(&node, group)| (node, first + group)));
        first = rows
            .len()
            .try_into()
            .map_err(|_| Error::limit("more than 2³² nodes", "choose fewer rows"))?;
    }
    rows.sort_unstable();
    let (nodes, labels) = rows.into_iter().unzip();
    Ok(Divided { nodes, labels, pieces: batches.len() })
}

fn scaled(quality: Quality, share: f64) -> Quality {
    match quality {
        Quality::Modularity { resolution } => {
            Quality::Modularity { resolution: resolution * share }
        }
        Quality::Directed { resolution } => Quality::Directed { resolution: resolution * share },
        cpm @ Quality::Cpm { .. } => cpm,
    }
}

/// The weight of all edges of the whole graph.
fn weight(engine: &mut dyn SqlEngine) -> Result<f64> {
    let rows =
        engine.rows("SELECT COALESCE(SUM(weight), CAST(0 AS DOUBLE)) AS weight FROM edges")?;
    Ok(all(rows.real("weight"), "weight")?.first().copied().unwrap_or_default())
}

fn part_weight(part: &Part) -> f64 {
    let csr = &part.csr;
    let arcs: f64 = csr.nodes().flat_map(|u| csr.edges_of(u)).map(|(_, weight)| weight).sum();
    if csr.is_directed() { arcs } else { arcs / 2.0 }
}

/// Components in the order of their labels, as many together as may be fetched.
fn batches(engine: &mut dyn SqlEngine, fetching: Fetching, size: &Flattened) -> Result<Vec<Batch>> {
    let rows = engine.rows(
        "SELECT sizes.label AS label, sizes.nodes AS nodes, COALESCE(ties.edges, CAST(0 AS BIGINT)) AS edges FROM \
         (SELECT parent AS label, COUNT(*) AS nodes FROM labels GROUP BY parent) AS sizes LEFT JOIN \
         (SELECT labels.parent AS label, COUNT(*) AS edges FROM edges JOIN labels ON labels.node = edges.source GROUP BY labels.parent) AS ties \
         ON ties.label = sizes.label ORDER BY label",
    )?;
    let column = |name: &str| all(rows.whole(name), name);
    let (labels, nodes, edges) = (column("label")?, column("nodes")?, column("edges")?);
    let count = |cells: &[i64], at: usize| u64::try_from(cells[at]).unwrap_or_default();
    let components = (0..labels.len()).map(|at| Batch {
        labels: [labels[at]; 2],
        nodes: count(&nodes, at),
        edges: count(&edges, at),
    });
    batched(components, fetching.most).ok_or_else(|| fetching.too_large(size))
}

/// Neighboring components together, up to `most` nodes and edges; none if one of them is larger.
fn batched(components: impl Iterator<Item = Batch>, most: u64) -> Option<Vec<Batch>> {
    let mut batches: Vec<Batch> = Vec::new();
    for one in components {
        if one.nodes + one.edges > most {
            return None;
        }
        match batches.last_mut() {
            Some(last) if last.nodes + last.edges + one.nodes + one.edges <= most => {
                last.labels[1] = one.labels[1];
                last.nodes += one.nodes;
                last.edges += one.edges;
            }
            _ => batches.push(one),
        }
    }
    Some(batches)
}

fn fetch(engine: &mut dyn SqlEngine, flattening: &Flattening<'_>, batch: &Batch) -> Result<Part> {
    let [first, last] = batch.labels;
    let within = format!("labels.parent BETWEEN {first} AND {last}");
    let nodes = format!("(SELECT labels.node AS node FROM labels WHERE {within}) AS piece");
    let edges = format!(
        "(SELECT edges.source AS source, edges.target AS target, edges.weight AS weight FROM edges \
         JOIN labels ON labels.node = edges.source WHERE {within}) AS piece"
    );
    graph(engine, flattening, &nodes, &edges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(label: i64, nodes: u64, edges: u64) -> Batch {
        Batch { labels: [label; 2], nodes, edges }
    }

    #[test]
    fn components_come_together_as_far_as_they_fit() {
        let all = [component(0, 3, 2), component(4, 5, 4), component(9, 6, 9), component(20, 1, 0)];
        let batches = batched(all.iter().cloned(), 15).expect("each fits");
        let labels: Vec<[i64; 2]> = batches.iter().map(|batch| batch.labels).collect();
        assert_eq!(labels, [[0, 4], [9, 9], [20, 20]]);
        assert!(batched(all.into_iter(), 14).is_none(), "one of 15 does not fit");
    }

    #[test]
    fn a_lighter_piece_has_a_smaller_resolution() {
        let half = scaled(Quality::Modularity { resolution: 1.0 }, 0.5);
        assert_eq!(half, Quality::Modularity { resolution: 0.5 });
        let cpm = Quality::Cpm { resolution: 0.1 };
        assert_eq!(scaled(cpm, 0.5), cpm);
    }
}
