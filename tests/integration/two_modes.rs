//! Are people and case files drawn, tied and looked at as asked?

use kluwen::Case;
use kluwen::finding::{Part, Picture};
use kluwen::graph::{Network, View};
use kluwen::identity::Entities;
use kluwen::output::Dot;

use crate::common::{Folder, on_case, repository};

/// Two people share a file, one of them is in a second one, and nobody has a link.
const ROLES: [(&str, &str); 2] = [
    ("people.csv", "person_id,name\np1,Anna\np2,Bram\np3,Cees\n"),
    (
        "roles.csv",
        "case_id,person_id,role,start,team\nc1,p1,driver,2019,a\nc1,p2,host,2020,b\nc2,p2,host,2020,a\n",
    ),
];

#[test]
fn a_map_of_roles_shows_people_and_files() {
    let folder = Folder::of(&ROLES);
    let case = Case::open(folder.path()).unwrap();
    let entities = Entities::as_given(&case);
    let map = Picture::default().draw_cases(&Network::new(&case, &entities));
    let files = map.nodes.iter().filter(|node| node.part == Part::CaseFile).count();
    assert_eq!((map.people(), files, map.edges.len()), (2, 2, 3));
    let dot = Dot::default().text(&map, None);
    assert!(dot.contains("class=\"case-file\"") && !dot.contains("Anna"), "{dot}");
}

#[test]
fn a_small_map_of_many_leaves_nobody_alone() {
    let case = Case::open(repository("graphs/study25")).unwrap();
    let entities = Entities::as_given(&case);
    let picture = Picture { most: 30, ..Picture::default() };
    let map = picture.draw_cases(&Network::new(&case, &entities));
    assert!(map.nodes.len() <= 30 && map.people() > 0);
    for place in 0..map.nodes.len() {
        assert!(map.edges.iter().any(|edge| edge.from == place || edge.to == place), "{place}");
    }
}

#[test]
fn a_view_chooses_roles_too() {
    let folder = Folder::of(&ROLES);
    let case = Case::open(folder.path()).unwrap();
    let entities = Entities::as_given(&case);
    let network = Network::new(&case, &entities);
    let ties = |view: View| network.people_by_cases(&view).csr.edge_count();
    assert_eq!(ties(View::default()), 3);
    assert_eq!(ties(View { cases: vec!["c1".into()], ..View::default() }), 2);
    let late = kluwen::case::When::parse("2020").ok();
    assert_eq!(ties(View { during: late, ..View::default() }), 2);
    let team = vec![("team".to_owned(), "a".to_owned())];
    assert_eq!(ties(View { attributes: team, ..View::default() }), 2);
}

#[test]
fn a_path_runs_through_a_shared_file() {
    let folder = Folder::of(&ROLES);
    let path = ["p1", "p2", "--network", "cases", "--format", "csv"];
    let ran = on_case("path", folder.path(), &path).fine();
    assert!(ran.stdout.contains("1,1,E1,p1,case c1,c1,driver,roles.csv:2,2\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1,2,case c1,c1,E2,p2,host,roles.csv:3,2\n"), "{}", ran.stdout);
}

#[test]
fn a_map_without_links_says_what_else_there_is() {
    let folder = Folder::of(&ROLES);
    let ran = on_case("map", folder.path(), &[]).fine();
    assert!(ran.stderr.contains("--network cases"), "{}", ran.stderr);
}

#[test]
fn a_slip_in_a_filter_is_told() {
    let folder = Folder::of(&ROLES);
    for (filter, told) in [
        (["--case-file", "c99"], "no row is of such a case"),
        (["--where", "foo=1"], "no row has such a column"),
    ] {
        let ran = on_case("rank", folder.path(), &filter);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}
