//! Are graphs of other tools read as what they say, and refused where they say nothing sound?

mod commands;
mod files;
mod hostile;
mod rows;
mod twins;

use std::path::Path;

use kluwen::case::{Directed, Foreign, Limits};
use kluwen::error::Error;

use crate::common::Folder;
use crate::shared_data;

/// The graph in a file of this name.
fn graph(name: &str, text: impl AsRef<[u8]>) -> Result<Foreign, Error> {
    let folder = Folder::of(&[(name, text)]);
    Foreign::read(&folder.join(name), &Limits::default())
}

/// Its edges as ids and weights.
fn edges(graph: &Foreign) -> Vec<(&str, &str, Option<f64>)> {
    let id = |node: usize| graph.nodes[node].id.as_str();
    graph.edges.iter().map(|edge| (id(edge.from), id(edge.to), edge.weight)).collect()
}

fn refused(name: &str, text: impl AsRef<[u8]>) -> String {
    graph(name, text).expect_err("this is no sound graph").to_string()
}

/// The files of other tools: nodes and edges as igraph 1.0 or networkx 3.6 count them, or as the file does where neither reads it.
const OTHERS: [(&str, usize, usize, Directed); 40] = [
    ("gephi/adjacencylist.dot", 4, 5, Directed::Yes),
    ("gephi/basic.dot", 3, 2, Directed::Yes),
    ("gephi/basic.gexf", 2, 1, Directed::Yes),
    ("gephi/basic.vna", 2, 1, Directed::Yes),
    ("gephi/cdata.graphml", 2, 1, Directed::Yes),
    ("gephi/complex_matrix.csv", 27, 702, Directed::No),
    ("gephi/data.gexf", 1, 1, Directed::Yes),
    ("gephi/dynamicedgeweight.gexf", 2, 1, Directed::Yes),
    ("gephi/label.gml", 3, 2, Directed::No),
    ("gephi/labels.dot", 3, 2, Directed::Yes),
    ("gephi/les_miserables.gexf", 77, 254, Directed::No),
    ("gephi/moviegalaxies.graphml", 27, 102, Directed::No),
    ("gephi/slice.gexf", 2, 1, Directed::Yes),
    ("gephi/subgraph.dot", 2, 1, Directed::Yes),
    ("gephi/two-cliques.graphml", 10, 20, Directed::No),
    ("gephi/undirected.dot", 2, 1, Directed::No),
    ("igraph/bipartite.net", 13, 11, Directed::No),
    ("igraph/edgelist1.dl", 5, 5, Directed::Yes),
    ("igraph/edgelist2.dl", 5, 5, Directed::Yes),
    ("igraph/edgelist3.dl", 5, 5, Directed::Yes),
    ("igraph/edgelist4.dl", 5, 5, Directed::Yes),
    ("igraph/fullmatrix1.dl", 5, 12, Directed::No),
    ("igraph/fullmatrix2.dl", 5, 12, Directed::No),
    ("igraph/karate.gml", 34, 78, Directed::No),
    ("igraph/links.net", 4, 7, Directed::Yes),
    ("igraph/nodelist1.dl", 5, 5, Directed::Yes),
    ("igraph/pajek1.net", 10, 9, Directed::No),
    ("igraph/pajek2.net", 10, 9, Directed::No),
    ("igraph/pajek_bip.net", 15, 25, Directed::No),
    ("igraph/test.graphml", 6, 7, Directed::No),
    ("networkit/dynamicTest.gexf", 4, 5, Directed::Yes),
    ("networkit/example.graph", 4, 2, Directed::No),
    ("networkit/foodweb-baydry.konect", 128, 2137, Directed::Yes),
    ("networkit/tiny_02.graph", 7, 11, Directed::No),
    ("cytoscape/edge_types.json", 23, 18, Directed::No),
    ("cytoscape/cose_bilkent.json", 44, 44, Directed::No),
    ("roxanne_ndjson/montreal_gangs.ndjson", 35, 153, Directed::No),
    ("roxanne_ndjson/madoff.ndjson", 61, 61, Directed::No),
    ("roxanne_ndjson/rhodes_bombing.ndjson", 22, 129, Directed::No),
    ("neo4j_import", 75, 55, Directed::Yes),
];

/// Those that must be refused: the file, and the line that is told.
const UNSOUND: [(&str, &str); 4] = [
    ("igraph_invalid/invalid1.graphml", "invalid1.graphml:9:"),
    ("igraph_invalid/invalid4.graphml", "invalid4.graphml:1:"),
    ("igraph_invalid/invalid_pajek1.net", "invalid_pajek1.net:1:"),
    ("igraph_invalid/invalid1.gml", "invalid1.gml:"),
];

#[test]
fn files_of_other_tools_are_read_as_those_count_them() {
    let Some(folder) =
        shared_data::folder().map(|folder| folder.join("interop")).filter(|folder| folder.is_dir())
    else {
        eprintln!(
            "left out: no folder ../shared/data/interop, so files of other tools were not read"
        );
        return;
    };
    for (name, nodes, edges, directed) in OTHERS {
        let path = folder.join(name);
        let read = Foreign::read(&path, &Limits::default())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            (read.nodes.len(), read.edges.len(), read.directed),
            (nodes, edges, directed),
            "{name}"
        );
        let taken = kluwen::case::read(&path, &kluwen::case::ReadOptions::default());
        let taken = taken.unwrap_or_else(|error| panic!("{name} as a case: {error}"));
        assert_eq!(taken.totals().2, 0, "{name}: {:?}", taken.faults);
    }
    for (name, place) in UNSOUND {
        let error =
            Foreign::read(&folder.join(name), &Limits::default()).expect_err(name).to_string();
        assert!(error.starts_with(place), "{name}: {error}");
    }
    assert!(all_files(&folder).iter().all(|path| reason_or_graph(path)));
}

fn all_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let folders = std::fs::read_dir(folder).expect("it can be listed");
    let inside = folders.flatten().filter(|entry| entry.path().is_dir());
    inside
        .flat_map(|entry| std::fs::read_dir(entry.path()).expect("it can be listed"))
        .flatten()
        .map(|e| e.path())
        .collect()
}

/// Every file is read, or refused with a reason of more than a word.
fn reason_or_graph(path: &Path) -> bool {
    kluwen::case::read(path, &kluwen::case::ReadOptions::default())
        .err()
        .is_none_or(|error| error.to_string().len() > 40)
}
