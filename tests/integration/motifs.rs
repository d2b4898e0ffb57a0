//! Are the motifs of the trade counted as they are defined, whatever the days within the dates?

use std::fmt::Write as _;
use std::path::Path;

use kluwen::case::{ReadOptions, Taken, read};
use kluwen::finding::{Analysis, Motif, Motifs};
use kluwen::identity::Identities;
use proptest::prelude::*;

use crate::common::{Folder, on_case, repository};

const ROLES: &str = "case_id,person_id,role,status\nc1,a,recruiter,suspect\nc1,b,exploiter,suspect\n\
    c1,s,professional,\nc1,k,client,\nc1,v,victim,victim\nc1,w,victim,victim\nc1,x,victim,victim\n";
const PEOPLE: &str = "person_id\na\nb\nk\ns\nv\nw\nx\n";

/// A case of these links: from, to, kind, start, end, about.
fn case(links: &[[&str; 6]]) -> Folder {
    let mut table = "from,to,kind,case_id,start,end,about\n".to_owned();
    for [from, to, kind, start, end, about] in links {
        writeln!(table, "{from},{to},{kind},c1,{start},{end},{about}").unwrap();
    }
    Folder::of(&[("people.csv", PEOPLE), ("roles.csv", ROLES), ("links.csv", &table)])
}

fn taken(path: &Path) -> Taken {
    read(path, &ReadOptions::default()).expect("a sound case")
}

fn found(folder: &Folder, options: Motifs) -> Vec<Motif> {
    let taken = taken(folder.path());
    options.find(&taken.case, &Identities::as_given(&taken.case)).unwrap()
}

fn named<'a>(found: &'a [Motif], name: &str) -> &'a Motif {
    found.iter().find(|motif| motif.motif == name).unwrap()
}

fn counts(found: &[Motif]) -> Vec<(u32, u32)> {
    found.iter().map(|motif| (motif.count, motif.certain)).collect()
}

#[test]
fn each_motif_is_found_where_it_was_put() {
    let folder = case(&[
        ["a", "v", "recruited", "2020-01-01", "", ""],
        ["a", "w", "recruited", "2020-03-01", "", ""],
        ["b", "v", "exploited", "2020-02-01", "2020-04-01", ""],
        ["b", "v", "contact_after", "2021-01-01", "", ""],
        ["b", "v", "advertised", "2020-02-05", "", ""],
        ["k", "v", "client_of", "2020-02-06", "", ""],
        ["v", "x", "recruited", "2020-05-01", "", ""],
        // None of these is an act: of a professional, of one whose date is unknown, upon nobody who is a victim.
        ["s", "x", "first_contact", "2020-01-02", "", ""],
        ["a", "x", "recruited", "", "", ""],
        ["a", "b", "accomplice", "2020-01-05", "", ""],
    ]);
    let found = found(&folder, Motifs::default());
    let names: Vec<&str> = found.iter().map(|motif| motif.motif).collect();
    let all =
        ["repeat_recruit", "handover", "recruit_ad_client", "return", "victim_recruits_victim"];
    assert_eq!(names, all);
    assert_eq!(counts(&found), [(1, 1); 5], "{found:#?}");
    let shown = |name| {
        let one = &named(&found, name).instances[0];
        (one.people.join(" "), one.rows.join(" "))
    };
    assert_eq!(shown("repeat_recruit"), ("E1 V1 V2".into(), "links.csv:2 links.csv:3".into()));
    assert_eq!(shown("handover"), ("E1 V1 E2".into(), "links.csv:2 links.csv:4".into()));
    assert_eq!(shown("recruit_ad_client").1, "links.csv:2 links.csv:6 links.csv:7");
    assert_eq!(shown("return"), ("E2 V1".into(), "links.csv:4 links.csv:5".into()));
    assert_eq!(shown("victim_recruits_victim").0, "E1 V1 V3");
    let protected = named(&found, "victim_recruits_victim");
    assert!(protected.protected && found.iter().filter(|motif| motif.protected).count() == 1);
    assert_eq!(protected.instances[0].above[0].to_string(), "E2", "who exploited her");
    assert_eq!(named(&found, "repeat_recruit").undated, 1);
}

#[test]
fn a_victim_is_in_no_motif_of_offenders_as_an_actor() {
    let taken = taken(&repository("graphs/study25"));
    let identities = Identities::as_given(&taken.case);
    let found = Analysis::default().motifs.find(&taken.case, &identities).unwrap();
    assert!(found.iter().any(|motif| motif.count > 0));
    for motif in &found {
        for one in &motif.instances {
            assert!(one.people[0].starts_with('E'), "{one:?}");
            assert!(one.people[1].starts_with('V'), "{one:?}");
        }
    }
}

#[test]
fn dates_that_stand_together_are_told_from_dates_at_random() {
    // Each of 12 offenders brings in two victims within a fortnight, years apart from the others.
    let (mut people, mut roles, mut links) = (
        "person_id\n".to_owned(),
        "case_id,person_id,role,status\n".to_owned(),
        "from,to,kind,case_id,start\n".to_owned(),
    );
    for at in 0..12 {
        writeln!(people, "a{at}\nv{at}\nw{at}").unwrap();
        writeln!(
            roles,
            "c{at},a{at},recruiter,suspect\nc{at},v{at},victim,victim\nc{at},w{at},victim,victim"
        )
        .unwrap();
        let year = 2000 + at;
        writeln!(
            links,
            "a{at},v{at},recruited,c{at},{year}-06-01\na{at},w{at},recruited,c{at},{year}-06-12"
        )
        .unwrap();
    }
    let files = [("people.csv", people), ("roles.csv", roles), ("links.csv", links)];
    let found = found(&Folder::of(&files), Motifs::default());
    let repeat = named(&found, "repeat_recruit");
    assert_eq!((repeat.count, repeat.certain, repeat.draws), (12, 12, 200));
    assert!(
        repeat.p == Some(1.0 / 201.0) && repeat.z > Some(5.0) && !repeat.underpowered,
        "{repeat:?}"
    );
    let none = named(&found, "handover");
    assert_eq!((none.count, none.p, none.underpowered), (0, Some(1.0), true));
}

#[test]
fn what_has_no_dates_is_underpowered_and_not_an_error() {
    let folder = case(&[["a", "v", "recruited", "", "", ""], ["a", "w", "recruited", "", "", ""]]);
    for motif in found(&folder, Motifs::default()) {
        assert!(motif.underpowered && motif.count == 0 && motif.p.is_none(), "{motif:?}");
    }
    assert_eq!(named(&found(&folder, Motifs::default()), "repeat_recruit").undated, 2);
    let taken = taken(folder.path());
    let none = Motifs { draws: 0, ..Motifs::default() };
    assert!(none.find(&taken.case, &Identities::as_given(&taken.case)).is_err());
}

/// An act of the slow count: who, upon whom, whether it takes her rather than brings her in, and between which days.
type Told = (usize, usize, bool, i32, i32);

fn acts() -> impl Strategy<Value = Vec<Told>> {
    let act = (0..2_usize, 0..3_usize, any::<bool>(), 1..20_i32, 0..5_i32);
    proptest::collection::vec(
        act.prop_map(|(a, v, takes, day, more)| (a, v, takes, day, day + more)),
        0..9,
    )
}

/// Whether some and whether all choices of days have the second of two acts after the first, or on either side of it, within `delta`.
fn within(one: Told, other: Told, delta: i32, ordered: bool) -> (bool, bool) {
    let fits = |a: i32, b: i32| {
        if ordered { (0..=delta).contains(&(b - a)) } else { (b - a).abs() <= delta }
    };
    let days = (one.3..=one.4).flat_map(|a| (other.3..=other.4).map(move |b| fits(a, b)));
    let all: Vec<bool> = days.collect();
    (all.contains(&true), !all.contains(&false))
}

fn first(acts: &[Told], of: impl Fn(&Told) -> bool) -> Option<Told> {
    acts.iter().copied().filter(of).min_by_key(|act| (act.3, act.4))
}

fn tally(all: impl Iterator<Item = (bool, bool)>) -> (u32, u32) {
    let kept: Vec<(bool, bool)> = all.filter(|one| one.0).collect();
    (
        u32::try_from(kept.len()).unwrap(),
        u32::try_from(kept.iter().filter(|one| one.1).count()).unwrap(),
    )
}

fn slow_repeats(acts: &[Told], delta: i32) -> (u32, u32) {
    let pairs = (0..2).flat_map(|actor| {
        let mut firsts: Vec<Told> = (0..3)
            .filter_map(|victim| first(acts, |act| act.0 == actor && act.1 == victim && !act.2))
            .collect();
        firsts.sort_by_key(|act| (act.3, act.4));
        firsts.windows(2).map(|two| within(two[0], two[1], delta, false)).collect::<Vec<_>>()
    });
    tally(pairs)
}

fn slow_handovers(acts: &[Told], delta: i32) -> (u32, u32) {
    let pairs = (0..3).flat_map(|victim| (0..2).map(move |taker| (victim, taker)));
    tally(pairs.filter_map(|(victim, taker)| {
        let takes = first(acts, |act| act.0 == taker && act.1 == victim && act.2)?;
        let brings = first(acts, |act| act.0 == 1 - taker && act.1 == victim && !act.2)?;
        Some(within(brings, takes, delta, true))
    }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn counts_are_those_of_all_choices_of_days(acts in acts(), delta in 0..12_i32) {
        let names = [["a", "b"].as_slice(), &["v", "w", "x"]];
        let texts: Vec<(String, Told)> =
            acts.iter().map(|&act| (format!("2020-01-{:02}/2020-01-{:02}", act.3, act.4), act)).collect();
        let links: Vec<[&str; 6]> = texts
            .iter()
            .map(|(when, act)| {
                let kind = if act.2 { "controlled" } else { "recruited" };
                [names[0][act.0], names[1][act.1], kind, when.as_str(), "", ""]
            })
            .collect();
        let options = Motifs { delta: u32::try_from(delta).unwrap(), draws: 1, ..Motifs::default() };
        let found = counts(&found(&case(&links), options));
        prop_assert_eq!(found[0], slow_repeats(&acts, delta));
        prop_assert_eq!(found[1], slow_handovers(&acts, delta));
    }
}

#[test]
fn the_command_prints_motifs_and_instances() {
    let case = repository("graphs/study25");
    let table = on_case("motifs", &case, &[]).fine();
    assert!(table.stdout.contains("repeat_recruit"), "{table:#?}");
    let wide = on_case("motifs", &case, &["--delta", "3650", "--format", "json"]).fine().json();
    let narrow = on_case("motifs", &case, &["--delta", "0", "--format", "json"]).fine().json();
    for at in 0..3 {
        assert!(
            wide[at]["count"].as_u64() >= narrow[at]["count"].as_u64(),
            "{}",
            wide[at]["motif"]
        );
    }
    let rows = on_case("motifs", &case, &["--instances", "--format", "csv"]).fine();
    assert!(rows.stdout.lines().count() > 1 && rows.stdout.contains("links.csv:"));
    assert!(!rows.stdout.contains("p1,"), "people stand by their codes");
    let none = on_case("motifs", &case, &["--draws", "0"]);
    assert_eq!(none.code, Some(2));
}
