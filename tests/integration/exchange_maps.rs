//! Are maps read by other programs as they were written, whatever their text?

use std::collections::BTreeMap;
use std::path::Path;

use kluwen::case::{Day, LinkKind, Role, When};
use kluwen::error::printable;
use kluwen::finding::{Evidence, Map, MapEdge, MapNode, Part, TieKind};
use kluwen::identity::EntityId;
use kluwen::output::{Exchange, Placed, map_files, write_map};
use serde_json::{Map as Object, Value, json};

use crate::common::raw;
use crate::{invented, program};

fn when(text: &str) -> When {
    When::parse(text).unwrap()
}

fn row(row: &str, dates: &str, grade: &str, certainty: f64, case: &str) -> Evidence {
    Evidence {
        row: row.into(),
        when: when(dates),
        grade: grade.into(),
        certainty,
        case: case.into(),
        handling: "".into(),
    }
}

/// A map on which everything that a format can keep stands once.
fn full() -> (Map, Placed) {
    let person = |number, label: &str, part| MapNode {
        entity: Some(EntityId::from_number(number)),
        ..MapNode::new(label.into(), part)
    };
    let recruiter = MapNode {
        recurrence: Some((1, 0.97)),
        community: Some(2),
        size: 2,
        roles: vec![
            (Role::Recruiter, vec!["c2".into(), "c19".into()]),
            (Role::Driver, vec!["c2".into()]),
        ],
        evidence: vec![
            row("roles.csv:31", "2019-03", "B2", 0.8, "c2"),
            row("roles.csv:35", "", "", 0.9, "c19"),
        ],
        ..person(11, "Jan \"de Neus\" O'Hara", Part::Recruiter)
    };
    // However it came about: a victim is never ranked and never large.
    let victim = MapNode { recurrence: Some((2, 0.5)), size: 2, ..person(8, "V9", Part::Victim) };
    let client = person(3, "Jan \"de Neus\" O'Hara", Part::Client);
    let file = MapNode::new("c2".into(), Part::CaseFile);
    let edge = |from, to, kind, dates: &str, certainty| MapEdge {
        from,
        to,
        kind,
        count: 3.5,
        certainty,
        when: when(dates),
        evidence: vec![row("links.csv:88", dates, "5x5x5:B22", certainty, "c2")],
    };
    let map = Map {
        title: Some("Harbor & <co>".into()),
        nodes: vec![recruiter, victim, client, file],
        edges: vec![
            edge(0, 1, TieKind::Link(LinkKind::Recruited), "2019-03-02/2019-04", 0.8),
            edge(0, 1, TieKind::Link(LinkKind::Exploited), "2019-05/..", 0.6),
            edge(2, 0, TieKind::Link(LinkKind::Kin), "../2018", 0.3),
            edge(1, 3, TieKind::Role(Role::Victim), "", 1.0),
            // No such node: the edge is left out everywhere.
            edge(1, 4, TieKind::Link(LinkKind::Kin), "", 1.0),
        ],
        people_in_all: 9,
        ..Map::default()
    };
    let at = vec![[36.0, 36.0], [108.25, 36.0], [180.0, 36.0], [36.0, 108.0]];
    (map, Placed { at, extents: vec![[18.0, 14.0]; 4], size: [216.0, 144.0], ..Placed::default() })
}

/// The ids that the nodes must have: told here as the documentation tells them.
fn ids(map: &Map) -> Vec<String> {
    let id = |node: &MapNode| match (node.part, node.entity) {
        (Part::Victim, _) if !raw(&node.label).contains(':') => printable(&raw(&node.label)),
        (part, entity) if part == Part::Victim || entity.is_none() => {
            format!("{}:{}", part.code(), printable(&raw(&node.label)))
        }
        (_, entity) => entity.unwrap().to_string(),
    };
    map.nodes.iter().map(id).collect()
}

fn list(texts: impl Iterator<Item = String>) -> String {
    texts.map(|text| text.replace(';', "\\u{3b}")).collect::<Vec<_>>().join(";")
}

/// What must be read back, with texts as the format shows them.
fn expected(map: &Map, placed: Option<&Placed>, shown: &dyn Fn(&str) -> String) -> Value {
    let ids = ids(map);
    let known: Vec<&MapEdge> = map.edges.iter().filter(|edge| edge.to < map.nodes.len()).collect();
    let days = |object: &mut Object<String, Value>, first: Option<Day>, last: Option<Day>| {
        object.extend(first.map(|day| ("start".into(), json!(day.to_string()))));
        object.extend(last.map(|day| ("end".into(), json!(day.to_string()))));
    };
    let texts = |object: &mut Object<String, Value>, name: &str, text: String| {
        if !text.chars().all(|c| c == ';') {
            object.insert(name.into(), json!(shown(&text)));
        }
    };
    let rows = |object: &mut Object<String, Value>, rows: &[Evidence]| {
        texts(object, "rows", list(rows.iter().map(|row| raw(&row.row))));
        texts(object, "grade", list(rows.iter().map(|row| raw(&row.grade))));
        texts(object, "handling", list(rows.iter().map(|row| raw(&row.handling))));
    };
    let node = |(place, node): (usize, &MapNode)| {
        let mut said = Object::new();
        said.insert("label".into(), json!(shown(&raw(&node.label))));
        said.insert("part".into(), json!(node.part.code()));
        let played: Vec<(&str, String)> = node
            .roles
            .iter()
            .flat_map(|(role, files)| files.iter().map(|file| (role.code(), raw(file))))
            .collect();
        texts(&mut said, "role", list(played.iter().map(|(role, _)| (*role).to_owned())));
        texts(&mut said, "case_id", list(played.iter().map(|(_, file)| file.clone())));
        said.extend(node.community.map(|community| ("community".into(), json!(community as f64))));
        if node.part == Part::Victim {
            said.insert("pseudonym".into(), json!(shown(&raw(&node.label))));
        } else if let Some((rank, recurrence)) = node.recurrence {
            said.insert("rank".into(), json!(rank as f64));
            said.insert("recurrence".into(), json!(recurrence));
        }
        let of_edges = known.iter().filter(|edge| edge.from == place || edge.to == place);
        let dates: Vec<When> = of_edges
            .map(|edge| edge.when)
            .chain(node.evidence.iter().map(|row| row.when))
            .filter(|when| when.is_known())
            .collect();
        let all = |day: fn(When) -> Option<Day>| {
            dates.iter().map(|&when| day(when)).collect::<Option<Vec<_>>>()
        };
        let first = all(When::earliest).and_then(|days| days.into_iter().min());
        let last = all(When::latest).and_then(|days| days.into_iter().max());
        days(&mut said, first, last);
        rows(&mut said, &node.evidence);
        if let Some(placed) = placed {
            said.insert("x".into(), json!(placed.at[place][0]));
            said.insert("y".into(), json!(placed.at[place][1]));
        }
        (shown(&ids[place]), Value::Object(said))
    };
    let edge = |edge: &&MapEdge| {
        let mut said = Object::new();
        said.insert("kind".into(), json!(edge.kind.code()));
        said.insert("certainty".into(), json!(edge.certainty));
        said.insert("count".into(), json!(edge.count));
        said.insert("directed".into(), json!(edge.kind != TieKind::Link(LinkKind::Kin)));
        days(&mut said, edge.when.earliest(), edge.when.latest());
        rows(&mut said, &edge.evidence);
        texts(&mut said, "case_id", list(edge.evidence.iter().map(|row| raw(&row.case))));
        json!([shown(&ids[edge.from]), shown(&ids[edge.to]), said])
    };
    let nodes: Object<String, Value> = map.nodes.iter().enumerate().map(node).collect();
    comparable(json!({ "nodes": nodes, "edges": known.iter().map(edge).collect::<Vec<_>>() }))
}

/// All numbers as floats and edges in an order of their own: readers differ in both.
fn comparable(mut value: Value) -> Value {
    fn float(value: &mut Value) {
        match value {
            Value::Number(number) => *value = json!(number.as_f64()),
            Value::Array(items) => items.iter_mut().for_each(float),
            Value::Object(items) => items.values_mut().for_each(float),
            _ => {}
        }
    }
    float(&mut value);
    if let Some(edges) = value["edges"].as_array_mut() {
        edges.sort_by_cached_key(Value::to_string);
    }
    value
}

/// What the other programs read.
fn read_by_others(map: &Map, placed: Option<&Placed>) -> BTreeMap<String, Value> {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("graphml", "map.graphml"),
        ("gexf", "map.gexf"),
        ("gexf-1.2", "map-1.2.gexf"),
        ("cytoscape", "map.cyjs"),
        ("node-link", "map.json"),
        ("pajek", "map.net"),
        ("dl", "map.dl"),
        ("anx", "map.anx"),
    ];
    for (format, name) in files {
        std::fs::write(folder.path().join(name), written(map, placed, format)).unwrap();
    }
    in_folder(map, placed, "parquet", folder.path());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/check_graphs.py");
    let python = std::env::var("KLUWEN_PYTHON").unwrap_or_else(|_| "python3".into());
    let arguments = [script, folder.path().to_str().unwrap()];
    let found = program::run(&python, "python3, or name one in KLUWEN_PYTHON", &arguments, b"");
    let found: BTreeMap<String, Value> = serde_json::from_slice(&found).unwrap();
    found.into_iter().map(|(reader, value)| (reader, comparable(value))).collect()
}

fn written(map: &Map, placed: Option<&Placed>, format: &str) -> Vec<u8> {
    let mut out = Vec::new();
    write_map(map, placed, format.parse().unwrap(), &mut out).unwrap();
    out
}

fn in_folder(map: &Map, placed: Option<&Placed>, format: &str, folder: &Path) {
    let files = map_files(map, placed, format.parse().unwrap());
    for (place, name) in files.names().enumerate() {
        let mut out = Vec::new();
        files.write(place, &mut out).unwrap();
        std::fs::write(folder.join(name), out).unwrap();
    }
}

const TABLES: [&str; 4] =
    ["networkx graphml", "igraph graphml", "networkx gexf", "networkx gexf-1.2"];
const EXACT: [&str; 3] = ["networkx cytoscape", "networkx node-link", "duckdb parquet"];

#[test]
fn other_programs_read_every_attribute_of_every_node_and_edge() {
    let (map, placed) = full();
    let found = read_by_others(&map, Some(&placed));
    let want = expected(&map, Some(&placed), &str::to_owned);
    for reader in TABLES.iter().chain(&EXACT) {
        assert_eq!(found[*reader], want, "{reader}");
    }
}

#[test]
fn other_programs_read_hostile_text_as_text() {
    let map = invented::map(&invented::HOSTILE.map(str::to_owned));
    let found = read_by_others(&map, None);
    for reader in TABLES {
        assert_eq!(found[reader], expected(&map, None, &printable), "{reader}");
    }
    for reader in EXACT {
        assert_eq!(found[reader], expected(&map, None, &str::to_owned), "{reader}");
    }
    let ids = ids(&map);
    let spelt = |place: usize| {
        let (id, label) = (&ids[place], raw(&map.nodes[place].label));
        let label = if map.nodes[place].part == Part::Victim {
            id.clone()
        } else {
            format!("{id} {label}")
        };
        printable(&label).replace('"', "'").replace('\\', "/")
    };
    let mut nodes: Vec<String> = (0..map.nodes.len()).map(spelt).collect();
    nodes.sort();
    for reader in ["networkx pajek", "igraph pajek"] {
        let read: Vec<&String> = found[reader]["nodes"].as_object().unwrap().keys().collect();
        assert_eq!(read, nodes.iter().collect::<Vec<_>>(), "{reader}");
        assert_eq!(found[reader]["edges"].as_array().unwrap().len(), map.edges.len(), "{reader}");
    }
    let chart = &found["anxwritter anx"];
    assert_eq!(chart["foreign"], json!([]));
    for (node, id) in map.nodes.iter().zip(&ids) {
        assert_eq!(chart["nodes"][id]["item"]["Label"], json!(printable(&raw(&node.label))));
    }
}

#[test]
fn pajek_and_ucinet_networks_have_ties_kinds_and_places() {
    let (map, placed) = full();
    let found = read_by_others(&map, Some(&placed));
    for (reader, kind) in [("networkx pajek", "l"), ("igraph pajek", "label")] {
        let mut edges: Vec<String> = Vec::new();
        for edge in found[reader]["edges"].as_array().unwrap() {
            let ends = |at: usize| edge[at].as_str().unwrap().split(' ').next().unwrap().to_owned();
            edges.push(format!(
                "{} {} {} {}",
                ends(0),
                ends(1),
                edge[2][kind].as_str().unwrap_or("?"),
                edge[2]["weight"]
            ));
        }
        edges.sort();
        let want = [
            "E12 V9 exploited 3.5",
            "E12 V9 recruited 3.5",
            "E4 E12 kin 3.5",
            "V9 case_file:c2 victim 3.5",
        ];
        assert_eq!(edges, want, "{reader}");
        assert_eq!(found[reader]["nodes"]["V9"]["x"], json!(0.5012), "{reader}");
    }
    let edges: Vec<&Value> = found["igraph dl"]["edges"].as_array().unwrap().iter().collect();
    let weights: Vec<(&str, &str, f64)> = edges
        .iter()
        .map(|edge| {
            (
                edge[0].as_str().unwrap(),
                edge[1].as_str().unwrap(),
                edge[2]["weight"].as_f64().unwrap(),
            )
        })
        .collect();
    assert_eq!(weights, [("E12", "V9", 7.0), ("E4", "E12", 3.5), ("V9", "case_file_c2", 3.5)]);
}

#[test]
fn a_chart_for_analysts_notebook_has_cards_grades_and_strengths() {
    let (map, placed) = full();
    let chart = &read_by_others(&map, Some(&placed))["anxwritter anx"];
    assert_eq!(chart["foreign"], json!([]), "what anxwritter would never write");
    assert_eq!(chart["grades"]["GradeOne"], json!(["not graded", "5x5x5 B", "B"]));
    assert_eq!(chart["grades"]["GradeTwo"], json!(["not graded", "2", "5x5x5 2"]));
    assert_eq!(chart["grades"]["GradeThree"], json!(["not graded", "5x5x5 2"]));
    let recruiter = &chart["nodes"]["E12"];
    assert_eq!(recruiter["cards"].as_array().unwrap().len(), 2);
    let card = &recruiter["cards"][0];
    assert_eq!(card["Summary"], "roles.csv:31");
    assert_eq!(card["DateTime"], "2019-03-01T00:00:00.000");
    assert_eq!(card["DateTimeDescription"], "2019-03-01/2019-03-31");
    assert_eq!(
        [&card["GradeOneIndex"], &card["GradeTwoIndex"], &card["GradeThreeIndex"]],
        ["2", "1", "0"]
    );
    assert_eq!(recruiter["rank"], "1");
    assert_eq!(chart["nodes"]["V9"].get("rank"), None);
    let styles: Vec<[&str; 2]> = chart["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| {
            ["Strength", "ArrowStyle"].map(|name| edge[2]["style"][name].as_str().unwrap_or("none"))
        })
        .collect();
    let want = [
        ["Confirmed", "ArrowOnHead"],
        ["Confirmed", "none"],
        ["Probable", "ArrowOnHead"],
        ["Unconfirmed", "none"],
    ];
    let mut sorted = styles;
    sorted.sort_unstable();
    assert_eq!(sorted, want);
}

#[test]
fn every_form_of_xml_is_well_formed_whatever_the_text() {
    let text: String =
        (0..=0x0010_ffff).step_by(7).filter_map(char::from_u32).chain('\0'..'\u{3000}').collect();
    let map = invented::map(&[text, "]]>".into(), "&#0;<!--".into()]);
    for format in ["graphml", "gexf", "gexf-1.2", "anx"] {
        let bytes = written(&map, None, format);
        let text = if format == "anx" {
            assert_eq!(bytes[..2], [0xff, 0xfe]);
            let units =
                bytes[2..].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
            String::from_utf16(&units.collect::<Vec<u16>>()).unwrap()
        } else {
            String::from_utf8(bytes).unwrap()
        };
        let document =
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{format}: {error}"));
        let labels = document
            .descendants()
            .filter(|node| node.attribute("label").is_some() || node.attribute("Label").is_some());
        assert_eq!(labels.count() > 0, format != "graphml", "{format}");
    }
}

#[test]
fn a_folder_for_neo4j_has_a_file_for_each_label_and_type() {
    let (map, placed) = full();
    let folder = tempfile::tempdir().unwrap();
    in_folder(&map, Some(&placed), "neo4j", folder.path());
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let want = [
        "nodes.CaseFile.csv",
        "nodes.Person.csv",
        "relationships.EXPLOITED.csv",
        "relationships.KIN.csv",
        "relationships.RECRUITED.csv",
        "relationships.ROLE_VICTIM.csv",
    ];
    assert_eq!(names, want);
    let rows = |name: &str| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_path(folder.path().join(name))
            .unwrap()
            .deserialize()
            .map(Result::unwrap)
            .collect()
    };
    let people = rows("nodes.Person.csv");
    assert_eq!(people.len(), 3);
    assert_eq!(people[0]["id:ID"], "E12");
    assert_eq!(people[0][":LABEL"], "Person;Recruiter");
    assert_eq!(people[0]["label:string"], "Jan \"de Neus\" O'Hara");
    assert_eq!(people[0]["role:string[]"], "recruiter;recruiter;driver");
    assert_eq!(people[0]["case_id:string[]"], "c2;c19;c2");
    assert_eq!((&*people[0]["rank:long"], &*people[1]["rank:long"]), ("1", ""));
    let recruited = rows("relationships.RECRUITED.csv");
    assert_eq!(
        (&*recruited[0][":START_ID"], &*recruited[0][":END_ID"], &*recruited[0][":TYPE"]),
        ("E12", "V9", "RECRUITED")
    );
    assert_eq!(
        (&*recruited[0]["start:date"], &*recruited[0]["end:date"]),
        ("2019-03-02", "2019-04-30")
    );
}

#[test]
fn no_text_makes_a_second_line_or_field_for_neo4j() {
    let map = invented::map(&invented::HOSTILE.map(str::to_owned));
    let folder = tempfile::tempdir().unwrap();
    in_folder(&map, None, "neo4j", folder.path());
    let text = std::fs::read_to_string(folder.path().join("nodes.Person.csv")).unwrap();
    assert_eq!(text.lines().count(), map.nodes.len() + 1);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for (record, node) in reader.records().zip(&map.nodes) {
        assert_eq!(record.unwrap()[2], printable(&raw(&node.label)));
    }
}

#[test]
fn a_large_map_is_written_item_by_item() {
    /// Counts bytes and keeps none; remembers the most that came at once.
    #[derive(Default)]
    struct Counted(usize, usize);
    impl std::io::Write for Counted {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            self.1 = self.1.max(bytes.len());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let count = 20_000;
    let node = |number: u32| MapNode {
        entity: Some(EntityId::from_number(number)),
        ..MapNode::new(format!("E{}", number + 1).into(), Part::Offender)
    };
    let edge = |from: usize| MapEdge {
        from,
        to: (from + 1) % count as usize,
        kind: TieKind::Link(LinkKind::Contact),
        count: 1.0,
        certainty: 0.9,
        when: When::UNRECORDED,
        evidence: Vec::new(),
    };
    let map = Map {
        nodes: (0..count).map(node).collect(),
        edges: (0..count as usize).map(edge).collect(),
        ..Map::default()
    };
    for &(name, format) in Exchange::ALL {
        let files = map_files(&map, None, format);
        for place in 0..files.names().len() {
            let mut out = Counted::default();
            files.write(place, &mut out).unwrap();
            // A group of rows of a table is the most that is held; all other formats pass on an item at a time.
            let most = if name == "parquet" { out.0 } else { 1 << 14 };
            assert!(out.0 > 1 << 16 && out.1 <= most, "{name}: {} bytes, {} at once", out.0, out.1);
        }
    }
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    let (map, placed) = full();
    for &(name, format) in Exchange::ALL {
        let write = || {
            let files = map_files(&map, Some(&placed), format);
            (0..files.names().len())
                .map(|place| {
                    let mut out = Vec::new();
                    files.write(place, &mut out).unwrap();
                    out
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(write(), write(), "{name}");
    }
}

#[test]
fn what_a_format_says_it_keeps_is_in_it_and_what_it_says_it_loses_is_not() {
    let (map, placed) = full();
    let telling = [
        ("grades", "5x5x5:B22"),
        ("rows of evidence", "links.csv:88"),
        ("first and last days", "2019-04-30"),
        ("roles with their case files", "c19"),
        ("ranks and recurrence", "0.97"),
        ("kinds of ties", "exploited"),
        ("title and notes", "Harbor"),
    ];
    for format in
        ["graphml", "gexf", "gexf-1.2", "anx", "cytoscape", "node-link", "neo4j", "pajek", "dl"]
    {
        let format: Exchange = format.parse().unwrap();
        let files = map_files(&map, Some(&placed), format);
        let mut bytes = Vec::new();
        (0..files.names().len()).for_each(|place| files.write(place, &mut bytes).unwrap());
        // UTF-16 of such texts is these letters with zeros between them.
        bytes.retain(|byte| *byte != 0);
        let text = String::from_utf8_lossy(&bytes);
        for (fact, mark) in telling {
            let kept = format.losses().kept.contains(&fact);
            assert_eq!(text.contains(mark), kept, "{}: {fact}", format.name());
        }
    }
}
