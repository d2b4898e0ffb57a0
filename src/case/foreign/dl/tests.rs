//! What lists and matrices of DL files come to.

use super::super::super::limits::Limits;
use super::super::Foreign;
use super::*;

fn graph(text: &str) -> Result<Foreign> {
    Foreign::from_bytes("a.dl", text.as_bytes(), &Limits::default())
}

/// The labels of the nodes, or their ids, and the edges by these.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let read = graph(text).expect(text);
    let name = |at: usize| {
        let node = &read.nodes[at];
        node.label.clone().unwrap_or_else(|| node.id.clone())
    };
    let tie = |edge: &ForeignEdge| {
        let arrow = if edge.directed { "->" } else { "--" };
        let weight = edge.weight.map(|weight| format!(" {weight}")).unwrap_or_default();
        let kind = edge.kind.as_ref().map(|kind| format!(" {kind}")).unwrap_or_default();
        format!("{}{arrow}{}{weight}{kind} @{}", name(edge.from), name(edge.to), edge.line)
    };
    ((0..read.nodes.len()).map(name).collect(), read.edges.iter().map(tie).collect())
}

fn edges(text: &str) -> Vec<String> {
    read(text).1
}

#[test]
fn a_list_of_edges_has_two_ends_and_perhaps_a_weight() {
    assert_eq!(
        edges("dl n=3 format=edgelist1\nlabels:\nAnn,Bob\ndata:\n1 2\n\nBOB,3,-0.5\n"),
        ["Ann->Bob @5", "Bob->3 -0.5 @7"]
    );
    let embedded = "dl n=3 format=el1\nlabels:\nAnn\nlabels embedded\ndata:\nann bob\nBob cees 2\n";
    assert_eq!(edges(embedded), ["Ann->bob @6", "bob->cees 2 @7"]);
}

#[test]
fn a_list_of_nodes_has_one_and_all_that_it_is_tied_to() {
    assert_eq!(
        edges("dl n=3 format=nl1\ndata:\n1 2 3\n2\n3 1\n"),
        ["1->2 @3", "1->3 @3", "3->1 @5"]
    );
    assert_eq!(
        edges("dl nr=2 nc=2 format=nl2\ndata:\n1 1 2\n2 1\n"),
        ["r1--c1 @3", "r1--c2 @3", "r2--c1 @4"]
    );
}

#[test]
fn relations_stand_one_after_another() {
    let labels = "matrix labels:\nknows\npays\n";
    assert_eq!(
        edges(&format!("dl n=2 nm=2 format=edgelist1\n{labels}data:\n1 2\n!\n2 1\n!\n1 2\n")),
        ["1->2 knows @6", "2->1 pays @8", "1->2 @10"]
    );
    assert_eq!(
        edges(&format!("dl n=2 nm=2\n{labels}data:\n0 1\n1 0\n0 2\n0 0\n")),
        ["1->2 1 knows @6", "2->1 1 knows @7", "1->2 2 pays @8"]
    );
}

#[test]
fn a_matrix_is_whole_or_half_with_or_without_its_diagonal() {
    for (head, cells, ties) in [
        ("dl n=2", "4 0\n1 -0\n", vec!["1->1 4 @3", "2->1 1 @4"]),
        ("dl n=2", "0 1 1 0\n", vec!["1--2 1 @3", "2--1 1 @3"]),
        ("dl n=2", "0 1\n2 0\n", vec!["1->2 1 @3", "2->1 2 @4"]),
        ("dl n=2 diagonal=absent", "1\n2\n", vec!["1->2 1 @3", "2->1 2 @4"]),
        ("dl n=3 format=lowerhalf", "9\n1 0\n0 2 0\n", vec!["1--1 9 @3", "2--1 1 @4", "3--2 2 @5"]),
        ("dl n=3 format=lh diagonal=absent", "1\n0 2\n", vec!["2--1 1 @3", "3--2 2 @4"]),
        ("dl n=3 format=upperhalf", "0 1 0\n0 2\n9\n", vec!["1--2 1 @3", "2--3 2 @4", "3--3 9 @5"]),
        ("dl nr=1 nc=2", "1 3\n", vec!["r1--c1 1 @3", "r1--c2 3 @3"]),
        ("dl nr=2 nc=2 diagonal=absent", "1 0\n0 1\n", vec!["r1--c1 1 @3", "r2--c2 1 @4"]),
    ] {
        assert_eq!(edges(&format!("{head}\ndata:\n{cells}")), ties, "{head}: {cells}");
    }
    assert!(graph("dl n=2\ndata:\n0 1 1 0\n").expect("a graph").mirrored);
    assert!(!graph("dl n=2 format=lh\ndata:\n0\n1 0\n").expect("a graph").mirrored);
}

#[test]
fn labels_may_stand_before_the_cells() {
    let (names, ties) = read("dl n=2\nlabels embedded\ndata:\nAnn Bob\nAnn 0 1\nBob 0 0\n");
    assert_eq!((names, ties), (vec!["Ann".into(), "Bob".into()], vec!["Ann->Bob 1 @5".to_owned()]));
    let (names, ties) = read("dl nr=1 nc=2\ncolumn labels embedded\ndata:\np q\n0 1\n");
    assert_eq!(
        (names, ties),
        (vec!["r1".into(), "p".into(), "q".into()], vec!["r1--q 1 @5".to_owned()])
    );
    let read = graph("dl nr=1 nc=1\nlabels embedded\ndata:\np\nAnn 1\n").expect("a graph");
    let nodes: Vec<(bool, u64)> =
        read.nodes.iter().map(|node| (node.second_side, node.line)).collect();
    assert_eq!(nodes, [(false, 5), (true, 4)]);
    assert!(read.two_mode);
}

#[test]
fn data_that_are_not_as_the_head_says_are_refused_at_their_line() {
    for (text, told) in [
        (
            "dl n=2 format=el1\ndata:\n1 0\n",
            "3: `0`; expected a number from 1 to 2, or a label that the head lists",
        ),
        (
            "dl n=1 format=el1\nlabels embedded\ndata:\na a\na b\n",
            "5: `b`; expected at most 1 different labels, as the head says",
        ),
        (
            "dl n=2 format=el1\ndata:\n1 2 3 4\n",
            "3: 4 fields; expected two nodes and perhaps a weight; labels with blanks in quotes",
        ),
        ("dl n=2 format=el1\ndata:\n1\n", "3: `1`; expected two nodes and perhaps a weight"),
        (
            "dl n=2\ndata:\n\"1 2\n",
            "3: a quote that is never closed; expected a closing quote on the same line",
        ),
        ("dl n=2\n\ndata:\n", "1: no cells after `data:`; expected the cells of a matrix"),
        (
            "dl n=2\ndata:\n0 1\n1\n",
            "4: the end of the file within a matrix; expected 2 rows of 2 cells, as the head says",
        ),
        ("dl n=0\ndata:\n7\n", "3: `7`; expected 0 rows of 0 cells, as the head says"),
        (
            "dl n=1\ndata:\nx\n",
            "3: column `weight`: `x`; expected a finite number, such as `3` or `0.5`",
        ),
    ] {
        assert_eq!(graph(text).expect_err(text).to_string(), format!("a.dl:{told}"));
    }
    assert_eq!(edges("dl n=0\ndata:\n"), [""; 0]);
}
