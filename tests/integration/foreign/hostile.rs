//! Files that are made to harm: bombs, depths, counts, cuts.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use kluwen::case::{Foreign, Limits, ReadOptions, read};

use super::{graph, refused};
use crate::common::Folder;

#[test]
fn document_types_and_entities_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<graphml>&b;</graphml>";
    for name in ["a.graphml", "a.gexf"] {
        assert!(refused(name, bomb).contains("a document type; expected no DOCTYPE"));
    }
    let own = "<graphml><graph edgedefault=\"directed\"><node id=\"a\"><data key=\"k\">&own;</data></node></graph></graphml>";
    assert!(refused("a.graphml", own).contains("the entity `own`"));
    let attribute =
        "<graphml><graph edgedefault=\"directed\"><node id=\"&own;\"/></graph></graphml>";
    assert!(refused("a.graphml", attribute).starts_with("a.graphml:1: "));
}

#[test]
fn depth_is_refused_and_not_followed() {
    const DEEP: usize = 200_000;
    let deep = |open: &str, close: &str| open.repeat(DEEP) + &close.repeat(DEEP);
    let xml = format!("<graphml>{}</graphml>", deep("<a>", "</a>"));
    assert!(refused("a.graphml", xml).contains("elements over 128 deep"));
    assert!(
        refused("a.gml", format!("graph [ {} ]", deep("a [ ", "]")))
            .contains("lists over 128 deep")
    );
    assert!(
        refused("a.dot", format!("graph {{ {} }}", deep("{", "}")))
            .contains("groups over 128 deep")
    );
    let json = format!("{{\"nodes\": [{{\"id\": 1, \"x\": {}}}], \"links\": []}}", deep("[", "]"));
    assert!(refused("a.json", json).contains("values over 128 deep"));
}

#[test]
fn counts_are_not_believed() {
    let refused = |name: &str, text: &str| {
        let began = Instant::now();
        let error = refused(name, text);
        assert!(began.elapsed() < Duration::from_secs(5), "{name} takes long");
        error
    };
    assert!(refused("a.net", "*Vertices 1000000000\n").contains("1000000000 in a file of"));
    assert!(refused("a.net", "*Vertices 99999999999999999999999\n").contains("a whole number"));
    assert!(
        refused("a.dl", "dl n=1000000000\nformat=edgelist1\ndata:\n1 2\n")
            .contains("may be 65536 here")
    );
    assert!(refused("a.dl", "dl nr=60000 nc=60000\ndata:\n1 2\n").contains("within a matrix"));
    assert!(refused("a.graph", "1000000000 1\n").contains("a number of nodes of 1000000000"));
    assert!(
        refused("a.graph", "3 18446744073709551615\n\n\n\n").contains("edges in the first line")
    );
    assert!(refused("a.dl", "dl n=0\ndata:\n1 1\n").contains("0 rows of 0 cells"));
    assert!(refused("a.dl", "dl n=1 diagonal=absent\ndata:\n1\n").contains("1 rows of 1 cells"));
}

#[test]
fn what_stands_for_far_more_than_it_holds_is_refused() {
    let names: String = (0..3000).fold(String::new(), |mut all, node| {
        let _ = write!(all, "n{node} ");
        all
    });
    assert!(
        refused("a.dot", format!("digraph {{ {{ {names} }} -> {{ {names} }} }}"))
            .contains("not written out one by one")
    );
    let mut defaults = String::from("<graphml>");
    for key in 0..3000 {
        let _ = write!(defaults, "<key id='k{key}' for='node'><default>x</default></key>");
    }
    defaults += "<graph edgedefault='directed'>";
    for node in 0..3000 {
        let _ = write!(defaults, "<node id='{node}'/>");
    }
    defaults += "</graph></graphml>";
    assert!(refused("a.graphml", defaults).contains("not written out one by one"));
}

#[test]
fn names_that_a_short_file_could_repeat_without_end_are_refused() {
    let long = "x".repeat(2000);
    assert!(refused("a.dot", format!("graph {{ {long} -- b }}")).contains("a name of 2000 bytes"));
    assert!(
        refused("a.net", format!("*Vertices 2\n*Arcs :1 \"{long}\"\n1 2\n"))
            .contains("at most 1000 bytes")
    );
    let relation = "x".repeat(900);
    let lines = "1 2\n".repeat(400_000);
    for (name, head) in [
        ("a.net", format!("*Vertices 2\n*Arcs :1 \"{relation}\"\n")),
        ("a.dl", format!("dl n=2 format=edgelist1\nmatrix labels:\n{relation}\ndata:\n")),
    ] {
        assert!(refused(name, head + &lines).contains("not written out one by one"), "{name}");
    }
    let names: Vec<String> = (0..1000).map(|node| format!("n{node}")).collect();
    let names = names.join(" ");
    let text = format!("digraph {{ {{ {names} }} -> {{ {names} }} [x=\"{}\"] }}", "y".repeat(1000));
    assert!(refused("a.dot", text).contains("not written out one by one"));
    let cut = graph("a.dot", format!("graph {{ a [é{long}=1] }}")).unwrap();
    assert!(cut.notes[0].contains("cut to 1000 bytes"));
}

#[test]
fn a_star_of_many_leaves_is_read_in_every_format() {
    const LEAVES: usize = 100_000;
    let mut gml = String::from("graph [ node [ id 0 ] ");
    let mut xml = String::from("<graphml><graph edgedefault='undirected'><node id='0'/>");
    let mut net = format!("*Vertices {}\n*Edges\n", LEAVES + 1);
    let mut json = String::from("{\"nodes\": [{\"id\": 0}");
    let mut links = String::new();
    for leaf in 1..=LEAVES {
        let _ = write!(gml, "node [ id {leaf} ] edge [ source 0 target {leaf} ] ");
        let _ = write!(xml, "<node id='{leaf}'/><edge source='0' target='{leaf}'/>");
        let _ = writeln!(net, "1 {}", leaf + 1);
        let _ = write!(json, ",{{\"id\": {leaf}}}");
        let _ = write!(
            links,
            "{}{{\"source\": 0, \"target\": {leaf}}}",
            if leaf == 1 { "" } else { "," }
        );
    }
    let files = [
        ("a.gml", gml + "]"),
        ("a.graphml", xml + "</graph></graphml>"),
        ("a.net", net),
        ("a.json", json + "], \"links\": [" + &links + "]}"),
    ];
    for (name, text) in files {
        let read = graph(name, text).unwrap();
        assert_eq!((read.nodes.len(), read.edges.len()), (LEAVES + 1, LEAVES), "{name}");
    }
}

/// A small sound file of each format.
const SOUND: [(&str, &str); 14] = [
    (
        "a.graphml",
        "<?xml version='1.0'?><graphml><key id='k' for='node' attr.name='name'><default>x</default></key><graph edgedefault='directed'><node id='a'><data key='k'>A&amp;é</data></node><node id='b'/><edge source='a' target='b'/></graph></graphml>",
    ),
    (
        "a.gexf",
        "<gexf><graph defaultedgetype='directed'><attributes class='node'><attribute id='0' title='t'/></attributes><nodes><node id='a' label='é'><attvalues><attvalue for='0' value='1' start='2019'/></attvalues></node><node id='b'/></nodes><edges><edge source='a' target='b' start='2019'/></edges></graph></gexf>",
    ),
    (
        "a.net",
        "*Vertices 3 2\n1 \"é\" 0.1 [1-2]\n*Arcs :1 \"x\"\n1 2 3 l \"y\"\n*Edgeslist\n1 3\n*Matrix\n1\n0\n",
    ),
    (
        "a.dl",
        "dl nr=2 nc=2 format=edgelist2\nrow labels:\n\"a é\", b\nlabels embedded\ndata:\n\"a é\" b 2\n",
    ),
    ("b.dl", "dl n=2 diagonal=absent\nlabels:\na,b\ndata:\n 1\n2\n"),
    (
        "a.json",
        "{\"directed\": true, \"nodes\": [{\"id\": \"é\", \"x\": [1, null]}, {\"id\": 2}], \"links\": [{\"source\": \"é\", \"target\": 2, \"weight\": 1e3}]}",
    ),
    (
        "b.json",
        "{\"elements\": {\"nodes\": [{\"data\": {\"id\": \"é\"}}], \"edges\": [{\"data\": {\"source\": \"é\", \"target\": \"é\"}}]}}",
    ),
    (
        "a.ndjson",
        "#é\n{\"type\": \"node\", \"id\": \"é\"}\n{\"type\": \"edge\", \"source\": \"é\", \"target\": \"é\"}\n",
    ),
    (
        "a.gml",
        "graph [ directed 1 node [ id 1 label \"é\" g [ x 1 ] ] edge [ source 1 target 1 ] ]",
    ),
    ("a.graph", "%é\n2 1 011 2\n1 2 2 5\n1 2 1 5\n"),
    ("a.konect", "% bip\n% 1 1 1\n1 1 2 3\n"),
    ("a.vna", "*Node data\nID é\n1 \"a b\"\n*Tie data\nfrom to strength\n1 2 1.0\n"),
    (
        "a.dot",
        "digraph \"é\" { a [label=\"x\\\"é\" + \"y\", l=<b<i>>]; a -> {b; c:n:s} -> d [w=1]; subgraph x { e } /* é */ }",
    ),
    ("a.csv", ";a;é\na;0;1\né;2;0\n"),
];

#[test]
fn no_cut_anywhere_and_no_odd_byte_makes_a_reader_panic() {
    for (name, text) in SOUND {
        let folder = Folder::of(&[(name, text)]);
        let path = folder.join(name);
        Foreign::read(&path, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        for cut in 0..text.len() {
            std::fs::write(&path, &text.as_bytes()[..cut]).unwrap();
            let _ = Foreign::read(&path, &Limits::default());
            let _ = read(&path, &ReadOptions::default());
            for odd in [b'\0', b'"', b'<', b'9'] {
                let mut bytes = text.as_bytes().to_vec();
                bytes[cut] = odd;
                std::fs::write(&path, &bytes).unwrap();
                let _ = Foreign::read(&path, &Limits::default());
            }
        }
    }
}

#[test]
fn a_file_of_more_bytes_than_are_allowed_is_refused() {
    let folder = Folder::of(&[("a.net", "*Vertices 2\n*Edges\n1 2\n")]);
    let limits = Limits { input_bytes: 10, ..Limits::default() };
    let error = Foreign::read(&folder.join("a.net"), &limits).unwrap_err().to_string();
    assert!(error.contains("more than 10 bytes"), "{error}");
}
