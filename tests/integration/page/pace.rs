//! Real maps and large ones.

use kluwen::Case;
use kluwen::case::LinkKind;
use kluwen::finding::{Map, MapEdge, MapNode, Part, Picture, Recruiters, TieKind};
use kluwen::graph::Network;
use kluwen::identity::Resolution;
use kluwen::output::{HtmlMap, Lang, Placed, Placement, Svg};

use super::open_text;
use crate::common::{raw, repository};
use crate::dice::Dice;

#[test]
fn the_study_is_drawn_and_its_first_recruiter_explained() {
    let case = Case::open(repository("graphs/study25")).unwrap();
    let identities = Resolution::default().of(&case).unwrap();
    let options = Recruiters { draws: 0, ..Recruiters::default() };
    let recruiters = options.find(&case, &identities).unwrap();
    let network = Network::new(&case, &identities.entities);
    let map = Picture::default().draw(&network, &recruiters, &[]);
    let placed = Placement::default().of(&map).unwrap();
    let svg = Svg::default().text(&map, &placed);
    let html = HtmlMap::default().text(&map, &placed, &svg);
    let (people, ties) = (map.people(), map.edges.len());
    let first = map.nodes.iter().find(|node| node.recurrence.is_some_and(|(rank, _)| rank == 1));
    let first = raw(&first.unwrap().label);
    let mut page = open_text(&html, map);
    page.shows(people, ties);
    page.browser.click_on("#v-panel ol button");
    assert_eq!(page.chosen(), first);
    let panel = page.panel();
    assert!(panel.contains("Episode 2") && panel.contains("links.csv:"), "{panel}");
    page.browser.click_on("#v-panel details table");
    page.is_quiet();
}

/// Many people in rows, tied at random.
fn crowd(people: u16, ties: usize) -> (Map, Placed) {
    let mut dice = Dice::new(1);
    let parts = [Part::Recruiter, Part::Victim, Part::Client, Part::Unknown];
    let node = |place: u16| MapNode {
        community: Some(usize::from(place / 50)),
        ..MapNode::new(format!("E{place}").into(), parts[usize::from(place % 4)])
    };
    let kinds = [LinkKind::Recruited, LinkKind::Contact, LinkKind::Paid, LinkKind::Friend];
    let edge = |_| MapEdge {
        from: dice.below(people.into()),
        to: dice.below(people.into()),
        kind: TieKind::Link(kinds[dice.below(4)]),
        count: 1.0,
        certainty: [0.3, 0.6, 0.9][dice.below(3)],
        when: kluwen::case::When::UNRECORDED,
        evidence: Vec::new(),
    };
    let edges = (0..ties).map(edge).collect();
    let map = Map { nodes: (0..people).map(node).collect(), edges, ..Map::default() };
    let at = (0..people).map(|place| [f64::from(place % 70) * 60.0, f64::from(place / 70) * 45.0]);
    let placed = Placed {
        at: at.collect(),
        extents: vec![[18.0, 12.0]; people.into()],
        size: [4200.0, 3300.0],
        axis: None,
        centers: Vec::new(),
    };
    (map, placed)
}

#[test]
fn a_sign_among_five_thousand_is_dragged_within_a_frame() {
    const MOST: f64 = 16.0;
    let (map, placed) = crowd(5000, 15_000);
    let (at, html) = (placed.at[2485], HtmlMap { lang: Lang::En }.text(&map, &placed, ""));
    let mut page = open_text(&html, map);
    page.shows(5000, 15_000);
    page.browser.until("document.querySelector('#v-canvas').dataset.fine === 'yes'");
    let [x, y] = page.screen(at);
    page.browser.eval(
        "window.took = []; new MutationObserver(() => window.took.push(Number(document.querySelector('#v-canvas').dataset.frame)))\
         .observe(document.querySelector('#v-canvas'), { attributeFilter: ['data-frame'] })",
    );
    page.browser.drag([x, y], [x + 120.0, y + 60.0], 60);
    let took = page.browser.eval("window.took.sort((a, b) => a - b)[window.took.length >> 1]");
    let took = took.as_f64().unwrap();
    assert!(took < MOST, "a frame takes {took} ms");
    page.is_quiet();
}
