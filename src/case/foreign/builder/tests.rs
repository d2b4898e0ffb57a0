//! What is put together, and what is refused for its size or its ends.

use super::*;

fn builder() -> Builder {
    Builder::new(ForeignFormat::Gml, "a.gml", 10, Limits::default())
}

fn node(id: &str, line: u64) -> ForeignNode {
    ForeignNode { id: id.into(), line, ..ForeignNode::default() }
}

fn edge(directed: bool, line: u64) -> ForeignEdge {
    ForeignEdge { directed, line, ..ForeignEdge::default() }
}

fn finished(builder: Builder) -> Result<Foreign> {
    builder.finish(Vec::new())
}

#[test]
fn a_node_has_an_id_of_its_own() {
    let mut builder = builder();
    assert_eq!(builder.node(node("a", 2)).expect("the first"), 0);
    assert_eq!(builder.node(node("b", 3)).expect("the second"), 1);
    assert_eq!([builder.find("b"), builder.find("c")], [Some(1), None]);
    assert_eq!(builder.met("a", 9).expect("it is known"), 0);
    assert_eq!(builder.met("c", 9).expect("it is new"), 2);
    assert_eq!((builder.node_count(), builder.node_mut(2).line), (3, 9));
    let mut refused = |node| builder.node(node).expect_err("no node").to_string();
    assert_eq!(
        refused(node("", 4)),
        "a.gml:4: column `id`: a node without an id; expected an id for every node"
    );
    assert_eq!(
        refused(node("a", 5)),
        "a.gml:5: column `id`: `a`, the id of the node on line 2; expected an id of its own for every node"
    );
    assert!(
        refused(node(&"x".repeat(1001), 6))
            .ends_with("a name of 1001 bytes; expected at most 1000 bytes")
    );
    assert!(builder.node(node(&"x".repeat(1000), 7)).is_ok());
}

#[test]
fn an_edge_may_come_before_its_nodes_but_not_without_them() {
    let mut builder = builder();
    builder.edge_between("a", "b", edge(true, 2)).expect("two ends");
    builder.node(node("b", 3)).expect("a node");
    builder.edge_between("b", "a", edge(false, 4)).expect("two ends");
    builder.node(node("a", 5)).expect("a node");
    let graph = finished(builder).expect("a graph");
    let ends: Vec<_> = graph.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    assert_eq!(ends, [(1, 0), (0, 1)]);
    assert_eq!(graph.directed, Directed::Mixed);
}

#[test]
fn an_end_that_is_no_node_is_refused_at_its_edge() {
    for (from, to, column) in [("x", "b", "source"), ("b", "x", "target")] {
        let mut builder = builder();
        builder.node(node("b", 1)).expect("a node");
        builder.edge_between(from, to, edge(true, 7)).expect("two ends");
        assert_eq!(
            finished(builder).expect_err("no node x").to_string(),
            format!(
                "a.gml:7: column `{column}`: `x`; expected the id of a node; add the node or mend the end of this edge"
            )
        );
    }
    for (from, to, column) in [("", "b", "source"), ("b", "", "target")] {
        let error =
            builder().edge_between(from, to, edge(true, 7)).expect_err("an end").to_string();
        let told = format!(
            "a.gml:7: column `{column}`: an edge without an end; expected the id of a node"
        );
        assert_eq!(error, told);
    }
}

#[test]
fn a_graph_is_directed_as_its_edges_are_or_as_it_says_where_it_has_none() {
    for (edges, directed) in [
        (&[][..], Directed::Yes),
        (&[true, true], Directed::Yes),
        (&[false], Directed::No),
        (&[true, false], Directed::Mixed),
    ] {
        let mut builder = builder();
        builder.directed = Directed::Yes;
        builder.node(node("a", 1)).expect("a node");
        for &one_way in edges {
            builder.edge(edge(one_way, 1));
        }
        assert_eq!(finished(builder).expect("a graph").directed, directed, "{edges:?}");
    }
}

#[test]
fn nodes_and_edges_know_their_file() {
    let mut builder = builder();
    builder.node(node("a", 1)).expect("a node");
    builder.next_file("b.gml", 5).expect("a second file");
    builder.node(node("b", 1)).expect("a node");
    builder.edge_between("a", "c", edge(true, 2)).expect("two ends");
    assert_eq!(builder.position(3, "x").to_string(), "b.gml:3: column `x`");
    builder.next_file("c.gml", 5).expect("a third file");
    let error = finished(builder).expect_err("no node c").to_string();
    assert!(error.starts_with("b.gml:2: column `target`: `c`;"), "{error}");
}

#[test]
fn notes_are_told_once_and_fifty_at_most() {
    let mut builder = builder();
    for number in 0..50 {
        builder.note(format!("note {number}"));
        builder.note("note 0");
    }
    assert_eq!(builder.notes.len(), 50);
    builder.note("one more");
    builder.note("and another");
    let notes = finished(builder).expect("a graph").notes;
    assert_eq!(notes.len(), 51);
    assert_eq!(notes[50], "More of the kind was left out than is told here.");
}

#[test]
fn a_name_is_shared_and_cut_between_letters() {
    let mut builder = builder();
    assert!(Arc::ptr_eq(&builder.name("a"), &builder.name("a")));
    assert_eq!(builder.name(&"x".repeat(1000)).len(), 1000);
    assert!(builder.notes.is_empty());
    let cut = builder.name(&format!("{}é", "x".repeat(999)));
    assert_eq!(&*cut, "x".repeat(999));
    assert_eq!(builder.notes.len(), 1);
}

#[test]
fn a_weight_is_a_finite_number() {
    let builder = builder();
    for (text, weight) in [("2", 2.0), (" -0.5 ", -0.5), ("1e3", 1000.0)] {
        assert!((builder.weight(text, 1).expect("a number") - weight).abs() < 1e-12);
    }
    for text in ["", "x", "inf", "NaN", "1,5"] {
        let error = builder.weight(text, 4).expect_err("no number").to_string();
        let told = format!(
            "a.gml:4: column `weight`: `{text}`; expected a finite number, such as `3` or `0.5`"
        );
        assert_eq!(error, told);
    }
}

#[test]
fn a_count_is_at_most_the_bytes_of_the_file_or_65536() {
    let of = |bytes: usize, count: &str| {
        let mut builder = Builder::new(ForeignFormat::Gml, "a.gml", 0, Limits::default());
        builder.next_file("b.gml", bytes).expect("a second file");
        builder.count(count, "a number of nodes", 2).map_err(|error| error.to_string())
    };
    assert_eq!(of(10, "0"), Ok(0));
    assert_eq!(of(10, "65536"), Ok(65_536));
    assert_eq!(of(70_000, "70000"), Ok(70_000));
    assert_eq!(
        of(10, "65537").expect_err("too many"),
        "b.gml:2: a number of nodes of 65537 in a file of 10 bytes; \
         nodes that are not written out may be 65536 here; mend the count, or list the nodes"
    );
    assert!(of(70_000, "70001").is_err());
    assert_eq!(
        of(10, "-1").expect_err("no count"),
        "b.gml:2: `-1`; expected a number of nodes, a whole number"
    );
}

#[test]
fn what_is_not_written_out_is_bounded_and_long_texts_weigh_more() {
    const MOST: u64 = 1 << 22;
    let mut builder = builder();
    builder.imply(MOST - 1, 63, 3).expect("as many as may be, less one");
    builder.repeat(None, 3).expect("no text");
    builder.repeat(Some(&"x".repeat(63)), 3).expect("a short text");
    builder.imply(1, 0, 3).expect("as many as may be");
    let error = builder.imply(1, 0, 3).expect_err("one too many").to_string();
    assert!(error.starts_with("a.gml:3: over 4194304 edges or values"), "{error}");
    assert!(self::builder().imply(MOST / 2, 64, 3).is_ok());
    assert!(self::builder().imply(MOST / 2 + 1, 64, 3).is_err());
    let mut near = self::builder();
    near.imply(MOST - 1, 0, 3).expect("room for one more");
    assert!(near.repeat(Some(&"x".repeat(64)), 3).is_err(), "a long text weighs two");
    assert!(self::builder().imply(u64::MAX, 64, 3).is_err());
}

#[test]
fn only_a_graph_whose_every_edge_stands_twice_is_mirrored() {
    let of = |edges: &[(usize, usize, f64)]| {
        let mut builder = builder();
        builder.node(node("a", 1)).expect("a node");
        builder.node(node("b", 1)).expect("a node");
        for &(from, to, weight) in edges {
            builder.edge(ForeignEdge { from, to, weight: Some(weight), ..edge(true, 1) });
        }
        builder.mirror();
        let graph = finished(builder).expect("a graph");
        assert_eq!(graph.mirrored, !graph.notes.is_empty());
        assert!(graph.edges.iter().all(|edge| edge.directed != graph.mirrored));
        graph.mirrored
    };
    assert!(of(&[(0, 1, 2.0), (1, 0, 2.0)]));
    assert!(of(&[(0, 1, 2.0), (0, 0, 3.0), (1, 0, 2.0)]));
    assert!(!of(&[(0, 1, 2.0), (1, 0, 3.0)]));
    assert!(!of(&[(0, 1, 2.0), (1, 0, 2.0), (0, 1, 2.0)]));
    assert!(!of(&[(0, 1, 2.0)]));
    assert!(!of(&[(0, 0, 2.0), (1, 1, 2.0)]));
    assert!(!of(&[]));
}

#[test]
fn nodes_edges_and_values_are_bounded() {
    let of = |limits: Limits| {
        let mut builder = Builder::new(ForeignFormat::Gml, "a.gml", 10, limits);
        let mut first = ForeignNode { label: Some("four".into()), ..node("a", 2) };
        first.attributes.push("hair", "black");
        builder.node(first).expect("a node");
        builder.node(node("b", 3)).expect("a node");
        for line in 4..7 {
            builder.edge(ForeignEdge { kind: Some("contact".into()), ..edge(true, line) });
        }
        finished(builder).map(|graph| graph.edges.len()).map_err(|error| error.to_string())
    };
    let fields = |field_bytes| of(Limits { field_bytes, ..Limits::default() });
    let rows = |rows| of(Limits { rows, ..Limits::default() });
    assert_eq!((fields(7), rows(3)), (Ok(3), Ok(3)));
    let starts = |told: std::result::Result<usize, String>, with: &str| {
        let told = told.expect_err(with);
        assert!(told.starts_with(with), "{told}");
    };
    starts(fields(6), "a.gml:4: column `kind`: a field of more than 6 bytes");
    starts(fields(4), "a.gml:2: column `hair`: a field of more than 4 bytes");
    starts(fields(3), "a.gml:2: column `label`: a field of more than 3 bytes");
    starts(rows(2), "a.gml: more than 2 edges");
    starts(rows(1), "a.gml: more than 1 nodes");
}
