//! Is the planted world what was asked for, and is it the truth that findings are held against?

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kluwen::case::{Case, Severity, Table};
use kluwen::simulate::score::{
    Found, FoundAds, FoundChannel, FoundCommunity, FoundEntity, FoundRecruiter, FoundWindows, Score,
};
use kluwen::simulate::{Scale, Simulation, Tier, Truth};

use crate::common::{Folder, ended, kluwen, on_case, report};

const TIERS: [Tier; 3] = [Tier::Easy, Tier::Standard, Tier::Hard];

fn empty() -> Folder {
    Folder::of::<&str>(&[])
}

fn simulated(scale: Scale, tier: Tier, seed: u64) -> (Folder, Truth) {
    let folder = empty();
    let simulation = Simulation { seed, ..Simulation::new(scale, tier) };
    let truth = simulation.write(folder.path()).expect("a temporary folder is written");
    (folder, truth)
}

/// Every file of a simulation, by name.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().expect("a plain name");
        (name, fs::read(entry.path()).expect("a file"))
    };
    entries.map(read).collect()
}

/// The share of `all` that is so.
fn share<T>(all: &[T], so: impl Fn(&T) -> bool) -> f64 {
    all.iter().filter(|one| so(one)).count() as f64 / all.len() as f64
}

#[test]
fn a_seed_is_its_bytes() {
    let (one, _) = simulated(Scale::Seed, Tier::Standard, 3);
    let (same, _) = simulated(Scale::Seed, Tier::Standard, 3);
    let (other, _) = simulated(Scale::Seed, Tier::Standard, 4);
    let [one, same, other] = [one, same, other].map(|folder| bytes(folder.path()));
    assert_eq!(one.len(), Table::ALL.len() + 1);
    assert_eq!(one, same);
    for name in ["truth.json", "people.csv", "links.csv", "ads.csv"] {
        assert_ne!(one[name], other[name], "{name}");
    }
}

#[test]
fn nothing_is_wrong_with_the_files_of_any_tier() {
    for tier in TIERS {
        for seed in 0..3 {
            let (folder, _) = simulated(Scale::Region, tier, seed);
            let taken = report(folder.path());
            let wrong = taken.faults.count(Severity::Error) + taken.faults.count(Severity::Warning);
            assert_eq!(wrong, 0, "{tier:?} {seed}: {:?}", taken.faults.listed().first());
        }
    }
}

#[test]
fn tiers_are_readings_of_one_world() {
    let [easy, standard, hard] = TIERS.map(|tier| simulated(Scale::Region, tier, 5).1);
    assert_eq!(easy.episodes, hard.episodes);
    assert_eq!(easy.windows, standard.windows);
    assert_eq!(easy.recurring, hard.recurring);
    // Over three worlds together: of one, chance may hide as many in a careful file as in another.
    let detectable = |tier| -> usize {
        (5..8).map(|seed| simulated(Scale::Region, tier, seed).1.detectable.len()).sum()
    };
    assert!(detectable(Tier::Easy) > detectable(Tier::Hard));
}

#[test]
fn the_figures_of_the_studies_are_honoured() {
    let truths: Vec<(Folder, Truth)> =
        (0..6).map(|seed| simulated(Scale::Region, Tier::Standard, seed)).collect();
    let near = |got: f64, want: f64, error: f64, what: &str| {
        assert!((got - want).abs() < error, "{what}: {got}, not {want}");
    };
    let windows: Vec<i32> =
        truths.iter().flat_map(|(_, truth)| truth.windows.iter().filter_map(|w| w.days)).collect();
    let all: usize = truths.iter().map(|(_, truth)| truth.windows.len()).sum();
    near(share(&windows, |days| *days <= 7), 0.50, 0.03, "within a week");
    near(share(&windows, |days| *days <= 30), 0.75, 0.03, "within a month");
    near(windows.len() as f64 / all as f64, 0.95, 0.02, "exploited at all");
    let victims: usize = truths.iter().map(|(_, truth)| truth.victims).sum();
    near((all - victims) as f64 / victims as f64, 0.08, 0.03, "trafficked again");
    let advertised = |(folder, truth): &(Folder, Truth)| {
        let case = Case::open(folder.path()).expect("it is sound");
        let offered: BTreeSet<_> =
            case.ads.iter().filter(|ad| ad.victim.is_known()).map(|ad| ad.victim).collect();
        let exploited = truth.windows.iter().filter(|window| window.days.is_some()).count();
        offered.len() as f64 / exploited as f64
    };
    near(truths.iter().map(advertised).sum::<f64>() / 6.0, 0.82, 0.03, "advertised");
    let recurring: usize = truths.iter().map(|(_, truth)| truth.recurring.len()).sum();
    near(recurring as f64 / 6.0, 28.0, 4.0, "recurring recruiters");
    let detectable: usize = truths.iter().map(|(_, truth)| truth.detectable.len()).sum();
    near(detectable as f64 / recurring as f64, 0.87, 0.08, "detectable");
}

#[test]
fn ids_are_one_mention_each_and_all_are_in_the_truth() {
    let (folder, truth) = simulated(Scale::Region, Tier::Hard, 1);
    let case = Case::open(folder.path()).expect("it is sound");
    let listed: BTreeSet<&str> = case.people.iter().map(|one| case.text(one.person)).collect();
    let planted: Vec<&str> =
        truth.persons.iter().flat_map(|one| &one.person_ids).map(String::as_str).collect();
    assert_eq!(planted.len(), listed.len());
    assert_eq!(planted.iter().copied().collect::<BTreeSet<_>>(), listed);
    let mut case_of = BTreeMap::new();
    for role in case.roles.iter() {
        let first = *case_of.entry(role.person).or_insert(role.case);
        assert_eq!(first, role.case, "a mention is of one case");
    }
}

#[test]
fn every_kind_of_decoy_is_planted() {
    let (_, truth) = simulated(Scale::Region, Tier::Standard, 2);
    let planted: BTreeSet<&str> =
        truth.persons.iter().flat_map(|one| &one.decoys).map(String::as_str).collect();
    for decoy in [
        "hub_professional",
        "hub_taxi",
        "hub_hotel",
        "repeat_client",
        "repeat_facilitator",
        "repeat_exploiter",
        "victim_twice",
        "coerced",
        "name_twin",
        "agency_phone",
        "household_phone",
        "recycled_phone",
        "false_birth",
    ] {
        assert!(planted.contains(decoy), "{decoy}");
    }
    assert_eq!(truth.agencies.len(), 10);
    assert!(truth.ad_hands.iter().any(|hand| hand.cell));
    let popular = "ch1";
    assert!(truth.channels.iter().all(|channel| channel.channel_id != popular));
    assert_eq!(truth.channels.iter().filter(|one| one.use_ == "advertising").count(), 5);
}

/// Whoever never recruits but stands in many cases must not be one to be found.
#[test]
fn decoys_that_never_recruit_do_not() {
    let (_, truth) = simulated(Scale::Region, Tier::Standard, 2);
    let recruits: BTreeSet<&str> = truth.episodes.iter().map(|one| &*one.person).collect();
    for person in &truth.persons {
        let never = ["repeat_facilitator", "repeat_exploiter", "repeat_client", "hub_taxi"];
        if person.decoys.iter().any(|decoy| never.contains(&&**decoy)) {
            assert!(!recruits.contains(&*person.id), "{person:?}");
        }
    }
}

#[test]
fn whoever_was_coerced_bears_a_mark_in_every_case() {
    for tier in TIERS {
        let (folder, truth) = simulated(Scale::Region, tier, 6);
        let case = Case::open(folder.path()).expect("it is sound");
        let marked: BTreeSet<&str> = (case.roles.iter())
            .filter(|role| role.role.is_victim())
            .map(|role| case.text(role.person))
            .collect();
        assert!(!truth.coerced.is_empty());
        for person in truth.persons.iter().filter(|one| one.kind == "victim") {
            for id in &person.person_ids {
                assert!(marked.contains(&**id), "{tier:?}: {id}");
            }
        }
        let never = truth.recurring.iter().all(|one| !truth.coerced.contains(one));
        assert!(never, "nobody who was made to recruit is one to be found");
    }
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let case = Folder::of(&[("people.csv", "person_id\np1\n")]);
    let refused = on_case("simulate", case.path(), &["--scale", "seed"]);
    assert_eq!(refused.code, Some(2), "{refused:#?}");
    assert_eq!(bytes(case.path()).len(), 1);
    // An earlier simulation may be replaced, unless something was put beside it.
    let own = empty();
    for seed in ["1", "2"] {
        on_case("simulate", own.path(), &["--scale", "seed", "--seed", seed]).fine();
    }
    own.write("notes.txt", "mine");
    assert_eq!(on_case("simulate", own.path(), &["--scale", "seed"]).code, Some(2));
}

#[test]
fn a_number_out_of_range_is_wrong_usage() {
    for words in [["--victims", "0"], ["--days", "-1"], ["--victims", "99999999999"]] {
        let folder = empty();
        assert_eq!(on_case("simulate", folder.path(), &words).code, Some(2), "{words:?}");
    }
}

/// Findings that say all of the truth that the list of a truth can say.
fn perfect(truth: &Truth) -> Found {
    let ids: BTreeMap<&str, &Vec<String>> =
        truth.persons.iter().map(|one| (&*one.id, &one.person_ids)).collect();
    let mut cases: BTreeMap<&str, usize> = BTreeMap::new();
    for episode in &truth.episodes {
        *cases.entry(&episode.person).or_default() += 1;
    }
    let mut order: Vec<&String> = truth.detectable.iter().collect();
    order.sort_by_key(|id| std::cmp::Reverse(cases[&***id]));
    let recruiters = order.iter().map(|id| FoundRecruiter {
        person_ids: ids[&***id].clone(),
        recurrence: 1.0,
        rank_interval: Some([1, truth.recurring.len()]),
    });
    let entity = |one: &kluwen::simulate::TruePerson| FoundEntity {
        entity: one.id.clone(),
        person_ids: one.person_ids.clone(),
    };
    Found {
        recruiters: recruiters.collect(),
        channels: (truth.channels.iter())
            .map(|one| FoundChannel {
                rank: 1,
                channel_id: one.channel_id.clone(),
                use_: one.use_.clone(),
            })
            .collect(),
        entities: truth.persons.iter().map(entity).collect(),
        ad_clusters: (truth.ad_hands.iter())
            .map(|hand| FoundAds { ad_ids: hand.ad_ids.clone() })
            .collect(),
        communities: (truth.cells.iter())
            .map(|cell| FoundCommunity { entities: cell.clone() })
            .collect(),
        windows: FoundWindows {
            within_7_days: Some(truth.within_7_days),
            within_30_days: Some(truth.within_30_days),
            ..FoundWindows::default()
        },
    }
}

#[test]
fn perfect_findings_score_one() {
    let (_, truth) = simulated(Scale::Region, Tier::Standard, 8);
    let score = Score::of(&truth, &perfect(&truth));
    for name in [
        "ap_detectable",
        "r_precision",
        "precision_at_10",
        "roc_auc",
        "rank_interval_coverage",
        "precision_at_0.5",
        "recall_at_0.9",
        "b3_all_f1",
        "b3_offenders_f1",
        "b3_recurring_f1",
        "pairs_all_f1",
        "ad_pairs_f1",
        "community_ari",
        "advertising_channel_ap",
        "recruitment_channel_top_1",
    ] {
        let value = score.measure(name).unwrap_or_else(|| panic!("{name} is missing"));
        assert!((value - 1.0).abs() < 1e-9, "{name}: {value}");
    }
    for name in [
        "brier_from_0.2",
        "ece_from_0.2",
        "actual_errors_at_0.5",
        "protected_listed",
        "innocent_share_at_0.5",
        "window_error_7",
        "window_error_30",
    ] {
        let value = score.measure(name).unwrap_or_else(|| panic!("{name} is missing"));
        assert!(value.abs() < 1e-9, "{name}: {value}");
    }
}

#[test]
fn empty_findings_score_nothing() {
    let (_, truth) = simulated(Scale::Region, Tier::Standard, 8);
    let score = Score::of(&truth, &Found::default());
    for name in ["ap_detectable", "ap_all", "precision_at_10", "recall_at_0.5", "listed_at_0.5"] {
        assert_eq!(score.measure(name), Some(0.0), "{name}");
    }
    assert_eq!(score.measure("precision_at_0.5"), None);
    assert_eq!(Score::of(&Truth::default(), &Found::default()).measure("ap_all"), None);
}

/// A list worked by hand: a decoy, a find, the same person again, a victim, a find.
#[test]
fn a_list_is_judged_as_by_hand() {
    let truth: Truth = serde_json::from_str(
        r#"{"persons": [
            {"id": "T1", "kind": "offender", "person_ids": ["p1", "p2"]},
            {"id": "T2", "kind": "offender", "person_ids": ["p3", "p4"]},
            {"id": "T3", "kind": "professional", "person_ids": ["p5"], "decoys": ["hub_professional"]},
            {"id": "T4", "kind": "victim", "person_ids": ["p6"]},
            {"id": "T5", "kind": "offender", "person_ids": []}],
            "recurring": ["T1", "T2", "T5"], "detectable": ["T1", "T2"]}"#,
    )
    .expect("it is a truth");
    let found: Found = serde_json::from_str(
        r#"{"recruiters": [
            {"person_ids": ["p5"], "recurrence": 0.9},
            {"person_ids": ["p1", "p3"], "recurrence": 0.8},
            {"person_ids": ["p2"], "recurrence": 0.7},
            {"person_ids": ["p6"], "recurrence": 0.6},
            {"person_ids": ["p4"], "recurrence": 0.3}]}"#,
    )
    .expect("these are findings");
    let score = Score::of(&truth, &found);
    let near = |name: &str, want: f64| {
        let got = score.measure(name).unwrap_or_else(|| panic!("{name} is missing"));
        assert!((got - want).abs() < 1e-12, "{name}: {got}, not {want}");
    };
    // Finds at 2 and 5. The tie of the second entry goes to T1, whose id comes first.
    near("ap_detectable", f64::midpoint(1.0 / 2.0, 2.0 / 5.0));
    near("ap_all", (1.0 / 2.0 + 2.0 / 5.0) / 3.0);
    near("precision_at_0.5", 1.0 / 4.0);
    near("recall_at_0.5", 1.0 / 2.0);
    near("announced_errors_at_0.5", (0.1 + 0.2 + 0.3 + 0.4) / 4.0);
    near("protected_listed", 1.0);
    near("professionals_at_0.5", 1.0);
    near("decoy_hub_professional_at_0.5", 1.0);
    near("innocent_share_at_0.5", 1.0 / 4.0);
    near("brier_from_0.2", (0.81 + 0.04 + 0.49 + 0.36 + 0.49) / 5.0);
}

#[test]
fn what_is_simulated_can_be_analysed_and_scored() {
    let folder = empty();
    let (case, out) = (folder.join("case"), folder.join("out"));
    on_case("simulate", &case, &["--scale", "seed", "--tier", "easy", "--seed", "9"]).fine();
    let words = ["analyse".as_ref(), case.as_os_str(), "--out".as_ref(), out.as_os_str()];
    ended(kluwen(words), b"").fine();
    let pair = [case.as_os_str(), out.as_os_str()];
    let words = [&["score".as_ref()][..], &pair, &pair, &["--format".as_ref(), "json".as_ref()]];
    let scored = ended(kluwen(words.concat()), b"").fine().json();
    let rows = scored.as_array().expect("rows");
    let row = |name: &str| rows.iter().find(|row| row["measure"] == name).expect("it is printed");
    assert_eq!(row("ap_all")["count"], 2);
    assert_eq!(row("protected_listed")["value"], 0.0);
    assert!(row("pooled_ece_from_0.2").is_object());
    let odd = ended(kluwen([&["score".as_ref()][..], &pair[..1]].concat()), b"");
    assert_eq!(odd.code, Some(2));
    let no_truth =
        ended(kluwen([&["score".as_ref()][..], &[out.as_os_str(), out.as_os_str()]].concat()), b"");
    assert_eq!(no_truth.code, Some(3));
}
