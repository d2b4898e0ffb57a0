//! Small invented files of each format, and what they say.

use kluwen::case::{Directed, Foreign, Limits, Spell};

use super::{edges, graph, refused};
use crate::common::Folder;

const GRAPHML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="n" for="node" attr.name="name" attr.type="string"/>
  <key id="k" for="node" attr.name="type" attr.type="string"><default>person</default></key>
  <key id="w" for="edge" attr.name="weight" attr.type="double"/>
  <graph edgedefault="directed">
    <edge source="b" target="a"><data key="w"> 2.5 </data></edge>
    <node id="a"><data key="n">Ann &amp; <![CDATA[<Co>]]>&#33;</data></node>
    <node id="b"><data key="k">firm</data></node>
    <edge source="a" target="b" directed="false"/>
  </graph>
</graphml>
"#;

#[test]
fn graphml_has_keys_defaults_and_edges_before_their_nodes() {
    let read = graph("a.graphml", GRAPHML).unwrap();
    assert_eq!(edges(&read), [("b", "a", Some(2.5)), ("a", "b", None)]);
    assert_eq!(read.nodes[0].label.as_deref(), Some("Ann & <Co>!"));
    let kinds: Vec<_> = read.nodes.iter().map(|node| node.kind.as_deref().unwrap()).collect();
    assert_eq!(kinds, ["person", "firm"]);
    assert_eq!((read.directed, read.edges[0].line, read.nodes[1].line), (Directed::Mixed, 7, 9));
}

#[test]
fn the_labels_of_drawing_programs_are_labels() {
    let text = r#"<graphml xmlns:y="urn:y"><key id="d" for="node" yfiles.type="nodegraphics"/><graph edgedefault="undirected">
        <node id="n0"><data key="d"><y:ShapeNode><y:NodeLabel>Ann</y:NodeLabel></y:ShapeNode></data></node></graph></graphml>"#;
    assert_eq!(graph("a.graphml", text).unwrap().nodes[0].label.as_deref(), Some("Ann"));
}

const GEXF: &str = r#"<gexf version="1.2" xmlns="http://www.gexf.net/1.2draft"><graph mode="dynamic" defaultedgetype="undirected" timeformat="date">
  <attributes class="node"><attribute id="0" title="role" type="string"><default>witness</default></attribute></attributes>
  <nodes>
    <node id="a" label="Ann" start="2019-01-01"><attvalues><attvalue for="0" value="driver"/></attvalues></node>
    <node id="b" label="Bob"><spells><spell start="2019-02-01" end="2019-03-01"/><spell start="2020-01-01"/></spells></node>
  </nodes>
  <edges>
    <edge id="e" source="a" target="b" type="directed" weight="3" label="contact" start="2019-02-02" end="2019-02-20"/>
    <edge source="b" target="a" timestamp="2019-05-05"/>
  </edges>
</graph></gexf>"#;

#[test]
fn gexf_has_values_and_times() {
    let read = graph("a.gexf", GEXF).unwrap();
    assert_eq!(edges(&read), [("a", "b", Some(3.0)), ("b", "a", None)]);
    let spell = |start: &str, end: &str| {
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Spell { start: known(start), end: known(end) }
    };
    assert_eq!(read.nodes[0].spells, [spell("2019-01-01", "")]);
    assert_eq!(read.nodes[1].spells, [spell("2019-02-01", "2019-03-01"), spell("2020-01-01", "")]);
    assert_eq!(read.edges[1].spells, [spell("2019-05-05", "2019-05-05")]);
    assert_eq!(read.nodes[0].attributes.get("role"), Some("driver"));
    assert_eq!(read.nodes[1].attributes.get("role"), Some("witness"));
    assert_eq!(
        (read.edges[0].directed, read.edges[1].directed, read.directed),
        (true, false, Directed::Mixed)
    );
}

#[test]
fn values_that_change_in_time_keep_all_their_values() {
    let text = r#"<gexf><graph defaultedgetype="directed"><attributes class="edge" mode="dynamic">
        <attribute id="weight" title="Weight" type="double"/></attributes><nodes><node id="a"/><node id="b"/></nodes><edges>
        <edge source="a" target="b"><attvalues><attvalue for="weight" value="1" timestamp="2004"/>
        <attvalue for="weight" value="2" timestamp="2005"/></attvalues></edge></edges></graph></gexf>"#;
    let read = graph("a.gexf", text).unwrap();
    assert_eq!(read.edges[0].weight, Some(2.0));
    assert_eq!(read.edges[0].attributes.get("Weight over time"), Some("2004: 1; 2005: 2"));
    assert!(read.notes[0].contains("the one that stands last counts"), "{:?}", read.notes);
}

#[test]
fn pajek_has_vertices_arcs_edges_lists_and_matrices() {
    let text = "% made up\n*Network x\n*Vertices 4\n1 \"Ann A\" 0.1 0.2 box\n3 Cees [1-3,7]\n*Arcs :1 \"knows\"\n1 2 2.5 c Blue\n\
                *Edges\n3 4\n*Arcslist\n1 3 4\n*Edgeslist\n2 3\n";
    let read = graph("a.net", text).unwrap();
    assert_eq!(
        edges(&read),
        [
            ("1", "2", Some(2.5)),
            ("3", "4", None),
            ("1", "3", None),
            ("1", "4", None),
            ("2", "3", None)
        ]
    );
    assert_eq!(read.nodes[0].label.as_deref(), Some("Ann A"));
    assert_eq!((read.nodes[1].label.as_deref(), read.nodes[2].spells.len()), (None, 2));
    assert_eq!((read.edges[0].kind.as_deref(), read.directed), (Some("knows"), Directed::Mixed));
    let matrix = graph("m.net", "*Vertices 3\r*Matrix\r0 2 0\r0 0 1\r0 0 0\r").unwrap();
    assert_eq!(edges(&matrix), [("1", "2", Some(2.0)), ("2", "3", Some(1.0))]);
    assert_eq!(matrix.directed, Directed::Yes);
    let two = graph("t.net", "*Vertices 5 3\n*Matrix\n1 0\n0 4\n1 1\n").unwrap();
    assert_eq!(
        edges(&two),
        [
            ("1", "4", Some(1.0)),
            ("2", "5", Some(4.0)),
            ("3", "4", Some(1.0)),
            ("3", "5", Some(1.0))
        ]
    );
    assert!(two.two_mode && two.nodes[3].second_side && !two.nodes[2].second_side);
}

#[test]
fn ucinet_has_lists_and_matrices_with_labels_listed_or_embedded() {
    let listed = graph(
        "a.dl",
        "dl n=3\nformat = edgelist1\nlabels:\nAnn Lee, Bob, Cees\ndata:\n1 2 2.5\n3 1\n",
    )
    .unwrap();
    assert_eq!(edges(&listed), [("1", "2", Some(2.5)), ("3", "1", None)]);
    assert_eq!(listed.nodes[0].label.as_deref(), Some("Ann Lee"));
    let embedded =
        graph("b.dl", "DL N=3 FORMAT=NODELIST1\nLABELS EMBEDDED\nDATA:\nAnn Bob Cees\nCees Ann\n")
            .unwrap();
    let named: Vec<_> =
        embedded.edges.iter().map(|e| (embedded.names()[e.from].to_string(), e.to)).collect();
    assert_eq!(named, [("Ann".to_owned(), 1), ("Ann".to_owned(), 2), ("Cees".to_owned(), 0)]);
    let matrix = graph("c.dl", "dl n=3\ndata:\n0 1 0\n1 0 2\n0 2 0\n").unwrap();
    assert!(matrix.mirrored && matrix.directed == Directed::No && matrix.edges.len() == 4);
    let half = graph("d.dl", "dl n=3 format=lowerhalf diagonal absent\ndata:\n1\n0 2\n").unwrap();
    assert_eq!(edges(&half), [("2", "1", Some(1.0)), ("3", "2", Some(2.0))]);
    let two = graph(
        "e.dl",
        "dl nr=2, nc=3 format=fullmatrix\nlabels embedded:\ndata:\np q r\nAnn 1 0 1\nBob 0 0 3\n",
    )
    .unwrap();
    assert_eq!(
        edges(&two),
        [("r1", "c1", Some(1.0)), ("r1", "c3", Some(1.0)), ("r2", "c3", Some(3.0))]
    );
    assert_eq!(two.names(), ["Ann", "Bob", "p", "q", "r"]);
}

#[test]
fn neo4j_has_nodes_relationships_and_spaces_of_ids() {
    let folder = Folder::of(&[
        (
            "nodes.Person.csv",
            "id:ID(P),name,surname,age:int,:LABEL\n1,Ann,Lee,30,Person;Driver\n2,\"Bob\nB\",,,Person\n",
        ),
        ("nodes.Phone.csv", "id:ID(T),phoneNo,:LABEL\n1,0612345678,Phone\n"),
        (
            "relationships.USES.csv",
            ":START_ID(P),:END_ID(T),:TYPE,since:date,weight:double\n1,1,USES,2019-01-01,2\n2,1,USES,,\n",
        ),
    ]);
    let read = Foreign::read(folder.path(), &Limits::default()).unwrap();
    assert_eq!(edges(&read), [("P/1", "T/1", Some(2.0)), ("P/2", "T/1", None)]);
    assert_eq!(read.nodes[0].label.as_deref(), Some("Ann Lee"));
    assert_eq!(read.nodes[0].kind.as_deref(), Some("Person;Driver"));
    assert_eq!(read.edges[0].kind.as_deref(), Some("USES"));
    let (node, edge) = (&read.nodes[2], &read.edges[1]);
    assert_eq!(
        (read.files[usize::from(node.file)].name.as_str(), node.line),
        ("nodes.Phone.csv", 2)
    );
    assert_eq!(
        (read.files[usize::from(edge.file)].name.as_str(), edge.line),
        ("relationships.USES.csv", 3)
    );
    assert_eq!(edge.attributes.get("since"), None);
}

#[test]
fn json_is_read_in_its_spellings() {
    let node_link = r#"{"directed": true, "multigraph": false, "graph": {},
        "nodes": [{"id": 1, "name": "Ann", "tags": ["a", "b"]}, {"id": "x"}],
        "edges": [{"source": 1, "target": "x", "weight": 0.5}]}"#;
    let read = graph("a.json", node_link).unwrap();
    assert_eq!(edges(&read), [("1", "x", Some(0.5))]);
    assert_eq!(
        (read.directed, read.nodes[0].attributes.get("tags"), read.nodes[1].line),
        (Directed::Yes, Some("a;b"), 2)
    );
    let d3 = r#"{"nodes": [{"name": "Ann"}, {"name": "Bob"}], "links": [{"source": 1, "target": 0, "value": 3}]}"#;
    assert_eq!(edges(&graph("b.json", d3).unwrap()), [("1", "0", Some(3.0))]);
    let cytoscape = r#"{"elements": {"nodes": [{"data": {"id": "a", "label": "Ann"}}, {"data": {"id": "b"}}],
        "edges": [{"data": {"id": "e", "source": "a", "target": "b", "interaction": "knows"}}]}}"#;
    let read = graph("c.cyjs", cytoscape).unwrap();
    assert_eq!(edges(&read), [("a", "b", None)]);
    assert_eq!(read.edges[0].kind.as_deref(), Some("knows"));
    let bare = r#"[{"data": {"source": "a", "target": "b"}}, {"data": {"id": "a"}}, {"data": {"id": "b"}, "classes": "x"}]"#;
    assert_eq!(edges(&graph("d.json", bare).unwrap()), [("a", "b", None)]);
    let lines = "# made up\n{\"type\": \"node\", \"id\": \"a\", \"properties\": {\"type\": \"person\", \"name\": \"Ann\"}}\n\
                 {\"type\": \"node\", \"id\": \"b\"}\n{\"type\": \"edge\", \"source\": \"a\", \"target\": \"b\", \"properties\": {\"weight\": 2}}\n";
    let read = graph("e.ndjson", lines).unwrap();
    assert_eq!(
        (edges(&read), read.nodes[0].label.as_deref()),
        (vec![("a", "b", Some(2.0))], Some("Ann"))
    );
}

#[test]
fn the_cheap_formats_are_read() {
    let gml = graph(
        "a.gml",
        "graph [ directed 1 node [ id 1 label \"Ann &amp; B\" ] node [ id 2 ] edge [ source 1 target 2 value 3 ] ]",
    );
    let gml = gml.unwrap();
    assert_eq!(
        (edges(&gml), gml.nodes[0].label.as_deref()),
        (vec![("1", "2", Some(3.0))], Some("Ann & B"))
    );
    let metis = graph("a.graph", "% x\n3 2 001\n2 5\n1 5 3 7\n2 7\n").unwrap();
    assert_eq!(edges(&metis), [("1", "2", Some(5.0)), ("2", "3", Some(7.0))]);
    let konect = graph("a.konect", "% bip weighted\n1 1 2\n2 1 3\n").unwrap();
    assert_eq!(edges(&konect), [("a1", "b1", Some(2.0)), ("a2", "b1", Some(3.0))]);
    let vna = graph("a.vna", "*Node data\nID sex\n\"Ann Lee\" f\nBob m\n*Tie data\nfrom to strength\n\"Ann Lee\" Bob 2\n").unwrap();
    assert_eq!(
        (edges(&vna), vna.nodes[1].attributes.get("sex")),
        (vec![("Ann Lee", "Bob", Some(2.0))], Some("m"))
    );
    let dot = "/* x */ strict digraph \"g\" { rankdir=LR; node [shape=box]; a -> {b c} -> d [weight=2]; a [label=\"Ann\\\"\"]; b:n -> b:s }";
    let dot = graph("a.dot", dot).unwrap();
    assert_eq!(
        edges(&dot),
        [
            ("a", "b", Some(2.0)),
            ("a", "c", Some(2.0)),
            ("b", "d", Some(2.0)),
            ("c", "d", Some(2.0)),
            ("b", "b", None)
        ]
    );
    assert_eq!(dot.nodes[0].label.as_deref(), Some("Ann\""));
    let matrix = graph("a.csv", ";Ann;Bob\nAnn;0;2\nBob;0;0\n").unwrap();
    assert_eq!(
        (edges(&matrix), matrix.names()),
        (vec![("1", "2", Some(2.0))], vec!["Ann".into(), "Bob".into()])
    );
}

#[test]
fn a_list_of_edges_with_numbered_rows_is_no_matrix() {
    let folder = Folder::of(&[
        ("a.csv", ",source,target\n0,1,2\n1,2,3\n"),
        ("b.csv", ",a,b\na,0,1\nb,1,0\n"),
    ]);
    assert!(!Foreign::is_foreign(&folder.join("a.csv")));
    assert!(Foreign::is_foreign(&folder.join("b.csv")));
}

#[test]
fn utf16_and_latin1_are_read_where_the_file_says_so() {
    let plain = "<?xml version=\"1.0\" encoding=\"utf-16\"?><graphml><graph edgedefault=\"directed\"><node id=\"é\"/></graph></graphml>";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(plain.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(graph("a.graphml", &bytes).unwrap().nodes[0].id, "é");
    let latin = plain.replace("utf-16", "ISO-8859-1").replace('é', "\u{1}");
    let latin: Vec<u8> = latin.bytes().map(|byte| if byte == 1 { 0xe9 } else { byte }).collect();
    assert_eq!(graph("b.graphml", &latin).unwrap().nodes[0].id, "é");
}

#[test]
fn faults_are_told_with_their_line() {
    let within =
        |text: &str| format!("<graphml><graph edgedefault='directed'>\n{text}\n</graph></graphml>");
    let cases = [
        (
            "a.graphml",
            within("<node id='a'/>\n<node id='a'/>"),
            "a.graphml:3: column `id`: `a`, the id of the node on line 2",
        ),
        (
            "a.graphml",
            within("<node id='a'/><edge source='a' target='b'/>"),
            "a.graphml:2: column `target`: `b`; expected the id of a node",
        ),
        ("a.graphml", within("<node/>"), "a.graphml:2: column `id`: <node> without `id`"),
        ("a.graphml", within("<node id='a'>"), "a.graphml:3: "),
        (
            "a.graphml",
            "<graphml><graph edgedefault='up'/></graphml>".into(),
            "a.graphml:1: column `edgedefault`: `up`",
        ),
        (
            "a.gexf",
            "<gexf>\n<graph>\n<nodes>".into(),
            "a.gexf:3: the end of the file within <nodes>",
        ),
        (
            "a.net",
            "*Vertices 2\n*Arcs\n1 3\n".into(),
            "a.net:3: `3`; expected the number of a vertex, from 1 to 2",
        ),
        ("a.net", "*Vertices 2\n*Edges\n1 2 1,5\n".into(), "a.net:3: column `weight`: `1,5`"),
        ("a.net", "*Vertices 2\n*Matrix\n0 1\n0\n".into(), "a.net:2: a matrix of 3 cells"),
        ("a.dl", "dl n=2\nformat=edgelist3\ndata:\n".into(), "a.dl:2: the format `edgelist3`"),
        (
            "a.dl",
            "dl n=2 format=edgelist1\ndata:\n1 3\n".into(),
            "a.dl:3: `3`; expected a number from 1 to 2",
        ),
        ("a.dl", "dl n=2\ndata:\n0 1\n1\n".into(), "a.dl:4: the end of the file within a matrix"),
        (
            "a.json",
            "{\"nodes\": [\n{\"id\": 1}, {\"id\": 1}], \"links\": []}".into(),
            "a.json:2: column `id`: `1`",
        ),
        (
            "a.json",
            "{\"nodes\": [],\n \"links\": [{\"source\": 1}]}".into(),
            "a.json:2: column `target`: a link without `target`",
        ),
        ("a.json", "{\"nodes\": [],\n \"links\": [}".into(), "a.json:2: "),
        (
            "a.gml",
            "graph [\n node [ label \"x\" ]\n]".into(),
            "a.gml:2: column `id`: a node without `id`",
        ),
        (
            "a.gml",
            "graph [ node [ id 1 ]\n edge [ source 1 source 1 target 1 ] ]".into(),
            "a.gml:2: column `source`: `source` twice",
        ),
        ("a.graph", "2 1\n2\n\n".into(), "a.graph:1: 1 edges in the first line"),
        ("a.dot", "graph {\n a -> b }".into(), "a.dot:2: `->`; expected `--`"),
        ("a.dot", "graph {\n a -- }".into(), "a.dot:2: an edge without its second end"),
        ("a.vna", "*Tie data\nfrom to\n1 2 3\n".into(), "a.vna:3: 3 fields"),
        ("a.konect", "% asym\n1 x\n".into(), "a.konect:2: `x`"),
    ];
    for (name, text, told) in cases {
        let error = refused(name, &text);
        assert!(error.starts_with(told), "{error}\nis not\n{told}");
    }
    let known = refused("a.gephi", "");
    assert!(known.contains("a Gephi project is not read; export the graph as GEXF"), "{known}");
}
