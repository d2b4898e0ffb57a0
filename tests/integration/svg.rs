//! Maps as SVG and PNG: is all of it on the page, readable, the same each time, and never markup of somebody else's?

use std::collections::BTreeSet;

use kluwen::case::{LinkKind, When};
use kluwen::finding::{Map, MapEdge, MapNode, Note, Part, TieKind};
use kluwen::output::{Dot, Lang, Layout, Paper, Placed, Placement, Svg};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::common::raw;
use crate::invented::{HOSTILE, map, shown};
use crate::program::run;

pub(crate) const LAYOUTS: [Layout; 3] = [Layout::Force, Layout::Concentric, Layout::Timeline];

pub(crate) fn placed(map: &Map, layout: Layout) -> Placed {
    Placement { layout, ..Placement::default() }.of(map).unwrap()
}

fn drawn(map: &Map) -> String {
    Svg::default().text(map, &placed(map, Layout::Force))
}

/// A map of people of these parts with ties between these pairs, each in another year.
pub(crate) fn network(parts: &[Part], pairs: &[(usize, usize)]) -> Map {
    let node = |(place, part): (usize, &Part)| MapNode {
        size: u8::try_from(place % 4).unwrap(),
        community: (place % 5 > 1).then_some(place % 3 + 1),
        recurrence: (place % 7 == 0).then_some((place + 1, 0.5)),
        ..MapNode::new(format!("E{place}").into(), *part)
    };
    let edge = |(place, &(from, to)): (usize, &(usize, usize))| MapEdge {
        from,
        to,
        kind: TieKind::Link([LinkKind::Recruited, LinkKind::Contact, LinkKind::Paid][place % 3]),
        count: 1.0 + (place % 9) as f64,
        certainty: [0.9, 0.6, 0.1][place % 3],
        when: When::parse(["2019-03", "2020", "", "2017-05-06"][place % 4]).unwrap(),
        evidence: Vec::new(),
    };
    Map {
        nodes: parts.iter().enumerate().map(node).collect(),
        edges: pairs.iter().enumerate().map(edge).collect(),
        people_in_all: parts.len(),
        ..Map::default()
    }
}

/// Everybody tied to the next and some to others.
pub(crate) fn ring(people: usize) -> Map {
    let parts: Vec<Part> = (0..people).map(|place| Part::ALL[place % 8]).collect();
    let mut pairs: Vec<(usize, usize)> =
        (0..people).map(|from| (from, (from + 1) % people)).collect();
    pairs.extend((0..people / 3).map(|from| (from, (from * 7 + 3) % people)));
    network(&parts, &pairs)
}

pub(crate) fn groups<'a>(svg: &'a Document<'a>, letter: char) -> Vec<Node<'a, 'a>> {
    let own = |node: &Node<'_, '_>| {
        let id = node.attribute("id").and_then(|id| id.strip_prefix(letter));
        node.has_tag_name("g") && id.is_some_and(|number| number.parse::<usize>().is_ok())
    };
    svg.descendants().filter(own).collect()
}

fn titles(svg: &Document<'_>) -> Vec<String> {
    let titles = svg.descendants().filter(|node| node.has_tag_name("title"));
    titles.map(|title| title.text().unwrap_or_default().to_owned()).collect()
}

pub(crate) fn texts(svg: &Document<'_>) -> String {
    let texts = svg.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|text| text.text()).collect::<Vec<_>>().join("\n")
}

pub(crate) fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap_or_else(|| panic!("no {name}")).parse().unwrap()
}

/// What may stand in our drawings, so that they hold in a page that allows nothing.
fn check_harmless(svg: &Document<'_>) {
    const TAGS: [&str; 8] = ["svg", "g", "title", "desc", "rect", "path", "line", "text"];
    for node in svg.descendants().filter(Node::is_element) {
        assert!(TAGS.contains(&node.tag_name().name()), "{:?}", node.tag_name());
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(!name.starts_with("on") && !["style", "href", "src"].contains(&name), "{name}");
            assert!(!attribute.value().contains("url("), "{attribute:?}");
        }
    }
}

/// Text as it is shown, and what is no letter of Unicode and never will be spelt out as well.
fn drawn_as(text: &str) -> String {
    let is_no_letter =
        |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    let spelt = |c: char| if is_no_letter(c) { c.escape_unicode().to_string() } else { c.into() };
    shown(&text.chars().map(spelt).collect::<String>())
}

fn check(texts: &[String]) {
    let map = map(texts);
    let svg = drawn(&map);
    let svg = Document::parse(&svg).unwrap();
    check_harmless(&svg);
    let (nodes, edges) = (groups(&svg, 'n'), groups(&svg, 'e'));
    assert_eq!((nodes.len(), edges.len()), (map.nodes.len(), map.edges.len()));
    let titles = titles(&svg);
    assert_eq!(titles[0], drawn_as(&raw(map.title.as_ref().unwrap())));
    for text in texts {
        let line = drawn_as(text);
        let said = titles.iter().filter(|title| title.lines().any(|own| own.contains(&line)));
        assert!(said.count() >= 3, "{line:?} of the map, a person and a link");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    check(&HOSTILE.map(String::from));
}

#[test]
fn any_text_stays_text() {
    let piece = prop_oneof![
        prop::sample::select(HOSTILE.to_vec()).prop_map(String::from),
        prop::collection::vec(any::<char>(), 1..8).prop_map(String::from_iter),
        "[\"\\\\<>&;\\[\\]{}|=a-z \n]{1,12}",
    ];
    let text = prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) };
    proptest::test_runner::TestRunner::new(config)
        .run(&prop::collection::vec(text, 1..6), |texts| {
            check(&texts);
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_legend_has_only_what_the_map_uses() {
    let mut map = map(&["E1".into(), "E2".into()]);
    map.nodes.iter_mut().for_each(|node| node.part = Part::Client);
    let svg = drawn(&map);
    let svg = Document::parse(&svg).unwrap();
    let legend = svg.descendants().find(|node| node.attribute("class") == Some("legend")).unwrap();
    let said: Vec<&str> =
        legend.descendants().filter_map(|node| node.text()).map(str::trim).collect();
    for used in
        ["client", "contact, grooming, recruiting", "other contact", "certainty of .5 to .8"]
    {
        assert!(said.contains(&used), "{used} in {said:?}");
    }
    for unused in ["recruiter", "victim", "paying, buying", "certainty under .5"] {
        assert!(!said.contains(&unused), "{unused}");
    }
}

#[test]
fn a_victim_is_white_small_and_unranked_whatever_the_map_says() {
    let mut map = map(&["V1".into(), "E2".into()]);
    map.nodes[0].part = Part::Victim;
    map.nodes[0].hue = Some(0);
    map.nodes[0].recurrence = Some((1, 0.9));
    map.nodes[1].part = Part::Client;
    map.nodes[1].size = 0;
    let at = placed(&map, Layout::Force);
    assert!(at.extents[0][0] <= at.extents[1][0] && at.extents[0][1] <= at.extents[1][1]);
    let svg = Svg::default().text(&map, &at);
    let svg = Document::parse(&svg).unwrap();
    let victim = groups(&svg, 'n')[0];
    assert_eq!(victim.attribute("class"), Some("victim"));
    let path = victim.children().find(|node| node.has_tag_name("path")).unwrap();
    assert_eq!(path.attribute("fill"), Some("#FFFFFF"));
    let text = victim.children().find(|node| node.has_tag_name("text")).unwrap();
    assert_eq!((text.text(), number(&text, "font-size")), (Some("V1"), 10.0));
    assert!(!victim.descendants().filter_map(|node| node.text()).any(|text| text.contains("rank")));
}

#[test]
fn a_link_is_said_to_be_no_accusation_even_where_the_map_has_no_notes() {
    let map = network(&[Part::Client; 2], &[(0, 1)]);
    assert!(map.notes.is_empty());
    let svg = drawn(&map);
    assert!(svg.contains("it is not an accusation"));
    let noted = Map { notes: vec![Note::NoAccusation], ..map };
    assert_eq!(drawn(&noted).matches("it is not an accusation").count(), 1);
}

#[test]
fn it_speaks_dutch() {
    let map = ring(12);
    let svg = Svg { lang: Lang::Nl, ..Svg::default() }.text(&map, &placed(&map, Layout::Timeline));
    for said in
        ["lang=\"nl\"", "Legenda", "slachtoffer", "geen beschuldiging", "Van links naar rechts"]
    {
        assert!(svg.contains(said), "{said}");
    }
    assert!(!svg.contains("victim</") && !svg.contains("From left"));
}

#[test]
fn the_picture_is_the_same_in_all_languages_and_each_time() {
    let map = ring(40);
    for layout in LAYOUTS {
        assert_eq!(placed(&map, layout), placed(&map, layout));
        let svg = || Svg::default().text(&map, &placed(&map, layout));
        assert_eq!(svg(), svg());
    }
}

#[test]
fn a_timeline_runs_from_left_to_right_and_says_who_has_no_date() {
    let map = network(
        &[Part::Recruiter, Part::Victim, Part::Client, Part::Unknown, Part::Client],
        &[(0, 1), (1, 2), (3, 4), (0, 2)],
    );
    let at = placed(&map, Layout::Timeline);
    let x = |place: usize| at.at[place][0];
    // 2017-05-06 is the first day of the first and the third, 2019-03 of the second.
    assert!((x(0) - x(2)).abs() < 0.01 && x(0) < x(1));
    let axis = at.axis.as_ref().unwrap();
    let undated = axis.lanes.iter().find(|lane| lane.part.is_none()).unwrap();
    for place in 0..5 {
        let y = at.at[place][1];
        assert_eq!(undated.rows[0] < y && y < undated.rows[1], place > 2);
    }
    let labels: Vec<&str> = axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
    assert!(labels.contains(&"2018-01"), "{labels:?}");
    assert!(axis.ticks.windows(2).all(|pair| pair[0].x < pair[1].x));
    let svg = Svg::default().text(&map, &at);
    assert!(svg.contains(">no date<") && svg.contains("From left to right"));
}

#[test]
fn rings_are_around_whoever_is_asked_for_else_the_first_ranked() {
    let mut map = ring(30);
    for (number, node) in (0..).zip(&mut map.nodes) {
        node.entity = Some(kluwen::identity::EntityId::from_number(number));
        node.recurrence = None;
    }
    map.nodes[17].recurrence = Some((1, 0.9));
    assert_eq!(placed(&map, Layout::Concentric).centers, [17]);
    let around = vec![map.nodes[4].entity.unwrap()];
    let asked = Placement { layout: Layout::Concentric, around, seed: 0 }.of(&map).unwrap();
    assert_eq!(asked.centers, [4]);
    assert!(Svg::default().text(&map, &asked).contains("how many ties away from E4"));
}

#[test]
fn ties_of_one_pair_lie_beside_each_other_and_a_tie_to_oneself_is_drawn() {
    let map = network(&[Part::Client; 2], &[(0, 1), (1, 0), (0, 1), (0, 0), (1, 7)]);
    let svg = drawn(&map);
    let svg = Document::parse(&svg).unwrap();
    let line = |group: &Node<'_, '_>| {
        let path = group.children().find(|node| node.has_tag_name("path")).unwrap();
        path.attribute("d").unwrap().to_owned()
    };
    let lines: BTreeSet<String> = groups(&svg, 'e').iter().map(line).collect();
    // The tie to somebody who is not on the map is not drawn.
    assert_eq!(lines.len(), 4);
}

#[test]
fn an_outline_of_a_group_goes_around_its_members_and_nobody_else() {
    let mut map = network(&[Part::Client; 6], &[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5)]);
    for (place, node) in map.nodes.iter_mut().enumerate() {
        node.community = [Some(1), Some(1), Some(1), None, None, None][place];
    }
    let apart = Placed {
        at: vec![
            [50.0, 50.0],
            [150.0, 50.0],
            [100.0, 150.0],
            [300.0, 50.0],
            [300.0, 150.0],
            [300.0, 250.0],
        ],
        extents: vec![[15.0, 10.0]; 6],
        size: [350.0, 300.0],
        ..Placed::default()
    };
    assert!(Svg::default().text(&map, &apart).contains("Community 1 · 3 shown"));
    let mut within = apart;
    within.at[3] = [100.0, 80.0];
    assert!(!Svg::default().text(&map, &within).contains("Community 1 · 3 shown"));
}

#[test]
fn a_map_of_nobody_is_a_page() {
    for layout in LAYOUTS {
        let svg = Svg { paper: Paper::A4, ..Svg::default() }
            .text(&Map::default(), &placed(&Map::default(), layout));
        Document::parse(&svg).unwrap();
    }
}

#[test]
fn graphviz_draws_signs_where_they_were_placed() {
    let map = ring(30);
    for layout in LAYOUTS {
        let at = placed(&map, layout);
        let dot = Dot::default().text(&map, Some(&at));
        let json = run("neato", "graphviz", &["-n2", "-Tjson"], dot.as_bytes());
        let json: Value = serde_json::from_slice(&json).unwrap();
        let mut found = vec![None; map.nodes.len()];
        for object in json["objects"].as_array().unwrap() {
            let Some(place) = object["id"].as_str().and_then(|id| id.strip_prefix('n')) else {
                continue;
            };
            let of = |name: &str| -> Vec<f64> {
                object[name]
                    .as_str()
                    .unwrap()
                    .split(',')
                    .map(|side| side.parse().unwrap())
                    .collect()
            };
            found[place.parse::<usize>().unwrap()] =
                Some((of("pos"), of("width")[0], of("height")[0]));
        }
        let found: Vec<_> = found.into_iter().map(Option::unwrap).collect();
        // Graphviz may move all of it.
        let moved = [found[0].0[0] - at.at[0][0], found[0].0[1] + at.at[0][1]];
        for (place, (pos, width, height)) in found.iter().enumerate() {
            assert!((pos[0] - moved[0] - at.at[place][0]).abs() < 0.5, "{layout:?} {place}");
            assert!((moved[1] - pos[1] - at.at[place][1]).abs() < 0.5, "{layout:?} {place}");
            // Graphviz draws a parallelogram wider than it is told.
            let skewed = map.nodes[place].part == Part::Facilitator;
            assert!(skewed || (width * 36.0 - at.extents[place][0]).abs() < 0.5, "{place}");
            assert!((height * 36.0 - at.extents[place][1]).abs() < 0.5);
        }
    }
}
