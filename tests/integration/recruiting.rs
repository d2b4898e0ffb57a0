//! Do lists of recruiters keep victims out, hold in every reading of who is who, and read nothing they may not?

use std::collections::BTreeSet;
use std::fs;

use kluwen::Case;
use kluwen::case::Code as _;
use kluwen::case::{LinkKind, Role, Status};
use kluwen::finding::{
    Across, Caution, Episodes, EvidenceWeights, Recruiter, Recruiters, Recruiting,
};
use kluwen::identity::{Identities, Samples};
use proptest::prelude::*;

use crate::common::{Folder, on_case, repository};

fn study() -> Case {
    Case::open(repository("graphs/study25")).unwrap()
}

fn quick() -> Recruiters {
    Recruiters { draws: 20, ..Recruiters::default() }
}

fn json(found: &Recruiting) -> String {
    let all = (&found.recruiters, &found.withheld, &found.leads, &found.measured);
    serde_json::to_string(&all).unwrap()
}

/// A case in which `a` and `b` recruit once each, and `w` recruits twice.
fn three() -> Folder {
    Folder::of(&[
        ("people.csv", "person_id\na\nb\nw\nv1\nv2\nv3\nv4\nx\n"),
        (
            "roles.csv",
            "case_id,person_id,role\nc1,a,recruiter\nc2,b,recruiter\nc3,w,recruiter\nc4,w,recruiter\n\
             c1,v1,victim\nc2,v2,victim\nc3,v3,victim\nc4,v4,victim\nc5,x,victim\n",
        ),
        (
            "links.csv",
            "from,to,kind,case_id,source\na,v1,recruited,c1,s1\nb,v2,recruited,c2,s2\n\
             w,v3,recruited,c3,s3\nw,v4,recruited,c4,s4\n",
        ),
    ])
}

/// The identities of [`three`] where `b` is `a` in so many of ten samples, and `w` is `x` in so many.
fn identities(case: &Case, same: usize, victim: usize) -> Identities {
    let row = |id: &str| {
        let row = case.people.iter().position(|one| case.text(one.person) == id).unwrap();
        u32::try_from(row).unwrap()
    };
    let sample = |number: usize| -> Vec<u32> {
        let mut labels: Vec<u32> = (0..8).collect();
        if number < same {
            labels[row("b") as usize] = row("a");
        }
        if number < victim {
            labels[row("x") as usize] = row("w");
        }
        labels
    };
    let samples = Samples::new((0..10).map(sample).collect());
    Identities { samples, ..Identities::as_given(case) }
}

fn of<'a>(found: &'a [Recruiter], id: &str) -> Option<&'a Recruiter> {
    found.iter().find(|one| one.person_ids == [id])
}

#[test]
fn a_recurrence_is_the_mean_over_the_readings_of_who_is_who() {
    let folder = three();
    let case = Case::open(folder.path()).unwrap();
    let at = |same| {
        let found = quick().look(&case, &identities(&case, same, 0)).unwrap().recruiters;
        of(&found, "a").map_or(0.0, |one| one.recurrence)
    };
    assert!(at(0) < 0.01 && at(10) > 0.5);
    assert!((at(3) - 0.3 * at(10)).abs() < 1e-12);
    let all = quick().look(&case, &identities(&case, 3, 0)).unwrap().recruiters;
    // In each reading a person counts once, and so `b` is not listed for what `a` stands for.
    assert!(of(&all, "a").is_some() && of(&all, "b").is_none());
}

#[test]
fn samples_that_all_say_the_same_change_nothing() {
    let case = study();
    let same: Vec<u32> = (0..).take(case.people.len()).collect();
    let sampled =
        Identities { samples: Samples::new(vec![same; 4]), ..Identities::as_given(&case) };
    let recurrences = |identities: &Identities| -> Vec<(usize, u64)> {
        let found = quick().find(&case, identities).unwrap();
        found.iter().map(|one| (one.rank, one.recurrence.to_bits())).collect()
    };
    assert_eq!(recurrences(&sampled), recurrences(&Identities::as_given(&case)));
}

#[test]
fn who_may_be_a_victim_is_cautioned_and_who_probably_is_one_is_in_no_list() {
    let folder = three();
    let case = Case::open(folder.path()).unwrap();
    let found = |victim| quick().look(&case, &identities(&case, 0, victim)).unwrap();
    let sure = of(&found(0).recruiters, "w").unwrap().recurrence;
    let doubted = found(4);
    let one = of(&doubted.recruiters, "w").unwrap();
    assert!((one.recurrence - 0.6 * sure).abs() < 1e-12);
    assert!(
        one.cautions
            .iter()
            .any(|caution| caution.to_string().contains("victim in some case (40%)"))
    );
    let withheld = found(5);
    assert!(of(&withheld.recruiters, "w").is_none());
    assert_eq!(withheld.withheld[0].person_ids, ["w"]);
}

#[test]
fn samples_of_another_case_are_an_error() {
    let case = study();
    for labels in [vec![0; 3], vec![u32::MAX; case.people.len()]] {
        let samples = Samples::new(vec![labels]);
        let identities = Identities { samples, ..Identities::as_given(&case) };
        assert!(quick().find(&case, &identities).is_err());
    }
}

#[test]
fn a_crowd_in_one_case_and_one_person_in_many_cases_are_taken_calmly() {
    let crowd = |n: usize| format!("c0,o{n},offender\n");
    let victim = |n: usize| format!("c0,v{n},victim\n");
    let many = |n: usize| format!("d{n},r,recruiter\nd{n},v{n},victim\n");
    let people = |letter: char, count: usize| -> String {
        (0..count).map(|n| format!("{letter}{n}\n")).collect::<Vec<_>>().concat()
    };
    let roles: String = (0..3000).map(crowd).chain((0..90).map(victim)).collect();
    let roles = roles + &(0..2000).map(many).collect::<String>();
    let folder = Folder::of(&[
        ("people.csv", format!("person_id\nr\n{}{}", people('o', 3000), people('v', 2000))),
        ("roles.csv", format!("case_id,person_id,role\n{roles}")),
    ]);
    let case = Case::open(folder.path()).unwrap();
    let found = Recruiters { draws: 2, ..Recruiters::default() }
        .find(&case, &Identities::as_given(&case))
        .unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].person_ids == ["r"] && found[0].recurrence > 0.99);
}

#[test]
fn sex_birth_and_columns_of_one_s_own_change_nothing() {
    let people = fs::read_to_string(repository("graphs/study25/people.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(people.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |name: &str| header.iter().position(|one| one == name).unwrap();
    let mut written = csv::Writer::from_writer(Vec::new());
    let own = ["ethnicity", "nationality"];
    written.write_record(header.iter().chain(own)).unwrap();
    for (at, row) in rows.iter().enumerate() {
        let other = &rows[(at * 7 + 3) % rows.len()];
        let cell = |at: usize| {
            let permuted = at == column("sex") || at == column("birth");
            if permuted { &other[at] } else { &row[at] }
        };
        let cells: Vec<&str> = (0..header.len()).map(cell).collect();
        let own = [["x", "y", "z"][at % 3], ["q", "r"][at % 2]];
        written.write_record(cells.iter().copied().chain(own)).unwrap();
    }
    let folder = Folder::of(&[("people.csv", written.into_inner().unwrap())]);
    for name in ["roles", "links", "cases", "channels", "places", "identifiers", "ads"] {
        let name = format!("{name}.csv");
        let bytes = fs::read(repository("graphs/study25").join(&name)).unwrap();
        folder.write(&name, bytes);
    }
    let find = |case: &Case| json(&quick().look(case, &Identities::as_given(case)).unwrap());
    assert_eq!(find(&Case::open(folder.path()).unwrap()), find(&study()));
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let case = study();
    let merged: Vec<u32> = (0..).take(case.people.len()).map(|row: u32| row - row % 2).collect();
    let single: Vec<u32> = (0..).take(case.people.len()).collect();
    let identities = Identities {
        samples: Samples::new(vec![single.clone(), merged, single]),
        ..Identities::as_given(&case)
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| json(&quick().look(&case, &identities).unwrap()))
    };
    let alone = on(1);
    assert!(on(2) == alone && on(8) == alone);
}

#[test]
fn without_its_decisive_rows_a_recurrence_is_under_a_half() {
    let options = Recruiters {
        weights: EvidenceWeights { prior_pairs: f64::INFINITY, ..EvidenceWeights::default() },
        ..quick()
    };
    let case = study();
    let found = options.find(&case, &Identities::as_given(&case)).unwrap();
    for one in found.iter().filter(|one| one.recurrence >= 0.5) {
        assert!(!one.decisive_rows.is_empty(), "{}", one.entity);
        let folder = Folder::of::<&str>(&[]);
        for name in ["people.csv", "roles.csv", "links.csv"] {
            let text = fs::read_to_string(repository("graphs/study25").join(name)).unwrap();
            let gone = |line: usize| one.decisive_rows.contains(&format!("{name}:{line}"));
            let kept = text.lines().enumerate().filter(|(at, _)| !gone(at + 1));
            let kept: Vec<&str> = kept.map(|(_, line)| line).collect();
            folder.write(name, kept.join("\n") + "\n");
        }
        let less = Case::open(folder.path()).unwrap();
        let left = options.find(&less, &Identities::as_given(&less)).unwrap();
        let left = left.iter().find(|other| other.person_ids == one.person_ids);
        assert!(left.is_none_or(|left| left.recurrence < 0.5), "{}", one.entity);
    }
}

#[test]
fn what_two_people_are_said_to_have_done_counts_less_for_each() {
    let links = |rival: &str| {
        format!("from,to,kind,case_id,source\na,v1,recruited,c1,s1\na,v2,recruited,c2,s2\n{rival}")
    };
    let recurrence = |rival: &str| {
        let folder = Folder::of(&[
            ("people.csv", "person_id\na\nb\nv1\nv2\n".to_owned()),
            ("roles.csv", "case_id,person_id,role\nc1,v1,victim\nc2,v2,victim\n".to_owned()),
            ("links.csv", links(rival)),
        ]);
        let case = Case::open(folder.path()).unwrap();
        let found = quick().find(&case, &Identities::as_given(&case)).unwrap();
        of(&found, "a").map_or(0.0, |one| one.recurrence)
    };
    let contested = recurrence("b,v1,recruited,c1,s3\n");
    assert!(contested < recurrence("") - 0.05, "{contested}");
}

#[test]
fn near_case_files_are_one_episode_only_where_that_is_asked_for() {
    let folder = Folder::of(&[
        ("people.csv", "person_id\na\nv1\nv2\n"),
        ("roles.csv", "case_id,person_id,role\nc1,v1,victim\nc2,v2,victim\n"),
        (
            "links.csv",
            "from,to,kind,case_id,source,start\na,v1,recruited,c1,s1,2020-01-01\n\
             a,v2,recruited,c2,s2,2020-01-20\n",
        ),
    ]);
    let case = Case::open(folder.path()).unwrap();
    let find = |across| {
        let options =
            Recruiters { episodes: Episodes { across, ..Episodes::default() }, ..quick() };
        options.find(&case, &Identities::as_given(&case)).unwrap()
    };
    assert!(find(Across::Near).is_empty());
    let found = find(Across::SameVictim);
    assert!(found[0].recurrence > 0.5 && found[0].recurrence_by_gap < 0.01);
    assert!(found[0].cautions.contains(&Caution::NearInTime));
}

#[test]
fn leads_have_no_part_on_record_and_a_link_to_a_victim() {
    let folder = three();
    folder.write(
        "links.csv",
        "from,to,kind,case_id,source\nw,v3,recruited,c3,s3\nw,v4,recruited,c4,s4\nq,v3,contact,c3,\n\
         v4,q,contact,c4,\nd,v3,contact,c3,\nx,v3,contact,c3,\n",
    );
    folder.write("people.csv", "person_id\na\nb\nw\nv1\nv2\nv3\nv4\nx\nq\nd\n");
    let roles = fs::read_to_string(folder.join("roles.csv")).unwrap();
    folder.write("roles.csv", roles + "c3,d,professional\n");
    let case = Case::open(folder.path()).unwrap();
    let found = quick().look(&case, &Identities::as_given(&case)).unwrap();
    let ids: Vec<&[String]> = found.leads.iter().map(|lead| &lead.person_ids[..]).collect();
    assert_eq!(ids, [["q"]]);
    assert_eq!(found.leads[0].victims.len(), 2);
}

#[test]
fn explaining_says_what_would_change_the_score() {
    let ran = on_case(
        "recruiters",
        &repository("graphs/study25"),
        &["--draws", "20", "--explain", "E29"],
    )
    .fine();
    for told in ["grades read strict", "without case", "under .5 without", "links.csv:"] {
        assert!(ran.stdout.contains(told), "{told}: {}", ran.stdout);
    }
}

/// One row each of a random case: who, in which case, as what, to whom, how, and where.
type Rows = (Vec<(u8, u8, u8, u8)>, Vec<(u8, u8, u8, u8)>, Vec<Vec<u8>>);

fn rows() -> impl Strategy<Value = Rows> {
    let role = (0..12_u8, 0..5_u8, 0..20_u8, 0..9_u8);
    let link = (0..12_u8, 0..12_u8, 0..21_u8, 0..5_u8);
    let labels = proptest::collection::vec(0..12_u8, 12);
    (
        proptest::collection::vec(role, 0..40),
        proptest::collection::vec(link, 0..60),
        proptest::collection::vec(labels, 0..4),
    )
}

fn random_case((roles, links, _): &Rows) -> Case {
    let (all_roles, all_kinds, all) = (Role::ALL, LinkKind::ALL, Status::ALL);
    let people: Vec<String> = (0..12).map(|n| format!("p{n}\n")).collect();
    let role = |&(who, file, role, status): &(u8, u8, u8, u8)| {
        let role = all_roles[usize::from(role) % all_roles.len()];
        let status = all.get(usize::from(status)).map_or("", |status| status.0);
        format!("c{file},p{who},{},{status}\n", role.0)
    };
    let link = |&(from, to, kind, file): &(u8, u8, u8, u8)| {
        let kind = all_kinds[usize::from(kind) % all_kinds.len()];
        let about = (usize::from(from) + 5) % 12;
        format!("p{from},p{to},{},c{file},p{about}\n", kind.0)
    };
    let apart = links.iter().filter(|one| one.0 != one.1);
    let folder = Folder::of(&[
        ("people.csv", format!("person_id\n{}", people.concat())),
        (
            "roles.csv",
            format!(
                "case_id,person_id,role,status\n{}",
                roles.iter().map(role).collect::<String>()
            ),
        ),
        (
            "links.csv",
            format!("from,to,kind,case_id,about\n{}", apart.map(link).collect::<String>()),
        ),
    ]);
    crate::common::report(folder.path()).case
}

/// Samples in which each label is the lowest row of its set.
fn random_samples(labels: &[Vec<u8>]) -> Samples {
    let settled = |sample: &Vec<u8>| -> Vec<u32> {
        let lowest = |label: u8| sample.iter().position(|&other| other == label).unwrap_or(0);
        sample.iter().map(|&label| u32::try_from(lowest(label)).unwrap()).collect()
    };
    Samples::new(labels.iter().map(settled).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nobody_protected_is_in_any_list(rows in rows()) {
        let case = random_case(&rows);
        let identities =
            Identities { samples: random_samples(&rows.2), ..Identities::as_given(&case) };
        let options = Recruiters { draws: 3, least: 0.0, ..Recruiters::default() };
        let found = options.look(&case, &identities).unwrap();
        let entities = &identities.entities;
        let protected: BTreeSet<_> =
            entities.iter().filter(|&one| entities.victim(one).is_some()).collect();
        let listed = found.recruiters.iter().map(|one| one.entity);
        let leads = found.leads.iter().map(|one| one.entity);
        let withheld: BTreeSet<_> = found.withheld.iter().map(|one| one.entity).collect();
        for entity in listed.chain(leads) {
            prop_assert!(!protected.contains(&entity) && !withheld.contains(&entity));
        }
        for one in &found.recruiters {
            prop_assert!((0.0..=1.0).contains(&one.recurrence), "{}", one.recurrence);
            prop_assert!(one.may_be_protected < 0.5);
            prop_assert!(one.recurrence <= 1.0 - one.may_be_protected + 1e-12);
            prop_assert!(one.rank_interval[0] <= one.rank_interval[1]);
        }
    }
}
