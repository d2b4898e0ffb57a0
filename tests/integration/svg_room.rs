//! Is all of a map on its page and readable, and does nothing lie on anything else?

use kluwen::finding::{Map, Part};
use kluwen::output::{Layout, Paper, Svg};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use crate::svg::{LAYOUTS, groups, network, number, placed, ring, texts};

/// How wide a text may be at most, in letters of one size: nothing is wider than 1.4 times its height.
fn widest(text: &Node<'_, '_>) -> f64 {
    number(text, "font-size") * text.text().unwrap_or_default().chars().count() as f64 * 0.75
}

#[test]
fn all_of_it_is_on_the_page_and_can_be_read() {
    for (people, layout, paper) in [2, 60, 400].into_iter().flat_map(|people| {
        let papers = [Paper::A4, Paper::A3, Paper::Screen];
        LAYOUTS.into_iter().flat_map(move |layout| papers.map(|paper| (people, layout, paper)))
    }) {
        let map = ring(people);
        let at = placed(&map, layout);
        let svg = Svg { paper, ..Svg::default() }.text(&map, &at);
        let svg = Document::parse(&svg).unwrap();
        let root = svg.root_element();
        let page: Vec<f64> = root
            .attribute("viewBox")
            .unwrap()
            .split(' ')
            .map(|side| side.parse().unwrap())
            .collect();
        if paper == Paper::A4 {
            let sides = [root.attribute("width").unwrap(), root.attribute("height").unwrap()];
            assert!([["210mm", "297mm"], ["297mm", "210mm"]].contains(&sides));
        }
        let drawing = root.children().find(|node| node.has_attribute("transform")).unwrap();
        let moved: Vec<f64> = drawing
            .attribute("transform")
            .unwrap()
            .split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
            .filter_map(|piece| piece.parse().ok())
            .collect();
        let [right, down, scale] = moved[..] else { panic!("{moved:?}") };
        // The drawing is on the page, and everything on the drawing.
        assert!(
            right >= 28.0 && right + at.size[0] * scale <= page[2] - 28.0,
            "{people} {layout:?} {paper:?}"
        );
        assert!(
            down >= 28.0 && down + at.size[1] * scale <= page[3] - 28.0,
            "{people} {layout:?} {paper:?}"
        );
        let legend = svg.descendants().find(|node| node.attribute("class") == Some("legend"));
        let frame = legend.unwrap().children().find(|node| node.has_tag_name("rect")).unwrap();
        assert!(down + at.size[1] * scale <= number(&frame, "y"), "{people} {layout:?} {paper:?}");
        for (middle, half) in at.at.iter().zip(&at.extents) {
            for axis in 0..2 {
                assert!(
                    middle[axis] - half[axis] >= 0.0 && middle[axis] + half[axis] <= at.size[axis]
                );
            }
        }
        for text in svg.descendants().filter(|node| node.has_tag_name("text")) {
            let inside = text.ancestors().any(|node| node == drawing);
            let size = number(&text, "font-size") * if inside { scale } else { 1.0 };
            assert!(
                size >= 5.49 || text.parent().unwrap().attribute("class") == Some("axis"),
                "{size}"
            );
            if !inside {
                assert!(
                    number(&text, "y") <= page[3]
                        && number(&text, "x") + widest(&text) * 0.7 <= page[2],
                    "{text:?}"
                );
            }
        }
    }
}

/// The box of a label, from what the file says of it; letters are about as wide as in most fonts.
fn box_of(text: &Node<'_, '_>) -> [[f64; 2]; 2] {
    let size = number(text, "font-size");
    let half = text.text().unwrap().chars().count() as f64 * size * 0.3;
    let ([x, y], rise) = ([number(text, "x"), number(text, "y")], 0.35 * size);
    [[x - half, y - rise - size * 0.4], [x + half, y - rise + size * 0.4]]
}

fn meet(a: [[f64; 2]; 2], b: [[f64; 2]; 2]) -> bool {
    (0..2).all(|axis| a[0][axis] < b[1][axis] && b[0][axis] < a[1][axis])
}

fn check_room(map: &Map, layout: Layout, paper: Paper) {
    const TINY: f64 = 1e-6;
    let at = placed(map, layout);
    let sign = |place: usize| {
        let ([x, y], [a, b]) = (at.at[place], at.extents[place]);
        [[x - a + TINY, y - b + TINY], [x + a - TINY, y + b - TINY]]
    };
    let all = map.nodes.len();
    for one in 0..all {
        for other in 0..one {
            assert!(!meet(sign(one), sign(other)), "{layout:?}: {one} lies on {other}");
        }
    }
    let svg = Svg { paper, ..Svg::default() }.text(map, &at);
    let svg = Document::parse(&svg).unwrap();
    let mut labels = Vec::new();
    for (place, group) in groups(&svg, 'n').into_iter().enumerate() {
        for text in group.children().filter(|node| node.has_tag_name("text")) {
            let own = box_of(&text);
            for other in (0..all).filter(|&other| other != place) {
                assert!(
                    !meet(own, sign(other)),
                    "{layout:?}: the label of {place} lies on {other}"
                );
            }
            labels.push((place, own));
        }
    }
    for (one, a) in &labels {
        for (other, b) in &labels {
            assert!(one == other || !meet(*a, *b), "{layout:?}: labels of {one} and {other}");
        }
    }
}

#[test]
fn no_sign_lies_on_another_and_no_label_on_a_sign_that_is_not_its_own() {
    let people = prop::collection::vec(prop::sample::select(Part::ALL.to_vec()), 1..40);
    let ties = prop::collection::vec((0..40_usize, 0..40_usize), 0..80);
    let strategy = (people, ties, prop::sample::select(LAYOUTS.to_vec()), any::<bool>());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) };
    proptest::test_runner::TestRunner::new(config)
        .run(&strategy, |(parts, ties, layout, on_paper)| {
            let all = parts.len();
            let pairs: Vec<_> = ties.into_iter().map(|(from, to)| (from % all, to % all)).collect();
            let paper = if on_paper { Paper::A4 } else { Paper::Screen };
            check_room(&network(&parts, &pairs), layout, paper);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_has_no_room_on_the_page_is_said() {
    let map = ring(900);
    let svg = Svg { paper: Paper::A4, ..Svg::default() }.text(&map, &placed(&map, Layout::Force));
    let svg = Document::parse(&svg).unwrap();
    let with_label = |group: &Node<'_, '_>| group.children().any(|node| node.has_tag_name("text"));
    let without = groups(&svg, 'n').into_iter().filter(|group| !with_label(group)).count();
    assert!(without > 0);
    assert!(
        texts(&svg)
            .replace('\n', " ")
            .contains(&format!("{without} signs have no room for a label"))
    );
}
