//! Random graphs, written by the shortest writer there is for each format, come back as they were.

use std::fmt::Write as _;

use kluwen::case::{Foreign, Limits};
use proptest::prelude::*;

use super::{edges, graph};
use crate::common::Folder;

/// A graph: how many nodes, and edges with weights in halves.
type Made = (usize, Vec<(usize, usize, u8)>);

fn made() -> impl Strategy<Value = Made> {
    (1_usize..9).prop_flat_map(|count| {
        (Just(count), prop::collection::vec((0..count, 0..count, 1_u8..20), 0..20))
    })
}

fn weight(halves: u8) -> f64 {
    f64::from(halves) / 2.0
}

/// A text with each node and each edge, by what is written of them.
fn written(
    made: &Made,
    frame: [&str; 3],
    node: impl Fn(usize) -> String,
    edge: impl Fn(usize, usize, f64) -> String,
) -> String {
    let nodes: String = (0..made.0).map(node).collect();
    let edges: String = made.1.iter().map(|&(u, v, w)| edge(u, v, weight(w))).collect();
    format!("{}{nodes}{}{edges}{}", frame[0], frame[1], frame[2])
}

/// The edges as they must come back, for ids that count from `first`.
fn wanted(made: &Made, first: usize) -> Vec<(String, String, Option<f64>)> {
    let id = |node: usize| (node + first).to_string();
    made.1.iter().map(|&(u, v, w)| (id(u), id(v), Some(weight(w)))).collect()
}

fn check(name: &str, text: &str, nodes: usize, wanted: &[(String, String, Option<f64>)]) {
    let read = graph(name, text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    same(name, &read, nodes, wanted);
}

fn same(name: &str, read: &Foreign, nodes: usize, wanted: &[(String, String, Option<f64>)]) {
    let got = edges(read);
    let got: Vec<(String, String, Option<f64>)> = got
        .into_iter()
        .map(|(from, to, weight)| (from.to_owned(), to.to_owned(), weight))
        .collect();
    assert_eq!((read.nodes.len(), got.as_slice()), (nodes, wanted), "{name}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_written_is_read(made in made()) {
        let (count, from_zero, from_one) = (made.0, wanted(&made, 0), wanted(&made, 1));
        let xml = written(&made, ["<graphml><key id='w' for='edge' attr.name='weight'/><graph edgedefault='directed'>", "", "</graph></graphml>"],
            |u| format!("<node id='{u}'/>"), |u, v, w| format!("<edge source='{u}' target='{v}'><data key='w'>{w}</data></edge>"));
        check("a.graphml", &xml, count, &from_zero);
        let gexf = written(&made, ["<gexf><graph><nodes>", "</nodes><edges>", "</edges></graph></gexf>"],
            |u| format!("<node id='{u}'/>"), |u, v, w| format!("<edge source='{u}' target='{v}' weight='{w}'/>"));
        check("a.gexf", &gexf, count, &from_zero);
        let net = written(&made, [&format!("*Vertices {count}\n"), "*Arcs\n", ""],
            |u| format!("{} \"n{u}\"\n", u + 1), |u, v, w| format!("{} {} {w}\n", u + 1, v + 1));
        check("a.net", &net, count, &from_one);
        let dl = written(&made, [&format!("dl n={count} format=edgelist1\nlabels:\n"), "data:\n", ""],
            |u| format!("n{u}\n"), |u, v, w| format!("{} {} {w}\n", u + 1, v + 1));
        check("a.dl", &dl, count, &from_one);
        let embedded = written(&made, [&format!("dl n={count} format=edgelist1\nlabels:\n"), "labels embedded:\ndata:\n", ""],
            |u| format!("n{u}\n"), |u, v, w| format!("n{u} n{v} {w}\n"));
        check("b.dl", &embedded, count, &from_one);
        let json = written(&made, ["{\"nodes\":[", "null],\"links\":[", "null]}"],
            |u| format!("{{\"id\":{u}}},"), |u, v, w| format!("{{\"source\":{u},\"target\":{v},\"weight\":{w}}},"));
        check("a.json", &json.replace(",null]", "]").replace("[null]", "[]"), count, &from_zero);
        let cytoscape = written(&made, ["{\"elements\":[", "", "null]}"],
            |u| format!("{{\"data\":{{\"id\":\"{u}\"}}}},"),
            |u, v, w| format!("{{\"data\":{{\"source\":\"{u}\",\"target\":\"{v}\",\"weight\":{w}}}}},"));
        check("b.json", &cytoscape.replace(",null]", "]"), count, &from_zero);
        let gml = written(&made, ["graph [ directed 1 ", "", "]"],
            |u| format!("node [ id {u} ]\n"), |u, v, w| format!("edge [ source {u} target {v} weight {w} ]\n"));
        check("a.gml", &gml, count, &from_zero);
        let dot = written(&made, ["digraph {\n", "", "}"],
            |u| format!("{u};\n"), |u, v, w| format!("{u} -> {v} [weight={w}]\n"));
        check("a.dot", &dot, count, &from_zero);
        let vna = written(&made, ["*Node data\nID\n", "*Tie data\nfrom to strength\n", ""],
            |u| format!("{u}\n"), |u, v, w| format!("{u} {v} {w}\n"));
        check("a.vna", &vna, count, &from_zero);
        let lines = written(&made, ["#\n", "", ""],
            |u| format!("{{\"type\":\"node\",\"id\":\"{u}\"}}\n"),
            |u, v, w| format!("{{\"type\":\"edge\",\"source\":\"{u}\",\"target\":\"{v}\",\"properties\":{{\"weight\":{w}}}}}\n"));
        check("a.ndjson", &lines, count, &from_zero);
    }

    #[test]
    fn a_folder_for_neo4j_is_read(made in made()) {
        let nodes = written(&(made.0, Vec::new()), [":ID,:LABEL\n", "", ""], |u| format!("{u},Person\n"), |_, _, _| String::new());
        let ties = written(&(0, made.1.clone()), [":START_ID,:END_ID,:TYPE,weight:double\n", "", ""],
            |_| String::new(), |u, v, w| format!("{u},{v},KNOWS,{w}\n"));
        let folder = Folder::of(&[("nodes.csv", nodes), ("relationships.csv", ties)]);
        let read = Foreign::read(folder.path(), &Limits::default()).unwrap();
        same("neo4j", &read, made.0, &wanted(&made, 0));
    }

    #[test]
    fn matrices_and_rows_of_neighbors_are_read(made in made()) {
        let count = made.0;
        let mut cells = vec![vec![0.0; count]; count];
        for &(u, v, w) in &made.1 {
            cells[u][v] = weight(w);
        }
        let mut wanted = Vec::new();
        let mut rows = String::new();
        for (u, row) in cells.iter().enumerate() {
            for (v, &w) in row.iter().enumerate() {
                if w > 0.0 {
                    wanted.push(((u + 1).to_string(), (v + 1).to_string(), Some(w)));
                }
                let _ = write!(rows, "{w} ");
            }
            rows.push('\n');
        }
        check("a.net", &format!("*Vertices {count}\n*Matrix\n{rows}"), count, &wanted);
        check("a.dl", &format!("dl n={count}\ndata:\n{rows}"), count, &wanted);
        // METIS has each edge at both its ends.
        let mut lists = vec![String::new(); count];
        let mut ties = Vec::new();
        for u in 0..count {
            for v in u + 1..count {
                if cells[u][v] > 0.0 {
                    let _ = write!(lists[u], " {} {}", v + 1, cells[u][v]);
                    let _ = write!(lists[v], " {} {}", u + 1, cells[u][v]);
                    ties.push(((u + 1).to_string(), (v + 1).to_string(), Some(cells[u][v])));
                }
            }
        }
        let metis = format!("{count} {} 1\n{}\n", ties.len(), lists.join("\n"));
        check("a.graph", &metis, count, &ties);
    }
}
