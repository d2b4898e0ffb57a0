//! Does an engine make the graph that this machine makes of the same tables, and do `rank` and `group` say the same of it?

use kluwen::case::{Basis, Case, LinkKind, ReadOptions, Role, When, read};
use kluwen::cluster::fetch::Fetching;
use kluwen::cluster::network::{Between, Flattening, OwnColumns, Who};
use kluwen::cluster::{Called, CaseTables, Run, SqlEngine, put_entities};
use kluwen::graph::{Direction, Flat, Isolates, Mode, Network, View, Weight};
use kluwen::identity::Entities;
use tempfile::TempDir;

use crate::cases::{Tables, kluwen, study, text};
use crate::client::connect;
use crate::engine::{engine, spark};

/// Views of which each looks at something else.
fn views() -> Vec<View> {
    let all = View::default();
    vec![
        all.clone(),
        View { isolates: Isolates::Keep, ..all.clone() },
        View { during: When::parse("2019").ok(), ..all.clone() },
        View { kinds: vec![LinkKind::Recruited, LinkKind::FirstContact], ..all.clone() },
        View { cases: vec!["c2".into(), "c17".into()], certainty: 0.6, ..all.clone() },
        View {
            basis: Some(Basis::Fact),
            without: vec![Role::Professional, Role::Client],
            isolates: Isolates::Keep,
            ..all.clone()
        },
        View { attributes: vec![("nowhere".into(), "x".into())], ..all },
    ]
}

fn here(network: &Network<'_>, asked: &Flattening<'_>) -> Flat<Mode> {
    match asked.between {
        Between::People => {
            let Flat { csr, nodes, left_out } =
                network.flatten(asked.view, asked.direction, asked.weight);
            Flat { csr, nodes: nodes.into_iter().map(Mode::Person).collect(), left_out }
        }
        Between::PeopleAndCases => network.people_by_cases(asked.view),
        Between::VictimsAndChannels => network.victims_by_channels(asked.view),
        Between::ActorsAndVictims => network.actors_by_victims(asked.view),
        Between::PeopleAndChannels => network.people_by_channels(asked.view),
        Between::PeopleAndPlaces => network.people_by_places(asked.view),
    }
}

fn compare(
    engine: &mut dyn SqlEngine,
    work: &str,
    case: &Case,
    entities: &Entities,
    asked: &Flattening<'_>,
) -> usize {
    let who = Who::of(case, entities, asked.between, &Called::AsHere);
    who.put(engine, work).expect("who is who");
    let own = OwnColumns::of(engine).expect("tables");
    let size = asked.make(&mut Run::new(engine, work), &who, &own).expect("a graph");
    let there = Fetching::default().flat(engine, asked, &who, &size).expect("fetched");
    let here = here(&Network::new(case, entities), asked);
    assert_eq!(there.nodes, here.nodes, "{asked:?}");
    assert_eq!(there.left_out, here.left_out, "{asked:?}");
    if asked.weight != Weight::Chance {
        assert_eq!(there.csr, here.csr, "{asked:?}");
    }
    // Chances are multiplied in another order.
    for u in here.csr.nodes() {
        assert_eq!(there.csr.neighbors(u), here.csr.neighbors(u), "{asked:?}");
        for (got, want) in there.csr.edges_of(u).zip(here.csr.edges_of(u)) {
            assert!((got.1 - want.1).abs() < 1e-14, "{asked:?}: {got:?} {want:?}");
        }
    }
    assert_eq!(size.edges, here.csr.edge_count() as u64);
    here.csr.edge_count()
}

#[test]
fn graphs_are_node_for_node_those_of_this_machine() {
    let tables = Tables::of(&study(), true);
    let taken = read(&tables.case(), &ReadOptions::default()).expect("the study");
    let entities = Entities::as_given(&taken.case);
    let (mut engine, folder) = (connect(&engine()), TempDir::new().expect("a folder"));
    let work = text(folder.path()).to_owned();
    CaseTables::open(&mut engine, text(&tables.case()), &work).expect("tables");
    put_entities(&mut engine, &taken.case, &entities, &Called::AsHere, &work).expect("who is who");
    let mut edges = 0;
    for (at, view) in views().iter().enumerate() {
        let weights = [Weight::None, Weight::Count, Weight::Certainty, Weight::Chance];
        let direction = if at % 2 == 0 { Direction::Undirected } else { Direction::Directed };
        for weight in if at < 2 { &weights[..] } else { &weights[at % 4..=at % 4] } {
            let asked = Flattening { between: Between::People, view, direction, weight: *weight };
            edges += compare(&mut engine, &work, &taken.case, &entities, &asked);
        }
        for between in [
            Between::PeopleAndCases,
            Between::VictimsAndChannels,
            Between::ActorsAndVictims,
            Between::PeopleAndChannels,
            Between::PeopleAndPlaces,
        ] {
            let asked = Flattening { between, view, direction, weight: Weight::None };
            edges += compare(&mut engine, &work, &taken.case, &entities, &asked);
        }
    }
    assert!(edges > 2000, "{edges} edges show little");
}

#[test]
fn spark_makes_the_same_graphs() {
    let tables = Tables::of(&study(), true);
    let taken = read(&tables.case(), &ReadOptions::default()).expect("the study");
    let entities = Entities::as_given(&taken.case);
    let (mut engine, folder) = (connect(&spark()), TempDir::new().expect("a folder"));
    let work = text(folder.path()).to_owned();
    CaseTables::open(&mut engine, text(&tables.case()), &work).expect("tables");
    put_entities(&mut engine, &taken.case, &entities, &Called::AsHere, &work).expect("who is who");
    let always = View { without: vec![Role::Client], certainty: 0.1, ..View::default() };
    // Roles are not dated in this case.
    let dated = View { during: When::parse("2019/2021").ok(), ..always.clone() };
    let direction = Direction::Directed;
    for (between, view, weight) in [
        (Between::People, &dated, Weight::Chance),
        (Between::People, &dated, Weight::Certainty),
        (Between::PeopleAndCases, &always, Weight::None),
        (Between::VictimsAndChannels, &always, Weight::None),
        (Between::ActorsAndVictims, &dated, Weight::None),
        (Between::PeopleAndChannels, &dated, Weight::None),
    ] {
        let asked = Flattening { between, view, direction, weight };
        let edges = compare(&mut engine, &work, &taken.case, &entities, &asked);
        assert!(edges > 10, "{edges} edges show little");
    }
}

#[test]
fn ranks_are_the_same_rows() {
    let tables = Tables::of(&study(), false);
    for words in [
        &["rank"][..],
        &["rank", "--identity", "given", "--directed", "--normalized", "--top", "5"],
        &["rank", "--by", "strength", "--weight", "count"],
        &["rank", "--by", "core", "--during", "2019/2020", "--isolates"],
        &["rank", "--by", "degree", "--network", "channels"],
        &["rank", "--by", "degree", "--network", "victims", "--without", "professional"],
        &["rank", "--by", "betweenness", "--kind", "recruited,first_contact,groomed"],
        &["rank", "--by", "closeness", "--length", "certainty", "--facts-only"],
        &["rank", "--by", "two-mode-degree", "--network", "cases"],
        &["rank", "--by", "brokerage"],
        &["rank", "--by", "cut"],
    ] {
        tables.same(words);
    }
}

#[test]
fn groups_are_the_same_rows() {
    let tables = Tables::of(&study(), false);
    for words in [
        &["group"][..],
        &["group", "--by", "components"],
        &["group", "--by", "louvain", "--network", "cases", "--resolution", "1.5"],
        &["group", "--by", "leiden", "--network", "victims", "--quality", "barber"],
        &["group", "--by", "map-equation", "--directed", "--weight", "certainty"],
    ] {
        let [own, its] = tables.both(words);
        assert_eq!((own.code, its.code), (Some(0), Some(0)), "{words:?}: {}", its.stderr);
        // The quality alone is a sum of real numbers, which the engine adds in another order.
        let value = |text: &str| -> serde_json::Value { serde_json::from_str(text).expect("JSON") };
        let (mut own, mut its) = (value(&own.stdout), value(&its.stdout));
        let quality =
            |of: &mut serde_json::Value| of["quality"].take().as_f64().expect("a quality");
        assert!((quality(&mut own) - quality(&mut its)).abs() < 1e-12, "{words:?}");
        assert_eq!(own, its, "{words:?}");
    }
}

/// Ranks by node, from rows of JSON.
fn ranked(stdout: &str, name: &str) -> Vec<(String, f64)> {
    let rows: serde_json::Value = serde_json::from_str(stdout).expect("JSON");
    let row = |row: &serde_json::Value| {
        (row["code"].as_str().expect("a code").to_owned(), row[name].as_f64().expect("a score"))
    };
    let mut rows: Vec<_> = rows.as_array().expect("rows").iter().map(row).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

#[test]
fn ranks_that_are_real_numbers_are_near() {
    let tables = Tables::of(&study(), false);
    for (words, name) in [
        (&["rank", "--by", "pagerank"][..], "pagerank"),
        (&["rank", "--by", "pagerank", "--directed", "--weight", "chance"], "pagerank"),
        (&["rank", "--by", "birank", "--network", "channels"], "birank"),
    ] {
        let [own, its] = tables.both(words);
        assert_eq!((own.code, its.code), (Some(0), Some(0)), "{words:?}: {}", its.stderr);
        let (own, its) = (ranked(&own.stdout, name), ranked(&its.stdout, name));
        assert_eq!(own.len(), its.len());
        for (own, its) in own.iter().zip(&its) {
            assert_eq!(own.0, its.0);
            assert!((own.1 / its.1 - 1.0).abs() < 1e-9, "{words:?}: {own:?} {its:?}");
        }
    }
}

#[test]
fn what_cannot_be_done_there_says_why() {
    let tables = Tables::of(&study(), false);
    let few = ["--fetch-most", "40"];
    let [ignored, refused] = tables.both(&[&["rank", "--by", "betweenness"][..], &few].concat());
    assert!(ignored.stderr.contains("would be ignored"), "{}", ignored.stderr);
    assert_eq!(refused.code, Some(4), "{}", refused.stderr);
    assert!(refused.stderr.contains("--fetch-most"), "{}", refused.stderr);
    for (words, why) in [
        (&["rank", "--robust"][..], "drawn anew"),
        (&["rank", "--by", "broadcast"], "the day of each link"),
        (&["group", "--over-time", "90"], "the day of each link"),
        (&["rank", "--where", "nowhere=x"], "no row has such a column"),
        (&["ties", "--all"], "every pair"),
        (&["ties", "--cut"], "the whole graph"),
    ] {
        let its = &tables.both(words)[1];
        assert_eq!(its.code, Some(2), "{words:?}: {}", its.stderr);
        assert!(its.stderr.contains(why), "{words:?}: {}", its.stderr);
    }
}

#[test]
fn a_job_has_all_that_its_program_stands_on() {
    let tables = Tables::of(&study(), false);
    let (case, folder) = (tables.case(), TempDir::new().expect("a folder"));
    let job = folder.path().join("job.py");
    let emit = format!("emit:{}", text(&job));
    let write = |words: &[&str]| kluwen(&[words, &[text(&case), "--engine", &emit]].concat());
    for (words, program) in [
        (&["rank", "--by", "pagerank", "--network", "channels"][..], "pagerank"),
        (&["group", "--by", "components", "--during", "2019"], "components"),
    ] {
        let ran = write(words);
        assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.stderr);
        let text = std::fs::read_to_string(&job).expect("a job");
        for part in
            [&format!("NAME = \"{program}\""), "\"links.parquet\"", "\"entities\"", "\"ties\""]
        {
            assert!(text.contains(part), "{words:?}: no {part}");
        }
    }
    let refused = write(&["rank", "--by", "betweenness"]);
    assert!(refused.stderr.contains("a job cannot fetch a graph"), "{}", refused.stderr);
}
