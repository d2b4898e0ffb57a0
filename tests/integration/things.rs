//! Channels, places, identifiers and case files beside the people of a map.

use std::collections::BTreeSet;
use std::path::Path;

use kluwen::case::{Case, LinkKind, ReadOptions, read};
use kluwen::finding::{Map, Names, Part, Picture, TieKind, Use};
use kluwen::graph::{Network, Shared};
use kluwen::identity::Identities;

use crate::common::{on_case, raw, repository};

const ALL: usize = 100_000;

fn study() -> Case {
    read(&repository("graphs/study25"), &ReadOptions::default()).unwrap().case
}

fn map(case: &Case, picture: &Picture) -> Map {
    let identities = Identities::as_given(case);
    picture.draw(&Network::new(case, &identities.entities), &[], &[])
}

fn with(shared: Shared) -> Picture {
    Picture { most: ALL, with: vec![shared], ..Picture::default() }
}

/// The ties to things, each as the row that says so and the label of the thing.
fn ties(map: &Map, part: Part) -> BTreeSet<(String, String, &'static str)> {
    let edges = map.edges.iter().filter(|edge| map.nodes[edge.to].part == part);
    edges
        .flat_map(|edge| {
            let thing = &map.nodes[edge.to].label;
            edge.evidence.iter().map(|row| (raw(&row.row), raw(thing), edge.kind.code()))
        })
        .collect()
}

#[test]
fn first_contacts_and_advertisements_tie_people_to_channels() {
    let case = study();
    let drawn = ties(&map(&case, &with(Shared::Channels)), Part::Channel);
    let name = |id| {
        let channel = case.channels.iter().find(|channel| channel.channel == id).unwrap();
        case.text(channel.name).to_owned()
    };
    let contacts = case
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::FirstContact && link.channel.is_known())
        .map(|link| (case.place_of(&link.assertion), name(link.channel), "recruitment"));
    let ads = case
        .ads
        .iter()
        .filter(|ad| ad.channel.is_known())
        .filter(|ad| [ad.victim, ad.posted_by, ad.payer].iter().any(|who| who.is_known()))
        .map(|ad| (case.place_of(&ad.assertion), name(ad.channel), "advertising"));
    let expected: BTreeSet<_> = contacts.chain(ads).collect();
    assert!(expected.len() > 50);
    assert_eq!(drawn, expected);
}

#[test]
fn both_sides_of_a_first_contact_stand_at_its_channel() {
    let case = study();
    let map = map(&case, &with(Shared::Channels));
    let first = case.links.iter().find(|link| link.kind == LinkKind::FirstContact).unwrap();
    let row = case.place_of(&first.assertion);
    let ends: BTreeSet<Part> = map
        .edges
        .iter()
        .filter(|edge| edge.kind == TieKind::Use(Use::Recruitment))
        .filter(|edge| edge.evidence.iter().any(|one| one.row == row))
        .map(|edge| map.nodes[edge.from].part)
        .collect();
    assert_eq!(ends, BTreeSet::from([Part::Recruiter, Part::Victim]));
}

#[test]
fn an_identifier_stands_only_where_two_share_it() {
    let case = study();
    let map = map(&case, &with(Shared::Identifiers));
    let identifiers: Vec<usize> = (0..map.nodes.len())
        .filter(|&place| map.nodes[place].part == Part::Identifier)
        .collect();
    assert!(!identifiers.is_empty());
    for place in identifiers {
        let users: BTreeSet<usize> =
            map.edges.iter().filter(|edge| edge.to == place).map(|edge| edge.from).collect();
        assert!(users.len() > 1, "{:?}", map.nodes[place].label);
    }
}

#[test]
fn numbers_and_names_of_places_stay_hidden_and_those_of_victims_even_when_revealed() {
    let case = study();
    let values = || case.identifiers.iter().map(|one| case.text(one.value).to_owned());
    let labels = |names: Names, shared: Shared| -> BTreeSet<String> {
        let map = map(&case, &Picture { names, ..with(shared) });
        map.nodes.into_iter().filter(|node| !node.part.is_person()).map(|node| raw(&node.label)).collect()
    };
    let hidden = labels(Names::Codes, Shared::Identifiers);
    assert!(values().all(|value| !hidden.contains(&value)), "{hidden:?}");
    let shown = labels(Names::Revealed, Shared::Identifiers);
    assert!(values().any(|value| shown.contains(&value)), "somebody's number is shown when asked");
    let of_victims: BTreeSet<String> = case
        .identifiers
        .iter()
        .filter(|one| {
            case.roles.iter().any(|role| role.person == one.person && role.role.code() == "victim")
        })
        .map(|one| case.text(one.value).to_owned())
        .collect();
    assert!(shown.is_disjoint(&of_victims));
    let names: BTreeSet<String> =
        case.places.iter().map(|place| case.text(place.name).to_owned()).collect();
    assert!(labels(Names::Codes, Shared::Places).is_disjoint(&names));
}

#[test]
fn the_command_draws_them_and_says_what_they_are() {
    let drawn = on_case(
        "map",
        &repository("graphs/study25"),
        &["--with", "channels,places", "--with", "cases", "--most", "500"],
    );
    let dot = drawn.fine().stdout;
    for class in ["channel", "place", "case-file", "victim"] {
        assert!(dot.contains(&format!("class=\"{class}\"")), "{class}");
    }
    assert!(dot.contains("\"use of a channel, a place or a number\""));
    let dutch =
        on_case("map", &repository("graphs/study25"), &["--with", "channels", "--lang", "nl"]);
    let dutch = dutch.fine().stdout;
    assert!(dutch.contains("\"kanaal\"") && dutch.contains("Netwerkkaart: "));
}

#[test]
fn beside_case_files_nothing_else_is_drawn() {
    let refused = on_case(
        "map",
        Path::new("graphs/study25"),
        &["--network", "cases", "--with", "channels"],
    );
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("`--with` is for `--network people`"), "{}", refused.stderr);
}
