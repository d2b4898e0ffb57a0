//! Graphs of other tools, format by format.

use std::collections::HashSet;

use kluwen::case::{Foreign, Limits};
use kluwen::graph::{Direction, EdgeList, Labelled};

use super::cases::told_well;
use super::scratch;

pub(crate) fn graphml(data: &[u8]) {
    graph("graph.graphml", data);
}

pub(crate) fn gexf(data: &[u8]) {
    graph("graph.gexf", data);
}

pub(crate) fn gml(data: &[u8]) {
    graph("graph.gml", data);
}

pub(crate) fn dot(data: &[u8]) {
    graph("graph.dot", data);
}

pub(crate) fn pajek(data: &[u8]) {
    graph("graph.net", data);
}

/// DL, and VNA where it begins as that.
pub(crate) fn ucinet(data: &[u8]) {
    graph(if data.starts_with(b"*") { "graph.vna" } else { "graph.dl" }, data);
}

/// JSON of nodes and links, of Cytoscape, and a node or an edge a line.
pub(crate) fn json(data: &[u8]) {
    graph("graph.json", data);
    graph("graph.cyjs", data);
}

/// METIS, KONECT and matrices, by the first sign.
pub(crate) fn numbered(data: &[u8]) {
    graph(
        match data.first() {
            Some(b'%') => "graph.konect",
            Some(b',' | b';' | b'\t' | b'"') => "graph.csv",
            _ => "graph.graph",
        },
        data,
    );
}

/// CSV files for Neo4j, each after a line `=== name`.
pub(crate) fn neo4j(data: &[u8]) {
    let parts = scratch::parts(data);
    let name = |at: usize| ["nodes.csv", "ties.csv", "more.csv"][at].to_owned();
    let files: Vec<_> =
        parts.iter().take(3).enumerate().map(|(at, (_, bytes))| (name(at), *bytes)).collect();
    scratch::folder(&files, |folder| match Foreign::read(folder, &Limits::default()) {
        Ok(graph) => sound(&graph),
        Err(error) => told_well(&error, "the folder"),
    });
}

/// A list of edges: no edge of it is lost, and each end has a name.
pub(crate) fn edge_list(data: &[u8]) {
    for direction in [Direction::Undirected, Direction::Directed] {
        match (EdgeList { direction, ..EdgeList::default() }).read_bytes("edges.csv", data.to_vec())
        {
            Ok(read) => {
                assert_eq!(read.names.len(), read.csr.node_count());
                assert!(read.csr.edge_count() + read.csr.loops() <= read.lines);
                for node in (0_u32..).take(read.names.len()) {
                    assert!(!read.names.of(node).is_empty());
                }
            }
            Err(error) => told_well(&error, "edges.csv"),
        }
    }
}

fn graph(name: &str, data: &[u8]) {
    match Foreign::from_bytes(name, data, &Limits::default()) {
        Ok(graph) => sound(&graph),
        Err(error) => {
            told_well(&error, name);
            assert!(error.position().is_none_or(|position| position.file == name), "{error}");
        }
    }
}

/// Ids are of one node each, edges end at nodes, weights are numbers, lines are those of the file.
fn sound(graph: &Foreign) {
    let ids: HashSet<&str> = graph.nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids.len(), graph.nodes.len(), "an id twice");
    assert!(!ids.contains(""), "a node without an id");
    for node in &graph.nodes {
        assert!(node.line > 0 && usize::from(node.file) < graph.files.len(), "{node:?}");
    }
    for edge in &graph.edges {
        assert!(edge.from.max(edge.to) < graph.nodes.len(), "{edge:?}");
        assert!(edge.weight.is_none_or(f64::is_finite), "{edge:?}");
        assert!(edge.line > 0 && usize::from(edge.file) < graph.files.len(), "{edge:?}");
    }
    let names = graph.names();
    let distinct: HashSet<&str> = names.iter().map(AsRef::as_ref).collect();
    assert_eq!(names.len(), graph.nodes.len());
    let _ = distinct;
    for note in &graph.notes {
        assert!(!note.chars().any(char::is_control), "{note:?}");
    }
    for direction in [Direction::Undirected, Direction::Directed] {
        match Labelled::of_foreign(graph, direction) {
            Ok((read, ids)) => {
                assert_eq!(read.csr.node_count(), graph.nodes.len());
                assert_eq!(ids.len(), graph.nodes.len());
            }
            Err(error) => told_well(&error, "graph"),
        }
    }
}
