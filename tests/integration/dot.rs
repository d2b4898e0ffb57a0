//! Maps as DOT, read back by Graphviz itself.

use kluwen::finding::{Map, MapNode, Part};
use kluwen::output::Dot;
use proptest::prelude::*;
use serde_json::Value;

use crate::common::{on_case, raw, repository};
use crate::invented::{HOSTILE, map, shown};
use crate::program::run;

fn graphviz(format: &str, dot: &str) -> Vec<u8> {
    run("dot", "graphviz", &[format], dot.as_bytes())
}

/// What Graphviz makes of a map: its people and links, the legend left out.
struct ReadBack {
    heading: Vec<String>,
    nodes: Vec<Value>,
    edges: Vec<Value>,
}

fn read_back(map: &Map) -> ReadBack {
    let json: Value =
        serde_json::from_slice(&graphviz("-Tjson", &Dot::default().text(map, None))).unwrap();
    let own = |list: &str, letter: char| -> Vec<Value> {
        let all = json[list].as_array().cloned().unwrap_or_default();
        let (mut own, other): (Vec<_>, Vec<_>) = all
            .into_iter()
            .filter(|item| item.get("nodes").is_none() && item.get("subgraphs").is_none())
            .partition(|item| item["id"].as_str().is_some_and(|id| id.starts_with(letter)));
        let legend = |item: &Value| item["class"] == "legend";
        assert!(other.iter().all(legend), "something came in: {other:?}");
        own.sort_by_key(|item| item["id"].as_str().unwrap()[1..].parse::<usize>().unwrap());
        own
    };
    ReadBack {
        heading: drawn(&json).into_iter().map(String::from).collect(),
        nodes: own("objects", 'n'),
        edges: own("edges", 'e'),
    }
}

/// The lines that are drawn in a sign.
fn drawn(item: &Value) -> Vec<&str> {
    let operations = item["_ldraw_"].as_array().unwrap();
    let texts = operations.iter().filter(|operation| operation["op"] == "T");
    texts.filter_map(|operation| operation["text"].as_str()).collect()
}

fn check(texts: &[String]) {
    let map = map(texts);
    let back = read_back(&map);
    assert_eq!(back.nodes.len(), map.nodes.len());
    assert_eq!(back.edges.len(), map.edges.len());
    assert_eq!(back.heading[0], shown(&raw(map.title.as_ref().unwrap())));
    for (node, person) in back.nodes.iter().zip(&map.nodes) {
        assert_eq!(drawn(node)[0], shown(&raw(&person.label)));
    }
}

#[test]
fn hostile_names_stay_names() {
    check(&HOSTILE.map(String::from));
}

#[test]
fn text_of_many_lines_and_signs_stays_text() {
    let piece = prop_oneof![
        prop::sample::select(HOSTILE.to_vec()).prop_map(String::from),
        prop::collection::vec(any::<char>(), 1..8).prop_map(String::from_iter),
        "[\"\\\\<>&;\\[\\]{}|=a-z \n]{1,12}",
    ];
    let text = prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat());
    let texts = prop::collection::vec(text, 1..6);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) };
    proptest::test_runner::TestRunner::new(config)
        .run(&texts, |texts| {
            check(&texts);
            Ok(())
        })
        .unwrap();
}

#[test]
fn very_long_text_is_cut_and_said_to_be() {
    let long = "\\\"&x".repeat(20_000);
    let map = map(&[long.clone(), "b".into()]);
    let back = read_back(&map);
    let label = drawn(&back.nodes[0])[0].to_owned();
    let kept = label.strip_suffix('…').expect("the sign that it was cut");
    assert!(kept.len() > 1000 && long.starts_with(kept));
}

#[test]
fn the_svg_is_well_formed_and_its_tooltips_say_what_the_rows_say() {
    let texts = HOSTILE.map(String::from);
    let svg =
        String::from_utf8(graphviz("-Tsvg", &Dot::default().text(&map(&texts), None))).unwrap();
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let svg = roxmltree::Document::parse_with_options(&svg, options).unwrap();
    let tooltips: Vec<&str> = svg
        .descendants()
        .filter_map(|node| node.attribute(("http://www.w3.org/1999/xlink", "title")))
        .collect();
    for text in &texts {
        let line = shown(text);
        let said = tooltips.iter().filter(|tooltip| tooltip.lines().any(|own| own.contains(&line)));
        assert!(said.count() >= 2, "{line:?} in the tooltips of a person and a link");
    }
    assert!(!svg.descendants().any(|node| node.has_tag_name("script")));
}

#[test]
fn other_engines_take_it_too() {
    let dot = Dot::default().text(&map(&HOSTILE.map(String::from)), None);
    for engine in ["-Kneato", "-Ksfdp"] {
        run("dot", "graphviz", &[engine, "-Tsvg"], dot.as_bytes());
    }
}

#[test]
fn a_victim_is_never_red_large_or_ranked() {
    let mut map = map(&["V1".into(), "E2".into()]);
    map.nodes[0].part = Part::Victim;
    let dot = Dot::default().text(&map, None);
    let line = dot.lines().find(|line| line.contains("n0[")).unwrap();
    assert!(line.contains("fillcolor=\"#FFFFFF\"") && line.contains("fontsize=10 "));
    assert!(!line.contains("rank"));
}

#[test]
fn the_legend_has_only_what_the_map_uses() {
    let mut map = map(&["E1".into(), "E2".into()]);
    for node in &mut map.nodes {
        node.part = Part::Client;
    }
    let dot = Dot::default().text(&map, None);
    let legend = dot.split("subgraph cluster_legend").nth(1).unwrap();
    assert!(legend.contains("\"client\"") && !legend.contains("\"recruiter\""));
    assert!(legend.contains("certainty of .5 to .8") && !legend.contains("under .5"));
}

#[test]
fn links_have_labels_only_where_there_are_few() {
    let texts: Vec<String> = (0..61).map(|n| format!("E{n}")).collect();
    assert!(!Dot::default().text(&map(&texts), None).contains("\"recruited (3)\""));
    assert!(Dot::default().text(&map(&texts[..60]), None).contains("\"recruited (3)\""));
}

#[test]
fn a_map_of_nobody_is_a_graph() {
    graphviz("-Tsvg", &Dot::default().text(&Map::default(), None));
}

#[test]
fn communities_count_their_people() {
    let texts: Vec<String> = (0..4).map(|n| format!("E{n}")).collect();
    let mut map = map(&texts);
    map.nodes.iter_mut().for_each(|node: &mut MapNode| node.community = Some(3));
    assert!(Dot::default().text(&map, None).contains("Community 3 · 4 shown"));
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    let texts = HOSTILE.map(String::from);
    let text = || Dot::default().text(&map(&texts), None);
    assert_eq!(text(), text());
}

#[test]
fn sizes_follow_a_measure_and_colors_a_method_but_not_those_of_victims() {
    let study = repository("graphs/study25");
    let drawn = |words: &[&str]| on_case("map", &study, words).fine().stdout;
    let plain = drawn(&[]);
    let shown = drawn(&["--size", "betweenness", "--color", "leiden"]);
    let victims = |dot: &str| -> Vec<String> {
        dot.lines().filter(|line| line.contains("class=\"victim\"")).map(str::to_owned).collect()
    };
    let (before, after) = (victims(&plain), victims(&shown));
    assert!(!after.is_empty() && before.len() == after.len());
    for line in after {
        assert!(line.contains("fillcolor=\"#FFFFFF\"") && line.contains("fontsize=10 "), "{line}");
    }
    let large = |dot: &str| -> Vec<String> {
        let lines = dot.lines().filter(|line| line.contains("fontsize=14 width"));
        lines.filter_map(|line| Some(line.split('"').nth(1)?.to_owned())).collect()
    };
    // E22 and E12 are the first who are no victims among those shown by `rank --by betweenness`; without `--size` nobody is as large but the ranked.
    assert!(
        large(&shown).contains(&"E22".to_owned()) && !large(&plain).contains(&"E22".to_owned())
    );
    assert!(shown.contains("fillcolor=\"#77AADD\"") && !plain.contains("fillcolor=\"#77AADD\""));
    // The legend's colors would say another thing than those of the groups.
    let sign = |dot: &str| {
        dot.lines().find(|line| line.contains("[label=\"recruiter\"")).map(str::to_owned)
    };
    assert!(sign(&plain).unwrap().contains("fillcolor=\"#D55E00\""));
    assert!(sign(&shown).unwrap().contains("fillcolor=\"#FFFFFF\""));
    assert!(!shown.contains("fillcolor=\"#D55E00\"") && !shown.contains("fillcolor=\"#CC79A7\""));
    assert!(shown.contains("Size: betweenness among those shown. High is not guilty."));
    assert!(shown.contains("groups by leiden; another method may divide otherwise"));
    for words in [["--size", "brokerage"].as_slice(), &["--network", "cases", "--color", "leiden"]]
    {
        assert_eq!(on_case("map", &study, words).code, Some(2), "{words:?}");
    }
}
