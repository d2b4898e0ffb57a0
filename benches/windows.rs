//! Do intervals of grooming windows hold the truth as often as they say?
//!
//! `cargo bench --bench windows [SEEDS]` plants windows whose distribution is known, writes them down as case files, and prints how far the shares
//! within 7 and 30 days lie from the truth on average, and how often their intervals hold it: with dates to the day, and with
//! months in two of five rows. Then likewise the chance that groups which do not differ are said to.

#[path = "../tests/integration/planted_windows.rs"]
mod planted_windows;

use kluwen::finding::{Grooming, Windows};
use kluwen::identity::Entities;

use planted_windows::{Planted, truth};

const SEEDS: u64 = 400;
/// Seeds that no test uses.
const FIRST_SEED: u64 = 9001;

fn main() {
    let seeds = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(SEEDS);
    println!(
        "| victims | dates | runs | bias at 7 days | at 30 days | covered at 7 days | at 30 days | median covered | groups said to differ at .05 |\n| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    for victims in [25, 43, 100, 7_500] {
        for months in [0.0, 0.4] {
            let large = victims > 1_000;
            let runs = if large && months > 0.0 { seeds.div_ceil(10) } else { seeds };
            let all: Vec<Windows> =
                (0..runs).map(|run| found(victims, months, FIRST_SEED + run)).collect();
            row(victims, months, &all);
        }
    }
}

fn found(victims: usize, months: f64, seed: u64) -> Windows {
    let case = Planted { victims, months, seed }.case();
    Grooming { seed, ..Grooming::default() }.find(&case, &Entities::as_given(&case))
}

fn row(victims: usize, months: f64, all: &[Windows]) {
    let runs = all.len() as f64;
    let share = |holds: &dyn Fn(&Windows) -> bool| {
        all.iter().filter(|one| holds(one)).count() as f64 / runs
    };
    let bias = |of: &dyn Fn(&Windows) -> Option<f64>, day| {
        all.iter().filter_map(of).map(|share| share - truth(day)).sum::<f64>() / runs
    };
    let holds = |interval: Option<[f64; 2]>, day| {
        interval.is_some_and(|[low, high]| low <= truth(day) && truth(day) <= high)
    };
    let median = (0..1000).find(|&day| truth(day) >= 0.5).map_or(0.0, f64::from);
    let in_median = |one: &Windows| {
        let [low, high] = one.median_interval;
        low.is_none_or(|low| low <= median) && high.is_none_or(|high| median <= high)
    };
    println!(
        "| {victims} | {} | {} | {:+.4} | {:+.4} | {:.3} | {:.3} | {:.3} | {:.3} |",
        if months > 0.0 { "months in two of five rows" } else { "days" },
        all.len(),
        bias(&|one| one.within_7_days, 7),
        bias(&|one| one.within_30_days, 30),
        share(&|one| holds(one.within_7_days_interval, 7)),
        share(&|one| holds(one.within_30_days_interval, 30)),
        share(&in_median),
        share(&|one| one
            .by
            .iter()
            .any(|part| part.by == "age" && part.p.is_some_and(|p| p < 0.05))),
    );
}
