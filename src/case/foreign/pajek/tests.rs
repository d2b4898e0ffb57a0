//! What the sections of a Pajek file come to.

use super::super::super::limits::Limits;
use super::super::Foreign;
use super::*;

fn graph(text: &str) -> Result<Foreign> {
    Foreign::from_bytes("a.net", text.as_bytes(), &Limits::default())
}

/// The edges by the ids of their ends.
fn edges(text: &str) -> Vec<String> {
    let read = graph(text).expect(text);
    let tie = |edge: &ForeignEdge| {
        let arrow = if edge.directed { "->" } else { "--" };
        let weight = edge.weight.map(|weight| format!(" {weight}")).unwrap_or_default();
        let kind = edge.kind.as_ref().map(|kind| format!(" {kind}")).unwrap_or_default();
        let [from, to] = [edge.from, edge.to].map(|node| read.nodes[node].id.as_str());
        format!("{from}{arrow}{to}{weight}{kind} @{}", edge.line)
    };
    read.edges.iter().map(tie).collect()
}

#[test]
fn a_network_is_known_by_its_first_line() {
    for head in ["*Vertices 3", "*network x", "% remark\n\n*VERTICES"] {
        assert!(begins(head), "{head}");
    }
    for head in ["", "*Arcs", "vertices", "# x\n*vertices"] {
        assert!(!begins(head), "{head}");
    }
}

#[test]
fn vertices_are_nodes_whether_they_are_listed_or_not() {
    let read = graph("% x\n*Network n\n*Vertices 3 2\n2 \"Bob\"\n1 Ann\n").expect("a network");
    let nodes: Vec<_> = (read.nodes.iter())
        .map(|node| (node.id.as_str(), node.label.as_deref(), node.second_side, node.line))
        .collect();
    assert_eq!(
        nodes,
        [("1", Some("Ann"), false, 5), ("2", Some("Bob"), false, 4), ("3", None, true, 3)]
    );
    assert!(read.two_mode);
    assert!(!graph("*Vertices 2 2\n").expect("one side").two_mode);
    assert_eq!(read.notes, ["The network has two sides; its lines lead from one to the other."]);
}

#[test]
fn pairs_and_lists_run_one_way_or_both() {
    let text = "*Vertices 3\n*Arcs\n1 2 2.5\n*Edges\n2 3\n*Arcslist\n1 2 3\n*Edgeslist\n3 1\n2\n";
    assert_eq!(edges(text), ["1->2 2.5 @3", "2--3 @5", "1->2 @7", "1->3 @7", "3--1 @9"]);
    assert_eq!(graph(text).expect("a network").directed, Directed::Mixed);
    assert_eq!(graph("*Vertices 2\n*Arcs\n").expect("a network").directed, Directed::No);
}

#[test]
fn a_relation_is_named_by_its_section_its_line_or_its_label() {
    let text = "*Vertices 2\n*Arcs :2 \"knows well\"\n1 2\n7: 2 1 3\n1 2 1 l \"pays\"\n*Arcslist :3\n1 2\n*Matrix \"m\"\n0 1\n0 0\n*Edges\n1 2\n";
    assert_eq!(
        edges(text),
        [
            "1->2 knows well @3",
            "2->1 3 7 @4",
            "1->2 1 pays @5",
            "1->2 3 @7",
            "1->2 1 m @9",
            "1--2 @12"
        ]
    );
}

#[test]
fn a_matrix_has_as_many_cells_as_there_are_vertices() {
    assert_eq!(edges("*Vertices 2\n*Matrix\n0 1\n2 0\n"), ["1->2 1 @3", "2->1 2 @4"]);
    assert_eq!(edges("*Vertices 2\n*Matrix\n0 1 1\n0\n"), ["1--2 1 @3", "2--1 1 @3"]);
    assert_eq!(edges("*Vertices 3 1\n*Matrix\n4 0.5\n"), ["1--2 4 @3", "1--3 0.5 @3"]);
    let symmetric = "*Vertices 2\n*Matrix\n0 1\n1 0\n";
    assert!(graph(symmetric).expect("a network").mirrored);
    let twice = format!("{symmetric}*Matrix\n0 1\n1 0\n");
    assert!(!graph(&twice).expect("a network").mirrored);
    assert!(!graph("*Vertices 2\n*Arcs\n1 2\n2 1\n").expect("a network").mirrored);
}

#[test]
fn what_is_of_a_project_is_not_read() {
    let text = "*Vertices 2\n*Arcs\n1 2\n*Partition p\n1\n2 x y\n";
    let read = graph(text).expect("a network");
    assert_eq!(read.notes, ["Partitions, vectors and the like of a Pajek project were not read."]);
    assert_eq!(read.edges.len(), 1);
}

#[test]
fn what_is_no_network_is_refused_at_its_line() {
    let pair = "expected the numbers of two vertices";
    for (text, told) in [
        ("\n", "1: no `*Vertices`; expected a Pajek network, which begins with `*Vertices`".to_owned()),
        ("1 2\n", "1: `1 2`; expected a section first, such as `*Vertices 10`".into()),
        ("*Network\n1 2\n", "2: `1 2`; expected a section first, such as `*Vertices 10`".into()),
        ("*Arcs\n", "1: `*Arcs`; expected `*Vertices` before it".into()),
        ("*Vertices\n", "1: `*Vertices` without a number; expected how many vertices there are".into()),
        ("*Vertices x\n", "1: `x`; expected a number of vertices, a whole number".into()),
        ("*Vertices 2 x\n", "1: `x`; expected a number of vertices of the first side, a whole number".into()),
        (
            "*Vertices 2 3\n",
            "1: 3 vertices of the first side among 2; expected no more than there are vertices".into(),
        ),
        (
            "*Vertices 2\n*Vertices 2\n",
            "2: a second `*Vertices`; expected one network a file; save each network of a project by itself".into(),
        ),
        ("*Vertices 2\n1 a\n1 b\n", "3: vertex 1, which line 2 has; expected each vertex once".into()),
        ("*Vertices 2\n*Arcs\n1\n", format!("3: 1 fields; {pair}")),
        ("*Vertices 2\n*Arcs\n7: 1\n", format!("3: 1 fields; {pair}")),
        (
            "*Vertices 2\n*Arcs\n1 3\n",
            "3: `3`; expected the number of a vertex, from 1 to 2 as `*Vertices` says".into(),
        ),
        (
            "*Vertices 2\n*Arcslist\n1 0\n",
            "3: `0`; expected the number of a vertex, from 1 to 2 as `*Vertices` says".into(),
        ),
        (
            "*Vertices 2\n*Matrix\n0 0 0 0 0\n",
            "3: more than 2 rows of 2 cells; expected as many as `*Vertices` says".into(),
        ),
        (
            "*Vertices 2\n*Matrix\n0 0\n0\n",
            "2: a matrix of 3 cells; expected 2 rows of 2 cells, as `*Vertices` says".into(),
        ),
        (
            "*Vertices 2\n*Matrix\n0 0\n0\n*Arcs\n",
            "2: a matrix of 3 cells; expected 2 rows of 2 cells, as `*Vertices` says".into(),
        ),
    ] {
        assert_eq!(graph(text).expect_err(text).to_string(), format!("a.net:{told}"));
    }
    let strange = graph("*Vertices 2\n*Else\n").expect_err("no section").to_string();
    assert!(strange.starts_with("a.net:2: `*Else`; expected `*Vertices`, `*Arcs`"), "{strange}");
}
