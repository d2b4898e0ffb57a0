//! How well are recurring recruiters found, and what does each part add?
//!
//! `cargo bench --bench recurrence [SEEDS]` plants cases at each scale and tier, analyses them, and prints what was reached beside
//! the target; then the same at the standard and hard tiers with one part left out at a time.

use std::path::Path;
use std::time::Instant;

use kluwen::case::{ReadOptions, Taken, read};
use kluwen::finding::{Analysis, EvidenceWeights, Recruiters};
use kluwen::identity::{Identities, Resolution};
use kluwen::output::write_findings;
use kluwen::simulate::score::{Found, Score, Scores};
use kluwen::simulate::{Scale, Simulation, Tier};

/// Seeds that no default uses.
const FIRST_SEED: u64 = 5001;
const SEEDS: u64 = 20;
/// A case of the study's size has two or three to find: chance says the most of one.
const AT_SEED_SCALE: u64 = 10;

fn main() {
    let seeds = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(SEEDS);
    println!(
        "| scale, tier | runs | measure | reached | target |\n| --- | --- | --- | --- | --- |"
    );
    for (scale, tier, name, runs, targets) in [
        (Scale::Region, Tier::Easy, "region, easy", seeds, EASY),
        (Scale::Region, Tier::Standard, "region, standard", seeds, STANDARD),
        (Scale::Region, Tier::Hard, "region, hard", seeds, HARD),
        (Scale::Seed, Tier::Standard, "seed, standard", seeds * AT_SEED_SCALE, SEED),
    ] {
        let scores = runs_of(scale, tier, runs, &Parts::default());
        for (measure, target) in targets {
            println!("| {name} | {runs} | {measure} | {} | {target} |", reached(&scores, measure));
        }
    }
    println!(
        "\n| left out | tier | AP | precision at .5 | recall at .5 | announced | actual |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    for (name, parts) in ablations() {
        for (tier, label) in [(Tier::Standard, "standard"), (Tier::Hard, "hard")] {
            let scores = runs_of(Scale::Region, tier, seeds, &parts);
            let columns =
                ["ap_detectable", "precision .5", "recall .5", "announced .5", "actual .5"];
            let values: Vec<String> =
                columns.iter().map(|column| reached(&scores, column)).collect();
            println!("| {name} | {label} | {} |", values.join(" | "));
        }
    }
}

const EASY: &[(&str, &str)] =
    &[("ap_detectable", "≥ .96"), ("b3_recurring_f1", "–"), ("precision_at_10", "≥ .98")];
const STANDARD: &[(&str, &str)] = &[
    ("ap_detectable", "≥ .85"),
    ("precision_at_10", "≥ .98"),
    ("b3_recurring_f1", "≥ .93"),
    ("b3_recurring_precision", "≥ .97"),
    ("precision .5", "≥ .92"),
    ("recall .5", "≥ .78"),
    ("precision .8", "≥ .98"),
    ("recall .8", "≥ .70"),
    ("announced .5", "within .02 of actual"),
    ("actual .5", ""),
    ("innocent_share_at_0.5", "≤ .005"),
    ("protected_listed", "0"),
    ("rank_interval_coverage", ".85–.95"),
];
const HARD: &[(&str, &str)] = &[
    ("ap_detectable", "≥ .64"),
    ("precision_at_10", "≥ .95"),
    ("b3_recurring_f1", "≥ .82"),
    ("precision .5", "≥ .90"),
    ("recall .5", "≥ .48"),
    ("precision .8", "≥ .97"),
    ("recall .8", "≥ .38"),
    ("announced .5", "within .02 of actual"),
    ("actual .5", ""),
    ("innocent_share_at_0.5", "≤ .005"),
    ("protected_listed", "0"),
    ("rank_interval_coverage", ".85–.95"),
];
const SEED: &[(&str, &str)] =
    &[("ap_detectable", "≥ .82"), ("recall_at_5", "≥ .90"), ("protected_listed", "0")];

/// What an analysis is made of.
#[derive(Clone, Debug, Default)]
struct Parts {
    identity: Who,
    recruiters: Recruiters,
    certain_rows: bool,
    undated: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Who {
    #[default]
    Resolved,
    Given,
    /// The best reading alone.
    Best,
}

fn ablations() -> Vec<(&'static str, Parts)> {
    let undiscounted = EvidenceWeights {
        bystander: 1.0,
        client: 1.0,
        professional: 1.0,
        ..EvidenceWeights::default()
    };
    let recruiters = Recruiters { weights: undiscounted, ..Recruiters::default() };
    vec![
        ("nothing", Parts::default()),
        ("identity", Parts { identity: Who::Given, ..Parts::default() }),
        ("samples of identity", Parts { identity: Who::Best, ..Parts::default() }),
        ("discount of professionals, clients and family", Parts { recruiters, ..Parts::default() }),
        ("certainty of rows", Parts { certain_rows: true, ..Parts::default() }),
        ("dates of links", Parts { undated: true, ..Parts::default() }),
    ]
}

fn runs_of(scale: Scale, tier: Tier, runs: u64, parts: &Parts) -> Scores {
    let begin = Instant::now();
    let runs: Vec<Score> =
        (0..runs).map(|run| score(scale, tier, FIRST_SEED + run, parts)).collect();
    eprintln!(
        "{:?} {:?}: {} runs in {:.0} s",
        scale,
        tier,
        runs.len(),
        begin.elapsed().as_secs_f64()
    );
    Scores { runs }
}

fn score(scale: Scale, tier: Tier, seed: u64, parts: &Parts) -> Score {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let truth = Simulation { seed, ..Simulation::new(scale, tier) }
        .write(folder.path())
        .expect("it can be written");
    if parts.undated {
        without_dates(&folder.path().join("links.csv"));
    }
    if parts.certain_rows {
        without_grades(folder.path());
    }
    let taken = read(folder.path(), &ReadOptions::default()).expect("the case is valid");
    Score::of(&truth, &found(&taken, parts))
}

fn found(taken: &Taken, parts: &Parts) -> Found {
    let case = &taken.case;
    let identities = match parts.identity {
        Who::Given => Identities::as_given(case),
        Who::Resolved => Resolution::default().of(case).expect("no decisions"),
        Who::Best => {
            Resolution { samples: 0, ..Resolution::default() }.of(case).expect("no decisions")
        }
    };
    let analysis = Analysis { recruiters: parts.recruiters.clone(), ..Analysis::default() };
    let findings = analysis.of(taken, &identities).expect("the options are in range");
    let mut json = Vec::new();
    write_findings(&findings, &mut json).expect("written to memory");
    serde_json::from_slice(&json).expect("findings are JSON")
}

fn without_dates(path: &Path) {
    rewrite(path, |column| matches!(column, "start" | "end"));
}

fn without_grades(folder: &Path) {
    for table in ["roles.csv", "links.csv"] {
        rewrite(&folder.join(table), |column| column == "grade");
    }
}

/// Empties columns of a table.
fn rewrite(path: &Path, emptied: impl Fn(&str) -> bool) {
    let mut reader = csv::Reader::from_path(path).expect("the table was written");
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).expect("written to memory");
    for row in reader.records() {
        let row = row.expect("a row");
        let cells =
            row.iter().zip(&header).map(|(cell, column)| if emptied(column) { "" } else { cell });
        writer.write_record(cells).expect("written to memory");
    }
    std::fs::write(path, writer.into_inner().expect("written to memory"))
        .expect("it can be written");
}

fn reached(scores: &Scores, measure: &str) -> String {
    let cut = |at: f64| scores.cuts().into_iter().find(|cut| (cut.threshold - at).abs() < 1e-9);
    let value = match measure.split_once(' ') {
        None => scores
            .summaries()
            .into_iter()
            .find(|one| one.measure == measure)
            .and_then(|one| one.mean),
        Some((what, at)) => cut(at.parse().expect("a threshold")).and_then(|cut| match what {
            "precision" => cut.precision(),
            "recall" => cut.recall(),
            "announced" => cut.announced(),
            _ => cut.actual(),
        }),
    };
    value.map_or("–".into(), |value| format!("{value:.3}"))
}
