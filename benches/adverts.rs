//! Are advertisements of one hand found, and how long does it take?
//!
//! `cargo bench --bench adverts [ADS]` plants hands with advertisements of which 0 to 30 % of the words are changed, beside strangers, people who
//! share a phone, and copied texts, and prints precision and recall; then it resolves a case of a million advertisements of some 300
//! signs in a process of its own for each number of threads, and prints seconds and the peak of memory.

#[path = "../tests/integration/planted_ads.rs"]
mod planted_ads;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use kluwen::Case;
use kluwen::finding::{AdHands, Adverts};
use kluwen::identity::Entities;

use planted_ads::{Planted, agreement, plant};

const ADS: usize = 1_000_000;
/// So many make some 300 signs.
const WORDS: usize = 63;
const FINDER: &str = "KLUWEN_BENCH_FINDS_ADS";
const COUNT: &str = "KLUWEN_BENCH_ADS";

fn main() {
    if let Ok(folder) = std::env::var(FINDER) {
        return find_once(Path::new(&folder));
    }
    println!(
        "| words changed | hands | precision | recall | F1 |\n| --- | --- | --- | --- | --- |"
    );
    for edited in [0.0, 0.1, 0.2, 0.3] {
        quality(edited);
    }
    let ads = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(ADS);
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), &plant(many(ads)).0);
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
    Planted {
        hands,
        edited: 0.2,
        strangers: ads - hands * 11 / 2,
        agencies: 0,
        copied: 0,
        words: WORDS,
        seed: 7,
    }
}

/// Means over seeds that no test uses.
fn quality(edited: f64) {
    const SEEDS: u64 = 10;
    let (mut precision, mut recall) = (0.0, 0.0);
    for seed in 101..101 + SEEDS {
        let planted = Planted {
            hands: 100,
            edited,
            strangers: 1_000,
            agencies: 15,
            copied: 150,
            words: 40,
            seed,
        };
        let (ads, hands) = plant(planted);
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), &ads);
        let case = Case::open(folder.path()).expect("the case is valid");
        let own = agreement(&groups(&find(&case)), &hands);
        precision += own.0 / SEEDS as f64;
        recall += own.1 / SEEDS as f64;
    }
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("| {edited} | 100 × {SEEDS} | {precision:.4} | {recall:.4} | {f1:.4} |");
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
    let (precision, recall) = agreement(&groups(&found), &plant(many(ads)).1);
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
