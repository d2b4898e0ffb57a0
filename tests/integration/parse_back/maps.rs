//! Maps, in every form.

use std::io::Write;

use graphviz_rust::dot_structures::{Attribute, Graph, Id, Node, Stmt};
use kluwen::error::{is_unprintable, printable};
use kluwen::finding::Map;
use kluwen::output::{Dot, Exchange, HtmlMap, Lang, Placement, Svg, map_files, write_map};
use proptest::collection::vec;
use proptest::prelude::*;
use roxmltree::Document;
use serde_json::Value;

use super::names::{AWKWARD, cases, name, spelt};
use crate::invented::map;
use crate::program::run;

/// So many names make a map on which each kind of sign stands once: ranked, victim, unknown.
const NAMES: usize = 3;

/// The row of evidence beside that of a name.
const ROW: &str = "links.csv:88";

fn in_memory(write: impl FnOnce(&mut dyn Write)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out);
    out
}

fn written(map: &Map, format: Exchange) -> Vec<u8> {
    in_memory(|out| write_map(map, None, format, out).expect("memory takes it"))
}

fn text(map: &Map, format: Exchange) -> String {
    let bytes = written(map, format);
    if format != Exchange::Anx {
        return String::from_utf8(bytes).expect("UTF-8");
    }
    let units: Vec<u16> =
        bytes.chunks_exact(2).skip(1).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    String::from_utf16(&units).expect("UTF-16")
}

/// The attributes of nodes and how many edges there are, boxes and all.
fn walk(statements: Vec<Stmt>, nodes: &mut Vec<(String, Vec<Attribute>)>, edges: &mut usize) {
    for statement in statements {
        match statement {
            Stmt::Node(Node { id, attributes }) => nodes.push((id.0.to_string(), attributes)),
            Stmt::Subgraph(inner) => walk(inner.stmts, nodes, edges),
            Stmt::Edge(_) => *edges += 1,
            _ => {}
        }
    }
}

/// A string of DOT as Graphviz reads it.
fn unquoted(id: &Id) -> String {
    let Id::Escaped(quoted) = id else { panic!("{id:?} is not quoted") };
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("quotes");
    let mut out = String::new();
    let mut letters = inner.chars();
    while let Some(c) = letters.next() {
        match (c, letters.clone().next()) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some(next @ ('\\' | '"'))) => out.push(next),
            ('\\' | '"', _) => panic!("{inner} is not escaped"),
            _ => {
                out.push(c);
                continue;
            }
        }
        letters.next();
    }
    out.replace("&amp;", "&")
}

/// Whether `shown` is `wanted`, or its beginning where a format cuts long texts.
fn is_cut(shown: &str, wanted: &str) -> bool {
    const LONG: usize = 3_000;
    let begin = shown.strip_suffix('…').filter(|begin| begin.len() > LONG);
    shown == wanted || begin.is_some_and(|begin| wanted.starts_with(begin))
}

fn check_dot(map: &Map, names: &[String]) {
    let text = Dot::default().text(map, None);
    let graph = graphviz_rust::parse(&text).expect("another parser takes it");
    let Graph::DiGraph { stmts, .. } = graph else { panic!("it is directed") };
    let (mut nodes, mut edges) = (Vec::new(), 0);
    walk(stmts, &mut nodes, &mut edges);
    let of_map = |id: &str| id.strip_prefix('n').is_some_and(|rest| rest.parse::<usize>().is_ok());
    let all = nodes.len();
    nodes.retain(|(id, _)| of_map(id));
    nodes.sort_by_key(|(id, _)| id[1..].parse::<usize>().ok());
    assert_eq!(nodes.len(), names.len(), "{all} in all: {text}");
    for ((id, attributes), name) in nodes.iter().zip(names) {
        let named = |wanted: &str| {
            let found = attributes.iter().find(|Attribute(name, _)| name.to_string() == wanted);
            unquoted(&found.expect("it has one").1)
        };
        let label = named("label");
        // A rank stands under the name.
        let label = label.split('\n').next().unwrap_or_default();
        assert!(is_cut(label, &printable(name)), "{id}: {label:?} for {name:?}");
    }
}

fn check_svg(map: &Map, names: &[String]) {
    let placed = Placement::default().of(map).unwrap();
    let svg = Svg::default().text(map, &placed);
    let drawn = Document::parse(&svg).expect("well-formed");
    let no_letter =
        |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    for (at, name) in names.iter().enumerate() {
        let id = format!("n{at}");
        let group = drawn.descendants().find(|node| node.attribute("id") == Some(&id)).unwrap();
        let title = group.first_element_child().unwrap().text().unwrap();
        let line = title.lines().next().unwrap();
        let wanted = spelt(name, |c| is_unprintable(c) || no_letter(c));
        assert_eq!(line.rsplit_once(": ").unwrap().0, wanted);
    }
    let elements = drawn.descendants().filter(roxmltree::Node::is_element);
    for element in elements {
        let known = ["svg", "title", "desc", "g", "path", "rect", "text", "line"];
        assert!(known.contains(&element.tag_name().name()), "{element:?}");
    }
    check_page(map, &HtmlMap { lang: Lang::Nl }.text(map, &placed, &svg), names);
}

fn check_page(map: &Map, page: &str, names: &[String]) {
    let begin = "<script type=\"application/json\" id=\"v-data\">";
    let data = page.split(begin).nth(1).unwrap().split("</script").next().unwrap();
    assert!(!data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    let data: Value = serde_json::from_str(data).expect("JSON");
    for (at, name) in names.iter().enumerate() {
        let (shown, node) = (printable(name), &data["nodes"][at]);
        assert_eq!(
            (&node["label"], &node["rows"][0][0]),
            (&shown.clone().into(), &shown.clone().into())
        );
        assert_eq!(node["roles"][0][1][0], shown);
        assert_eq!(data["edges"][at]["rows"][0][4], shown);
    }
    assert_eq!(data["edges"].as_array().unwrap().len(), map.edges.len());
    let tags = ["<script", "<style", "<img", "<iframe", "<a ", "<form", "<link", "<base"]
        .map(|tag| page.matches(tag).count());
    assert_eq!(tags, [2, 1, 1, 0, 0, 0, 0, 0]);
}

/// The texts of a list, in which `;` is spelt out.
fn first_of(list: &str) -> String {
    list.split(';').next().unwrap_or_default().replace("\\u{3b}", ";")
}

fn check_xml(map: &Map, names: &[String]) {
    let text_of = |format| text(map, format);
    let graphml = text_of(Exchange::GraphMl);
    let graphml = Document::parse(&graphml).expect("GraphML is well-formed");
    let of = |tag: &'static str| {
        graphml
            .descendants()
            .filter(move |node| node.has_tag_name(("http://graphml.graphdrawing.org/xmlns", tag)))
    };
    assert_eq!((of("node").count(), of("edge").count()), (names.len(), map.edges.len()));
    let data = |node: roxmltree::Node<'_, '_>, key: &str| {
        let found = node.children().find(|data| data.attribute("key") == Some(key));
        found.and_then(|data| data.text()).unwrap_or_default().to_owned()
    };
    for ((node, edge), name) in of("node").zip(of("edge")).zip(names) {
        assert_eq!(data(node, "node_label"), printable(name));
        // Where all texts of a list are empty it is left out.
        assert_eq!(first_of(&data(node, "node_rows")), printable(name));
        assert_eq!(first_of(&data(edge, "edge_rows")), printable(name));
        assert!(data(edge, "edge_rows").ends_with(ROW));
    }
    for (&(_, format), tag) in Exchange::ALL.iter().filter_map(|one| match one.1 {
        Exchange::Gexf { .. } => Some((one, "node")),
        Exchange::Anx => Some((one, "ChartItem")),
        _ => None,
    }) {
        let text = text_of(format);
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{format:?}: {error}"));
        let items = document.descendants().filter(|node| node.tag_name().name() == tag);
        let labels: Vec<&str> =
            items.filter_map(|node| node.attribute("label").or(node.attribute("Label"))).collect();
        let wanted: Vec<String> = names.iter().map(|name| printable(name)).collect();
        assert_eq!(labels[..names.len()], wanted, "{format:?}");
        let rows =
            document.descendants().filter(|node| node.attribute("Summary").is_some()).count();
        assert!(format != Exchange::Anx || rows == names.len() + 2 * map.edges.len());
    }
}

fn check_json(map: &Map, names: &[String]) {
    let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let [cytoscape, node_link] = [Exchange::Cytoscape { boxes: false }, Exchange::NodeLink]
        .map(|format| serde_json::from_str::<Value>(&text(map, format)).expect("JSON"));
    assert_eq!(cytoscape["elements"]["nodes"].as_array().unwrap().len(), names.len());
    assert_eq!(node_link["nodes"].as_array().unwrap().len(), names.len());
    for (at, name) in names.iter().enumerate() {
        assert_eq!(said(&cytoscape["elements"]["nodes"][at]["data"]["name"]), *name);
        assert_eq!(said(&node_link["nodes"][at]["label"]), *name);
        assert_eq!(first_of(&said(&node_link["edges"][at]["rows"])), *name);
    }
    assert_eq!(said(&node_link["graph"]["title"]), names.concat());
}

/// Pajek has no escapes: quotes become `'`, backslashes `/`.
fn check_lines(map: &Map, names: &[String]) {
    let pajek = text(map, Exchange::Pajek);
    let lines: Vec<&str> = pajek.lines().collect();
    assert_eq!(lines.len(), 2 + names.len() + map.edges.len(), "{pajek}");
    for (line, name) in lines[1..].iter().zip(names) {
        assert_eq!(line.matches('"').count(), 2, "{line}");
        let label = line.split('"').nth(1).unwrap();
        assert!(label.contains(&printable(name).replace('"', "'").replace('\\', "/")), "{label}");
    }
    let dl = text(map, Exchange::Dl);
    let labels: Vec<&str> = dl.lines().skip(3).take_while(|line| *line != "data:").collect();
    assert_eq!(labels.len(), names.len(), "{dl}");
    for label in labels {
        assert!(label.chars().all(|c| c.is_alphanumeric() || "_.-~".contains(c)), "{label}");
    }
}

fn check_tables(map: &Map, names: &[String]) {
    let files = map_files(map, None, Exchange::Neo4j);
    let bytes = in_memory(|out| files.write(0, out).expect("memory takes it"));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), names.len());
    for (row, name) in rows.iter().zip(names) {
        assert_eq!(row[2], printable(name));
    }
    #[cfg(feature = "parquet")]
    check_columns(map, names);
}

#[cfg(feature = "parquet")]
fn check_columns(map: &Map, names: &[String]) {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::names::in_a_file;

    let files = map_files(map, None, Exchange::Parquet);
    let bytes = in_memory(|out| files.write(0, out).expect("memory takes it"));
    let file = SerializedFileReader::new(in_a_file(&bytes)).unwrap();
    let rows: Vec<_> = file.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), names.len());
    for (row, name) in rows.iter().zip(names) {
        let label = row.get_column_iter().find(|(column, _)| *column == "label").unwrap().1;
        let wanted = if name.is_empty() { Field::Null } else { Field::Str(name.clone()) };
        assert_eq!(*label, wanted);
    }
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn a_map_says_what_went_in(names in vec(name(), NAMES)) {
        let map = map(&names);
        check_dot(&map, &names);
        check_svg(&map, &names);
        check_xml(&map, &names);
        check_json(&map, &names);
        check_lines(&map, &names);
        check_tables(&map, &names);
    }
}

/// What Graphviz itself makes of all of them on one map.
#[test]
fn graphviz_draws_each_name_as_one_sign() {
    let names: Vec<String> = AWKWARD.map(str::to_owned).into();
    let text = Dot::default().text(&map(&names), None);
    let json = run("dot", "graphviz", &["-Tjson"], text.as_bytes());
    let drawn: Value = serde_json::from_slice(&json).expect("JSON");
    let signs = drawn["objects"].as_array().unwrap().iter().filter(|one| {
        let id = one["id"].as_str().unwrap_or_default();
        id.strip_prefix('n').is_some_and(|rest| rest.parse::<usize>().is_ok())
    });
    assert_eq!(signs.count(), names.len());
    let ties = drawn["edges"].as_array().unwrap().iter();
    assert_eq!(
        ties.filter(|tie| tie["id"].as_str().is_some_and(|id| id.starts_with('e'))).count(),
        names.len()
    );
}
