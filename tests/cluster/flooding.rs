//! A small program with many rounds, and what must come of it.

use std::collections::BTreeMap;

use kluwen::cluster::{Assignment, Column, Columns, Program, SqlEngine, Stop, Values};

/// The least number of each component, carried on by one tie in each round.
pub(crate) fn program() -> Program {
    let setup = "SELECT node, node AS label, CAST(1 AS DOUBLE) AS moved FROM nodes";
    let step = "SELECT labels.node AS node, LEAST(label, COALESCE(least, label)) AS label, \
                CASE WHEN least < label THEN CAST(1 AS DOUBLE) ELSE CAST(0 AS DOUBLE) END AS moved \
                FROM labels LEFT JOIN (SELECT target, MIN(label) AS least FROM edges JOIN labels \
                ON edges.source = labels.node GROUP BY target) AS near ON labels.node = near.target";
    Program {
        name: "flooding",
        setup: vec![Assignment { table: "labels", query: setup.into() }],
        step: vec![Assignment { table: "labels", query: step.into() }],
        measure: "SELECT SUM(moved) AS moved FROM labels".into(),
        stop: Stop { moved: 0.0, rounds: 40, must_settle: true },
        result: "SELECT node, label FROM labels ORDER BY node".into(),
    }
}

/// Two paths, of which the longer takes `length` rounds, and a node alone.
pub(crate) fn edges(length: i64) -> Vec<(i64, i64)> {
    let path =
        |from: i64, to: i64| (from..to).flat_map(|node| [(node, node + 1), (node + 1, node)]);
    path(0, length).chain(path(100, 103)).collect()
}

fn nodes(edges: &[(i64, i64)]) -> Vec<i64> {
    let mut nodes: Vec<i64> = edges.iter().map(|&(source, _)| source).chain([99]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// What comes of it.
pub(crate) fn expected(edges: &[(i64, i64)]) -> Columns {
    let mut labels: BTreeMap<i64, i64> =
        nodes(edges).into_iter().map(|node| (node, node)).collect();
    for _ in 0..labels.len() {
        for (source, target) in edges {
            let least = labels[source].min(labels[target]);
            labels.insert(*target, least);
        }
    }
    let (nodes, labels) = labels.into_iter().map(|(node, label)| (Some(node), Some(label))).unzip();
    Columns(vec![whole("node", nodes), whole("label", labels)])
}

/// Puts the graph to an engine, in folders of `place`.
pub(crate) fn put(engine: &mut dyn SqlEngine, edges: &[(i64, i64)], place: &str) {
    let node = nodes(edges).into_iter().map(Some).collect();
    let (source, target) =
        edges.iter().map(|&(source, target)| (Some(source), Some(target))).unzip();
    engine
        .put("nodes", &Columns(vec![whole("node", node)]), &format!("{place}/nodes"))
        .expect("nodes");
    let edges = Columns(vec![whole("source", source), whole("target", target)]);
    engine.put("edges", &edges, &format!("{place}/edges")).expect("edges");
}

fn whole(name: &str, cells: Vec<Option<i64>>) -> Column {
    Column { name: name.into(), values: Values::Whole(cells) }
}
