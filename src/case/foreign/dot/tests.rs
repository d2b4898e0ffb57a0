//! What the statements of a DOT file come to.

use super::super::super::limits::Limits;
use super::super::{Foreign, ForeignNode};
use super::*;

fn graph(text: &str) -> Result<Foreign> {
    Foreign::from_bytes("a.dot", text.as_bytes(), &Limits::default())
}

/// The ids of the nodes, and the edges by these and by what is said of them.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let read = graph(text).expect(text);
    let tie = |edge: &ForeignEdge| {
        let arrow = if edge.directed { "->" } else { "--" };
        let said: Vec<String> =
            edge.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let [from, to] = [edge.from, edge.to].map(|node| read.nodes[node].id.as_str());
        format!("{from}{arrow}{to}{}", said.concat())
    };
    let ids = read.nodes.iter().map(|node| node.id.clone()).collect();
    (ids, read.edges.iter().map(tie).collect())
}

fn edges(text: &str) -> Vec<String> {
    read(text).1
}

#[test]
fn the_head_says_whether_edges_run_one_way() {
    assert_eq!(edges("digraph { a -> b }"), ["a->b"]);
    assert_eq!(edges("STRICT Graph \"x y\" { a -- b }"), ["a--b"]);
    assert_eq!(edges("strict digraph g { a -> b; }"), ["a->b"]);
    assert_eq!(graph("digraph{}").expect("a graph").directed, Directed::Yes);
    assert_eq!(graph("graph{}").expect("a graph").directed, Directed::No);
}

#[test]
fn a_chain_is_an_edge_after_another() {
    assert_eq!(edges("graph { a -- b -- c; d, e c -- a [x=1] }"), ["a--b", "b--c", "c--a x=1"]);
    assert_eq!(
        edges("digraph { a -> b -> c [x=1, y; z=\"2\" + \"3\"] }"),
        ["a->b x=1 y=true z=23", "b->c x=1 y=true z=23"]
    );
}

#[test]
fn a_group_is_an_end_of_as_many_edges_as_it_has_nodes() {
    assert_eq!(edges("graph { a -- { b; c b } -- d }"), ["a--b", "a--c", "b--d", "c--d"]);
    assert_eq!(edges("graph { subgraph s { a -- b } -- c }"), ["a--b", "a--c", "b--c"]);
    assert_eq!(edges("graph { subgraph { a } b }"), [""; 0]);
    assert_eq!(read("graph { a { } b }").0, ["a", "b"]);
}

#[test]
fn attributes_are_of_the_nodes_or_edges_before_them() {
    let read = graph("graph {\na [label=\"Ann\" kind=x]\n{b c} [weight=2] d:p:n [e=f] }")
        .expect("a graph");
    let of = |at: usize, name: &str| read.nodes[at].attributes.get(name);
    assert_eq!(read.nodes[0].label.as_deref(), Some("Ann"));
    assert_eq!(read.nodes[0].line, 2);
    assert_eq!([of(1, "weight"), of(2, "weight"), of(3, "weight")], [Some("2"), Some("2"), None]);
    assert_eq!((read.nodes[3].id.as_str(), of(3, "e")), ("d", Some("f")));
    assert!(read.notes.is_empty());
}

#[test]
fn attributes_of_all_and_of_the_graph_are_not_read() {
    let text = "graph { node [x=1] edge [y=2] graph [z=3] rankdir=LR; w = \"a\" + \"b\" c }";
    let read = graph(text).expect("a graph");
    assert_eq!(read.notes, ["Attributes of all nodes or edges at once were not read."]);
    let bare = |node: &ForeignNode| (node.id.clone(), node.attributes.len());
    assert_eq!(read.nodes.iter().map(bare).collect::<Vec<_>>(), [("c".to_owned(), 0)]);
    let named = graph("graph { node -- edge }").expect("nodes of these names");
    assert_eq!(named.nodes[1].id, "edge");
}

#[test]
fn remarks_and_quotes_are_as_the_language_has_them() {
    let text = "// x\n# y {\ngraph /* z\n */ { a # b\n }";
    let error = graph(text).expect_err("a remark begins a line").to_string();
    assert!(error.starts_with("a.dot:4: `#`; expected a name, an edge or an attribute"), "{error}");
    let text = "// x\n  # y {\ngraph /* z\n /*/ { \"a\\\"b\\n\\\nc\"\n# end\n -- <<b>x</b>> -1.5 /*/ */ é_2 }";
    let (ids, ties) = read(text);
    assert_eq!(ids, ["a\"b\\nc", "<b>x</b>", "-1.5", "é_2"]);
    assert_eq!(ties, ["a\"b\\nc--<b>x</b>"]);
    assert_eq!(graph(text).expect("a graph").nodes[3].line, 7);
}

#[test]
fn what_is_no_dot_is_refused_at_its_line() {
    for (text, told) in [
        ("", "1: the end of the file; expected `graph` or `digraph`"),
        ("\ngraphs {", "2: `graphs`; expected `graph` or `digraph`"),
        ("\"graph\" {", "1: `graph`; expected `graph` or `digraph`"),
        ("graph g\nh {", "2: `h`; expected `{`"),
        ("graph\n", "2: the end of the file; expected `{`"),
        (
            "\ngraph {\na",
            "2: `{` that is never closed; expected `}` at its end; is the file whole?",
        ),
        (
            "graph {\n{ a }",
            "1: `{` that is never closed; expected `}` at its end; is the file whole?",
        ),
        ("graph { }\nx", "2: `x`; expected the end of the file after `}`; one graph a file"),
        ("graph { }\n->", "2: `->`; expected the end of the file after `}`; one graph a file"),
        ("graph {\na -> b }", "2: `->`; expected `--`, as in a `graph`"),
        ("digraph {\na -- b }", "2: `--`; expected `->`, as in a `digraph`"),
        ("graph {\n-- b }", "2: `--`; expected a node before it"),
        ("graph { a --\n-- b }", "2: `--`; expected a node before it"),
        ("graph { a --\n}", "2: an edge without its second end; expected a node after the arrow"),
        (
            "graph { a --\n; b }",
            "2: an edge without its second end; expected a node after the arrow",
        ),
        ("graph {\n[x=1] }", "2: `[`; expected a node or an edge before it"),
        ("graph { a --\n[x=1] }", "2: `[`; expected a node or an edge before it"),
        ("graph { a;\n[x=1] }", "2: `[`; expected a node or an edge before it"),
        ("graph {\n= }", "2: `=`; expected a node, an edge or an attribute"),
        ("graph { a [\nx={ }", "2: `{`; expected a value"),
        ("graph { a [\n= }", "2: `=`; expected attributes as `name=value`, and `]` after them"),
        (
            "graph { a [x",
            "1: the end of the file; expected attributes as `name=value`, and `]` after them",
        ),
        ("graph { a =\n; }", "2: `;`; expected a value"),
        ("graph { a +\nb }", "2: `b`; expected a text after `+`"),
        ("graph { subgraph s\n; }", "2: `;`; expected `{`"),
        ("graph {\n/* x }", "2: a remark that is never closed; expected `*/` at its end"),
        ("graph {\n/*/", "2: a remark that is never closed; expected `*/` at its end"),
        ("graph {\n\"x }", "2: a quote that is never closed; expected a closing quote"),
        ("graph {\n<<x> }", "2: `<` that is never closed; expected `>` at its end"),
    ] {
        assert_eq!(graph(text).expect_err(text).to_string(), format!("a.dot:{told}"));
    }
}

#[test]
fn attributes_and_depth_are_bounded() {
    let read = |text: &str, limits: Limits| Foreign::from_bytes("a.dot", text.as_bytes(), &limits);
    let two = Limits { attributes: 2, ..Limits::default() };
    assert!(read("graph { a [x=1] a [y=2] }", two).is_ok());
    for text in ["graph {\na [x=1 y=2 z=3] }", "graph { a [x=1 y=2]\na [z=3] }"] {
        let error = read(text, two).expect_err(text).to_string();
        assert!(error.starts_with("a.dot:2: over 2 attributes of a node or an edge"), "{error}");
    }
    let deep = Limits { depth: 2, ..Limits::default() };
    assert!(read("graph { { a } { b } }", deep).is_ok());
    let error = read("graph { {\n{ a } } }", deep).expect_err("three deep").to_string();
    assert!(error.starts_with("a.dot:2: groups over 2 deep in one another"), "{error}");
}
