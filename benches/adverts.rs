//! Are advertisements of one hand found, and how long does it take?
//!
//! `cargo bench --bench adverts [ADS]` plants hands with advertisements of which 0 to 30 % of the words are changed, beside strangers, agencies whose
//! writers share a phone, and copied texts, and prints precision and recall, with an agency as one hand and with each writer as one. Then it
//! resolves a case of a million advertisements, or `ADS`, of some 300 signs in a process of its own for each number of threads, and prints
//! seconds and the peak of memory. `cargo bench --bench adverts 0` prints the first alone.

#[path = "../tests/integration/dice.rs"]
mod dice;
#[path = "../tests/integration/planted_ads.rs"]
mod planted_ads;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use kluwen::Case;
use kluwen::finding::{AdHands, Adverts};
use kluwen::identity::Entities;

use planted_ads::{Agencies, Planted, agreement, plant};

const ADS: usize = 1_000_000;
/// So many make some 300 signs.
const WORDS: usize = 63;
const FINDER: &str = "KLUWEN_BENCH_FINDS_ADS";
const COUNT: &str = "KLUWEN_BENCH_ADS";

fn main() {
    if let Ok(folder) = std::env::var(FINDER) {
        return find_once(Path::new(&folder));
    }
    qualities();
    let ads = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(ADS);
    if ads == 0 {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), &plant(many(ads)).rows);
    for threads in ["1", "2"] {
        let program = std::env::current_exe().expect("this program has a path");
        let status = Command::new(program)
            .env(FINDER, folder.path())
            .env(COUNT, ads.to_string())
            .env("RAYON_NUM_THREADS", threads)
            .status()
            .expect("the bench can run itself");
        assert!(status.success(), "finding failed");
    }
}

/// A quarter of them of hands.
fn many(ads: usize) -> Planted {
    let hands = ads / 20;
    Planted { hands, edited: 0.2, strangers: ads - hands * 11 / 2, words: WORDS, seed: 7, ..NONE }
}

const NONE: Planted = Planted {
    hands: 0,
    pairs: 0,
    edited: 0.0,
    strangers: 1_000,
    agencies: Agencies::NONE,
    copied: 150,
    words: 40,
    seed: 0,
};

fn qualities() {
    println!(
        "| planted | words changed | precision | with writers as hands | recall | of writers | F1 |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    let small = Agencies { count: 15, writers: 6, ads: 1 };
    let large = Agencies { count: 15, writers: 4, ads: 5 };
    for edited in [0.0, 0.1, 0.2, 0.3] {
        let hands = Planted { hands: 100, edited, ..NONE };
        quality("100 hands", hands);
        quality("100 hands, agencies of 6 × 1", Planted { agencies: small, ..hands });
        quality("100 hands, agencies of 4 × 5", Planted { agencies: large, ..hands });
        quality("agencies of 4 × 5 alone", Planted { agencies: large, hands: 0, ..hands });
        for pairs in [1, 10] {
            quality(&format!("{pairs} hands of two"), Planted { pairs, edited, ..NONE });
        }
    }
    quality("100 hands, texts of 8 words", Planted { hands: 100, words: 8, ..NONE });
}

/// Sums over seeds that no test uses.
fn quality(name: &str, planted: Planted) {
    let (mut found, mut hands, mut writers) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 101..111 {
        let ads = plant(Planted { seed, ..planted });
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), &ads.rows);
        let case = Case::open(folder.path()).expect("the case is valid");
        let apart = hands.len();
        let beside = |group: Vec<usize>| group.into_iter().map(|ad| ad + apart).collect();
        found.extend(groups(&find(&case)).into_iter().map(beside).collect::<Vec<Vec<usize>>>());
        // A hand of one seed is none of another.
        hands.extend(ads.hands.iter().map(|hand| apart + hand));
        writers.extend(ads.writers.iter().map(|writer| apart + writer));
    }
    let (precision, recall) = agreement(&found, &hands);
    let (of_writers, writers_recall) = agreement(&found, &writers);
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    println!(
        "| {name} | {} | {precision:.4} | {of_writers:.4} | {recall:.4} | {writers_recall:.4} | {f1:.4} |",
        planted.edited
    );
}

fn write(folder: &Path, ads: &str) {
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).expect("it is written");
    put("people.csv", "person_id\np1\n");
    put("roles.csv", "case_id,person_id,role\nc1,p1,other\n");
    put("ads.csv", ads);
}

fn find(case: &Case) -> AdHands {
    Adverts::default().find(case, &Entities::as_given(case))
}

fn groups(found: &AdHands) -> Vec<Vec<usize>> {
    let number = |id: &String| id[1..].parse().expect("a number");
    found.clusters.iter().map(|one| one.ad_ids.iter().map(number).collect()).collect()
}

fn find_once(folder: &Path) {
    let case = Case::open(folder).expect("the case is valid");
    let signs: usize = case.ads.iter().map(|ad| case.text(ad.text).len()).sum();
    let begin = Instant::now();
    let found = find(&case);
    let (seconds, memory) = (begin.elapsed().as_secs_f64(), peak_memory());
    let ads = std::env::var(COUNT).ok().and_then(|count| count.parse().ok()).unwrap_or(ADS);
    let (precision, recall) = agreement(&groups(&found), &plant(many(ads)).hands);
    println!(
        "{} threads: {} advertisements of {} signs, {} groups in {seconds:.1} s; peak memory {memory:.0} MB; precision {precision:.4}, recall {recall:.4}",
        rayon::current_num_threads(),
        case.ads.len(),
        signs / case.ads.len().max(1),
        found.clusters.len(),
    );
}

/// The most memory that this process ever held, in MB.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.map_or(f64::NAN, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
}
